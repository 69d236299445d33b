"""The examples of spa treatment tell one story: replies answer records, stays are of the contract."""

import re

import pytest

from rozlicz.kernel.identifiers import is_pesel
from rozlicz.messages.p_spa import read_p_spa
from rozlicz.messages.spa_replies import SpaRecord
from rozlicz.messages.turnus import read_turnus
from rozlicz.messages.umx import read_umx
from rozlicz.messages.wire.envelope import sha256_of
from tests.messages.example_files import EXAMPLES

ANSWERED = {
    "odpowiedz-turnus-krotka.tuz": "turnus-krotki.tux",
    "odpowiedz-turnus.tuz": "turnus.tux",
    "odpowiedz-zawiadomienie-krotka.zwz": "zawiadomienie-krotkie.zwx",
    "odpowiedz-zawiadomienia.zwz": "zawiadomienia.zwx",
    "odpowiedz-gielda-krotka.gdz": "gielda-krotka.gdx",
    "odpowiedz-gielda.gdz": "gielda.gdx",
}


@pytest.mark.parametrize("name", ANSWERED)
def test_a_reply_answers_each_record_of_its_message(name: str) -> None:
    reply, answered = read_p_spa(EXAMPLES / name)[1], EXAMPLES / ANSWERED[name]
    lines = answered.read_text().splitlines()
    assert reply.receipt.sha256 == sha256_of(answered)
    assert f'nr-gen="{reply.receipt.report_generation}"' in lines[1]
    for result in reply.results:
        assert re.search(f'<{result.record} [^>]*="{result.number}"', lines[result.line - 1])
    tags = "|".join(SpaRecord)
    assert len(reply.results) == sum(bool(re.search(f"<({tags}) ", line)) for line in lines)
    assert all(
        result.accepted != any(one.severity == "error" for one in result.findings) for result in reply.results
    )


@pytest.mark.parametrize("name", [name for name in ANSWERED.values() if name.endswith("tux")])
def test_stays_are_of_the_contract_and_persons_have_right_numbers(name: str) -> None:
    report, terms = read_turnus(EXAMPLES / name)[1], read_umx(EXAMPLES / "umowa-uzdrowisko.umx")[1]
    scope = terms.scope(report.scope, report.distinguisher)
    assert (report.contract, scope is not None) == (terms.code, True)
    for stay in report.stays:
        assert stay.cell in {cell.code for cell in scope.cells}
        assert all(is_pesel(person.id) for person in (stay.patient, *(one.person for one in stay.guardians)))
