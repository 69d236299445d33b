"""Two registrations for the demonstration branch, through the same operations as in life."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.clock import warsaw_day
from rozlicz.portal.correspondence.operations.documents import publish_shipped_documents
from rozlicz.portal.correspondence.queries.documents import regulations_in_force
from rozlicz.portal.registration.decisions import ask_to_complete
from rozlicz.portal.registration.models import PaperKind
from rozlicz.portal.registration.operations import add_paper, begin_registration, file_registration, save_step
from rozlicz.portal.registration.queries import id_by_token
from rozlicz.portal.registration.steps import Step
from rozlicz.portal.tenancy import acting_for_applicant

_SCAN = b"%PDF-1.4\n% skan podpisanej umowy (wersja pokazowa)\n%%EOF\n"


def show_registrations(*, payer: Operator, password: str, at: datetime) -> None:
    """A pharmacy that has sent a scan waits for the decision; a subcontractor was asked to complete its account.

    All of it on the day of `at`, on which the regulations of this installation have come into force.
    """
    with payer.context():
        publish_shipped_documents(at=at)
    pharmacy = _file(_PHARMACY, password, at - timedelta(hours=3))
    with acting_for_applicant(pharmacy):
        add_paper(
            registration_id=pharmacy,
            kind=PaperKind(PaperKind.SCAN),
            upload=ContentFile(_SCAN, name="umowa_podpisana.pdf"),
            at=at - timedelta(hours=2),
        )
    laboratory = _file(_LABORATORY, password, at - timedelta(hours=4))
    with payer.context():
        ask_to_complete(
            operator=payer,
            registration_id=laboratory,
            steps=[Step.ACCOUNT],
            remark="Posiadaczem rachunku jest osoba prywatna. Proszę podać rachunek laboratorium.",
            at=at - timedelta(hours=1),
        )


def _file(answers: dict[Step, dict[str, Any]], password: str, at: datetime) -> int:
    regulations = regulations_in_force(warsaw_day(at))
    if regulations is None:
        raise LookupError("regulations in force")
    token = begin_registration(regulations_version=regulations.valid_from, at=at)
    registration_id = id_by_token(token)
    if registration_id is None:
        raise LookupError("the registration that has just been begun")
    with acting_for_applicant(registration_id):
        for step, values in answers.items():
            save_step(
                registration_id=registration_id,
                step=step,
                values=values,
                password=password if step is Step.ADMINISTRATOR else "",
                at=at,
            )
        file_registration(registration_id=registration_id, at=at)
    return registration_id


_PHARMACY: dict[Step, dict[str, Any]] = {
    Step.KIND: {"kind": "pharmacy"},
    Step.PARTY: {
        "name": "Apteka Pod Dębem Marta Dąbek",
        "form_of_business": "działalność jednoosobowa",
        "nip": "7271904450",
        "regon": "473000114",
        "register_number": "WIF.8520.14.2019",
        "street": "ul. Dębowa 3",
        "postal_code": "90-200",
        "town": "Łódź",
    },
    Step.PLACES: {
        "places": [
            {
                "name": "Apteka Pod Dębem",
                "street": "ul. Dębowa 3",
                "postal_code": "90-200",
                "town": "Łódź",
                "phone": "42 200 10 20",
            }
        ]
    },
    Step.ACCOUNT: {
        "number": "90102033520000110200887712",
        "holder_name": "Apteka Pod Dębem Marta Dąbek",
        "is_of_party": True,
    },
    Step.ADMINISTRATOR: {
        "given_name": "Marta",
        "surname": "Dąbek",
        "user_name": "mdabek",
        "phone": "42 200 10 20",
        "email": "marta.dabek@poddebem.example",
    },
}

_LABORATORY: dict[Step, dict[str, Any]] = {
    Step.KIND: {"kind": "subcontractor"},
    Step.PARTY: {
        "name": "Laboratorium Probówka",
        "legal_form": "non-public-unit",
        "form_of_business": "spółka z o.o.",
        "company_name": "Probówka Diagnostyka sp. z o.o.",
        "nip": "7251806684",
        "regon": "100900120",
        "krs_number": "0000412233",
        "register_number": "000000054321",
        "street": "ul. Szklana 11",
        "postal_code": "95-100",
        "town": "Zgierz",
    },
    Step.PLACES: {
        "places": [
            {
                "name": "Laboratorium analityczne",
                "street": "ul. Szklana 11",
                "postal_code": "95-100",
                "town": "Zgierz",
                "phone": "",
            },
            {
                "name": "Punkt pobrań",
                "street": "ul. Długa 40",
                "postal_code": "95-100",
                "town": "Zgierz",
                "phone": "42 716 30 40",
            },
        ]
    },
    Step.ACCOUNT: {
        "number": "29116022020000000299340051",
        "holder_name": "Robert Szkiełko",
        "is_of_party": True,
    },
    Step.ADMINISTRATOR: {
        "given_name": "Robert",
        "surname": "Szkiełko",
        "user_name": "rszkielko",
        "phone": "600 300 400",
        "email": "robert@probowka.example",
    },
}
