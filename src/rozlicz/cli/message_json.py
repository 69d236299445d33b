"""What `rozlicz message` tells programs: the kind of a message, and the result of inspecting one."""

from __future__ import annotations

from typing import Any

from rozlicz.cli.bill_signing import signature_json
from rozlicz.cli.contract_data import header_json
from rozlicz.cli.message_summary import Inspection
from rozlicz.cli.unread import unread_json
from rozlicz.messages.kinds import MessageKind
from rozlicz.messages.records.json import record_json, units_json
from rozlicz.messages.schemas.check import SchemaFault
from rozlicz.messages.wire.refusals import MessageRefused

Json = dict[str, Any]


def kind_json(kind: MessageKind) -> Json:
    """What message it is."""
    return {
        "code": kind.code,
        "type": kind.type,
        "area": kind.area,
        "name": kind.name.to_json(),
        "direction": kind.direction.value,
        "extension": kind.extension,
    }


def inspection_json(found: Inspection) -> Json:
    """Everything that inspecting a message found; decimal numbers are texts, `units` says what they count."""
    units: dict[str, str] = {}
    for value in found.head:
        units |= units_json(type(value))
    for tally in found.tables:
        units |= {f"{tally.table.name}.{column.name}": "PLN" for column in tally.sums}
    return {
        "file": found.file,
        "zipped": found.zipped,
        "kind": kind_json(found.kind),
        "header": header_json(found.header) if found.header else None,
        "head": [record_json(value) for value in found.head],
        "tables": [
            {
                "table": tally.table.name,
                "rows": tally.rows,
                "sums": {column.name: str(total) for column, total in tally.sums.items()},
            }
            for tally in found.tables
        ],
        "units": units,
        "signatures": [signature_json(one) for one in found.signatures],
        "unread": unread_json(found.unread),
        "refused": _refused(found.refused) if found.refused else None,
        "schema": {
            "faults": [_fault(fault) for fault in found.schema.faults],
            "complete": found.schema.complete,
        },
        "valid": found.valid,
    }


def _refused(refused: MessageRefused) -> Json:
    return {
        "code": refused.code,
        "message": refused.text.to_json(),
        "line": refused.line,
        "path": refused.path,
    }


def _fault(fault: SchemaFault) -> Json:
    return {"line": fault.line, "path": fault.path, "message": fault.text.to_json()}
