"""Spa treatment: what a clerk may get wrong is read for verification to say, what no one can read is refused."""

import io
from dataclasses import replace
from datetime import date, datetime

import pytest

from rozlicz.kernel.months import Month
from rozlicz.messages.gielda import read_gielda, write_gielda
from rozlicz.messages.header import Header, new_header
from rozlicz.messages.p_spa import read_p_spa, write_p_spa
from rozlicz.messages.persons import Person, PersonIdType
from rozlicz.messages.replies import Receipt
from rozlicz.messages.spa_notices import NoticeKind, OfferOfPlaces, SpaNotice, SpaNotices
from rozlicz.messages.spa_replies import SpaRecord, SpaReply, SpaReplyTo, SpaResult
from rozlicz.messages.spa_stays import (
    Absence,
    Consent,
    ConsentGivenBy,
    Exemption,
    GuardianStay,
    OutpatientMonth,
    Procedure,
    Round,
    SpaExemption,
    SpaReferral,
    SpaTreatment,
    Stay,
    StayReport,
    TreatmentDay,
)
from rozlicz.messages.turnus import read_turnus, write_turnus
from rozlicz.messages.zawuzd import read_zawuzd, write_zawuzd
from tests.messages.faults import assert_fault_is_named

AT = datetime(2026, 11, 2, 9, 30)


def header(kind: str) -> Header:
    return new_header(kind=kind, receiver="05", sender="059907", generation=1, generated_at=AT)


PATIENT = Person(id_type=PersonIdType.PESEL, id="58030201016")
STAY = Stay(
    number="1",
    referral=SpaReferral(number="05/2026/0001234", confirmed_by="07"),
    patient=PATIENT,
    product="5.11.02.0000015",
    cell="0599-101",
    arrived_on=date(2026, 10, 6),
    discharged_on=date(2026, 10, 27),
    discharge_mode="1",
    diagnoses=("M16.1",),
    absences=(
        Absence(
            begins_at=datetime(2026, 10, 17, 10),
            ends_at=datetime(2026, 10, 17, 22, 0, 1),
            consent=Consent(
                given_by="Anna Przykład",
                capacity=ConsentGivenBy.AUTHORISED_BY_HEAD,
                given_at=datetime(2026, 10, 16, 14, 5),
            ),
        ),
    ),
    days=(TreatmentDay(day=date(2026, 10, 7), procedures=(Procedure(code="93.31", count=2),)),),
    exemption=Exemption(ground=SpaExemption.ASBESTOS, statement_number="Z4/1", stated_on=date(2026, 10, 6)),
    guardians=(GuardianStay(person=PATIENT, arrived_on=date(2026, 10, 6), discharged_on=date(2026, 10, 27)),),
)
ROUND = Round(
    number="14",
    treatment=SpaTreatment.SANATORIUM,
    begins_on=date(2026, 10, 6),
    ends_on=date(2026, 10, 27),
)
REPORT = StayReport(
    number="T/14",
    version=1,
    contract="05/059907/UZD/2026/1",
    scope="08.1870.053.02",
    distinguisher=1,
    period=ROUND,
    stays=(STAY,),
)
NOTICE = SpaNotice(
    number="Z/1",
    version=1,
    kind=NoticeKind.NO_SHOW,
    referral="05/2026/0001235",
    patient=PATIENT,
    contract=REPORT.contract,
    treatment=SpaTreatment.SANATORIUM,
    planned_from=date(2026, 10, 6),
    planned_to=date(2026, 10, 27),
    happened_on=date(2026, 10, 6),
    reason="choroba",
)
OFFER = OfferOfPlaces(
    number="G/1",
    version=1,
    contract=REPORT.contract,
    scope=REPORT.scope,
    distinguisher=1,
    treatment=SpaTreatment.SANATORIUM,
    places=1,
    begins_on=date(2026, 11, 3),
    ends_on=date(2026, 11, 24),
    no_shows=("Z/1",),
)


def turnus(report: StayReport = REPORT) -> str:
    target = io.BytesIO()
    write_turnus(report, header=header("TURNUS"), target=target)
    return target.getvalue().decode()


def zawuzd(*notices: SpaNotice) -> str:
    target = io.BytesIO()
    write_zawuzd(
        SpaNotices(confirmed_by="07", notices=notices or (NOTICE,)), header=header("ZAWUZD"), target=target
    )
    return target.getvalue().decode()


def gielda() -> str:
    target = io.BytesIO()
    write_gielda((OFFER,), header=header("GIELDA"), target=target)
    return target.getvalue().decode()


