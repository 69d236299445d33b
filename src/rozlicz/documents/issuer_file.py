"""The issuer's file (`wystawca.toml`): who makes bills on the provider's desk, and how they are numbered.

An own format, in Polish like the messages, made to be edited by hand. `examples/wystawca.toml` is a commented one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import tomli_w

from rozlicz.documents.vat import usual_exemption
from rozlicz.kernel.branches import PostalAddress
from rozlicz.kernel.identifiers import LONG_INSTALLATION_ID, is_bank_account, is_nip, is_regon
from rozlicz.kernel.texts import Text
from rozlicz.messages.bills import VatExemption
from rozlicz.messages.contracts import LegalForm, Party
from rozlicz.messages.templates import Template
from rozlicz.messages.wire.refusals import excerpt

DEFAULT_NUMBERING = "{szablon}/{miesiac}/{rok}"
"""How a bill is numbered when the file does not say: template, month and year of the reporting period."""

LEGAL_FORM_WORDS: dict[str, LegalForm] = {
    "publiczny": LegalForm.PUBLIC_UNIT,
    "niepubliczny": LegalForm.NON_PUBLIC_UNIT,
    "praktyka-indywidualna": LegalForm.INDIVIDUAL_PRACTICE,
    "praktyka-grupowa": LegalForm.GROUP_PRACTICE,
}
"""`[wystawca] rodzaj`."""


_GENERATION_DIGITS = 12

_PLACEHOLDERS: dict[str, Callable[[Template], str]] = {
    "{szablon}": lambda template: str(template.number),
    "{miesiac}": lambda template: f"{template.month.month:02d}",
    "{rok}": lambda template: str(template.month.year),
    "{umowa}": lambda template: template.contract,
}


class IssuerFileRefused(Exception):
    """The issuer's file cannot be used; `texts` says everything that is wrong with it."""

    def __init__(self, texts: tuple[Text, ...]) -> None:
        super().__init__(texts)
        self.texts = texts

    def __str__(self) -> str:
        return " ".join(text.en for text in self.texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerFile:
    """What the file holds.

    `installation` is the long identifier of the provider's program, "" when not given; `last_generation` the
    highest `nr-gen` that the portal took from it, None when not given.
    """

    party: Party
    bank_account: str
    vat_exemption: VatExemption
    numbering: str = DEFAULT_NUMBERING
    installation: str = ""
    last_generation: int | None = None

    def number_for(self, template: Template) -> str:
        """The number of the bill made from a template."""
        number = self.numbering
        for placeholder, value in _PLACEHOLDERS.items():
            number = number.replace(placeholder, value(template))
        return number


@dataclass(frozen=True, slots=True)
class _Key:
    """One value of the file: where it stands, whether it must be there, and what it must look like."""

    path: tuple[str, ...]
    needed: bool = True
    fits: Callable[[str], bool] = bool
    expected: Text | None = None


def _is_numbering(text: str) -> bool:
    for placeholder in _PLACEHOLDERS:
        text = text.replace(placeholder, "")
    return "{" not in text and "}" not in text


_KEYS: dict[str, _Key] = {
    "code": _Key(
        ("wystawca", "kod"),
        fits=lambda text: text.isdecimal() and len(text) == 6,
        expected=Text(pl="sześć cyfr", en="six digits"),
    ),
    "name": _Key(("wystawca", "nazwa")),
    "legal_form": _Key(
        ("wystawca", "rodzaj"),
        fits=LEGAL_FORM_WORDS.__contains__,
        expected=Text(pl="jedno z: {words}", en="one of: {words}").filled(words=", ".join(LEGAL_FORM_WORDS)),
    ),
    "form_of_business": _Key(("wystawca", "forma-prawna"), needed=False),
    "company_name": _Key(("wystawca", "firma"), needed=False),
    "nip": _Key(
        ("wystawca", "nip"),
        fits=is_nip,
        expected=Text(pl="numer NIP z dobrą cyfrą kontrolną", en="a valid NIP"),
    ),
    "regon": _Key(
        ("wystawca", "regon"),
        fits=is_regon,
        expected=Text(pl="numer REGON z dobrą cyfrą kontrolną", en="a valid REGON"),
    ),
    "street": _Key(("wystawca", "adres", "ulica")),
    "postal_code": _Key(("wystawca", "adres", "kod-pocztowy")),
    "town": _Key(("wystawca", "adres", "miejscowosc")),
    "bank_account": _Key(
        ("rachunek", "konto"),
        fits=is_bank_account,
        expected=Text(pl="26 cyfr numeru rachunku bankowego", en="the 26 digits of a bank account"),
    ),
    "vat_exemption": _Key(
        ("rachunek", "zwolnienie-vat"),
        needed=False,
        fits=lambda text: text in {one.value for one in VatExemption},
        expected=Text(pl="18, 19 albo 20 (punkt art. 43 ust. 1)", en="18, 19 or 20 (point of art. 43(1))"),
    ),
    "numbering": _Key(
        ("rachunek", "numeracja"),
        needed=False,
        fits=_is_numbering,
        expected=Text(pl="tekst z {words}", en="a text with {words}").filled(words=" ".join(_PLACEHOLDERS)),
    ),
    "installation": _Key(
        ("instalacja", "identyfikator"),
        needed=False,
        fits=lambda text: re.fullmatch(LONG_INSTALLATION_ID, text) is not None,
        expected=Text(
            pl="8 cyfr, łącznik i 20 wielkich liter lub cyfr",
            en="8 digits, a hyphen and 20 capital letters or digits",
        ),
    ),
    "last_generation": _Key(
        ("instalacja", "ostatni-numer"),
        needed=False,
        fits=lambda text: text.isdecimal() and len(text) <= _GENERATION_DIGITS,
        expected=Text(pl="liczba całkowita od 0", en="a whole number from 0"),
    ),
}

_NOT_TOML = Text(
    pl="Plik wystawcy nie jest poprawnym plikiem TOML: {reason}. Proszę poprawić go według przykładu z dokumentacji.",
    en="The issuer's file is not correct TOML: {reason}. Correct it after the example in the documentation.",
)
_MISSING = Text(pl="W pliku wystawcy brakuje wartości {key}.", en="The issuer's file lacks the value {key}.")
_WRONG = Text(
    pl="W pliku wystawcy {key} ma wartość „{found}”; oczekiwane: {expected}.",
    en="In the issuer's file {key} is “{found}”; expected: {expected}.",
)
_UNKNOWN = Text(
    pl="W pliku wystawcy jest nieznana wartość {key}. Znane: {known}.",
    en="The issuer's file holds an unknown value {key}. Known: {known}.",
)
_A_TEXT = Text(pl="tekst w cudzysłowie", en="a text in quotation marks")


def read_issuer_file(text: str) -> IssuerFile:
    """The issuer from the text of the file. Raises IssuerFileRefused with everything that is wrong."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise IssuerFileRefused((_NOT_TOML.filled(reason=str(error)),)) from error
    given = dict(_values(data, ()))
    faults = (*_faults(given), *_unknown(given))
    if faults:
        raise IssuerFileRefused(faults)
    values = {name: str(given.get(key.path, "")).strip() for name, key in _KEYS.items()}
    return _issuer(values)


def issuer_file_text(issuer: IssuerFile) -> str:
    """The file of an issuer, ready to be saved as `wystawca.toml`; `read_issuer_file` gives the issuer back."""
    party = issuer.party
    words = {form: word for word, form in LEGAL_FORM_WORDS.items()}
    values: dict[str, str | int | None] = {
        "code": party.code,
        "name": party.name,
        "legal_form": words[party.legal_form],
        "form_of_business": party.form_of_business,
        "company_name": party.company_name,
        "nip": party.nip,
        "regon": party.regon,
        "street": party.address.street,
        "postal_code": party.address.postal_code,
        "town": party.address.town,
        "bank_account": issuer.bank_account,
        "vat_exemption": issuer.vat_exemption.value,
        "numbering": issuer.numbering,
        "installation": issuer.installation,
        "last_generation": issuer.last_generation,
    }
    data: dict[str, Any] = {}
    for name, key in _KEYS.items():
        if values[name] in ("", None):
            continue
        table = data
        for part in key.path[:-1]:
            table = table.setdefault(part, {})
        table[key.path[-1]] = values[name]
    return tomli_w.dumps(data)


def _values(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _values(value, (*path, name))
        else:
            yield (*path, name), value


def _faults(given: Mapping[tuple[str, ...], object]) -> Iterator[Text]:
    for key in _KEYS.values():
        shown = ".".join(key.path)
        value = given.get(key.path, "")
        if not isinstance(value, str | int):
            yield _WRONG.filled(key=shown, found=excerpt(str(value)), expected=_A_TEXT)
            continue
        text = str(value).strip()
        if not text:
            if key.needed:
                yield _MISSING.filled(key=shown)
        elif not key.fits(text):
            yield _WRONG.filled(key=shown, found=excerpt(text), expected=key.expected or _A_TEXT)


def _unknown(given: Mapping[tuple[str, ...], object]) -> Iterator[Text]:
    known = [key.path for key in _KEYS.values()]
    for path in given:
        if path not in known:
            beside = [".".join(one) for one in known if one[:-1] == path[:-1]]
            yield _UNKNOWN.filled(
                key=excerpt(".".join(path)), known=", ".join(beside or [".".join(one) for one in known])
            )


def _issuer(values: Mapping[str, str]) -> IssuerFile:
    party = Party(
        code=values["code"],
        name=values["name"],
        legal_form=LEGAL_FORM_WORDS[values["legal_form"]],
        nip=values["nip"],
        regon=values["regon"],
        address=PostalAddress(
            street=values["street"], postal_code=values["postal_code"], town=values["town"]
        ),
        company_name=values["company_name"],
        form_of_business=values["form_of_business"],
    )
    told = values["vat_exemption"]
    return IssuerFile(
        party=party,
        bank_account=values["bank_account"],
        vat_exemption=VatExemption(told) if told else usual_exemption(party.legal_form),
        numbering=values["numbering"] or DEFAULT_NUMBERING,
        installation=values["installation"],
        last_generation=int(values["last_generation"]) if values["last_generation"] else None,
    )
