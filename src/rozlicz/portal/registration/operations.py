"""What an applicant does: begin, save a step, file, send the signed document. All but the first in its context."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.files.base import File
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from rozlicz.documents.access_agreement import DAYS_FOR_THE_PAPER
from rozlicz.documents.signed_papers import Signature
from rozlicz.kernel.branches import branch_of
from rozlicz.kernel.texts import Text
from rozlicz.kernel.working_days import moved_to_working_day
from rozlicz.portal.audit.operations import record
from rozlicz.portal.clock import warsaw_day
from rozlicz.portal.house import files
from rozlicz.portal.house.marks import mark_of_content
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.house.signatures import read_paper, reasons, stored
from rozlicz.portal.house.uploads import keep
from rozlicz.portal.providers.models import PartyKind
from rozlicz.portal.registration.models import Paper, PaperKind, Registration, RegistrationState
from rozlicz.portal.registration.printouts import registration_pdf
from rozlicz.portal.registration.queries import (
    application_of,
    has_expired,
    missing_steps,
    places_of,
    regulations_to_accept,
    steps_open,
    token_hash,
)
from rozlicz.portal.registration.steps import Step

TOKEN_BYTES = 32
MOST_PLACES = 50
MOST_PAPERS = 20


class UnableToChangeRegistration(UnableTo):
    """It is not open for change: filed, decided on, expired, or the branch asked for other steps only."""


class UnableToChangePlaces(UnableTo):
    """The place that was seen is there no more, or there are too many."""


class UnableToFileRegistration(UnableTo):
    """Something is missing, or it has been filed."""


class UnableToTakePaper(UnableTo):
    """The signed document is not taken in: wrong state, too many, or something is wrong with the signature."""


@transaction.atomic
def begin_registration(*, regulations_version: date, at: datetime) -> str:
    """Begin a registration; the result is its link's token, which exists nowhere else. Runs as the door.

    `regulations_version` is the day since which the version is in force that has just been accepted.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    registration = Registration.objects.create(
        token_hash=token_hash(token), regulations_version=regulations_version, started_at=at, touched_at=at
    )
    _record("registration.begun", registration, at)
    return token


def save_step(
    *,
    registration_id: int,
    step: Step,
    values: dict[str, Any],
    at: datetime,
    password: str = "",
    seen: str | None = None,
) -> None:
    """Keep what was answered in a step, in place of what was there. Locks the registration.

    `values` are the cleaned values of the step's form, without a password; that is kept hashed, and only if one was
    typed. `seen` is the mark of the step's answers that were changed, None for whichever there are. Raises
    UnableToChangeRegistration.
    """
    registration = _locked(registration_id)
    if step not in steps_open(registration) or has_expired(registration, at):
        raise UnableToChangeRegistration(_CLOSED)
    saved = registration.answers.get(step.value)
    if seen not in (None, mark_of_content(saved)) and saved != values:
        raise UnableToChangeRegistration(_CHANGED_MEANWHILE)
    answers = registration.answers | {step.value: values}
    if step is Step.KIND and values["kind"] == PartyKind.PHARMACY and Step.PARTY.value in answers:
        answers[Step.PARTY.value] = {
            name: value
            for name, value in answers[Step.PARTY.value].items()
            if name not in {"legal_form", "company_name"}
        }
    registration.answers = answers
    if password:
        registration.password_hash = make_password(password)
    registration.touched_at = at
    registration.save(update_fields=["answers", "password_hash", "touched_at"])
    _record("registration.saved", registration, at, step.value)


def save_place(
    *, registration_id: int, values: dict[str, Any], at: datetime, instead_of: str | None = None
) -> None:
    """Add a place, or put it in the place of another, known by the mark of what was seen of it.

    Locks the registration, so that of two windows neither undoes what the other has saved. Raises
    UnableToChangePlaces for a place that is there no more as it was seen, and for too many;
    UnableToChangeRegistration.
    """
    known = places_of(_locked(registration_id))
    if instead_of is not None:
        known[_place_seen(known, instead_of)] = values
    elif len(known) < MOST_PLACES:
        known.append(values)
    else:
        raise UnableToChangePlaces(_TOO_MANY_PLACES.filled(most=MOST_PLACES))
    save_step(registration_id=registration_id, step=Step.PLACES, values={"places": known}, at=at)


def remove_place(*, registration_id: int, place: str, at: datetime) -> None:
    """Take away a place, known by the mark of what was seen of it. Locks the registration.

    Raises UnableToChangePlaces when it is there no more as it was seen; UnableToChangeRegistration.
    """
    known = places_of(_locked(registration_id))
    del known[_place_seen(known, place)]
    save_step(registration_id=registration_id, step=Step.PLACES, values={"places": known}, at=at)


