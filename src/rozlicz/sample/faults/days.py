"""Mistakes in when the service was, and in which month it is reported."""

from __future__ import annotations

from datetime import date, timedelta

from rozlicz.kernel.months import Month
from rozlicz.sample.faults.fault import (
    Fault,
    Service,
    ambulatory,
    blame,
    change,
    offered,
    right_service,
    usual,
    wrong_position,
)
from rozlicz.sample.offers import Offer, Wanted
from rozlicz.sample.patients import INSURED
from rozlicz.sample.services import Maker, Visit

_YEARS_TOO_LATE = 10


def _malformed(day: str, maker: Maker) -> str:
    year, month, number = day.split("-")
    return maker.dice.pick((f"{number}.{month}.{year}", f"{year}-{month}-32", f"{year}{month}{number}", ""))


def _malformed_first_day(maker: Maker, most: int) -> Service:
    service = right_service(maker, most)
    change(service, {"date_from": _malformed(service[0].row["date_from"] or "", maker)})
    blame(service, "59904001")
    return service


def _malformed_last_day(maker: Maker, most: int) -> Service:
    service = right_service(maker, most)
    change(service, {"date_to": _malformed(service[0].row["date_to"] or "", maker)})
    blame(service, "59904002")
    return service


def _two_days(maker: Maker) -> tuple[date, date]:
    """Two days of the month, the earlier one first."""
    later = maker.dice.between(1, len(maker.days) - 1)
    return maker.days[maker.dice.below(later)], maker.days[later]


def _has_two_days(maker: Maker) -> bool:
    return len(maker.days) > 1


def _on(maker: Maker, most: int, first: date, last: date, wanted: Wanted) -> Service:
    offer = maker.dice.pick([one for one in maker.offers.all if wanted(one)])
    visit = Visit(first_day=first, last_day=last, cell=maker.dice.pick(offer.cells))
    return maker.make(maker.patient_for(offer, INSURED), offer, most=most, visit=visit, bare=True)


def _ends_before_it_begins(maker: Maker, most: int) -> Service:
    earlier, later = _two_days(maker)
    service = _on(maker, most, later, earlier, usual)
    blame(service, "59904003")
    return service


def _end_differs(maker: Maker, most: int) -> Service:
    earlier, later = _two_days(maker)
    service = _on(maker, most, earlier, later, ambulatory)
    blame(service, "51701028")
    return service


def _ageless(offer: Offer) -> bool:
    return ambulatory(offer) and not offer.age_limited


def _of_the_future(maker: Maker, most: int) -> Service:
    day = maker.dice.pick(maker.days)
    future = date(day.year + _YEARS_TOO_LATE, day.month, min(day.day, 28))
    service = _on(maker, most, future, future, _ageless)
    blame(service, "59904004", "59904006", "59907004")
    return service


def _ran_before(offer: Offer, month: Month) -> bool:
    """Whether contract, product and cells were there in the month before too."""
    before = month.plus(-1)
    cells = [cell for cell in offer.scope.cells if cell.code in offer.cells]
    starts = [offer.contract.valid_from, offer.product.valid_from, *(cell.valid_from for cell in cells)]
    return _ageless(offer) and all(start <= before.first_day for start in starts)


def _day_outside_month(maker: Maker, most: int) -> Service:
    day = maker.month.plus(-1).last_day - timedelta(days=maker.dice.below(20))
    service = _on(maker, most, day, day, lambda offer: _ran_before(offer, maker.month))
    blame(service, "59904006")
    return service


def _month_before_contract(maker: Maker, most: int) -> Service:
    service = right_service(maker, most)
    wrong = service[0]
    wrong.mistake({"month": str(Month(wrong.offer.contract.valid_from.year - 1, 12))})
    wrong.codes += ("59904006", "59907005")
    wrong.worth_nothing()
    return service


def _month_not_begun(maker: Maker, most: int) -> Service:
    service = right_service(maker, most)
    wrong = service[0]
    wrong.mistake({"month": str(maker.month.plus(12 * _YEARS_TOO_LATE))})
    wrong.codes += ("59904006", "59904007", "59907005")
    wrong.worth_nothing()
    return service


DAY_FAULTS = (
    Fault(
        kind="malformed-date",
        codes=("59904001",),
        plant=_malformed_first_day,
        possible=offered(usual),
    ),
    Fault(
        kind="malformed-last-day",
        codes=("59904002",),
        plant=_malformed_last_day,
        possible=offered(usual),
    ),
    Fault(
        kind="end-before-beginning",
        codes=("59904003",),
        plant=_ends_before_it_begins,
        possible=_has_two_days,
    ),
    Fault(
        kind="end-date-differs",
        codes=("51701028",),
        plant=_end_differs,
        possible=lambda maker: _has_two_days(maker) and any(map(ambulatory, maker.offers.all)),
    ),
    Fault(
        kind="service-of-the-future",
        codes=("59904004", "59904006", "59907004"),
        plant=_of_the_future,
        possible=offered(_ageless),
    ),
    wrong_position("malformed-month", ["59904005"], {"month": "X 2026"}),
    Fault(
        kind="day-outside-month",
        codes=("59904006",),
        plant=_day_outside_month,
        possible=lambda maker: any(_ran_before(offer, maker.month) for offer in maker.offers.all),
    ),
    Fault(
        kind="month-outside-contract",
        codes=("59904006", "59907005"),
        plant=_month_before_contract,
        possible=offered(usual),
    ),
    Fault(
        kind="month-not-begun",
        codes=("59904006", "59904007", "59907005"),
        plant=_month_not_begun,
        possible=offered(usual),
    ),
)
