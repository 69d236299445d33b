"""Files that people send along: what they are is told by their bytes, and what may come in is listed here.

A file is always given back as a download under the type found here, never under what the sender's browser said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.base import File
from django.db import models
from django.utils.translation import gettext_lazy as _

from rozlicz.kernel.texts import Text
from rozlicz.portal.house import files
from rozlicz.portal.house.formatting import text
from rozlicz.portal.house.refusal import UnableTo

LARGEST = 20 * 2**20
"""Bytes of one file."""
MOST_FILES = 10
"""Files of one sending."""

_HEAD = 4096
_TEXT_CONTROLS = frozenset(b"\t\n\r\f")
_SPACE = 0x20
_ZIP, _OLE, _TEXT = "zip", "ole", "text"
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"PK\x03\x04", _ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLE),
    (b"\x30\x82", "der"),
    (b"\x30\x80", "der"),
)
"""How the bytes of each family begin; everything else is text, or refused."""

_XML = "application/xml"
KINDS: dict[str, tuple[str, str]] = {
    "pdf": ("pdf", "application/pdf"),
    "png": ("png", "image/png"),
    "jpg": ("jpeg", "image/jpeg"),
    "jpeg": ("jpeg", "image/jpeg"),
    "tif": ("tiff", "image/tiff"),
    "tiff": ("tiff", "image/tiff"),
    "zip": (_ZIP, "application/zip"),
    "docx": (_ZIP, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": (_ZIP, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "odt": (_ZIP, "application/vnd.oasis.opendocument.text"),
    "ods": (_ZIP, "application/vnd.oasis.opendocument.spreadsheet"),
    "asice": (_ZIP, "application/vnd.etsi.asic-e+zip"),
    "doc": (_OLE, "application/msword"),
    "xls": (_OLE, "application/vnd.ms-excel"),
    "p7s": ("der", "application/pkcs7-signature"),
    "txt": (_TEXT, "text/plain"),
    "csv": (_TEXT, "text/csv"),
    "xml": (_TEXT, _XML),
    "xades": (_TEXT, _XML),
}
"""The endings that are taken in: the family of bytes each must hold, and the type under which it is given back."""

_NAMED = "PDF, PNG, JPG, TIFF, DOC, DOCX, XLS, XLSX, ODT, ODS, TXT, CSV, XML, ZIP, P7S, ASiC-E"


class UnableToKeepFile(UnableTo):
    """The file is of no kind that is taken in, is not what its name says, is empty or too large."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file that has been stored, with everything a row of `KeptFile` holds."""

    file: str
    file_name: str
    sha256: str
    size: int
    content_type: str


class KeptFile(models.Model):
    """A row of a file that came with something: its stored bytes, name, size in bytes and type by its content."""

    file = models.CharField(max_length=80)
    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.file_name


def keep(uploads: Sequence[File[Any]]) -> list[Kept]:
    """Store the files, all or none. Raises UnableToKeepFile with a sentence about the first that cannot be taken."""
    if len(uploads) > MOST_FILES:
        raise UnableToKeepFile(_TOO_MANY.filled(number=len(uploads), most=MOST_FILES))
    types = [content_type_of(upload) for upload in uploads]
    return [_keep(upload, found) for upload, found in zip(uploads, types, strict=True)]


def _keep(upload: File[Any], content_type: str) -> Kept:
    stored = files.store(upload)
    return Kept(
        file=stored.name,
        file_name=_name(upload)[-120:],
        sha256=stored.sha256,
        size=stored.size,
        content_type=content_type,
    )


def content_type_of(upload: File[Any]) -> str:
    """The type under which the file is given back. Raises UnableToKeepFile."""
    name = _name(upload)
    if not upload.size:
        raise UnableToKeepFile(_EMPTY.filled(name=name))
    if upload.size > LARGEST:
        raise UnableToKeepFile(_TOO_LARGE.filled(name=name, most=LARGEST // 2**20))
    family, content_type = KINDS.get(PurePath(name).suffix.lower().removeprefix("."), ("", ""))
    if not family:
        raise UnableToKeepFile(_UNKNOWN.filled(name=name, kinds=_NAMED))
    if family != _family(upload):
        raise UnableToKeepFile(_OTHER_THAN_NAMED.filled(name=name))
    return content_type


def _family(upload: File[Any]) -> str:
    upload.seek(0)
    head = upload.read(_HEAD)
    upload.seek(0)
    for start, family in _STARTS:
        if head.startswith(start):
            return family
    is_text = all(byte >= _SPACE or byte in _TEXT_CONTROLS for byte in head)
    return _TEXT if is_text and not head.startswith(b"#!") else ""


def _name(upload: File[Any]) -> str:
    return PurePath((upload.name or "").replace("\\", "/")).name


class SeveralFiles(forms.FileInput):
    """A file input that takes any number of files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files of the kinds that are taken in; cleaned to a list, with a sentence for each that is not."""

    widget = SeveralFiles

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"label": _("Files"), "required": False, "help_text": FILES_HINT} | kwargs
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = ",".join(f".{ending}" for ending in KINDS)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # noqa: ARG002 - Django's signature
        """The files that were chosen; the sentences are those of `keep`."""
        if self.required and not data:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        found = list(data or ())
        if len(found) > MOST_FILES:
            raise forms.ValidationError(text(_TOO_MANY.filled(number=len(found), most=MOST_FILES)))
        faults = []
        for one in found:
            try:
                content_type_of(one)
            except UnableToKeepFile as unable:
                faults.append(text(unable.text))
        if faults:
            raise forms.ValidationError(faults)
        return found


FILES_HINT = _("PDF, scans (PNG, JPG, TIFF), office documents, XML, CSV, ZIP; up to 10 files of 20 MB each.")

_TOO_MANY = Text(
    pl="Wybrano {number} plików, a razem można wysłać {most}. Proszę spakować je do jednego pliku ZIP.",
    en="{number} files were chosen; {most} can be sent at once. Pack them into one ZIP file.",
)
_EMPTY = Text(
    pl="Plik „{name}” jest pusty. Proszę wybrać go jeszcze raz.",
    en="The file “{name}” is empty. Choose it again.",
)
_TOO_LARGE = Text(
    pl="Plik „{name}” jest większy niż {most} MB. Proszę go podzielić albo zeskanować w odcieniach szarości.",
    en="The file “{name}” is larger than {most} MB. Split it, or scan it in grey.",
)
_UNKNOWN = Text(
    pl="Plików takich jak „{name}” portal nie przyjmuje. Przyjmuje: {kinds}.",
    en="Files like “{name}” are not taken in. These are: {kinds}.",
)
_OTHER_THAN_NAMED = Text(
    pl="Zawartość pliku „{name}” jest inna, niż mówi jego nazwa. Proszę zapisać go we właściwym formacie.",
    en="The content of the file “{name}” is not what its name says. Save it again in the right format.",
)