def p_spa() -> str:
    target = io.BytesIO()
    receipt = Receipt(number="1", received_at=AT, sha256="0" * 64, report_generation=1)
    result = SpaResult(record=SpaRecord.STAY, number="1", version=1, line=5, accepted=True, person_days=20)
    write_p_spa(
        SpaReply(to=SpaReplyTo.STAY_REPORT, receipt=receipt, results=(result,)),
        header=header("P_TUR"),
        target=target,
    )
    return target.getvalue().decode()


READERS = {turnus: read_turnus, zawuzd: read_zawuzd, gielda: read_gielda, p_spa: read_p_spa}

WRONG_STAYS = {
    "discharged before arrival": replace(STAY, discharged_on=date(2026, 9, 27)),
    "outside the round": replace(STAY, arrived_on=date(2026, 10, 1), discharged_on=date(2026, 11, 9)),
    "a PESEL that is none": replace(STAY, patient=replace(PATIENT, id="58030201017")),
    "a branch that is none": replace(STAY, referral=replace(STAY.referral, confirmed_by="99")),
    "a leave that ends before it begins": replace(
        STAY, absences=(replace(STAY.absences[0], ends_at=datetime(2026, 10, 16)),)
    ),
    "a consent after the leave": replace(
        STAY,
        absences=(
            replace(
                STAY.absences[0],
                consent=Consent(
                    given_by="", capacity=ConsentGivenBy.HEAD_OF_UNIT, given_at=datetime(2026, 10, 18)
                ),
            ),
        ),
    ),
    "absences that overlap, one without end": replace(
        STAY,
        absences=(STAY.absences[0], Absence(begins_at=datetime(2026, 10, 17, 12), ends_at=None)),
    ),
    "no procedure on a day, and a code that is none": replace(
        STAY,
        days=(
            TreatmentDay(day=date(2026, 10, 7), procedures=()),
            TreatmentDay(day=date(2025, 1, 1), procedures=(Procedure(code="x", count=0),)),
        ),
    ),
    "asbestos without its document": replace(STAY, exemption=replace(STAY.exemption, proofs=())),
}


@pytest.mark.parametrize("wrong", WRONG_STAYS)
def test_a_stay_that_cannot_be_is_read_as_it_is_written(wrong: str) -> None:
    report = replace(REPORT, stays=(STAY, WRONG_STAYS[wrong]))
    assert read_turnus(io.BytesIO(turnus(report).encode()))[1] == report


def test_more_places_than_no_shows_are_read_r40() -> None:
    offers = (replace(OFFER, places=5),)
    target = io.BytesIO()
    write_gielda(offers, header=header("GIELDA"), target=target)
    assert read_gielda(target)[1] == offers


def test_a_leave_is_kept_to_the_second_r46() -> None:
    assert 'czas-do="2026-10-17T22:00:01"' in turnus()
    leave = read_turnus(io.BytesIO(turnus().encode()))[1].stays[0].absences[0]
    assert leave.ends_at == datetime(2026, 10, 17, 22, 0, 1)
    assert leave.is_leave


def test_records_know_their_lines() -> None:
    text = turnus(replace(REPORT, stays=(STAY, replace(STAY, number="2"))))
    report = read_turnus(io.BytesIO(text.encode()))[1]
    lines = text.split("\n")
    assert "<raport" in lines[report.line - 1]
    assert [f'id-pobytu="{stay.number}"' in lines[stay.line - 1] for stay in report.stays] == [True, True]
    text = zawuzd(NOTICE, replace(NOTICE, number="Z/2"))
    second = read_zawuzd(io.BytesIO(text.encode()))[1].notices[1]
    assert 'nr-zawiadomienia="Z/2"' in text.split("\n")[second.line - 1]


def test_outpatient_treatment_is_reported_by_month_r36() -> None:
    month = OutpatientMonth(treatment=SpaTreatment.OUTPATIENT_CHILDREN, month=Month(2026, 10))
    text = turnus(replace(REPORT, period=month))
    assert '<miesiac rodzaj="AZ" okres="2026-10"/>' in text
    assert read_turnus(io.BytesIO(text.encode()))[1].period == month


