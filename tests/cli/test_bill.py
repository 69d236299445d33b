"""`rozlicz bill`: from template and issuer's file to a bill that the branch takes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from typer.testing import CliRunner

from rozlicz.cli.bill import app
from rozlicz.cli.bill_desk import generation_at
from rozlicz.documents.issuer_file import IssuerFile, issuer_file_text
from rozlicz.kernel.months import Month
from rozlicz.messages.bills import BillKind, VatExemption
from rozlicz.messages.fakt_rach import read_bill, write_bill
from rozlicz.messages.header import new_header
from rozlicz.messages.r_umx import write_r_umx
from rozlicz.messages.ref import read_ref
from rozlicz.messages.signatures.xades import signatures_of
from rozlicz.messages.templates import CalculatedBy
from rozlicz.messages.umx import write_umx
from tests.documents import desk
from tests.documents.desk import ACCOUNT, CLINIC, CONTRACT, OTHER_ACCOUNT
from tests.messages.signers import anna

# A month that is over on any machine's clock: `build` checks a bill as received today.
TEMPLATE = replace(desk.TEMPLATE, month=Month(2024, 10))
CORRECTING = replace(desk.CORRECTING, month=Month(2024, 10))
MOMENT = datetime(2024, 11, 3, 10, 0)


@pytest.fixture(autouse=True)
def in_polish(monkeypatch):
    monkeypatch.setenv("ROZLICZ_LANG", "pl")
    monkeypatch.setenv("COLUMNS", "200")


def issuer_file(folder: Path, **changes) -> Path:
    issuer = IssuerFile(
        party=replace(CLINIC, **changes),
        bank_account=ACCOUNT,
        vat_exemption=VatExemption.MEDICAL_CARE_BY_ENTITY,
        installation="05010318-FXFXZA1JPEVAKBR3VQ7N",
    )
    path = folder / "wystawca.toml"
    path.write_text(issuer_file_text(issuer), encoding="utf-8")
    return path


def template_file(folder: Path, *templates) -> Path:
    path = folder / "szablon.zrz"
    header = new_header(kind="R_UMX", receiver=CLINIC.code, sender="05", generation=1, generated_at=MOMENT)
    write_r_umx(templates or (TEMPLATE,), header=header, target=path)
    return path


def contract_file(folder: Path, contract=CONTRACT) -> Path:
    path = folder / "umowa.umx"
    header = new_header(kind="UMX", receiver=CLINIC.code, sender="05", generation=1, generated_at=MOMENT)
    write_umx(contract, header=header, target=path)
    return path


def bill(*arguments: object):
    return CliRunner().invoke(app, [str(one) for one in arguments])


def built(folder: Path, *more: object, name: str = "rachunek.erx", templates=(), **issuer):
    return bill(
        "build",
        "--template", template_file(folder, *templates),
        "--issuer", issuer_file(folder, **issuer),
        "--contract", contract_file(folder),
        "--issued-on", "2024-11-04",
        "-o", folder / name,
        *more,
    )  # fmt: skip


def checked(folder: Path, file: Path, *more: object):
    return bill(
        "check", file,
        "--template", folder / "szablon.zrz",
        "--contract", folder / "umowa.umx",
        "--received-on", "2024-11-05",
        *more,
    )  # fmt: skip


@pytest.mark.parametrize(("name", "kind"), [("r.erx", BillKind.ACCOUNT), ("r.efx", BillKind.INVOICE)])
def test_a_bill_is_built_and_passes_the_branchs_checks(tmp_path, name, kind):
    result = built(tmp_path, "--generation", 7, name=name)
    assert result.exit_code == 0, result.output
    header, found = read_bill(tmp_path / name)
    assert (found.kind, found.number, found.amount) == (kind, "700123/10/2024", TEMPLATE.amount)
    assert (header.sender, header.receiver, header.generation) == (CLINIC.code, "05", 7)
    assert header.installation == "05010318-FXFXZA1JPEVAKBR3VQ7N"
    result = checked(tmp_path, tmp_path / name)
    assert result.exit_code == 0, result.output
    assert "zgodny z szablonem" in result.output


def test_the_contract_is_not_needed(tmp_path):
    result = bill(
        "build",
        "--template", template_file(tmp_path),
        "--issuer", issuer_file(tmp_path),
        "--issued-on", "2024-11-04",
        "-o", tmp_path / "r.erx",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert (tmp_path / "r.erx").exists()


def test_r15_a_wrong_issuer_is_told_and_nothing_is_written(tmp_path):
    result = built(tmp_path, name="r.erx", form_of_business="spółka cywilna")
    assert result.exit_code == 1
    assert "B-315" in result.output
    assert "spółka jawna" in result.output
    assert not (tmp_path / "r.erx").exists()


def test_english_sentences_by_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("ROZLICZ_LANG", "en")
    result = built(tmp_path, form_of_business="spółka cywilna")
    assert "The branch would refuse this bill; reasons: 1." in result.output


def test_r9_a_late_bill_is_written_with_a_warning(tmp_path):
    result = built(tmp_path)
    assert result.exit_code == 0
    late = checked(tmp_path, tmp_path / "rachunek.erx", "--received-on", "2024-11-20")
    assert late.exit_code == 0
    assert "B-403" in late.output


def test_r13_a_correcting_bill_names_number_and_reason(tmp_path):
    refused = built(tmp_path, templates=[CORRECTING])
    assert refused.exit_code == 1
    assert "B-601" in refused.output
    assert "B-602" in refused.output
    result = built(
        tmp_path, "--corrects", "17/10/2024", "--reason", "usunięcie świadczenia", templates=[CORRECTING]
    )
    assert result.exit_code == 0, result.output
    _, found = read_bill(tmp_path / "rachunek.erx")
    assert (found.corrects_number, found.amount) == ("17/10/2024", CORRECTING.amount)


def test_r65_one_of_several_templates_is_chosen(tmp_path):
    both = [TEMPLATE, CORRECTING]
    unclear = built(tmp_path, templates=both)
    assert unclear.exit_code == 2
    assert "700123, 700200" in unclear.output
    absent = built(tmp_path, "--template-number", 5, templates=both)
    assert absent.exit_code == 2
    assert built(tmp_path, "--template-number", 700123, templates=both).exit_code == 0


def test_r2_an_attachment_is_named_with_its_hash(tmp_path):
    scan = tmp_path / "ekuz.pdf"
    scan.write_bytes(b"%PDF-1.7")
    assert built(tmp_path, "--attach", f"ent={scan}").exit_code == 0
    _, found = read_bill(tmp_path / "rachunek.erx")
    (reference,) = found.attachments
    assert (reference.kind, reference.file_name) == ("ENT", "ekuz.pdf")
    assert reference.sha256 == hashlib.sha256(b"%PDF-1.7").hexdigest()
    unknown = built(tmp_path, "--attach", f"XYZ={scan}")
    assert unknown.exit_code == 1
    assert "B-702" in unknown.output


@pytest.mark.parametrize(
    ("more", "name", "word"),
    [
        ([], "rachunek.xml", "--kind"),
        (["--kind", "fakt"], "rachunek.erx", ".efx"),
        (["--attach", "ekuz.pdf"], "rachunek.erx", "RODZAJ=PLIK"),
        (["--attach", "ENT=nie-ma.pdf"], "rachunek.erx", "nie-ma.pdf"),
    ],
)
def test_a_command_typed_wrongly_says_how_to_type_it(tmp_path, more, name, word):
    result = built(tmp_path, *more, name=name)
    assert result.exit_code == 2
    assert word in result.output
    assert not (tmp_path / name).exists()


def test_the_kind_may_be_given_where_the_name_does_not_say_it(tmp_path):
    assert built(tmp_path, "--kind", "fakt", name="rachunek.xml").exit_code == 0
    assert read_bill(tmp_path / "rachunek.xml")[1].kind is BillKind.INVOICE


def test_every_fault_of_the_issuers_file_is_told(tmp_path):
    broken = tmp_path / "wystawca.toml"
    broken.write_text('[wystawca]\nkod = "5"\nnazwa = "X"\n', encoding="utf-8")
    result = bill(
        "build", "--template", template_file(tmp_path), "--issuer", broken, "-o", tmp_path / "r.erx"
    )
    assert result.exit_code == 1
    assert "wystawca.kod" in result.output
    assert "rachunek.konto" in result.output
    broken.write_bytes(b"\xff\xfe")
    result = bill(
        "build", "--template", template_file(tmp_path), "--issuer", broken, "-o", tmp_path / "r.erx"
    )
    assert result.exit_code == 1
    assert "UTF-8" in result.output


def test_a_changed_bill_is_refused_with_every_reason_also_for_programs(tmp_path):
    built(tmp_path)
    header, good = read_bill(tmp_path / "rachunek.erx")
    bad = replace(good, amount=1, bank_account=OTHER_ACCOUNT, template=9)
    write_bill(bad, header=header, target=tmp_path / "zly.erx")
    result = checked(tmp_path, tmp_path / "zly.erx", "--bank-account", ACCOUNT, "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert not told["accepted"]
    assert [one["code"] for one in told["refusals"]] == ["B-101", "B-502", "B-207"]
    readable = checked(tmp_path, tmp_path / "zly.erx")
    assert readable.exit_code == 1
    assert "B-101" in readable.output


def test_the_generation_number_grows_by_itself():
    first = generation_at(datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    assert first < generation_at(datetime(2026, 10, 25, 1, 0, tzinfo=UTC)) < 10**9


def test_the_generation_number_follows_the_last_one_of_the_issuers_file(tmp_path):
    issuer = issuer_file(tmp_path)
    issuer.write_text(f"{issuer.read_text(encoding='utf-8')}ostatni-numer = 6250\n", encoding="utf-8")
    result = bill(
        "build", "--template", template_file(tmp_path), "--issuer", issuer, "-o", tmp_path / "r.erx"
    )
    assert result.exit_code == 0, result.output
    assert read_bill(tmp_path / "r.erx")[0].generation == 6251


def key_file(folder: Path, name: str, password: bytes | None) -> Path:
    """The key and certificate of somebody who signs, locked when there is a password."""
    key, certificate = anna()
    lock = BestAvailableEncryption(password) if password else NoEncryption()
    path = folder / name
    if name.endswith(".p12"):
        path.write_bytes(pkcs12.serialize_key_and_certificates(b"anna", key, certificate, None, lock))
    else:
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)
        path.write_bytes(pem + certificate.public_bytes(Encoding.PEM))
    return path


@pytest.mark.parametrize(
    ("name", "password"), [("klucz.p12", b"tajne"), ("klucz.pem", b"tajne"), ("klucz.pem", None)]
)
def test_r6_a_bill_is_signed_and_the_check_tells_who_signed(tmp_path, monkeypatch, name, password):
    monkeypatch.setenv("ROZLICZ_KEY_PASSWORD", "tajne")
    signed = built(tmp_path, "--sign", key_file(tmp_path, name, password))
    assert signed.exit_code == 0, signed.output
    file = tmp_path / "rachunek.erx"
    [signature] = signatures_of(file)
    assert signature.holds
    seen = checked(tmp_path, file)
    assert seen.exit_code == 0
    assert "Anna Przykładowa" in seen.output
    assert "nie sprawdzano" in seen.output
    roots = tmp_path / "zaufane.pem"
    roots.write_bytes(anna().certificate.public_bytes(Encoding.PEM))
    [told] = json.loads(checked(tmp_path, file, "--roots", roots, "--json").stdout)["signatures"]
    assert (told["signer"], told["holds"], told["rooted"]) == ("Anna Przykładowa", True, True)


def test_the_password_of_a_key_is_asked_for(tmp_path, monkeypatch):
    monkeypatch.delenv("ROZLICZ_KEY_PASSWORD", raising=False)
    command = [
        "build", "--template", template_file(tmp_path), "--issuer", issuer_file(tmp_path),
        "--issued-on", "2024-11-04", "-o", tmp_path / "r.erx", "--sign", key_file(tmp_path, "k.p12", b"tajne"),
    ]  # fmt: skip
    wrong = CliRunner().invoke(app, [str(one) for one in command], input="inne\n")
    assert wrong.exit_code == 1
    assert "właściwe hasło" in wrong.output
    assert not (tmp_path / "r.erx").exists()
    right = CliRunner().invoke(app, [str(one) for one in command], input="tajne\n")
    assert right.exit_code == 0, right.output
    assert "tajne" not in right.output
    assert [one.holds for one in signatures_of(tmp_path / "r.erx")] == [True]


def test_r6_a_bill_changed_after_signing_is_refused(tmp_path):
    assert built(tmp_path, "--sign", key_file(tmp_path, "k.pem", None)).exit_code == 0
    file = tmp_path / "rachunek.erx"
    file.write_bytes(file.read_bytes().replace(b"W11 ", b"W11  ", 1))
    result = checked(tmp_path, file)
    assert result.exit_code == 1
    assert "B-805" in result.output
    assert "zmieniono po podpisaniu" in result.output


def test_a_file_that_is_no_key_does_not_sign(tmp_path):
    result = built(tmp_path, "--sign", issuer_file(tmp_path))
    assert result.exit_code == 1
    assert "nie można odczytać jako klucza" in result.output
    assert built(tmp_path).exit_code == 0
    no_roots = checked(tmp_path, tmp_path / "rachunek.erx", "--roots", issuer_file(tmp_path))
    assert no_roots.exit_code == 2
    assert "nie zawiera certyfikatów" in no_roots.output


def test_a_note_is_made_of_a_template_of_devices_only(tmp_path):
    refused = built(tmp_path, name="nota.enx")
    assert refused.exit_code == 1
    assert "B-106" in refused.output
    supplied = replace(TEMPLATE, calculated_by=CalculatedBy.DEVICE_SUPPLY)
    result = bill(
        "build",
        "--template", template_file(tmp_path, supplied),
        "--issuer", issuer_file(tmp_path),
        "--issued-on", "2024-11-04",
        "-o", tmp_path / "nota.enx",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert read_bill(tmp_path / "nota.enx")[1].kind is BillKind.NOTE


def test_r7_the_data_of_a_paper_bill_are_built_and_checked(tmp_path):
    result = built(tmp_path, "--kind", "rach", "--bill-type", 11, name="rachunek.rfx")
    assert result.exit_code == 0, result.output
    header, paper = read_ref(tmp_path / "rachunek.rfx")
    assert (header.kind, paper.bill.kind, paper.bill_type) == ("REF", BillKind.ACCOUNT, 11)
    result = checked(tmp_path, tmp_path / "rachunek.rfx")
    assert result.exit_code == 0, result.output


def test_45082_the_type_of_a_bill_of_declarations(tmp_path):
    declared = replace(TEMPLATE, calculated_by=CalculatedBy.DECLARATIONS)
    result = built(tmp_path, "--kind", "rach", "--bill-type", 11, name="rachunek.rfx", templates=[declared])
    assert result.exit_code == 1
    assert "B-107" in result.output
    assert "1–10" in result.output


@pytest.mark.parametrize(
    ("more", "name", "word"),
    [
        (["--kind", "rach"], "r.rfx", "--bill-type"),
        (["--bill-type", 1], "r.erx", ".rfx"),
        (["--kind", "rach", "--bill-type", 1, "--attach", "ENT=ekuz.pdf"], "r.rfx", "--attach"),
        (["--kind", "rach", "--bill-type", 1, "--sign", "k.p12"], "r.rfx", "--sign"),
    ],
)
def test_a_paper_bill_and_an_e_document_are_not_mixed(tmp_path, more, name, word):
    result = built(tmp_path, *more, name=name)
    assert result.exit_code == 2
    assert word in result.output
    assert not (tmp_path / name).exists()
