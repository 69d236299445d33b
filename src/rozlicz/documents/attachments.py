"""Which documents must go with a bill: by service, by the patient's right to it, and by the way of settlement.

The tables are the law (R1–R8, R11, R44, R49, R55); `required` only looks things up in them. A document that
several rules ask for is asked for once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rozlicz.documents.bases import (
    DEVICE_ORDER,
    GENERAL_TERMS_2015_23_5,
    LODZ_PAGE,
    SPA_ORDER,
    act_on_benefits,
)
from rozlicz.documents.ways import ServiceGroup, Way
from rozlicz.kernel.countries import COORDINATION_DOCUMENTS
from rozlicz.kernel.legal import Basis
from rozlicz.kernel.texts import Text
from rozlicz.messages.spa_stays import SpaExemption
from rozlicz.settlement.spa.bases import BENEFITS_ACT_33_4


class Right(StrEnum):
    """Why a patient has a right to the service."""

    INSURED = "insured"
    MINOR_OR_PREGNANT = "minor-or-pregnant"
    ALCOHOL = "alcohol"
    DRUGS = "drugs"
    PSYCHIATRY = "psychiatry"
    INFECTIOUS = "infectious"
    KARTA_POLAKA = "karta-polaka"
    MAYORS_DECISION = "mayors-decision"
    COORDINATION = "coordination"


class AttachmentKind(StrEnum):
    """Kinds of documents that go with a bill. The codes are this house's own."""

    DECISION = "DEC"
    ENTITLEMENT = "ENT"
    INFORMATION_CARD = "CARD"
    COST_CALCULATION = "COST"
    STATISTICAL_REPORT = "STAT"
    EXEMPTION_STATEMENT = "EXEMPT"
    DISABILITY_CERTIFICATE = "DIS"
    ASBESTOS_DOCUMENT = "ASB"
    EDUCATION_DOCUMENT = "EDU"
    ORDERS = "ORD"


class AttachmentForm(StrEnum):
    """In what form a document is handed in."""

    SCAN = "scan"
    PAPER = "paper"
    CERTIFIED_COPY = "certified-copy"


