"""Why the next lump sum of the hospital network is what it is: execution, deleted profiles, thresholds."""

from __future__ import annotations

from collections.abc import Mapping

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.money import Grosze, Units, amount_text, count_text, units_text
from rozlicz.kernel.texts import Text
from rozlicz.settlement.explanation import Step
from rozlicz.settlement.lump_sums.network_parameters import DELETED_PROFILES, VERIFIED_DOCUMENTS
from rozlicz.settlement.method import method_step
from rozlicz.settlement.shift_words import percent_text

Counted = Mapping[str, tuple[int, Units]]
"""By `counted`, `rejected`, `undocumented`: how many positions and their units (×10,000)."""

_KINDS = {
    "counted": Text(
        pl="Zweryfikowane pozytywnie, z prawidłowym dokumentem albo bez potrzeby dokumentu",
        en="Verified positively, with a correct document or in no need of one",
    ),
    "rejected": Text(
        pl="Niezweryfikowane pozytywnie: nie liczą się", en="Not verified positively: not counted"
    ),
    "undocumented": Text(
        pl="Bez prawidłowego dokumentu uprawniającego (UE, EFTA, Wielka Brytania): nie liczą się",
        en="Without a correct entitlement document (EU, EFTA, United Kingdom): not counted",
    ),
}


def executed_step(counted: Counted) -> Step:
    """What counts as executed. Figures: `<kind>.positions`, `<kind>.units` for each kind."""
    value = Text(pl="pozycje: {positions}, jednostki: {units}", en="positions: {positions}, units: {units}")
    return method_step(
        "hospital-network.executed",
        Text(pl="Wykonanie ryczałtu", en="Execution of the lump sum"),
        Text(pl="Jednostki wykonane: {units}", en="Units executed: {units}").filled(
            units=units_text(counted["counted"][1])
        ),
        demand="R28",
        basis=VERIFIED_DOCUMENTS,
        inputs=(
            (
                label,
                value.filled(positions=count_text(counted[kind][0]), units=units_text(counted[kind][1])),
            )
            for kind, label in _KINDS.items()
        ),
        figures=(
            figure
            for kind, (positions, units) in counted.items()
            for figure in ((f"{kind}.positions", positions), (f"{kind}.units", units))
        ),
    )


def profile_step(*, executed: Units, profile: Units, share: Units, added: Units) -> Step:
    """The increase for a deleted profile (§ 3d). Figures: `executed`, `profile`, `share`, `added`."""
    return method_step(
        "hospital-network.deleted-profile",
        Text(pl="Wykreślony profil", en="Deleted profile"),
        Text(pl="Wykonanie zwiększone o {added}", en="Execution increased by {added}").filled(
            added=units_text(added)
        ),
        demand="R28",
        basis=DELETED_PROFILES,
        inputs=(
            (Text(pl="Jednostki wykonane", en="Units executed"), units_text(executed)),
            (Text(pl="Jednostki wykreślonego profilu", en="Units of the profile"), units_text(profile)),
            (Text(pl="Część, która się liczy", en="Share that counts"), percent_text(share)),
        ),
        figures=(("executed", executed), ("profile", profile), ("share", share), ("added", added)),
    )


def next_step(
    *,
    previous: Grosze,
    contracted: Units,
    executed: Units,
    lower: Units,
    upper: Units,
    granted: Grosze,
    least: Grosze,
    most: Grosze,
    basis: Basis,
) -> Step:
    """The next lump sum. Figures: the arguments by their names, and `amount`."""
    amount = least + granted
    return method_step(
        "hospital-network.next",
        Text(pl="Ryczałt następnego okresu", en="Lump sum of the next period"),
        Text(
            pl="Ryczałt: {amount} (od {least} do {most}, zależnie od środków województwa)",
            en="Lump sum: {amount} (from {least} to {most}, by the means of the voivodeship)",
        ).filled(amount=amount_text(amount), least=amount_text(least), most=amount_text(most)),
        demand="R28",
        basis=basis,
        inputs=(
            (Text(pl="Ryczałt okresu obliczeniowego", en="Lump sum of the period"), amount_text(previous)),
            (Text(pl="Jednostki w ryczałcie", en="Units in the lump sum"), units_text(contracted)),
            (Text(pl="Jednostki wykonane", en="Units executed"), units_text(executed)),
            (Text(pl="Próg dolny", en="Lower threshold"), percent_text(lower)),
            (Text(pl="Próg górny", en="Upper threshold"), percent_text(upper)),
            (Text(pl="Przyznane ponad ryczałt", en="Granted above it"), amount_text(granted)),
        ),
        figures=(
            ("previous", previous),
            ("contracted", contracted),
            ("executed", executed),
            ("lower", lower),
            ("upper", upper),
            ("granted", granted),
            ("least", least),
            ("most", most),
            ("amount", amount),
        ),
    )


def one_off_step(*, over: Units, price: int, share: Units, amount: Grosze, basis: Basis) -> Step:
    """A one-off payment for over-execution. Figures: the arguments by their names."""
    return method_step(
        "hospital-network.one-off",
        Text(pl="Jednorazowa zapłata za nadwykonania ryczałtu", en="One-off payment for over-execution"),
        Text(pl="{over} × {price} × {share} = {amount}", en="{over} × {price} × {share} = {amount}").filled(
            over=units_text(over),
            price=amount_text(price),
            share=percent_text(share),
            amount=amount_text(amount),
        ),
        demand="R28",
        basis=basis,
        figures=(("over", over), ("price", price), ("share", share), ("amount", amount)),
    )
