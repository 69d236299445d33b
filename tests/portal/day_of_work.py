"""A clerk's whole day through the real pages, to be killed anywhere and begun again.

Each step looks at what is there first, as a person would after a power cut, and does only what is still to be done.
"""

from __future__ import annotations

import os
import re
import sys
import time
from pathlib import Path

import django
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

MONTH = 202610
_PATIENCE = 300.0


def browser(login: str) -> Client:
    """A browser in which this operator is logged in."""
    from rozlicz.portal.accounts.models import Operator

    client = Client(HTTP_HOST="localhost")
    client.force_login(Operator.objects.get(login=login))
    return client


def page(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")
    return answer.content.decode()


def waited_for(client: Client, address: str, pattern: str) -> str:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if found := re.search(pattern, page(client, address)):
            return found[0]
        time.sleep(0.1)
    raise SystemExit(f"{address}: {pattern} did not come")


def main(report: Path, clerk_login: str, inspector_login: str, contract: str) -> None:
    clerk, inspector = browser(clerk_login), browser(inspector_login)
    upload = SimpleUploadedFile(report.name, report.read_bytes())
    sent = clerk.post("/sprawozdawczosc/wyslij/", {"file": upload}, follow=True)
    address = sent.redirect_chain[-1][0]
    waited_for(clerk, address, r"state-good")
    templates = re.findall(r"/rozliczenia/szablon/(\d+)/", page(clerk, "/rozliczenia/"))
    if not templates:
        asked = clerk.post("/rozliczenia/", {"contract": contract, "month": MONTH}, follow=True)
        waited_for(clerk, asked.redirect_chain[-1][0], r"/rozliczenia/szablon/(\d+)/")
        templates = re.findall(r"/rozliczenia/szablon/(\d+)/", page(clerk, "/rozliczenia/"))
    for number in sorted(set(templates)):
        form = {"kind": "FAKT", "number": f"R/{number}", "issued_on": "2026-11-05", "vat_exemption": "18"}
        clerk.post(f"/rachunki/z-szablonu/{number}/", form, follow=True)
    for bill in sorted(set(re.findall(r"/rachunki/(\d+)/", page(inspector, "/rachunki/?state=accepted")))):
        inspector.post(f"/rachunki/{bill}/zatwierdz/", follow=True)
    for day in sorted(set(re.findall(r"/platnosci/dzien/([\d-]+)/", page(inspector, "/platnosci/")))):
        inspector.post(f"/platnosci/dzien/{day}/przelewy/", follow=True)
    print("done")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rozlicz.portal.settings")
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    django.setup()
    main(Path(sys.argv[1]), *sys.argv[2:])
