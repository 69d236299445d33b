"""What the payer answers to messages of spa treatment: the receipt, and the result of each record."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rozlicz.messages.replies import Receipt, ReplyFinding


class SpaReplyTo(StrEnum):
    """The kind of the reply, by the message that it answers."""

    STAY_REPORT = "P_TUR"
    NOTICES = "P_ZAW"
    OFFERS = "P_GIE"


class SpaRecord(StrEnum):
    """What kind of record a result is about."""

    REPORT = "raport"
    STAY = "pobyt"
    NOTICE = "zawiadomienie"
    OFFER = "oferta"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaResult:
    """The result of one record, by its number and version; `line` is its line in the message that is answered.

    A stay has the version of its report. `person_days` is how many of a stay are accepted for settlement, None for
    other records and where they were not counted.
    """

    record: SpaRecord
    number: str
    version: int
    line: int
    accepted: bool
    person_days: int | None = None
    findings: tuple[ReplyFinding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaReply:
    """A reply: in that to a stay report the report itself comes first, then its stays in their order."""

    to: SpaReplyTo
    receipt: Receipt
    results: tuple[SpaResult, ...]
