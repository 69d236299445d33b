"""Plain or zipped, a file is taken once, within its budget, under its own hash."""

import hashlib
import io
import struct
import zipfile
from pathlib import Path

import pytest

from rozlicz.messages.wire.envelope import Limits, MessageRefused, opened, packed, sha256_of, zip_writer
from rozlicz.messages.wire.limits import REPORT_LIMITS

XML = b'<?xml version="1.0" encoding="UTF-8"?>\n<komunikat typ="SWIAD"/>\n'


class OneWay(io.RawIOBase):
    """A stream that cannot seek, such as a pipe."""

    def __init__(self, content: bytes) -> None:
        self._inner = io.BytesIO(content)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        return self._inner.readinto(buffer)


def refusal_of(content: bytes, limits: Limits = REPORT_LIMITS) -> MessageRefused:
    with pytest.raises(MessageRefused) as raised, opened(io.BytesIO(content), limits=limits) as stream:
        stream.read()
    return raised.value


def archive(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as made:
        for name, content in members:
            made.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize("content", [XML, packed(XML, "raport.xml"), archive(("raport.xml", XML))])
def test_plain_and_zipped_give_the_same_xml(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "raport.swx"
    path.write_bytes(content)
    for source in (path, io.BytesIO(content)):
        with opened(source) as stream:
            assert stream.total_bytes == len(XML)
            assert stream.read() == XML
            assert stream.bytes_read == len(XML)
            assert stream.sha256 == hashlib.sha256(content).hexdigest() == sha256_of(source)


def test_a_stream_that_cannot_seek_is_read_plain() -> None:
    with opened(io.BufferedReader(OneWay(XML))) as stream:
        assert stream.total_bytes is None
        assert stream.read() == XML


def test_a_stream_that_cannot_seek_cannot_be_zipped() -> None:
    with pytest.raises(ValueError, match="seekable"), opened(io.BufferedReader(OneWay(packed(XML, "a.xml")))):
        pass


def test_a_source_keeps_its_position_when_hashed() -> None:
    source = io.BytesIO(XML)
    source.seek(7)
    assert sha256_of(source) == hashlib.sha256(XML).hexdigest()
    assert source.tell() == 7


def test_equal_content_packs_to_equal_bytes() -> None:
    assert packed(XML, "a.xml") == packed(io.BytesIO(XML), "a.xml")


def test_a_member_can_be_written_piece_by_piece(tmp_path: Path) -> None:
    path = tmp_path / "a.swx"
    with zip_writer(path, "a.xml") as member:
        member.write(XML[:10])
        member.write(XML[10:])
    with opened(path) as stream:
        assert stream.read() == XML


def test_an_empty_file_is_refused() -> None:
    assert refusal_of(b"").code == "empty"
    assert refusal_of(packed(b"", "a.xml")).code == "empty"


def test_an_archive_without_or_with_several_members_is_refused() -> None:
    assert refusal_of(archive()).code == "zip-members"
    two = refusal_of(archive(("a.xml", XML), ("b.xml", XML)))
    assert two.code == "zip-members"
    assert "2" in two.text.pl


@pytest.mark.parametrize("name", ["../a.xml", "raporty/a.xml", "/etc/passwd", "c:\\a.xml", "a\\b.xml"])
def test_a_member_with_a_path_is_refused(name: str) -> None:
    assert refusal_of(archive((name, XML))).code == "zip-name"


def test_an_archive_in_an_archive_is_refused() -> None:
    assert refusal_of(packed(packed(XML, "a.xml"), "a.swx")).code == "zip-nested"


def test_an_encrypted_member_is_refused() -> None:
    content = bytearray(archive(("a.xml", XML)))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert refusal_of(bytes(content)).code == "zip-encrypted"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_compression_is_refused(method: int) -> None:
    assert refusal_of(archive(("a.xml", XML), method=method)).code == "zip-method"


def test_a_stored_member_is_read() -> None:
    with opened(io.BytesIO(archive(("a.xml", XML), method=zipfile.ZIP_STORED))) as stream:
        assert stream.read() == XML


def test_a_cut_archive_is_refused_wherever_it_is_cut() -> None:
    whole = packed(XML * 50, "a.xml")
    for length in range(4, len(whole), 7):
        assert refusal_of(whole[:length]).code == "zip-damaged", length


def test_damage_in_an_archive_is_a_refusal_or_harmless() -> None:
    whole = packed(XML * 50, "a.xml")
    for place in range(4, len(whole)):
        damaged = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        try:
            with opened(io.BytesIO(damaged)) as stream:
                assert stream.read() == XML * 50
        except MessageRefused:
            continue


def test_a_size_that_lies_is_refused() -> None:
    whole = bytearray(packed(XML * 50, "a.xml"))
    directory = whole.index(b"PK\x01\x02")
    struct.pack_into("<L", whole, directory + 24, 10)
    assert refusal_of(bytes(whole)).code == "zip-damaged"


@pytest.mark.slow
def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = packed(b" " * 30_000_000, "a.xml")
    assert refusal_of(bomb).code == "zip-ratio"
    assert refusal_of(bomb, Limits(max_bytes=1_000_000)).code == "too-large"


def test_a_directory_of_a_million_members_is_not_loaded() -> None:
    member = archive(("a" * 60_000, b""))
    entry = member[member.index(b"PK\x01\x02") : member.index(b"PK\x05\x06")]
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 30, 30, len(entry) * 30, 4, 0)
    assert refusal_of(b"PK\x03\x04" + entry * 30 + end).code == "zip-damaged"


def test_the_budget_holds_for_a_stream_of_unknown_size() -> None:
    with pytest.raises(MessageRefused) as raised:
        with opened(io.BufferedReader(OneWay(b"<" * 5000)), limits=Limits(max_bytes=1000)) as stream:
            stream.read()
    assert raised.value.code == "too-large"
    assert raised.value.text.en.startswith("The file has 5 kB") or "kB" in raised.value.text.en


def test_a_refusal_reads_as_a_sentence_with_its_place() -> None:
    refusal = refusal_of(b"")
    assert str(refusal) == refusal.text.en
    assert refusal.text.pl.startswith("Plik jest pusty.")
