"""What should come out of a report, counted while it is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rozlicz.kernel.money import exact_value, round_half_up
from rozlicz.sample.offers import Offer
from rozlicz.sample.services import Position


class Performed(NamedTuple):
    """Accepted units ×10,000 of one contract, scope, distinguishing number, product and price (grosze).

    `amount` is what they are worth as one line of a template, in grosze, before any cap: rounded half-up once.
    """

    contract: str
    scope: str
    distinguisher: int
    product: str
    price: int
    units: int
    positions: int

    @property
    def amount(self) -> int:
        """The exact product, rounded once, in grosze."""
        return round_half_up(exact_value(units=self.units, price=self.price))


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """The verdict a report deserves, when its provider reported nothing else before.

    Positions count once each; a position is rejected when at least one error is on it. Values are sums of
    positions rounded one by one, in grosze, as a reply states them. `findings` counts positions per rule,
    warnings included; `at_stake` sums the values of these positions. `planted` counts, per kind of mistake, the
    positions it is on. A deleted service counts in `deletions` only. `performed` is what was accepted.
    """

    provider: str
    month: str
    generation: int
    seed: int
    services: int
    accepted: int
    rejected: int
    accepted_value: int
    rejected_value: int
    deletions: int
    findings: dict[str, int]
    at_stake: dict[str, int]
    planted: dict[str, int]
    performed: tuple[Performed, ...]

    @property
    def positions(self) -> int:
        """How many positions were reported."""
        return self.accepted + self.rejected

    def to_json(self) -> dict[str, object]:
        """As an object for a JSON file; amounts in grosze, units ×10,000."""
        return {
            "provider": self.provider,
            "month": self.month,
            "generation": self.generation,
            "seed": self.seed,
            "positions": self.positions,
            "services": self.services,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "deletions": self.deletions,
            "accepted_value": self.accepted_value,
            "rejected_value": self.rejected_value,
            "findings": self.findings,
            "value_at_stake": self.at_stake,
            "planted": self.planted,
            "performed": [line._asdict() | {"amount": line.amount} for line in self.performed],
        }


@dataclass(slots=True)
class Tally:
    """Counts what was written; small, whatever the size of the report."""

    services: int = 0
    accepted: int = 0
    rejected: int = 0
    accepted_value: int = 0
    rejected_value: int = 0
    deletions: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    at_stake: Counter[str] = field(default_factory=Counter)
    planted: Counter[str] = field(default_factory=Counter)
    _performed: dict[int, tuple[Offer, list[int]]] = field(default_factory=dict)

    def add(self, service: Sequence[Position], kind: str) -> None:
        """Count a service; `kind` is the mistake that was to be planted on it, empty for none."""
        self.services += 1
        for position in service:
            if position.codes:
                self.rejected += 1
                self.rejected_value += position.value
            else:
                self.accepted += 1
                self.accepted_value += position.value
                self._perform(position)
            if position.codes or position.warnings:
                self.planted[kind] += 1
                for code in position.codes + position.warnings:
                    self.findings[code] += 1
                    self.at_stake[code] += position.value

    def add_deletion(self) -> None:
        """Count a deleted service."""
        self.services += 1
        self.deletions += 1

    def _perform(self, position: Position) -> None:
        offer = position.offer
        _, sums = self._performed.setdefault(id(offer), (offer, [0, 0]))
        sums[0] += position.units
        sums[1] += 1

    def expectation(self, *, provider: str, month: str, generation: int, seed: int) -> Expectation:
        """What was counted."""
        return Expectation(
            provider=provider,
            month=month,
            generation=generation,
            seed=seed,
            services=self.services,
            accepted=self.accepted,
            rejected=self.rejected,
            accepted_value=self.accepted_value,
            rejected_value=self.rejected_value,
            deletions=self.deletions,
            findings=dict(sorted(self.findings.items())),
            at_stake=dict(sorted(self.at_stake.items())),
            planted=dict(sorted(self.planted.items())),
            performed=self.performed(),
        )

    def performed(self) -> tuple[Performed, ...]:
        """What was accepted so far."""
        lines = (
            Performed(
                contract=offer.contract.code,
                scope=offer.scope.code,
                distinguisher=offer.scope.distinguisher,
                product=offer.product.code,
                price=offer.price,
                units=units,
                positions=positions,
            )
            for offer, (units, positions) in self._performed.values()
        )
        return tuple(sorted(lines))
