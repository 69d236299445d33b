"""By which way which services may be settled: e-document, REF with paper, printout from SIMP, paper with data."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from enum import StrEnum

from rozlicz.documents.bases import FROM_THE_BEGINNING, LODZ_PAGE, SPA_ORDER
from rozlicz.documents.refusals import Reason, Refusal, reason
from rozlicz.kernel.legal import Parameter, Ruling
from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import Contract, Scope, SettledBy
from rozlicz.messages.templates import Template


class Way(StrEnum):
    """How a bill reaches the branch."""

    E_DOCUMENT = "e-document"
    REF_AND_PAPER = "ref-and-paper"
    SIMP_PRINTOUT = "simp-printout"
    PAPER_AND_DATA = "paper-and-data"


class ServiceGroup(StrEnum):
    """Services that share their rules of attachments and ways.

    `GENERAL`: everything that has no rules of its own, lump sums for insured persons included.
    `EU_LUMP_SUM`: the scopes "… – UE". `SPA_SANATORIUM` apart from other spa treatment, since only there the
    Fund pays board and lodging of exempt persons.
    """

    GENERAL = "general"
    EU_LUMP_SUM = "eu-lump-sum"
    SIMP = "simp"
    SPA_SANATORIUM = "spa-sanatorium"
    SPA_OTHER = "spa-other"
    DEVICES = "devices"


WAY_NAMES: dict[Way, Text] = {
    Way.E_DOCUMENT: Text(pl="e-dokument", en="e-document"),
    Way.REF_AND_PAPER: Text(
        pl="komunikat REF z dokumentem papierowym", en="message REF with the paper document"
    ),
    Way.SIMP_PRINTOUT: Text(pl="wydruk z SIMP", en="printout from SIMP"),
    Way.PAPER_AND_DATA: Text(
        pl="dokument papierowy z danymi elektronicznymi", en="paper document with electronic data"
    ),
}

_TWO_WAYS = (Way.E_DOCUMENT, Way.REF_AND_PAPER)
OPEN_WAYS: dict[ServiceGroup, tuple[Way, ...]] = {
    ServiceGroup.GENERAL: _TWO_WAYS,
    ServiceGroup.EU_LUMP_SUM: _TWO_WAYS,
    ServiceGroup.DEVICES: _TWO_WAYS,
    ServiceGroup.SIMP: (Way.SIMP_PRINTOUT,),
    ServiceGroup.SPA_SANATORIUM: (Way.PAPER_AND_DATA,),
    ServiceGroup.SPA_OTHER: (Way.PAPER_AND_DATA,),
}
"""R1 and R7; R8 for SIMP; R49 for spa treatment; R11 and R55 for devices. The usual way first."""

FIRST_E_DOCUMENT_DAY: Parameter[date] = Parameter(
    name="first_e_document_day",
    meaning=Text(
        pl="Pierwszy dzień świadczeń, które rozlicza się e-dokumentem",
        en="First day of services that are settled by an e-document",
    ),
    rulings=(Ruling(value=date(2014, 1, 1), since=FROM_THE_BEGINNING, basis=LODZ_PAGE),),
)

TOO_EARLY_FOR_E_DOCUMENT = reason(
    "B-104",
    Text(pl="sposób rozliczenia", en="way of settlement"),
    Text(
        pl="Rachunek obejmuje świadczenie z {found}, a e-dokumentem rozlicza się świadczenia od {expected}.",
        en="The bill holds a service of {found}; an e-document settles services from {expected} on.",
    ),
    basis=LODZ_PAGE,
    remedy=Text(
        pl="Proszę przesłać komunikat REF i złożyć rachunek w wersji papierowej z raportem statystycznym.",
        en="Send the message REF and hand in the bill on paper with the statistical report.",
    ),
)

WAY_CLOSED = reason(
    "B-105",
    Text(pl="sposób rozliczenia", en="way of settlement"),
    Text(
        pl="Tych świadczeń nie rozlicza się w ten sposób ({found}), właściwy jest: {expected}.",
        en="These services are not settled in this way ({found}); the right one is: {expected}.",
    ),
    basis=LODZ_PAGE,
    remedy=Text(pl="Rozlicz je inaczej: {expected}.", en="Settle them otherwise: {expected}."),
)

REASONS: tuple[Reason, ...] = (TOO_EARLY_FOR_E_DOCUMENT, WAY_CLOSED)


def service_group_of(scope: Scope) -> ServiceGroup:
    """The group of one scope: by what it is settled on, and for lump sums and spas by its name (R3, R42)."""
    match scope.settled_by:
        case SettledBy.DEVICE_SUPPLY:
            return ServiceGroup.DEVICES
        case SettledBy.PREVENTION_SYSTEM:
            return ServiceGroup.SIMP
        case SettledBy.SPA_SYSTEM:
            sanatorium = "sanator" in scope.name.casefold()
            return ServiceGroup.SPA_SANATORIUM if sanatorium else ServiceGroup.SPA_OTHER
        case _:
            return ServiceGroup.EU_LUMP_SUM if scope.is_for_real_costs else ServiceGroup.GENERAL


def service_groups(*, template: Template, contract: Contract | None) -> frozenset[ServiceGroup]:
    """The groups of all lines of a template; a scope that the contract does not hold counts as general."""
    if contract is None:
        return frozenset({ServiceGroup.GENERAL})
    scopes = (contract.scope(line.scope, line.distinguisher) for line in template.lines)
    return frozenset(ServiceGroup.GENERAL if scope is None else service_group_of(scope) for scope in scopes)


def way_refusals(
    *, services: Collection[ServiceGroup], way: Way, first_service_on: date
) -> Iterator[Refusal]:
    """Whether these services may be settled in this way (R1, R8, R49); all reasons."""
    for group in ServiceGroup:
        if group in services and way not in OPEN_WAYS[group]:
            yield WAY_CLOSED.because(
                field="template",
                found=WAY_NAMES[way],
                expected=WAY_NAMES[OPEN_WAYS[group][0]],
                basis=SPA_ORDER if group in (ServiceGroup.SPA_SANATORIUM, ServiceGroup.SPA_OTHER) else None,
            )
    begins = FIRST_E_DOCUMENT_DAY.on(max(first_service_on, FROM_THE_BEGINNING))
    if way is Way.E_DOCUMENT and first_service_on < begins.value:
        yield TOO_EARLY_FOR_E_DOCUMENT.because(
            field="month", found=_day(first_service_on), expected=_day(begins.value), basis=begins.basis
        )


def _day(day: date) -> Text:
    return Text(pl="{day}", en="{day}").filled(day=day)
