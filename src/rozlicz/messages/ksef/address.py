"""An address in the two lines of FA(3): the street in the first, postal code and town in the second.

The schema leaves the lines free (`AdresL1`, `AdresL2`); this is how printed invoices are usually laid out.
"""

from __future__ import annotations

import re

from rozlicz.kernel.branches import PostalAddress

_PLACE = re.compile(r"(?:(?P<street>.+), )?(?P<code>[0-9]{2}-[0-9]{3}) (?P<town>.+)")


def lines_of(address: PostalAddress) -> tuple[str, str]:
    """The two lines; the second is empty where one says everything (a village without streets)."""
    place = f"{address.postal_code} {address.town}".strip(" ")
    return (address.street, place) if address.street else (place, "")


def address_of(first: str, second: str) -> PostalAddress:
    """The address that two lines tell; what has no postal code in its place stays as it is written."""
    found = _PLACE.fullmatch(second or first)
    if found is None:
        return PostalAddress(street=first, postal_code="", town=second)
    if not second:
        return PostalAddress(street=found["street"] or "", postal_code=found["code"], town=found["town"])
    if found["street"]:
        return PostalAddress(
            street=f"{first}, {found['street']}", postal_code=found["code"], town=found["town"]
        )
    return PostalAddress(street=first, postal_code=found["code"], town=found["town"])


def comes_back(address: PostalAddress) -> bool:
    """Whether an address is the same after it was written in two lines and read."""
    return address_of(*lines_of(address)) == address
