"""Why a file cannot be read as a message, in sentences: the one error of all readers.

A refusal concerns the whole file. What is wrong with one record of a readable file is a finding of
verification and never comes here.
"""

from __future__ import annotations

from rozlicz.kernel.texts import Text, excerpt

__all__ = ["SENTENCES", "MessageRefused", "excerpt", "refused", "size_text"]

SENTENCES: dict[str, Text] = {
    # the file
    "empty": Text(
        pl="Plik jest pusty. Proszę utworzyć go jeszcze raz w programie, który go przygotował.",
        en="The file is empty. Produce it again in the program that made it.",
    ),
    "too-large": Text(
        pl="Plik ma {size}, a przyjmowane są pliki do {limit}. Proszę podzielić raport na mniejsze pliki.",
        en="The file has {size}; files of up to {limit} are taken. Split it into smaller files.",
    ),
    "other-format": Text(
        pl="To jest {format}, a komunikat musi być plikiem XML, zwykłym lub spakowanym do ZIP.",
        en="This is {format}; a message must be an XML file, plain or zipped.",
    ),
    "not-xml": Text(
        pl="Plik nie zaczyna się jak XML: zamiast znaku < stoi {found}. Proszę sprawdzić, czy to właściwy plik.",
        en="The file does not begin like XML: {found} stands in the place of <. Check that it is the right file.",
    ),
    # the archive
    "zip-damaged": Text(
        pl="Archiwum ZIP jest uszkodzone lub ucięte. Proszę przesłać plik jeszcze raz.",
        en="The ZIP archive is damaged or cut off. Send the file again.",
    ),
    "zip-encrypted": Text(
        pl="Archiwum ZIP jest zabezpieczone hasłem. Spakuj komunikat bez hasła.",
        en="The ZIP archive is protected by a password. Pack the message without one.",
    ),
    "zip-members": Text(
        pl="Archiwum ZIP zawiera {count} plików, a musi zawierać dokładnie jeden komunikat.",
        en="The ZIP archive holds {count} files; it must hold exactly one message.",
    ),
    "zip-name": Text(
        pl="Plik w archiwum ZIP ma w nazwie ścieżkę ({name}). Spakuj sam plik, bez katalogu.",
        en="The file in the ZIP archive has a path in its name ({name}). Pack the file alone, without a folder.",
    ),
    "zip-nested": Text(
        pl="W archiwum ZIP jest kolejne archiwum. Spakuj komunikat tylko raz.",
        en="The ZIP archive holds another archive. Pack the message once only.",
    ),
    "zip-method": Text(
        pl="Archiwum ZIP użyło nieznanej metody kompresji. Spakuj plik zwykłą metodą (deflate).",
        en="The ZIP archive uses an unknown method of compression. Pack the file the usual way (deflate).",
    ),
    "zip-ratio": Text(
        pl="Po rozpakowaniu plik byłby {ratio} razy większy od archiwum, a dopuszcza się {limit}. To nie komunikat.",
        en="Unpacked, the file would be {ratio} times the archive; {limit} is allowed. This is no message.",
    ),
    # letters
    "encoding-unknown": Text(
        pl="Plik podaje stronę kodową {encoding}. Dopuszcza się UTF-8, ISO-8859-2 i WINDOWS-1250.",
        en="The file declares the encoding {encoding}. UTF-8, ISO-8859-2 and WINDOWS-1250 are allowed.",
    ),
    "encoding-false": Text(
        pl="Plik podaje stronę kodową {encoding}, ale jest zapisany w innej (znak o kodzie {byte}). "
        "Proszę zapisać go w podanej stronie kodowej albo poprawić deklarację XML.",
        en="The file declares the encoding {encoding} but is written in another one (byte {byte}). "
        "Save it in the declared encoding or mend the XML declaration.",
    ),
    # XML
    "doctype": Text(
        pl="Plik zawiera deklarację DOCTYPE. Komunikaty jej nie mają; proszę usunąć ją.",
        en="The file holds a DOCTYPE declaration. Messages have none; remove it.",
    ),
    "cut-off": Text(
        pl="Plik urywa się przed końcem komunikatu. Proszę przesłać go jeszcze raz w całości.",
        en="The file ends before the message does. Send it again as a whole.",
    ),
    "not-well-formed": Text(
        pl="To nie jest poprawny XML: {reason}. Proszę utworzyć plik jeszcze raz w programie, który go przygotował.",
        en="This is not correct XML: {reason}. Produce the file again in the program that made it.",
    ),
    "barren": Text(
        pl="Kolejne {size} pliku nie zawierają ani jednego zapisu. To nie jest komunikat.",
        en="{size} of the file in a row hold not a single record. This is no message.",
    ),
    "tag-too-long": Text(
        pl="Jeden znacznik lub komentarz XML jest dłuższy niż {limit}. To nie jest komunikat.",
        en="One XML tag or comment is longer than {limit}. This is no message.",
    ),
    "values-too-long": Text(
        pl="Wartości w zapisach są dłuższe, niż dopuszcza jakikolwiek komunikat ({size} w {count} pozycjach).",
        en="The values of the records are longer than any message allows ({size} in {count} positions).",
    ),
    "too-deep": Text(
        pl="Elementy są zagnieżdżone głębiej niż {limit} poziomów. To nie jest komunikat.",
        en="Elements are nested deeper than {limit} levels. This is no message.",
    ),
    "too-many-attributes": Text(
        pl="Element ma {count} atrybutów, a dopuszcza się {limit}.",
        en="The element has {count} attributes; {limit} are allowed.",
    ),
    "too-many-elements": Text(
        pl="Komunikat ma ponad {limit} elementów. Proszę podzielić go na mniejsze pliki.",
        en="The message has more than {limit} elements. Split it into smaller files.",
    ),
    "too-many-names": Text(
        pl="Plik używa ponad {limit} nazw nieznanych w tym komunikacie. To nie jest ten komunikat.",
        en="The file uses more than {limit} names that this message does not know. It is another message.",
    ),
    "text": Text(
        pl="Między znacznikami stoi tekst „{text}”. W komunikatach dane są tylko w atrybutach.",
        en="The text “{text}” stands between tags. In messages data are in attributes only.",
    ),
    "text-mixed": Text(
        pl="Tekst „{text}” stoi obok elementów. Dane stoją w elemencie bez innych elementów.",
        en="The text “{text}” stands beside elements. Data stand in an element without others.",
    ),
    # the message
    "root": Text(
        pl="Plik zaczyna się elementem {found}, a komunikat zaczyna się elementem {root} "
        "w przestrzeni nazw {expected}.",
        en="The file begins with the element {found}; a message begins with the element {root} "
        "in the namespace {expected}.",
    ),
    "kind": Text(
        pl="To jest komunikat typu {found}, a tutaj oczekiwany jest {expected}. Proszę wybrać właściwy plik.",
        en="This is a message of the kind {found}; {expected} is expected here. Choose the right file.",
    ),
    "kind-unknown": Text(
        pl="To jest komunikat typu {found}, którego nie ma wśród komunikatów rozliczeń. Proszę wybrać właściwy plik.",
        en="This is a message of the kind {found}, which is none of those of settlement. Choose the right file.",
    ),
    "area": Text(
        pl="Raport dotyczy obszaru {found}; obsługiwany jest obszar {expected}.",
        en="The report concerns the area {found}; the area {expected} is supported.",
    ),
    "version": Text(
        pl="Komunikat {kind} ma wersję {found}; odczytywane są wersje: {read}. Proszę pobrać plik w jednej z nich.",
        en="The message {kind} has the version {found}; these versions are read: {read}. "
        "Get the file in one of them.",
    ),
    "name-newer": Text(
        pl="Nazwa {name} istnieje od wersji {since} komunikatu, a plik podaje wersję {found}. "
        "Plik jest niespójny; proszę pobrać go jeszcze raz.",
        en="The name {name} exists since version {since} of the message; the file says it has the version {found}. "
        "The file contradicts itself; download it again.",
    ),
    "version-contents": Text(
        pl="Plik podaje wersję {found}, a jego treść ({contents}) przesyła się w wersji {expected}. "
        "Plik jest niespójny; proszę pobrać go jeszcze raz.",
        en="The file says it has the version {found}, but its contents ({contents}) are sent in the version "
        "{expected}. The file contradicts itself; download it again.",
    ),
    "element-unknown": Text(
        pl="Element {name} nie występuje w tym miejscu komunikatu.",
        en="The element {name} has no place here in the message.",
    ),
    "element-missing": Text(
        pl="Brakuje elementu {name}.",
        en="The element {name} is missing.",
    ),
    "element-repeated": Text(
        pl="Element {name} może tu wystąpić tylko raz.",
        en="The element {name} may stand here only once.",
    ),
    "record-repeated": Text(
        pl="Element {name} dla {key} wystąpił już wcześniej.",
        en="The element {name} for {key} stood before.",
    ),
    "content-wrong": Text(
        pl="Stoi tu „{value}”; oczekiwana wartość: {expected}.",
        en="“{value}” stands here; expected: {expected}.",
    ),
    "ksef-branch": Text(
        pl="Faktura nie wskazuje oddziału Funduszu: brakuje elementu {name} z rolą 2 (odbiorca) i nazwą oddziału "
        "oraz wpisu DodatkowyOpis o kluczu {key} (§ 23 ust. 8a ogólnych warunków umów). Uzupełnij to fakturą "
        "korygującą.",
        en="The invoice does not identify the Fund's branch: neither {name} in role 2 (recipient) with the branch's "
        "name nor DodatkowyOpis with the key {key} is there (§ 23(8a) of the general terms). Add it by a correcting "
        "invoice.",
    ),
    "ksef-contract": Text(
        pl="Faktura nie wskazuje umowy z Funduszem: brakuje elementu {name} (§ 23 ust. 8a ogólnych warunków umów). "
        "Uzupełnij go fakturą korygującą.",
        en="The invoice does not identify the contract with the Fund: {name} is missing (§ 23(8a) of the general "
        "terms). Add it by a correcting invoice.",
    ),
    "ksef-template": Text(
        pl="Faktura nie wskazuje szablonu rachunku: brakuje elementu {name} o kluczu {key} (§ 23 ust. 8a ogólnych "
        "warunków umów). Uzupełnij go fakturą korygującą.",
        en="The invoice does not identify the bill template: {name} with the key {key} is missing (§ 23(8a) of the "
        "general terms). Add it by a correcting invoice.",
    ),
    "attribute-unknown": Text(
        pl="Atrybut {name} nie występuje w tym elemencie.",
        en="The attribute {name} does not belong to this element.",
    ),
    "attribute-missing": Text(
        pl="Brakuje atrybutu {name}; oczekiwana wartość: {expected}.",
        en="The attribute {name} is missing; expected: {expected}.",
    ),
    "attribute-wrong": Text(
        pl="Atrybut {name} ma wartość „{value}”; oczekiwana wartość: {expected}.",
        en="The attribute {name} has the value “{value}”; expected: {expected}.",
    ),
    "person-alternatives": Text(
        pl="Proszę podać dokładnie jedno z trzech: numer PESEL, PESEL opiekuna noworodka albo inny dokument; "
        "liczba podanych: {count}.",
        en="Give exactly one of three: the PESEL, the PESEL of an infant's parent, or another document; "
        "given are {count}.",
    ),
    "other-document": Text(
        pl="Dokument „inny” (I) można podać tylko w deklaracji medycyny szkolnej i tylko z Ukrainy (UA).",
        en="An “other” document (I) is for declarations of school medicine only, and from Ukraine (UA) only.",
    ),
    "reference": Text(
        pl="Atrybut {name} ma wartość „{value}”, której nie ma w słowniku {dictionary} tego komunikatu.",
        en="The attribute {name} has the value “{value}”, which the dictionary {dictionary} of the message lacks.",
    ),
}
"""Every reason, by its code. The placeholders are filled where it is raised."""


