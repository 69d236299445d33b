"""All reasons for which a bill is refused or pointed out, for pages, documentation and look-up by code."""

from __future__ import annotations

from rozlicz.documents import (
    attached,
    bank_accounts,
    corrections,
    document,
    issuer,
    kinds,
    lines,
    parties,
    vat,
    ways,
)
from rozlicz.documents.refusals import Reason
from rozlicz.messages import signatures

REASONS: tuple[Reason, ...] = tuple(
    sorted(
        (
            *document.REASONS,
            *ways.REASONS,
            *kinds.REASONS,
            *lines.REASONS,
            *parties.REASONS,
            *issuer.REASONS,
            *vat.REASONS,
            *bank_accounts.REASONS,
            *corrections.REASONS,
            *attached.REASONS,
            *signatures.REASONS,
        ),
        key=lambda one: one.code,
    )
)
"""Ordered by code: B-1 document, B-2 lines, B-3 parties, B-4 days and VAT, B-5 account, B-6 correction, B-7 files,
B-8 signatures."""

_BY_CODE = {one.code: one for one in REASONS}


def reason_of(code: str) -> Reason:
    """The reason with that code. Raises KeyError."""
    return _BY_CODE[code]
