"""What is wrong with one stay of a report: faults for which it is not settled, and warnings."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, time

from rozlicz.kernel.refusals import Refusal
from rozlicz.kernel.texts import Text, same
from rozlicz.messages.spa_stays import Absence, OutpatientMonth, Round, SpaReferral, Stay
from rozlicz.settlement.spa import reasons
from rozlicz.settlement.spa.days_shown import days_text, moment_text, span_text
from rozlicz.settlement.spa.terms import SpaTerms


def stay_faults(
    stay: Stay, *, terms: SpaTerms, confirmed: Collection[SpaReferral], field: str
) -> Iterator[Refusal]:
    """Why a stay cannot be settled. `confirmed` are the referrals that branches have confirmed (R64)."""
    number, period = stay.number, terms.period
    if stay.referral not in confirmed:
        yield reasons.REFERRAL_NOT_CONFIRMED.because(
            field=f"{field}.referral",
            found=stay.referral.number,
            expected=stay.referral.confirmed_by,
            stay=number,
        )
    if not _is_of_contract(stay, terms):
        yield reasons.PRODUCT_NOT_IN_CONTRACT.because(
            field=f"{field}.product", found=stay.product, stay=number
        )
    if stay.discharged_on < stay.arrived_on:
        yield reasons.DISCHARGED_BEFORE_ARRIVAL.because(
            field=f"{field}.discharged_on",
            found=_day(stay.discharged_on),
            expected=_day(stay.arrived_on),
            stay=number,
        )
    elif isinstance(period, OutpatientMonth):
        if stay.discharged_on not in period.month:
            yield reasons.ENDED_IN_OTHER_MONTH.because(
                field=f"{field}.discharged_on",
                found=_day(stay.discharged_on),
                expected=period.month.name,
                stay=number,
            )
    elif stay.discharged_on < period.begins_on or stay.arrived_on > period.ends_on:
        yield reasons.OUTSIDE_ROUND.because(
            field=field, found=_dates(stay), expected=_planned(period), stay=number
        )
    for absence in stay.absences:
        if absence.ends_at is not None and absence.ends_at <= absence.begins_at:
            yield reasons.LEAVE_IMPOSSIBLE.because(
                field=f"{field}.absences",
                found=moment_text(absence.ends_at),
                expected=moment_text(absence.begins_at),
                stay=number,
            )


def stay_warnings(stay: Stay, *, terms: SpaTerms, field: str) -> Iterator[Refusal]:
    """What to look at in a stay that is settled: days and leaves that do not count, absences without consent."""
    period = terms.period
    if isinstance(period, OutpatientMonth):
        outside = [d.day for d in stay.days if not stay.arrived_on <= d.day <= stay.discharged_on]
        if outside:
            yield reasons.TREATMENT_OUTSIDE_STAY.because(
                field=f"{field}.days", found=days_text(outside), expected=_dates(stay), stay=stay.number
            )
        return
    if stay.arrived_on < period.begins_on or stay.discharged_on > period.ends_on:
        yield reasons.DAYS_OUTSIDE_ROUND.because(
            field=field, found=_dates(stay), expected=_planned(period), stay=stay.number
        )
    for absence in stay.absences:
        yield from _of_absence(absence, stay, f"{field}.absences")


def _of_absence(absence: Absence, stay: Stay, field: str) -> Iterator[Refusal]:
    begins = moment_text(absence.begins_at)
    if not absence.is_leave:
        yield reasons.ABSENCE_WITHOUT_CONSENT.because(field=field, found=begins, stay=stay.number)
        return
    if absence.ends_at is None:
        yield reasons.LEAVE_WITHOUT_END.because(field=field, found=begins, stay=stay.number)
    first, last = (
        datetime.combine(stay.arrived_on, time.min),
        datetime.combine(stay.discharged_on, time.max),
    )
    ends_at = absence.ends_at or absence.begins_at
    if not (first <= absence.begins_at and ends_at <= last):
        yield reasons.LEAVE_OUTSIDE_STAY.because(
            field=field,
            found=Text(pl="{begins} – {ends}", en="{begins} – {ends}").filled(
                begins=begins, ends=same("…") if absence.ends_at is None else moment_text(ends_at)
            ),
            expected=_dates(stay),
            stay=stay.number,
        )


def _is_of_contract(stay: Stay, terms: SpaTerms) -> bool:
    return not stay.product or any(
        product.code == stay.product and product.valid_from <= stay.arrived_on <= product.valid_to
        for product in terms.scope.products
    )


def _day(day: date) -> Text:
    return span_text(day, day)


def _dates(stay: Stay) -> Text:
    return span_text(stay.arrived_on, stay.discharged_on)


def _planned(period: Round) -> Text:
    return span_text(period.begins_on, period.ends_on)
