"""What a spa tells of patients who did not come or did not stay (R39), and the places it offers instead (R40)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rozlicz.messages.persons import Person
from rozlicz.messages.spa_stays import SpaTreatment


class NoticeKind(StrEnum):
    """What happened (R39). The letters are this house's own."""

    NO_SHOW = "N"
    JUSTIFIED_INTERRUPTION = "U"
    WILFUL_INTERRUPTION = "S"
    DISCIPLINARY_REMOVAL = "D"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDocument:
    """A document that bears a notice out: what it is in words, its number, its day."""

    name: str
    number: str
    issued_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaNotice:
    """One notice on one patient.

    `number` is the provider's and stays the same through all versions; a higher version replaces the one before, and
    one that is `withdrawn` says that it did not happen (the patient came a day later). `referral` is the referral's
    number, `planned_from` and `planned_to` are the days it was confirmed for; `round_number` is empty in outpatient
    treatment. `happened_on` is the day on which the patient should have come, or the last day of the treatment;
    `arrived_on` is None on a no-show. `line` is the notice's line in the file it was read from, 0 when in none.
    """

    number: str
    version: int
    kind: NoticeKind
    referral: str
    patient: Person
    contract: str
    treatment: SpaTreatment
    planned_from: date
    planned_to: date
    happened_on: date
    reason: str
    round_number: str = ""
    arrived_on: date | None = None
    documents: tuple[NoticeDocument, ...] = ()
    withdrawn: bool = False
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaNotices:
    """Notices for one branch: the one that confirmed the referrals, which may be another than the payer.

    They are handed in on the portal of the payer, which passes them on.
    """

    confirmed_by: str
    notices: tuple[SpaNotice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferOfPlaces:
    """Places for later treatment on the exchange (giełda), out of services that no-shows left unused (R40).

    `number` is the provider's and stays the same through all versions; a higher version replaces the one before, one
    that is `withdrawn` takes the places off the exchange. Treatment lasts from `begins_on` to `ends_on`. `no_shows`
    are numbers of the notices whose places these are: there are never more `places` than these. `line` is the offer's
    line in the file it was read from, 0 when in none.
    """

    number: str
    version: int
    contract: str
    scope: str
    distinguisher: int
    treatment: SpaTreatment
    places: int
    begins_on: date
    ends_on: date
    no_shows: tuple[str, ...]
    withdrawn: bool = False
    line: int = field(default=0, compare=False)
