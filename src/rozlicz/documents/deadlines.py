"""By which day something is due (R9, R26, R27, R48, R50): end days not counted, art. 115 of the Civil Code."""

from __future__ import annotations

from datetime import date, timedelta

from rozlicz.documents.bases import FROM_THE_BEGINNING, LODZ_PAGE, LODZ_TERMS
from rozlicz.documents.terms import Term, moved, weekday_and_day
from rozlicz.kernel.legal import Basis, Parameter, Ruling
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text, same
from rozlicz.settlement.explanation import Explanation, Step


def _days(name: str, value: int, basis: Basis, meaning: Text) -> Parameter[int]:
    ruling = Ruling(value=value, since=FROM_THE_BEGINNING, basis=basis)
    return Parameter(name=name, meaning=meaning, rulings=(ruling,))


BILL_DUE_DAY = _days(
    "bill_due_day",
    10,
    LODZ_TERMS,
    Text(
        pl="Dzień następnego miesiąca, do którego składa się rachunek",
        en="Day of the next month by which a bill is due",
    ),
)
POPULATION_LIST_DAY = _days(
    "population_list_day",
    7,
    LODZ_PAGE,
    Text(
        pl="Dzień miesiąca, do którego przekazuje się informację o osobach objętych opieką",
        en="Day of the month by which the information on persons under care is due",
    ),
)
SPA_ROUND_DAYS = _days(
    "spa_round_days",
    5,
    LODZ_PAGE,
    Text(
        pl="Dni od zakończenia turnusu na jego rozliczenie",
        en="Days after the end of a round to settle it",
    ),
)
SPA_OUTPATIENT_DAY = _days(
    "spa_outpatient_day",
    5,
    LODZ_PAGE,
    Text(
        pl="Dzień następnego miesiąca, do którego rozlicza się ambulatoryjne leczenie uzdrowiskowe",
        en="Day of the next month by which outpatient spa treatment is settled",
    ),
)


def bill_due(month: Month, *, branch: str | None = None) -> date:
    """The last day for the bill of a reporting month, moved to a working day (R9, R50)."""
    return bill_term(month, branch=branch).last_day


def bill_term(month: Month, *, branch: str | None = None) -> Term:
    """When the bill and report of a reporting month are due: the 10th of the next one (R9, R50)."""
    ruling = BILL_DUE_DAY.on(month.first_day, branch)
    return _term(
        "bill-due", "R9", Text(pl="Termin złożenia rachunku", en="Due day of the bill"), month, ruling
    )


def spa_outpatient_term(month: Month, *, branch: str | None = None) -> Term:
    """When outpatient spa treatment that ended in a month is settled: the 5th of the next one (R48)."""
    ruling = SPA_OUTPATIENT_DAY.on(month.first_day, branch)
    title = Text(pl="Termin rozliczenia leczenia ambulatoryjnego", en="Due day of outpatient spa treatment")
    return _term("spa-outpatient-due", "R48", title, month, ruling)


def spa_round_term(ended_on: date, *, branch: str | None = None) -> Term:
    """When a round of stationary spa treatment is settled: within 5 days of its end, which is not counted (R48)."""
    ruling = SPA_ROUND_DAYS.on(ended_on, branch)
    first = Step(
        rule="spa-round-due.counted",
        demand="R48",
        title=SPA_ROUND_DAYS.meaning,
        inputs=(
            (Text(pl="zakończenie turnusu", en="end of the round"), weekday_and_day(ended_on)),
            (Text(pl="dni", en="days"), same(str(ruling.value))),
        ),
        basis=ruling.basis,
        outcome=weekday_and_day(ended_on + timedelta(days=ruling.value)),
        figures=(("days", ruling.value),),
    )
    title = Text(pl="Termin rozliczenia turnusu", en="Due day of a round")
    return _ended(title, first, ended_on + timedelta(days=ruling.value), "spa-round-due")


def population_list_term(month: Month, *, branch: str | None = None) -> Term:
    """When the list of persons under care is due: the 7th of the reporting month itself (R26)."""
    ruling = POPULATION_LIST_DAY.on(month.first_day, branch)
    title = Text(pl="Termin przekazania listy osób", en="Due day of the list of persons")
    return _term("population-list-due", "R26", title, month.plus(-1), ruling, concerned=month)


def population_count_term(month: Month) -> Term:
    """When the Fund returns the number of persons: the last day of the reporting month (R27)."""
    first = Step(
        rule="population-count-due.counted",
        demand="R27",
        title=Text(
            pl="Fundusz podaje liczbę osób do ostatniego dnia okresu sprawozdawczego",
            en="The Fund returns the number of persons by the last day of the reporting period",
        ),
        inputs=((_MONTH, month.name),),
        basis=LODZ_PAGE,
        outcome=weekday_and_day(month.last_day),
    )
    title = Text(pl="Termin informacji o liczbie osób", en="Due day of the number of persons")
    return _ended(title, first, month.last_day, "population-count-due")


_MONTH = Text(pl="okres sprawozdawczy", en="reporting period")


def _term(
    rule: str,
    demand: str,
    title: Text,
    month_before: Month,
    ruling: Ruling[int],
    *,
    concerned: Month | None = None,
) -> Term:
    """A term on the n-th day of the month that follows `month_before`; `concerned` is the month it is for."""
    day = month_before.last_day + timedelta(days=ruling.value)
    first = Step(
        rule=f"{rule}.counted",
        demand=demand,
        title=title,
        inputs=(
            (_MONTH, (concerned or month_before).name),
            (Text(pl="dzień miesiąca", en="day of the month"), same(str(ruling.value))),
        ),
        basis=ruling.basis,
        outcome=weekday_and_day(day),
        figures=(("day", ruling.value),),
    )
    return _ended(title, first, day, rule)


def _ended(title: Text, first: Step, day: date, rule: str) -> Term:
    last_day, steps = moved(day, rule=rule)
    return Term(last_day=last_day, explanation=Explanation(title=title, steps=(first, *steps)))
