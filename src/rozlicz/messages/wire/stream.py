"""The one XML walker of all readers: expat with everything hostile refused, and line numbers.

Start and end of each element go straight to the reader's two functions, without a tree, so memory stays
flat whatever the shape of the document. Names arrive as `namespace local` (one blank between), or plain.

Processing instructions and comments are passed over: they carry no data. A DOCTYPE is refused, so
entities of any kind never exist. What a file may cost is bounded by `Limits`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import BinaryIO
from xml.parsers import expat

from rozlicz.kernel.texts import Text, same
from rozlicz.messages.wire.limits import KIB, REPORT_LIMITS, Limits
from rozlicz.messages.wire.refusals import MessageRefused, excerpt, refused, size_text

FRAMEWORK = "www.csioz.gov.pl/xml/swd-platnik/1"
"""Namespace of the Ministry's framework messages, as seen (without http://)."""

FUND = "www.nfz.gov.pl/xml/swd-platnik/1"
"""Namespace of the Fund's own elements and attributes, prefix `nfz`, as seen."""

XSI = "http://www.w3.org/2001/XMLSchema-instance"

CHUNK = 64 * KIB

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]

_ALLOWED_ENCODINGS = ("UTF-8", "ISO-8859-2", "WINDOWS-1250")
_DECLARATION_LIMIT = 256
_BOM = b"\xef\xbb\xbf"

# Letters that no text of these encodings holds: they appear when WINDOWS-1250 is declared as something else.
_CONTROLS = {"UTF-8": re.compile(rb"\xc2[\x80-\x9f]"), "ISO-8859-2": re.compile(rb"[\x80-\x9f]")}
_CONTROLS_BEGIN = {"UTF-8": b"\xc2", "ISO-8859-2": b""}

_OTHER_FORMATS: tuple[tuple[bytes, Text], ...] = (
    (b"%PDF", Text(pl="plik PDF", en="a PDF file")),
    (b"\x1f\x8b", Text(pl="archiwum GZIP", en="a GZIP archive")),
    (b"7z\xbc\xaf\x27\x1c", Text(pl="archiwum 7-Zip", en="a 7-Zip archive")),
    (b"Rar!", Text(pl="archiwum RAR", en="a RAR archive")),
    (b"PK", Text(pl="uszkodzone archiwum ZIP", en="a damaged ZIP archive")),
    (b"\xd0\xcf\x11\xe0", Text(pl="dokument programu biurowego", en="an office document")),
    (b"\xff\xfe", Text(pl="plik w stronie kodowej UTF-16", en="a file in the encoding UTF-16")),
    (b"\xfe\xff", Text(pl="plik w stronie kodowej UTF-16", en="a file in the encoding UTF-16")),
    (b"\x89PNG", Text(pl="obraz", en="an image")),
    (b"\xff\xd8\xff", Text(pl="obraz", en="an image")),
)

