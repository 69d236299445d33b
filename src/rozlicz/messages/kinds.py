"""Every kind of message in one table: what it is called, who sends it, how a file of it is recognised and opened.

Adding a kind takes two things here: a function that opens a file as a `Message`, and an entry of `KINDS` with it.

* The opening function imports its reader inside, so that knowing the kinds costs nothing. A message read as a whole
  gives its value without its records as `head` and the records as `records`; one read as a stream gives the reader's
  iterator, its names left unread and its `close`.
* Records and heads are dataclasses (or flat mappings) of texts, whole numbers, days, moments, months, enumerations,
  `Text`, further dataclasses and tuples of such. An amount is annotated `Grosze`, a number of units `Units`
  (kernel.money), so that whoever shows a record knows what its whole numbers count.
* A message without the root `komunikat` names its root and namespace in the entry.

What follows from the entry alone: recognition, `rozlicz message inspect` and `convert`, the message's page in
docs/messages, the test of damaged files (it needs an example in examples/ with the kind's extension).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Self

from rozlicz.kernel.texts import Text
from rozlicz.messages.envelope import Source
from rozlicz.messages.header import Header
from rozlicz.messages.refusals import excerpt, refused
from rozlicz.messages.root import ROOT, FirstTag, first_tag


class Direction(StrEnum):
    """Who sends a message to whom."""

    TO_PROVIDER = "to-provider"
    TO_PAYER = "to-payer"


class Message:
    """A message being read: `header` (None where the format has none) and `head` at once, then `records` once.

    `head` are the values that stand before or around the records, each without them. Reading raises
    MessageRefused while it is opened or at any later step. It closes at the end of a `with`.
    """

    def __init__(
        self,
        *,
        header: Header | None,
        head: tuple[object, ...] = (),
        records: Iterable[object] = (),
        unread: Callable[[], Iterable[str]] = tuple,
        close: Callable[[], None] = lambda: None,
    ) -> None:
        self.header = header
        self.head = head
        self.records: Iterator[object] = iter(records)
        self._unread = unread
        self._close = close

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._close()

    @property
    def unread(self) -> tuple[str, ...]:
        """Places of elements and attributes met so far that the reader does not know; complete after the records."""
        return tuple(self._unread())


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageKind:
    """One kind of message.

    `type` and `area` are `komunikat@typ` and `@obszar` (an empty area: any), `extension` such as `.umx`. `schema`
    names the file in messages/schemas, or is a function that finds the schema of somebody else's format. `seen` says
    honestly what of it is publicly known. For a format with another root, `root` and `namespace` are its own,
    and `type` is the short name by which people call it.
    """

    type: str
    name: Text
    direction: Direction
    extension: str
    schema: str | Callable[[], Path]
    seen: Text
    open: Callable[[Source], Message]
    area: str = ""
    root: str = ROOT
    namespace: str = ""

    @property
    def code(self) -> str:
        """Type and area in one word: `SWIAD`, `SWIAD-WYKBAD`."""
        return f"{self.type}-{self.area}" if self.area else self.type

    @property
    def schema_path(self) -> Path:
        """The file of the schema."""
        if isinstance(self.schema, str):
            return Path(str(files("rozlicz.messages"))) / "schemas" / f"{self.schema}.xsd"
        return self.schema()

    def is_of(self, tag: FirstTag) -> bool:
        """Whether a message that begins with this tag is of this kind."""
        if self.root != ROOT:
            return (tag.name, tag.namespace) == (self.root, self.namespace)
        return tag.name == ROOT and tag.type == self.type and self.area in ("", tag.area)


def kind_of(source: Source) -> MessageKind:
    """The kind of a message by its first tag. Raises MessageRefused when it is none, or none that is known."""
    tag = first_tag(source)
    found = next((kind for kind in KINDS if kind.is_of(tag)), None)
    if found is not None:
        return found
    if tag.name != ROOT:
        raise tag.wrong_root()
    areas = [kind.area for kind in KINDS if kind.type == tag.type]
    if areas:
        raise refused(
            "area",
            line=tag.line,
            path=f"/{ROOT}",
            found=excerpt(tag.area) or "–",
            expected=" / ".join(areas),
        )
    raise refused("kind-unknown", line=tag.line, path=f"/{ROOT}", found=excerpt(tag.type))


def opened_message(source: Source) -> tuple[MessageKind, Message]:
    """A message of any kind, opened. Raises MessageRefused."""
    kind = kind_of(source)
    return kind, kind.open(source)


# ---- how each is opened --------------------------------------------------------------------------------------------


def _umx(source: Source) -> Message:
    from rozlicz.messages.umx import read_umx

    header, contract = read_umx(source)
    return Message(header=header, head=(replace(contract, scopes=()),), records=contract.scopes)


def _services(source: Source) -> Message:
    from rozlicz.messages.swiad_typed import ServiceReader

    reader = ServiceReader(source)
    return Message(header=reader.header, records=reader, unread=lambda: reader.unread, close=reader.close)


def _examinations(source: Source) -> Message:
    from rozlicz.messages.swiad_typed import ExaminationReader

    reader = ExaminationReader(source)
    return Message(
        header=reader.header,
        head=(reader.period,),
        records=reader,
        unread=lambda: reader.unread,
        close=reader.close,
    )


def _p_swi(source: Source) -> Message:
    from rozlicz.messages.p_swi import ReplyReader

    reader = ReplyReader(source)
    head = (reader.receipt,) if reader.summary is None else (reader.receipt, reader.summary)
    return Message(header=reader.header, head=head, records=reader, close=reader.close)


def _r_umx(source: Source) -> Message:
    from rozlicz.messages.r_umx import read_template_set

    header, message = read_template_set(source)
    return Message(header=header, head=(replace(message, templates=()),), records=message.templates)


def _z_roz(source: Source) -> Message:
    from rozlicz.messages.settlement_request import read_settlement_request

    header, request = read_settlement_request(source)
    return Message(header=header, records=(request,))


def _p_roz(source: Source) -> Message:
    from rozlicz.messages.settlement_request import read_request_refusal

    header, refusal = read_request_refusal(source)
    return Message(header=header, head=(refusal.receipt, refusal.request), records=refusal.reasons)


def _bill(source: Source) -> Message:
    from rozlicz.messages.fakt_rach import read_bill

    header, bill = read_bill(source)
    return Message(header=header, head=(replace(bill, lines=()),), records=bill.lines)


def _dekl(source: Source) -> Message:
    from rozlicz.messages.dekl import DeclarationReader

    reader = DeclarationReader(source)
    return Message(
        header=reader.header,
        head=({"contract": reader.contract, "month": reader.month},),
        records=reader,
        unread=lambda: reader.unread,
        close=reader.close,
    )


def _p_dekl(source: Source) -> Message:
    from rozlicz.messages.dekl_replies import ConfirmationReader

    reader = ConfirmationReader(source)
    return Message(header=reader.header, head=(reader.head,), records=reader, close=reader.close)


def _w_dekl(source: Source) -> Message:
    from rozlicz.messages.dekl_replies import UnrecognisedReader

    reader = UnrecognisedReader(source)
    return Message(header=reader.header, head=(reader.head,), records=reader, close=reader.close)


def _r_dekl(source: Source) -> Message:
    from rozlicz.messages.dekl_replies import PopulationReader

    reader = PopulationReader(source)
    return Message(
        header=reader.header, head=(reader.head, reader.population), records=reader, close=reader.close
    )


def _zbpoz(source: Source) -> Message:
    from rozlicz.messages.zbpoz import read_zbpoz

    header, report = read_zbpoz(source)
    return Message(header=header, head=(replace(report, sets=()),), records=report.sets)


def _turnus(source: Source) -> Message:
    from rozlicz.messages.turnus import read_turnus

    header, report = read_turnus(source)
    return Message(header=header, head=(replace(report, stays=()),), records=report.stays)


def _zawuzd(source: Source) -> Message:
    from rozlicz.messages.zawuzd import read_zawuzd

    header, notices = read_zawuzd(source)
    return Message(header=header, head=(replace(notices, notices=()),), records=notices.notices)


def _gielda(source: Source) -> Message:
    from rozlicz.messages.gielda import read_gielda

    header, offers = read_gielda(source)
    return Message(header=header, records=offers)


def _p_spa(source: Source) -> Message:
    from rozlicz.messages.p_spa import read_p_spa

    header, reply = read_p_spa(source)
    return Message(header=header, head=(reply.receipt,), records=reply.results)


def _zposp(source: Source) -> Message:
    from rozlicz.messages.zposp import SupplyReader

    reader = SupplyReader(source)
    return Message(header=reader.header, records=reader, unread=lambda: reader.unread, close=reader.close)


def _p_zposp(source: Source) -> Message:
    from rozlicz.messages.p_zposp import SupplyReplyReader

    reader = SupplyReplyReader(source)
    return Message(
        header=reader.header, head=(reader.receipt, reader.summary), records=reader, close=reader.close
    )


def _simp(source: Source) -> Message:
    from rozlicz.messages.simp import ExaminationListReader

    reader = ExaminationListReader(source)
    head: tuple[object, ...] = ({"month": reader.month},)
    if reader.receipt is not None:
        head = (reader.receipt, *head)
    return Message(header=reader.header, head=head, records=reader, close=reader.close)


def _simp_bill(source: Source) -> Message:
    from rozlicz.messages.simp_bill import read_simp_bill

    header, bill = read_simp_bill(source)
    return Message(header=header, head=(bill.bill,), records=bill.examinations)


# ---- the table -----------------------------------------------------------------------------------------------------

_FRAGMENTS = Text(
    pl="Widziane fragmenty w komunikatach Funduszu; reszta nazw własna.",
    en="Fragments were seen in the Fund's notices; the other names are our own.",
)
_PURPOSE = Text(
    pl="Publicznie znane tylko przeznaczenie i rozszerzenie pliku; nazwy własne.",
    en="Only purpose and file extension are publicly known; the names are our own.",
)
_NOTHING = Text(
    pl="Publicznie znany tylko system, w którym rozlicza Fundusz; komunikat i nazwy własne.",
    en="Only the system in which the Fund settles is publicly known; the message and the names are our own.",
)
_ACTION = Text(
    pl="Publicznie znana tylko jako czynność w portalach Funduszu; komunikat i nazwy własne.",
    en="Publicly known as an action of the Fund's portals only; the message and its names are our own.",
)
_RELATIVE = Text(
    pl="Drzewo Funduszu nieznane; kształt według e-LEKZR, najbliższego znanego dokumentu.",
    en="The Fund's tree is not known; the shape follows e-LEKZR, the closest document known.",
)

_OURS = Text(
    pl="Format Funduszu nieznany; komunikat, jego typ i nazwy własne.",
    en="The Fund's format is not known; the message, its type and names are our own.",
)

KINDS: tuple[MessageKind, ...] = (
    MessageKind(
        type="UMX",
        name=Text(pl="umowa", en="contract"),
        direction=Direction.TO_PROVIDER,
        extension=".umx",
        schema="umx",
        seen=_FRAGMENTS,
        open=_umx,
    ),
    MessageKind(
        type="SWIAD",
        area="AMBSZP",
        name=Text(pl="raport świadczeń", en="report of services"),
        direction=Direction.TO_PAYER,
        extension=".swx",
        schema="swiad",
        seen=_FRAGMENTS,
        open=_services,
    ),
    MessageKind(
        type="SWIAD",
        area="WYKBAD",
        name=Text(pl="raport badań", en="report of examinations"),
        direction=Direction.TO_PAYER,
        extension=".swx",
        schema="swiad-wykbad",
        seen=Text(
            pl="Widziane badanie i jego pozycja umowy (komunikat 8018); reszta nazw własna.",
            en="The examination and its contract position were seen (notice 8018); the other names are our own.",
        ),
        open=_examinations,
    ),
    MessageKind(
        type="P_SWI",
        name=Text(pl="odpowiedź na raport", en="reply to a report"),
        direction=Direction.TO_PROVIDER,
        extension=".swz",
        schema="p_swi",
        seen=Text(
            pl="Publicznie znane przeznaczenie, rozszerzenie pliku i nazwa stanu badania; reszta nazw własna.",
            en="Purpose, file extension and the name of an examination's state are known; the others are our own.",
        ),
        open=_p_swi,
    ),
    MessageKind(
        type="Z_ROZ",
        name=Text(pl="żądanie rozliczenia", en="request for settlement"),
        direction=Direction.TO_PAYER,
        extension=".zrx",
        schema="z_roz",
        seen=_ACTION,
        open=_z_roz,
    ),
    MessageKind(
        type="P_ROZ",
        name=Text(pl="odmowa rozliczenia", en="refusal of a settlement"),
        direction=Direction.TO_PROVIDER,
        extension=".zrp",
        schema="p_roz",
        seen=_ACTION,
        open=_p_roz,
    ),
    MessageKind(
        type="R_UMX",
        name=Text(pl="szablony rachunków", en="bill templates"),
        direction=Direction.TO_PROVIDER,
        extension=".zrz",
        schema="r_umx",
        seen=_FRAGMENTS,
        open=_r_umx,
    ),
    MessageKind(
        type="FAKT",
        name=Text(pl="faktura", en="invoice"),
        direction=Direction.TO_PAYER,
        extension=".efx",
        schema="fakt_rach",
        seen=_RELATIVE,
        open=_bill,
    ),
    MessageKind(
        type="RACH",
        name=Text(pl="rachunek", en="account"),
        direction=Direction.TO_PAYER,
        extension=".erx",
        schema="fakt_rach",
        seen=_RELATIVE,
        open=_bill,
    ),
    MessageKind(
        type="DEKL",
        name=Text(pl="deklaracje wyboru", en="declarations of choice"),
        direction=Direction.TO_PAYER,
        extension=".pdx",
        schema="dekl",
        seen=_FRAGMENTS,
        open=_dekl,
    ),
    MessageKind(
        type="P_DEKL",
        name=Text(pl="potwierdzenie deklaracji", en="confirmation of declarations"),
        direction=Direction.TO_PROVIDER,
        extension=".pzp",
        schema="p_dekl",
        seen=_PURPOSE,
        open=_p_dekl,
    ),
    MessageKind(
        type="W_DEKL",
        name=Text(pl="deklaracje nierozpoznane", en="unrecognised declarations"),
        direction=Direction.TO_PROVIDER,
        extension=".pzw",
        schema="w_dekl",
        seen=_PURPOSE,
        open=_w_dekl,
    ),
    MessageKind(
        type="R_DEKL",
        name=Text(pl="liczby rozpoznanych deklaracji", en="numbers of recognised declarations"),
        direction=Direction.TO_PROVIDER,
        extension=".pzr",
        schema="r_dekl",
        seen=_PURPOSE,
        open=_r_dekl,
    ),
    MessageKind(
        type="ZBPOZ",
        name=Text(pl="zbiorcze świadczenia POZ", en="aggregated services of primary care"),
        direction=Direction.TO_PAYER,
        extension=".pzx",
        schema="zbpoz",
        seen=_PURPOSE,
        open=_zbpoz,
    ),
    MessageKind(
        type="TURNUS",
        name=Text(pl="raport z pobytów w uzdrowisku", en="report of spa stays"),
        direction=Direction.TO_PAYER,
        extension=".tux",
        schema="turnus",
        seen=_OURS,
        open=_turnus,
    ),
    MessageKind(
        type="P_TUR",
        name=Text(pl="odpowiedź na raport z pobytów", en="reply to a report of spa stays"),
        direction=Direction.TO_PROVIDER,
        extension=".tuz",
        schema="p_spa",
        seen=_OURS,
        open=_p_spa,
    ),
    MessageKind(
        type="ZAWUZD",
        name=Text(pl="zawiadomienia o leczeniu uzdrowiskowym", en="notices of spa treatment"),
        direction=Direction.TO_PAYER,
        extension=".zwx",
        schema="zawuzd",
        seen=_OURS,
        open=_zawuzd,
    ),
    MessageKind(
        type="P_ZAW",
        name=Text(pl="odpowiedź na zawiadomienia", en="reply to notices of spa treatment"),
        direction=Direction.TO_PROVIDER,
        extension=".zwz",
        schema="p_spa",
        seen=_OURS,
        open=_p_spa,
    ),
    MessageKind(
        type="GIELDA",
        name=Text(pl="miejsca na giełdę", en="places for the exchange"),
        direction=Direction.TO_PAYER,
        extension=".gdx",
        schema="gielda",
        seen=_OURS,
        open=_gielda,
    ),
    MessageKind(
        type="P_GIE",
        name=Text(pl="odpowiedź na miejsca na giełdę", en="reply to places for the exchange"),
        direction=Direction.TO_PROVIDER,
        extension=".gdz",
        schema="p_spa",
        seen=_OURS,
        open=_p_spa,
    ),
    MessageKind(
        type="ZPOSP",
        name=Text(pl="zaopatrzenie w wyroby medyczne", en="supply of medical devices"),
        direction=Direction.TO_PAYER,
        extension=".zpx",
        schema="zposp",
        seen=_FRAGMENTS,
        open=_zposp,
    ),
    MessageKind(
        type="P_ZPOSP",
        name=Text(pl="odpowiedź na raport zaopatrzenia", en="reply to a report of supply"),
        direction=Direction.TO_PROVIDER,
        extension=".zpz",
        schema="p_zposp",
        seen=_PURPOSE,
        open=_p_zposp,
    ),
    MessageKind(
        type="SIMP",
        name=Text(pl="badania profilaktyczne", en="preventive examinations"),
        direction=Direction.TO_PAYER,
        extension=".smx",
        schema="simp",
        seen=_NOTHING,
        open=_simp,
    ),
    MessageKind(
        type="P_SIMP",
        name=Text(pl="zatwierdzone badania profilaktyczne", en="approved preventive examinations"),
        direction=Direction.TO_PROVIDER,
        extension=".smz",
        schema="simp",
        seen=_NOTHING,
        open=_simp,
    ),
    MessageKind(
        type="SIMP_RACH",
        name=Text(pl="rachunek za badania profilaktyczne", en="bill of preventive examinations"),
        direction=Direction.TO_PROVIDER,
        extension=".smr",
        schema="simp_rach",
        seen=_NOTHING,
        open=_simp_bill,
    ),
)
"""The kinds that are known. The first that fits a file's first tag is taken: a narrower one stands before a wider."""
