"""The bill as a document: its template, contract, month, number and days."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date

from rozlicz.documents.bases import (
    INVOICE_CONTENT,
    LODZ_PAGE,
    LODZ_TERMS,
    SALE_DATE,
    TEMPLATE_QUOTED,
    policy,
)
from rozlicz.documents.deadlines import bill_due
from rozlicz.documents.refusals import Reason, Refusal, Severity, reason
from rozlicz.kernel.texts import Text
from rozlicz.messages.bills import Bill
from rozlicz.messages.contracts import Contract
from rozlicz.messages.templates import Template

NUMBER_LENGTH = 60
"""Characters that the number of a bill may have."""

_DAY = Text(pl="{day}", en="{day}")

TEMPLATE_UNKNOWN = reason(
    "B-101",
    Text(pl="szablon", en="template"),
    Text(
        pl="Nie ma szablonu o identyfikatorze {found}.",
        en="There is no template with the identifier {found}.",
    ),
    basis=TEMPLATE_QUOTED,
    remedy=Text(
        pl="Proszę pobrać aktualny plik R_UMX i wystawić rachunek do jednego z jego szablonów.",
        en="Download the current R_UMX file and make the bill from one of its templates.",
    ),
)

TEMPLATE_OTHER = reason(
    "B-102",
    Text(pl="szablon", en="template"),
    Text(
        pl="Rachunek powołuje szablon {found}, a sprawdzany jest z szablonem {expected}.",
        en="The bill quotes template {found}, but it is checked against template {expected}.",
    ),
    basis=TEMPLATE_QUOTED,
    remedy=Text(
        pl="Proszę przesłać rachunek do szablonu {expected} albo wybrać właściwy szablon.",
        en="Send the bill of template {expected}, or choose the right template.",
    ),
)

TEMPLATE_BILLED = reason(
    "B-103",
    Text(pl="szablon", en="template"),
    Text(
        pl="Do szablonu {found} przyjęto już rachunek. Jeden szablon to jeden rachunek.",
        en="A bill for template {found} has been accepted already. One template makes one bill.",
    ),
    basis=LODZ_PAGE,
    remedy=Text(
        pl="Nie wysyłaj tego samego rachunku drugi raz, także na papierze. Zmiana wymaga szablonu korekty.",
        en="Do not send the same bill again, on paper neither. A change needs a correcting template.",
    ),
)

CONTRACT_OTHER = reason(
    "B-111",
    Text(pl="umowa", en="contract"),
    Text(
        pl="Rachunek dotyczy umowy {found}, a szablon umowy {expected}.",
        en="The bill is for contract {found}; the template is for contract {expected}.",
    ),
    basis=TEMPLATE_QUOTED,
    remedy=Text(pl="Proszę wpisać kod umowy {expected}.", en="Enter the contract code {expected}."),
)

CONTRACT_FILE_OTHER = reason(
    "B-112",
    Text(pl="umowa", en="contract"),
    Text(
        pl="Podano umowę {found}, a szablon jest do umowy {expected}.",
        en="The contract given is {found}; the template is for contract {expected}.",
    ),
    basis=TEMPLATE_QUOTED,
    remedy=Text(
        pl="Proszę użyć pliku umowy {expected} albo jej najnowszego aneksu.",
        en="Use the file of contract {expected} or of its newest annex.",
    ),
)

MONTH_OTHER = reason(
    "B-113",
    Text(pl="miesiąc sprawozdawczy", en="reporting month"),
    Text(
        pl="Rachunek dotyczy miesiąca {found}, a szablon miesiąca {expected}.",
        en="The bill is for {found}; the template is for {expected}.",
    ),
    basis=TEMPLATE_QUOTED,
    remedy=Text(
        pl="Proszę wpisać miesiąc szablonu: {expected}.", en="Enter the month of the template: {expected}."
    ),
)

SALE_DATE_WRONG = reason(
    "B-114",
    Text(pl="data sprzedaży", en="date of sale"),
    Text(
        pl="Data sprzedaży to {found}, a ma być ostatni dzień rozliczanego okresu: {expected}.",
        en="The date of sale is {found}; it must be the last day of the settled period: {expected}.",
    ),
    basis=SALE_DATE,
    remedy=Text(pl="Proszę wpisać datę sprzedaży {expected}.", en="Enter the date of sale {expected}."),
)

NUMBER_EMPTY = reason(
    "B-121",
    Text(pl="numer rachunku", en="number of the bill"),
    Text(pl="Rachunek nie ma numeru.", en="The bill has no number."),
    basis=INVOICE_CONTENT,
    remedy=Text(
        pl="Nadaj rachunkowi kolejny numer ze swojej numeracji.",
        en="Give the bill the next number of your own series.",
    ),
)

NUMBER_USED = reason(
    "B-122",
    Text(pl="numer rachunku", en="number of the bill"),
    Text(
        pl="Rachunek o numerze {found} był już przyjęty od tego świadczeniodawcy.",
        en="A bill with the number {found} has been accepted from this provider before.",
    ),
    basis=INVOICE_CONTENT,
    remedy=Text(
        pl="Nadaj rachunkowi numer, którego jeszcze nie było.",
        en="Give the bill a number that was not used before.",
    ),
)

NUMBER_LONG = reason(
    "B-123",
    Text(pl="numer rachunku", en="number of the bill"),
    Text(
        pl="Numer rachunku ma {found} znaków, a może mieć najwyżej {expected}.",
        en="The number of the bill has {found} characters; it may have at most {expected}.",
    ),
    basis=policy("numer do 60 znaków", "a number of up to 60 characters"),
    remedy=Text(pl="Skróć numer rachunku.", en="Shorten the number of the bill."),
)

ISSUED_TOO_EARLY = reason(
    "B-401",
    Text(pl="data wystawienia", en="date of issue"),
    Text(
        pl="Rachunek wystawiono {found}, przed końcem miesiąca sprawozdawczego ({expected}).",
        en="The bill was issued on {found}, before the end of the reporting month ({expected}).",
    ),
    basis=policy(
        "rachunek wystawia się po zakończeniu okresu, którego dotyczy",
        "a bill is issued when the period it is for has ended",
    ),
    remedy=Text(
        pl="Proszę wystawić rachunek z datą nie wcześniejszą niż {expected}.",
        en="Issue the bill with a date not before {expected}.",
    ),
)

ISSUED_IN_FUTURE = reason(
    "B-402",
    Text(pl="data wystawienia", en="date of issue"),
    Text(
        pl="Data wystawienia {found} jest późniejsza niż dzień otrzymania rachunku ({expected}).",
        en="The date of issue {found} is later than the day the bill was received ({expected}).",
    ),
    basis=INVOICE_CONTENT,
    remedy=Text(
        pl="Proszę wystawić rachunek z datą nie późniejszą niż dzień wysłania.",
        en="Issue the bill with a date not later than the day you send it.",
    ),
)

LATE = reason(
    "B-403",
    Text(pl="termin złożenia", en="due day"),
    Text(
        pl="Rachunek za ten miesiąc należało złożyć do {expected}, a wpłynął {found}.",
        en="The bill for this month was due by {expected}; it arrived on {found}.",
    ),
    basis=LODZ_TERMS,
    remedy=Text(
        pl="Rachunek jest przyjmowany; termin zapłaty liczy się od dnia dostarczenia.",
        en="The bill is taken in; the days of payment count from its delivery.",
    ),
    severity=Severity.WARNING,
)

REASONS: tuple[Reason, ...] = (
    TEMPLATE_UNKNOWN,
    TEMPLATE_OTHER,
    TEMPLATE_BILLED,
    CONTRACT_OTHER,
    CONTRACT_FILE_OTHER,
    MONTH_OTHER,
    SALE_DATE_WRONG,
    NUMBER_EMPTY,
    NUMBER_USED,
    NUMBER_LONG,
    ISSUED_TOO_EARLY,
    ISSUED_IN_FUTURE,
    LATE,
)


def normal_number(number: str) -> str:
    """A bill's number as numbers are compared: white space at the ends does not make another number."""
    return number.strip()


