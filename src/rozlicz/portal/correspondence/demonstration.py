"""Correspondence of the demonstration branch: announcements, a parcel, a survey, a report to the operator."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.files.base import ContentFile

from rozlicz.documents.printouts.paper import Section, paper_pdf
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.clock import warsaw_day
from rozlicz.portal.correspondence.operations.announcements import (
    Addressees,
    Announced,
    publish_announcement,
)
from rozlicz.portal.correspondence.operations.parcels import send_parcel
from rozlicz.portal.correspondence.operations.surveys import (
    Asked,
    add_question,
    draft_survey,
    publish_survey,
)
from rozlicz.portal.correspondence.operations.tickets import open_ticket

_ANNOUNCEMENTS = (
    (
        "Terminy rozliczeń w grudniu",
        (
            "Dokumenty za listopad składa się do 10 grudnia. W grudniu prosimy pamiętać o trzech rzeczach:\n\n"
            "- 24 grudnia jest dniem wolnym od pracy i nie liczy się do terminów zapłaty;\n"
            "- raporty korygujące za rok najlepiej wysłać przed 18 grudnia;\n"
            "- pliki umów na przyszły rok będą do pobrania po podpisaniu aneksów.\n\n"
            "Pytania o rachunki przyjmuje Wydział Ekonomiczno-Finansowy."
        ),
        "public",
        40,
    ),
    (
        "Przerwa techniczna w nocy z soboty na niedzielę",
        (
            "W nocy z soboty na niedzielę, między 22:00 a 4:00, portal będzie niedostępny. Raporty i rachunki wysłane"
            " wcześniej zostaną sprawdzone bez zmian w kolejności."
        ),
        "public",
        14,
    ),
    (
        "Drugi składnik logowania",
        (
            "Każdy użytkownik włącza drugi składnik w terminie, który pokazuje portal. Kody zapasowe proszę"
            " wydrukować i przechować poza komputerem, na którym się pracuje."
        ),
        "parties",
        60,
    ),
)


def load_correspondence(*, payer: Operator, clerk: Operator, at: datetime) -> None:
    """What the branch and one provider wrote to each other in the days before `at`."""
    today = warsaw_day(at)
    with payer.context():
        for back, (title, text, audience, days) in zip((3, 2, 1), _ANNOUNCEMENTS, strict=True):
            publish_announcement(
                operator=payer,
                announced=Announced(
                    title=title,
                    text=text,
                    valid_until=today + timedelta(days=days),
                    addressees=Addressees(audience=audience),
                ),
                at=at - timedelta(days=back),
            )
        send_parcel(
            operator=payer,
            provider=clerk.provider,
            title="Uzupełnienie danych o miejscach udzielania świadczeń",
            text="Prosimy o sprawdzenie załączonego pisma i odpowiedź w ciągu 14 dni.",
            files=[ContentFile(_letter(clerk), name="pismo.pdf")],
            at=at - timedelta(days=2),
        )
        _survey(payer, at - timedelta(days=1))
    with clerk.context():
        open_ticket(
            operator=clerk,
            subject="Kolejność pozycji w pliku z wynikami",
            area="reporting",
            text="Czy w pliku XLSX z wynikami weryfikacji można zachować kolejność pozycji z raportu?",
            at=at - timedelta(days=1),
        )


def _letter(clerk: Operator) -> bytes:
    return paper_pdf(
        title="Uzupełnienie danych",
        header="Dane przykładowe",
        language="pl",
        facts=[("Do", clerk.provider.name)],
        sections=[
            Section(
                paragraphs=[
                    (
                        "W związku z przygotowaniem aneksów prosimy o potwierdzenie adresów miejsc udzielania"
                        " świadczeń i godzin ich pracy."
                    )
                ]
            )
        ],
    )


def _survey(payer: Operator, at: datetime) -> None:
    survey = draft_survey(
        operator=payer,
        asked=Asked(
            title="Praca gabinetów między świętami",
            text="Odpowiedzi pomogą zaplanować informację dla pacjentów.",
            open_until=warsaw_day(at) + timedelta(days=14),
            addressees=Addressees(audience="parties"),
        ),
        at=at,
    )
    add_question(
        operator=payer,
        survey=survey,
        text="Czy gabinety będą czynne między 27 a 31 grudnia?",
        kind="one",
        choices=["tak, wszystkie", "tak, część", "nie"],
        at=at,
    )
    add_question(
        operator=payer,
        survey=survey,
        text="Ilu lekarzy będzie przyjmować?",
        kind="number",
        demanded=False,
        at=at,
    )
    add_question(operator=payer, survey=survey, text="Uwagi", kind="text", demanded=False, at=at)
    publish_survey(operator=payer, survey=survey, at=at)
