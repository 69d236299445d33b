"""What holds for every stay of a report: contract, scope, period, the month of its template, policies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rozlicz.kernel.months import Month
from rozlicz.kernel.refusals import Refusal
from rozlicz.kernel.texts import Text, same
from rozlicz.messages.contracts import Contract, Scope, SettledBy
from rozlicz.messages.rates import RatePer
from rozlicz.messages.spa_stays import OutpatientMonth, Round, StayReport
from rozlicz.messages.templates import Template
from rozlicz.settlement.books import CapUnit
from rozlicz.settlement.spa import reasons
from rozlicz.settlement.spa.days_shown import span_text
from rozlicz.settlement.spa.parameters import LONGEST_ROUND, LeavePolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaTerms:
    """`month` is that of the report's template; `policy` how leave takes person-days away."""

    contract: Contract
    scope: Scope
    period: Round | OutpatientMonth
    month: Month
    policy: LeavePolicy

    @property
    def unit(self) -> CapUnit:
        """The scope with its distinguishing number."""
        return CapUnit(self.scope.code, self.scope.distinguisher)

    @property
    def branch(self) -> str:
        """The branch whose parameters hold."""
        return self.contract.branch

    def price_on(self, day: date) -> int | None:
        """The price of a person-day, in grosze: the contract's rate of that day, else the plan's price of its month.

        None where the contract has neither (R63).
        """
        if not self.contract.valid_from <= day <= self.contract.valid_to:
            return None
        if any(rate.per is RatePer.PERSON_DAY for rate in self.scope.rates):
            rate = self.scope.rate_on(day, per=RatePer.PERSON_DAY)
            return None if rate is None else rate.amount
        return self.scope.price_in(Month.of(day))


def days_of(period: Round | OutpatientMonth) -> tuple[date, date]:
    """The first and the last day of a round as planned, or of a month."""
    if isinstance(period, OutpatientMonth):
        return period.month.first_day, period.month.last_day
    return period.begins_on, period.ends_on


def period_text(period: Round | OutpatientMonth) -> Text:
    """A round with its planned days, or a month."""
    if isinstance(period, OutpatientMonth):
        return period.month.name
    return Text(pl="turnus {number}, {days}", en="round {number}, {days}").filled(
        number=same(period.number), days=span_text(period.begins_on, period.ends_on)
    )


def month_of(period: Round | OutpatientMonth, contract: Contract, issued: Iterable[Template] = ()) -> Month:
    """The month of the report's template.

    Of a round the month in which it ends as planned: it is settled after its end (R48), and the sale is at the end of
    the settled period. Where the contract ends or begins inside the round, the nearest month of the contract. A
    report of which templates were issued stays in their month, whatever its later versions say of the round (policy).
    """
    settled = next((template.month for template in issued), None)
    last = days_of(period)[1]
    return settled or Month.of(min(max(last, contract.valid_from), contract.valid_to))


def report_faults(report: StayReport, contract: Contract) -> Iterator[Refusal]:
    """Why a report as a whole cannot be settled (R36, R63)."""
    scope = contract.scope(report.scope, report.distinguisher)
    if report.contract != contract.code or scope is None or scope.settled_by is not SettledBy.SPA_SYSTEM:
        yield reasons.NOT_IN_CONTRACT.because(
            field="scope", found=f"{report.scope} ({report.distinguisher})", contract=report.contract
        )
    period = report.period
    if isinstance(period, Round):
        yield from _round_faults(period, contract)
    if period.treatment.is_outpatient != isinstance(period, OutpatientMonth):
        yield reasons.TREATMENT_DIFFERS.because(field="period.treatment", found=period.treatment.value)
    first, last = days_of(period)
    if first <= last and (last < contract.valid_from or first > contract.valid_to):
        yield reasons.OUTSIDE_CONTRACT.because(
            field="period",
            found=period_text(period),
            expected=span_text(contract.valid_from, contract.valid_to),
        )


def _round_faults(period: Round, contract: Contract) -> Iterator[Refusal]:
    if period.ends_on < period.begins_on:
        yield reasons.ROUND_IMPOSSIBLE.because(
            field="period",
            number=period.number,
            found=span_text(period.ends_on, period.ends_on),
            expected=span_text(period.begins_on, period.begins_on),
        )
    days = (period.ends_on - period.begins_on).days + 1
    longest = LONGEST_ROUND.on(contract.valid_from, contract.branch).value
    if days > longest:
        yield reasons.ROUND_TOO_LONG.because(
            field="period", number=period.number, found=str(days), expected=str(longest)
        )
