"""The official schema of FA(3) and the file rules of KSeF: would KSeF take this file?

The schema is the Ministry's; its files come with the package `ksef-client`, of which no code is run.
"""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path

from rozlicz.kernel.texts import Text
from rozlicz.messages.ksef import names
from rozlicz.messages.ksef.texts import FORBIDDEN_LETTERS
from rozlicz.messages.schemas.check import SchemaFault, schema_faults
from rozlicz.messages.wire.envelope import Source, opened
from rozlicz.messages.wire.stream import Attributes, Walker

_PACKAGE = "ksef-client"
_SCHEMA = "ksef_client/documents/fa3/schemas/schemat_FA(3)_v1-0E.xsd"
_BOM = b"\xef\xbb\xbf"
_UTF_8 = "UTF-8"
_ATTACHMENT = f"{names.NAMESPACE} Zalacznik"

_BOM_FAULT = Text(
    pl="Plik zaczyna się znacznikiem BOM, a KSeF go nie przyjmuje. Proszę zapisać plik w UTF-8 bez BOM.",
    en="The file begins with a byte order mark, which KSeF does not take. Save it in UTF-8 without the mark.",
)
_ENCODING_FAULT = Text(
    pl="Plik podaje stronę kodową {encoding}, a KSeF przyjmuje tylko UTF-8.",
    en="The file declares the encoding {encoding}; KSeF takes UTF-8 only.",
)
_INSTRUCTION_FAULT = Text(
    pl="Plik zawiera instrukcję przetwarzania XML, a KSeF jej nie przyjmuje. Proszę usunąć ją.",
    en="The file holds an XML processing instruction, which KSeF does not take. Remove it.",
)
_LETTER_FAULT = Text(
    pl="Stoi tu znak {letter}, którego KSeF nie przyjmuje. Proszę usunąć go.",
    en="The character {letter} stands here, which KSeF does not take. Remove it.",
)
_SIZE_FAULT = Text(
    pl="Plik ma {size} bajtów, a KSeF przyjmuje najwyżej {limit}.",
    en="The file has {size} bytes; KSeF takes at most {limit}.",
)


def fa3_schema() -> Path:
    """The file of the schema FA(3) 1-0E. Raises PackageNotFoundError where `ksef-client` is not installed."""
    return Path(str(distribution(_PACKAGE).locate_file(_SCHEMA)))


def schema_errors_of_ksef(source: Source) -> tuple[SchemaFault, ...]:
    """Why KSeF would refuse the file: its own rules for files, then the schema; empty when it would not.

    What KSeF knows and the file does not show (a number used before, rights of the sender) cannot be seen here.
    Raises MessageRefused for what no reader takes: no XML, a document type, a bomb.
    """
    return (*_FileRules(source).faults(), *schema_faults(source, fa3_schema()).faults)


class _FileRules:
    """The rules that the schema cannot tell, in one walk through the file."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._faults: list[SchemaFault] = []
        self._elements = 0
        self._has_attachment = False

    def faults(self) -> list[SchemaFault]:
        with opened(self._source, limits=names.KSEF_LIMITS) as stream:
            if stream.peek(len(_BOM)).startswith(_BOM):
                self._note(1, _BOM_FAULT)
            self._walker = walker = Walker(
                stream, where=lambda: "", progress=lambda: self._elements, limits=names.KSEF_LIMITS
            )
            self._refuse_unknown_encoding = walker.parser.XmlDeclHandler
            walker.parser.XmlDeclHandler = self._declared
            walker.parser.ProcessingInstructionHandler = self._instruction
            walker.use(self._start, lambda _name: None)
            walker.read_text_with(self._check_letters)
            walker.run()
            limit = names.MAX_BYTES_WITH_ATTACHMENT if self._has_attachment else names.MAX_BYTES
            if stream.bytes_read > limit:
                self._note(1, _SIZE_FAULT.filled(size=stream.bytes_read, limit=limit))
        return self._faults

    def _declared(self, version: str, encoding: str | None, standalone: int) -> None:
        if self._refuse_unknown_encoding is not None:
            self._refuse_unknown_encoding(version, encoding, standalone)
        if encoding is not None and encoding.upper() != _UTF_8:
            self._note(1, _ENCODING_FAULT.filled(encoding=encoding))

    def _instruction(self, _target: str, _data: str) -> None:
        self._note(self._walker.line, _INSTRUCTION_FAULT)

    def _start(self, name: str, attributes: Attributes) -> None:
        self._elements += 1
        self._has_attachment = self._has_attachment or name == _ATTACHMENT
        for value in attributes.values():
            self._check_letters(value)

    def _check_letters(self, text: str) -> None:
        if found := FORBIDDEN_LETTERS.search(text):
            self._note(self._walker.line, _LETTER_FAULT.filled(letter=f"U+{ord(found[0]):04X}"))

    def _note(self, line: int, text: Text) -> None:
        self._faults.append(SchemaFault(line=line, path="", text=text))
