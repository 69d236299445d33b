"""Reports of services made to hurt, each with the code of its refusal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rozlicz.messages.wire.envelope import packed
from rozlicz.messages.wire.limits import GIB, MIB
from rozlicz.messages.wire.stream import FRAMEWORK, FUND
from tests.messages.hostile import endless

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


def without_end(start: str | bytes, piece: bytes) -> Make:
    return lambda _folder: endless(start, piece)


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
    "10 GB of blanks": (without_end(b"", b" "), "barren"),
    "10 GB of blanks inside": (without_end(OPEN, b" "), "barren"),
    "10 GB of line ends inside": (without_end(OPEN, b"\n"), "barren"),
    "10 GB of comments": (without_end(OPEN, b"<!-- nic -->"), "barren"),
    "10 GB of instructions": (without_end(OPEN, b"<?nic nic?>"), "barren"),
    "10 GB of empty sets": (without_end(OPEN, b'<zestaw-swiadczen typ="A"/>'), "barren"),
    "10 GB of unknown elements": (without_end(OPEN, b"<nieznany/>"), "barren"),
    "10 GB in one comment": (without_end(OPEN + "<!--", b" <a> "), "tag-too-long"),
    "10 GB in one instruction": (without_end(OPEN + "<?a", b" <a> "), "tag-too-long"),
    "10 GB in one attribute": (without_end(OPEN + '<zestaw-swiadczen typ="', b"A"), "tag-too-long"),
    "10 GB of attributes": (without_end(OPEN + "<zestaw-swiadczen ", b'a="1" '), "tag-too-long"),
    "10 GB in one CDATA section": (without_end(OPEN + "<![CDATA[", b" <a> "), "barren"),
    "10 GB of opening tags": (without_end(OPEN, b"<zestaw-swiadczen>"), "too-deep"),
    "10 GB of opening unknown tags": (without_end(OPEN, b"<a>"), "too-deep"),
    "10 GB of coefficients in one position": (
        without_end(
            OPEN + SERVICE + "<nfz:rozliczenie><nfz:poz-rozlicz>",
            b'<nfz:spec-rozlicz kod="R01" wspolczynnik="1.2"/>',
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