def _place_seen(known: list[dict[str, str]], mark: str) -> int:
    for number, place in enumerate(known):
        if mark_of_content(place) == mark:
            return number
    raise UnableToChangePlaces(_ANOTHER_WINDOW)


def accept_regulations(*, registration_id: int, version: date, at: datetime) -> None:
    """Accept the regulations that came into force since those were accepted, before filing. Locks the registration.

    `version` is the day since which they are in force. Raises UnableToChangeRegistration.
    """
    registration = _locked(registration_id)
    if not may_be_filed(registration) or has_expired(registration, at):
        raise UnableToChangeRegistration(_CLOSED)
    registration.regulations_version, registration.touched_at = version, at
    registration.save(update_fields=["regulations_version", "touched_at"])
    _record("registration.regulations_accepted", registration, at, version.isoformat())


def may_be_filed(registration: Registration) -> bool:
    """Whether it is the applicant's turn: it was not filed yet, or is to be filed again."""
    return registration.state in {RegistrationState.DRAFT, RegistrationState.TO_COMPLETE}


def file_registration(*, registration_id: int, at: datetime) -> None:
    """Hand the registration to the branch, and issue the document to sign. Locks the registration.

    After a call to complete that changed nothing in the document, the papers that were sent go on to count. Raises
    UnableToFileRegistration.
    """
    registration = _locked(registration_id)
    if not may_be_filed(registration):
        raise UnableToFileRegistration(_FILED_ALREADY)
    if has_expired(registration, at) or missing_steps(registration):
        raise UnableToFileRegistration(_INCOMPLETE)
    if regulations := regulations_to_accept(registration, at):
        raise UnableToFileRegistration(
            _OTHER_REGULATIONS.filled(
                accepted=registration.regulations_version, current=regulations.valid_from
            )
        )
    issued = files.store(
        registration_pdf(
            application_of(registration),
            number=registration.pk,
            regulations_version=registration.regulations_version,
            branch=branch_of(settings.BRANCH),
        )
    )
    if issued.sha256 != registration.issued_sha256:
        registration.issued_file, registration.issued_sha256 = issued.name, issued.sha256
        registration.paper_due_on = registration.paper_arrived_on = None
    registration.state = RegistrationState.FILED
    registration.filed_at = registration.touched_at = at
    registration.save(
        update_fields=[
            "state",
            "filed_at",
            "touched_at",
            "issued_file",
            "issued_sha256",
            "paper_due_on",
            "paper_arrived_on",
        ]
    )
    _record("registration.filed", registration, at)


def may_send_paper(registration: Registration) -> bool:
    """Whether a signed document is looked for.

    Before the decision, but not while steps are to be completed, since that makes another document; and after
    acceptance while the paper is awaited.
    """
    if registration.state == RegistrationState.TO_COMPLETE:
        return not registration.steps_to_complete
    return registration.state == RegistrationState.FILED or (
        registration.state == RegistrationState.ACCEPTED and registration.paper_due_on is not None
    )


def add_paper(*, registration_id: int, kind: PaperKind, upload: File[Any], at: datetime) -> Paper:
    """Take in the signed document. Locks the registration.

    A scan must be followed by the paper within 14 days (art. 115 KC moves the last of them to a working day); an
    electronic signature that holds makes the paper unnecessary. Raises UnableToTakePaper with every reason.
    """
    registration = _locked(registration_id)
    if not may_send_paper(registration):
        raise UnableToTakePaper(_NOT_LOOKED_FOR)
    if registration.papers.count() >= MOST_PAPERS:
        raise UnableToTakePaper(_TOO_MANY.filled(most=MOST_PAPERS))
    try:
        signatures = _signatures(registration, upload, at) if kind is PaperKind.SIGNED else ()
    except UnableToTakePaper as unable:
        _record("registration.paper_not_taken", registration, at, kind.value, reason=unable.text.pl)
        raise
    [kept] = keep([upload])
    paper = Paper.objects.create(
        registration=registration,
        kind=kind,
        issued_sha256=registration.issued_sha256,
        signatures=[_as_found(one) for one in signatures],
        sent_at=at,
        **asdict(kept),
    )
    if not _is_too_late(registration, at):
        registration.paper_due_on = _due_after(registration, kind, at)
    registration.touched_at = at
    registration.save(update_fields=["paper_due_on", "touched_at"])
    _record("registration.paper_sent", registration, at, kind.value)
    return paper


