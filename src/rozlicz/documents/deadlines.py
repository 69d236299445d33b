"""By which day something is due (R9, R26, R27, R48, R50): end days not counted, art. 115 of the Civil Code.

Also the final settlement of a contract after its settlement period, and the terms of a complaint against an act of
the director of the branch (art. 160–161 of the act of 27 August 2004).
"""

from __future__ import annotations

from datetime import date, timedelta

from rozlicz.documents.bases import FROM_THE_BEGINNING, LODZ_PAGE, LODZ_TERMS
from rozlicz.documents.terms import Term, moved, weekday_and_day
from rozlicz.kernel.legal import Basis, Parameter, Ruling
from rozlicz.kernel.months import Month, SettlementPeriod
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
_FINAL_SETTLEMENT = Basis(
    Text(
        pl="§ 27 ust. 2 ogólnych warunków umów (2008); Łódzki OW NFZ, komunikat 6940",
        en="§ 27(2) of the general terms of contracts (2008); Łódź branch of the Fund, notice 6940",
    )
)
FINAL_SETTLEMENT_DAYS = _days(
    "final_settlement_days",
    45,
    _FINAL_SETTLEMENT,
    Text(
        pl="Dni po końcu okresu rozliczeniowego na ostateczne rozliczenie umowy",
        en="Days after the end of a settlement period for the final settlement of the contract",
    ),
)
_COMPLAINT = Basis(
    Text(
        pl="art. 160–161 ustawy z 27.08.2004 o świadczeniach opieki zdrowotnej",
        en="art. 160–161 of the act of 27 Aug 2004 on health care services",
    )
)
COMPLAINT_DAYS = _days(
    "complaint_days",
    14,
    _COMPLAINT,
    Text(
        pl="Dni od czynności dyrektora oddziału na zażalenie",
        en="Days after an act of the branch's director for a complaint",
    ),
)
COMPLAINT_DECISION_DAYS = _days(
    "complaint_decision_days",
    14,
    _COMPLAINT,
    Text(
        pl="Dni od otrzymania zażalenia na jego rozpatrzenie",
        en="Days after the receipt of a complaint for its decision",
    ),
)
COMPLAINT_AGAIN_DAYS = _days(
    "complaint_again_days",
    14,
    _COMPLAINT,
    Text(
        pl="Dni od odmownej odpowiedzi na wniosek o ponowne rozpatrzenie",
        en="Days after a refusing answer for the request to look at it again",
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
    title = Text(pl="Termin rozliczenia turnusu", en="Due day of a round")
    label = Text(pl="zakończenie turnusu", en="end of the round")
    return _days_after(ended_on, label, SPA_ROUND_DAYS, "spa-round-due", title, demand="R48", branch=branch)


def final_settlement_term(period: SettlementPeriod, *, branch: str | None = None) -> Term:
    """By when the Fund settles a contract for a settlement period at last: within 45 days of its end."""
    title = Text(pl="Termin ostatecznego rozliczenia", en="Due day of the final settlement")
    label = Text(pl="koniec okresu rozliczeniowego", en="end of the settlement period")
    last_day = period.last.last_day
    return _days_after(last_day, label, FINAL_SETTLEMENT_DAYS, "final-settlement-due", title, branch=branch)


def complaint_term(acted_on: date) -> Term:
    """By when a provider complains, through the branch, about an act of its director: within 14 days of it."""
    title = Text(pl="Termin zażalenia", en="Due day of a complaint")
    label = Text(pl="czynność dyrektora oddziału", en="act of the branch's director")
    return _days_after(acted_on, label, COMPLAINT_DAYS, "complaint-due", title)


def complaint_decision_term(received_on: date) -> Term:
    """By when the Fund's President decides about a complaint: within 14 days of its receipt."""
    title = Text(pl="Termin rozpatrzenia zażalenia", en="Due day of the decision about a complaint")
    label = Text(pl="otrzymanie zażalenia", en="receipt of the complaint")
    return _days_after(received_on, label, COMPLAINT_DECISION_DAYS, "complaint-decision-due", title)


def complaint_again_term(answered_on: date) -> Term:
    """By when a provider asks that a refused complaint be looked at again: within 14 days of the answer."""
    title = Text(pl="Termin wniosku o ponowne rozpatrzenie", en="Due day of the request to look at it again")
    label = Text(pl="otrzymanie odpowiedzi", en="receipt of the answer")
    return _days_after(answered_on, label, COMPLAINT_AGAIN_DAYS, "complaint-again-due", title)


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


def _days_after(
    start: date,
    label: Text,
    parameter: Parameter[int],
    rule: str,
    title: Text,
    *,
    demand: str = "",
    branch: str | None = None,
) -> Term:
    """A term of so many days after a day that is not counted itself; `label` says what happened on it."""
    ruling = parameter.on(start, branch)
    day = start + timedelta(days=ruling.value)
    first = Step(
        rule=f"{rule}.counted",
        demand=demand,
        title=parameter.meaning,
        inputs=((label, weekday_and_day(start)), (Text(pl="dni", en="days"), same(str(ruling.value)))),
        basis=ruling.basis,
        outcome=weekday_and_day(day),
        figures=(("days", ruling.value),),
    )
    return _ended(title, first, day, rule)


def _ended(title: Text, first: Step, day: date, rule: str) -> Term:
    last_day, steps = moved(day, rule=rule)
    return Term(last_day=last_day, explanation=Explanation(title=title, steps=(first, *steps)))
