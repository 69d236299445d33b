"""The sample as a folder: the files a newcomer works through the whole road with, the same whenever asked for."""

import hashlib
import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest

from rozlicz.documents.issuer_file import read_issuer_file
from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import SettledBy
from rozlicz.messages.swiad import SwiadReader
from rozlicz.messages.umx import read_umx
from rozlicz.sample.branch import make_branch
from rozlicz.sample.faults.catalogue import FAULTS, meanings
from rozlicz.sample.folder import Wishes, folder_name, usual_size, write_folder
from rozlicz.sample.reports import NotPlantable
from tests.sample.world import BRANCH, MONTH, NOW, REPORTING, TODAY, provider_of, verdict_on

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    target = tmp_path_factory.mktemp("sample")
    wishes = Wishes(months=(Month(2026, 9), MONTH), errors=0.05, corrections=True)
    return target, write_folder(target, BRANCH, wishes, generated_at=NOW, generation=100)


def test_every_file_it_names_is_there_and_no_other(written):
    target, files = written
    assert sorted(files) == sorted(path for path in target.rglob("*") if path.is_file())
    assert "nie istnieją" in (target / "CZYTAJ.txt").read_text(encoding="utf-8")


def test_contracts_can_be_read_back(written):
    target, _ = written
    for provider in BRANCH.providers:
        folder = target / folder_name(provider)
        read = [read_umx(path)[1] for path in sorted(folder.glob("*.umx"))]
        assert sorted(read, key=lambda one: (one.code, one.annex)) == sorted(
            provider.contracts, key=lambda one: (one.code, one.annex)
        )


def test_the_issuers_file_names_the_party_of_the_contract_and_the_installation(written):
    target, _ = written
    for provider in BRANCH.providers:
        issuer = read_issuer_file((target / folder_name(provider) / "wystawca.toml").read_text("utf-8"))
        assert issuer.party == provider.party
        assert issuer.bank_account == provider.bank_account
        assert issuer.vat_exemption == provider.vat_exemption
        assert issuer.installation == provider.installation.long


def test_reports_of_a_provider_have_growing_numbers_and_the_result_that_stands_beside_them(written):
    target, _ = written
    for provider in BRANCH.providers:
        folder = target / folder_name(provider)
        numbers = []
        for month in (Month(2026, 9), MONTH):
            report = folder / f"raport-{month}.swx"
            if not report.exists():
                assert provider.kind == "spa"
                continue
            expected = json.loads(report.with_name(f"raport-{month}.oczekiwane.json").read_text("utf-8"))
            verdict = verdict_on(report.read_bytes(), provider.contracts_in(month))
            assert verdict.findings == expected["findings"]
            assert verdict.accepted_value == expected["accepted_value"]
            assert set(expected["meaning_of_mistakes"]) == set(expected["planted"])
            correction = folder / f"raport-{month}-korekta.swx"
            for path in (report, correction):
                with SwiadReader(path) as reader:
                    numbers.append(reader.header.generation)
        assert numbers == list(range(100, 100 + len(numbers)))


def test_the_same_wishes_give_the_same_bytes(tmp_path):
    sums = []
    for name in ("one", "two"):
        branch = make_branch(11, today=TODAY)
        wishes = Wishes(months=(MONTH,), positions=60, errors=0.2, corrections=True)
        files = write_folder(tmp_path / name, branch, wishes, generated_at=NOW, generation=1)
        sums.append(
            {
                path.relative_to(tmp_path / name): hashlib.sha256(path.read_bytes()).hexdigest()
                for path in files
            }
        )
    assert sums[0] == sums[1]


def test_without_a_wished_size_a_report_is_about_the_plan_of_the_month():
    for provider in BRANCH.providers:
        size = usual_size(provider, MONTH, BRANCH.seed)
        assert (size == 0) == (provider.kind == "spa")
    nurse = provider_of("nurse")
    plan = nurse.contracts[0].scopes[0].plan[9].units // 10_000
    assert 0.9 * plan < usual_size(nurse, MONTH, BRANCH.seed) < 1.2 * plan


@pytest.mark.parametrize("provider", REPORTING, ids=lambda provider: provider.kind)
def test_scopes_are_performed_near_their_plans_some_below_some_above(provider, tmp_path):
    wishes = Wishes(months=(MONTH,), only=frozenset({provider.kind}), flat=False)
    write_folder(tmp_path, BRANCH, wishes, generated_at=NOW, generation=1)
    expected = json.loads(next(tmp_path.rglob("*.json")).read_text("utf-8"))
    done = Counter()
    for line in expected["performed"]:
        done[line["contract"], line["scope"], line["distinguisher"]] += line["units"]
    for contract in provider.contracts_in(MONTH):
        for scope in contract.scopes:
            plan = sum(row.units for row in scope.plan if row.month == MONTH)
            if plan and scope.settled_by is SettledBy.SERVICES:
                assert 0.4 < done[contract.code, scope.code, scope.distinguisher] / plan < 1.7


def test_only_the_asked_providers_are_written(tmp_path):
    wishes = Wishes(months=(MONTH,), positions=10, only=frozenset({"doctor", "050107"}), flat=False)
    write_folder(tmp_path, BRANCH, wishes, generated_at=NOW, generation=1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["050105-doctor", "050107-nurse", "CZYTAJ.txt"]
    assert not list(tmp_path.rglob("*.csv"))


def test_a_mistake_that_a_provider_cannot_make_is_refused(tmp_path):
    wishes = Wishes(
        months=(MONTH,), positions=10, errors={"discharge-mode-missing": 0.1}, only=frozenset({"nurse"})
    )
    with pytest.raises(NotPlantable):
        write_folder(tmp_path, BRANCH, wishes, generated_at=NOW, generation=1)


def test_in_january_december_can_still_be_reported(tmp_path):
    branch = make_branch(7, today=date(2027, 1, 5))
    wishes = Wishes(months=(Month(2026, 12),), positions=100, errors=0.3, only=frozenset({"clinic"}))
    write_folder(tmp_path, branch, wishes, generated_at=datetime(2027, 1, 5), generation=1)
    report = next(tmp_path.rglob("*.swx"))
    expected = json.loads(next(tmp_path.rglob("*.json")).read_text("utf-8"))
    clinic = branch.providers[1]
    verdict = verdict_on(report.read_bytes(), clinic.current_contracts, received_on=date(2027, 1, 5))
    assert verdict.findings == expected["findings"]


def test_every_kind_of_mistake_is_told_in_words_and_documented():
    assert set(meanings()) == set(FAULTS)
    page = Path(__file__).parents[2].joinpath("docs/sample.md").read_text(encoding="utf-8")
    for kind, fault in FAULTS.items():
        assert f"| `{kind}` | {' '.join(fault.codes)} | {meanings()[kind].en} |" in page
