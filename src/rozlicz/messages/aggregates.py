"""Services of primary care that are reported as numbers only (ZBPOZ), by attachment 3b of the contract.

What is counted is for the contract to say: each row of the attachment becomes a set here. Nobody is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rozlicz.kernel.months import Month
from rozlicz.messages.declarations import Category


class Setting(StrEnum):
    """Where the services of a set were given. The letters are this house's own."""

    PRACTICE = "P"
    HOME = "D"
    REMOTE = "T"


class EntitledAs(StrEnum):
    """By what right persons received services. The letters are this house's own.

    `ON_LIST`: insured, on the provider's list (paid for by capitation); `OFF_LIST`: insured, on another list (paid by
    the visit); `COORDINATED`: insured in another state of EU or EFTA; `OTHERWISE`: entitled otherwise (art.
    2(1)(2)–(4) of the act: a mayor's decision, minors, pregnancy).
    """

    ON_LIST = "L"
    OFF_LIST = "S"
    COORDINATED = "U"
    OTHERWISE = "I"


@dataclass(frozen=True, slots=True, kw_only=True)
class AggregateCount:
    """How many services persons of a kind and age received in the month.

    `min_age` and `max_age` are completed years on the day of the service, both included, None where there is no
    bound. `services` counts services (visits, examinations), `persons` different persons, None where the attachment
    does not ask for them.
    """

    entitled_as: EntitledAs
    services: int
    persons: int | None = None
    min_age: int | None = None
    max_age: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AggregateSet:
    """One row of the attachment: `item` is its number there, `name` its words; then the counts.

    `scope` and `distinguisher` name the position of the contract, `category` whose service it is. `setting` is None
    where the row does not tell places apart.
    """

    item: str
    name: str
    category: Category
    scope: str
    distinguisher: int
    counts: tuple[AggregateCount, ...]
    setting: Setting | None = None

    @property
    def services(self) -> int:
        """All services of the row."""
        return sum(count.services for count in self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class AggregateReport:
    """The numbers of a contract and month; a report of a higher `version` replaces the earlier ones."""

    contract: str
    month: Month
    version: int
    sets: tuple[AggregateSet, ...]
