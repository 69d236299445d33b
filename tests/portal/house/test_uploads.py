"""Files that people send along: told by their bytes, kept whole, or refused with a sentence."""

from __future__ import annotations

import pytest
from django import forms
from django.core.files.base import ContentFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override

from rozlicz.portal.house import files, uploads
from rozlicz.portal.house.uploads import FilesField, UnableToKeepFile, content_type_of, keep

PDF = b"%PDF-1.7\n%%EOF"
OFFICE = b"PK\x03\x04" + b"\x00" * 30


def sent(name: str, content: bytes = PDF) -> ContentFile[bytes]:
    return ContentFile(content, name=name)


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("pismo.pdf", PDF, "application/pdf"),
        ("SKAN.JPG", b"\xff\xd8\xff\xe0rest", "image/jpeg"),
        ("tabela.xlsx", OFFICE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("lista.csv", "Łódź;1\r\n".encode("cp1250"), "text/csv"),
        ("dane.xml", b'<?xml version="1.0"?>\n<a/>', "application/xml"),
        ("C:\\pulpit\\pismo.pdf", PDF, "application/pdf"),
    ],
)
def test_a_file_is_given_back_under_the_type_of_its_content(name, content, found):
    assert content_type_of(sent(name, content)) == found


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("program.exe", b"MZ\x90\x00", "nie przyjmuje"),
        ("strona.html", b"<script>alert(1)</script>", "nie przyjmuje"),
        ("rysunek.svg", b"<svg onload='alert(1)'/>", "nie przyjmuje"),
        ("bez_koncowki", PDF, "nie przyjmuje"),
        ("pismo.pdf", b"MZ\x90\x00\x03", "jest inna"),
        ("pismo.pdf", b"<html></html>", "jest inna"),
        ("lista.txt", b"\x7fELF\x02\x01\x00", "jest inna"),
        ("lista.txt", b"#!/bin/sh\nrm -rf /\n", "jest inna"),
        ("tabela.xlsx", b"a;b\n", "jest inna"),
        ("pusty.pdf", b"", "jest pusty"),
    ],
)
def test_a_file_of_another_kind_or_content_is_refused_with_its_name(name, content, word):
    with pytest.raises(UnableToKeepFile) as refused:
        content_type_of(sent(name, content))
    assert word in refused.value.text.pl
    assert name in refused.value.text.pl


def test_a_file_that_is_too_large_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 10)
    with pytest.raises(UnableToKeepFile, match="larger than"):
        content_type_of(sent("pismo.pdf"))


def test_files_are_kept_all_or_none_and_byte_by_byte():
    [first, second] = keep([sent("a.pdf"), sent("b.pdf", PDF + b"!")])
    with files.opened(second.file) as stored:
        assert stored.read() == PDF + b"!"
    assert (first.file_name, first.size) == ("a.pdf", len(PDF))
    with pytest.raises(UnableToKeepFile):
        keep([sent("c.pdf"), sent("d.exe")])
    with pytest.raises(UnableToKeepFile, match="can be sent at once"):
        keep([sent(f"{number}.pdf") for number in range(uploads.MOST_FILES + 1)])


class OneField(forms.Form):
    files = FilesField()


def test_the_field_tells_every_fault_at_once():
    chosen = MultiValueDict({"files": [sent("a.pdf"), sent("b.exe", b"MZ"), sent("c.pdf", b"MZ")]})
    with override("en"):
        form = OneField({}, chosen)
        assert not form.is_valid()
    assert len(form.errors["files"]) == 2
    assert OneField({}, MultiValueDict({"files": [sent("a.pdf")]})).is_valid()
    assert OneField({}, MultiValueDict()).is_valid()
