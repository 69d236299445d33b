"""A month counted afresh against what its templates hold: new templates, and corrections by the difference.

For methods whose lines follow from the facts of a month as a whole (persons on a list, enrolments, days), not from
single positions. A line that is no longer right is taken back in full and stands again as it is now, both in one
correcting template of the template that billed it; so after any number of calculations the templates of a month are
exactly what its last calculation says, to the last grosz.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.money import amount_text
from rozlicz.kernel.months import Month
from rozlicz.kernel.refusals import Refusal
from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import Contract
from rozlicz.messages.templates import CalculatedBy, PlanKind, Template, TemplateLine
from rozlicz.settlement.bases import CORRECTING_TEMPLATES
from rozlicz.settlement.books import CapUnit
from rozlicz.settlement.drafts import CapSettlement, Settlement, TemplateDraft
from rozlicz.settlement.explanation import Explanation, Step
from rozlicz.settlement.method import draft_of_lines, method_step, title_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalculated:
    """The drafts of a month, and what the templates issued before hold in each unit, in grosze."""

    drafts: tuple[TemplateDraft, ...]
    held: Mapping[CapUnit, int]

    def due_in(self, unit: CapUnit) -> int:
        """Σ lines of the new template in a unit, in grosze."""
        return self._sum(unit, correcting=False)

    def corrected_in(self, unit: CapUnit) -> int:
        """The signed Σ lines of the correcting templates in a unit, in grosze."""
        return self._sum(unit, correcting=True)

    def _sum(self, unit: CapUnit, *, correcting: bool) -> int:
        return sum(
            line.amount
            for draft in self.drafts
            for line in draft.lines
            if (draft.corrects is not None) == correcting and _unit(line) == unit
        )


def recalculated(
    *,
    month: Month,
    lines_by_unit: Mapping[CapUnit, Sequence[TemplateLine]],
    issued: Iterable[Template],
    calculated_by: CalculatedBy,
    bill: str = "",
    country: str = "",
) -> Recalculated:
    """What must be issued so that the templates of a month hold exactly these lines.

    `lines_by_unit` has an entry for each unit that was counted, empty where nothing is due; other units stay as they
    are. `issued`: templates of the contract, those of other months, processes, plans and bills are passed over;
    `bill` and `country` as in `TemplateDraft`. Lines of 0.00 are none. A line for which no template billed anything
    in its unit goes into a new template; else into the correcting template of the newest one that did (policy).
    """
    relevant = [
        t for t in issued if _is_of(t, month, calculated_by) and (t.person, t.country) == (bill, country)
    ]
    standing = _standing(relevant)
    found: defaultdict[int | None, list[TemplateLine]] = defaultdict(list)
    for unit, lines in sorted(lines_by_unit.items()):
        _compare(unit, [line for line in lines if line.amount], standing, found)
    order = sorted(found, key=lambda root: (root is None, root))
    return Recalculated(
        drafts=tuple(
            draft_of_lines(
                found[root],
                month=month,
                calculated_by=calculated_by,
                corrects=root,
                bill=bill,
                country=country,
            )
            for root in order
        ),
        held={
            unit: sum(line.amount for t in relevant for line in t.lines if _unit(line) == unit)
            for unit in lines_by_unit
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedUnit:
    """What a method says of one scope: the lines the month should hold, and the steps that led to them.

    `method` names the steps (`capitation`), `demand` and `basis` the rule of the amount.
    """

    unit: CapUnit
    method: str
    lines: tuple[TemplateLine, ...]
    steps: tuple[Step, ...]
    demand: str
    basis: Basis


def settled(
    *,
    contract: Contract,
    month: Month,
    counted: Sequence[CountedUnit],
    issued: Iterable[Template],
    calculated_by: CalculatedBy,
    refusals: Iterable[Refusal] = (),
) -> Settlement:
    """The settlement of scopes that were counted afresh: drafts, sums and explanations.

    Each explanation ends with the two steps that are the same for every method: what templates of the month hold
    already (`<method>.earlier`), and what is due (`<method>.due`).
    """
    compared = recalculated(
        month=month,
        lines_by_unit={one.unit: one.lines for one in counted},
        issued=issued,
        calculated_by=calculated_by,
    )
    return Settlement(
        contract=contract.code,
        month=month,
        drafts=compared.drafts,
        caps=tuple(explained(contract, month, one, (compared,)) for one in counted),
        refusals=tuple(refusals),
    )


def explained(
    contract: Contract, month: Month, one: CountedUnit, compared: Collection[Recalculated]
) -> CapSettlement:
    """The sums and the explanation of one scope: of the general bill, or of the bills of single persons together."""
    held = sum(bill.held.get(one.unit, 0) for bill in compared)
    due = sum(bill.due_in(one.unit) for bill in compared)
    corrected = sum(bill.corrected_in(one.unit) for bill in compared)
    return CapSettlement(
        unit=one.unit,
        room=None,
        due=due,
        corrected=corrected,
        waiting=0,
        explanation=Explanation(
            title=title_of(one.unit, contract.scope(*one.unit), month),
            steps=(*one.steps, _earlier(one, held), _due(one, month, held, due, corrected)),
        ),
    )


def _earlier(one: CountedUnit, held: int) -> Step:
    return method_step(
        f"{one.method}.earlier",
        Text(
            pl="Wcześniejsze szablony tego miesiąca, z korektami",
            en="Earlier templates of the month, corrected",
        ),
        Text(pl="Wystawiono: {amount}", en="Issued: {amount}").filled(amount=amount_text(held)),
        demand=one.demand,
        basis=CORRECTING_TEMPLATES,
        figures=(("held", held),),
    )


def _due(one: CountedUnit, month: Month, held: int, due: int, corrected: int) -> Step:
    total = sum(line.amount for line in one.lines)
    return method_step(
        f"{one.method}.due",
        Text(pl="Należność", en="Due"),
        Text(
            pl="Należność ({month}): {total}; do wystawienia teraz: {now}",
            en="Due ({month}): {total}; to be issued now: {now}",
        ).filled(month=month.name, total=amount_text(total), now=amount_text(due + corrected)),
        demand=one.demand,
        basis=one.basis,
        inputs=(
            (Text(pl="Nowe szablony", en="New templates"), amount_text(due)),
            (Text(pl="Szablony korygujące", en="Correcting templates"), amount_text(corrected)),
        ),
        figures=(("total", total), ("held", held), ("due", due), ("corrected", corrected)),
    )


_Form = tuple[object, ...]


@dataclass
class _Standing:
    """What one template, its corrections counted, holds of lines of one form; `count` is mostly 1."""

    root: int
    line: TemplateLine
    count: int


def _is_of(template: Template, month: Month, calculated_by: CalculatedBy) -> bool:
    return (
        template.month == month
        and template.calculated_by is calculated_by
        and template.plan is PlanKind.BASIC
    )


def _standing(issued: Sequence[Template]) -> list[_Standing]:
    """Lines not taken back, by the template that billed them; the newest first."""
    corrects = {template.number: template.corrects for template in issued}
    sums: dict[tuple[int, _Form], _Standing] = {}
    for template in issued:
        root = template.number
        while (earlier := corrects.get(root)) is not None:
            root = earlier
        for line in template.lines:
            sign = -1 if line.units < 0 else 1
            upright = line if sign > 0 else taken_back(line)
            sums.setdefault((root, _form(upright)), _Standing(root, upright, 0)).count += sign
    return sorted((s for s in sums.values() if s.count), key=lambda s: s.root, reverse=True)


def _compare(
    unit: CapUnit,
    lines: Sequence[TemplateLine],
    standing: Sequence[_Standing],
    found: defaultdict[int | None, list[TemplateLine]],
) -> None:
    """Enter what differs in one unit: first what goes back, then what takes its place."""
    here = [s for s in standing if _unit(s.line) == unit]
    missing = Counter(_form(line) for line in lines)
    replaced: dict[str, int] = {}
    for held in here:
        stays = max(0, min(held.count, missing[_form(held.line)]))
        missing[_form(held.line)] -= stays
        line = taken_back(held.line) if held.count > 0 else held.line
        for _ in range(abs(held.count - stays)):
            replaced.setdefault(line.product, held.root)
            found[held.root].append(line)
    newest = here[0].root if here else None
    for line in lines:
        if missing[_form(line)] > 0:
            missing[_form(line)] -= 1
            found[replaced.get(line.product, newest)].append(line)


def taken_back(line: TemplateLine) -> TemplateLine:
    """The line with which another one is taken back; of such a line, the line itself."""
    counted = line.capitation
    return replace(
        line,
        units=-line.units,
        amount=-line.amount,
        capitation=counted and replace(counted, persons=-counted.persons),
    )


def _form(line: TemplateLine) -> _Form:
    """What makes two lines the same: everything an amount follows from, not names and not the day of the count."""
    counted = line.capitation
    how = counted and (
        counted.persons,
        counted.coefficient,
        counted.annual_rate,
        counted.days,
        counted.of_days,
    )
    return (line.scope, line.distinguisher, line.product, line.units, line.price, how)


def _unit(line: TemplateLine) -> CapUnit:
    return CapUnit(line.scope, line.distinguisher)
