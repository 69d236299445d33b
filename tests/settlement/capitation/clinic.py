"""A primary care contract, lists of declarations, numbers of the Fund, and books that issue what is calculated."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.messages.contracts import Coefficient, CoefficientUse, Contract, PlanMonth, Scope, SettledBy
from rozlicz.messages.declaration_replies import GroupCount, Population
from rozlicz.messages.declarations import Category, Declaration, DeclarationList, ReportedDeclaration
from rozlicz.messages.persons import Person, PersonIdType
from rozlicz.messages.rates import CapitationGroup, FollowedScope, Rate, RatePer
from rozlicz.messages.templates import Template
from rozlicz.settlement.books import CapUnit
from rozlicz.settlement.capitation.count import Count, count_persons
from rozlicz.settlement.capitation.due import settle_capitation
from rozlicz.settlement.capitation.parameters import CapitationPolicy
from rozlicz.settlement.capitation.people import KnownPerson, person_key
from rozlicz.settlement.drafts import Settlement
from tests import world

MARCH = Month(2026, 3)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
PHYSICIAN = CapUnit("01.0010.094.01", 1)
NURSE = CapUnit("01.0032.106.01", 1)
TRANSPORT = CapUnit("01.0041.160.01", 1)
FLUORIDE = CapUnit("01.0033.108.01", 1)
COORDINATOR = CapUnit("01.0010.170.01", 1)
PROGRAMME = CapUnit("01.0010.180.01", 1)
HEADS = {
    "LEK-0-6": 120,
    "LEK-7-19": 260,
    "LEK-20-39": 600,
    "LEK-40-65": 800,
    "LEK-66-75": 300,
    "LEK-76": 150,
}
"""CAP-04's heads: 3,583.0 weighted."""
COEFFICIENTS = {
    "LEK-0-6": 27_000,
    "LEK-7-19": 12_000,
    "LEK-20-39": 10_000,
    "LEK-40-65": 13_400,
    "LEK-66-75": 27_000,
    "LEK-76": 31_000,
    "LEK-DPS": 31_000,
    "LEK-PCH": 32_000,
}


def rate(amount: int, *, per: RatePer = RatePer.PERSON_YEAR, first=FIRST, last=LAST, variant="") -> Rate:
    """A rate of the contract for the year."""
    return Rate(per=per, amount=amount, valid_from=first, valid_to=last, variant=variant)


def group(code: str, coefficient: int, *, ages=(None, None), persons=None) -> CapitationGroup:
    """A group the contract itself names."""
    return CapitationGroup(
        code=code,
        name=f"grupa {code}",
        coefficient=coefficient,
        valid_from=FIRST,
        valid_to=LAST,
        min_age=ages[0],
        max_age=ages[1],
        persons=persons,
    )


def coefficient(value: int, *, code="K1", use=CoefficientUse.MULTIPLY, first=FIRST, last=LAST) -> Coefficient:
    """A coefficient of a whole scope."""
    return Coefficient(code=code, name=code, use=use, value=value, valid_from=first, valid_to=last)


def scope(unit: CapUnit = PHYSICIAN, *, settled_by=SettledBy.DECLARATIONS, rates=(), **more) -> Scope:
    """A scope settled by declarations."""
    return Scope(
        code=unit.scope,
        distinguisher=unit.distinguisher,
        name=f"zakres {unit.scope}",
        settled_by=settled_by,
        unit_name="kapitacja",
        plan=(PlanMonth(month=MARCH, units=10_000, price=100),),
        products=(),
        cells=(),
        rates=rates or (rate(22_068),),
        **more,
    )


def following(unit: CapUnit, of: CapUnit = PHYSICIAN, *, contract="", groups=(), rates=()) -> Scope:
    """A scope settled by the declarations of another one."""
    return scope(
        unit,
        settled_by=SettledBy.OTHER_SCOPE_DECLARATIONS,
        rates=rates or (rate(672),),
        groups=groups,
        follows=(FollowedScope(code=of.scope, distinguisher=of.distinguisher, contract=contract),),
    )


