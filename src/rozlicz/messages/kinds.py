"""Every kind of message in one table: what it is called, who sends it, how a file of it is recognised and opened.

Adding a kind takes two things: a function in `opening` that opens a file as a `Message`, and an entry of `KINDS`.

* Records and heads are dataclasses of texts, whole numbers, days, moments, months, enumerations, `Text`, further
  dataclasses and tuples of such. An amount is annotated `Grosze`, a price or rate `Price`, a number of units `Units`
  (kernel.money), so that whoever shows a record knows what its whole numbers count.
* A message without the root `komunikat` names its root and namespace in the entry.

What follows from the entry alone: recognition, `rozlicz message inspect` and `convert`, the message's page in
docs/messages, the test of damaged files (it needs an example in examples/ with the kind's extension).
"""

from __future__ import annotations

from typing import Any

from rozlicz.kernel.texts import Text, same
from rozlicz.messages import opening
from rozlicz.messages.bills import BILL_EXTENSIONS, BillKind
from rozlicz.messages.message_kind import Direction, Message, MessageKind
from rozlicz.messages.wire.envelope import Source
from rozlicz.messages.wire.refusals import excerpt, refused
from rozlicz.messages.wire.root import AREA, ROOT, first_tag

__all__ = ["KINDS", "Direction", "Message", "MessageKind", "kind_of", "opened_message"]

