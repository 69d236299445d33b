"""Every kind of message read from a file and written anew, by its code in the registry of kinds."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from rozlicz.messages import dekl_replies, simp, simp_bill
from rozlicz.messages.dekl import DeclarationReader
from rozlicz.messages.dekl_writer import write_dekl
from rozlicz.messages.fakt_rach import read_bill, write_bill
from rozlicz.messages.gielda import read_gielda, write_gielda
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
from rozlicz.messages.swiad_typed import ExaminationReader, ServiceReader
from rozlicz.messages.swiad_writer import SwiadWriter, write_examinations
from rozlicz.messages.turnus import read_turnus, write_turnus
from rozlicz.messages.umx import read_umx, write_umx
from rozlicz.messages.zawuzd import read_zawuzd, write_zawuzd
from rozlicz.messages.zbpoz import read_zbpoz, write_zbpoz
from rozlicz.messages.zposp import SupplyReader, write_zposp

Rewrite = Callable[[Path, io.BytesIO], None]


def whole(read: Callable, write: Callable) -> Rewrite:
    """A message that is read as one value."""

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


_bill, _bill_reply = whole(read_bill, write_bill), whole(read_bill_reply, write_bill_reply)
_spa_reply = whole(read_p_spa, write_p_spa)

REWRITES: dict[str, Rewrite] = {
    "UMX": whole(read_umx, write_umx),
    "SWIAD-AMBSZP": _services,
    "SWIAD-WYKBAD": _examinations,
    "P_SWI": _reply_to_services,
    "Z_ROZ": whole(read_settlement_request, write_settlement_request),
    "P_ROZ": whole(read_request_refusal, write_request_refusal),
    "R_UMX": whole(read_template_set, write_template_set),
    "FAKT": _bill,
    "RACH": _bill,
    "NOTA": _bill,
    "P_DOK": _bill_reply,
    "REF": whole(read_ref, write_ref),
    "P_REF": _bill_reply,
    "DEKL": _declarations,
    "P_DEKL": _confirmation,
    "W_DEKL": _unrecognised,
    "R_DEKL": _population,
    "ZBPOZ": whole(read_zbpoz, write_zbpoz),
    "TURNUS": whole(read_turnus, write_turnus),
    "ZAWUZD": whole(read_zawuzd, write_zawuzd),
    "GIELDA": whole(read_gielda, write_gielda),
    "P_TUR": _spa_reply,
    "P_ZAW": _spa_reply,
    "P_GIE": _spa_reply,
    "ZPOSP": _supply,
    "P_ZPOSP": _reply_to_supply,
    "SIMP": _prevention,
    "P_SIMP": _prevention,
    "SIMP_RACH": whole(simp_bill.read_simp_bill, simp_bill.write_simp_bill),
}