def _signatures(registration: Registration, upload: File[Any], at: datetime) -> tuple[Signature, ...]:
    upload.seek(0)
    found = read_paper(upload.read(), issued=stored(registration.issued_file), at=at)
    if found.refusals:
        raise UnableToTakePaper(reasons(found))
    return found.signatures


def _is_too_late(registration: Registration, at: datetime) -> bool:
    """Whether the party had its account and let the day of the paper pass.

    Then the paper goes on to be awaited: the branch looks at what has come, and lifts the suspension by hand.
    """
    due = registration.paper_due_on
    return registration.state == RegistrationState.ACCEPTED and due is not None and due < warsaw_day(at)


def _as_found(signature: Signature) -> dict[str, Any]:
    """A signature as it was judged on receipt, days and moments as text."""
    found: dict[str, Any] = json.loads(json.dumps(asdict(signature), cls=DjangoJSONEncoder))
    return found


def _due_after(registration: Registration, kind: PaperKind, at: datetime) -> date | None:
    """The last day for the paper; a second scan does not prolong it, and nothing is owed once it is there."""
    signed = registration.papers.filter(kind=PaperKind.SIGNED, issued_sha256=registration.issued_sha256)
    if kind is PaperKind.SIGNED or registration.paper_arrived_on or signed.exists():
        return None
    return registration.paper_due_on or moved_to_working_day(
        warsaw_day(at) + timedelta(days=DAYS_FOR_THE_PAPER)
    )


def _locked(registration_id: int) -> Registration:
    return Registration.objects.select_for_update().get(pk=registration_id)


def _record(act: str, registration: Registration, at: datetime, what: str = "", *, reason: str = "") -> None:
    """An applicant's act: done by nobody who has an account, and no affair of any party yet."""
    record(
        act,
        operator=None,
        provider_id=None,
        subject=f"{registration.pk} {what}".strip(),
        reason=reason,
        at=at,
    )


_CLOSED = Text(
    pl="Tego kroku nie można teraz zmienić: wniosek złożono, wygasł albo oddział prosił o uzupełnienie innych"
    " kroków.",
    en="This step cannot be changed now: the registration was filed, has expired, or the branch asked for other"
    " steps.",
)
_CHANGED_MEANWHILE = Text(
    pl="Odpowiedzi w tym kroku zmieniono tymczasem w innym oknie; niczego tu nie zapisano. To, co wpisano, stoi w"
    " formularzu. Ponowne zapisanie zastąpi tamte odpowiedzi.",
    en="The answers of this step were changed meanwhile in another window; nothing was saved here. What you typed"
    " stands in the form. Saved once more, it replaces those answers.",
)
_ANOTHER_WINDOW = Text(
    pl="To miejsce zmieniono lub usunięto tymczasem w innym oknie; niczego tu nie zapisano ani nie usunięto. Lista"
    " pokazuje, co jest zapisane teraz. To, co wpisano, stoi w formularzu jako kolejne miejsce.",
    en="This place was changed or removed meanwhile in another window; nothing was saved or removed here. The list"
    " shows what is saved now. What you typed stands in the form as another place.",
)
_TOO_MANY_PLACES = Text(
    pl="Rejestracja mieści do {most} miejsc. Pozostałe proszę zgłosić później.",
    en="A registration holds up to {most} places. Tell the others later.",
)
_FILED_ALREADY = Text(
    pl="Ten wniosek już złożono; nic nie zostało wysłane drugi raz.",
    en="This registration has been filed already; nothing was sent a second time.",
)
_INCOMPLETE = Text(
    pl="Wniosek nie jest kompletny. Brakujące kroki są wymienione na tej stronie.",
    en="The registration is not complete. The steps that are missing are named on this page.",
)
_OTHER_REGULATIONS = Text(
    pl="Rejestracji nie złożono: zaakceptowano regulamin obowiązujący od {accepted}, a od {current} obowiązuje nowy."
    " Proszę go zaakceptować i złożyć rejestrację.",
    en="The registration was not filed: the regulations of {accepted} were accepted, and since {current} new ones are"
    " in force. Accept them, then file the registration.",
)
_NOT_LOOKED_FOR = Text(
    pl="Podpisany dokument można przesłać po złożeniu wniosku, a po jego przyjęciu – dopóki oczekiwany jest"
    " oryginał.",
    en="The signed document can be sent after filing, and after acceptance while the paper is awaited.",
)
_TOO_MANY = Text(
    pl="Do tego wniosku przesłano już {most} plików. Proszę przesłać oryginał do oddziału.",
    en="{most} files have been sent for this registration. Send the paper to the branch.",
)
