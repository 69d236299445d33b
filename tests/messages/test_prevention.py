"""Lists of preventive examinations, both ways, and the monthly bill of them (R8, R34, R35)."""

import io
import tracemalloc
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.kernel.months import Month
from rozlicz.messages.bills import AttachmentReference, BillKind
from rozlicz.messages.header import new_header
from rozlicz.messages.persons import Person, PersonIdType
from rozlicz.messages.prevention import (
    Approval,
    BilledExamination,
    ExaminationPerformer,
    ExaminationState,
    PerformerIdType,
    PreventionBill,
    PreventiveExamination,
    Stage,
)
from rozlicz.messages.replies import Receipt
from rozlicz.messages.simp import ExaminationListReader, write_simp
from rozlicz.messages.simp_bill import read_simp_bill, write_simp_bill
from rozlicz.messages.wire.refusals import MessageRefused
from tests.messages import strategies_prevention as some
from tests.messages.documents import BILL
from tests.messages.schemas import assert_published
from tests.messages.strategies import MONTHS, RECEIPTS, headers, short

ROUNDS = settings(max_examples=60)
AT = datetime(2026, 11, 3, 10, 0)
OCTOBER = Month(2026, 10)
EXAMINATION = PreventiveExamination(
    id="2026/10/1",
    version=1,
    contract="05/059901/PRO/2026/7",
    scope="10.7940.158.02",
    distinguisher=1,
    programme="RP",
    stage=Stage.BASIC,
    patient=Person(id_type=PersonIdType.PESEL, id="58030201016"),
    performed_on=date(2026, 10, 5),
    performer=ExaminationPerformer(id_type=PerformerIdType.LICENCE_NUMBER, id="5400001"),
    cell="0599-050",
    result_on=date(2026, 10, 12),
    result="BI-RADS 1",
    state=ExaminationState.APPROVED,
    approval=Approval(approved_at=datetime(2026, 10, 12, 9, 30), approved_by="5400001", place="0599-M1"),
)


def header(kind: str):
    to, by = ("05", "059901") if kind == "SIMP" else ("059901", "05")
    return new_header(kind=kind, receiver=to, sender=by, generation=1, generated_at=AT)


def written(examinations, kind: str = "SIMP", receipt: Receipt | None = None) -> io.BytesIO:
    target = io.BytesIO()
    write_simp(iter(examinations), month=OCTOBER, header=header(kind), target=target, receipt=receipt)
    return target


@pytest.mark.slow
@ROUNDS
@given(short(some.examinations(judged=False), 4), MONTHS, headers("SIMP"), st.booleans())
def test_a_providers_list_comes_back(examinations, month, header, zipped) -> None:
    target = io.BytesIO()
    write_simp(iter(examinations), month=month, header=header, target=target, zipped=zipped)
    with ExaminationListReader(target) as found:
        assert (found.header, found.month, found.receipt) == (header, month, None)
        assert tuple(found) == examinations
    assert_published(target, "SIMP")


@pytest.mark.slow
@ROUNDS
@given(short(some.examinations(judged=True), 4), MONTHS, st.none() | RECEIPTS, headers("P_SIMP"))
def test_a_payers_list_comes_back(examinations, month, receipt, header) -> None:
    target = io.BytesIO()
    write_simp(iter(examinations), month=month, receipt=receipt, header=header, target=target)
    with ExaminationListReader(target) as found:
        assert (found.header, found.month, found.receipt) == (header, month, receipt)
        assert tuple(found) == examinations
    assert_published(target, "P_SIMP")


def test_r34_an_approval_belongs_to_an_approved_examination() -> None:
    for state in (ExaminationState.DRAFT, ExaminationState.WITHDRAWN):
        with pytest.raises(ValueError, match="does not fit"):
            replace(EXAMINATION, state=state)
    with pytest.raises(ValueError, match="does not fit"):
        replace(EXAMINATION, approval=None)


APPROVAL = '<zatwierdzenie czas="2026-10-12T09:30:00" osoba="5400001" miejsce="0599-M1"/>'


