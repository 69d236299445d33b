"""A correcting bill: made from a correcting template, naming the corrected bill and the reason (R13)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rozlicz.documents.bases import (
    CORRECTION_REASON_LAW,
    CORRECTION_TEMPLATE,
    FROM_THE_BEGINNING,
    INVOICE_CONTENT,
    policy,
)
from rozlicz.documents.comparing import same_words
from rozlicz.documents.refusals import Reason, Refusal, reason
from rozlicz.kernel.legal import Parameter, Ruling
from rozlicz.kernel.texts import Text
from rozlicz.messages.bills import Bill
from rozlicz.messages.templates import Template

CORRECTION_REASON_DEMANDED: Parameter[bool] = Parameter(
    name="correction_reason_demanded",
    meaning=Text(
        pl="Czy dokument korygujący musi podać przyczynę korekty",
        en="Whether a correcting document must name the reason of the correction",
    ),
    rulings=(
        Ruling(value=True, since=FROM_THE_BEGINNING, basis=CORRECTION_REASON_LAW),
        Ruling(
            value=True,
            since=date(2021, 10, 1),
            basis=policy(
                "oddział wymaga przyczyny korekty także po 30.09.2021",
                "the branch demands the reason of a correction after 30 Sep 2021 too",
            ),
        ),
    ),
)

CORRECTED_NUMBER_MISSING = reason(
    "B-601",
    Text(pl="numer dokumentu korygowanego", en="number of the corrected document"),
    Text(
        pl="Szablon {template} koryguje szablon {corrected}, a rachunek nie podaje numeru dokumentu korygowanego.",
        en="Template {template} corrects template {corrected}, but the bill names no corrected document.",
    ),
    basis=CORRECTION_TEMPLATE,
    remedy=Text(
        pl="Proszę wpisać numer rachunku wystawionego do szablonu {corrected}: {expected}.",
        en="Enter the number of the bill made from template {corrected}: {expected}.",
    ),
)

CORRECTION_REASON_MISSING = reason(
    "B-602",
    Text(pl="przyczyna korekty", en="reason of the correction"),
    Text(
        pl="Dokument korygujący nie podaje przyczyny korekty.",
        en="The correcting document does not name the reason of the correction.",
    ),
    basis=CORRECTION_REASON_LAW,
    remedy=Text(
        pl="Proszę wpisać przyczynę, na przykład: usunięcie świadczenia po weryfikacji.",
        en="Enter the reason, for example: a service deleted after verification.",
    ),
)

CORRECTED_NUMBER_WRONG = reason(
    "B-603",
    Text(pl="numer dokumentu korygowanego", en="number of the corrected document"),
    Text(
        pl="Rachunek koryguje dokument {found}, a do szablonu {corrected} wystawiono {expected}.",
        en="The bill corrects document {found}; the bill made from template {corrected} is {expected}.",
    ),
    basis=CORRECTION_TEMPLATE,
    remedy=Text(
        pl="Proszę wpisać numer dokumentu korygowanego {expected}.",
        en="Enter {expected} as the corrected document.",
    ),
)

NOT_A_CORRECTION = reason(
    "B-604",
    Text(pl="korekta", en="correction"),
    Text(
        pl="Szablon {template} nie jest szablonem korekty, a rachunek podaje dane korekty: {found}.",
        en="Template {template} is not a correcting one, but the bill holds data of a correction: {found}.",
    ),
    basis=CORRECTION_TEMPLATE,
    remedy=Text(
        pl="Proszę usunąć numer dokumentu korygowanego i przyczynę korekty albo użyć szablonu korekty.",
        en="Remove the corrected document and the reason, or use a correcting template.",
    ),
)

CORRECTED_NOT_BILLED = reason(
    "B-605",
    Text(pl="numer dokumentu korygowanego", en="number of the corrected document"),
    Text(
        pl="Do korygowanego szablonu {corrected} nie ma jeszcze przyjętego rachunku.",
        en="There is no accepted bill yet for the corrected template {corrected}.",
    ),
    basis=INVOICE_CONTENT,
    remedy=Text(
        pl="Najpierw proszę przesłać rachunek do szablonu {corrected}, potem korektę.",
        en="First send the bill for template {corrected}, then the correction.",
    ),
)

REASONS: tuple[Reason, ...] = (
    CORRECTED_NUMBER_MISSING,
    CORRECTION_REASON_MISSING,
    CORRECTED_NUMBER_WRONG,
    NOT_A_CORRECTION,
    CORRECTED_NOT_BILLED,
)


def correction_refusals(
    bill: Bill, *, template: Template, corrected_bill_number: str | None
) -> Iterator[Refusal]:
    """Whether bill and template agree on being a correction, and whether it is complete.

    `corrected_bill_number` is the number of the accepted bill made from the corrected template; "" when there
    is none yet, None when it is not known (off-line).
    """
    if template.corrects is None:
        yield from _plain_refusals(bill, template)
    else:
        yield from _number_refusals(bill, template.number, template.corrects, corrected_bill_number)
        demanded = CORRECTION_REASON_DEMANDED.on(max(bill.issued_on, FROM_THE_BEGINNING), template.branch)
        if demanded.value and not bill.correction_reason.strip():
            yield CORRECTION_REASON_MISSING.because(field="correction_reason", basis=demanded.basis)


def _plain_refusals(bill: Bill, template: Template) -> Iterator[Refusal]:
    told = " ".join(part.strip() for part in (bill.corrects_number, bill.correction_reason) if part.strip())
    if told:
        field = "corrects_number" if bill.corrects_number.strip() else "correction_reason"
        yield NOT_A_CORRECTION.because(field=field, found=told, template=template.number)


def _number_refusals(bill: Bill, template: int, corrected: int, known: str | None) -> Iterator[Refusal]:
    field = "corrects_number"
    if known == "":
        yield CORRECTED_NOT_BILLED.because(field=field, found=bill.corrects_number, corrected=corrected)
    elif not bill.corrects_number.strip():
        yield CORRECTED_NUMBER_MISSING.because(
            field=field, expected=known or "", template=template, corrected=corrected
        )
    elif known is not None and not same_words(bill.corrects_number, known):
        yield CORRECTED_NUMBER_WRONG.because(
            field=field, found=bill.corrects_number, expected=known, corrected=corrected
        )
