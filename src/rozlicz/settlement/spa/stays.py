"""One stay: its person-days, their prices, board and lodging of an exempt person, what another patient pays alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from rozlicz.kernel.refusals import Refusal, is_refused
from rozlicz.messages.spa_stays import OutpatientMonth, SpaReferral, Stay
from rozlicz.settlement.coordination import BillOf, bill_of
from rozlicz.settlement.spa import reasons
from rozlicz.settlement.spa.board_and_lodging import BoardAndLodging, board_and_lodging
from rozlicz.settlement.spa.checks import stay_faults, stay_warnings
from rozlicz.settlement.spa.days_shown import days_text
from rozlicz.settlement.spa.parameters import IN_SANATORIUM
from rozlicz.settlement.spa.partial_payment import PartialPayment, partial_payment
from rozlicz.settlement.spa.person_days import PersonDays, Unit, count_person_days
from rozlicz.settlement.spa.terms import SpaTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysAtPrice:
    """So many person-days of the same price, in grosze."""

    days: int
    price: int

    @property
    def amount(self) -> int:
        """Days × price, in grosze."""
        return self.days * self.price


@dataclass(frozen=True, slots=True, kw_only=True)
class StaySettlement:
    """What is due for one stay.

    `counted` is why there are so many person-days, None when the stay is refused; `days` those that are billed, each
    by its day, and `prices` the same by price. `lodging` is None without an exemption; `payment` is what the patient
    pays the sanatorium, None where nothing or where no rooms are told. `refusals` hold warnings too.
    """

    stay: Stay
    counted: PersonDays | None = None
    days: tuple[date, ...] = ()
    prices: tuple[DaysAtPrice, ...] = ()
    lodging: BoardAndLodging | None = None
    payment: PartialPayment | None = None
    bill: BillOf = field(default_factory=BillOf)
    refusals: tuple[Refusal, ...] = ()

    @property
    def person_days(self) -> int:
        """How many person-days are accepted for settlement."""
        return len(self.days)

    @property
    def amount(self) -> int:
        """Person-days with board and lodging, in grosze."""
        return sum(part.amount for part in self.prices) + (self.lodging.amount if self.lodging else 0)


def settle_stay(
    stay: Stay,
    *,
    terms: SpaTerms,
    confirmed: Collection[SpaReferral],
    field: str,
    known: Iterable[Refusal] = (),
) -> StaySettlement:
    """Settle one stay; `field` is its place in the report.

    `confirmed` are the referrals that branches have confirmed (R64). `known` is what is wrong with the stay beside
    others of the report (twice in it, a guardian of another stay).
    """
    bill, why_on_none = _bill(stay, terms, field)
    faults = (*known, *stay_faults(stay, terms=terms, confirmed=confirmed, field=field), *why_on_none)
    if is_refused(faults):
        return StaySettlement(stay=stay, refusals=faults)
    counted = person_days_of(stay, terms)
    prices = {day: price for day in counted.days if (price := terms.price_on(day)) is not None}
    days = tuple(prices)
    lodging = _lodging(stay, terms, days, field)
    payment = _payment(stay, terms, days)
    return StaySettlement(
        stay=stay,
        counted=counted,
        days=days,
        prices=tuple(DaysAtPrice(days=n, price=price) for price, n in Counter(prices.values()).items()),
        lodging=lodging,
        payment=payment,
        bill=bill,
        refusals=(
            *faults,
            *stay_warnings(stay, terms=terms, field=field),
            *_unpaid(stay, [day for day in counted.days if day not in prices], field),
            *(lodging.refusals if lodging else ()),
            *_unknown(stay, payment, field),
        ),
    )


def person_days_of(stay: Stay, terms: SpaTerms) -> PersonDays:
    """The person-days of a stay; in outpatient treatment each day with a procedure is one (R38, R45)."""
    period = terms.period
    if isinstance(period, OutpatientMonth):
        given = {treated.day for treated in stay.days if treated.procedures}
        dates = tuple(sorted(day for day in given if stay.arrived_on <= day <= stay.discharged_on))
        return PersonDays(dates=dates, units=tuple(Unit((day,)) for day in dates))
    return count_person_days(
        arrived_on=stay.arrived_on,
        discharged_on=stay.discharged_on,
        begins_on=period.begins_on,
        ends_on=period.ends_on,
        absences=stay.absences,
        policy=terms.policy,
    )


def _bill(stay: Stay, terms: SpaTerms, field: str) -> tuple[BillOf, tuple[Refusal, ...]]:
    """Whose bill: the general one, or that of a person insured in another state (R61); why on none."""
    document = stay.entitlement
    if document is None:
        return BillOf(), ()
    found = bill_of(
        country=document.country, document=document.kind, number=document.number, month=terms.month
    )
    if isinstance(found, BillOf):
        return found, ()
    refusal = reasons.NO_COORDINATION.because(
        field=f"{field}.entitlement",
        found=document.kind,
        basis=found.basis,
        stay=stay.number,
        why=found.text,
        way=found.remedy,
    )
    return BillOf(), (refusal,)


def _lodging(stay: Stay, terms: SpaTerms, days: tuple[date, ...], field: str) -> BoardAndLodging | None:
    if stay.exemption is None:
        return None
    return board_and_lodging(
        stay=stay.number,
        field=f"{field}.exemption",
        treatment=terms.period.treatment,
        days=days,
        exemption=stay.exemption,
        born_on=stay.patient.birth_date,
        branch=terms.branch,
    )


def _payment(stay: Stay, terms: SpaTerms, days: tuple[date, ...]) -> PartialPayment | None:
    if stay.exemption is not None or not stay.rooms or not days:
        return None
    if terms.period.treatment not in IN_SANATORIUM.on(days[0], terms.branch).value:
        return None
    return partial_payment(days=days, rooms=stay.rooms, branch=terms.branch)


def _unpaid(stay: Stay, days: list[date], field: str) -> Iterator[Refusal]:
    if days:
        yield reasons.NO_RATE.because(field=field, found=days_text(days), stay=stay.number)


def _unknown(stay: Stay, payment: PartialPayment | None, field: str) -> Iterator[Refusal]:
    if payment is not None and payment.unknown:
        yield reasons.ROOM_UNKNOWN.because(
            field=f"{field}.rooms", found=days_text(payment.unknown), stay=stay.number
        )
