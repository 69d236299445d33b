"""The explanation of a comparison: which terms differ, what every month would give, what would wait.

Figures are grosze and end with `before.yyyymm` or `after.yyyymm`; `unlimited`, `carry_over` and `split` are 0 or 1.
Each month has the explanations of both its calculations beside it (`MonthCompared`).
"""

from __future__ import annotations

from collections.abc import Iterator

from rozlicz.kernel.money import amount_text, count_text
from rozlicz.kernel.months import SettlementPeriod
from rozlicz.kernel.texts import Text
from rozlicz.settlement.bases import COMPARISON
from rozlicz.settlement.cap import planned
from rozlicz.settlement.compared import CapCompared, TermsOfSettlement
from rozlicz.settlement.explanation import Explanation, Step
from rozlicz.settlement.ledger import price_in
from rozlicz.settlement.method import Figure, Input, method_step

Named = dict[str, tuple[Text, int, Text]]
"""By the name of a figure: its label, the number, and how the number is said."""


def explain_comparison(cap: CapCompared) -> Explanation:
    """The terms, the dues, what waits."""
    contract = cap.terms_after.contract
    scope = contract.scope(*cap.unit) or cap.terms_before.contract.scope(*cap.unit)
    return Explanation(
        title=_TITLE.filled(
            code=cap.unit.scope,
            distinguisher=cap.unit.distinguisher,
            name=scope.name if scope else "—",
            first=cap.months[0].month.name,
            last=cap.months[-1].month.name,
        ),
        steps=(_terms(cap), _dues(cap), _waiting(cap)),
    )


_TITLE = Text(
    pl="Co by było, gdyby? Zakres {code}, wyróżnik {distinguisher} ({name}), {first} – {last}",
    en="What if? Scope {code}, distinguishing number {distinguisher} ({name}), {first} – {last}",
)
_BOTH = Text(pl="{before} → {after}", en="{before} → {after}")
_COMPARED = Text(
    pl="{before} → {after}, różnica {difference}", en="{before} → {after}, difference {difference}"
)


def _terms(cap: CapCompared) -> Step:
    before, after = _named(cap, cap.terms_before), _named(cap, cap.terms_after)
    changed = [name for name in before if before[name] != after[name]]
    outcome = Text(pl="Zmienione warunki: {count}", en="Terms that differ: {count}")
    return method_step(
        "what-if.terms",
        Text(pl="Warunki: jakie są i jakie by były", en="Terms: as they are and as they would be"),
        outcome.filled(count=count_text(len(changed))),
        demand="R63",
        basis=COMPARISON,
        inputs=(
            (before[name][0], _BOTH.filled(before=before[name][2], after=after[name][2])) for name in changed
        ),
        figures=(*_numbers("before", before), *_numbers("after", after)),
    )


def _named(cap: CapCompared, terms: TermsOfSettlement) -> Named:
    """Everything of the terms that a calculation of these months looks at in this cap unit."""
    scope = terms.contract.scope(*cap.unit)
    unlimited, carry = scope is not None and scope.unlimited, terms.policy.carry_over
    split = terms.policy.boundary_position == "split"
    plan = planned(scope, SettlementPeriod(cap.months[0].month, cap.months[-1].month))
    found: Named = {
        "unlimited": (
            Text(pl="Zakres nielimitowany", en="Unlimited scope"),
            int(unlimited),
            _YES_NO[unlimited],
        ),
        "carry_over": (
            Text(pl="Nadwyżki płatne z późniejszych niewykonań", en="Excess payable from later slack"),
            int(carry),
            _YES_NO[carry],
        ),
        "split": (
            Text(pl="Pozycja na granicy dzielona", en="Position on the boundary split"),
            int(split),
            _YES_NO[split],
        ),
    }
    for month, amount in plan.items():
        price = price_in(terms.contract, cap.unit, month)
        label = Text(pl="Plan, {month}", en="Plan, {month}").filled(month=month.name)
        found[f"plan.{month.number}"] = (label, amount, amount_text(amount))
        label = Text(pl="Cena jednostki, {month}", en="Price of a unit, {month}").filled(month=month.name)
        found[f"price.{month.number}"] = (label, price, amount_text(price))
    return found


_YES_NO = {True: Text(pl="tak", en="yes"), False: Text(pl="nie", en="no")}


def _numbers(which: str, named: Named) -> Iterator[Figure]:
    for name, (_, number, _said) in named.items():
        kind, _, month = name.partition(".")
        yield f"{kind}.{which}.{month}".rstrip("."), number


def _dues(cap: CapCompared) -> Step:
    return method_step(
        "what-if.due",
        Text(pl="Należność każdego miesiąca", en="The due of each month"),
        Text(pl="Różnica razem: {difference}", en="Difference together: {difference}").filled(
            difference=amount_text(cap.difference)
        ),
        demand="R20, R21, R22, R23",
        basis=COMPARISON,
        inputs=(_compared_input(one.month.name, one.due_before, one.due_after) for one in cap.months),
        figures=(
            *(
                figure
                for one in cap.months
                for figure in _pair("due", one.month.number, one.due_before, one.due_after)
            ),
            ("difference", cap.difference),
        ),
    )


def _waiting(cap: CapCompared) -> Step:
    last = cap.months[-1]
    return method_step(
        "what-if.waiting",
        Text(pl="Co czekałoby po każdym miesiącu", en="What would wait after each month"),
        Text(
            pl="Po ostatnim miesiącu czeka: {before} → {after}",
            en="Waiting after the last month: {before} → {after}",
        ).filled(before=amount_text(last.waiting_before), after=amount_text(last.waiting_after)),
        demand="R22, R23",
        basis=COMPARISON,
        inputs=(_compared_input(one.month.name, one.waiting_before, one.waiting_after) for one in cap.months),
        figures=(
            figure
            for one in cap.months
            for figure in _pair("waiting", one.month.number, one.waiting_before, one.waiting_after)
        ),
    )


def _compared_input(label: Text, before: int, after: int) -> Input:
    return label, _COMPARED.filled(
        before=amount_text(before), after=amount_text(after), difference=amount_text(after - before)
    )


def _pair(name: str, month: int, before: int, after: int) -> Iterator[Figure]:
    yield f"{name}.before.{month}", before
    yield f"{name}.after.{month}", after