_FRAGMENTS = Text(
    pl="Widziane fragmenty w komunikatach Funduszu; reszta nazw własna.",
    en="Fragments were seen in the Fund's notices; the other names are our own.",
)
_PURPOSE = Text(
    pl="Publicznie znane tylko przeznaczenie i rozszerzenie pliku; nazwy własne.",
    en="Only purpose and file extension are publicly known; the names are our own.",
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
        open=opening.open_umx,
    ),
    MessageKind(
        type="SWIAD",
        area="AMBSZP",
        name=Text(pl="raport świadczeń", en="report of services"),
        direction=Direction.TO_PAYER,
        extension=".swx",
        schema="swiad",
        seen=_FRAGMENTS,
        open=opening.open_services,
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
        open=opening.open_examinations,
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
        open=opening.open_p_swi,
    ),
    MessageKind(
        type="Z_ROZ",
        name=Text(pl="żądanie rozliczenia", en="request for settlement"),
        direction=Direction.TO_PAYER,
        extension=".zrx",
        schema="z_roz",
        seen=_ACTION,
        open=opening.open_z_roz,
    ),
    MessageKind(
        type="P_ROZ",
        name=Text(pl="odmowa rozliczenia", en="refusal of a settlement"),
        direction=Direction.TO_PROVIDER,
        extension=".zrp",
        schema="p_roz",
        seen=_ACTION,
        open=opening.open_p_roz,
    ),
    MessageKind(
        type="R_UMX",
        name=Text(pl="szablony rachunków", en="bill templates"),
        direction=Direction.TO_PROVIDER,
        extension=".zrz",
        schema="r_umx",
        seen=_FRAGMENTS,
        open=opening.open_r_umx,
    ),
    MessageKind(
        type="FAKT",
        name=Text(pl="faktura", en="invoice"),
        direction=Direction.TO_PAYER,
        extension=BILL_EXTENSIONS[BillKind.INVOICE],
        schema="fakt_rach",
        seen=_RELATIVE,
        open=opening.open_bill,
        signatures=opening.signatures_of_bill,
    ),
    MessageKind(
        type="RACH",
        name=Text(pl="rachunek", en="account"),
        direction=Direction.TO_PAYER,
        extension=BILL_EXTENSIONS[BillKind.ACCOUNT],
        schema="fakt_rach",
        seen=_RELATIVE,
        open=opening.open_bill,
        signatures=opening.signatures_of_bill,
    ),
    MessageKind(
        type="NOTA",
        name=Text(pl="nota", en="debit note"),
        direction=Direction.TO_PAYER,
        extension=BILL_EXTENSIONS[BillKind.NOTE],
        schema="fakt_rach",
        seen=_RELATIVE,
        open=opening.open_bill,
        signatures=opening.signatures_of_bill,
    ),
    MessageKind(
        type="P_DOK",
        name=Text(pl="odpowiedź na e-dokument", en="reply to an e-document"),
        direction=Direction.TO_PROVIDER,
        extension=".edz",
        schema="p_dok",
        seen=_OURS,
        open=opening.open_bill_reply,
    ),
    MessageKind(
        type="REF",
        name=Text(pl="dane rachunku papierowego", en="data of a paper bill"),
        direction=Direction.TO_PAYER,
        extension=".rfx",
        schema="ref",
        seen=Text(
            pl="Znane są przeznaczenie, rozszerzenie pliku i atrybut typ-rach; kształt według e-LEKZR.",
            en="Purpose, file extension and the attribute typ-rach are known; the shape follows e-LEKZR.",
        ),
        open=opening.open_ref,
    ),
    MessageKind(
        type="P_REF",
        name=Text(pl="odpowiedź na dane rachunku papierowego", en="reply to the data of a paper bill"),
        direction=Direction.TO_PROVIDER,
        extension=".rfz",
        schema="p_dok",
        seen=Text(
            pl="Znana jest tylko nazwa komunikatu; reszta nazw własna.",
            en="Only the name of the message is publicly known; the other names are our own.",
        ),
        open=opening.open_bill_reply,
    ),
    MessageKind(
        type="DEKL",
        name=Text(pl="deklaracje wyboru", en="declarations of choice"),
        direction=Direction.TO_PAYER,
        extension=".pdx",
        schema="dekl",
        seen=_FRAGMENTS,
        open=opening.open_dekl,
    ),
    MessageKind(
        type="P_DEKL",
        name=Text(pl="potwierdzenie deklaracji", en="confirmation of declarations"),
        direction=Direction.TO_PROVIDER,
        extension=".pzp",
        schema="p_dekl",
        seen=_PURPOSE,
        open=opening.open_p_dekl,
    ),
    MessageKind(
        type="W_DEKL",
        name=Text(pl="deklaracje nierozpoznane", en="unrecognised declarations"),
        direction=Direction.TO_PROVIDER,
        extension=".pzw",
        schema="w_dekl",
        seen=_PURPOSE,
        open=opening.open_w_dekl,
    ),
    MessageKind(
        type="R_DEKL",
        name=Text(pl="liczby rozpoznanych deklaracji", en="numbers of recognised declarations"),
        direction=Direction.TO_PROVIDER,
        extension=".pzr",
        schema="r_dekl",
        seen=_PURPOSE,
        open=opening.open_r_dekl,
    ),
    MessageKind(
        type="ZBPOZ",
        name=Text(pl="zbiorcze świadczenia POZ", en="aggregated services of primary care"),
        direction=Direction.TO_PAYER,
        extension=".pzx",
        schema="zbpoz",
        seen=_PURPOSE,
        open=opening.open_zbpoz,
    ),
    MessageKind(
        type="TURNUS",
        name=Text(pl="raport z pobytów w uzdrowisku", en="report of spa stays"),
        direction=Direction.TO_PAYER,
        extension=".tux",
        schema="turnus",
        seen=_OURS,
        open=opening.open_turnus,
    ),
    MessageKind(
        type="P_TUR",
        name=Text(pl="odpowiedź na raport z pobytów", en="reply to a report of spa stays"),
        direction=Direction.TO_PROVIDER,
        extension=".tuz",
        schema="p_spa",
        seen=_OURS,
        open=opening.open_p_spa,
    ),
    MessageKind(
        type="ZAWUZD",
        name=Text(pl="zawiadomienia o leczeniu uzdrowiskowym", en="notices of spa treatment"),
        direction=Direction.TO_PAYER,
        extension=".zwx",
        schema="zawuzd",
        seen=_OURS,
        open=opening.open_zawuzd,
    ),
    MessageKind(
        type="P_ZAW",
        name=Text(pl="odpowiedź na zawiadomienia", en="reply to notices of spa treatment"),
        direction=Direction.TO_PROVIDER,
        extension=".zwz",
        schema="p_spa",
        seen=_OURS,
        open=opening.open_p_spa,
    ),
    MessageKind(
        type="GIELDA",
        name=Text(pl="miejsca na giełdę", en="places for the exchange"),
        direction=Direction.TO_PAYER,
        extension=".gdx",
        schema="gielda",
        seen=_OURS,
        open=opening.open_gielda,
    ),
    MessageKind(
        type="P_GIE",
        name=Text(pl="odpowiedź na miejsca na giełdę", en="reply to places for the exchange"),
        direction=Direction.TO_PROVIDER,
        extension=".gdz",
        schema="p_spa",
        seen=_OURS,
        open=opening.open_p_spa,
    ),
    MessageKind(
        type="ZPOSP",
        name=Text(pl="zaopatrzenie w wyroby medyczne", en="supply of medical devices"),
        direction=Direction.TO_PAYER,
        extension=".zpx",
        schema="zposp",
        seen=_FRAGMENTS,
        open=opening.open_zposp,
    ),
    MessageKind(
        type="P_ZPOSP",
        name=Text(pl="odpowiedź na raport zaopatrzenia", en="reply to a report of supply"),
        direction=Direction.TO_PROVIDER,
        extension=".zpz",
        schema="p_zposp",
        seen=_OURS,
        open=opening.open_p_zposp,
    ),
    MessageKind(
        type="SIMP",
        name=Text(pl="badania profilaktyczne", en="preventive examinations"),
        direction=Direction.TO_PAYER,
        extension=".smx",
        schema="simp",
        seen=_OURS,
        open=opening.open_simp,
    ),
    MessageKind(
        type="P_SIMP",
        name=Text(pl="zatwierdzone badania profilaktyczne", en="approved preventive examinations"),
        direction=Direction.TO_PROVIDER,
        extension=".smz",
        schema="simp",
        seen=_OURS,
        open=opening.open_simp,
    ),
    MessageKind(
        type="SIMP_RACH",
        name=Text(pl="rachunek za badania profilaktyczne", en="bill of preventive examinations"),
        direction=Direction.TO_PROVIDER,
        extension=".smr",
        schema="simp_rach",
        seen=_OURS,
        open=opening.open_simp_bill,
    ),
    MessageKind(
        type="KSeF",
        name=Text(pl="faktura ustrukturyzowana KSeF", en="structured invoice of KSeF"),
        direction=Direction.TO_PAYER,
        extension=".xml",
        schema=opening.schema_of_ksef,
        seen=Text(
            pl="Schemat FA(3) 1-0E Ministerstwa Finansów znany w całości; miejsca danych rozliczenia wybrane tutaj.",
            en="The Ministry of Finance's schema FA(3) 1-0E is known in full; where settlement data stand is ours.",
        ),
        open=opening.open_ksef,
        root="Faktura",
        namespace="http://crd.gov.pl/wzor/2025/06/25/13775/",
    ),
)
"""The kinds that are known. The first that fits a file's first tag is taken: a narrower one stands before a wider."""


def kind_of(source: Source) -> MessageKind:
    """The kind of a message by its first tag. Raises MessageRefused when it is none, or none that is known."""
    tag = first_tag(source)
    found = next((kind for kind in KINDS if kind.is_of(tag)), None)
    if found is not None:
        return found
    if tag.name != ROOT:
        raise tag.wrong_root()
    areas = " / ".join(kind.area for kind in KINDS if kind.type == tag.type)
    place: dict[str, Any] = {"line": tag.line, "path": f"/{ROOT}"}
    if areas and not tag.area:
        raise refused("attribute-missing", name=AREA, expected=same(areas), **place)
    if areas:
        raise refused("area", found=excerpt(tag.area), expected=areas, **place)
    raise refused("kind-unknown", found=excerpt(tag.type), **place)


def opened_message(source: Source) -> tuple[MessageKind, Message]:
    """A message of any kind, opened. Raises MessageRefused."""
    kind = kind_of(source)
    return kind, kind.open(source)
