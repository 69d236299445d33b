"""A twelfth of the commitment without performance: a bill without a template, in the months of the epidemic.

From March 2020 until 4 September 2020 a provider could bill a month's plan though less was performed, to be worked
off until the end of the prolonged settlement period. How to bill a partly executed month was asked in public and not
answered for certain: we take what was performed by its template, and the rest of the plan without one. The parameter
is unconfirmed for that reason, and off in all other months.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rozlicz.kernel.legal import Basis, Parameter, Ruling
from rozlicz.kernel.money import Grosze, amount_text
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text
from rozlicz.settlement.bases import TERMS_OF_SETTLEMENT
from rozlicz.settlement.explanation import Explanation
from rozlicz.settlement.method import method_step

_EPIDEMIC = Basis(
    Text(
        pl="1/12 zobowiązania w epidemii, do 4.09.2020 (pomoc.kif.info.pl; mmedica.asseco.pl; forumpps.pl 12444)",
        en="a twelfth of the commitment in the epidemic, until 4 Sep 2020 (pomoc.kif.info.pl; mmedica.asseco.pl; "
        "forumpps.pl 12444)",
    ),
    confirmed=False,
)

TWELFTH_WITHOUT_PERFORMANCE: Parameter[bool] = Parameter(
    name="twelfth_without_performance",
    meaning=Text(
        pl="Rachunek bez szablonu na niewykonaną część miesięcznego planu",
        en="A bill without a template for the part of the month's plan that was not performed",
    ),
    rulings=(
        Ruling(value=False, since=date(2004, 1, 1), basis=TERMS_OF_SETTLEMENT),
        Ruling(value=True, since=date(2020, 3, 1), basis=_EPIDEMIC),
        Ruling(value=False, since=date(2020, 9, 1), basis=_EPIDEMIC),
    ),
)
"""By reporting month: the ruling of its first day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Twelfth:
    """What may be billed without a template, in grosze; it is worked off later. And why."""

    amount: Grosze
    explanation: Explanation


def without_template(*, month: Month, plan: Grosze, templates: Grosze, branch: str | None = None) -> Twelfth:
    """The part of a month's plan that its templates leave, where the month allows it; nothing elsewhere."""
    ruling = TWELFTH_WITHOUT_PERFORMANCE.on(month.first_day, branch)
    amount = max(0, plan - templates) if ruling.value else 0
    return Twelfth(
        amount=amount,
        explanation=Explanation(
            title=TWELFTH_WITHOUT_PERFORMANCE.meaning,
            steps=(
                method_step(
                    "twelfth.without-template",
                    Text(pl="Plan mniej szablony ({month})", en="Plan less templates ({month})").filled(
                        month=month.name
                    ),
                    Text(pl="Bez szablonu: {amount}", en="Without a template: {amount}").filled(
                        amount=amount_text(amount)
                    ),
                    demand="R18",
                    basis=ruling.basis,
                    inputs=(
                        (Text(pl="Plan", en="Plan"), amount_text(plan)),
                        (Text(pl="Szablony", en="Templates"), amount_text(templates)),
                    ),
                    figures=(
                        ("plan", plan),
                        ("templates", templates),
                        ("allowed", int(ruling.value)),
                        ("amount", amount),
                    ),
                ),
            ),
        ),
    )
