"""For whom a bill is issued: the Fund as buyer and the branch as recipient, at a date (R12)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rozlicz.documents.bases import LODZ_BUYER
from rozlicz.documents.comparing import address_line, same_address, same_digits, same_words
from rozlicz.documents.refusals import Reason, Refusal, reason
from rozlicz.kernel.branches import (
    BRANCHES,
    FUND_ADDRESS,
    FUND_NAME,
    FUND_NIP,
    FinanceDepartment,
    PostalAddress,
    branch_of,
)
from rozlicz.kernel.legal import Ruling
from rozlicz.kernel.texts import Text
from rozlicz.messages.bills import Buyer, Recipient

BUYER_NAME = reason(
    "B-301",
    Text(pl="nazwa nabywcy", en="buyer's name"),
    Text(
        pl="Nabywcą na rachunku jest „{found}”, a ma być „{expected}”.",
        en="The bill names the buyer “{found}”; it must be “{expected}”.",
    ),
    basis=LODZ_BUYER,
    remedy=Text(
        pl="Proszę wpisać nabywcę „{expected}” i przesłać rachunek ponownie.",
        en="Enter the buyer “{expected}” and send the bill again.",
    ),
)

BUYER_NIP = reason(
    "B-302",
    Text(pl="NIP nabywcy", en="buyer's NIP"),
    Text(
        pl="NIP nabywcy na rachunku to {found}, a NIP Funduszu to {expected}.",
        en="The buyer's NIP on the bill is {found}; the Fund's NIP is {expected}.",
    ),
    basis=LODZ_BUYER,
    remedy=Text(
        pl="Proszę wpisać NIP {expected}. Od niego zależy doręczenie faktury.",
        en="Enter the NIP {expected}. The delivery of the invoice depends on it.",
    ),
)

BUYER_ADDRESS = reason(
    "B-303",
    Text(pl="adres nabywcy", en="buyer's address"),
    Text(
        pl="Adres nabywcy na rachunku to „{found}”, a w dniu wystawienia ({issued_on}) obowiązywał „{expected}”.",
        en="The buyer's address on the bill is “{found}”; on the day of issue ({issued_on}) it was “{expected}”.",
    ),
    basis=LODZ_BUYER,
    remedy=Text(
        pl="Proszę wpisać adres „{expected}” i przesłać rachunek ponownie.",
        en="Enter the address “{expected}” and send the bill again.",
    ),
)

RECIPIENT_BRANCH = reason(
    "B-304",
    Text(pl="oddział odbiorcy", en="recipient's branch"),
    Text(
        pl="Odbiorcą jest oddział o kodzie {found}, a szablon wystawił oddział {expected}.",
        en="The recipient is the branch with the code {found}; the template is of branch {expected}.",
    ),
    basis=LODZ_BUYER,
    remedy=Text(
        pl="Proszę wpisać jako odbiorcę oddział {expected}, z którym zawarto umowę.",
        en="Enter branch {expected}, the party to the contract, as the recipient.",
    ),
)

RECIPIENT_NAME = reason(
    "B-305",
    Text(pl="nazwa odbiorcy", en="recipient's name"),
    Text(
        pl="Odbiorcą–płatnikiem na rachunku jest „{found}”, a ma być „{expected}”.",
        en="The bill names the recipient and payer “{found}”; it must be “{expected}”.",
    ),
    basis=LODZ_BUYER,
    remedy=Text(
        pl="Proszę wpisać odbiorcę „{expected}” i przesłać rachunek ponownie.",
        en="Enter the recipient “{expected}” and send the bill again.",
    ),
)

RECIPIENT_ADDRESS = reason(
    "B-306",
    Text(pl="adres odbiorcy", en="recipient's address"),
    Text(
        pl="Adres odbiorcy na rachunku to „{found}”, a adres oddziału to „{expected}”.",
        en="The recipient's address on the bill is “{found}”; the branch's address is “{expected}”.",
    ),
    basis=LODZ_BUYER,
    remedy=Text(
        pl="Proszę wpisać adres oddziału „{expected}” i przesłać rachunek ponownie.",
        en="Enter the branch's address “{expected}” and send the bill again.",
    ),
)

REASONS: tuple[Reason, ...] = (
    BUYER_NAME,
    BUYER_NIP,
    BUYER_ADDRESS,
    RECIPIENT_BRANCH,
    RECIPIENT_NAME,
    RECIPIENT_ADDRESS,
)


def buyer_on(day: date) -> Buyer:
    """The Fund as a bill issued on that day must name it: name, NIP, the seat's address of the day (R12)."""
    return Buyer(name=FUND_NAME, nip=FUND_NIP, address=_seat_on(day).value)


def recipient_of(branch: str) -> Recipient:
    """The branch (two-digit code) as recipient and payer.

    Its address is None where it is not known for certain. Raises KeyError for a code that is no branch.
    """
    found = branch_of(branch)
    return Recipient(branch=found.code, name=found.name, address=found.address)


def contact_of(branch: str) -> FinanceDepartment | None:
    """Whom to call about a bill (R17): the branch's finance department, None where it is not known.

    Raises KeyError for a code that is no branch.
    """
    return branch_of(branch).finance_department


def buyer_refusals(buyer: Buyer, *, issued_on: date) -> Iterator[Refusal]:
    """Where the buyer on a bill differs from the Fund on the day of issue."""
    expected = buyer_on(issued_on)
    if not same_words(buyer.name, expected.name):
        yield BUYER_NAME.because(field="buyer.name", found=buyer.name, expected=expected.name)
    if not same_digits(buyer.nip, expected.nip):
        yield BUYER_NIP.because(field="buyer.nip", found=buyer.nip, expected=expected.nip)
    if not same_address(buyer.address, expected.address):
        yield BUYER_ADDRESS.because(
            field="buyer.address",
            found=address_line(buyer.address),
            expected=address_line(expected.address),
            basis=_seat_on(issued_on).basis,
            issued_on=issued_on,
        )


def recipient_refusals(recipient: Recipient, *, branch: str) -> Iterator[Refusal]:
    """Where the recipient on a bill differs from the branch that issued the template.

    The address of a branch whose address is not known for certain is left to the provider; of a template with a
    code that is no branch only the code is compared.
    """
    if recipient.branch.strip() != branch:
        yield RECIPIENT_BRANCH.because(field="recipient.branch", found=recipient.branch, expected=branch)
    if branch not in BRANCHES:
        return
    expected = recipient_of(branch)
    if not same_words(recipient.name, expected.name):
        yield RECIPIENT_NAME.because(field="recipient.name", found=recipient.name, expected=expected.name)
    if expected.address is not None and not same_address(recipient.address, expected.address):
        yield RECIPIENT_ADDRESS.because(
            field="recipient.address",
            found=address_line(recipient.address),
            expected=address_line(expected.address),
        )


def _seat_on(day: date) -> Ruling[PostalAddress]:
    """The seat's address in force; before the first known ruling the first one, since a bill may carry any date."""
    first = min(ruling.since for ruling in FUND_ADDRESS.rulings)
    return FUND_ADDRESS.on(max(day, first))
