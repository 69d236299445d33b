"""An annex may not lower a plan below what is billed, unless it is filed with the correction of the bills.

Every other change of a plan, also one that reaches back, simply holds for the calculations made after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.money import amount_text
from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import Contract
from rozlicz.settlement.bases import POLICY
from rozlicz.settlement.books import CapUnit, Issued
from rozlicz.settlement.cap import cumulated, paid, planned


@dataclass(frozen=True, slots=True, kw_only=True)
class LoweredTooFar:
    """Why an annex is refused: in one cap unit the templates up to a month are above the plan up to it.

    `billed` T(j) and `planned` L(j) of the annex, in grosze, from the first month of the settlement period.
    """

    unit: CapUnit
    month: Month
    billed: int
    planned: int
    text: Text
    remedy: Text
    basis: Basis = POLICY

    @property
    def correction(self) -> int:
        """What has to be taken back before the annex can be accepted; negative, in grosze."""
        return self.planned - self.billed


def lowered_too_far(
    *, proposed: Contract, issued_by_cap: Mapping[CapUnit, Iterable[Issued]]
) -> tuple[LoweredTooFar, ...]:
    """Every month in which the proposed version of a contract would plan less than what is billed (R23).

    `issued_by_cap`: the templates and corrections of all settlement periods. Empty: the annex may come into force.
    """
    return tuple(
        _refusal(unit, month, billed, allowed)
        for unit, issued in sorted(issued_by_cap.items())
        if not _unlimited(proposed, unit)
        for month, billed, allowed in _overdrawn(proposed, unit, issued)
    )


def _unlimited(contract: Contract, unit: CapUnit) -> bool:
    scope = contract.scope(*unit)
    return scope is not None and scope.unlimited


def _overdrawn(
    contract: Contract, unit: CapUnit, issued: Iterable[Issued]
) -> Iterator[tuple[Month, int, int]]:
    """Month j, T(j) and L(j) wherever T(j) > L(j); a month the annex leaves in no period has no plan at all."""

    def period(template: Issued) -> SettlementPeriod:
        month = Month.from_number(template.month)
        return contract.settlement_period_of(month) or SettlementPeriod(month, month)

    for span, group in groupby(sorted(issued, key=period), key=period):
        templates = list(group)
        in_contract = contract.settlement_period_of(span.first) is not None
        allowed = cumulated(planned(contract.scope(*unit) if in_contract else None, span))
        billed = cumulated(paid(templates, span))
        last = max(template.month for template in templates)
        yield from (
            (j, billed[j], allowed[j]) for j in allowed if j.number <= last and billed[j] > allowed[j]
        )


def _refusal(unit: CapUnit, month: Month, billed: int, allowed: int) -> LoweredTooFar:
    values = {
        "scope": unit[0],
        "distinguisher": unit[1],
        "month": month.name,
        "billed": amount_text(billed),
        "planned": amount_text(allowed),
        "correction": amount_text(allowed - billed),
    }
    return LoweredTooFar(
        unit=CapUnit(*unit),
        month=month,
        billed=billed,
        planned=allowed,
        text=_TOO_LOW.filled(**values),
        remedy=_REMEDY.filled(**values),
    )


_TOO_LOW = Text(
    pl="Zakres {scope}, wyróżnik {distinguisher}, {month}: aneks obniża plan narastająco do {planned}, a szablony "
    "wystawione do tego miesiąca to {billed}.",
    en="Scope {scope}, distinguishing number {distinguisher}, {month}: the annex lowers the plan up to this month to "
    "{planned}, and the templates issued up to it are {billed}.",
)
_REMEDY = Text(
    pl="Złóż aneks razem z korektą na {correction} (od najnowszych pozycji) albo zaplanuj co najmniej {billed}.",
    en="File the annex together with a correction of {correction} (newest positions first), or plan at least "
    "{billed}.",
)
