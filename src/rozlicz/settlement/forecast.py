"""What a provider may still earn in a settlement period, scope by scope, and when the cap will bind.

For a director: what the plan still allows (L(M) − T), what waits, in which month performance at today's pace will not
fit any more (R23), how much of it will stay unpaid, how much of the plan nobody will have used. The answer is that of
the calculation itself (`projection`). It assumes performance, it promises nothing: what is above the cap stays unpaid
whatever was forecast. The pace is in units, so that a price which changes in the period counts with its own months.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rozlicz.kernel.legal import Parameter, Ruling
from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.kernel.texts import Text
from rozlicz.settlement.bases import FORECAST
from rozlicz.settlement.books import CapUnit
from rozlicz.settlement.explanation import Explanation
from rozlicz.settlement.forecast_explained import explain_projection
from rozlicz.settlement.ledger import Ledger
from rozlicz.settlement.projection import CapProjection, Pace, project
from rozlicz.settlement.unit_price import period_to_settle

PACE: Parameter[Pace] = Parameter(
    name="forecast_pace",
    meaning=Text(
        pl="Tempo wykonania w prognozie: średnia miesięcy z wykonaniem (period), trzech ostatnich miesięcy "
        "(last_three) albo bez dalszego wykonania (none)",
        en="Pace of performance in a forecast: average of the months with performance (period), of the last three "
        "months (last_three), or nothing more performed (none)",
    ),
    rulings=(Ruling(value="period", since=date(2004, 1, 1), basis=FORECAST),),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The forecast of one contract for the settlement period of `month`, the last whose performance is complete.

    Nothing crosses the border of a settlement period: ask for a month of each.
    """

    contract: str
    month: Month
    period: SettlementPeriod
    caps: tuple[CapProjection, ...]
    explanations: Mapping[CapUnit, Explanation]

    @property
    def earned(self) -> int:
        """What all cap units will still earn together at this pace, in grosze."""
        return sum(cap.earned for cap in self.caps)


def forecast(*, ledger: Ledger, month: Month, pace: Pace | None = None) -> Forecast:
    """Forecast the settlement period of a month from the books as they are, in every cap unit.

    `ledger`: accepted positions and issued templates of the contract, also of positions since deleted (units 0).
    `pace`: the branch's own policy of the month's first day unless given. Months after `month` may have positions
    already: the pace only adds what is missing to it. Pure; the ledger stays as it is. Raises UnableToSettle when the
    month is in no settlement period.
    """
    contract = ledger.contract
    period = period_to_settle(contract, month)
    choice = pace or PACE.on(month.first_day, contract.branch).value
    caps = project(ledger, month=month, period=period, pace=choice)
    return Forecast(
        contract=contract.code,
        month=month,
        period=period,
        caps=caps,
        explanations={cap.unit: explain_projection(cap) for cap in caps},
    )
