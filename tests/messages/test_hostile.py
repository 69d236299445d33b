"""Everything hostile ends in a refusal with a sentence: soon, and without filling the memory."""

import io
import re
import time
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from rozlicz.messages.envelope import MessageRefused, packed
from rozlicz.messages.fakt_rach import NAMESPACE, read_bill
from rozlicz.messages.limits import GIB, MIB
from rozlicz.messages.p_swi import ReplyReader
from rozlicz.messages.r_umx import read_r_umx
from rozlicz.messages.refusals import SENTENCES
from rozlicz.messages.root import recognise
from rozlicz.messages.stream import FRAMEWORK, FUND
from rozlicz.messages.swiad import SwiadReader
from rozlicz.messages.umx import read_umx

SECONDS = 2.0
MEMORY = 48 * MIB

DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACES = f'xmlns="{FRAMEWORK}" xmlns:nfz="{FUND}"'
HEADER = (
    'obszar="AMBSZP" wersja="10" nfz:wersja="10.1" id-odb="05" id-nad="050123" '
    'id-inst-nad="05010318-ABCDEFGHIJ0123456789" nr-gen="1" czas-gen="2026-11-05T11:00:00"'
)
ROOT = f'<komunikat {NAMESPACES} typ="SWIAD" {HEADER}>\n'
PROVIDER = '<swiadczeniodawca typ-id="X" id-swd="050123" id-inst-swd="05010318">\n'
SERVICE = (
    '<zestaw-swiadczen typ="A"><pacjent typ-id="P" id-osoby="1"/>'
    '<swiadczenie id-swiad="1" nr-wersji="1" kod-swiad="1"><dane-swiadczenia>'
)
POSITION = '<nfz:rozliczenie kod-umowy="1" okres="2026-10"><nfz:poz-rozlicz lp="1"/></nfz:rozliczenie>'
SERVICE_END = "</dane-swiadczenia></swiadczenie></zestaw-swiadczen>\n"
END = "</swiadczeniodawca></komunikat>\n"


def report(body: str | bytes, *, before: bytes = DECLARATION) -> bytes:
    inside = body if isinstance(body, bytes) else body.encode()
    return before + (ROOT + PROVIDER).encode() + inside + END.encode()


def in_service(inside: str) -> bytes:
    return report(SERVICE + inside + SERVICE_END)


