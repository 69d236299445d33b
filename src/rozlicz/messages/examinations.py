"""Examinations as a provider of primary care reports them (SWIAD, WYKBAD; notice 8018 of nfz.gov.pl).

Every value is the text that stands in the file, None where the attribute is not written, as in `services`.
"""

from __future__ import annotations

from dataclasses import dataclass

from rozlicz.messages.services import Examination, Patient


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminationSet:
    """The examinations of one patient. Identifier (up to 20 characters) and version are given by the provider.

    A higher version replaces a lower one. A deleted set carries no examinations.
    """

    id: str | None
    version: str | None = "1"
    deleted: bool = False
    patient: Patient | None = None
    examinations: tuple[Examination, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingPeriod:
    """The days that a report of examinations covers, first and last."""

    date_from: str | None
    date_to: str | None
