"""On whose bill a person insured in another state stands, and on which form the branch claims the cost (R57–R62).

The state is that of the competent institution: where the person is insured, not the nationality and not the
residence. The month is the reporting month that sets the financing conditions (R62). Document, state and month say
whether the bill is general or the person's own and which form follows; the method says what is paid on it: by unit
price an individual bill is inside the same cap as the general one (R59); holders of certificates stay in the numbers
of a capitation list; a service inside a lump sum has its real cost in a scope "… – UE" (R3; which one,
`lump_sums.real_cost_scopes` says).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rozlicz.kernel.countries import (
    COORDINATION_DOCUMENTS,
    is_coordinated,
    is_under_new_rules,
    normal_country,
)
from rozlicz.kernel.legal import Basis
from rozlicz.kernel.months import Month
from rozlicz.kernel.refusals import Refusal
from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import SettledBy
from rozlicz.messages.persons import EntitlementDocument
from rozlicz.settlement.bases import POLICY
from rozlicz.settlement.coordination_reasons import NO_COORDINATION, NO_DOCUMENT, NOT_VALID, S1_TOO_EARLY

Finding = Refusal
"""Why a service cannot be put on any bill, and so is no candidate: what is wrong and what to do."""


class BillKind(StrEnum):
    """The general bill of the generally insured, the collective bill of a capitation list, or that of one person."""

    GENERAL = "general"
    COLLECTIVE = "collective"
    INDIVIDUAL = "individual"


class ClaimForm(StrEnum):
    """What the branch sends to the competent institution: actual costs, or a lump sum."""

    E125 = "E125"
    E127 = "E127"


class Method(StrEnum):
    """The way of settlement as far as it decides on bills (§ 17, 18 and 19 of the general terms of 2008)."""

    UNIT_PRICE = "unit-price"
    CAPITATION = "capitation"
    LUMP_SUM = "lump-sum"


class Paid(StrEnum):
    """What is paid for a person on a bill.

    `UNIT_PRICE`: units × price, inside the limit. `ON_LIST`: the person counts on the list. `VISIT`: the unit price
    of the visit, outside the limit. `LUMP_SUM`: the lump sum, nothing beside it. `REAL_COST`: the calculated cost.
    """

    UNIT_PRICE = "unit-price"
    ON_LIST = "on-list"
    VISIT = "visit"
    LUMP_SUM = "lump-sum"
    REAL_COST = "real-cost"


METHOD_OF: dict[SettledBy, Method] = {
    SettledBy.SERVICES: Method.UNIT_PRICE,
    SettledBy.EXAMINATIONS: Method.UNIT_PRICE,
    SettledBy.DEVICE_SUPPLY: Method.UNIT_PRICE,
    SettledBy.PREVENTION_SYSTEM: Method.UNIT_PRICE,
    SettledBy.SPA_SYSTEM: Method.UNIT_PRICE,
    SettledBy.DECLARATIONS: Method.CAPITATION,
    SettledBy.OTHER_SCOPE_DECLARATIONS: Method.CAPITATION,
    SettledBy.DMP_ENROLMENT: Method.CAPITATION,
    SettledBy.LUMP_SUM: Method.LUMP_SUM,
    SettledBy.HOSPITAL_NETWORK_LUMP_SUM: Method.LUMP_SUM,
}
"""By which method a scope is settled."""

LIST_CERTIFICATES = frozenset({"S1", "E106", "E109", "E120", "E121"})
"""Documents by which a person insured in another state is on a list. With a card (EKUZ), its substitute or E-112 each
visit is settled, on a bill of the person's own (nfz-gdansk.pl 293)."""

MAYORS_DECISION = "DEC"
"""The document of persons entitled by a mayor's decision (own mark); its scan goes with the general bill (R2)."""


@dataclass(frozen=True, slots=True)
class BillOf:
    """On which bill a service stands: the general one (both empty), or that of one person by document (R61)."""

    person: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The bill, what is paid on it, the form of the claim (None: nothing is claimed), and where that is written."""

    bill: BillKind
    paid: Paid
    form: ClaimForm | None
    basis: Basis

    @property
    def is_individual(self) -> bool:
        """Whether the person has a bill of their own."""
        return self.bill is BillKind.INDIVIDUAL

    @property
    def is_inside_limit(self) -> bool:
        """Whether the plan's cap holds for it, one for the general and all individual bills together (R59)."""
        return self.paid is Paid.UNIT_PRICE

    def bill_for(self, *, number: str, country: str) -> BillOf:
        """The bill of a person with the document of that number and state."""
        return BillOf(number, normal_country(country)) if self.is_individual else BillOf()


def route(
    *,
    country: str,
    document: str,
    month: Month,
    method: Method = Method.UNIT_PRICE,
    on_list: bool = True,
) -> Route | Finding:
    """The bill and the form for a service of a reporting month.

    `country`: two letters, PL or empty for persons insured in Poland, EL and UK understood; `document`: the kind
    as the messages give it, such as EKUZ, CERT (its substitute), S1, E121 or E-121. `on_list` matters to capitation
    only: whether the person is on the provider's list, as holders of certificates may be.
    """
    country, document = normal_country(country), document.replace("-", "")
    if country in ("", "PL"):
        basis = _DECISION if document == MAYORS_DECISION else _NATIONAL
        return _together(method, on_list=on_list, form=None, basis=basis)
    if not is_coordinated(country, month):
        return NO_COORDINATION.because(field="country", found=country, country=country, month=month.name)
    if document not in COORDINATION_DOCUMENTS:
        return NO_DOCUMENT.because(field="document", found=document, country=country, month=month.name)
    if not is_under_new_rules(country, month):
        if document == "S1":
            return S1_TOO_EARLY.because(field="document", found=document, country=country, month=month.name)
        if document in ("E109", "E121"):
            return _together(method, on_list=on_list, form=ClaimForm.E127, basis=_OLD_RULES)
    if method is Method.CAPITATION and document in LIST_CERTIFICATES:
        if on_list:
            return _together(method, on_list=True, form=ClaimForm.E125, basis=_ON_LIST)
        return Route(bill=BillKind.INDIVIDUAL, paid=Paid.VISIT, form=ClaimForm.E125, basis=POLICY)
    paid, basis = _ALONE[method]
    return Route(bill=BillKind.INDIVIDUAL, paid=paid, form=ClaimForm.E125, basis=basis)


