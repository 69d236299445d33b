"""Requests for settlement (żądanie rozliczenia): what a provider asks the payer to calculate, and why it is refused.

The Fund's portals know the request as an action only; as a message it is our own. The values hold texts, whole
numbers, a month and enumerations, so that the JSON of an API says the same as the message.
"""

from __future__ import annotations

from dataclasses import dataclass

from rozlicz.kernel.money import Grosze
from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import SettledBy
from rozlicz.messages.replies import Receipt, ReplyFinding


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRequest:
    """One contract is to be calculated for one month.

    `settled_by` are the ways of settlement that are asked for (services, declarations, lump sums, …); none means
    everything the contract has. The answer is R_UMX, one message for each process (`templates.PROCESS_OF`).
    """

    contract: str
    month: Month
    settled_by: tuple[SettledBy, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RepaymentRequest:
    """A part of a repayment plan (plan spłaty) is to be calculated, `amount` in grosze.

    The Fund takes it by contract and year (zlecenie naliczania, nfz-opole.pl 2431-200); `plan` is the plan's number,
    empty where the contract has one only. The answer is R_UMX 2.7. A number that is no year raises ValueError.
    """

    contract: str
    year: int
    amount: Grosze
    plan: str = ""

    def __post_init__(self) -> None:
        Month(self.year, 1)


SettlementRequest = MonthRequest | RepaymentRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRefusal:
    """A request that is not calculated: the receipt of its message, what was asked, and every reason.

    No reason at all raises ValueError.
    """

    receipt: Receipt
    request: SettlementRequest
    reasons: tuple[ReplyFinding, ...]

    def __post_init__(self) -> None:
        if not self.reasons:
            raise ValueError("a refusal has at least one reason")
