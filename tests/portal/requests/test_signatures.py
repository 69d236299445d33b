"""Electronic signatures on the printouts of requests: taken in, told, and refused when they do not hold."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pyhanko.pdf_utils.reader import PdfFileReader

from rozlicz.portal.requests.models import Attachment
from rozlicz.portal.requests.operations import file_request
from rozlicz.portal.tenancy import acting_for_payer
from tests.issuing import PESEL, World, signed_by
from tests.portal.conftest import NOON
from tests.portal.month import text
from tests.portal.requests.filling import accept, draft, now, ready

pytestmark = pytest.mark.django_db

WORLD = World.at(NOON)
PERSON = WORLD.person()


@pytest.fixture
def begun(provider_operator, payer_operator, settings, tmp_path):
    settings.TRUSTED_ISSUERS = tmp_path
    (tmp_path / "root.pem").write_bytes(WORLD.root.pem())
    return draft("bank_account", provider_operator, ready("bank_account", provider_operator, payer_operator))


def printed(client, begun) -> bytes:
    return client.get(reverse("request_print", args=[begun.pk])).content


def attached(client, begun, content, *, act="save", **changes):
    values = now(begun).fields | {"version": now(begun).version, "act": act} | changes
    file = SimpleUploadedFile("wniosek.pdf", content)
    return client.post(reverse("request_edit", args=[begun.pk]), values | {"file_signed": file}, follow=True)


@pytest.mark.slow
def test_the_printout_of_a_draft_is_the_same_whenever_it_is_made(clerk, begun):
    first = printed(clerk, begun)
    assert printed(clerk, begun) == first
    attached(clerk, begun, b"%PDF-1.7 skan")
    assert printed(clerk, begun) == first
    assert PdfFileReader(io.BytesIO(first)).root["/AcroForm"]["/Fields"] == []


@pytest.mark.slow
def test_a_signed_printout_is_told_to_both_sides(clerk, begun, inspector):
    content = signed_by(PERSON, printed(clerk, begun))
    attached(clerk, begun, content, act="file")
    of_applicant = text(clerk.get(reverse("request", args=[begun.pk])))
    of_branch = text(inspector.get(reverse("request", args=[begun.pk])))
    for page in (of_applicant, of_branch):
        assert "Podpisy elektroniczne" in page
        assert "Narodowe Centrum Prób" in page
        assert "nie jest to dokładnie ten wydruk" not in page
        assert PESEL not in page
    assert "oddział może poprosić o taki podpis" in of_applicant
    assert "Czy podpisujący może reprezentować podmiot" in of_branch


@pytest.mark.slow
def test_a_printout_signed_before_the_fields_were_changed_is_told_to_be_another(clerk, begun):
    content = signed_by(PERSON, printed(clerk, begun))
    attached(clerk, begun, content, bank="Inny bank")
    assert "nie jest to dokładnie ten wydruk" in text(clerk.get(reverse("request", args=[begun.pk])))


@pytest.mark.slow
def test_a_signature_that_does_not_hold_is_refused_with_the_reason(clerk, begun):
    content = signed_by(PERSON, printed(clerk, begun))
    spoilt = content.replace(b"/ByteRange [0 ", b"/ByteRange [1 ")
    page = attached(clerk, begun, spoilt)
    assert page.status_code == 422
    assert "Podpis „Zofia Żuk” nie" in text(page)
    with acting_for_payer():
        assert not Attachment.objects.filter(request=begun, file_name="wniosek.pdf").exists()


def test_a_scan_has_no_block_of_signatures(clerk, begun):
    attached(clerk, begun, b"%PDF-1.7 skan")
    assert "Podpisy elektroniczne" not in text(clerk.get(reverse("request", args=[begun.pk])))


@pytest.mark.slow
@pytest.mark.parametrize("electronically", [True, False])
def test_a_paper_must_follow_a_scan_but_no_electronic_signature(
    provider_operator, payer_operator, clerk, electronically
):
    begun = draft(
        "administrator", provider_operator, ready("administrator", provider_operator, payer_operator)
    )
    if electronically:
        attached(clerk, begun, signed_by(PERSON, printed(clerk, begun)))
    with provider_operator.context():
        file_request(operator=provider_operator, request=now(begun), at=NOON)
    accept(now(begun), payer_operator)
    assert (now(begun).paper_by is None) == electronically
