"""By which day something is due (R9, R26, R27, R48): end days not counted, art. 115 of the Civil Code."""

from __future__ import annotations

from datetime import date, timedelta

from rozlicz.documents.bases import FROM_THE_BEGINNING, LODZ_TERMS
from rozlicz.kernel.legal import Parameter, Ruling
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text
from rozlicz.kernel.working_days import moved_to_working_day

BILL_DUE_DAY: Parameter[int] = Parameter(
    name="bill_due_day",
    meaning=Text(
        pl="Dzień następnego miesiąca, do którego składa się rachunek",
        en="Day of the next month by which a bill is due",
    ),
    rulings=(Ruling(value=10, since=FROM_THE_BEGINNING, basis=LODZ_TERMS),),
)


def bill_due(month: Month, *, branch: str | None = None) -> date:
    """The last day for the bill of a reporting month: the 10th of the next one, moved to a working day (R9)."""
    day = BILL_DUE_DAY.on(month.first_day, branch).value
    return moved_to_working_day(month.last_day + timedelta(days=day))