@pytest.mark.parametrize(
    ("before", "after", "code", "named"),
    [
        ('stan-badania="zatwierdzone"', 'stan-badania="robocze"', "element-unknown", "zatwierdzenie"),
        (APPROVAL, "", "element-missing", "zatwierdzenie"),
        ('stan-badania="zatwierdzone"', 'stan-badania="tak"', "attribute-wrong", "robocze"),
        ('data-wyk-badania="2026-10-05"', 'data-wyk-badania="5.10.2026"', "attribute-wrong", "5.10.2026"),
        ('nr-wersji="1"', 'nr-wersji="0"', "attribute-wrong", "nr-wersji"),
        ('etap="podstawowy"', 'etap="wstępny"', "attribute-wrong", "diagnostyczny"),
        ("<badanie ", '<badanie kolor="1" ', "attribute-unknown", "kolor"),
        (APPROVAL, f'{APPROVAL}<wynik kod="1"/>', "element-unknown", "wynik"),
        ("<zestawienie ", "<potwierdzenie/><zestawienie ", "element-unknown", "potwierdzenie"),
        ('okres="2026-10"', 'okres="2026-13"', "attribute-wrong", "2026-13"),
    ],
)
def test_a_fault_in_a_list_is_named(before: str, after: str, code: str, named: str) -> None:
    text = written([EXAMINATION]).getvalue().decode()
    assert before in text
    with pytest.raises(MessageRefused) as raised:
        list(ExaminationListReader(io.BytesIO(text.replace(before, after, 1).encode())))
    assert raised.value.code == code
    assert named in raised.value.text.pl
    assert raised.value.line is not None


def test_only_the_payer_sends_a_receipt() -> None:
    receipt = Receipt(number="1", received_at=AT, sha256="0" * 64, report_generation=1)
    with pytest.raises(ValueError, match="receipt"):
        written([], receipt=receipt)
    assert ExaminationListReader(written([], "P_SIMP", receipt)).receipt == receipt


def test_a_list_has_one_of_two_kinds() -> None:
    with pytest.raises(ValueError, match="RACH"):
        written([], "SIMP_RACH")
    with pytest.raises(MessageRefused, match="SIMP / P_SIMP"):
        ExaminationListReader(io.BytesIO(written([]).getvalue().replace(b'"SIMP"', b'"UMX"')))


LINE = replace(BILL.lines[0], units=20_000, price=9_000, amount=18_000)
BILLED = PreventionBill(
    bill=replace(BILL, lines=(LINE,), amount=18_000),
    examinations=tuple(
        BilledExamination(line=1, id=f"2026/10/{number}", version=1, number=f"S{number}") for number in (1, 2)
    ),
)


def test_r35_a_bill_counts_its_examinations() -> None:
    assert BILLED.adds_up
    first, second = BILLED.examinations
    taken_back = replace(LINE, units=-20_000, amount=-18_000)
    correction = replace(BILL, lines=(taken_back,), amount=-18_000, corrects_number="1")
    assert replace(BILLED, bill=correction).adds_up
    assert not replace(BILLED, examinations=(first,)).adds_up
    assert not replace(BILLED, examinations=(first, second, replace(second, line=2))).adds_up
    assert not replace(BILLED, bill=replace(BILLED.bill, amount=18_001)).adds_up
    for line in (replace(LINE, amount=18_001), replace(LINE, units=20_001)):
        assert not replace(BILLED, bill=replace(BILLED.bill, lines=(line,), amount=line.amount)).adds_up


def test_r8_a_bill_is_an_invoice_or_account_without_attachments() -> None:
    scan = AttachmentReference(kind="DEC", file_name="a.pdf", sha256="0" * 64)
    for change, named in (({"kind": BillKind.NOTE}, "NOTA"), ({"attachments": (scan,)}, "attachments")):
        wrong = replace(BILLED, bill=replace(BILLED.bill, **change))
        with pytest.raises(ValueError, match=named):
            write_simp_bill(wrong, header=header("SIMP_RACH"), target=io.BytesIO())


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ('rodzaj-dok="RACH"', 'rodzaj-dok="NOTA"', "attribute-wrong"),
        (' rodzaj-dok="RACH"', "", "attribute-missing"),
        ("<badanie ", '<badanie x="1" ', "attribute-unknown"),
        ("<badania>", "<zalaczniki/><badania>", "element-unknown"),
        ('nr-simp="S1"', "", "attribute-missing"),
    ],
)
def test_a_fault_in_a_bill_is_named(before: str, after: str, code: str) -> None:
    target = io.BytesIO()
    write_simp_bill(BILLED, header=header("SIMP_RACH"), target=target)
    text = target.getvalue().decode()
    assert before in text
    with pytest.raises(MessageRefused) as raised:
        read_simp_bill(io.BytesIO(text.replace(before, after, 1).encode()))
    assert raised.value.code == code


@pytest.mark.slow
def test_a_list_of_any_length_is_written_and_read_in_the_same_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.smx"
    peaks = []
    for count in (1_000, 4_000):
        tracemalloc.start()
        examinations = (replace(EXAMINATION, id=f"{number}") for number in range(count))
        write_simp(examinations, month=OCTOBER, header=header("SIMP"), target=path, zipped=True)
        assert sum(1 for _ in ExaminationListReader(path)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 2**20
