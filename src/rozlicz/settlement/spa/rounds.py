"""The due of a spa's report: one scope in one round, or in one month of outpatient treatment (R36–R47).

Due = Σ person-days × the contract's rate of their day, and for exempt persons in a sanatorium board and lodging for
the same days. There is no cap: the sources name none for spa treatment. A stay with a fault is not settled and named;
all others are. A guardian's stay is never financed (R41).

A report gives a template for the general bill, and one for each person of another state with a bill of their own. A
later version of the report gives correcting templates by the difference, so that the templates of the report hold
what its last version says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rozlicz.kernel.refusals import Refusal
from rozlicz.messages.contracts import Contract
from rozlicz.messages.persons import Person, PersonIdType
from rozlicz.messages.spa_stays import SpaReferral, Stay, StayReport
from rozlicz.messages.templates import CalculatedBy, Template
from rozlicz.settlement.coordination import BillOf
from rozlicz.settlement.drafts import Settlement
from rozlicz.settlement.explanation import Explanation
from rozlicz.settlement.recalculated import CountedUnit, explained, recalculated
from rozlicz.settlement.spa import reasons
from rozlicz.settlement.spa.bases import SPA_TERMS
from rozlicz.settlement.spa.days_shown import days_text
from rozlicz.settlement.spa.parameters import LeavePolicy, leave_policy
from rozlicz.settlement.spa.report_lines import lines_by_bill
from rozlicz.settlement.spa.report_steps import report_steps
from rozlicz.settlement.spa.stay_steps import explain_stay
from rozlicz.settlement.spa.stays import StaySettlement, person_days_of, settle_stay
from rozlicz.settlement.spa.terms import SpaTerms, days_of, month_of, report_faults

CALCULATED_BY = CalculatedBy.SERVICES
"""Spa treatment has no process of its own: it does not use R_UMX (order 70/2013/DI). Ours: that of services."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSettlement:
    """The settlement of a report, its stays by day of arrival and number, and why each is worth what it is.

    `explanations` are in the order of `stays`. A report that is refused as a whole has none.
    """

    settlement: Settlement
    stays: tuple[StaySettlement, ...] = ()
    explanations: tuple[Explanation, ...] = ()

    @property
    def person_days(self) -> int:
        """All accepted person-days."""
        return sum(stay.person_days for stay in self.stays)

    @property
    def total(self) -> int:
        """What the report is worth in all, earlier templates included, in grosze."""
        return sum(stay.amount for stay in self.stays)


def settle_report(
    *,
    contract: Contract,
    report: StayReport,
    confirmed: Collection[SpaReferral],
    issued: Sequence[Template] = (),
    policy: LeavePolicy | None = None,
) -> ReportSettlement:
    """Settle the current version of a report.

    `confirmed`: the referrals that branches have confirmed (R64). `issued`: every template made of this report in any
    version, corrections included, and no other. `policy`: None for what the branch had in force on the first day.
    Wrong facts are refusals of the settlement; a report that is wrong as a whole leaves everything as it is.
    """
    faults = tuple(report_faults(report, contract))
    month = month_of(report.period, contract, issued)
    scope = contract.scope(report.scope, report.distinguisher)
    if faults or scope is None:
        return ReportSettlement(
            settlement=Settlement(contract=contract.code, month=month, drafts=(), refusals=faults)
        )
    terms = SpaTerms(
        contract=contract,
        scope=scope,
        period=report.period,
        month=month,
        policy=policy or leave_policy(on=days_of(report.period)[0], branch=contract.branch),
    )
    stays = () if report.withdrawn else tuple(_stays(report.stays, terms, frozenset(confirmed)))
    return ReportSettlement(
        settlement=_settlement(terms, report, stays, issued),
        stays=stays,
        explanations=tuple(explain_stay(stay, terms) for stay in stays),
    )


