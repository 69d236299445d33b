"""The file that a call brings: as the only content of the call, or as a part of a form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django import forms
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from rozlicz.portal.api.problems import Problem

RAW_TYPES = ("application/xml", "text/xml", "application/zip", "application/octet-stream")
"""Types of content under which a message may be sent as it is."""
FORM_TYPE = "multipart/form-data"
LARGEST = 512 * 2**20
"""Bytes of a file that a call brings, alone or as a part of a form."""
_CHUNK = 2**20
_IN_MEMORY = 4 * _CHUNK

_BINARY = {"type": "string", "format": "binary"}


def body_of(form: dict[str, Any], *, required: list[str], raw: bool) -> dict[str, Any]:
    """What a call that brings files takes, for the OpenAPI document; `raw`: also the message alone."""
    content: dict[str, Any] = {
        FORM_TYPE: {"schema": {"type": "object", "properties": form, "required": required}}
    }
    if raw:
        content |= {kind: {"schema": _BINARY} for kind in RAW_TYPES}
    return {"requestBody": {"required": True, "content": content}}


def is_form(request: HttpRequest) -> bool:
    """Whether the call is a form with parts. Raises Problem for content that is neither form nor message."""
    if request.content_type == FORM_TYPE:
        return True
    if request.content_type in RAW_TYPES:
        return False
    raise Problem("media_type")


def checked(request: HttpRequest, form: forms.Form, names: Mapping[str, str]) -> dict[str, Any]:
    """What a form of the portal's pages makes of the parts. Raises Problem with the sentences of its fields.

    So it does for a part that is too large.

    `names` leads from the form's names to those of the call. Parts that the form would not look at are refused, so
    that no scan is lost by a wrong name, or behind another of the same name.
    """
    if any(part.size > LARGEST for _name, parts in request.FILES.lists() for part in parts):
        raise Problem("too_large")
    fields = {names.get(name, name): field for name, field in form.fields.items()}
    faults = [*_strange(request.POST, fields), *_strange(request.FILES, fields)] or [
        (names.get(name, name), str(message)) for name, found in form.errors.items() for message in found
    ]
    if faults:
        raise Problem("invalid", errors=faults)
    cleaned: dict[str, Any] = form.cleaned_data
    return cleaned


def _strange(parts: MultiValueDict[str, Any], fields: Mapping[str, forms.Field]) -> Iterator[tuple[str, str]]:
    for name in parts:
        if name not in fields:
            yield name, gettext("The call knows nothing of this name.")
        elif len(parts.getlist(name)) > 1 and not getattr(
            fields[name].widget, "allow_multiple_selected", False
        ):
            yield name, gettext("This was said more than once.")


@contextmanager
def sent_alone(request: HttpRequest) -> Iterator[IO[bytes]]:
    """The content of the call, in flat memory. Raises Problem when it is empty or too large."""
    size = 0
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as target:
        while chunk := request.read(_CHUNK):
            size += len(chunk)
            if size > LARGEST:
                raise Problem("too_large")
            target.write(chunk)
        if not size:
            raise Problem("invalid", errors=[("file", gettext("The file is empty."))])
        yield target