REPORT_PATH, STAY_PATH = "/komunikat/raport", "/komunikat/raport/pobyt"
STATIONARY_MONTH = '<miesiac rodzaj="SA" okres="2026-10"/>'
OUTPATIENT_MONTH = '<miesiac rodzaj="AD" okres="2026-10"/>'
# message, what is changed into what, code of the refusal, path, name that the sentence must hold
CASES = [
    (turnus, 'data-wypis="2026-10-27"', "", "attribute-missing", STAY_PATH, "data-wypis"),
    (turnus, 'data-wypis="2026-10-27"', 'data-wypis="27.10.2026"', "attribute-wrong", STAY_PATH, "27.10.2026"),
    (turnus, 'data-wypis="2026-10-27"', 'data-wypis="2026-10-32"', "attribute-wrong", STAY_PATH, "2026-10-32"),
    (turnus, 'nr-wersji="1"', 'nr-wersji="I"', "attribute-wrong", REPORT_PATH, "nr-wersji"),
    (turnus, 'rodzaj="SA"', 'rodzaj="AD"', "attribute-wrong", f"{REPORT_PATH}/turnus", "SZ, SA, RS, RA"),
    (turnus, "<turnus ", f"{STATIONARY_MONTH}<turnus ", "attribute-wrong", f"{REPORT_PATH}/miesiac", "AD, AZ"),
    (turnus, "<turnus ", f"{OUTPATIENT_MONTH}<turnus ", "element-unknown", f"{REPORT_PATH}/turnus", "turnus"),
    (turnus, "<turnus ", "<okres ", "element-missing", REPORT_PATH, "turnus"),
    (turnus, "<skierowanie ", "<zlecenie ", "element-missing", STAY_PATH, "skierowanie"),
    (turnus, "<pacjent ", "<pacjent/><pacjent ", "element-repeated", f"{STAY_PATH}/pacjent[2]", "pacjent"),
    (turnus, 'typ-id="P"', 'typ-id="PESEL"', "attribute-wrong", f"{STAY_PATH}/pacjent", "PESEL"),
    (turnus, "T10:00:00", "T10:00", "attribute-wrong", f"{STAY_PATH}/nieobecnosc", "2026-10-17T10:00"),
    (turnus, "T10:00:00", "T10:00:00+02:00", "attribute-wrong", f"{STAY_PATH}/nieobecnosc", "+02:00"),
    (turnus, 'funkcja="U"', 'funkcja="X"', "attribute-wrong", f"{STAY_PATH}/nieobecnosc/zgoda", "D, U"),
    (turnus, ' czas="2026-10-16T14:05:00"', "", "attribute-missing", f"{STAY_PATH}/nieobecnosc/zgoda", "czas"),
    (turnus, 'podstawa="azbest"', 'podstawa="asbestos"', "attribute-wrong", f"{STAY_PATH}/zwolnienie", "azbest"),
    (turnus, 'liczba="2"', 'liczba="dwa"', "attribute-wrong", f"{STAY_PATH}/dzien/zabieg", "dwa"),
    (turnus, "<dzien ", '<dzien godzina="8" ', "attribute-unknown", f"{STAY_PATH}/dzien", "godzina"),
    (turnus, "</pobyt>", "<uwagi/></pobyt>", "element-unknown", f"{STAY_PATH}/uwagi", "uwagi"),
    (turnus, "</raport>", "uwaga</raport>", "text", REPORT_PATH, "uwaga"),
    (turnus, 'typ="TURNUS"', 'typ="ZAWUZD"', "kind", "/komunikat", "TURNUS"),
    (zawuzd, 'rodzaj="N"', 'rodzaj="Z"', "attribute-wrong", "/komunikat/zawiadomienia/zawiadomienie", "N, U, S, D"),
    (zawuzd, "nr-wersji", 'x="1" nr-wersji', "attribute-unknown", "/komunikat/zawiadomienia/zawiadomienie", "x"),
    (zawuzd, 'oddz-nfz="07"', "", "attribute-missing", "/komunikat/zawiadomienia", "oddz-nfz"),
    (gielda, 'liczba-miejsc="1"', 'liczba-miejsc="1.5"', "attribute-wrong", "/komunikat/oferta", "1.5"),
    (gielda, "<niestawienie ", '<niestawienie x="" ', "attribute-unknown", "/komunikat/oferta/niestawienie", "x"),
    (p_spa, 'osobodni="20"', 'osobodni="20,0"', "attribute-wrong", "/komunikat/zapis", "20,0"),
    (p_spa, 'typ="P_TUR"', 'typ="P_SWI"', "kind", "/komunikat", "P_TUR / P_ZAW / P_GIE"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0].__name__}: {case[2]}")
def test_a_fault_is_named_where_it_stands(case) -> None:
    make, before, after, code, path, named = case
    assert_fault_is_named(READERS[make], make(), before, after, code=code, path=path, named=named)
