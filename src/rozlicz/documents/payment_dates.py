"""The day a bill counts as delivered and the last day of its payment, explained (R10).

A working day is Monday to Friday that is not a statutory day off. The day of delivery itself may be a day off
and is not counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from rozlicz.documents.attachments import AttachmentForm, AttachmentKind, Requirement
from rozlicz.documents.bases import (
    FROM_THE_BEGINNING,
    GENERAL_TERMS_2008_26,
    LODZ_TERMS,
    policy,
)
from rozlicz.documents.deadlines import bill_due
from rozlicz.documents.terms import Term, moved, weekday_and_day, working_days_counted
from rozlicz.documents.ways import Way
from rozlicz.kernel.legal import Parameter, Ruling
from rozlicz.kernel.texts import Text, same
from rozlicz.kernel.working_days import nth_working_day_after
from rozlicz.settlement.explanation import Explanation, Step

__all__ = [
    "COMPLETION_DAYS",
    "PAYMENT_WORKING_DAYS",
    "Part",
    "bill_due",
    "delivery_day",
    "payment_due",
    "payment_due_when_completed",
    "payment_term",
    "payment_term_when_completed",
]

PAYMENT_WORKING_DAYS: Parameter[int] = Parameter(
    name="payment_working_days",
    meaning=Text(
        pl="Dni robocze na zapłatę po dniu dostarczenia dokumentów",
        en="Working days for payment after the day the documents were delivered",
    ),
    rulings=(
        Ruling(
            value=5,
            since=FROM_THE_BEGINNING,
            basis=policy("5 dni roboczych, jak w Łódzkim OW NFZ", "5 working days, as in the Łódź branch"),
        ),
        Ruling(value=5, since=FROM_THE_BEGINNING, basis=LODZ_TERMS, branch="05"),
    ),
)

COMPLETION_DAYS: Parameter[int] = Parameter(
    name="completion_days",
    meaning=Text(
        pl="Dni na zapłatę po uzupełnieniu niekompletnych dokumentów",
        en="Days for payment after incomplete documents were completed",
    ),
    rulings=(
        Ruling(value=7, since=FROM_THE_BEGINNING, basis=GENERAL_TERMS_2008_26),
        Ruling(
            value=7,
            since=date(2016, 1, 1),
            basis=policy(
                "7 dni, jak w § 26 ogólnych warunków umów z 2008 r.",
                "7 days, as in § 26 of the general terms of contracts of 2008",
            ),
        ),
    ),
)


class Part(StrEnum):
    """What must have arrived before a bill counts as delivered."""

    E_DOCUMENT = "e-document"
    SCANS = "scans"
    REF = "ref"
    PAPER = "paper"
    DATA = "data"
    ORIGINALS = "originals"


_PARTS: dict[Way, tuple[Part, ...]] = {
    Way.E_DOCUMENT: (Part.E_DOCUMENT,),
    Way.REF_AND_PAPER: (Part.REF, Part.PAPER),
    Way.SIMP_PRINTOUT: (Part.PAPER,),
    Way.PAPER_AND_DATA: (Part.PAPER, Part.DATA),
}
"""Parts by way; scans join an e-document that needs them, the originals of orders join device supply."""


def delivery_day(
    *, way: Way, requirements: Sequence[Requirement], received: Mapping[Part, date]
) -> date | None:
    """The day on which the last needed part of an accepted bill arrived; None while one is missing.

    `requirements` are those of `attachments.required` for the bill. A refused document was not delivered: leave
    its part out. Paper attachments come with the paper bill. Days are dates of Europe/Warsaw.
    """
    parts = [*_PARTS[way]]
    if any(one.form is AttachmentForm.SCAN for one in requirements):
        parts.append(Part.SCANS)
    if any(one.kind is AttachmentKind.ORDERS for one in requirements):
        parts.append(Part.ORIGINALS)
    if not all(part in received for part in parts):
        return None
    return max(received[part] for part in parts)


def payment_due(delivered_on: date, *, branch: str | None = None) -> date:
    """The last day of payment: the 5th working day after the day of delivery (R10)."""
    return nth_working_day_after(delivered_on, PAYMENT_WORKING_DAYS.on(delivered_on, branch).value)


def payment_term(delivered_on: date, *, branch: str | None = None) -> Term:
    """The last day of payment of a complete bill with its explanation (R10)."""
    step = _regular_step(delivered_on, branch)
    return Term(
        last_day=payment_due(delivered_on, branch=branch),
        explanation=Explanation(title=_TITLE, steps=(_delivery_step(delivered_on), step)),
    )


def payment_due_when_completed(
    first_delivered_on: date, completed_on: date, *, branch: str | None = None
) -> tuple[date, date]:
    """The last day of payment, and the day before which nothing is paid, of documents that were incomplete."""
    term = payment_term_when_completed(first_delivered_on, completed_on, branch=branch)
    return term.last_day, term.not_before or term.last_day


def payment_term_when_completed(
    first_delivered_on: date, completed_on: date, *, branch: str | None = None
) -> Term:
    """When documents that were incomplete are paid: within 7 days of completion, never before the regular date.

    The regular date counts from the first delivery. The last day is the later of the regular date and the 7th
    day after completion, moved when on a Saturday or day off. Raises ValueError when the completion comes first.
    """
    if completed_on < first_delivered_on:
        raise ValueError("documents cannot be completed before they were delivered")
    regular = payment_due(first_delivered_on, branch=branch)
    ruling = COMPLETION_DAYS.on(completed_on, branch)
    end, moving = moved(completed_on + timedelta(days=ruling.value), rule="payment.completion")
    last_day = max(regular, end)
    steps = (
        _delivery_step(first_delivered_on),
        _regular_step(first_delivered_on, branch),
        _completion_step(completed_on, ruling),
        *moving,
        _later_step(regular, end, ruling),
    )
    return Term(last_day=last_day, not_before=regular, explanation=Explanation(title=_TITLE, steps=steps))


_TITLE = Text(pl="Ostatni dzień zapłaty", en="Last day of payment")


def _delivery_step(delivered_on: date) -> Step:
    return Step(
        rule="payment.delivery",
        demand="R10",
        title=Text(pl="Dzień dostarczenia dokumentów", en="Day of delivery of the documents"),
        inputs=((Text(pl="dostarczono", en="delivered"), weekday_and_day(delivered_on)),),
        basis=LODZ_TERMS,
        outcome=Text(
            pl="liczy się od następnego dnia po {day}", en="counting begins the day after {day}"
        ).filled(day=delivered_on),
    )


def _regular_step(delivered_on: date, branch: str | None) -> Step:
    ruling = PAYMENT_WORKING_DAYS.on(delivered_on, branch)
    return Step(
        rule="payment.working-days",
        demand="R10",
        title=Text(
            pl="{count}. dzień roboczy po dniu dostarczenia",
            en="Working day {count} after the day of delivery",
        ).filled(count=ruling.value),
        inputs=working_days_counted(delivered_on, ruling.value),
        basis=ruling.basis,
        outcome=weekday_and_day(nth_working_day_after(delivered_on, ruling.value)),
        figures=(("working_days", ruling.value),),
    )


def _completion_step(completed_on: date, ruling: Ruling[int]) -> Step:
    return Step(
        rule="payment.completion",
        demand="R10",
        title=COMPLETION_DAYS.meaning,
        inputs=(
            (Text(pl="uzupełniono", en="completed"), weekday_and_day(completed_on)),
            (Text(pl="dni", en="days"), same(str(ruling.value))),
        ),
        basis=ruling.basis,
        outcome=weekday_and_day(completed_on + timedelta(days=ruling.value)),
        figures=(("days", ruling.value),),
    )


def _later_step(regular: date, end: date, ruling: Ruling[int]) -> Step:
    return Step(
        rule="payment.later-of-both",
        demand="R10",
        title=Text(
            pl="Późniejszy z obu dni; nigdy wcześniej niż w zwykłym terminie",
            en="The later of both days; never before the regular date",
        ),
        inputs=(
            (Text(pl="zwykły termin", en="regular date"), weekday_and_day(regular)),
            (Text(pl="termin po uzupełnieniu", en="date after completion"), weekday_and_day(end)),
        ),
        basis=ruling.basis,
        outcome=Text(pl="zapłata od {first} do {last}", en="payment from {first} to {last}").filled(
            first=regular, last=max(regular, end)
        ),
    )
