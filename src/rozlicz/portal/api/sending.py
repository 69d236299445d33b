"""The file that a call brings: as the only content of the call, or as a part of a form."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext

from rozlicz.portal.api.problems import Problem

RAW_TYPES = ("application/xml", "text/xml", "application/zip", "application/octet-stream")
"""Types of content under which a message may be sent as it is."""
FORM_TYPE = "multipart/form-data"
LARGEST = 512 * 2**20
"""Bytes of a message that is sent as it is."""
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


def checked(form: forms.Form, names: dict[str, str]) -> dict[str, Any]:
    """What a form of the portal's pages makes of the parts. Raises Problem with the sentences of its fields.

    `names` leads from the form's names to those of the call.
    """
    if form.is_valid():
        cleaned: dict[str, Any] = form.cleaned_data
        return cleaned
    raise Problem(
        "invalid",
        errors=[
            (names.get(field, field), str(message))
            for field, found in form.errors.items()
            for message in found
        ],
    )


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