def number_refusals(number: str, *, used: Container[str]) -> Iterator[Refusal]:
    """An empty or too long number, or one that this provider used before; `used` holds `normal_number`s."""
    normal = normal_number(number)
    if not normal:
        yield NUMBER_EMPTY.because(field="number")
    elif normal in used:
        yield NUMBER_USED.because(field="number", found=normal)
    if len(normal) > NUMBER_LENGTH:
        yield NUMBER_LONG.because(field="number", found=str(len(normal)), expected=str(NUMBER_LENGTH))


def template_refusals(
    bill: Bill, *, template: Template, contract: Contract | None, already_billed: bool
) -> Iterator[Refusal]:
    """Whether the bill belongs to this template, contract and month, and the template is still to be billed."""
    if bill.template != template.number:
        yield TEMPLATE_OTHER.because(
            field="template", found=str(bill.template), expected=str(template.number)
        )
    if already_billed:
        yield TEMPLATE_BILLED.because(field="template", found=str(template.number))
    if bill.contract.strip() != template.contract:
        yield CONTRACT_OTHER.because(field="contract", found=bill.contract, expected=template.contract)
    if contract is not None and contract.code != template.contract:
        yield CONTRACT_FILE_OTHER.because(field="contract", found=contract.code, expected=template.contract)
    if bill.month != template.month:
        yield MONTH_OTHER.because(field="month", found=bill.month.name, expected=template.month.name)
    sold_on = template.month.last_day
    if bill.sold_on != sold_on:
        yield SALE_DATE_WRONG.because(field="sold_on", found=_day(bill.sold_on), expected=_day(sold_on))


def day_refusals(bill: Bill, *, template: Template, received_on: date) -> Iterator[Refusal]:
    """The date of issue against the reporting month and the day of receipt; lateness only as a warning.

    A correction has no due day: it follows when there is something to correct.
    """
    month_end = template.month.last_day
    if bill.issued_on < month_end:
        yield ISSUED_TOO_EARLY.because(
            field="issued_on", found=_day(bill.issued_on), expected=_day(month_end)
        )
    if bill.issued_on > received_on:
        yield ISSUED_IN_FUTURE.because(
            field="issued_on", found=_day(bill.issued_on), expected=_day(received_on)
        )
    due = bill_due(template.month, branch=template.branch)
    if template.corrects is None and received_on > due:
        yield LATE.because(field="received_on", found=_day(received_on), expected=_day(due))


def _day(day: date) -> Text:
    return _DAY.filled(day=day)
