"""Means beyond the basic plan of a contract: on what document they rest and what they are for.

New in UMX 4.0, with the Medical Fund (nfz.gov.pl notice 7983).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class FinancingKind(StrEnum):
    """What kind of document raises the financing."""

    SETTLEMENT_ANNEX = "settlement-annex"
    REPAYMENT_PLAN = "repayment-plan"
    MEDICAL_FUND_PLAN = "medical-fund-plan"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class FinancingDocument:
    """A document on which an increase of financing rests (`dok-zwieksz-finansowanie`).

    `number`, at most 24 characters, is what templates quote as `nr-aneksu-ugodowego`; `purpose` is a code of the
    dictionary of purposes, empty where none is set.
    """

    number: str
    kind: FinancingKind
    dated: date
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FundsPurpose:
    """What additional means are for: an entry of the dictionary `przeznacz-dod-srodk-fin`."""

    code: str
    name: str
