"""Which scope "… – UE" takes the real cost of a service inside a lump sum to a person under coordination (R3).

The services and the names of their scopes are those of the Łódź branch. A contract's scope is known by the words of
its name, since codes are compared and never taken apart; that the words are enough is this house's own. In night and
holiday care the threshold of population in the name decides too; a scope whose name has none is for every area.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rozlicz.kernel.legal import Parameter, Ruling
from rozlicz.kernel.money import Grosze
from rozlicz.kernel.months import Month
from rozlicz.kernel.refusals import Refusal
from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import Contract, Scope, SettledBy
from rozlicz.messages.persons import EntitlementDocument
from rozlicz.settlement.books import CapUnit, Key
from rozlicz.settlement.coordination import Finding, Method, route_service
from rozlicz.settlement.lump_sums import reasons
from rozlicz.settlement.lump_sums.facts import RealCost
from rozlicz.settlement.lump_sums.parameters import REAL_COSTS


class Band(NamedTuple):
    """Areas of up to so many persons, or (`above`) of more."""

    persons: int
    above: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RealCostScope:
    """A scope "… – UE" by the name the branch gives it, and how it and the lump sum beside it are known.

    `stems` are parts of words, in small letters, all of which stand in a scope's name.
    """

    name: str
    stems: tuple[str, ...]
    band: Band | None = None

    def takes(self, scope: Scope) -> bool:
        """Whether a scope is of this service, by the words and the threshold in its name."""
        words = scope.name.casefold()
        band = band_of(scope.name)
        return all(stem in words for stem in self.stems) and (band is None or self.band in (None, band))

    def holds(self, population: int) -> bool:
        """Whether an area of so many persons is inside the threshold ("up to" includes it)."""
        return self.band is None or self.band.above or population <= self.band.persons


_NIGHT = ("nocn", "świąteczn")
_NIGHT_NAME = "Nocna i świąteczna ambulatoryjna opieka POZ"

REAL_COST_SCOPES: Parameter[tuple[RealCostScope, ...]] = Parameter(
    name="real_cost_scopes",
    meaning=Text(
        pl="Zakresy „– UE”, w których rozlicza się rzeczywisty koszt świadczeń ryczałtowych",
        en="Scopes “– UE” in which the real cost of services inside a lump sum is settled",
    ),
    rulings=(
        Ruling(
            value=(
                RealCostScope(name="Szpitalne oddziały ratunkowe – UE", stems=("oddzia", "ratunkow")),
                RealCostScope(name="Izba przyjęć – UE", stems=("izb", "przyję")),
                RealCostScope(name="Stomatologiczna pomoc doraźna – UE", stems=("stomatolog", "doraźn")),
                *(
                    RealCostScope(name=f"{_NIGHT_NAME} {words} – UE", stems=_NIGHT, band=band)
                    for words, band in (
                        ("do 50 000 osób", Band(50_000)),
                        ("do 100 000 osób", Band(100_000)),
                        ("do 150 000 osób", Band(150_000)),
                        ("powyżej 150 000 osób", Band(150_000, above=True)),
                    )
                ),
            ),
            since=date(2004, 1, 1),
            basis=REAL_COSTS,
        ),
    ),
)


def band_of(scope_name: str) -> Band | None:
    """The threshold in a scope's name ("do 50 tys.", "powyżej 150 000 osób"); None when it has none."""
    found = _THRESHOLD.search(scope_name.casefold())
    if found is None:
        return None
    persons = int(re.sub(r"\s", "", found["number"])) * (1_000 if found["thousands"] else 1)
    return Band(persons, above=found["word"] != "do")


def real_cost_scope(
    contract: Contract, unit: CapUnit, *, month: Month, population: int | None = None
) -> Scope | Refusal:
    """The scope "… – UE" of the contract for services inside the lump sum of a scope, or why there is none.

    `population`: persons in the area of night and holiday care, where neither scope says its threshold.
    """
    scope = contract.scope(*unit)
    entries = REAL_COST_SCOPES.on(month.first_day, contract.branch).value
    fitting = [one for one in entries if scope is not None and one.takes(scope)]
    if not fitting:
        return reasons.NO_REAL_COSTS.because(field="scope", found=unit.scope, contract=contract.code)
    if population is not None:
        fitting = [one for one in fitting if one.holds(population)][:1]
    open_here = [
        one for one in contract.scopes if one.settled_by is SettledBy.LUMP_SUM and one.is_for_real_costs
    ]
    found = [one for one in open_here if any(entry.takes(one) for entry in fitting)]
    if len(found) == 1:
        return found[0]
    because = reasons.SEVERAL_REAL_COST_SCOPES if found else reasons.NO_REAL_COST_SCOPE
    return because.because(
        field="scope",
        found=unit.scope,
        expected=", ".join(one.name for one in found or fitting),
        contract=contract.code,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceInLumpSum:
    """A service inside the lump sum of `unit` to a person under coordination, at its calculated cost in grosze."""

    key: Key
    unit: CapUnit
    document: EntitlementDocument
    first_day: date
    last_day: date
    cost: Grosze


def real_cost_of(
    service: ServiceInLumpSum, *, contract: Contract, month: Month, population: int | None = None
) -> RealCost | Refusal:
    """The service as `settle_lump_sums` takes it: in its scope "… – UE", on the person's bill, with its route.

    A person whose certificate stays in the general bill comes out with that route, and is refused there.
    """
    document = service.document
    routed = route_service(
        document=document,
        month=month,
        first_day=service.first_day,
        last_day=service.last_day,
        method=Method.LUMP_SUM,
    )
    if isinstance(routed, Finding):
        return routed
    scope = real_cost_scope(contract, service.unit, month=month, population=population)
    if isinstance(scope, Refusal):
        return scope
    return RealCost(
        key=service.key,
        unit=CapUnit(scope.code, scope.distinguisher),
        bill=routed.bill_for(number=document.number, country=document.country),
        route=routed,
        first_day=service.first_day,
        last_day=service.last_day,
        cost=service.cost,
    )


_THRESHOLD = re.compile(
    r"\b(?P<word>do|powyżej|ponad) (?P<number>\d{1,3}(?:\s?\d{3})*)(?P<thousands>\s?tys\.?)?"
)