def _settlement(
    terms: SpaTerms, report: StayReport, stays: Sequence[StaySettlement], issued: Sequence[Template]
) -> Settlement:
    lines = lines_by_bill(stays, terms.scope)
    bills = {BillOf(), *lines, *(BillOf(template.person, template.country) for template in issued)}
    in_order = sorted(bills, key=lambda bill: (bill.person, bill.country))
    compared = [
        recalculated(
            month=terms.month,
            lines_by_unit={terms.unit: lines.get(bill, ())},
            issued=issued,
            calculated_by=CALCULATED_BY,
            bill=bill.person,
            country=bill.country,
        )
        for bill in in_order
    ]
    every_line = tuple(line for bill in in_order for line in lines.get(bill, ()))
    counted = CountedUnit(
        unit=terms.unit,
        method="spa",
        lines=every_line,
        steps=tuple(report_steps(report, terms, stays, every_line)),
        demand="R36, R37, R38",
        basis=SPA_TERMS,
    )
    drafts = [draft for one in compared for draft in one.drafts]
    return Settlement(
        contract=terms.contract.code,
        month=terms.month,
        drafts=tuple(sorted(drafts, key=lambda d: (d.corrects is None, d.corrects or 0, d.bill, d.country))),
        caps=(explained(terms.contract, terms.month, counted, compared),),
        refusals=tuple(refusal for stay in stays for refusal in stay.refusals),
    )


_PersonKey = tuple[PersonIdType, str]


def _stays(
    reported: Iterable[Stay], terms: SpaTerms, confirmed: Collection[SpaReferral]
) -> Iterator[StaySettlement]:
    """The stays one after the other by arrival and number, so that the order in the report does not matter."""
    numbered = sorted(enumerate(reported), key=lambda one: (one[1].arrived_on, one[1].number))
    guarded = _guardians(stay for _, stay in numbered)
    numbers: set[str] = set()
    taken: defaultdict[_PersonKey, dict[date, str]] = defaultdict(dict)
    for index, stay in numbered:
        field = f"stays.{index}"
        who = _key(stay.patient)
        known = [*_again(stay, numbers, field), *_as_guardian(stay, guarded, field)]
        if who is not None:
            known += _twice(stay, terms, taken[who], field)
        settled = settle_stay(stay, terms=terms, confirmed=confirmed, field=field, known=known)
        numbers.add(stay.number)
        if who is not None:
            taken[who] |= dict.fromkeys(settled.days, stay.number)
        yield settled


def _again(stay: Stay, numbers: Collection[str], field: str) -> Iterator[Refusal]:
    if stay.number in numbers:
        yield reasons.NUMBER_TWICE.because(field=f"{field}.number", found=stay.number, stay=stay.number)


def _twice(stay: Stay, terms: SpaTerms, taken: Mapping[date, str], field: str) -> Iterator[Refusal]:
    """Nothing is paid twice: a day of a person that another stay has already."""
    common = [day for day in person_days_of(stay, terms).days if day in taken] if taken else []
    if common:
        yield reasons.PATIENT_TWICE.because(
            field=field, found=days_text(common), stay=stay.number, other=taken[common[0]]
        )


def _as_guardian(stay: Stay, guarded: Mapping[_PersonKey, str], field: str) -> Iterator[Refusal]:
    who = _key(stay.patient)
    if who is not None and who in guarded:
        yield reasons.GUARDIAN_AS_PATIENT.because(
            field=field, found=stay.number, stay=stay.number, other=guarded[who]
        )


def _guardians(stays: Iterable[Stay]) -> dict[_PersonKey, str]:
    found = ((_key(guardian.person), stay.number) for stay in stays for guardian in stay.guardians)
    return {key: number for key, number in found if key is not None}


def _key(person: Person) -> _PersonKey | None:
    """What tells a person from others; None where the identifier does not."""
    if person.id_type in (PersonIdType.UNKNOWN, PersonIdType.INFANT):
        return None
    return person.id_type, person.id
