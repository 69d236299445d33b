"""On whose bill a person insured in another state stands, and on which form the branch claims the cost (R57–R62).

The state is that of the competent institution: where the person is insured, not the nationality and not the
residence. The month is the reporting month that sets the financing conditions (R62). This is the routing of
services settled by unit price, where an individual bill is paid inside the same cap as the general one (R59).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rozlicz.kernel.countries import COORDINATION_DOCUMENTS, EFTA, is_coordinated, normal_country
from rozlicz.kernel.legal import Basis
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text, same


class BillKind(StrEnum):
    """The general bill of the generally insured, or a bill for one person."""

    GENERAL = "general"
    INDIVIDUAL = "individual"


class ClaimForm(StrEnum):
    """What the branch sends to the competent institution: actual costs, or a lump sum."""

    E125 = "E125"
    E127 = "E127"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The bill, the form of the claim (None: nothing is claimed), and where that is written."""

    bill: BillKind
    form: ClaimForm | None
    basis: Basis

    @property
    def is_individual(self) -> bool:
        """Whether the person has a bill of their own."""
        return self.bill is BillKind.INDIVIDUAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Why a service cannot be put on any bill, and so is no candidate: what is wrong and what to do.

    `code` is this house's own.
    """

    code: str
    text: Text
    remedy: Text
    basis: Basis


def route(*, country: str, document: str, month: Month) -> Route | Finding:
    """The bill and the form for a service of a reporting month.

    `country`: two letters, PL or empty for persons insured in Poland, EL and UK understood; `document`: the kind
    as the messages give it, such as EKUZ, CERT (its substitute), S1, E121 or E-121.
    """
    country, document = normal_country(country), document.replace("-", "")
    if country in ("", "PL"):
        return Route(bill=BillKind.GENERAL, form=None, basis=_NATIONAL)
    values = {"country": same(country), "document": same(document or "—"), "month": month.name}
    if not is_coordinated(country, month):
        return _NO_COORDINATION.about(values)
    if document not in COORDINATION_DOCUMENTS:
        return _NO_DOCUMENT.about(values)
    if not _under_new_rules(country, month):
        if document == "S1":
            return _S1_TOO_EARLY.about(values)
        if document in ("E109", "E121"):
            return Route(bill=BillKind.GENERAL, form=ClaimForm.E127, basis=_OLD_RULES)
    return Route(bill=BillKind.INDIVIDUAL, form=ClaimForm.E125, basis=_INDIVIDUAL)


@dataclass(frozen=True, slots=True)
class BillOf:
    """On which bill a service stands: the general one (both empty), or that of the person with this document (R61)."""

    person: str = ""
    country: str = ""


def bill_of(*, country: str, document: str, number: str, month: Month) -> BillOf | Finding:
    """The bill of a service, as its lines and drafts carry it; `number` is that of the document. See `route`."""
    routed = route(country=country, document=document, month=month)
    if isinstance(routed, Finding):
        return routed
    return BillOf(number, normal_country(country)) if routed.is_individual else BillOf()


def _under_new_rules(country: str, month: Month) -> bool:
    """Regulation 883/2004 (R58): EU and GB from May 2010, CH from April 2012, IS, LI and NO from June 2012."""
    if country == "CH":
        return month >= Month(2012, 4)
    return month >= (Month(2012, 6) if country in EFTA else Month(2010, 5))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reason:
    """A finding before it knows its state, document and month."""

    code: str
    text: Text
    remedy: Text

    def about(self, values: dict[str, Text]) -> Finding:
        return Finding(
            code=self.code,
            text=self.text.filled(**values),
            remedy=self.remedy.filled(**values),
            basis=_REGULATIONS,
        )


_NATIONAL = Basis(
    Text(
        pl="Łódzki OW NFZ, Rozliczanie świadczeń, 3.09.2020: osoby ubezpieczone w Polsce",
        en="Łódź branch, Settlement of services, 3 Sep 2020: persons insured in Poland",
    )
)
_REGULATIONS = Basis(
    Text(
        pl="rozporządzenia (WE) 883/2004 i 987/2009; wcześniej (EWG) 1408/71 i 574/72",
        en="regulations (EC) 883/2004 and 987/2009; before them (EEC) 1408/71 and 574/72",
    )
)
_OLD_RULES = Basis(
    Text(
        pl="rozporządzenia (EWG) 1408/71 i 574/72: E-109 i E-121 w rachunku ogólnym, należność ryczałtowa E-127",
        en="regulations (EEC) 1408/71 and 574/72: E-109 and E-121 on the general bill, lump sum claimed on E-127",
    )
)
_INDIVIDUAL = Basis(
    Text(
        pl="§ 17 ust. 4 ogólnych warunków umów (2008): rachunek dla każdej osoby, koszt rzeczywisty E-125 PL",
        en="§ 17(4) of the general terms of contracts (2008): a bill for each person, actual cost on E-125 PL",
    )
)

_NO_COORDINATION = _Reason(
    code="C-1",
    text=Text(
        pl="{country} nie stosowało przepisów o koordynacji (miesiąc sprawozdawczy: {month}).",
        en="{country} was not under coordination in {month}.",
    ),
    remedy=Text(
        pl="Sprawdź państwo instytucji właściwej na dokumencie. Świadczenia nie rozlicza się na tej podstawie.",
        en="Check the state of the competent institution on the document. The service is not settled on this basis.",
    ),
)
_NO_DOCUMENT = _Reason(
    code="C-2",
    text=Text(
        pl="Osoba ubezpieczona w {country}, a dokument {document} nie potwierdza prawa do świadczeń na podstawie "
        "przepisów o koordynacji.",
        en="The person is insured in {country}, and document {document} confirms no right under coordination.",
    ),
    remedy=Text(
        pl="Podaj dokument: EKUZ, certyfikat zastępczy, S1, S2 (E-112) albo formularz serii E-100.",
        en="Give the document: EKUZ, its substitute certificate, S1, S2 (E-112) or a form of the E-100 series.",
    ),
)
_S1_TOO_EARLY = _Reason(
    code="C-3",
    text=Text(
        pl="{country} nie wystawiało jeszcze dokumentu S1 (miesiąc sprawozdawczy: {month}).",
        en="{country} did not issue document S1 yet in {month}.",
    ),
    remedy=Text(
        pl="Sprawdź rodzaj dokumentu: w tym miesiącu obowiązywały formularze E-106, E-109, E-120 i E-121.",
        en="Check the kind of document: in that month the forms were E-106, E-109, E-120 and E-121.",
    ),
)
