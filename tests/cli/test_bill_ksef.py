"""`rozlicz bill` with invoices of KSeF: made from a template, and checked as the branch checks a bill."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from rozlicz.kernel.ksef_number import KsefNumber
from rozlicz.messages.ksef.reader import read_ksef
from rozlicz.messages.ksef.schema import schema_errors_of_ksef
from tests.cli.test_bill import CORRECTING, bill, built, checked, contract_file, template_file
from tests.documents.desk import CLINIC

NUMBER = str(KsefNumber(seller=CLINIC.nip, accepted_on=date(2024, 11, 2), technical="0100001AF629"))


@pytest.fixture(autouse=True)
def in_polish(monkeypatch):
    monkeypatch.setenv("ROZLICZ_LANG", "pl")
    monkeypatch.setenv("COLUMNS", "200")


def correcting(folder: Path, *more: object):
    return built(
        folder, "--ksef", "--corrects", "1/10/2024", "--reason", "po weryfikacji", *more,
        name="faktura.xml", templates=(CORRECTING,),
    )  # fmt: skip


def test_an_invoice_for_ksef_is_built_and_passes_the_branchs_checks(tmp_path):
    result = built(tmp_path, "--ksef", name="faktura.xml")
    assert result.exit_code == 0, result.output
    assert schema_errors_of_ksef(tmp_path / "faktura.xml") == ()
    result = checked(tmp_path, tmp_path / "faktura.xml")
    assert result.exit_code == 0, result.output
    assert "zgodny z szablonem" in result.output


def test_a_correction_names_the_corrected_invoice_as_ksef_knows_it(tmp_path):
    result = correcting(tmp_path, "--corrects-issued-on", "2024-11-02", "--corrects-ksef-number", NUMBER)
    assert result.exit_code == 0, result.output
    correction = read_ksef(tmp_path / "faktura.xml").invoice.correction
    assert (correction.issued_on, str(correction.ksef_number)) == (date(2024, 11, 2), NUMBER)


def test_what_ksef_would_not_take_is_told_and_nothing_is_written(tmp_path):
    result = correcting(tmp_path)
    assert result.exit_code == 1
    assert "K-107" in result.output
    assert "KSeF nie przyjąłby tej faktury; liczba powodów: 1." in result.output
    assert not (tmp_path / "faktura.xml").exists()


@pytest.mark.parametrize("kind", ["RACH", "NOTA"])
def test_only_invoices_go_to_ksef(tmp_path, kind):
    result = built(tmp_path, "--ksef", "--kind", kind, name="faktura.xml")
    assert result.exit_code == 1
    assert not (tmp_path / "faktura.xml").exists()


@pytest.mark.parametrize(
    ("more", "word"),
    [
        (("--ksef", "--bill-type", 1), "--bill-type"),
        (("--ksef", "--corrects-ksef-number", NUMBER), "--corrects-issued-on"),
        (("--ksef", "--corrects-issued-on", "2024-11-02", "--corrects-ksef-number", "1"), "35 znaków"),
        (("--kind", "FAKT", "--recipient-id", "1070001057-00052"), "--ksef"),
        (("--kind", "FAKT", "--corrects-issued-on", "2024-11-02"), "--ksef"),
    ],
)
def test_options_that_do_not_go_together_are_told(tmp_path, more, word):
    name = "faktura.rfx" if "--bill-type" in more else "faktura.xml"
    result = built(tmp_path, *more, name=name)
    assert result.exit_code == 2, result.output
    assert word in result.output
    assert not (tmp_path / name).exists()


def test_what_a_foreign_invoice_says_beyond_a_bill_and_leaves_out_is_shown(tmp_path):
    built(tmp_path, "--ksef", name="faktura.xml")
    path = tmp_path / "faktura.xml"
    content = path.read_text(encoding="utf-8")
    content = content.replace("<Klucz>id-swd</Klucz>", "<Klucz>nasz-nr</Klucz>")
    path.write_text(content.replace("<P_2>", "<P_1M>Łódź</P_1M><P_2>"), encoding="utf-8")
    result = checked(tmp_path, path)
    assert result.exit_code == 1
    assert "/Faktura/Fa/P_1M: Łódź" in result.output
    assert "issuer.code" in result.output
    assert "B-311" in result.output
    found = json.loads(checked(tmp_path, path, "--json").stdout)
    assert [one["place"] for one in found["ksef"]["unread"]] == [
        "/Faktura/Fa/P_1M",
        "/Faktura/Fa/DodatkowyOpis[3]",
    ]
    assert found["ksef"]["lacking"] == ["issuer.code"]


def test_an_invoice_that_names_no_template_cannot_be_checked(tmp_path):
    built(tmp_path, "--ksef", name="faktura.xml")
    path = tmp_path / "faktura.xml"
    content = path.read_text(encoding="utf-8")
    path.write_text(content.replace("<Klucz>id-szablonu</Klucz>", "<Klucz>nr</Klucz>"), encoding="utf-8")
    result = checked(tmp_path, path)
    assert result.exit_code == 1
    assert "nie wskazuje szablonu rachunku" in result.output


def test_another_message_is_called_by_its_name(tmp_path):
    template_file(tmp_path)
    result = bill("check", contract_file(tmp_path), "--template", tmp_path / "szablon.zrz")
    assert result.exit_code == 1
    assert "UMX" in result.output
