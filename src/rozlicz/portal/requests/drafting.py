"""Every write to a request while it is with the applicant: its fields and its attachments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import connection, transaction
from django.db.models import F

from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Right, demand
from rozlicz.portal.audit.operations import record
from rozlicz.portal.clock import warsaw_day
from rozlicz.portal.house import uploads
from rozlicz.portal.house.formatting import text
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.house.signatures import reasons
from rozlicz.portal.requests.kind import LONGEST, Case, Kind, RequestForm, Typed
from rozlicz.portal.requests.kinds import KINDS
from rozlicz.portal.requests.models import Attachment, Request, RequestState
from rozlicz.portal.requests.signatures import signed_printout, takes_signature

_OPEN = (RequestState.DRAFT, RequestState.TO_COMPLETE)
_MOST_FILES = 20


class UnableToBeginRequest(UnableTo):
    """The kind cannot be asked for now, or not by the branch."""


class UnableToChangeRequest(UnableTo):
    """Somebody else has changed or filed it meanwhile."""


class UnableToAttach(UnableTo):
    """The request has as many files as it may, or takes no such kind."""


def may_file(operator: Operator, kind: Kind) -> bool:
    """Whether the operator may draft and file requests of a kind."""
    return not operator.is_payer and operator.may(Right.FILE_REQUESTS) and operator.may(kind.filed_with)


def _demand(operator: Operator, kind: Kind) -> None:
    demand(operator, Right.FILE_REQUESTS)
    demand(operator, kind.filed_with)


@transaction.atomic
def draft_request(*, operator: Operator, kind: Kind, typed: Typed, at: datetime) -> Request:
    """Begin a request with what has been typed, right or wrong; nobody but the provider sees it until it is filed.

    Raises UnableToBeginRequest when such a request cannot be made now, and for an operator of the branch.
    """
    _demand(operator, kind)
    if operator.provider is None:
        raise UnableToBeginRequest(
            Text(pl="Wniosek składa świadczeniodawca.", en="A request is filed by a provider.")
        )
    case = Case(provider=operator.provider, filed_on=warsaw_day(at))
    if why := kind.closed(case):
        raise UnableToBeginRequest(why)
    request = Request.objects.create(
        provider=operator.provider,
        number=_next_number(at),
        kind=kind.code,
        fields=_kept(kind.form(typed, case=case, check=False), typed),
        drafted_at=at,
        drafted_by=operator,
        changed_at=at,
    )
    _record("request.drafted", operator, request, at)
    return request


@transaction.atomic
def save_request(*, operator: Operator, request: Request, typed: Typed, version: int, at: datetime) -> None:
    """Keep what has been typed in place of what was; `version` is the one that was seen.

    Raises UnableToChangeRequest when it was changed, filed or withdrawn meanwhile.
    """
    kind = KINDS[request.kind]
    _demand(operator, kind)
    form = kind.form(typed, case=case_of(request, at), check=False)
    _change(request, version, fields=_kept(form, typed), changed_at=at)
    _record("request.changed", operator, request, at)


@transaction.atomic
def attach(
    *, operator: Operator, request: Request, kind_of_file: str, content: File[Any], at: datetime
) -> Attachment:
    """Add a file to a request that is still with the applicant.

    Raises UnableToAttach, also for a printout whose electronic signature does not hold; UnableToKeepFile when the
    file is of no kind that is taken in.
    """
    kind = KINDS[request.kind]
    _demand(operator, kind)
    known = {one.code for one in kind.attachments} | {OTHER}
    if kind_of_file not in known or request.attachments.filter(taken_off_at=None).count() >= _MOST_FILES:
        raise UnableToAttach(
            Text(
                pl="Wniosek może mieć najwyżej {most} załączników swojego rodzaju.",
                en="A request takes at most {most} files, of its own kinds.",
            ).filled(most=_MOST_FILES)
        )
    if takes_signature(kind, kind_of_file):
        _refuse_broken(request, content, at)
    _change(request, request.version, changed_at=at)
    [kept] = uploads.keep([content])
    attachment = Attachment.objects.create(
        provider_id=request.provider_id,
        request=request,
        kind=kind_of_file,
        added_at=at,
        **asdict(kept),
    )
    _record("request.file_added", operator, request, at, reason=kept.file_name)
    return attachment


def _refuse_broken(request: Request, content: File[Any], at: datetime) -> None:
    uploads.content_type_of(content)
    content.seek(0)
    paper = signed_printout(request, content.read(), case=case_of(request, at), at=at)
    if paper and paper.refusals:
        raise UnableToAttach(reasons(paper))


OTHER = "other"
"""The kind of a file that the request does not ask for."""


@transaction.atomic
def take_off(*, operator: Operator, request: Request, attachment: Attachment, at: datetime) -> None:
    """Take a file off a request that is still with the applicant; its bytes stay stored."""
    _demand(operator, KINDS[request.kind])
    _change(request, request.version, changed_at=at)
    Attachment.objects.filter(pk=attachment.pk, taken_off_at=None).update(taken_off_at=at)
    _record("request.file_taken_off", operator, request, at, reason=attachment.file_name)


def case_of(request: Request, at: datetime) -> Case:
    """The circumstances of a request: those of the day on which it was filed, or of today while it is a draft."""
    return Case(
        provider=request.provider,
        filed_on=request.filed_on if request.filed_on and not request.is_open_to_change else warsaw_day(at),
        number=request.number,
    )


def form_of(request: Request, at: datetime, *, check: bool = True) -> RequestForm:
    """The form of a request with what was typed into it."""
    return KINDS[request.kind].form(request.fields, case=case_of(request, at), check=check)


def faults_of(request: Request, form: RequestForm) -> list[tuple[str, str]]:
    """Everything for which a request is incomplete: field (or file) and sentence. Empty: it can be filed."""
    return faults_in(form) + [(str(name), text(_MISSING)) for name in files_missing(request)]


def faults_in(form: RequestForm) -> list[tuple[str, str]]:
    """What is missing or wrong in the fields. Empty: the request can be printed and signed."""
    found = [("", str(line)) for line in form.non_field_errors()]
    for bound in form:
        found += [(str(bound.label), str(line)) for line in bound.errors]
    return found


def files_missing(request: Request) -> Sequence[object]:
    """The names of the demanded files that are not there."""
    there = set(request.attachments.filter(taken_off_at=None).values_list("kind", flat=True))
    return [one.name for one in KINDS[request.kind].attachments if one.demanded and one.code not in there]


_MISSING = Text(pl="Proszę dołączyć ten plik.", en="Attach this file.")


def _change(request: Request, version: int, **values: Any) -> None:
    """Write to a request only as it was seen; the given object goes on with the new version."""
    changed = Request.objects.filter(pk=request.pk, version=version, state__in=_OPEN).update(
        version=F("version") + 1, **values
    )
    if not changed:
        raise UnableToChangeRequest(
            Text(
                pl="Wniosek {number} zmieniono, złożono albo wycofano w innym oknie. Poniżej jest jego obecna treść.",
                en="Request {number} was changed, filed or withdrawn elsewhere. Below it stands as it is now.",
            ).filled(number=request.number)
        )
    request.version = version + 1
    for name, value in values.items():
        setattr(request, name, value)


def _kept(form: RequestForm, typed: Typed) -> dict[str, list[str]]:
    """What the form asks for, of what came; nothing that a database text cannot hold."""
    return {
        name: [value.replace("\x00", "")[:LONGEST] for value in typed[name]]
        for name in form.fields
        if name in typed
    }


def _next_number(at: datetime) -> str:
    with connection.cursor() as cursor:
        cursor.execute("select nextval('request_number')")
        (number,) = cursor.fetchone()
    return f"W/{settings.BRANCH}/{warsaw_day(at).year}/{number:06d}"


def _record(act: str, operator: Operator, request: Request, at: datetime, *, reason: str = "") -> None:
    record(
        act,
        operator=operator,
        provider_id=request.provider_id,
        subject=request.number,
        reason=reason,
        at=at,
    )
