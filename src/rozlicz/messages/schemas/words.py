"""What a schema finds wrong, in the two languages of the house.

libxml2 speaks English only. Its sentences are recognised by their form; one that is not known is passed on as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from rozlicz.kernel.texts import Text
from rozlicz.messages.wire.refusals import excerpt

_WHERE = re.compile(
    r"Element '(?P<element>[^']*)'(, attribute '(?P<attribute>[^']*)')?: (?P<what>.*)", re.DOTALL
)
_NAMESPACE = re.compile(r"\{[a-z][^{}' ]*[./:][^{}' ]*\}(?=\w)")

_TYPES = {
    "xs:date": Text(pl="data RRRR-MM-DD", en="a date YYYY-MM-DD"),
    "xs:dateTime": Text(
        pl="data i godzina, np. 2026-11-05T12:36:26", en="a date and time, 2026-11-05T12:36:26"
    ),
    "xs:gYearMonth": Text(pl="miesiąc RRRR-MM", en="a month YYYY-MM"),
    "xs:integer": Text(pl="liczba całkowita", en="a whole number"),
    "xs:nonNegativeInteger": Text(pl="liczba całkowita od 0", en="a whole number from 0"),
    "xs:positiveInteger": Text(pl="liczba całkowita od 1", en="a whole number from 1"),
    "xs:decimal": Text(pl="liczba z kropką dziesiętną", en="a number with a decimal point"),
    "xs:boolean": Text(pl="true albo false", en="true or false"),
}

_ATTRIBUTES: tuple[tuple[str, Text], ...] = (
    (
        r"The attribute '(?P<name>[^']*)' is required but missing\.",
        Text(pl="Brakuje atrybutu {name}.", en="The attribute {name} is missing."),
    ),
    (
        r"The attribute '(?P<name>[^']*)' is not allowed\.",
        Text(
            pl="Atrybut {name} nie występuje w tym elemencie.",
            en="The attribute {name} does not belong to this element.",
        ),
    ),
)
_VALUES: tuple[tuple[str, Text], ...] = (
    (
        r"\[facet 'enumeration'\] The value '(?P<value>.*)' is not an element of the set \{(?P<limit>.*)\}\.",
        Text(pl="wartość „{value}” nie jest żadną z: {limit}", en="the value “{value}” is none of: {limit}"),
    ),
    (
        r"\[facet 'pattern'\] The value '(?P<value>.*)' is not accepted by the pattern '(?P<limit>.*)'\.",
        Text(
            pl="wartość „{value}” nie ma wymaganej postaci {limit}",
            en="the value “{value}” does not have the form {limit}",
        ),
    ),
    (
        r"\[facet 'length'\] The value '(?P<value>.*)' has a length of .* the allowed length of '(?P<limit>\d+)'\.",
        Text(
            pl="wartość „{value}” musi mieć znaków: {limit}",
            en="the value “{value}” must have {limit} characters",
        ),
    ),
    (
        r"\[facet 'maxLength'\] The value '(?P<value>.*)' has a length of '\d+'; .* of '(?P<limit>\d+)'\.",
        Text(
            pl="wartość „{value}” jest za długa; dozwolonych znaków: {limit}",
            en="the value “{value}” is too long; {limit} characters are allowed",
        ),
    ),
    (
        r"\[facet 'minLength'\] The value '(?P<value>.*)' has a length of '\d+'; .* of '(?P<limit>\d+)'\.",
        Text(
            pl="wartość „{value}” jest za krótka; najmniej znaków: {limit}",
            en="the value “{value}” is too short; at least {limit} characters are needed",
        ),
    ),
    (
        r"\[facet 'min\w+'\] The value '(?P<value>.*)' .*\('?(?P<limit>.*?)'?\)\.",
        Text(
            pl="wartość „{value}” jest za mała; granica: {limit}",
            en="the value “{value}” is too small; the limit is {limit}",
        ),
    ),
    (
        r"\[facet 'max\w+'\] The value '(?P<value>.*)' .*\('?(?P<limit>.*?)'?\)\.",
        Text(
            pl="wartość „{value}” jest za duża; granica: {limit}",
            en="the value “{value}” is too large; the limit is {limit}",
        ),
    ),
    (
        r"\[facet 'totalDigits'\] The value '(?P<value>.*)' has more .*\('(?P<limit>\d+)'\)\.",
        Text(
            pl="wartość „{value}” ma za dużo cyfr; dozwolonych: {limit}",
            en="the value “{value}” has too many digits; {limit} are allowed",
        ),
    ),
    (
        r"\[facet 'fractionDigits'\] The value '(?P<value>.*)' has more .*\('(?P<limit>\d+)'\)\.",
        Text(
            pl="wartość „{value}” ma za dużo cyfr po kropce; dozwolonych: {limit}",
            en="the value “{value}” has too many decimals; {limit} are allowed",
        ),
    ),
    (
        r"'(?P<value>.*)' is not a valid value of the .*type '(?P<limit>.*)'\.",
        Text(
            pl="wartość „{value}” jest niewłaściwa; oczekiwana: {limit}",
            en="the value “{value}” is wrong; expected: {limit}",
        ),
    ),
    (
        r"'(?P<value>.*)' is not a valid value of the (?P<limit>.*type)\.",
        Text(pl="wartość „{value}” jest niewłaściwa", en="the value “{value}” is wrong"),
    ),
    (
        r"The (?:actual )?value '(?P<value>.*)' does not match the fixed value constraint '(?P<limit>.*)'\.",
        Text(
            pl="wartość „{value}” jest niewłaściwa; oczekiwana: {limit}",
            en="the value “{value}” is wrong; expected: {limit}",
        ),
    ),
)
_ELEMENTS: tuple[tuple[str, Text], ...] = (
    (
        r"This element is not expected\.(?: Expected is (?:one of )?\( (?P<expected>.*) \)\.)?",
        Text(pl="Elementu {element} nie powinno tu być", en="The element {element} should not be here"),
    ),
    (
        r"Missing child element\(s\)\.(?: Expected is (?:one of )?\( (?P<expected>.*) \)\.)?",
        Text(pl="W elemencie {element} czegoś brakuje", en="The element {element} lacks something"),
    ),
)
_OTHERS: tuple[tuple[str, Text], ...] = (
    (
        r"Character content .*",
        Text(
            pl="W elemencie {element} stoi tekst, a dane zapisuje się w atrybutach.",
            en="The element {element} holds text; data are in attributes.",
        ),
    ),
    (
        r"Element content is not allowed.*",
        Text(
            pl="Element {element} nie może zawierać innych elementów.",
            en="The element {element} must hold no other element.",
        ),
    ),
    (
        r"No matching global .*declaration available.*",
        Text(
            pl="Schemat nie zna elementu {element} w tej przestrzeni nazw.",
            en="The schema does not know the element {element} in this namespace.",
        ),
    ),
    (
        r"Duplicate key-sequence \[(?P<value>.*)\] in .*",
        Text(
            pl="Wartość {value} powtarza się, a musi być jedyna.",
            en="The value {value} stands twice; it must be unique.",
        ),
    ),
    (
        r"No match found for key-sequence \[(?P<value>.*)\] of .*",
        Text(
            pl="Wartości {value} nie ma tam, dokąd odsyła.",
            en="The value {value} is not where it refers to.",
        ),
    ),
)


class Fault(NamedTuple):
    """A fault in words; `attribute` empty where it concerns the element, `is_type` when it only names the type."""

    attribute: str
    text: Text
    is_type: bool


def fault_in_words(message: str, bases: Mapping[str, str]) -> Fault:
    """A sentence of libxml2 in Polish and English. `bases` tells what a named type is in the end."""
    parts = _WHERE.fullmatch(_NAMESPACE.sub("", message))
    if parts is None:
        return Fault("", _as_it_is(message), is_type=False)
    element, attribute, what = parts["element"], parts["attribute"] or "", parts["what"].strip()
    is_type = "is not a valid value of the" in what
    for forms, put in ((_ATTRIBUTES, _named), (_VALUES, _valued), (_ELEMENTS, _expected), (_OTHERS, _named)):
        for form, text in forms:
            found = re.fullmatch(form, what, re.DOTALL)
            if found:
                values = {name: value or "" for name, value in found.groupdict().items()}
                values |= {"limit": bases.get(limit, limit)} if (limit := values.get("limit")) else {}
                name = attribute or values.get("name", "")
                return Fault(name, put(text, element, attribute, values), is_type=is_type)
    return Fault(attribute, _as_it_is(what), is_type=is_type)


def _named(text: Text, element: str, _attribute: str, values: dict[str, str]) -> Text:
    return text.filled(element=element, **values)


def _valued(text: Text, element: str, attribute: str, values: dict[str, str]) -> Text:
    limit = _TYPES.get(values["limit"]) or values["limit"].replace("'", "")
    told = text.filled(value=excerpt(values["value"]), limit=limit)
    if attribute:
        form = Text(pl="Atrybut {name}: {told}.", en="The attribute {name}: {told}.")
    else:
        form = Text(pl="Element {name}: {told}.", en="The element {name}: {told}.")
    return form.filled(name=attribute or element, told=told)


def _expected(text: Text, element: str, _attribute: str, values: dict[str, str]) -> Text:
    told = text.filled(element=element)
    if not values["expected"]:
        return Text(pl=f"{told.pl}.", en=f"{told.en}.")
    expected = values["expected"].replace("##other", "…")
    return Text(pl=f"{told.pl}; oczekiwany: {expected}.", en=f"{told.en}; expected: {expected}.")


def _as_it_is(message: str) -> Text:
    told = excerpt(" ".join(message.split()), 200)
    return Text(pl=f"Niezgodne ze schematem: {told}", en=f"It does not fit the schema: {told}")
