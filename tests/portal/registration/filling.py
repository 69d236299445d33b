"""A party that registers: what it types, and how its browser goes from step to step."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.hashers import make_password
from django.http import HttpResponse
from django.test import Client

from rozlicz.portal.registration.models import Registration, RegistrationState
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.conftest import NOON

PASSWORD = "Tymczas!12"
PARTY = {
    "name": "Przychodnia Pod Jesionem",
    "legal_form": "non-public-unit",
    "form_of_business": "spółka z o.o.",
    "company_name": "Jesion Medyczny sp. z o.o.",
    "nip": "725-180-67-21",
    "regon": "100000008",
    "krs_number": "0000123456",
    "register_number": "000000012345",
    "street": "ul. Jesionowa 4",
    "postal_code": "90-101",
    "town": "Łódź",
}
PLACE = {
    "name": "Poradnia neurologiczna",
    "street": "ul. Jesionowa 4",
    "postal_code": "90-101",
    "town": "Łódź",
    "phone": "42 275 49 21",
}
ACCOUNT = {
    "number": "61 1090 1014 0000 0712 1981 2874",
    "holder_name": "Przychodnia Pod Jesionem",
    "is_of_party": "on",
}
ADMINISTRATOR = {
    "given_name": "Jan",
    "surname": "Jesion",
    "user_name": "jjesion1",
    "phone": "600 100 200",
    "email": "jan.jesion@jesion.example",
    "new_password": PASSWORD,
    "new_password_again": PASSWORD,
}
STEPS: dict[str, dict[str, str]] = {
    "rodzaj": {"kind": "provider"},
    "podmiot": PARTY,
    "miejsca": PLACE | {"act": "next"},
    "konto": ACCOUNT,
    "administrator": ADMINISTRATOR,
}
"""The steps in their order: the end of the address, and what is typed."""


class Applicant(Client):
    """The browser of somebody who registers a party."""

    def begin(self) -> Applicant:
        """Accept the regulations."""
        answer = self.post("/rejestracja/", {"accepted": "on"})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/rejestracja/rodzaj/")
        return self

    def fill(self, **changes: dict[str, str]) -> Applicant:
        """All steps in their order, each leading to the next; `changes` per step."""
        for step, values in STEPS.items():
            answer = self.step(step, values | changes.get(step, {}))
            assert answer.status_code == 302, (step, answer.content.decode())
        assert answer.headers["Location"] == "/rejestracja/sprawdz/"
        return self

    def file(self) -> Applicant:
        """File what has been filled in."""
        answer = self.post("/rejestracja/sprawdz/")
        assert answer.headers["Location"] == "/rejestracja/stan/"
        return self

    def step(self, name: str, values: dict[str, Any]) -> HttpResponse:
        """Send one step."""
        return self.post(f"/rejestracja/{name}/", values)

    def document(self) -> bytes:
        """The PDF to sign."""
        return b"".join(self.get("/rejestracja/dokument/").streaming_content)

    @property
    def token(self) -> str:
        """The secret of the link that this browser knows."""
        return str(self.cookies["rejestracja"].value)


def a_filed_registration(*, file: str) -> Registration:
    """A registration as it lies in the queue, with these stored bytes as its document. Needs the payer's context."""
    answers: dict[str, Any] = {
        "kind": {"kind": "provider"},
        "party": PARTY | {"nip": "7251806721"},
        "places": {"places": [PLACE]},
        "account": {
            "number": "61109010140000071219812874",
            "holder_name": PARTY["name"],
            "is_of_party": True,
        },
        "administrator": {k: v for k, v in ADMINISTRATOR.items() if "password" not in k},
    }
    return Registration.objects.create(
        token_hash="0" * 64,
        state=RegistrationState.FILED,
        regulations_version=NOON.date(),
        answers=answers,
        password_hash=make_password(PASSWORD),
        started_at=NOON,
        touched_at=NOON,
        filed_at=NOON,
        issued_file=file,
        issued_sha256="1" * 64,
    )


def words(response: HttpResponse) -> str:
    """The words of a page in one line, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def the_one() -> Registration:
    with acting_for_payer():
        return Registration.objects.get()