class Endless(io.RawIOBase):
    """A start and then the same piece over and over, up to `length` bytes, without ever holding them."""

    def __init__(self, start: bytes, piece: bytes, length: int) -> None:
        self._head = io.BytesIO(start)
        self._block = piece * max(1, 65536 // len(piece))
        self._left = length
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        if taken := self._head.readinto(buffer):
            return taken
        self._rest = self._rest or self._block
        size = min(len(buffer), len(self._rest), self._left)
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        self._left -= size
        return size


def endless(start: str | bytes, piece: bytes, length: int = 10 * GIB) -> io.BufferedReader:
    head = start if isinstance(start, bytes) else start.encode()
    return io.BufferedReader(Endless(head, piece, length))


def sparse(folder: Path) -> Path:
    path = folder / "nic.swx"
    with path.open("wb") as file:
        file.truncate(10 * GIB)
    return path


OPEN = DECLARATION.decode() + ROOT + PROVIDER
BOMB = """<!DOCTYPE k [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>\n"""

Make = Callable[[Path], object]


def of(content: object) -> Make:
    return lambda _folder: content


CASES: dict[str, tuple[Make, str]] = {
    # nothing, or something else
    "nothing": (of(b""), "empty"),
    "a blank": (of(b" "), "cut-off"),
    "only a mark of UTF-8": (of(b"\xef\xbb\xbf"), "cut-off"),
    "only the declaration": (of(DECLARATION), "cut-off"),
    "NUL": (of(b"\0" * 1000), "not-xml"),
    "NUL inside": (of(in_service("\0")), "not-well-formed"),
    "a PDF": (of(b"%PDF-1.7 scan"), "other-format"),
    "a GZIP archive": (of(b"\x1f\x8b\x08\x00"), "other-format"),
    "a text": (of(b"Dzie\xc5\x84 dobry"), "not-xml"),
    "HTML": (of(b"<html><body>404</body></html>"), "root"),
    "a file of 10 GB on the disk": (sparse, "too-large"),
    "10 GB of blanks": (of(endless(b"", b" ")), "barren"),
    "10 GB of blanks inside": (of(endless(OPEN, b" ")), "barren"),
    "10 GB of line ends inside": (of(endless(OPEN, b"\n")), "barren"),
    "10 GB of comments": (of(endless(OPEN, b"<!-- nic -->")), "barren"),
    "10 GB of instructions": (of(endless(OPEN, b"<?nic nic?>")), "barren"),
    "10 GB of empty sets": (of(endless(OPEN, b'<zestaw-swiadczen typ="A"/>')), "barren"),
    "10 GB of unknown elements": (of(endless(OPEN, b"<nieznany/>")), "barren"),
    "10 GB in one comment": (of(endless(OPEN + "<!--", b" <a> ")), "tag-too-long"),
    "10 GB in one instruction": (of(endless(OPEN + "<?a", b" <a> ")), "tag-too-long"),
    "10 GB in one attribute": (of(endless(OPEN + '<zestaw-swiadczen typ="', b"A")), "tag-too-long"),
    "10 GB of attributes": (of(endless(OPEN + "<zestaw-swiadczen ", b'a="1" ')), "tag-too-long"),
    "10 GB in one CDATA section": (of(endless(OPEN + "<![CDATA[", b" <a> ")), "barren"),
    "10 GB of opening tags": (of(endless(OPEN, b"<zestaw-swiadczen>")), "too-deep"),
    "10 GB of opening unknown tags": (of(endless(OPEN, b"<a>")), "too-deep"),
    "10 GB of coefficients in one position": (
        of(
            endless(
                OPEN + SERVICE + "<nfz:rozliczenie><nfz:poz-rozlicz>",
                b'<nfz:spec-rozlicz kod="R01" wspolczynnik="1.2"/>',
            )
        ),
        "barren",
    ),
    # entities
    "a bomb of entities": (of(report("", before=DECLARATION + BOMB.encode())), "doctype"),
    "a file as entity": (
        of(report("", before=DECLARATION + b'<!DOCTYPE k [<!ENTITY x SYSTEM "file:///etc/passwd">]>')),
        "doctype",
    ),
    "an outer DTD": (of(report("", before=b'<!DOCTYPE k SYSTEM "http://127.0.0.1/k.dtd">')), "doctype"),
    "an empty DOCTYPE": (of(report("", before=b"<!DOCTYPE komunikat>")), "doctype"),
    "an entity from nowhere": (of(in_service("&x;")), "not-well-formed"),
    # letters
    "UTF-7": (of(report("", before=b'<?xml version="1.0" encoding="UTF-7"?>')), "encoding-unknown"),
    "UTF-16": (of(report("").decode().encode("utf-16")), "other-format"),
    "ISO-8859-1": (of(report("", before=b'<?xml version="1.0" encoding="ISO-8859-1"?>')), "encoding-unknown"),
    "an encoding of one's own": (
        of(report("", before=b'<?xml version="1.0" encoding="x-moje"?>')),
        "encoding-unknown",
    ),
    "a mark of UTF-8 before ISO-8859-2": (
        of(report("", before=b'\xef\xbb\xbf<?xml version="1.0" encoding="ISO-8859-2"?>')),
        "encoding-false",
    ),
    "WINDOWS-1250 declared as ISO-8859-2": (
        of(
            report(
                '<zestaw-swiadczen typ="Ś"/>'.encode("cp1250"),
                before=b'<?xml version="1.0" encoding="ISO-8859-2"?>',
            )
        ),
        "encoding-false",
    ),
    "WINDOWS-1250 declared as UTF-8": (
        of(report('<zestaw-swiadczen typ="ł"/>'.encode("cp1250"))),
        "encoding-false",
    ),
    "control letters in UTF-8": (of(report('<zestaw-swiadczen typ="\x9c"/>')), "encoding-false"),
    "bytes that WINDOWS-1250 lacks": (
        of(
            report(b'<zestaw-swiadczen typ="\x81"/>', before=b'<?xml version="1.0" encoding="WINDOWS-1250"?>')
        ),
        "encoding-false",
    ),
    # XML
    "cut off in a tag": (of(report("")[:-20]), "cut-off"),
    "cut off in an attribute": (of((OPEN + '<zestaw-swiadczen typ="A').encode()), "cut-off"),
    "cut off before the provider": (of((DECLARATION.decode() + ROOT).encode()), "cut-off"),
    "tags that do not match": (of(in_service("</pacjent>")), "not-well-formed"),
    "an attribute twice": (of(report('<zestaw-swiadczen typ="A" typ="S"/>')), "not-well-formed"),
    "something behind the end": (of(report("") + b"<a/>"), "not-well-formed"),
    "a prefix from nowhere": (of(in_service("<inny:element/>")), "not-well-formed"),
    "a letter that may not be": (of(in_service('<przyczyna kod="&#1;"/>')), "not-well-formed"),
    "an ampersand": (of(in_service('<przyczyna kod="A & B"/>')), "not-well-formed"),
    "a declaration after blanks": (of(report("", before=b"\n" + DECLARATION)), "not-well-formed"),
    "100,000 attributes": (
        of(report("<zestaw-swiadczen " + " ".join(f'a{n}=""' for n in range(100_000)) + "/>")),
        "tag-too-long",
    ),
    "1,000 attributes": (
        of(report("<zestaw-swiadczen " + " ".join(f'a{n}=""' for n in range(1000)) + "/>")),
        "too-many-attributes",
    ),
    "names without end": (of(report("".join(f"<a{n}/>" for n in range(100_000)))), "too-many-names"),
    "names without end inside an unknown element": (
        of(report("<a>" + "".join(f"<a{n}/>" for n in range(100_000)) + "</a>")),
        "too-many-names",
    ),
    "attributes without end": (
        of(in_service("".join(f'<kom-org a{n}=""/>' for n in range(100_000)))),
        "too-many-names",
    ),
    "prefixes without end": (
        of(report("".join(f'<a xmlns:p{n}="u"/>' for n in range(100_000)))),
        "too-many-names",
    ),
    "values without end": (
        of(in_service(f'<przyczyna kod="{"x" * 60_000}"/>' + POSITION * 2000)),
        "values-too-long",
    ),
    # messages
    "another root": (of(b'<raport xmlns="www.csioz.gov.pl/xml/swd-platnik/1"/>'), "root"),
    "no namespace": (of(report("").replace(b' xmlns="', b' xmlns:x="')), "root"),
    "another namespace": (of(report("").replace(b'xmlns="www', b'xmlns="http://www')), "root"),
    "another message": (of(report("").replace(b"SWIAD", b"DEKL")), "kind"),
    "no kind": (of(report("").replace(b'typ="SWIAD"', b"")), "attribute-missing"),
    "no provider": (of(DECLARATION + ROOT.encode() + b"</komunikat>"), "element-missing"),
    "two providers": (of(report(END[:19] + PROVIDER)), "element-repeated"),
    "another area": (of(report("").replace(b"AMBSZP", b"WYKBAD")), "area"),
    "a wrong moment": (of(report("").replace(b"T11:00:00", b"T25:00:00")), "attribute-wrong"),
    "a wrong generation": (of(report("").replace(b'nr-gen="1"', b'nr-gen="-1"')), "attribute-wrong"),
    "a generation of arabic digits": (
        of(report("").replace(b'nr-gen="1"', 'nr-gen="١"'.encode())),
        "attribute-wrong",
    ),
    # archives
    "a bomb of blanks, zipped": (of(packed(b" " * 200 * MIB, "a.xml")), "zip-ratio"),
    "a small bomb, zipped": (of(packed(OPEN.encode() + b" " * 9 * MIB, "a.xml")), "barren"),
    "a cut archive": (of(packed(report(""), "a.xml")[:-30]), "zip-damaged"),
}


def read_report(source: object) -> int:
    """Read all of it as the worker does; the number of rows."""
    with SwiadReader(source, batch_size=1000) as reader:
        return sum(frame.height for frame in reader)


def refusal_of(read: Callable[[object], object], content: object) -> MessageRefused:
    source = io.BytesIO(content) if isinstance(content, bytes) else content
    begin = time.process_time()
    with pytest.raises(MessageRefused) as raised:
        read(source)
    assert time.process_time() - begin < SECONDS
    return raised.value


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_report_is_refused_soon(name: str, tmp_path: Path) -> None:
    make, code = CASES[name]
    refusal = refusal_of(read_report, make(tmp_path))
    assert refusal.code == code, str(refusal)
    assert not re.search(r"\{[a-z]+\}", refusal.text.pl + refusal.text.en)
    assert refusal.text.pl != refusal.text.en


ENDLESS = [name for name in CASES if name.startswith("10 GB")]


@pytest.fixture
def traced() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


def hostile_streams() -> dict[str, io.BufferedReader]:
    """The endless cases once more, as streams that nobody has read from."""
    return {
        "blanks": endless(OPEN, b" "),
        "comments": endless(OPEN, b"<!-- nic -->"),
        "attribute": endless(OPEN + '<zestaw-swiadczen typ="', b"A"),
        "tags": endless(OPEN, b"<a>"),
        "coefficients": endless(
            OPEN + SERVICE + "<nfz:rozliczenie><nfz:poz-rozlicz>",
            b'<nfz:spec-rozlicz kod="R01" wspolczynnik="1.2"/>',
        ),
    }


@pytest.mark.parametrize("name", hostile_streams())
def test_memory_stays_flat(name: str, traced: None) -> None:
    stream = hostile_streams()[name]
    with pytest.raises(MessageRefused):
        read_report(stream)
    assert tracemalloc.get_traced_memory()[1] < MEMORY


READERS = {
    "UMX": (read_umx, FUND),
    "R_UMX": (read_r_umx, FUND),
    "RACH": (read_bill, NAMESPACE),
    "P_SWI": (lambda source: list(ReplyReader(source)), FUND),
}
DOCUMENT_CASES = {
    "cut off": ("", "cut-off"),
    "blanks": (" " * 5 * MIB, "barren"),
    "a DOCTYPE": ("", "doctype"),
    "depth": ("<a>" * 100, "too-deep"),
    "attributes": ("<a " + " ".join(f'a{n}=""' for n in range(1000)) + "/>", "too-many-attributes"),
    "a giant attribute": (f'<a b="{"x" * 10 * MIB}"/>', "tag-too-long"),
    "text": ("<a>tekst", "text"),
    "another root": ("", "root"),
    "another kind": ("</komunikat>", "kind"),
}


@pytest.mark.parametrize("case", DOCUMENT_CASES)
@pytest.mark.parametrize("kind", READERS)
def test_a_hostile_document_is_refused_soon(kind: str, case: str) -> None:
    read, namespace = READERS[kind]
    body, code = DOCUMENT_CASES[case]
    root = f'<komunikat xmlns="{namespace}" typ="{kind if code != "kind" else "SWIAD"}">'
    if code == "root":
        root = f'<komunikat xmlns="http://{namespace}"/>'
    doctype = "<!DOCTYPE komunikat>" if code == "doctype" else ""
    refusal = refusal_of(read, (DECLARATION.decode() + doctype + root + body).encode())
    assert refusal.code == code, str(refusal)


@pytest.mark.parametrize("kind", READERS)
def test_a_document_of_endless_elements_is_refused_soon(kind: str) -> None:
    read, namespace = READERS[kind]
    root = f'<komunikat xmlns="{namespace}" typ="{kind}">'
    begin = time.process_time()
    with pytest.raises(MessageRefused) as raised:
        read(endless(root, b"<a/>"))
    assert raised.value.code == "too-many-elements"
    assert time.process_time() - begin < 10


def test_a_stream_of_10_gb_is_recognised_by_its_first_bytes() -> None:
    assert recognise(endless(OPEN, b" ")) == "SWIAD"


@pytest.mark.parametrize(
    "content", [b"", b"\0", b"<a/>", b"<komunikat/>", b'<komunikat typ="', b"PK\x03\x04"]
)
def test_what_is_no_message_is_not_recognised(content: bytes) -> None:
    with pytest.raises(MessageRefused):
        recognise(io.BytesIO(content))


@pytest.mark.parametrize("length", range(0, 900, 13))
def test_a_report_cut_anywhere_is_refused(length: int) -> None:
    whole = in_service(POSITION).rstrip()
    with pytest.raises(MessageRefused):
        read_report(io.BytesIO(whole[: min(length, len(whole) - 1)]))


def test_every_sentence_can_be_filled() -> None:
    for code, sentence in SENTENCES.items():
        assert sentence.pl, code
        assert sentence.en not in ("", sentence.pl), code


@pytest.mark.parametrize("make", [partial(endless, OPEN, b" ")])
def test_an_endless_stream_is_left_early(make: Callable[[], io.BufferedReader]) -> None:
    with pytest.raises(MessageRefused) as raised:
        read_report(make())
    assert raised.value.line == 4
    assert raised.value.path == "/komunikat/swiadczeniodawca"