def contract_of(*scopes: Scope, branch: str = "05", years: tuple[int, int] = (2014, 2026)) -> Contract:
    """A primary care contract with these scopes; by default the physician's at 220.68 a year."""
    period = SettlementPeriod(Month(years[0], 1), Month(years[1], 12))
    basic = world.contract(scopes=scopes or (scope(),))
    return replace(basic, branch=branch, kind="POZ", settlement_periods=(period,), coefficients=())


def numbers(heads=None, *, unit=PHYSICIAN, category=Category.PHYSICIAN, holders=0, provisional_from=None):
    """The numbers the Fund returned for the physician's groups."""
    return Population(
        counts=tuple(
            GroupCount(
                category=category,
                scope=unit.scope,
                distinguisher=unit.distinguisher,
                group=code,
                name=code,
                coefficient=COEFFICIENTS.get(code, 10_000),
                persons=persons,
                certificate_holders=min(holders, persons),
            )
            for code, persons in (HEADS if heads is None else heads).items()
        ),
        provisional_from=provisional_from,
    )


def merged(*populations: Population) -> Population:
    """Several numbers as one."""
    return Population(counts=tuple(count for one in populations for count in one.counts))


@dataclass
class Books:
    """The templates of a contract; `calculate` settles a month and issues the drafts with the next numbers."""

    contract: Contract = field(default_factory=contract_of)
    policy: CapitationPolicy = field(default_factory=CapitationPolicy)
    templates: list[Template] = field(default_factory=list)

    def settled(self, population: Population | None, month: Month = MARCH, **facts) -> Settlement:
        """The settlement of a month, nothing issued."""
        return settle_capitation(
            contract=self.contract,
            month=month,
            population=population,
            issued=self.templates,
            policy=self.policy,
            **facts,
        )

    def calculate(self, population: Population | None, month: Month = MARCH, **facts) -> Settlement:
        """Settle a month and issue its drafts."""
        settlement = self.settled(population, month, **facts)
        self.issue(settlement)
        return settlement

    def issue(self, settlement: Settlement) -> None:
        """Make templates of the drafts."""
        for draft in settlement.drafts:
            self.templates.append(
                Template(
                    number=len(self.templates) + 1,
                    contract=self.contract.code,
                    annex=0,
                    branch=self.contract.branch,
                    provider=self.contract.provider.code,
                    month=draft.month,
                    issued_at=datetime(2026, 4, 1),
                    lines=draft.lines,
                    corrects=draft.corrects,
                    calculated_by=draft.calculated_by,
                )
            )

    def total(self, month: Month = MARCH) -> int:
        """Σ templates of a month."""
        return sum(template.amount for template in self.templates if template.month == month)


def declared(
    born: date | None = date(1980, 5, 5),
    *,
    code: str = "D1",
    person: str = "",
    made_on: date = date(2020, 1, 1),
    category: Category = Category.PHYSICIAN,
    line: int = 1,
    contract: str = "",
    **more,
) -> ReportedDeclaration:
    """One declaration of a list; `person` is the number of the person's passport, by default that of the code."""
    of = DeclarationList(contract=contract, month=MARCH, category=category, version=1)
    declaration = Declaration(
        id=code,
        made_on=made_on,
        person=Person(id_type=PersonIdType.PASSPORT, id=person or code, born_on=born),
        professional="1234567",
        place="M1",
        **more,
    )
    return ReportedDeclaration(of=of, line=line, id=code, declaration=declaration)


def counted(
    *declarations: ReportedDeclaration, contract=None, month=MARCH, known=None, scopes=None, **facts
) -> Count:
    """Count the lists; everybody is known to the Fund and entitled unless `known` or `facts` say otherwise."""
    people = {person_key(one.declaration): KnownPerson(**facts) for one in declarations if one.declaration}
    return count_persons(
        contract=contract or contract_of(),
        month=month,
        declarations=declarations,
        scopes={Category.PHYSICIAN: PHYSICIAN} if scopes is None else scopes,
        known=people if known is None else known,
    )


def heads_of(count: Count) -> dict[str, int]:
    """How many persons count in each group."""
    return {one.group: one.persons for one in count.population.counts}
