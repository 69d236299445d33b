"""The explanation of one stay: what a clerk reads, and all that is needed to count it again.

Days are figures yyyymmdd, leave is in seconds, amounts and prices in grosze. No figure and no sentence names the
patient. Steps and figures are listed in docs/settlement.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.money import amount_text, count_text
from rozlicz.kernel.refusals import Refusal
from rozlicz.kernel.texts import Text, same
from rozlicz.settlement.explanation import Explanation, Step
from rozlicz.settlement.method import Figure, Input, method_step
from rozlicz.settlement.spa.bases import BENEFITS_ACT_33_4, SPA_POLICY, SPA_TERMS
from rozlicz.settlement.spa.days_shown import days_text, duration_text, span_text
from rozlicz.settlement.spa.leave import SECONDS_OF_AN_HOUR
from rozlicz.settlement.spa.lodging_rates import DaysAtRate
from rozlicz.settlement.spa.person_days import PersonDays
from rozlicz.settlement.spa.stays import DaysAtPrice, StaySettlement
from rozlicz.settlement.spa.terms import SpaTerms, days_of, period_text


def explain_stay(settled: StaySettlement, terms: SpaTerms) -> Explanation:
    """Why so many person-days and so much money for one stay; for a refused one, why none."""
    counted = settled.counted
    title = Text(pl="Skąd ta kwota? Pobyt {stay}, {period}", en="Why this amount? Stay {stay}, {period}")
    steps = [_refused(settled.refusals)] if counted is None else list(_counted(settled, counted, terms))
    return Explanation(
        title=title.filled(stay=same(settled.stay.number), period=period_text(terms.period)),
        steps=(*steps, _due(settled)),
    )


def day_figure(day: date) -> int:
    """20261031 for 31 October 2026."""
    return day.year * 10_000 + day.month * 100 + day.day


def _counted(settled: StaySettlement, counted: PersonDays, terms: SpaTerms) -> Iterator[Step]:
    yield _dates(settled, counted, terms)
    if counted.leave:
        yield _leave(counted, terms)
    yield _person_days(settled, counted)
    if settled.lodging is not None:
        yield _lodging(settled.lodging.parts, settled.lodging.amount)
    if settled.payment is not None:
        yield _payment(settled.payment.parts, settled.payment.amount)


def _refused(refusals: Iterable[Refusal]) -> Step:
    stopping = [refusal for refusal in refusals if refusal.stops_the_bill]
    return method_step(
        "spa.refused",
        Text(pl="Pobytu nie rozlicza się", en="The stay is not settled"),
        stopping[0].text,
        demand="R37, R63, R64",
        basis=stopping[0].basis,
        inputs=((same(refusal.code), refusal.text) for refusal in stopping),
    )


def _dates(settled: StaySettlement, counted: PersonDays, terms: SpaTerms) -> Step:
    first, last = days_of(terms.period)
    arrived, discharged = settled.stay.arrived_on, settled.stay.discharged_on
    title = (
        Text(pl="Dni leczenia: każdy jest osobodniem", en="Days of treatment: each is a person-day")
        if terms.period.treatment.is_outpatient
        else Text(
            pl="Dni w turnusie: pierwszy i ostatni razem są jednym osobodniem",
            en="Days in the round: the first and the last together are one person-day",
        )
    )
    return method_step(
        "spa.dates",
        title,
        Text(pl="Dni: {dates}, osobodni: {units}", en="Days: {dates}, person-days: {units}").filled(
            dates=count_text(len(counted.dates)), units=count_text(len(counted.units))
        ),
        demand="R38, R45, R46",
        basis=SPA_TERMS,
        inputs=(
            (Text(pl="Pobyt", en="Stay"), span_text(arrived, discharged)),
            (Text(pl="Okres", en="Period"), period_text(terms.period)),
            (Text(pl="Dni, które się liczą", en="Days that count"), days_text(counted.dates)),
        ),
        figures=(
            ("arrived", day_figure(arrived)),
            ("discharged", day_figure(discharged)),
            ("period.first", day_figure(first)),
            ("period.last", day_figure(last)),
            ("dates", len(counted.dates)),
            ("units", len(counted.units)),
        ),
    )


def _leave(counted: PersonDays, terms: SpaTerms) -> Step:
    policy = terms.policy
    whole = policy.day == "calendar-day"
    return method_step(
        "spa.leave",
        Text(
            pl="Przepustki za zgodą: ponad {hours} godzin w ciągu doby odbiera osobodzień",
            en="Leave with consent: more than {hours} hours in a day takes a person-day away",
        ).filled(hours=policy.hours),
        Text(pl="Osobodni mniej: {lost}", en="Person-days less: {lost}").filled(
            lost=count_text(len(counted.lost))
        ),
        demand="R46",
        basis=policy.basis if whole else SPA_POLICY,
        inputs=(
            (
                Text(pl="Doba", en="Day"),
                Text(pl="kalendarzowa", en="calendar day")
                if whole
                else Text(pl="dowolne 24 godziny", en="any 24 hours"),
            ),
            *((span_text(day, day), duration_text(seconds)) for day, seconds in counted.leave.items()),
        ),
        figures=(
            ("limit.seconds", policy.hours * SECONDS_OF_AN_HOUR),
            *((f"leave.seconds.{day_figure(day)}", seconds) for day, seconds in counted.leave.items()),
            *((f"span.seconds.{n}", seconds) for n, seconds in enumerate(counted.spans, 1)),
            *((f"lost.{n}", day_figure(unit.day)) for n, unit in enumerate(counted.lost, 1)),
        ),
    )


def _person_days(settled: StaySettlement, counted: PersonDays) -> Step:
    return method_step(
        "spa.person-days",
        Text(pl="Osobodni × stawka umowy z ich dnia", en="Person-days × the contract's rate of their day"),
        Text(pl="Osobodni: {days}, {amount}", en="Person-days: {days}, {amount}").filled(
            days=count_text(settled.person_days),
            amount=amount_text(sum(part.amount for part in settled.prices)),
        ),
        demand="R38",
        basis=SPA_TERMS,
        inputs=(_priced(part) for part in settled.prices),
        figures=(
            ("units", len(counted.units)),
            ("lost", len(counted.lost)),
            ("unpaid", len(counted.days) - settled.person_days),
            *_at_prices(settled.prices),
        ),
    )


def _priced(part: DaysAtPrice) -> Input:
    label = Text(pl="{days} × {price}", en="{days} × {price}")
    return label.filled(days=count_text(part.days), price=amount_text(part.price)), amount_text(part.amount)


def _at_prices(parts: Iterable[DaysAtPrice]) -> Iterator[Figure]:
    for number, part in enumerate(parts, 1):
        yield f"days.{number}", part.days
        yield f"price.{number}", part.price


def _lodging(parts: tuple[DaysAtRate, ...], amount: int) -> Step:
    return _at_rates(
        "spa.board-and-lodging",
        Text(
            pl="Wyżywienie i zakwaterowanie osoby zwolnionej z odpłatności, które płaci Fundusz",
            en="Board and lodging of an exempt person, paid by the Fund",
        ),
        parts,
        amount,
        demand="R42, R43",
        basis=BENEFITS_ACT_33_4,
    )


def _payment(parts: tuple[DaysAtRate, ...], amount: int) -> Step:
    return _at_rates(
        "spa.partial-payment",
        Text(
            pl="Odpłatność pacjenta za wyżywienie i zakwaterowanie (poza rachunkiem)",
            en="The patient's payment for board and lodging (not on the bill)",
        ),
        parts,
        amount,
        demand="R42",
        basis=BENEFITS_ACT_33_4,
    )


def _at_rates(
    rule: str, title: Text, parts: tuple[DaysAtRate, ...], amount: int, *, demand: str, basis: Basis
) -> Step:
    label = Text(pl="{season}: {days} × {rate}", en="{season}: {days} × {rate}")
    tables = list(dict.fromkeys(part.rate.basis for part in parts))
    return method_step(
        rule,
        title,
        amount_text(amount),
        demand=demand,
        basis=next((table for table in tables if not table.confirmed), basis),
        inputs=(
            *(
                (
                    label.filled(
                        season=part.rate.season.text,
                        days=count_text(part.days),
                        rate=amount_text(part.rate.amount),
                    ),
                    amount_text(part.amount),
                )
                for part in parts
            ),
            *((Text(pl="Stawki", en="Rates"), table.reference) for table in tables),
        ),
        figures=(
            figure
            for number, part in enumerate(parts, 1)
            for figure in (
                (f"days.{number}", part.days),
                (f"rate.{number}", part.rate.amount),
                (f"season.{number}", part.rate.season.value),
            )
        ),
    )


def _due(settled: StaySettlement) -> Step:
    return method_step(
        "spa.stay-due",
        Text(pl="Należność za pobyt", en="Due for the stay"),
        amount_text(settled.amount),
        demand="R37, R38",
        basis=SPA_TERMS,
        figures=(("due", settled.amount),),
    )
