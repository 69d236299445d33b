"""The explanation of a whole report: period and month, what each stay is worth, guardians, the lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rozlicz.kernel.money import amount_text, count_text, units_text
from rozlicz.kernel.texts import Text, same
from rozlicz.messages.spa_stays import StayReport
from rozlicz.messages.templates import TemplateLine
from rozlicz.settlement.explanation import Step
from rozlicz.settlement.method import Figure, Input, method_step
from rozlicz.settlement.spa.bases import SPA_POLICY, SPA_TERMS
from rozlicz.settlement.spa.stays import StaySettlement
from rozlicz.settlement.spa.terms import SpaTerms, period_text


def report_steps(
    report: StayReport, terms: SpaTerms, stays: Sequence[StaySettlement], lines: Sequence[TemplateLine]
) -> Iterator[Step]:
    """The steps before those that all methods share (`spa.earlier`, `spa.due`)."""
    yield _period(report, terms)
    yield _stays(stays)
    guardians = sum(len(settled.stay.guardians) for settled in stays)
    if guardians:
        yield _guardians(guardians)
    yield _lines(lines)


def _period(report: StayReport, terms: SpaTerms) -> Step:
    return method_step(
        "spa.period",
        Text(
            pl="Okres sprawozdawczy to turnus, w leczeniu ambulatoryjnym miesiąc",
            en="The reporting period is the round, in outpatient treatment the month",
        ),
        Text(
            pl="Szablon jest za {month}, w którym kończy się okres",
            en="The template is for {month}, in which the period ends",
        ).filled(month=terms.month.name),
        demand="R36, R37",
        basis=SPA_TERMS if terms.period.treatment.is_outpatient else SPA_POLICY,
        inputs=(
            (Text(pl="Raport, wersja", en="Report, version"), same(f"{report.number}, {report.version}")),
            (Text(pl="Okres", en="Period"), period_text(terms.period)),
        ),
        figures=(("month", terms.month.number),),
    )


def _stays(stays: Sequence[StaySettlement]) -> Step:
    refused = sum(settled.counted is None for settled in stays)
    return method_step(
        "spa.stays",
        Text(pl="Pobyty", en="Stays"),
        Text(
            pl="Pobyty: {stays}, w tym nierozliczone: {refused}; osobodni: {days}",
            en="Stays: {stays}, of them not settled: {refused}; person-days: {days}",
        ).filled(
            stays=count_text(len(stays)),
            refused=count_text(refused),
            days=count_text(sum(settled.person_days for settled in stays)),
        ),
        demand="R38, R42, R64",
        basis=SPA_TERMS,
        inputs=(_stay(settled) for settled in stays),
        figures=_stay_figures(stays),
    )


def _stay(settled: StaySettlement) -> Input:
    label = Text(pl="Pobyt {number}", en="Stay {number}").filled(number=same(settled.stay.number))
    value = Text(pl="osobodni: {days}, {amount}", en="person-days: {days}, {amount}")
    return label, value.filled(days=count_text(settled.person_days), amount=amount_text(settled.amount))


def _stay_figures(stays: Sequence[StaySettlement]) -> Iterator[Figure]:
    for number, settled in enumerate(stays, 1):
        yield f"stay.days.{number}", settled.person_days
        yield f"stay.amount.{number}", settled.amount


def _guardians(number: int) -> Step:
    return method_step(
        "spa.guardians",
        Text(
            pl="Pobyty opiekunów dzieci i osób niepełnosprawnych nie są finansowane",
            en="Stays of guardians of children and of disabled persons are not financed",
        ),
        Text(pl="Opiekunów: {number}, należność: {due}", en="Guardians: {number}, due: {due}").filled(
            number=count_text(number), due=amount_text(0)
        ),
        demand="R41",
        basis=SPA_TERMS,
        figures=(("guardians", number), ("due", 0)),
    )


def _lines(lines: Sequence[TemplateLine]) -> Step:
    return method_step(
        "spa.lines",
        Text(pl="Pozycje szablonów", en="Lines of the templates"),
        amount_text(sum(line.amount for line in lines)),
        demand="R38, R43",
        basis=SPA_TERMS,
        inputs=((_line(line), amount_text(line.amount)) for line in lines),
        figures=_line_figures(lines),
    )


def _line(line: TemplateLine) -> Text:
    return Text(pl="{name}: {units} × {price}", en="{name}: {units} × {price}").filled(
        name=same(line.name), units=units_text(line.units), price=amount_text(line.price)
    )


def _line_figures(lines: Sequence[TemplateLine]) -> Iterator[Figure]:
    for number, line in enumerate(lines, 1):
        yield f"line.units.{number}", line.units
        yield f"line.price.{number}", line.price
        yield f"line.amount.{number}", line.amount
