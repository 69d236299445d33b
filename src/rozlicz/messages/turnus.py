"""Stay reports of spa treatment (TURNUS), from the provider to the payer: reading and writing.

The Fund settles spa treatment in a system of its own whose formats are not publicly known: the message, its type and
every name below are ours, those seen in other messages used with their meaning there. One message holds the report of
one scope for one round, or for one month of outpatient treatment.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from rozlicz.messages.header import Header
from rozlicz.messages.spa_stays import (
    Absence,
    Consent,
    ConsentGivenBy,
    Exemption,
    ExemptionProof,
    GuardianStay,
    OutpatientMonth,
    Procedure,
    ProofOfExemption,
    RoomKind,
    RoomUse,
    Round,
    SpaExemption,
    SpaReferral,
    SpaTreatment,
    Stay,
    StayReport,
    TreatmentDay,
)
from rozlicz.messages.wire.envelope import Source
from rozlicz.messages.wire.person_wire import (
    ENTITLEMENT,
    read_entitlement,
    read_person,
    write_entitlement,
    write_person,
)
from rozlicz.messages.wire.root import ROOT, root_attributes
from rozlicz.messages.wire.stream import FUND
from rozlicz.messages.wire.tree import Element, header_of_tree, read_tree
from rozlicz.messages.wire.xml_writer import XmlWriter, iso_text, written_to

KIND = "TURNUS"

_REPORT = "raport"
_NUMBER = "nr-raportu"
_VERSION = "nr-wersji"
_WITHDRAWN = "usun"  # seen in SWIAD
_YES = "T"
_REASON = "przyczyna-kor"
_CONTRACT = "kod-umowy"  # seen in UMX
_SCOPE = "kod-zakresu"  # seen in SWIAD-WYKBAD
_DISTINGUISHER = "wyroznik"  # seen in SWIAD-WYKBAD

_KIND = "rodzaj"
_FROM = "data-od"  # seen in ZPOSP
_TO = "data-do"  # seen in ZPOSP

_ROUND = "turnus"
_ROUND_NUMBER = "nr-turnusu"
_OUTPATIENT_MONTH = "miesiac"
_STATIONARY = {treatment: treatment.value for treatment in SpaTreatment if not treatment.is_outpatient}
_OUTPATIENT = {treatment: treatment.value for treatment in SpaTreatment if treatment.is_outpatient}
_MONTH = "okres"

_STAY = "pobyt"
_STAY_NUMBER = "id-pobytu"
_PRODUCT = "kod-produktu"
_CELL = "id-tech-kom-org"  # seen in SWIAD
_ARRIVED_ON = "data-przyj"
_DISCHARGED_ON = "data-wypis"
_DISCHARGE_MODE = "tryb-wypis"
_EXCHANGE_OFFER = "nr-oferty"

_REFERRAL = "skierowanie"
_REFERRAL_NUMBER = "nr-skierowania"
_CONFIRMED_BY = "oddz-nfz"  # seen in R_UMX
_PATIENT = "pacjent"
_DIAGNOSIS = "przyczyna"  # seen in SWIAD
_CODE = "kod"

_ABSENCE = "nieobecnosc"
_BEGINS_AT = "czas-od"
_ENDS_AT = "czas-do"
_CONSENT = "zgoda"
_GIVEN_BY = "osoba"
_CAPACITY = "funkcja"
_GIVEN_AT = "czas"

_ROOM = "pokoj"

_EXEMPTION = "zwolnienie"
_GROUND = "podstawa"
_GROUNDS = {
    SpaExemption.CHILD: "dziecko",
    SpaExemption.IN_EDUCATION: "nauka",
    SpaExemption.SEVERE_DISABILITY: "niepelnosprawnosc",
    SpaExemption.ASBESTOS: "azbest",
}
_STATEMENT_NUMBER = "nr-oswiadczenia"
_STATED_ON = "data-oswiadczenia"
_PROOF = "dokument"
_PROOF_NUMBER = "numer"
_ISSUED_ON = "data-wystawienia"  # seen in e-LEKZR

_GUARDIAN = "opiekun"
_PERSON = "osoba"

_DAY = "dzien"
_DATE = "data"
_PROCEDURE = "zabieg"
_ICD9 = "kod-icd9"
_COUNT = "liczba"


def write_turnus(
    report: StayReport, *, header: Header, target: Path | BinaryIO, zipped: bool = False
) -> None:
    """Write a stay report."""
    with written_to(target, zipped=zipped, member_name="turnus.xml") as writer:
        with writer.element(ROOT, root_attributes(header, kind=KIND, namespace=FUND)):
            with writer.element(_REPORT, _report_attributes(report)):
                _write_period(writer, report.period)
                for stay in report.stays:
                    _write_stay(writer, stay)


def read_turnus(source: Source) -> tuple[Header, StayReport]:
    """Read a stay report as it stands: whether its stays are possible is for verification to say.

    Raises MessageRefused, naming line, element and attribute.
    """
    root = read_tree(source, namespace=FUND)
    header = header_of_tree(root, kind=KIND)
    element = root.one(_REPORT)
    report = StayReport(
        number=element.text(_NUMBER),
        version=element.number(_VERSION),
        withdrawn=element.flag(_WITHDRAWN),
        reason=element.optional(_REASON),
        contract=element.text(_CONTRACT),
        scope=element.text(_SCOPE),
        distinguisher=element.number(_DISTINGUISHER),
        period=_period(element),
        stays=tuple(_stay(found) for found in element.many(_STAY)),
        line=element.line,
    )
    root.everything_read()
    return header, report


def _report_attributes(report: StayReport) -> dict[str, str | None]:
    return {
        _NUMBER: report.number,
        _VERSION: str(report.version),
        _WITHDRAWN: _YES if report.withdrawn else None,
        _REASON: report.reason or None,
        _CONTRACT: report.contract,
        _SCOPE: report.scope,
        _DISTINGUISHER: str(report.distinguisher),
    }


def _write_period(writer: XmlWriter, period: Round | OutpatientMonth) -> None:
    if isinstance(period, OutpatientMonth):
        writer.empty(_OUTPATIENT_MONTH, {_KIND: period.treatment, _MONTH: str(period.month)})
        return
    writer.empty(
        _ROUND,
        {
            _ROUND_NUMBER: period.number,
            _KIND: period.treatment,
            _FROM: period.begins_on.isoformat(),
            _TO: period.ends_on.isoformat(),
        },
    )


def _period(report: Element) -> Round | OutpatientMonth:
    month = report.maybe(_OUTPATIENT_MONTH)
    if month is not None:
        return OutpatientMonth(treatment=month.word(_KIND, _OUTPATIENT), month=month.month(_MONTH))
    element = report.one(_ROUND)
    return Round(
        number=element.text(_ROUND_NUMBER),
        treatment=element.word(_KIND, _STATIONARY),
        begins_on=element.day(_FROM),
        ends_on=element.day(_TO),
    )


def _write_stay(writer: XmlWriter, stay: Stay) -> None:
    attributes = {
        _STAY_NUMBER: stay.number,
        _PRODUCT: stay.product or None,
        _CELL: stay.cell,
        _ARRIVED_ON: stay.arrived_on.isoformat(),
        _DISCHARGED_ON: stay.discharged_on.isoformat(),
        _DISCHARGE_MODE: stay.discharge_mode,
        _EXCHANGE_OFFER: stay.exchange_offer or None,
    }
    with writer.element(_STAY, attributes):
        referral = {_REFERRAL_NUMBER: stay.referral.number, _CONFIRMED_BY: stay.referral.confirmed_by}
        writer.empty(_REFERRAL, referral)
        write_person(writer, _PATIENT, stay.patient)
        if stay.entitlement is not None:
            write_entitlement(writer, stay.entitlement)
        for code in stay.diagnoses:
            writer.empty(_DIAGNOSIS, {_CODE: code})
        for absence in stay.absences:
            _write_absence(writer, absence)
        for room in stay.rooms:
            days = {_FROM: room.first_day.isoformat(), _TO: room.last_day.isoformat()}
            writer.empty(_ROOM, {_KIND: room.kind, **days})
        if stay.exemption is not None:
            _write_exemption(writer, stay.exemption)
        for guardian in stay.guardians:
            _write_guardian(writer, guardian)
        for day in stay.days:
            with writer.element(_DAY, {_DATE: day.day.isoformat()}):
                for procedure in day.procedures:
                    writer.empty(_PROCEDURE, {_ICD9: procedure.code, _COUNT: str(procedure.count)})


def _stay(element: Element) -> Stay:
    referral = element.one(_REFERRAL)
    entitlement, exemption = element.maybe(ENTITLEMENT), element.maybe(_EXEMPTION)
    return Stay(
        number=element.text(_STAY_NUMBER),
        product=element.optional(_PRODUCT),
        cell=element.text(_CELL),
        arrived_on=element.day(_ARRIVED_ON),
        discharged_on=element.day(_DISCHARGED_ON),
        discharge_mode=element.text(_DISCHARGE_MODE),
        exchange_offer=element.optional(_EXCHANGE_OFFER),
        referral=SpaReferral(
            number=referral.text(_REFERRAL_NUMBER), confirmed_by=referral.text(_CONFIRMED_BY)
        ),
        patient=read_person(element.one(_PATIENT)),
        entitlement=None if entitlement is None else read_entitlement(entitlement),
        diagnoses=tuple(found.text(_CODE) for found in element.many(_DIAGNOSIS)),
        absences=tuple(_absence(found) for found in element.many(_ABSENCE)),
        rooms=tuple(_room(found) for found in element.many(_ROOM)),
        exemption=None if exemption is None else _exemption(exemption),
        guardians=tuple(_guardian(found) for found in element.many(_GUARDIAN)),
        days=tuple(_day(found) for found in element.many(_DAY)),
        line=element.line,
    )


def _write_absence(writer: XmlWriter, absence: Absence) -> None:
    attributes = {_BEGINS_AT: absence.begins_at.isoformat(), _ENDS_AT: iso_text(absence.ends_at)}
    consent = absence.consent
    if consent is None:
        writer.empty(_ABSENCE, attributes)
        return
    with writer.element(_ABSENCE, attributes):
        writer.empty(
            _CONSENT,
            {
                _GIVEN_BY: consent.given_by,
                _CAPACITY: consent.capacity,
                _GIVEN_AT: consent.given_at.isoformat(),
            },
        )


def _absence(element: Element) -> Absence:
    consent = element.maybe(_CONSENT)
    return Absence(
        begins_at=element.moment(_BEGINS_AT),
        ends_at=element.optional_moment(_ENDS_AT),
        consent=None
        if consent is None
        else Consent(
            given_by=consent.text(_GIVEN_BY),
            capacity=consent.choice(_CAPACITY, ConsentGivenBy),
            given_at=consent.moment(_GIVEN_AT),
        ),
    )


def _room(element: Element) -> RoomUse:
    return RoomUse(
        kind=element.choice(_KIND, RoomKind), first_day=element.day(_FROM), last_day=element.day(_TO)
    )


def _write_exemption(writer: XmlWriter, exemption: Exemption) -> None:
    attributes = {
        _GROUND: _GROUNDS[exemption.ground],
        _STATEMENT_NUMBER: exemption.statement_number,
        _STATED_ON: exemption.stated_on.isoformat(),
    }
    with writer.element(_EXEMPTION, attributes):
        for proof in exemption.proofs:
            writer.empty(
                _PROOF,
                {
                    _KIND: proof.kind,
                    _PROOF_NUMBER: proof.number,
                    _ISSUED_ON: proof.issued_on.isoformat(),
                    _TO: iso_text(proof.valid_to),
                },
            )


def _exemption(element: Element) -> Exemption:
    return Exemption(
        ground=element.word(_GROUND, _GROUNDS),
        statement_number=element.text(_STATEMENT_NUMBER),
        stated_on=element.day(_STATED_ON),
        proofs=tuple(
            ProofOfExemption(
                kind=found.choice(_KIND, ExemptionProof),
                number=found.text(_PROOF_NUMBER),
                issued_on=found.day(_ISSUED_ON),
                valid_to=found.optional_day(_TO),
            )
            for found in element.many(_PROOF)
        ),
    )


def _write_guardian(writer: XmlWriter, guardian: GuardianStay) -> None:
    days = {_FROM: guardian.arrived_on.isoformat(), _TO: guardian.discharged_on.isoformat()}
    with writer.element(_GUARDIAN, days):
        write_person(writer, _PERSON, guardian.person)


def _guardian(element: Element) -> GuardianStay:
    return GuardianStay(
        person=read_person(element.one(_PERSON)),
        arrived_on=element.day(_FROM),
        discharged_on=element.day(_TO),
    )


def _day(element: Element) -> TreatmentDay:
    return TreatmentDay(
        day=element.day(_DATE),
        procedures=tuple(
            Procedure(code=found.text(_ICD9), count=found.number(_COUNT))
            for found in element.many(_PROCEDURE)
        ),
    )
