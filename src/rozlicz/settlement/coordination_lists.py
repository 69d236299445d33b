"""The branch's side of coordination: what it claims from each state, person by person, out of accepted bills (R67).

E-125 lists the actual cost with bill and document; E-127 the persons of the general bill for whom a lump sum is
claimed. There is one list for each state, reporting month and form. Of a bill of one person everything is on the
lists, to the last grosz; a bill that does not agree with its services is on none, and the reason is told. A
correcting bill takes back from the list what it takes back of its bill.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from rozlicz.kernel.countries import normal_country
from rozlicz.kernel.money import amount_text
from rozlicz.kernel.months import Month
from rozlicz.kernel.refusals import Refusal
from rozlicz.kernel.sorting import polish_sort_key
from rozlicz.kernel.texts import Text
from rozlicz.messages.declaration_replies import CertificateHolder
from rozlicz.settlement.coordination import BillKind, ClaimForm, Finding, Method, Route, route_service
from rozlicz.settlement.coordination_explained import explain_list
from rozlicz.settlement.coordination_facts import BILL_NAMES, AcceptedBill, BilledService, BillId, ClaimEntry
from rozlicz.settlement.coordination_reasons import SUM_DIFFERS, UNKNOWN_BILL, WRONG_BILL
from rozlicz.settlement.explanation import Explanation


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimList:
    """The persons of one state, reporting month and form, by provider, bill and document."""

    form: ClaimForm
    country: str
    month: Month
    entries: tuple[ClaimEntry, ...]
    explanation: Explanation

    @property
    def amount(self) -> int:
        """Σ entries, in grosze."""
        return sum(entry.amount for entry in self.entries)


class CoordinationLists(NamedTuple):
    """All lists, by state, month and form; and why something is on none."""

    lists: tuple[ClaimList, ...]
    refusals: tuple[Refusal, ...]


class _Claimed(NamedTuple):
    """A service that belongs on a list."""

    service: BilledService
    bill: AcceptedBill
    route: Route


class _ListKey(NamedTuple):
    """State, month and form of a list."""

    country: str
    month: Month
    form: ClaimForm


def coordination_lists(
    *, bills: Iterable[AcceptedBill], services: Iterable[BilledService]
) -> CoordinationLists:
    """The lists of these accepted bills, whatever the order in which bills and services come.

    `services` must hold everything of the bills of single persons, and of all others at least what persons insured in
    another state received. Two bills of one number and provider raise ValueError.
    """
    accepted = _by_id(bills)
    refusals: list[Refusal] = []
    claimed: defaultdict[BillId, list[_Claimed]] = defaultdict(list)
    for service in services:
        bill = accepted.get(service.bill)
        routed = _unknown(service) if bill is None else _routed(service, bill)
        if isinstance(routed, Refusal):
            refusals.append(routed)
        elif bill is not None and routed.form is not None:
            claimed[service.bill].append(_Claimed(service, bill, routed))
    refusals.sort(key=lambda refusal: (refusal.code, refusal.text.pl))
    refusals += _not_agreeing(accepted, claimed)
    return CoordinationLists(tuple(_lists(claimed)), tuple(refusals))


def list_shares(bill: AcceptedBill, holders: Iterable[CertificateHolder]) -> Iterator[BilledService]:
    """What the collective bill of a list holds for each holder of a certificate: one person of the group's line.

    Each share is rounded, so that the persons of a line may differ from it by some grosze. A holder whose group the
    bill lacks raises LookupError: the count is that of another bill.
    """
    template = bill.template
    for holder in holders:
        counts = [
            line.capitation
            for line in template.lines
            if line.capitation is not None
            and (line.scope, line.distinguisher, line.product)
            == (holder.scope, holder.distinguisher, holder.group)
        ]
        if not counts:
            raise LookupError(f"bill {bill.number} has no line of group {holder.group} in {holder.scope}")
        yield BilledService(
            bill=bill.id,
            document=holder.document,
            month=template.month,
            first_day=template.month.first_day,
            last_day=template.month.first_day,
            amount=sum(replace(one, persons=1 if one.persons > 0 else -1).amount for one in counts),
            method=Method.CAPITATION,
            person=holder.person,
        )


def _by_id(bills: Iterable[AcceptedBill]) -> dict[BillId, AcceptedBill]:
    found: dict[BillId, AcceptedBill] = {}
    for bill in bills:
        if bill.id in found:
            raise ValueError(f"provider {bill.id.provider} has two bills {bill.id.number}")
        found[bill.id] = bill
    return dict(sorted(found.items(), key=lambda item: _order(item[0])))


def _order(bill: BillId) -> tuple[str, str]:
    return (polish_sort_key(bill.provider), polish_sort_key(bill.number))


def _unknown(service: BilledService) -> Refusal:
    return UNKNOWN_BILL.because(
        field="bill",
        found=service.bill.number,
        provider=service.bill.provider,
        country=normal_country(service.document.country) or "PL",
    )


def _routed(service: BilledService, bill: AcceptedBill) -> Route | Refusal:
    """The route of a service, when its bill is of the kind and the person that the route asks for."""
    routed = route_service(
        document=service.document,
        month=service.month,
        first_day=service.first_day,
        last_day=service.last_day,
        method=service.method,
        on_list=service.on_list,
    )
    if isinstance(routed, Finding):
        return routed
    template, country = bill.template, normal_country(service.document.country)
    of_person = (template.person, normal_country(template.country)) == (service.document.number, country)
    if routed.bill is bill.kind and (of_person or not routed.is_individual):
        return routed
    return WRONG_BILL.because(
        field="bill",
        found=BILL_NAMES[bill.kind] if of_person or not template.person else _OF_ANOTHER,
        expected=BILL_NAMES[routed.bill],
        basis=routed.basis,
        bill=bill.number,
        document=service.document.kind,
        country=country or "PL",
    )


def _not_agreeing(
    accepted: Mapping[BillId, AcceptedBill], claimed: dict[BillId, list[_Claimed]]
) -> Iterator[Refusal]:
    """Take bills off the lists whose services do not make their amount; the general ones hold others as well."""
    for key, bill in accepted.items():
        amount = bill.template.amount
        listed = sum(one.service.amount for one in claimed.get(key, ()))
        differs = listed != amount if bill.kind is BillKind.INDIVIDUAL else listed > amount
        if differs and (bill.kind is BillKind.INDIVIDUAL or bill.template.corrects is None):
            claimed.pop(key, None)
            yield SUM_DIFFERS.because(
                field="amount",
                found=amount_text(listed),
                expected=amount_text(amount),
                bill=key.number,
                provider=key.provider,
            )


def _lists(claimed: Mapping[BillId, Sequence[_Claimed]]) -> Iterator[ClaimList]:
    persons: defaultdict[_ListKey, defaultdict[tuple[BillId, str, str], list[_Claimed]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for one in (one for of_bill in claimed.values() for one in of_bill):
        document, form = one.service.document, one.route.form
        if form is not None:
            key = _ListKey(normal_country(document.country), one.service.month, form)
            persons[key][one.bill.id, document.number, document.kind.replace("-", "")].append(one)
    for key in sorted(persons):
        of_list = persons[key]
        entries = tuple(
            _entry(of_list[person]) for person in sorted(of_list, key=lambda p: (_order(p[0]), p[1:]))
        )
        amounts = {one.bill.id: one.bill.template.amount for ones in of_list.values() for one in ones}
        yield ClaimList(
            form=key.form,
            country=key.country,
            month=key.month,
            entries=entries,
            explanation=explain_list(
                form=key.form, country=key.country, month=key.month, entries=entries, bill_amounts=amounts
            ),
        )


def _entry(claimed: Sequence[_Claimed]) -> ClaimEntry:
    """All services of a person on a bill, the same whatever their order."""
    first = min(claimed, key=lambda one: (one.service.first_day, one.service.last_day, one.service.amount))
    services = [one.service for one in claimed]
    return ClaimEntry(
        bill=first.bill.id,
        template=first.bill.template.number,
        kind=first.bill.kind,
        document=first.service.document,
        person=first.service.person,
        first_day=first.service.first_day,
        last_day=max(service.last_day for service in services),
        services=len(services),
        amount=sum(service.amount for service in services),
        basis=first.route.basis,
    )


_OF_ANOTHER = Text(pl="rachunek innej osoby", en="bill of another person")
