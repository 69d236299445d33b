"""How much a message may be before reading it stops."""

from __future__ import annotations

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one message. The defaults let a report of 3,000,000 positions through: about 2 GB of XML.

    None of these numbers is the Fund's (no size limit of its portal was found); all are policies of this house.
    """

    max_packed_bytes: int = GIB
    """Size of a zipped file as it was sent. A report packs to about a fifteenth."""

    max_bytes: int = 4 * GIB
    """Size of the XML itself, after unpacking."""

    max_ratio: int = 250
    """XML bytes for one packed byte; deflate cannot do more than 1,032, reports reach 15 to 60."""

    barren_bytes: int = 2 * MIB
    """So many bytes in a row without one record (a settlement position, or an element of a small message)."""

    max_tag_bytes: int = 64 * KIB
    """Length of one tag or comment that is not yet closed."""

    max_depth: int = 32
    """Levels of elements, the root being the first; messages have seven."""

    max_attributes: int = 64
    """Attributes of one element; the root of a report has fourteen."""

    max_elements: int = 200_000
    """Elements of a message that is read as a whole (contract, templates, bill)."""

    max_records: int = 5_000_000
    """Positions of a message that is read as a stream (report, reply)."""

    max_unread_names: int = 500
    """Different names of elements and attributes that the message does not know."""

    max_namespaces: int = 64
    """Different namespace declarations."""


REPORT_LIMITS = Limits()
"""For messages read as a stream, whatever their size."""

DOCUMENT_LIMITS = Limits(max_packed_bytes=64 * MIB, max_bytes=128 * MIB)
"""For messages read as a whole: a contract, templates, a bill."""