_CODES = expat.errors.codes
_CUT_OFF = {
    _CODES[expat.errors.XML_ERROR_NO_ELEMENTS],
    _CODES[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
    _CODES[expat.errors.XML_ERROR_PARTIAL_CHAR],
    _CODES[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
}
_REASONS: dict[int, Text] = {
    _CODES[code]: text
    for code, text in {
        expat.errors.XML_ERROR_INVALID_TOKEN: Text(
            pl="niedozwolony znak (< i & w danych zapisuje się &lt; i &amp;)",
            en="a character not allowed here (in data, < and & are written &lt; and &amp;)",
        ),
        expat.errors.XML_ERROR_TAG_MISMATCH: Text(
            pl="znacznik zamykający nie pasuje do otwierającego", en="a closing tag without its opening one"
        ),
        expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE: Text(
            pl="ten sam atrybut dwa razy w jednym elemencie", en="the same attribute twice in one element"
        ),
        expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: Text(
            pl="dalsza treść po końcu komunikatu", en="something follows the end of the message"
        ),
        expat.errors.XML_ERROR_UNDEFINED_ENTITY: Text(pl="nieznana encja", en="an unknown entity"),
        expat.errors.XML_ERROR_UNBOUND_PREFIX: Text(
            pl="przedrostek bez deklaracji przestrzeni nazw", en="a prefix without its namespace declaration"
        ),
        expat.errors.XML_ERROR_MISPLACED_XML_PI: Text(
            pl="deklaracja XML nie stoi na samym początku", en="the XML declaration does not come first"
        ),
        expat.errors.XML_ERROR_BAD_CHAR_REF: Text(
            pl="odwołanie do niedozwolonego znaku", en="a reference to a character not allowed"
        ),
    }.items()
}


def fund(name: str) -> str:
    """A name of the Fund's namespace as the walker gives it."""
    return f"{FUND} {name}"


def framework(name: str) -> str:
    """A name of the framework's namespace as the walker gives it."""
    return f"{FRAMEWORK} {name}"


def shown_name(name: str, *, default: str = FRAMEWORK) -> str:
    """A name as people know it: without the namespace of the message, `nfz:` for the Fund's."""
    namespace, _, local = name.rpartition(" ")
    if namespace in ("", default):
        return local
    return f"nfz:{local}" if namespace == FUND else f"{{{excerpt(namespace)}}}{local}"


class Walker:
    """Feeds a file through expat in steps of 64 KiB.

    The two functions given to `use` get every element; they may raise. `where` names the element that is open,
    for refusals. `progress` is a count that grows with each record: when megabytes go by without any, reading
    stops. `parser` is for those who need a line number for every row.
    """

    def __init__(
        self,
        stream: BinaryIO,
        *,
        where: Callable[[], str],
        progress: Callable[[], int],
        limits: Limits = REPORT_LIMITS,
    ) -> None:
        self._stream = stream
        self._where = where
        self._progress = progress
        self._limits = limits
        self._encoding = "UTF-8"
        self._begun = False
        self._fed = 0
        self._last_byte = b""
        self._barren = 0
        self._seen = -1
        self._namespaces: set[tuple[str | None, str]] = set()
        self.parser = parser = expat.ParserCreate(None, " ")
        parser.XmlDeclHandler = self._declared
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartNamespaceDeclHandler = self._namespace

    def use(self, start: Start, end: End) -> None:
        """From the next tag on, give elements to these functions."""
        self.parser.StartElementHandler = start
        self.parser.EndElementHandler = end

    def read_text_with(self, take: Callable[[str], None]) -> None:
        """Give the text between tags to this function too (it is passed over otherwise)."""
        self.parser.buffer_text = True
        self.parser.CharacterDataHandler = take

    @property
    def line(self) -> int:
        """The line in which the present tag begins, from 1."""
        return self.parser.CurrentLineNumber

    def refusal(self, code: str, **values: object) -> MessageRefused:
        """A refusal at the present place."""
        return refused(code, line=self.line, path=self._where(), **values)

    def step(self) -> bool:
        """Read and walk the next piece; False when the document was complete."""
        chunk = self._stream.read(CHUNK)
        try:
            self._feed(chunk if self._begun else self._without_declaration(chunk), final=not chunk)
        except expat.ExpatError as error:
            raise self._refusal_of(error, chunk) from error
        return bool(chunk)

    def run(self) -> None:
        """Walk the whole file."""
        while self.step():
            pass

    def _without_declaration(self, chunk: bytes) -> bytes:
        """Walk the XML declaration by itself, so that the encoding is known for what follows."""
        self._begun = True
        body = chunk.removeprefix(_BOM)
        _refuse_other_formats(body)
        end = body.find(b"?>", 0, _DECLARATION_LIMIT)
        cut = len(chunk) - len(body) + (end + 2 if body.startswith(b"<?xml") and end > 0 else 0)
        self._fed = cut
        self.parser.Parse(chunk[:cut])
        if body is not chunk and self._encoding != "UTF-8":
            raise self.refusal("encoding-false", encoding=self._encoding, byte="0xEF")
        return chunk[cut:]

    def _feed(self, chunk: bytes, *, final: bool) -> None:
        self._check_letters(chunk)
        self._fed += len(chunk)
        self.parser.Parse(chunk, final)
        self._last_byte = chunk[-1:]
        self._check_cost(len(chunk))

    def _check_letters(self, chunk: bytes) -> None:
        """Refuse letters that show a false declaration of the encoding, at the tag where they stand."""
        controls = _CONTROLS.get(self._encoding)
        text = self._last_byte + chunk
        if controls is None or _CONTROLS_BEGIN[self._encoding] not in text:
            return
        found = controls.search(text)
        if found is None:
            return
        self.parser.Parse(chunk[: max(found.start() - len(self._last_byte), 0)])
        raise self.refusal("encoding-false", encoding=self._encoding, byte=f"0x{found[0][-1]:02X}")

    def _check_cost(self, length: int) -> None:
        limits = self._limits
        if self._fed - self.parser.CurrentByteIndex > limits.max_tag_bytes:
            raise self.refusal("tag-too-long", limit=size_text(limits.max_tag_bytes))
        progress = self._progress()
        self._barren = self._barren + length if progress == self._seen else 0
        self._seen = progress
        if self._barren > limits.barren_bytes:
            raise self.refusal("barren", size=size_text(self._barren))

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self._encoding = (encoding or "UTF-8").upper()
        if self._encoding not in _ALLOWED_ENCODINGS:
            raise self.refusal("encoding-unknown", encoding=excerpt(encoding or ""))

    def _doctype(self, *_details: object) -> None:
        raise self.refusal("doctype")

    def _namespace(self, prefix: str | None, uri: str) -> None:
        self._namespaces.add((prefix, uri))
        if len(self._namespaces) > self._limits.max_namespaces:
            raise self.refusal("too-many-names", limit=self._limits.max_namespaces)

    def _refusal_of(self, error: expat.ExpatError, chunk: bytes) -> MessageRefused:
        if error.code in _CUT_OFF:
            return refused("cut-off", line=error.lineno, path=self._where())
        offset = self.parser.ErrorByteIndex - (self._fed - len(chunk))
        if error.code == _CODES[expat.errors.XML_ERROR_INVALID_TOKEN] and 0 <= offset < len(chunk):
            byte = chunk[offset]
            if byte >= 0x80:
                values = {"encoding": self._encoding, "byte": f"0x{byte:02X}"}
                return refused("encoding-false", line=error.lineno, path=self._where(), **values)
        reason = _REASONS.get(error.code) or same(expat.ErrorString(error.code) or str(error.code))
        return refused("not-well-formed", line=error.lineno, path=self._where(), reason=reason)


def _refuse_other_formats(start: bytes) -> None:
    """Say what a file is that is no XML, where its first bytes tell."""
    for sign, name in _OTHER_FORMATS:
        if start.startswith(sign):
            raise refused("other-format", format=name)
    first = start.lstrip()[:1]
    if first not in (b"", b"<"):
        raise refused("not-xml", line=1, found=excerpt(first.decode("ascii", "replace")))
