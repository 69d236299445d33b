"""Numbers in the state registers by which a party is known: their forms, and who is entered where."""

from __future__ import annotations

import re

from rozlicz.messages.contracts import LegalForm

_BOOK_DIGITS = 12
_KRS_DIGITS = 10

_REGISTER_AUTHORITY = re.compile(r"(?<=[0-9])[\s/-]*[A-Za-z]{1,2}[\s-]*[0-9]{2}\Z")
"""What stands beside a number of a book: `W-14`, the authority that keeps it (Dz.U. 2019 poz. 605, § 5)."""

_COMPANIES_IN_KRS = re.compile(
    r"z\s*o\.?\s*o\b|ograniczoną odpowiedzialnością|jawna|partnerska|komandytow|akcyjna|spółdzielnia|fundacja"
    r"|stowarzyszenie|samodzielny publiczny|\bsp\.?\s*zoz|instytut badawczy"
    r"|\bs\.?\s*a\.?\Z|\bsp\.?\s*[jkp]\.?\Z",
    re.IGNORECASE,
)
_PUBLIC_UNITS_OUTSIDE_KRS = re.compile(r"jednostka budżetowa|uczelnia|uniwersytet|wojskow", re.IGNORECASE)


def book_number(typed: str) -> str:
    """A number of a register book (RPWDL) without blanks and without the mark of the authority beside it."""
    return re.sub(r"[\s-]", "", _REGISTER_AUTHORITY.sub("", typed.strip()))


def is_book_number(text: str) -> bool:
    """Twelve digits, as all numbers of books have them that were seen in public.

    Our own check: the acts say that there is a number, not of how many digits.
    """
    return _is_number(text, _BOOK_DIGITS)


def is_krs_number(text: str) -> bool:
    """Ten digits, zeros in front included; a number of the KRS has no check digit."""
    return _is_number(text, _KRS_DIGITS)


def _is_number(text: str, digits: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) == digits and int(text) > 0


def is_entered_in_krs(legal_form: LegalForm | None, form_of_business: str) -> bool:
    """Whether a party of this form stands in the KRS, as far as its words tell; None: a pharmacy.

    A public unit does (the act of 20 August 1997 on the KRS names a register of public health care units), unless its
    form of business says that it is a budget unit or a university. Of others companies, cooperatives, foundations and
    associations do; a civil partnership and a single person do not. The words that are known are our own choice.
    """
    if legal_form is LegalForm.PUBLIC_UNIT:
        return not _PUBLIC_UNITS_OUTSIDE_KRS.search(form_of_business)
    if legal_form is LegalForm.INDIVIDUAL_PRACTICE:
        return False
    return bool(_COMPANIES_IN_KRS.search(form_of_business.strip()))
