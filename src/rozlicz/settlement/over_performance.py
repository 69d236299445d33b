"""Services above the contract, paid once the year is over (nadwykonania).

Unlimited services and drugs of drug programmes and chemotherapy are paid in full. Computed tomography, magnetic
resonance, gastroscopy and colonoscopy above the contract: 40 % by the project of March 2026 (whether and with what
percentage it came into force was not seen); persons on the oncology fast track (DILO) and children are outside it.
Other limited services are no commitment under the law: a branch pays what its plan allows, and says so by its own
ruling of the parameter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rozlicz.kernel.legal import Basis, Parameter, Ruling
from rozlicz.kernel.money import (
    UNIT_SCALE,
    Grosze,
    Units,
    amount_text,
    exact_value,
    round_half_up,
    units_text,
)
from rozlicz.kernel.texts import Text
from rozlicz.settlement.explanation import Explanation
from rozlicz.settlement.method import method_step


class Above(StrEnum):
    """What was performed above the contract."""

    UNLIMITED = "unlimited"
    DRUGS = "drugs"
    DIAGNOSTICS = "diagnostics"
    LIMITED = "limited"


_IN_FULL = Basis(
    Text(
        pl="świadczenia nielimitowane i leki: płatne w całości (rp.pl 43904161, 43026371)",
        en="unlimited services and drugs: paid in full (rp.pl 43904161, 43026371)",
    )
)
_DIAGNOSTICS = Basis(
    Text(
        pl="TK, MR, gastroskopia, kolonoskopia ponad umowę: 40 % (projekt z marca 2026, tvn24 st8933154); "
        "wejście w życie niepotwierdzone",
        en="CT, MR, gastroscopy, colonoscopy above the contract: 40 % (project of March 2026, tvn24 st8933154); "
        "not seen in force",
    ),
    confirmed=False,
)
_LIMITED = Basis(
    Text(
        pl="świadczenia limitowane ponad umowę nie są zobowiązaniem; oddział płaci w miarę planu (rp.pl 43904161)",
        en="limited services above the contract are no commitment; paid as the plan allows (rp.pl 43904161)",
    )
)
_SINCE = date(2004, 1, 1)


def _share(what: Above, meaning: Text, *rulings: Ruling[Units]) -> Parameter[Units]:
    return Parameter(name=f"share_above_{what.value}", meaning=meaning, rulings=rulings)


SHARES: dict[Above, Parameter[Units]] = {
    Above.UNLIMITED: _share(
        Above.UNLIMITED,
        Text(pl="Świadczenia nielimitowane ponad umowę", en="Unlimited services above the contract"),
        Ruling(value=UNIT_SCALE, since=_SINCE, basis=_IN_FULL),
    ),
    Above.DRUGS: _share(
        Above.DRUGS,
        Text(pl="Leki ponad umowę", en="Drugs above the contract"),
        Ruling(value=UNIT_SCALE, since=_SINCE, basis=_IN_FULL),
    ),
    Above.DIAGNOSTICS: _share(
        Above.DIAGNOSTICS,
        Text(
            pl="TK, MR, gastroskopia i kolonoskopia ponad umowę (bez DILO i dzieci)",
            en="CT, MR, gastroscopy and colonoscopy above the contract (without DILO and children)",
        ),
        Ruling(value=UNIT_SCALE, since=_SINCE, basis=_IN_FULL),
        Ruling(value=4_000, since=date(2026, 1, 1), basis=_DIAGNOSTICS),
    ),
    Above.LIMITED: _share(
        Above.LIMITED,
        Text(pl="Świadczenia limitowane ponad umowę", en="Limited services above the contract"),
        Ruling(value=0, since=_SINCE, basis=_LIMITED),
    ),
}
"""Which part of the value (×10,000) is paid. The ruling is that of the last day of the year of the services."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidAbove:
    """What is paid of the value above the contract, in grosze, and why."""

    amount: Grosze
    explanation: Explanation


def paid_above(*, year: int, what: Above, value: Grosze, branch: str | None = None) -> PaidAbove:
    """What is paid of services above the contract of a year; `value` is their units × price, not negative."""
    if value < 0:
        raise ValueError(f"{value} above the contract")
    parameter = SHARES[what]
    ruling = parameter.on(date(year, 12, 31), branch)
    amount = round_half_up(exact_value(units=ruling.value, price=value))
    return PaidAbove(
        amount=amount,
        explanation=Explanation(
            title=Text(
                pl="Świadczenia ponad umowę za {year}", en="Services above the contract of {year}"
            ).filled(year=year),
            steps=(
                method_step(
                    "above.paid",
                    parameter.meaning,
                    Text(pl="Do zapłaty: {amount}", en="Due: {amount}").filled(amount=amount_text(amount)),
                    demand="R21",
                    basis=ruling.basis,
                    inputs=(
                        (Text(pl="Wartość ponad umowę", en="Value above the contract"), amount_text(value)),
                        (Text(pl="Część płatna", en="Part that is paid"), units_text(ruling.value)),
                    ),
                    figures=(("value", value), ("share", ruling.value), ("amount", amount)),
                ),
            ),
        ),
    )
