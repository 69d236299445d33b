"""`rozlicz sample` on the command line: the road from the sample to a checked report, and what is typed wrongly."""

import json
from pathlib import Path

import pytest

TODAY = ("--today", "2026-11-21")


@pytest.mark.slow
def test_the_sample_goes_the_whole_way_to_a_checked_report(typed):
    made = typed(
        "sample", "dane", "--seed", 3, "--positions", 80, "--errors", "10%", "--only", "doctor", *TODAY
    )
    assert made.status == 0, made.err
    assert made.out.startswith("dane: zapisano plików 6")
    folder = Path("dane/050105-doctor")
    built = typed(
        "report", "build", folder / "raport-2026-10.csv", "--contract", folder / "umowa-AOS-01-2026.umx",
        "-o", "raport.swx",
    )  # fmt: skip
    assert built.status == 0, built.err
    assert "portal odrzuci" not in built.err
    checked = typed(
        "report", "check", "raport.swx", "--contract", folder / "umowa-AOS-01-2026.umx", "--json",
        "--received-on", "2026-11-21",
    )  # fmt: skip
    assert checked.status == 1
    found = json.loads(checked.out)["totals"]
    expected = json.loads((folder / "raport-2026-10.oczekiwane.json").read_text("utf-8"))
    assert (found["accepted"], found["rejected"]) == (expected["accepted"], expected["rejected"])


def test_chosen_kinds_of_mistakes_are_planted_and_no_others(typed):
    made = typed(
        "sample", "dane", "--positions", 50, "--only", "050107", "--error", "cell-unknown=10%",
        "--error", "missing-referral=0,1", *TODAY,
    )  # fmt: skip
    assert made.status == 0, made.err
    expected = json.loads(next(Path("dane").rglob("*.json")).read_text("utf-8"))
    assert set(expected["planted"]) == {"cell-unknown", "missing-referral"}


def test_mistakes_can_be_listed(typed):
    ended = typed("sample", "--list-errors")
    assert ended.status == 0
    assert "pesel-check-digit" in ended.out
    assert "59903003" in ended.out
    assert "ostatnia cyfra numeru PESEL jest błędna" in ended.out


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        ((), 2, "Podaj katalog"),
        (("dane", "--errors", "dużo"), 2, "nie jest udziałem"),
        (("dane", "--errors", "500%"), 2, "nie jest udziałem"),
        (("dane", "--error", "bzdura=5%"), 2, "--list-errors"),
        (("dane", "--month", "2026-13"), 2, "nie jest miesiącem"),
        (("dane", "--month", "2026-12"), 2, "jeszcze nie nadszedł"),
        (("dane", "--month", "2024-10"), 2, "Umowy próbne obowiązują od 2026-01"),
        (("dane", "--branch", "99"), 2, "Nie ma oddziału 99"),
        (("dane", "--only", "szpital"), 2, "Są: 050101"),
        (("dane", "--only", "nurse", "--error", "discharge-mode-missing=5%"), 1, "nie da się utworzyć"),
    ],
)
def test_what_cannot_be_made_is_said_in_a_sentence(typed, arguments, status, sentence):
    ended = typed("sample", *arguments, *TODAY)
    assert ended.status == status
    assert sentence in ended.err
    assert "Traceback" not in ended.err


def test_a_place_that_cannot_be_written_to_is_said_in_a_sentence(typed):
    Path("dane").write_text("a file")
    ended = typed("sample", "dane", "--positions", 5, *TODAY)
    assert ended.status == 1
    assert "dane" in ended.err
