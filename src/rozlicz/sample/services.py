"""Right services of a month, one after the other: who was treated, when, with what, and what it is worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rozlicz.kernel.ages import completed_years
from rozlicz.kernel.money import UNIT_SCALE, exact_value, round_half_up
from rozlicz.kernel.months import Month
from rozlicz.sample.coefficients import Combination, multiplied, plain
from rozlicz.sample.dice import Dice
from rozlicz.sample.identities import make_licence, pesel_of
from rozlicz.sample.offers import AMBULATORY, STATIONARY, Offer, Offers, often
from rozlicz.sample.patients import Patient, Patients

Row = dict[str, str | None]
"""One position as the columns of a report (`swiad.columns`, without `row`, `line` and `deleted`)."""

_LONGEST_STAY = timedelta(days=31)
_COEFFICIENT_SHARE = 0.1
_SECOND_POSITION_SHARE = 0.12
_STATISTICS_SHARE = 0.02
_COMES_AGAIN_SHARE = 0.1
_REMEMBERED_SHARE = 0.05
_STAFF = 40


class NothingToReport(ValueError):
    """The contracts have no scope that is settled by reports in that month."""


class Position:
    """One reported position: its row, what it is worth, and what was planted on it.

    `units` ×10,000 and `value` in grosze as verification should calculate them; `codes` the errors and `warnings`
    the warnings it should find. A position with an error is rejected. What `mistake` overwrote is remembered, so
    that a later report can put it right.
    """

    __slots__ = ("_right", "_right_multiplicity", "codes", "offer", "row", "units", "value", "warnings")

    def __init__(self, row: Row, offer: Offer, multiplicity: int) -> None:
        self.row = row
        self.offer = offer
        self.codes: tuple[str, ...] = ()
        self.warnings: tuple[str, ...] = ()
        self._right: Row = {}
        self._right_multiplicity = multiplicity
        self.worth(multiplicity)

    @property
    def counts(self) -> bool:
        """Whether it was made to be settled, and not for statistics only."""
        return self._right_multiplicity > 0

    @property
    def can_be_put_right(self) -> bool:
        """Whether it is wrong, and what is wrong was written over something right."""
        return bool(self.codes and self._right)

    def mistake(self, columns: Mapping[str, str | None]) -> None:
        """Write something wrong."""
        for name, wrong in columns.items():
            self._right.setdefault(name, self.row[name])
            self.row[name] = wrong

    def copied(self) -> Position:
        """The same position once more, with nothing planted on it."""
        return Position(self.row | self._right, self.offer, self._right_multiplicity)

    def worth(self, multiplicity: int) -> None:
        """Value the position at that multiplicity ×10,000."""
        self.units = round_half_up(self.offer.product.weight * multiplicity)
        self.value = round_half_up(exact_value(units=self.units, price=self.offer.price))

    def worth_nothing(self) -> None:
        """Value the position as one whose units or price cannot be known."""
        self.units = self.value = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """When and where a service took place."""

    first_day: date
    last_day: date
    cell: str


class Maker:
    """Makes services of one month under some contracts.

    `last_day` is the last day on which a service may end (today, in the running month).
    """

    def __init__(self, dice: Dice, *, offers: Offers, patients: Patients, last_day: date, name: str) -> None:
        if not any(offer.share for offer in offers.all):
            raise NothingToReport(f"these contracts have nothing to report in {offers.month}")
        self.dice = dice
        self.offers = offers
        self._often = often(offers, dice)
        self.patients = patients
        self.month: Month = offers.month
        self.last_day = last_day
        self._name = name
        self._number = 0
        self._staff = tuple(make_licence(dice) for _ in range(_STAFF))
        self._therapist = pesel_of(date(1985, 3, 9), dice.below(10_000))
        self.days = tuple(
            self.month.first_day + timedelta(days=n)
            for n in range((min(last_day, self.month.last_day) - self.month.first_day).days + 1)
        )
        self._earliest = self.month.first_day - _LONGEST_STAY
        self._latest = self.month.last_day
        self._texts: dict[date, str] = {}
        self._comes_again: Iterator[list[Position]] | None = None
        self._earlier: list[Position] = []

    def next(self, most: int) -> list[Position]:
        """The next right service with at most so many positions; sometimes of the patient who came before."""
        service = self._next(most)
        if self.dice.chance(_REMEMBERED_SHARE) or not self._earlier:
            self._earlier = [position.copied() for position in service]
        return service

    def once_more(self, most: int) -> list[Position] | None:
        """An earlier right service of this report again, all of it; None when there is none that short."""
        if not 0 < len(self._earlier) <= most:
            return None
        return [position.copied() for position in self._earlier]

    def _next(self, most: int) -> list[Position]:
        if self._comes_again is not None:
            again = next(self._comes_again, None)
            if again is not None:
                return again[:most]
            self._comes_again = None
        patient, offer = self.patient_and_offer()
        service = self.make(patient, offer, most=most)
        if offer.set_type == AMBULATORY and len(self.days) > 1 and self.dice.chance(_COMES_AGAIN_SHARE):
            self._comes_again = self._again(patient, offer, service)
        return service

    def patient_and_offer(self, kind: str = "") -> tuple[Patient, Offer]:
        """Something that is usually done, and a patient (of a kind, if one is named) whom it suits."""
        offer = self.dice.pick(self._often)
        return self.patient_for(offer, kind), offer

    def patient_for(self, offer: Offer, kind: str = "") -> Patient:
        """A patient (of a kind, if one is named) whom an offer suits."""
        youngest, oldest = offer.ages
        next_person = self.patients.people.next
        while True:
            person = next_person()
            # The person has the age on every day on which a service of the month can begin.
            if (
                (not offer.sex or person.sex == offer.sex)
                and youngest <= completed_years(person.birth, self._earliest)
                and completed_years(person.birth, self._latest) <= oldest
            ):
                return self.patients.of(person, kind)

    def make(
        self, patient: Patient, offer: Offer, *, most: int = 1, visit: Visit | None = None, bare: bool = False
    ) -> list[Position]:
        """A right service. `bare`: one position, no coefficients."""
        visit = visit or self.visit(offer)
        others = () if bare or most < 2 else self.offers.beside(offer)
        offers = [offer]
        if others and self.dice.chance(_SECOND_POSITION_SHARE):
            offers.append(self.dice.pick(others))
        base = self._service_row(patient, offers, visit)
        return [
            self._position(base, one, number, combination=self._combination(one, bare=bare or number > 1))
            for number, one in enumerate(offers, start=1)
        ]

    def day_text(self, day: date) -> str:
        """A day as messages write it."""
        found = self._texts.get(day)
        if found is None:
            found = self._texts[day] = day.isoformat()
        return found

    def new_service_id(self) -> str:
        """An identifier that no other service of this report has."""
        self._number += 1
        return f"{self._name}-{self._number:07d}"

    def visit(self, offer: Offer, last_day: date | None = None) -> Visit:
        """A day of the month, or a stay that ends on it; `last_day` fixes the end."""
        end = last_day or self.dice.pick(self.days)
        first = end
        if offer.set_type == STATIONARY and offer.days:
            first = max(end - timedelta(days=self.dice.between(1, offer.days)), offer.contract.valid_from)
        return Visit(first_day=first, last_day=end, cell=self.dice.pick(offer.cells))

    def _again(self, patient: Patient, offer: Offer, service: Sequence[Position]) -> Iterator[list[Position]]:
        """More services of the same patient in the month, each on another day."""
        taken = service[0].row["date_to"]
        times = 18 if offer.scope.unit_name == "osobodzień" else 1
        start = self.dice.below(len(self.days))
        for step in range(min(times, len(self.days) - 1)):
            day = self.days[(start + step) % len(self.days)]
            if self.day_text(day) != taken:
                yield self.make(patient, offer, visit=self.visit(offer, day))

    def _combination(self, offer: Offer, *, bare: bool) -> Combination | None:
        if not bare and offer.combinations and self.dice.chance(_COEFFICIENT_SHARE):
            return self.dice.pick(offer.combinations)
        return None

    def _position(self, base: Row, offer: Offer, number: int, *, combination: Combination | None) -> Position:
        limit = offer.product.max_multiplicity or UNIT_SCALE
        actual = UNIT_SCALE
        if limit > UNIT_SCALE and self.dice.chance(_SECOND_POSITION_SHARE):
            actual = self.dice.between(1, limit // UNIT_SCALE) * UNIT_SCALE
        settled = multiplied(actual, combination.factor) if combination else actual
        if number > 1 and self.dice.chance(_STATISTICS_SHARE):
            settled = 0
        row = base.copy()
        row["contract"] = offer.contract.code
        row["month"] = str(self.month)
        row["position"] = str(number)
        row["scope"] = offer.scope.code
        row["distinguisher"] = str(offer.scope.distinguisher)
        row["product"] = offer.product.code
        row["actual_multiplicity"] = plain(actual)
        row["multiplicity"] = plain(settled)
        row["coefficients"] = combination.text if combination else None
        return Position(row, offer, settled)

    def _service_row(self, patient: Patient, offers: Sequence[Offer], visit: Visit) -> Row:
        dice = self.dice
        offer = offers[0]
        referred = any(one.product.referral_required for one in offers)
        stationary = offer.set_type == STATIONARY
        by_pesel = dice.chance(0.03)
        first = self.day_text(visit.first_day)
        return {
            "set_type": offer.set_type,
            **patient.columns,
            "service_id": self.new_service_id(),
            "service_version": "1",
            "service_code": "44.4500" if stationary else "15.1400",
            "admission_mode": dice.pick("6666367") if stationary else dice.pick("5566"),
            "discharge_mode": dice.pick("1222") if stationary else None,
            "date_from": first,
            "date_to": first if visit.last_day == visit.first_day else self.day_text(visit.last_day),
            "diagnosis": dice.pick(offer.diagnoses),
            "cell": visit.cell,
            "staff_id_type": "2" if by_pesel else "1",
            "staff_id": self._therapist if by_pesel else dice.pick(self._staff),
            "referral_issuer": dice.pick(self._staff) if referred else None,
            "referral_date": (
                self.day_text(visit.first_day - timedelta(days=dice.below(60))) if referred else None
            ),
            **patient.entitlement(visit.first_day, dice),
        }