class MessageRefused(Exception):
    """The file cannot be read as the expected message.

    `code` is a key of `SENTENCES`, `text` the sentence with its remedy, `line` the line of the tag in
    question (None where there is none), `path` the element, such as `/komunikat/umowa/szablon-rach`.
    """

    def __init__(self, code: str, text: Text, *, line: int | None = None, path: str = "") -> None:
        super().__init__(code, text, line, path)
        self.code = code
        self.text = text
        self.line = line
        self.path = path

    @property
    def place(self) -> Text:
        """`wiersz 12, /komunikat/umowa`; empty where the place is the file itself."""
        parts = [Text(pl=f"wiersz {self.line}", en=f"line {self.line}")] if self.line is not None else []
        if self.path:
            parts.append(Text(pl=self.path, en=self.path))
        return Text(pl=", ".join(part.pl for part in parts), en=", ".join(part.en for part in parts))

    def __str__(self) -> str:
        place = self.place.en
        return f"{self.text.en} ({place})" if place else self.text.en


def refused(code: str, *, line: int | None = None, path: str = "", **values: object) -> MessageRefused:
    """The refusal with that code, its sentence filled; an unknown code raises KeyError."""
    sentence = SENTENCES[code]
    return MessageRefused(code, sentence.filled(**values) if values else sentence, line=line, path=path)


def size_text(count: int) -> Text:
    """A number of bytes as people read it: `4 GB`, `65,5 kB`; thousands, not 1024s."""
    amount, unit = float(count), "B"
    for larger in ("kB", "MB", "GB"):
        if amount < 1000:
            break
        amount, unit = amount / 1000, larger
    number = f"{amount:.1f}".removesuffix(".0")
    return Text(pl=f"{number.replace('.', ',')} {unit}", en=f"{number} {unit}")
