"""Sending a bill file that a settlement program made."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rozlicz.documents.bills import draft_bill
from rozlicz.messages.bills import AttachmentReference, BillKind, VatExemption
from rozlicz.messages.fakt_rach import write_bill
from rozlicz.messages.header import new_header
from rozlicz.messages.signatures.signing import sign_document
from rozlicz.portal.settlements.queries import template_message
from tests import world
from tests.messages.signers import anna
from tests.portal.conftest import NOON
from tests.portal.month import bills_of, file, text
from tests.portal.visitors import OPEN_TO_ALL


def bill_file(operator, template, *, number="10/2026", attachments=(), kind=BillKind.INVOICE):
    """A bill as the off-line tool makes it."""
    with operator.context():
        message = template_message(template)
    bill = draft_bill(
        template=message,
        contract=world.contract(),
        kind=kind,
        number=number,
        issued_on=NOON.date(),
        vat_exemption=VatExemption.MEDICAL_CARE_BY_ENTITY,
        bank_account=world.ACCOUNT,
        attachments=attachments,
    )
    target = io.BytesIO()
    header = new_header(
        kind=kind.value,
        receiver="05",
        sender=world.CLINIC.code,
        installation=world.LONG_INSTALLATION,
        generation=7,
        generated_at=NOON.replace(tzinfo=None),
    )
    write_bill(bill, header=header, target=target)
    return target.getvalue()


def upload(client, content, *scans, name="rachunek.efx", **values):
    sent = {"file": SimpleUploadedFile(name, content), "scans_chosen": list(scans)} | values
    return client.post(reverse("bill_upload"), sent, follow=True)


@pytest.mark.slow
def test_a_bill_made_elsewhere_is_accepted(clerk, provider_operator, template):
    page = text(upload(clerk, bill_file(provider_operator, template)))
    assert "Rachunek 10/2026" in page
    assert "przyjęto" in page
    assert [bill.file_name for bill in bills_of(provider_operator)] == ["rachunek.efx"]


@pytest.mark.slow
def test_a_zipped_bill_is_taken_as_well(clerk, provider_operator, template):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("rachunek.xml", bill_file(provider_operator, template))
    assert "przyjęto" in text(upload(clerk, packed.getvalue(), name="rachunek.zip"))


def signed(content: bytes) -> bytes:
    key, certificate = anna()
    return sign_document(content, certificate=certificate, key=key, signed_at=NOON)


@pytest.mark.slow
def test_r6_a_signed_bill_is_accepted(clerk, provider_operator, template):
    page = text(upload(clerk, signed(bill_file(provider_operator, template))))
    assert "przyjęto" in page
    assert "nie przyjęto" not in page


@pytest.mark.slow
def test_r6_a_bill_changed_after_it_was_signed_is_refused(clerk, provider_operator, template):
    content = signed(bill_file(provider_operator, template)).replace(b"10/2026", b"11/2026", 1)
    page = text(upload(clerk, content))
    assert "B-805" in page
    assert "Dokument lub jego podpis zmieniono po podpisaniu (Anna Przykładowa)." in page
    assert [bill.state for bill in bills_of(provider_operator)] == ["refused"]


@pytest.mark.slow
def test_r6_a_broken_signature_is_told_beside_an_unknown_template(clerk, provider_operator, template):
    known = bill_file(provider_operator, template)
    foreign = known.replace(template.contract.code.encode(), b"05/999999/AOS/2026/1")
    foreign = foreign.replace(str(template.number).encode(), b"999999999999")
    page = text(upload(clerk, signed(foreign).replace(b"10/2026", b"11/2026", 1)))
    assert "B-101" in page
    assert "B-805" in page


@pytest.mark.slow
def test_r1_a_note_for_services_is_refused(clerk, provider_operator, template):
    page = text(upload(clerk, bill_file(provider_operator, template, kind=BillKind.NOTE), name="nota.enx"))
    assert "B-106" in page
    assert [bill.kind for bill in bills_of(provider_operator)] == ["NOTA"]


@pytest.mark.slow
def test_the_same_file_again_shows_its_bill(clerk, provider_operator, template):
    content = bill_file(provider_operator, template)
    upload(clerk, content)
    page = text(upload(clerk, content, name="kopia.efx"))
    assert "Ten sam plik przyjęto już wcześniej; oto jego rachunek." in page
    assert len(bills_of(provider_operator)) == 1


@pytest.mark.slow
def test_another_bill_of_the_same_template_is_refused(clerk, provider_operator, template, bill):
    page = text(upload(clerk, bill_file(provider_operator, template, number="11/2026")))
    assert "B-103" in page
    assert "Do tego szablonu wystawiono już inny rachunek" in page


@pytest.mark.slow
@pytest.mark.parametrize(
    "content",
    [b"nothing", b"\x00" * 100, b"<?xml version='1.0'?><komunikat typ='SWIAD'/>", b"PK\x03\x04broken"],
    ids=["words", "zeros", "another-message", "broken-zip"],
)
def test_garbage_is_kept_and_refused_with_its_reason(clerk, provider_operator, clinic, content):
    page = text(upload(clerk, content))
    assert "nie przyjęto" in page
    assert "Co zrobić" in page
    [bill] = bills_of(provider_operator)
    assert bill.state == "refused"
    kept = clerk.get(reverse("bill_file", args=[bill.pk]))
    assert b"".join(kept.streaming_content) == content
    again = text(upload(clerk, content))
    assert "nie przyjęto" in again


@pytest.mark.slow
def test_a_bill_of_an_unknown_template_is_refused(clerk, provider_operator, template, stranger, visitors):
    page = text(upload(visitors.stranger, bill_file(provider_operator, template)))
    assert "nie przyjęto" in page
    assert bills_of(provider_operator) == []


def test_without_a_file_the_form_says_what_is_missing(clerk, provider_operator, clinic):
    page = text(clerk.post(reverse("bill_upload"), {"transcript_reason": "oryginał w sądzie"}))
    assert page.count("Proszę wskazać plik rachunku.") == 2
    assert 'value="oryginał w sądzie"' in page
    assert "Plik jest pusty." in text(upload(clerk, b""))
    assert bills_of(provider_operator) == []


@pytest.mark.slow
def test_several_scans_come_with_one_bill_and_the_bill_says_what_they_are(clerk, provider_operator, template):
    references = [
        AttachmentReference(kind=kind, file_name=name, sha256=sha256(name.encode()))
        for kind, name in (("DEC", "decyzja.pdf"), ("ENT", "karta.pdf"))
    ]
    content = bill_file(provider_operator, template, attachments=references)
    scans = [file(one.file_name, one.file_name.encode()) for one in references]
    page = text(upload(clerk, content, *scans))
    assert "Załącznik DEC" in page
    assert "Załącznik ENT" in page


@pytest.mark.slow
def test_r2_a_named_scan_that_did_not_come_refuses_the_bill(clerk, provider_operator, template):
    reference = AttachmentReference(kind="DEC", file_name="decyzja.pdf", sha256=sha256(b"decision"))
    content = bill_file(provider_operator, template, attachments=[reference])
    assert "B-703" in text(upload(clerk, content))
    changed = upload(clerk, content, file("decyzja.pdf", b"another"))
    assert "B-704" in text(changed)
    assert "przyjęto" in text(upload(clerk, content, file("decyzja.pdf", b"decision")))


@pytest.mark.slow
def test_r2_transcripts_need_a_reason(clerk, provider_operator, template):
    content = bill_file(provider_operator, template)
    page = text(upload(clerk, content, transcript_of_all="on"))
    assert "Proszę podać, dlaczego kopii nie można było zrobić" in page
    assert bills_of(provider_operator) == []


@pytest.mark.slow
def test_only_providers_send_bills(visitors):
    assert visitors.answers(reverse("bill_upload")) == [200, 200, 200, 403, 302]
    assert visitors.answers(reverse("bills")) == OPEN_TO_ALL


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