def route_service(
    *,
    document: EntitlementDocument,
    month: Month,
    first_day: date,
    last_day: date,
    method: Method = Method.UNIT_PRICE,
    on_list: bool = True,
) -> Route | Finding:
    """The route of a service whose days are known: its document must cover each of them (R2). See `route`.

    Other days than the document's make it a finding, for a mayor's decision (art. 54) also when it lacks one of them.
    """
    routed = route(
        country=document.country, document=document.kind, month=month, method=method, on_list=on_list
    )
    if isinstance(routed, Finding):
        return routed
    undated = None in (document.valid_from, document.valid_to)
    if document.covers(first_day, last_day) and not (document.kind == MAYORS_DECISION and undated):
        return routed
    return NOT_VALID.because(
        field="document",
        found=_validity(document.valid_from, document.valid_to),
        expected=_validity(first_day, last_day),
        document=document.kind,
    )


def bill_of(
    *,
    country: str,
    document: str,
    number: str,
    month: Month,
    method: Method = Method.UNIT_PRICE,
    on_list: bool = True,
) -> BillOf | Finding:
    """The bill of a service, as its lines and drafts carry it; `number` is that of the document. See `route`."""
    routed = route(country=country, document=document, month=month, method=method, on_list=on_list)
    if isinstance(routed, Finding):
        return routed
    return routed.bill_for(number=number, country=country)


def _together(method: Method, *, on_list: bool, form: ClaimForm | None, basis: Basis) -> Route:
    """On one bill with all others: a visit of somebody who is on no list is paid by its unit price."""
    match method:
        case Method.CAPITATION if on_list:
            return Route(bill=BillKind.COLLECTIVE, paid=Paid.ON_LIST, form=form, basis=basis)
        case Method.LUMP_SUM:
            return Route(bill=BillKind.GENERAL, paid=Paid.LUMP_SUM, form=form, basis=basis)
        case _:
            return Route(bill=BillKind.GENERAL, paid=Paid.UNIT_PRICE, form=form, basis=basis)


def _validity(since: date | None, until: date | None) -> Text:
    return Text(pl="od {since} do {until}", en="from {since} to {until}").filled(
        since=since or "—", until=until or "—"
    )


_NATIONAL = Basis(
    Text(
        pl="Łódzki OW NFZ, Rozliczanie świadczeń, 3.09.2020: osoby ubezpieczone w Polsce",
        en="Łódź branch, Settlement of services, 3 Sep 2020: persons insured in Poland",
    )
)
_DECISION = Basis(
    Text(
        pl="art. 54 ustawy o świadczeniach; Łódzki OW NFZ, 3.09.2020: skan decyzji w załączniku",
        en="art. 54 of the act on benefits; Łódź branch, 3 Sep 2020: scan of the decision attached",
    )
)
_OLD_RULES = Basis(
    Text(
        pl="rozporządzenia (EWG) 1408/71 i 574/72: E-109 i E-121 w rachunku ogólnym, należność ryczałtowa E-127",
        en="regulations (EEC) 1408/71 and 574/72: E-109 and E-121 on the general bill, lump sum claimed on E-127",
    )
)
_ON_LIST = Basis(
    Text(
        pl="Pomorski OW NFZ (nfz-gdansk.pl 293): posiadacze poświadczeń z listy w zbiorczym rachunku kapitacji",
        en="Pomerania branch (nfz-gdansk.pl 293): holders of certificates on the list in the collective bill",
    )
)
_ALONE: dict[Method, tuple[Paid, Basis]] = {
    Method.UNIT_PRICE: (
        Paid.UNIT_PRICE,
        Basis(
            Text(
                pl="§ 17 ust. 4 ogólnych warunków umów (2008): rachunek dla każdej osoby, koszt rzeczywisty "
                "E-125 PL",
                en="§ 17(4) of the general terms of contracts (2008): a bill for each person, actual cost on "
                "E-125 PL",
            )
        ),
    ),
    Method.CAPITATION: (
        Paid.VISIT,
        Basis(
            Text(
                pl="§ 18 ust. 6 ogólnych warunków umów (2008); nfz-gdansk.pl 293: cena porady, poza limitem",
                en="§ 18(6) of the general terms of contracts (2008); nfz-gdansk.pl 293: price of the visit, "
                "outside the limit",
            )
        ),
    ),
    Method.LUMP_SUM: (
        Paid.REAL_COST,
        Basis(
            Text(
                pl="§ 19 ust. 3 ogólnych warunków umów (2008); Łódzki OW NFZ, 3.09.2020: zakresy „– UE”, koszt "
                "rzeczywisty",
                en="§ 19(3) of the general terms of contracts (2008); Łódź branch, 3 Sep 2020: scopes “– UE”, "
                "real cost",
            )
        ),
    ),
}
"""What an individual bill pays, by method."""
