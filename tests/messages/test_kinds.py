"""A file is known by its first tag, whatever it is called and however it is packed."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest

from rozlicz.messages.kinds import KINDS, kind_of
from rozlicz.messages.wire.envelope import packed
from rozlicz.messages.wire.refusals import MessageRefused
from rozlicz.messages.wire.root import ROOT, recognise
from tests.messages.example_files import examples


@pytest.mark.parametrize("name", examples())
def test_an_example_is_recognised(name: str) -> None:
    kind = kind_of(io.BytesIO(examples()[name]))
    assert name.endswith(kind.extension)
    assert kind_of(io.BytesIO(packed(examples()[name], "x"))) is kind
    if kind.root == ROOT:
        assert recognise(io.BytesIO(examples()[name])) == kind.type


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ('<komunikat typ="UMX"/>', "UMX"),
        ('<komunikat xmlns="urn:x" obszar="X" typ="UMX">', "UMX"),
        ('<komunikat typ="SWIAD" obszar="AMBSZP">', "SWIAD-AMBSZP"),
        ('<komunikat typ="SWIAD" obszar="WYKBAD">', "SWIAD-WYKBAD"),
    ],
)
def test_type_and_area_decide(file: str, code: str) -> None:
    assert kind_of(io.BytesIO(file.encode())).code == code


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ('<komunikat typ="LIOCZ"/>', "kind-unknown"),
        ("<komunikat/>", "attribute-missing"),
        ('<komunikat typ="SWIAD"/>', "attribute-missing"),
        ('<komunikat typ="SWIAD" obszar="INNY"/>', "area"),
        ("<Faktura/>", "root"),
        ('<Faktura xmlns="http://crd.gov.pl/wzor/2023/06/29/12648/"/>', "root"),
        ("<html/>", "root"),
    ],
)
def test_what_is_not_known_is_refused_by_its_name(file: str, reason: str) -> None:
    with pytest.raises(MessageRefused) as raised:
        kind_of(io.BytesIO(file.encode()))
    assert raised.value.code == reason


def test_no_two_kinds_are_taken_for_each_other() -> None:
    assert len({kind.code for kind in KINDS}) == len(KINDS)
    tags = [(kind.root, kind.namespace, kind.type, kind.area) for kind in KINDS]
    assert len(set(tags)) == len(tags)
    for kind in KINDS:
        assert kind.extension.startswith(".")
        assert kind.schema_path.is_file()
        assert kind.name.pl != kind.name.en
        assert kind.seen.pl
        assert kind.seen.en


def test_knowing_the_kinds_loads_no_reader() -> None:
    program = (
        "import sys; import rozlicz.messages.kinds; "
        "print(*{'polars', 'lxml', 'signxml', 'rozlicz.messages.umx', 'rozlicz.messages.wire.tree'}"
        " & set(sys.modules))"
    )
    ended = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert ended.stdout.strip() == ""
