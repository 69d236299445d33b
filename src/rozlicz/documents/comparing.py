"""When two designations on paper are the same: white space and letter case do not count, anything else does."""

from __future__ import annotations

from rozlicz.kernel.branches import PostalAddress


def normal(text: str) -> str:
    """The text by which designations are compared (R15): case folded, white space reduced to single blanks."""
    return " ".join(text.split()).casefold()


def same_words(one: str, other: str) -> bool:
    """Whether two names, streets or forms differ at most in white space and letter case."""
    return normal(one) == normal(other)


def same_address(one: PostalAddress | None, other: PostalAddress | None) -> bool:
    """Whether two addresses differ at most in white space and letter case; None equals only None."""
    if one is None or other is None:
        return one is other
    return all(
        same_words(a, b)
        for a, b in (
            (one.street, other.street),
            (one.postal_code, other.postal_code),
            (one.town, other.town),
        )
    )


def same_digits(one: str, other: str) -> bool:
    """Whether two tax, statistical or account numbers are the same, hyphens, blanks and a leading PL ignored."""
    return _digits(one) == _digits(other)


def address_line(address: PostalAddress | None) -> str:
    """`ul. Kopcińskiego 58, 90-032 Łódź`, as one line of a sentence; empty when there is no address."""
    if address is None:
        return ""
    return f"{address.street}, {address.postal_code} {address.town}"


def _digits(text: str) -> str:
    return "".join(text.replace("-", "").split()).upper().removeprefix("PL")
