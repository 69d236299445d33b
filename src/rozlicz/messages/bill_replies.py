"""What the payer answers to a bill: accepted, accepted but incomplete, or refused with every reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rozlicz.kernel.money import Grosze
from rozlicz.kernel.texts import Text
from rozlicz.messages.bills import BillKind
from rozlicz.messages.replies import Receipt, ReplyFinding

ERROR = "error"
"""The severity of a reason that refuses the bill; `warning` is the other one."""


class BillOutcome(StrEnum):
    """What became of a bill. An incomplete one is accepted as far as it came, and paid when the rest has come."""

    ACCEPTED = "accepted"
    INCOMPLETE = "incomplete"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredBill:
    """Which document is answered: its kind, number and date of issue, contract, template and total (grosze)."""

    kind: BillKind
    number: str
    issued_on: date
    contract: str
    template: int
    amount: Grosze


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentDays:
    """When a bill that was not refused is paid (R10; § 26 of the general terms of 2008 for incomplete documents).

    `delivered_on`: the day of delivery, from which days are counted. `regular_day`: the last day of payment counted
    from it (five working days). `completed_on`: the day on which what was missing came, None when nothing was, or
    when it has not come yet. `last_day`: the last day of payment, the regular one or, for documents completed later,
    the later of it and the seventh day after completion; None while something is missing. Nothing is paid before
    the regular day then.
    """

    delivered_on: date
    regular_day: date
    completed_on: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPart:
    """A part of the documents that has not come: `kind` as attachments are called (`ENT`, `ORD`) or `PAPER`.

    `document_number`: of the entitlement or decision it is a copy of, empty where it belongs to nobody's.
    """

    kind: str
    name: Text
    document_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingParts:
    """What is missing, and the days that follow from it.

    `complete_by`: the day by which the payer asks for it, None when it names none. `days_after_completion`: within so
    many days of completion the bill is paid, but never before the regular day; None while the bill does not count as
    delivered: then all days begin with the delivery.
    """

    parts: tuple[MissingPart, ...]
    days_after_completion: int | None = None
    complete_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BillReply:
    """The answer to one bill, e-document or REF.

    `reasons` are all reasons of a refusal (severity `error`), and what the payer points out (`warning`). `payment` is
    None for a refused bill and for one that does not count as delivered yet, such as a REF without its paper. What
    contradicts the outcome raises ValueError: a refused bill has a reason and no days, an accepted one has a last day
    and no reason to refuse it, and only an incomplete one lacks parts.
    """

    receipt: Receipt
    bill: AnsweredBill
    outcome: BillOutcome
    payment: PaymentDays | None = None
    missing: MissingParts | None = None
    reasons: tuple[ReplyFinding, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an answer that contradicts itself."""
        if self._is(BillOutcome.REFUSED) != any(reason.severity == ERROR for reason in self.reasons):
            raise ValueError("a bill is refused exactly when there is a reason to refuse it")
        if self._is(BillOutcome.INCOMPLETE) != (self.missing is not None and bool(self.missing.parts)):
            raise ValueError("parts are missing exactly when a bill is incomplete")
        if self._is(BillOutcome.REFUSED) and self.payment is not None:
            raise ValueError("a refused bill is not paid")
        last_day = None if self.payment is None else self.payment.last_day
        if self._is(BillOutcome.ACCEPTED) != (last_day is not None):
            raise ValueError("the last day of payment is known exactly when a bill is accepted")

    def _is(self, outcome: BillOutcome) -> bool:
        return self.outcome is outcome
