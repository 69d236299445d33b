"""The books of one contract in memory: accepted positions and issued templates, calculated month after month.

What is asked about the future or about other terms is answered by the calculation itself, played on such books
(`forecast`, `what_if`); a stored calculation reads the same books from a database. Prices are the contract's, so a
changed contract changes them here as an annex does: what was billed at another price goes back and is a candidate.

A position may stand for many (`presummed`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from rozlicz.kernel.money import exact_value
from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.messages.contracts import Contract, SettledBy
from rozlicz.settlement.books import Billed, Candidate, CapUnit, Issued, Key
from rozlicz.settlement.drafts import Settlement, TemplateDraft
from rozlicz.settlement.explanation import Step
from rozlicz.settlement.parameters import Policy
from rozlicz.settlement.unit_price import settle_contract


def price_in(contract: Contract, unit: CapUnit, month: Month) -> int:
    """The price of a unit in a reporting month, in grosze; 0 where the contract has none."""
    scope = contract.scope(*unit)
    return (scope.price_in(month) if scope else None) or 0


class Position(NamedTuple):
    """The accepted current version of a position; 0 units (×10,000) when it was deleted or verified negatively.

    `month` is the reporting month, `last_day` the last day of the service. `bill` is empty for the general bill, else
    the person's document number, with the state of insurance in `country`. `price` (grosze a unit) is the position's
    own, as a device has; None: the contract's price of the month.
    """

    unit: CapUnit
    month: Month
    last_day: date
    units: int
    product: str
    bill: str = ""
    country: str = ""
    price: int | None = None


class Form(NamedTuple):
    """What a template holds a position as. `period` None: the contract no longer settles that month."""

    unit: CapUnit
    product: str
    price: int
    bill: str
    country: str
    period: SettlementPeriod | None


class _Part(NamedTuple):
    """Where a part of a position is held: the template that billed it, its month, and as what."""

    root: int
    month: Month
    unit: CapUnit
    product: str
    price: int
    bill: str
    country: str

    def form(self, period: SettlementPeriod | None) -> Form:
        """As what it is held."""
        return Form(self.unit, self.product, self.price, self.bill, self.country, period)


class _MonthTerms(NamedTuple):
    """What a contract says of a cap unit in a month: the price of a unit, and the settlement period."""

    price: int
    period: SettlementPeriod | None


@dataclass
class Template:
    """An issued template."""

    number: int
    draft: TemplateDraft

    @property
    def root(self) -> int:
        """The template that billed what this one holds: itself, or the one it corrects."""
        return self.draft.corrects or self.number


def emptied(templates: Iterable[Template]) -> dict[Key, Position]:
    """Every position that templates hold, as one of which nothing is left: for books to which it may be gone."""
    return {
        key: Position(
            unit=CapUnit(line.scope, line.distinguisher),
            month=template.draft.month,
            last_day=template.draft.month.last_day,
            units=0,
            product=line.product,
            price=line.price,
        )
        for template in templates
        for line, allocations in zip(template.draft.lines, template.draft.allocations, strict=True)
        for key, _ in allocations
    }


@dataclass
class Ledger:
    """Positions by key and templates in the order of their numbers, of the scopes that are settled in one way."""

    contract: Contract
    policy: Policy = field(default_factory=Policy)
    positions: dict[Key, Position] = field(default_factory=dict)
    templates: list[Template] = field(default_factory=list)
    settled_by: SettledBy = field(default=SettledBy.SERVICES, kw_only=True)

    def __post_init__(self) -> None:
        self._parts: dict[Key, dict[_Part, int]] = {}
        self._looked_up: tuple[Contract, dict[tuple[CapUnit, int], _MonthTerms]] = (self.contract, {})
        for template in self.templates:
            self._hold(template)

    def under(self, contract: Contract, policy: Policy) -> Ledger:
        """The same books under other terms; what is issued there is not issued here."""
        return Ledger(
            contract, policy, dict(self.positions), list(self.templates), settled_by=self.settled_by
        )

    def price(self, position: Position) -> int:
        """The price of a unit, in grosze: its own or that of the reporting month; 0 where the contract has none."""
        return self.form(position).price

    def form(self, position: Position) -> Form:
        """What a template would hold the position as now."""
        return self._forms()(position)

    def held(self) -> dict[tuple[Key, Form, int], int]:
        """Signed units of each position in each form and template, corrections counted to the template corrected."""
        held = self._held()
        return {(key, form, root): units for key in self._parts for form, root, units in held(key)}

    def candidates(self, *, known_up_to: Month | None = None) -> dict[CapUnit, list[Candidate]]:
        """What no template holds, by cap unit; with `known_up_to` without what was reported for later months."""
        found: dict[CapUnit, list[Candidate]] = defaultdict(list)
        form_of, held = self._forms(), self._held()
        for key, position in self._known(known_up_to):
            form = form_of(position)
            already = sum(units for holding, _, units in held(key) if holding == form)
            if position.units > already:
                found[position.unit].append(
                    Candidate(
                        key=key,
                        month=position.month.number,
                        last_day=position.last_day,
                        product=form.product,
                        price=form.price,
                        units=position.units - already,
                        bill=form.bill,
                        country=form.country,
                        held=already,
                    )
                )
        return dict(found)

    def billed(self, *, only_changed: bool = True) -> dict[CapUnit, list[Billed]]:
        """Billed positions beside what they are now: those that are to be corrected, or all."""
        months = {template.number: template.draft.month.number for template in self.templates}
        form_of, held = self._forms(), self._held()
        found: dict[CapUnit, list[Billed]] = defaultdict(list)
        for key in self._parts:
            position, holdings = self.positions[key], [holding for holding in held(key) if holding[2]]
            now = form_of(position)
            stays = sum(units for form, _, units in holdings if form == now) <= position.units
            for form, template, units in holdings:
                if only_changed and form == now and stays:
                    continue
                found[form.unit].append(
                    Billed(
                        key=key,
                        template=template,
                        template_month=months[template],
                        product=form.product,
                        price=form.price,
                        units=units,
                        bill=form.bill,
                        country=form.country,
                        now_units=position.units if now.unit == form.unit else 0,
                        now_month=position.month.number,
                        now_product=now.product,
                        now_price=now.price,
                        now_bill=now.bill,
                        now_country=now.country,
                    )
                )
        return dict(found)

    def issued(self) -> dict[CapUnit, list[Issued]]:
        """What each template holds in each cap unit."""
        found: dict[CapUnit, list[Issued]] = defaultdict(list)
        for template in self.templates:
            sums: dict[CapUnit, int] = defaultdict(int)
            for line in template.draft.lines:
                sums[CapUnit(line.scope, line.distinguisher)] += line.amount
            for unit, amount in sums.items():
                row = Issued(template.number, template.draft.month.number, amount, template.draft.corrects)
                found[unit].append(row)
        return dict(found)

    def performed(self, *, known_up_to: Month | None = None) -> dict[CapUnit, dict[int, int]]:
        """Exact value (10⁻⁴ grosza) of accepted positions, by cap unit and reporting month."""
        found: dict[CapUnit, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        form_of = self._forms()
        for _, position in self._known(known_up_to):
            value = exact_value(units=position.units, price=form_of(position).price)
            found[position.unit][position.month.number] += value
        return {unit: dict(by_month) for unit, by_month in found.items()}

    def settled(
        self,
        month: Month,
        reductions: Mapping[CapUnit, Sequence[Step]] = MappingProxyType({}),
        *,
        known_up_to: Month | None = None,
        explained: bool = True,
    ) -> Settlement:
        """Calculate a month without issuing anything. `known_up_to`: as if nothing later were reported yet.

        `reductions`: the steps that made the units of the positions what they are. `explained`: False gives the
        drafts alone, in half the time. Raises UnableToSettle when the
        month is in no settlement period of the contract.
        """
        return settle_contract(
            contract=self.contract,
            month=month,
            candidates_by_cap=self.candidates(known_up_to=known_up_to),
            billed_by_cap=self.billed(),
            issued_by_cap=self.issued(),
            performed_by_cap=self.performed(known_up_to=known_up_to) if explained else {},
            policy=self.policy,
            reductions_by_cap=reductions,
            settled_by=self.settled_by,
            explained=explained,
        )

    def calculate(
        self, month: Month, *, known_up_to: Month | None = None, explained: bool = True
    ) -> Settlement:
        """Calculate a month and issue its templates. Raises UnableToSettle."""
        settlement = self.settled(month, known_up_to=known_up_to, explained=explained)
        self.issue(settlement.drafts)
        return settlement

    def issue(self, drafts: Iterable[TemplateDraft]) -> None:
        """Drafts become templates with the next numbers."""
        for number, draft in enumerate(drafts, len(self.templates) + 1):
            self.templates.append(Template(number, draft))
            self._hold(self.templates[-1])

    def _hold(self, template: Template) -> None:
        """Enter what a template holds: a correction counts in the template, and the month, that it corrects."""
        draft = template.draft
        for line, allocations in zip(draft.lines, draft.allocations, strict=True):
            unit = CapUnit(line.scope, line.distinguisher)
            part = _Part(
                template.root, draft.month, unit, line.product, line.price, draft.bill, draft.country
            )
            for key, units in allocations:
                parts = self._parts.setdefault(key, {})
                parts[part] = parts.get(part, 0) + units

    def _held(self) -> Callable[[Key], list[tuple[Form, int, int]]]:
        """Of a position: as what, in which template, and how many units are held."""
        terms = self._terms()

        def held(key: Key) -> list[tuple[Form, int, int]]:
            parts = self._parts.get(key)
            if parts is None:
                return []
            return [
                (part.form(terms(part.unit, part.month).period), part.root, units)
                for part, units in parts.items()
            ]

        return held

    def _known(self, up_to: Month | None) -> Iterator[tuple[Key, Position]]:
        """The positions, or those of the months up to one."""
        if up_to is None:
            yield from self.positions.items()
        else:
            last = up_to.number
            yield from ((key, one) for key, one in self.positions.items() if one.month.number <= last)

    def _forms(self) -> Callable[[Position], Form]:
        """The form of any position."""
        terms = self._terms()

        def form(position: Position) -> Form:
            price, period = terms(position.unit, position.month)
            return Form(
                position.unit,
                position.product,
                price if position.price is None else position.price,
                position.bill,
                position.country,
                period,
            )

        return form

    def _terms(self) -> Callable[[CapUnit, Month], _MonthTerms]:
        """The terms of any cap unit in a month; each is looked up in a contract once."""
        contract, known = self._looked_up
        if contract is not self.contract:
            self._looked_up = contract, known = self.contract, {}

        def terms(unit: CapUnit, month: Month) -> _MonthTerms:
            place = (unit, month.number)
            found = known.get(place)
            if found is None:
                period = contract.settlement_period_of(month)
                found = known[place] = _MonthTerms(price_in(contract, unit, month), period)
            return found

        return terms