ATTACHMENT_NAMES: dict[AttachmentKind, Text] = {
    AttachmentKind.DECISION: Text(
        pl="decyzja wójta, burmistrza lub prezydenta miasta", en="mayor's decision"
    ),
    AttachmentKind.ENTITLEMENT: Text(
        pl="kopia dokumentu uprawniającego", en="copy of the entitlement document"
    ),
    AttachmentKind.INFORMATION_CARD: Text(
        pl="karta informacyjna o udzielonych świadczeniach", en="information card on the services"
    ),
    AttachmentKind.COST_CALCULATION: Text(
        pl="kalkulacja rzeczywistych kosztów z oświadczeniem",
        en="calculation of real costs with the statement",
    ),
    AttachmentKind.STATISTICAL_REPORT: Text(pl="raport statystyczny", en="statistical report"),
    AttachmentKind.EXEMPTION_STATEMENT: Text(
        pl="oświadczenie o zwolnieniu z częściowej odpłatności (załącznik nr 4)",
        en="statement of exemption from partial payment (annex 4)",
    ),
    AttachmentKind.DISABILITY_CERTIFICATE: Text(
        pl="orzeczenie o znacznym stopniu niepełnosprawności", en="certificate of severe disability"
    ),
    AttachmentKind.ASBESTOS_DOCUMENT: Text(
        pl="dokument potwierdzający uprawnienia z ustawy o wyrobach zawierających azbest",
        en="document of the rights under the act on asbestos products",
    ),
    AttachmentKind.EDUCATION_DOCUMENT: Text(
        pl="dokument o kontynuowaniu nauki", en="document of continued education"
    ),
    AttachmentKind.ORDERS: Text(
        pl="oryginały potwierdzonych zleceń w kolejności z komunikatu",
        en="originals of the confirmed orders in the order of the message",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitlement:
    """One patient's right, as far as it decides on attachments: one for each document that a bill rests on.

    `document` is the code of the document (EKUZ, CERT, S1, E106, DEC, …) and `number` its number; both are empty
    for rights that rest on none. `services_from` and `services_to` are the first and last day of the services
    billed on it. `confirmed_electronically`: the Fund's own register (eWUŚ) answered positively.
    """

    right: Right
    services_from: date
    services_to: date
    document: str = ""
    number: str = ""
    country: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    confirmed_electronically: bool = False
    spa_exemption: SpaExemption | None = None

    @property
    def covers_services(self) -> bool:
        """Whether the document is valid from the first to the last day of the services (R2); no date: no limit."""
        begins = self.valid_from is None or self.valid_from <= self.services_from
        ends = self.valid_to is None or self.services_to <= self.valid_to
        return begins and ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One document that must go with a bill; `document_number` says whose, empty when it is for the whole bill."""

    kind: AttachmentKind
    form: AttachmentForm
    basis: Basis
    document_number: str = ""

    @property
    def name(self) -> Text:
        """The document's name as a clerk reads it."""
        return ATTACHMENT_NAMES[self.kind]


_OF_RIGHT: dict[Right, tuple[tuple[AttachmentKind, ...], Basis]] = {
    Right.INSURED: ((), act_on_benefits("art. 2 ust. 1 pkt 1")),
    Right.MINOR_OR_PREGNANT: ((), act_on_benefits("art. 2 ust. 1 pkt 3")),
    Right.ALCOHOL: ((), act_on_benefits("art. 12 pkt 2")),
    Right.DRUGS: ((), act_on_benefits("art. 12 pkt 3")),
    Right.PSYCHIATRY: ((), act_on_benefits("art. 12 pkt 4")),
    Right.INFECTIOUS: ((), act_on_benefits("art. 12 pkt 6")),
    Right.KARTA_POLAKA: ((), act_on_benefits("art. 12 pkt 9")),
    Right.MAYORS_DECISION: ((AttachmentKind.DECISION,), LODZ_PAGE),
    Right.COORDINATION: ((AttachmentKind.ENTITLEMENT,), LODZ_PAGE),
}
"""Documents of a patient's right (R2, R4)."""

_OF_EU_LUMP_SUM = (AttachmentKind.INFORMATION_CARD, AttachmentKind.COST_CALCULATION)
"""What a scope "… – UE" adds for each person (R3)."""

_OF_BILL: dict[tuple[ServiceGroup, Way], tuple[tuple[AttachmentKind, Basis], ...]] = {
    (ServiceGroup.GENERAL, Way.REF_AND_PAPER): ((AttachmentKind.STATISTICAL_REPORT, LODZ_PAGE),),
    (ServiceGroup.EU_LUMP_SUM, Way.REF_AND_PAPER): ((AttachmentKind.STATISTICAL_REPORT, LODZ_PAGE),),
    (ServiceGroup.SPA_SANATORIUM, Way.PAPER_AND_DATA): ((AttachmentKind.STATISTICAL_REPORT, SPA_ORDER),),
    (ServiceGroup.SPA_OTHER, Way.PAPER_AND_DATA): ((AttachmentKind.STATISTICAL_REPORT, SPA_ORDER),),
    (ServiceGroup.DEVICES, Way.E_DOCUMENT): ((AttachmentKind.ORDERS, DEVICE_ORDER),),
    (ServiceGroup.DEVICES, Way.REF_AND_PAPER): (
        (AttachmentKind.STATISTICAL_REPORT, LODZ_PAGE),
        (AttachmentKind.ORDERS, DEVICE_ORDER),
    ),
}
"""Documents for the whole bill (R7, R49, R55); a pair that is not listed needs none."""

_OF_SPA_EXEMPTION: dict[SpaExemption, tuple[AttachmentKind, ...]] = {
    SpaExemption.CHILD: (AttachmentKind.EXEMPTION_STATEMENT,),
    SpaExemption.IN_EDUCATION: (
        AttachmentKind.EXEMPTION_STATEMENT,
        AttachmentKind.EDUCATION_DOCUMENT,
    ),
    SpaExemption.SEVERE_DISABILITY: (
        AttachmentKind.EXEMPTION_STATEMENT,
        AttachmentKind.DISABILITY_CERTIFICATE,
    ),
    SpaExemption.ASBESTOS: (AttachmentKind.EXEMPTION_STATEMENT, AttachmentKind.ASBESTOS_DOCUMENT),
}
"""Annex 4 and the documents it names, by the cause of exemption (R44, R49)."""

_CERTIFIED = {
    AttachmentKind.DISABILITY_CERTIFICATE,
    AttachmentKind.ASBESTOS_DOCUMENT,
}

CONFIRMED_WITHOUT_COPY = frozenset({"S1", "E100"})
"""Documents of which no copy is needed when the Fund's own register confirms them (§ 23(5) of the general terms)."""

_DECISION_DOCUMENT = "DEC"


def right_of_document(document: str) -> Right:
    """The right that a document code of a report gives: DEC, the coordination documents, else insurance.

    The rights of art. 12 and art. 2(1)(3) need no attachments either, so that for attachments insurance
    stands for them all (R4).
    """
    code = document.replace("-", "").upper()
    if code == _DECISION_DOCUMENT:
        return Right.MAYORS_DECISION
    return Right.COORDINATION if code in COORDINATION_DOCUMENTS else Right.INSURED


def required(
    *, services: Collection[ServiceGroup], entitlements: Iterable[Entitlement], way: Way
) -> tuple[Requirement, ...]:
    """Everything that must go with a bill, the whole bill's documents first, then by entitlement.

    `services` are the groups of services on the bill. A printout from SIMP is the bill and needs nothing (R8).
    """
    if way is Way.SIMP_PRINTOUT:
        return ()
    found: dict[tuple[AttachmentKind, str], Requirement] = {}
    for one in (*_for_bill(services, way), *_for_patients(services, entitlements, way)):
        found.setdefault((one.kind, one.document_number), one)
    return tuple(found.values())


def missing(requirements: Sequence[Requirement], given: Sequence[AttachmentKind]) -> tuple[Requirement, ...]:
    """Requirements that the given documents do not fill.

    A document does not say whose it is, so the documents of a kind are counted: each fills one requirement.
    """
    left = list(given)
    unfilled = []
    for one in requirements:
        if one.kind in left:
            left.remove(one.kind)
        else:
            unfilled.append(one)
    return tuple(unfilled)


def _for_bill(services: Collection[ServiceGroup], way: Way) -> Iterator[Requirement]:
    for group in ServiceGroup:
        if group in services:
            for kind, basis in _OF_BILL.get((group, way), ()):
                yield Requirement(kind=kind, form=AttachmentForm.PAPER, basis=basis)


def _for_patients(
    services: Collection[ServiceGroup], entitlements: Iterable[Entitlement], way: Way
) -> Iterator[Requirement]:
    for one in entitlements:
        for kind, basis in _for_patient(one, services):
            yield Requirement(kind=kind, form=_form(kind, way), basis=basis, document_number=one.number)


def _for_patient(
    one: Entitlement, services: Collection[ServiceGroup]
) -> Iterator[tuple[AttachmentKind, Basis]]:
    kinds, basis = _OF_RIGHT[one.right]
    if ServiceGroup.EU_LUMP_SUM in services and one.right is Right.COORDINATION:
        yield from ((kind, LODZ_PAGE) for kind in _OF_EU_LUMP_SUM)
    if not _needs_no_copy(one):
        yield from ((kind, basis) for kind in kinds)
    if ServiceGroup.SPA_SANATORIUM in services and one.spa_exemption is not None:
        yield from ((kind, BENEFITS_ACT_33_4) for kind in _OF_SPA_EXEMPTION[one.spa_exemption])


def _needs_no_copy(one: Entitlement) -> bool:
    code = one.document.replace("-", "").upper()
    return one.confirmed_electronically and code in CONFIRMED_WITHOUT_COPY


def _form(kind: AttachmentKind, way: Way) -> AttachmentForm:
    if way is Way.E_DOCUMENT:
        return AttachmentForm.SCAN
    return AttachmentForm.CERTIFIED_COPY if kind in _CERTIFIED else AttachmentForm.PAPER


NO_COPY_BASIS = GENERAL_TERMS_2015_23_5
"""Why a document confirmed in the Fund's register needs no copy."""
