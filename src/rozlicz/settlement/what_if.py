"""The same reports under other terms: a changed plan, price or policy, or an annex that is only proposed.

The months are calculated one after the other, by the law itself (`unit_price`), twice: on the books as they are, and
on the same books under the other terms. With no templates in the books this tells what a year would have been; with
those that are issued, what calculating again would give now, corrections included (a price that changes sends back
what was billed at the old one). Nothing is issued, nothing is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import Contract
from rozlicz.settlement.annexes import LoweredTooFar, lowered_too_far
from rozlicz.settlement.books import CapUnit
from rozlicz.settlement.compared import CapCompared, MonthCompared, TermsOfSettlement
from rozlicz.settlement.compared_explained import explain_comparison
from rozlicz.settlement.drafts import CapSettlement
from rozlicz.settlement.explanation import Explanation
from rozlicz.settlement.ledger import Ledger
from rozlicz.settlement.parameters import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """What other terms would change in one contract.

    `refused`: the months in which the proposed plan would be below what is billed already (R23); such an annex comes
    into force only together with a correction (`lowering`). The comparison is made all the same.
    """

    contract: str
    caps: tuple[CapCompared, ...]
    refused: tuple[LoweredTooFar, ...]
    explanations: Mapping[CapUnit, Explanation]

    @property
    def difference(self) -> int:
        """What the other terms add to all dues together, in grosze; negative when they take."""
        return sum(cap.difference for cap in self.caps)


def what_if(
    *,
    ledger: Ledger,
    months: Iterable[Month],
    contract: Contract | None = None,
    policy: Policy | None = None,
) -> WhatIf:
    """Compare the calculations of these months, in order, with those under another contract or policy.

    `ledger`: the accepted positions of the settlement periods and the templates issued so far, under the terms in
    force. `contract` and `policy`: the other terms; what is not given stays. A month is calculated as it would be in
    time, without what is reported for later ones. Pure; the ledger stays as it is. Raises UnableToSettle for a month
    that one of the contracts has in no settlement period.
    """
    as_is = TermsOfSettlement(contract=ledger.contract, policy=ledger.policy)
    other = TermsOfSettlement(contract=contract or ledger.contract, policy=policy or ledger.policy)
    before, after = (ledger.under(terms.contract, terms.policy) for terms in (as_is, other))
    compared: dict[CapUnit, list[MonthCompared]] = {}
    for month in sorted({*months}):
        dues_before, dues_after = _calculated(before, month), _calculated(after, month)
        for unit in dues_before.keys() | dues_after.keys():
            one = MonthCompared(month=month, before=dues_before.get(unit), after=dues_after.get(unit))
            compared.setdefault(unit, []).append(one)
    caps = tuple(
        CapCompared(
            unit=unit,
            terms_before=as_is,
            terms_after=other,
            months=tuple(found),
        )
        for unit, found in sorted(compared.items())
    )
    return WhatIf(
        contract=ledger.contract.code,
        caps=caps,
        refused=lowered_too_far(proposed=after.contract, issued_by_cap=ledger.issued()),
        explanations={cap.unit: explain_comparison(cap) for cap in caps},
    )


def _calculated(books: Ledger, month: Month) -> dict[CapUnit, CapSettlement]:
    return {cap.unit: cap for cap in books.calculate(month, known_up_to=month).caps}
