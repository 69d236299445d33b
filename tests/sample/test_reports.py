"""Reports: the same bytes from the same seed, exactly so many positions, and life-like variety."""

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from io import BytesIO, StringIO

import pytest

from rozlicz.kernel.identifiers import is_pesel
from rozlicz.messages.swiad import SwiadReader
from rozlicz.messages.wire.header_checks import check_header
from rozlicz.sample.patients import Shares
from rozlicz.sample.reports import NotPlantable, every_kind, possible_kinds, write_report
from rozlicz.sample.services import NothingToReport
from tests.sample.world import MONTH, NOW, TODAY, provider_of


def write(kind="hospital", *, target=None, csv_target=None, **more):
    provider = provider_of(kind)
    target = target or BytesIO()
    arguments = {
        "contracts": provider.contracts_in(MONTH),
        "month": MONTH,
        "positions": 300,
        "seed": 3,
        "errors": {"pesel-check-digit": 0.1},
        "installation": provider.installation,
        "generation": 12,
        "generated_at": NOW,
        "csv_target": csv_target,
    }
    return target.getvalue(), write_report(target, **(arguments | more)), target


@pytest.mark.slow
def test_the_same_seed_gives_the_same_bytes_zipped_and_plain():
    for zipped in (True, False):
        first, second = BytesIO(), BytesIO()
        for target in (first, second):
            write(target=target, zipped=zipped)
        assert first.getvalue() == second.getvalue()


def test_another_seed_gives_other_patients():
    first, second = StringIO(), StringIO()
    write(csv_target=first, seed=3)
    write(csv_target=second, seed=4)
    patients = [{line.split(";")[2] for line in text.getvalue().splitlines()[1:]} for text in (first, second)]
    assert not patients[0] & patients[1]


@pytest.mark.parametrize("positions", [1, 2, 10, 777])
@pytest.mark.parametrize("kind", ["hospital", "dentists", "nurse"])
def test_it_has_exactly_so_many_positions(kind, positions):
    target = BytesIO()
    _, expected, _ = write(kind, target=target, positions=positions)
    assert expected.positions == positions
    with SwiadReader(target) as reader:
        assert sum(batch.height for batch in reader) == positions


def test_the_header_passes_the_checks_of_reception():
    target = BytesIO()
    write(target=target)
    provider = provider_of("hospital")
    with SwiadReader(target) as reader:
        refusals = check_header(
            reader.header,
            branch="05",
            provider=provider.party.code,
            installation_long=provider.installation.long,
            installation_short=provider.installation.short,
            last_generation=11,
            now=NOW,
            expected_kind="SWIAD",
        )
    assert refusals == ()


@pytest.mark.slow
def test_patients_have_right_pesels_and_none_is_born_in_the_future():
    target = BytesIO()
    write(target=target, errors={}, positions=2000)
    with SwiadReader(target) as reader:
        frame = next(iter(reader))
    pesels = frame.filter(frame["patient_id_type"] == "P")["patient_id"].unique().to_list()
    assert len(pesels) > 1500
    assert all(map(is_pesel, pesels))


@pytest.mark.slow
def test_shares_of_coordinated_persons_and_decisions_are_kept():
    target = BytesIO()
    write("clinic", target=target, errors={}, positions=4000, shares=Shares(coordinated=0.1, decisions=0.05))
    with SwiadReader(target) as reader:
        documents = next(iter(reader))["entitlement_document"].value_counts()
    counts = dict(documents.iter_rows())
    assert 250 < counts["EKUZ"] + counts["S1"] < 550
    assert 120 < counts["DEC"] < 290


@pytest.mark.slow
def test_every_chosen_kind_is_planted_in_about_the_chosen_share():
    provider = provider_of("clinic")
    kinds = possible_kinds(provider.contracts_in(MONTH), MONTH, TODAY)
    _, expected, _ = write("clinic", errors=every_kind(0.32, kinds), positions=5000)
    assert set(expected.planted) == set(kinds)
    assert 0.30 * 5000 < sum(expected.planted.values()) < 0.36 * 5000


def test_a_small_report_still_has_each_chosen_mistake():
    _, expected, _ = write(errors={"missing-referral": 0.001, "cell-unknown": 0.001}, positions=10)
    assert set(expected.planted) == {"missing-referral", "cell-unknown"}


@pytest.mark.slow
def test_progress_moves_and_reaches_the_end():
    told = []
    write(positions=3500, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 3500
    assert len(told) >= 3


@pytest.mark.parametrize(
    ("errors", "sentence"),
    [
        ({"no-such-mistake": 0.1}, "no mistake called"),
        ({"discharge-mode-missing": 0.1}, "no opportunity"),
        ({"cell-unknown": 0.7, "malformed-date": 0.7}, "more than all"),
    ],
)
def test_a_mixture_that_cannot_be_made_is_refused(errors, sentence):
    with pytest.raises(NotPlantable, match=sentence):
        write("clinic", errors=errors)


def test_contracts_without_anything_to_report_are_refused():
    with pytest.raises(NothingToReport):
        write("spa", errors={})


def test_the_expectation_can_be_kept_as_json():
    _, expected, _ = write()
    data = json.loads(json.dumps(expected.to_json()))
    assert data["positions"] == 300
    assert data["findings"] == {"59903003": expected.rejected}
    assert sum(line["positions"] for line in data["performed"]) == data["accepted"]


def test_the_report_is_valid_xml_without_any_text():
    target = BytesIO()
    write(target=target, zipped=False)
    root = ET.fromstring(target.getvalue())
    assert all(not (element.text or "").strip() for element in root.iter())


@pytest.mark.slow
def test_memory_does_not_grow_with_the_report(tmp_path):
    """R-scale: three million positions are to fit in less than 300 MB."""
    program = """
import sys
from pathlib import Path
from tests.memory import peak
from tests.sample.world import MONTH, NOW, provider_of
from rozlicz.sample.reports import write_report
provider = provider_of("hospital")
def write(positions):
    write_report(Path(sys.argv[1]), contracts=provider.contracts_in(MONTH), month=MONTH, positions=positions, seed=1,
        errors={"cell-unknown": 0.05, "duplicate-service": 0.05}, installation=provider.installation, generation=1,
        generated_at=NOW)
    return peak()
small, large = write(10_000), write(100_000)
print(small, large)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "report.swx")],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": "src:."},
    )
    small, large = map(int, done.stdout.split())
    assert large < 300
    assert large - small < 10
