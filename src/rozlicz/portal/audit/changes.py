"""What an act changed: the versions of rows that the row history keeps under the same key."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from pghistory.models import Event

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.audit.row_words import FIELDS, IN_GROSZE, KINDS, MONTHS, PAGES
from rozlicz.portal.house import formatting
from rozlicz.portal.house.states import STATES

MANY = 50
"""Changed rows shown of each kind; a payment run may change thousands."""
_LONG = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedField:
    """One value: what it is, what it was before (empty for a new row), and what it became."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One version of one row: `act` is `insert`, `update` or `delete`; `url` where the reader may open the thing."""

    kind: str
    name: str
    act: str
    url: str
    fields: list[ChangedField]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Everything under one key; `left_out` counts rows beyond `MANY` of a kind."""

    shown: list[Change]
    left_out: int


def changes_of(reader: Operator, entry: Entry) -> Changes:
    """The rows that the request of this entry changed, those that the reader may see.

    Row-level security leaves a provider the history of its own rows. Secrets (password hashes, tokens) cannot appear:
    the history does not keep them.
    """
    shown: list[Change] = []
    left_out = 0
    if entry.change is not None:
        for model in _histories(reader):
            versions = _versions(model, entry)
            found = list(versions[: MANY + 1])
            if len(found) > MANY:
                left_out += versions.count() - MANY
            shown += _told(reader, model, found[:MANY])
    return Changes(shown=shown, left_out=left_out)


def _histories(reader: Operator) -> Iterable[type[Event]]:
    """The history of every tracked model that the reader's role may read at all."""
    for model in apps.get_models():
        if issubclass(model, Event) and model._meta.app_label != "pghistory":
            if reader.is_payer or _has_provider(model):
                yield model


def _has_provider(model: type[Event]) -> bool:
    names = {field.attname for field in model._meta.concrete_fields}
    return "provider_id" in names or model.pgh_tracked_model._meta.label_lower == "providers.provider"


def _versions(model: type[Event], entry: Entry) -> QuerySet[Any]:
    before = model.objects.filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__lt=OuterRef("pgh_id"))
    return (
        model.objects.filter(pgh_context=entry.change)
        .annotate(before_id=Subquery(before.order_by("-pgh_id").values("pgh_id")[:1]))
        .order_by("pgh_id")
    )


def _told(reader: Operator, model: type[Event], versions: list[Any]) -> Iterable[Change]:
    former = model.objects.in_bulk([one.before_id for one in versions if one.before_id])
    fields = [
        field
        for field in model._meta.concrete_fields
        if not field.name.startswith("pgh_") and field.name != "id"
    ]
    names = _Names(fields, [*versions, *former.values()])
    kind = model.pgh_tracked_model._meta.label_lower
    for version in versions:
        before = former.get(version.before_id) if version.pgh_label != "insert" else None
        changed = [
            _field(field, names, before, version)
            for field in fields
            if getattr(version, field.attname) != getattr(before, field.attname, _nothing_in(field))
        ]
        if changed or version.pgh_label == "delete":
            yield Change(
                kind=str(KINDS.get(kind, kind)),
                name=_name(version),
                act=version.pgh_label,
                url=_url(reader, kind, version),
                fields=changed,
            )


def _nothing_in(field: models.Field) -> Any:
    """What a field of a new row holds when there is nothing to tell."""
    return "" if field.empty_strings_allowed and not field.null else None


def _name(version: Any) -> str:
    """How people call the row: its number or code, else its key."""
    for name in ("number", "code", "receipt_number", "login", "title", "name", "file_name"):
        if value := getattr(version, name, ""):
            return str(value)
    return str(version.pgh_obj_id)


def _url(reader: Operator, kind: str, version: Any) -> str:
    if kind not in PAGES:
        return ""
    page, part, right = PAGES[kind]
    return reverse(page, args=[getattr(version, part)]) if reader.may(right) else ""


def _field(field: models.Field, names: _Names, before: Any, version: Any) -> ChangedField:
    return ChangedField(
        name=str(FIELDS.get(field.name, field.name)),
        before=names.words(field, getattr(before, field.attname)) if before else "",
        after=names.words(field, getattr(version, field.attname)),
    )


class _Names:
    """Values in words; the rows that other rows point at are read once for all."""

    def __init__(self, fields: Iterable[models.Field], rows: list[Any]) -> None:
        self._related: dict[tuple[type[models.Model], Any], str] = {}
        wanted: dict[type[models.Model], set[Any]] = {}
        for field in fields:
            if field.remote_field:
                keys = {getattr(row, field.attname) for row in rows} - {None}
                wanted.setdefault(field.remote_field.model, set()).update(keys)
        for model, keys in wanted.items():
            for key, row in model._base_manager.in_bulk(keys).items():
                self._related[model, key] = str(row)

    def words(self, field: models.Field, value: Any) -> str:
        """One value as people read it; another row by its name, or by its key where the reader may not see it."""
        if value is None or value == "":
            return formatting.NOTHING
        if field.remote_field:
            return self._related.get((field.remote_field.model, value), str(value))
        if field.name == "state" and value in STATES:
            return str(STATES[value].word)
        if field.name in MONTHS and isinstance(value, int):
            return formatting.month_name(value)
        if field.name in IN_GROSZE and isinstance(value, int):
            return formatting.amount(value)
        return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return formatting.moment(value)
    if isinstance(value, date):
        return formatting.day(value)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value) or formatting.NOTHING
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False)
    text = str(value)
    return text if len(text) <= _LONG else f"{text[:_LONG]}…"
