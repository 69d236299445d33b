"""What the months to come of a settlement period bring without any performance: from days, heads and rates alone.

Lump sums follow from the days of a month (R28), capitation from the persons on the list (R24): a forecast needs no
pace, only the facts that are expected to stay. Each month to come is settled by the method itself, so a rate that
changes, a leap year or the end of the contract counts as it will. What a month holds already stays out of this.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rozlicz.kernel.money import amount_text
from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.kernel.refusals import Refusal
from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import Contract
from rozlicz.settlement.bases import FORECAST
from rozlicz.settlement.books import CapUnit
from rozlicz.settlement.drafts import CapSettlement, Settlement
from rozlicz.settlement.explanation import Explanation
from rozlicz.settlement.method import method_step
from rozlicz.settlement.unit_price import period_to_settle


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One scope: what each month to come brings, as the method would settle it, each with its explanation."""

    unit: CapUnit
    months: tuple[tuple[Month, CapSettlement], ...]
    explanation: Explanation

    @property
    def earned(self) -> int:
        """What all of them bring together, in grosze."""
        return sum(cap.due for _, cap in self.months)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingForecast:
    """The scopes of one contract in the months of the settlement period after `month`; what could not be settled."""

    contract: str
    month: Month
    period: SettlementPeriod
    scopes: tuple[Standing, ...]
    refusals: tuple[tuple[Month, Refusal], ...]


def forecast_standing(
    *, contract: Contract, month: Month, settle: Callable[[Month], Settlement]
) -> StandingForecast:
    """What the months of the settlement period after `month` bring by one method.

    `settle` is the method with the facts that are expected to stay, such as `settle_lump_sums` of this contract
    without closed days, or `settle_capitation` with the last count. Pure when `settle` is. Raises UnableToSettle when
    the month is in no settlement period.
    """
    period = period_to_settle(contract, month)
    settlements = [(i, settle(i)) for i in period.months() if i > month]
    found: dict[CapUnit, list[tuple[Month, CapSettlement]]] = {}
    for i, settlement in settlements:
        for cap in settlement.caps:
            found.setdefault(cap.unit, []).append((i, cap))
    return StandingForecast(
        contract=contract.code,
        month=month,
        period=period,
        scopes=tuple(
            Standing(unit=unit, months=tuple(months), explanation=_explain(contract, unit, months))
            for unit, months in sorted(found.items())
        ),
        refusals=tuple((i, refusal) for i, settlement in settlements for refusal in settlement.refusals),
    )


_TITLE = Text(
    pl="Ile przyniosą następne miesiące? Zakres {code}, wyróżnik {distinguisher} ({name})",
    en="What will the months to come bring? Scope {code}, distinguishing number {distinguisher} ({name})",
)


def _explain(contract: Contract, unit: CapUnit, months: list[tuple[Month, CapSettlement]]) -> Explanation:
    """Figures: `due.yyyymm` of each month, `earned` their sum."""
    scope = contract.scope(*unit)
    earned = sum(cap.due for _, cap in months)
    return Explanation(
        title=_TITLE.filled(
            code=unit.scope, distinguisher=unit.distinguisher, name=scope.name if scope else "—"
        ),
        steps=(
            method_step(
                "forecast.standing",
                Text(
                    pl="Obliczenie każdego następnego miesiąca z dni, osób i stawek",
                    en="The calculation of each month to come from days, persons and rates",
                ),
                Text(
                    pl="Razem do końca okresu: {earned}", en="Together by the end of the period: {earned}"
                ).filled(earned=amount_text(earned)),
                demand="R24, R28",
                basis=FORECAST,
                inputs=((i.name, amount_text(cap.due)) for i, cap in months),
                figures=(*((f"due.{i.number}", cap.due) for i, cap in months), ("earned", earned)),
            ),
        ),
    )
