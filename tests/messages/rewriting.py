"""Every kind of message read from a file and written anew, by its code in the registry of kinds."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from rozlicz.messages import simp, simp_bill
from rozlicz.messages.dekl import DeclarationReader
from rozlicz.messages.dekl import replies as dekl_replies
from rozlicz.messages.dekl.writer import write_dekl
from rozlicz.messages.fakt_rach import read_bill, write_bill
from rozlicz.messages.gielda import read_gielda, write_gielda
from rozlicz.messages.ksef.reader import read_ksef
from rozlicz.messages.ksef.writer import write_ksef
from rozlicz.messages.p_dok import read_bill_reply, write_bill_reply
from rozlicz.messages.p_spa import read_p_spa, write_p_spa
from rozlicz.messages.p_swi import ReplyReader, write_p_swi
from rozlicz.messages.p_zposp import SupplyReplyReader, write_p_zposp
from rozlicz.messages.r_umx import read_template_set, write_template_set
from rozlicz.messages.ref import read_ref, write_ref
from rozlicz.messages.settlement_request import (
    read_request_refusal,
    read_settlement_request,
    write_request_refusal,
    write_settlement_request,
)
from rozlicz.messages.swiad.typed import ExaminationReader, ServiceReader
from rozlicz.messages.swiad.writer import SwiadWriter, write_examinations
from rozlicz.messages.turnus import read_turnus, write_turnus
from rozlicz.messages.umx import read_umx, write_umx
from rozlicz.messages.zawuzd import read_zawuzd, write_zawuzd
from rozlicz.messages.zbpoz import read_zbpoz, write_zbpoz
from rozlicz.messages.zposp import SupplyReader, write_zposp

Rewrite = Callable[[Path, io.BytesIO], None]


def whole(read: Callable, write: Callable) -> Rewrite:
    """The rewriting of a message that is read as one value."""

    def rewrite(path: Path, target: io.BytesIO) -> None:
        header, value = read(path)
        write(value, header=header, target=target)

    return rewrite


def _services(path: Path, target: io.BytesIO) -> None:
    services = ServiceReader(path)
    with SwiadWriter(target, services.header) as writer:
        for one in services:
            writer.write_service(one.service, of=one.of)


def _examinations(path: Path, target: io.BytesIO) -> None:
    reader = ExaminationReader(path)
    write_examinations(period=reader.period, sets=reader, header=reader.header, target=target)


def _reply_to_services(path: Path, target: io.BytesIO) -> None:
    reply = ReplyReader(path)
    write_p_swi(
        receipt=reply.receipt, summary=reply.summary, positions=reply, header=reply.header, target=target
    )


def _declarations(path: Path, target: io.BytesIO) -> None:
    reader = DeclarationReader(path)
    declared = [(one.of, one.declaration) for one in reader]
    lists = [(of, [declaration for its, declaration in declared if its == of]) for of in reader.lists]
    write_dekl(lists, contract=reader.contract, month=reader.month, header=reader.header, target=target)


def _confirmation(path: Path, target: io.BytesIO) -> None:
    reader = dekl_replies.ConfirmationReader(path)
    dekl_replies.write_p_dekl(reader.head, reader, header=reader.header, target=target)


def _unrecognised(path: Path, target: io.BytesIO) -> None:
    reader = dekl_replies.UnrecognisedReader(path)
    dekl_replies.write_w_dekl(reader.head, reader, header=reader.header, target=target)


def _population(path: Path, target: io.BytesIO) -> None:
    reader = dekl_replies.PopulationReader(path)
    dekl_replies.write_r_dekl(reader.head, reader.population, reader, header=reader.header, target=target)


def _supply(path: Path, target: io.BytesIO) -> None:
    reader = SupplyReader(path)
    write_zposp(reader, header=reader.header, target=target)


def _reply_to_supply(path: Path, target: io.BytesIO) -> None:
    reply = SupplyReplyReader(path)
    write_p_zposp(
        receipt=reply.receipt, summary=reply.summary, results=reply, header=reply.header, target=target
    )


def _prevention(path: Path, target: io.BytesIO) -> None:
    reader = simp.ExaminationListReader(path)
    simp.write_simp(reader, month=reader.month, receipt=reader.receipt, header=reader.header, target=target)


def _ksef(path: Path, target: io.BytesIO) -> None:
    write_ksef(read_ksef(path).invoice, target=target)


_BILL, _BILL_REPLY, _SPA_REPLY = (
    (read_bill, write_bill),
    (read_bill_reply, write_bill_reply),
    (read_p_spa, write_p_spa),
)

WHOLE: dict[str, tuple[Callable, Callable]] = {
    "UMX": (read_umx, write_umx),
    "Z_ROZ": (read_settlement_request, write_settlement_request),
    "P_ROZ": (read_request_refusal, write_request_refusal),
    "FAKT": _BILL,
    "RACH": _BILL,
    "NOTA": _BILL,
    "P_DOK": _BILL_REPLY,
    "REF": (read_ref, write_ref),
    "P_REF": _BILL_REPLY,
    "ZBPOZ": (read_zbpoz, write_zbpoz),
    "TURNUS": (read_turnus, write_turnus),
    "ZAWUZD": (read_zawuzd, write_zawuzd),
    "GIELDA": (read_gielda, write_gielda),
    "P_TUR": _SPA_REPLY,
    "P_ZAW": _SPA_REPLY,
    "P_GIE": _SPA_REPLY,
    "SIMP_RACH": (simp_bill.read_simp_bill, simp_bill.write_simp_bill),
}
"""Reader and writer of messages that are one value under the header that they are given."""

REWRITES: dict[str, Rewrite] = {code: whole(*pair) for code, pair in WHOLE.items()} | {
    "SWIAD-AMBSZP": _services,
    "SWIAD-WYKBAD": _examinations,
    "P_SWI": _reply_to_services,
    "R_UMX": whole(read_template_set, write_template_set),
    "DEKL": _declarations,
    "P_DEKL": _confirmation,
    "W_DEKL": _unrecognised,
    "R_DEKL": _population,
    "ZPOSP": _supply,
    "P_ZPOSP": _reply_to_supply,
    "SIMP": _prevention,
    "P_SIMP": _prevention,
    "KSeF": _ksef,
}
