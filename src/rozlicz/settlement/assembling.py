"""Templates out of the lines of the cap units: one for each bill, one for each template that is corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import Contract
from rozlicz.messages.templates import TemplateLine
from rozlicz.settlement.books import CapUnit
from rozlicz.settlement.corrections import Corrections
from rozlicz.settlement.drafts import Allocations, TemplateDraft
from rozlicz.settlement.lines import Line, LineKey
from rozlicz.settlement.wording import product_name


def correcting_templates(
    contract: Contract, corrections_by_cap: Iterable[tuple[CapUnit, Corrections]]
) -> tuple[TemplateDraft, ...]:
    """One correcting template for each template that holds too much, whatever the cap units it touches."""
    found: dict[tuple[int, int, str, str], _Draft] = {}
    for unit, corrections in corrections_by_cap:
        for (template, month), lines in corrections.items():
            for key, line in lines.items():
                draft = found.setdefault((template, month, key.bill, key.country), _Draft(contract))
                draft.add(unit, key, line)
    return tuple(
        found[template, month, bill, country].finished(
            month=Month.from_number(month), corrects=template, bill=bill, country=country
        )
        for template, month, bill, country in sorted(found)
    )


def templates(
    contract: Contract, month: Month, lines_by_cap: Iterable[tuple[CapUnit, Mapping[LineKey, Line]]]
) -> tuple[TemplateDraft, ...]:
    """One template for the general bill and one for each person with a bill of their own (R61)."""
    found: dict[tuple[str, str], _Draft] = {}
    for unit, lines in lines_by_cap:
        for key, line in lines.items():
            found.setdefault((key.bill, key.country), _Draft(contract)).add(unit, key, line)
    return tuple(
        found[bill, country].finished(month=month, corrects=None, bill=bill, country=country)
        for bill, country in sorted(found)
    )


class _Draft:
    """A template while its lines are collected from the cap units."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.lines: list[TemplateLine] = []
        self.allocations: list[Allocations] = []

    def add(self, unit: CapUnit, key: LineKey, line: Line) -> None:
        scope = self.contract.scope(*unit)
        self.lines.append(
            TemplateLine(
                scope=unit.scope,
                distinguisher=unit.distinguisher,
                product=key.product,
                name=product_name(scope, key.product),
                unit_name=scope.unit_name if scope else "",
                units=line.units,
                price=line.price,
                amount=line.amount,
            )
        )
        self.allocations.append(line.allocations)

    def finished(self, *, month: Month, corrects: int | None, bill: str, country: str) -> TemplateDraft:
        return TemplateDraft(
            month=month,
            lines=tuple(self.lines),
            allocations=tuple(self.allocations),
            corrects=corrects,
            bill=bill,
            country=country,
        )
