"""Reports of examinations: their period, their sets, and what is wrong with a file."""

import io

import pytest

from rozlicz.messages.examinations import ExaminationSet, ReportingPeriod
from rozlicz.messages.services import Examination, Patient
from rozlicz.messages.swiad import SwiadReader
from rozlicz.messages.swiad.typed import ExaminationReader, ServiceReader
from rozlicz.messages.swiad.writer import write_examinations
from rozlicz.messages.wire.envelope import MessageRefused
from tests.messages.example_files import EXAMPLES
from tests.messages.reports import header, unread, written

PERIOD = ReportingPeriod(date_from="2026-10-01", date_to="2026-10-31")
RICH = (EXAMPLES / "raport-badan.swx").read_text(encoding="utf-8")


def report(*sets: ExaminationSet) -> bytes:
    target = io.BytesIO()
    write_examinations(period=PERIOD, sets=sets, header=header("WYKBAD"), target=target)
    return target.getvalue()


def one(number: int) -> ExaminationSet:
    examination = Examination(performed_on="2026-10-05", code="A", multiplicity="1")
    return ExaminationSet(id=str(number), patient=Patient(id="80022912345"), examinations=(examination,))


def refusal(text: str | bytes, reading=ExaminationReader) -> MessageRefused:
    with pytest.raises(MessageRefused) as raised:
        list(reading(io.BytesIO(text if isinstance(text, bytes) else text.encode())))
    return raised.value


def test_period_and_sets_are_read_in_order() -> None:
    sets = tuple(map(one, range(3000)))
    with ExaminationReader(io.BytesIO(report(*sets))) as reader:
        assert reader.period == PERIOD
        assert tuple(reader) == sets


def test_the_head_of_a_report_without_sets_is_read() -> None:
    with ExaminationReader(io.BytesIO(report())) as reader:
        assert (reader.period, list(reader)) == (PERIOD, [])


@pytest.mark.parametrize("sets", [0, 3, 3000])
def test_a_report_without_its_period_is_refused(sets: int) -> None:
    line = b'  <nfz:okres-spr data-od="2026-10-01" data-do="2026-10-31"/>\n'
    content = report(*map(one, range(sets)))
    assert line in content
    found = refusal(content.replace(line, b""))
    assert (found.code, "nfz:okres-spr" in found.text.pl) == ("element-missing", True)


def test_a_report_of_another_area_is_refused_by_every_reader() -> None:
    for reading in (ServiceReader, SwiadReader):
        assert refusal(report(one(1)), reading).code == "area"
    assert refusal(written()).code == "area"


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("<nfz:okres-spr ", '<nfz:okres-spr x="1" ', "nfz:okres-spr/@x"),
        ('id-zest="2026/10/B101"', 'id-zest="2026/10/B101" x="1"', "nfz:zestaw-wyk-bad-poz/@x"),
        ('id-bad="1"', 'id-bad="1" x="1"', "nfz:wyk-badanie/@x"),
        ('wyroznik="1"/>', 'wyroznik="1"><a/></nfz:poz-umowy>', "nfz:poz-umowy/a"),
        ("</nfz:wyk-badanie>", "<nfz:poz-umowy/></nfz:wyk-badanie>", "nfz:poz-umowy[2]"),
        ("</swiadczeniodawca>", "<nfz:okres-spr/></swiadczeniodawca>", "nfz:okres-spr[2]"),
        (
            "</swiadczeniodawca>",
            "<zestaw-swiadczen/></swiadczeniodawca>",
            "swiadczeniodawca/zestaw-swiadczen",
        ),
        ('usun="T"', 'usun="?"', "nfz:zestaw-wyk-bad-poz/@usun"),
    ],
)
def test_what_is_unknown_is_noted(before: str, after: str, place: str) -> None:
    changed = RICH.replace(before, after, 1)
    assert changed != RICH
    assert set(unread(changed, ExaminationReader)) == {place}
