"""Identifiers of persons, parties, contracts and products: their forms and check digits.

Forms of scope, product and contract codes were read off public contracts and notices; a contract's
code is compared, never taken apart.
"""

from __future__ import annotations

import re
from datetime import date

from stdnum.exceptions import ValidationError
from stdnum.pl import nip, pesel, regon

PROVIDER_CODE = r"^[0-9]{6}$"
"""Six digits, given by the branch at registration (P1)."""

USER_NAME = r"^[a-z0-9][a-z0-9._-]{2,39}\Z"
"""What a person logs in with beside the party's code, such as jkowalski1243: small letters as on every keyboard."""

SCOPE_CODE = r"^[0-9]{2}\.[0-9]{4}\.[0-9]{3}\.[0-9]{2}$"
"""A scope of services (contract product), 14 characters, such as 02.1220.001.02."""

PRODUCT_CODE = r"^5\.[0-9]{2}\.[0-9]{2}\.[0-9]{7}$"
"""A unit product, 15 characters, such as 5.30.00.0000012."""

ICD10_CODE = r"^[A-Z][0-9]{2}(\.[0-9]{1,2})?$"
"""A diagnosis, such as I10 or M54.5."""

LICENCE_NUMBER = r"^[0-9]{7}$"
"""Numer prawa wykonywania zawodu, 7 digits in the samples seen."""

SHORT_INSTALLATION_ID = r"^[0-9]{8}$"
LONG_INSTALLATION_ID = r"^[0-9]{8}-[A-Z0-9]{20}$"
"""Short identifier, hyphen, twenty capital letters or digits; the first two digits are the branch."""

PESEL_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
"""For column rules: the weighted sum of the first ten digits and the eleventh is divisible by 10."""


def is_pesel(text: str) -> bool:
    """Eleven digits with a real date of birth and the right check digit, and nothing around them."""
    return text.isdigit() and len(text) == 11 and bool(pesel.is_valid(text))


def birth_date_of_pesel(text: str) -> date:
    """The date of birth a valid PESEL carries. Raises ValueError for an invalid one."""
    try:
        found = pesel.get_birth_date(pesel.validate(text))
    except ValidationError as error:
        raise ValueError("not a PESEL") from error
    return date(found.year, found.month, found.day)


def pesel_check_digit(first_ten: str) -> str:
    """The eleventh digit for ten given ones."""
    return str(-sum(int(d) * w for d, w in zip(first_ten, PESEL_WEIGHTS, strict=True)) % 10)


def is_nip(text: str) -> bool:
    """Ten digits with the right check digit, hyphens allowed as people write them."""
    return bool(nip.is_valid(text))


def is_regon(text: str) -> bool:
    """Nine or fourteen digits with the right check digit."""
    return bool(regon.is_valid(text))


def is_bank_account(text: str) -> bool:
    """A Polish account number: 26 digits that form a valid IBAN with PL, blanks allowed."""
    digits = text.replace(" ", "").removeprefix("PL")
    if not re.fullmatch(r"[0-9]{26}", digits):
        return False
    return int(digits[2:] + "2521" + digits[:2]) % 97 == 1
