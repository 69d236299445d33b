"""The explanation of a list of the branch: why this form, which costs, and how they agree with the bills (R67).

Persons are not named: an entry is told by its bill and the kind of its document. Figures: `entry.amount.n` of each
entry in its order; of each bill of one person `bill.amount.n`, what this list has of it (`bill.listed.n`) and what
lists of other months have (`bill.elsewhere.n`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rozlicz.kernel.countries import is_under_new_rules
from rozlicz.kernel.money import amount_text, count_text
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text, same
from rozlicz.settlement.coordination import BillKind, ClaimForm
from rozlicz.settlement.coordination_facts import BILL_NAMES, BillId, ClaimEntry
from rozlicz.settlement.coordination_reasons import CLAIMS, REGULATIONS
from rozlicz.settlement.explanation import Explanation, Step
from rozlicz.settlement.method import method_step

FORM_NAMES: dict[ClaimForm, Text] = {
    ClaimForm.E125: Text(pl="E-125 PL, koszt rzeczywisty", en="E-125 PL, actual cost"),
    ClaimForm.E127: Text(pl="E-127 PL, należność ryczałtowa", en="E-127 PL, lump sum"),
}


def explain_list(
    *,
    form: ClaimForm,
    country: str,
    month: Month,
    entries: Sequence[ClaimEntry],
    bill_amounts: Mapping[BillId, int],
) -> Explanation:
    """The steps of one list; `bill_amounts` (grosze) of all bills that its entries name."""
    own = {entry.bill: 0 for entry in entries if entry.kind is BillKind.INDIVIDUAL}
    for entry in entries:
        if entry.bill in own:
            own[entry.bill] += entry.amount
    return Explanation(
        title=_TITLE.filled(form=FORM_NAMES[form], country=country, month=month.name),
        steps=(_form(form, country, month, entries), _entries(entries), *_bills(own, bill_amounts)),
    )


def _form(form: ClaimForm, country: str, month: Month, entries: Sequence[ClaimEntry]) -> Step:
    """The rules of state and month, and where it is written for each kind of document and bill."""
    why = {(entry.document.kind, BILL_NAMES[entry.kind], entry.basis.reference): None for entry in entries}
    new = is_under_new_rules(country, month)
    return method_step(
        "coordination.form",
        Text(pl="Formularz według państwa, dokumentu i miesiąca", en="Form by state, document and month"),
        FORM_NAMES[form],
        demand="R58, R59, R60, R62",
        basis=REGULATIONS,
        inputs=(
            (
                Text(pl="Państwo i miesiąc sprawozdawczy", en="State and reporting month"),
                Text(pl="{country}, {month}", en="{country}, {month}").filled(
                    country=country, month=month.name
                ),
            ),
            (Text(pl="Obowiązują", en="In force"), _NEW_RULES if new else _OLD_RULES),
            *((_KIND.filled(kind=kind, bill=bill), reference) for kind, bill, reference in why),
        ),
        figures=(("month", month.number),),
    )


def _entries(entries: Sequence[ClaimEntry]) -> Step:
    return method_step(
        "coordination.entries",
        Text(pl="Osoby według rachunków", en="Persons by bill"),
        Text(pl="Pozycje: {count}, razem {amount}", en="Entries: {count}, together {amount}").filled(
            count=count_text(len(entries)), amount=amount_text(sum(entry.amount for entry in entries))
        ),
        demand="R67",
        basis=CLAIMS,
        inputs=(
            (
                _ENTRY.filled(
                    bill=entry.bill.number,
                    provider=entry.bill.provider,
                    kind=entry.document.kind,
                    services=count_text(entry.services),
                ),
                amount_text(entry.amount),
            )
            for entry in entries
        ),
        figures=((f"entry.amount.{number}", entry.amount) for number, entry in enumerate(entries, 1)),
    )


def _bills(own: Mapping[BillId, int], amounts: Mapping[BillId, int]) -> Iterator[Step]:
    """How the bills of single persons divide among the lists of their months."""
    if not own:
        return
    figures = []
    for number, (bill, listed) in enumerate(own.items(), 1):
        figures += [
            (f"bill.amount.{number}", amounts[bill]),
            (f"bill.listed.{number}", listed),
            (f"bill.elsewhere.{number}", amounts[bill] - listed),
        ]
    yield method_step(
        "coordination.bills",
        Text(pl="Zgodność z rachunkami osób", en="Agreement with the bills of persons"),
        Text(
            pl="Rachunki: {count}, w tym zestawieniu {listed} z {amount}",
            en="Bills: {count}, on this list {listed} of {amount}",
        ).filled(
            count=count_text(len(own)),
            listed=amount_text(sum(own.values())),
            amount=amount_text(sum(amounts[bill] for bill in own)),
        ),
        demand="R61, R67",
        basis=CLAIMS,
        inputs=(
            (
                same(f"{bill.number} ({bill.provider})"),
                _OF_BILL.filled(
                    amount=amount_text(amounts[bill]),
                    listed=amount_text(listed),
                    elsewhere=amount_text(amounts[bill] - listed),
                ),
            )
            for bill, listed in own.items()
        ),
        figures=figures,
    )


_TITLE = Text(
    pl="Zestawienie {form}: {country}, {month}",
    en="List {form}: {country}, {month}",
)
_NEW_RULES = Text(pl="rozporządzenia (WE) 883/2004 i 987/2009", en="regulations (EC) 883/2004 and 987/2009")
_OLD_RULES = Text(pl="rozporządzenia (EWG) 1408/71 i 574/72", en="regulations (EEC) 1408/71 and 574/72")
_KIND = Text(pl="{kind}: {bill}", en="{kind}: {bill}")
_ENTRY = Text(
    pl="Rachunek {bill} ({provider}), {kind}, świadczenia: {services}",
    en="Bill {bill} ({provider}), {kind}, services: {services}",
)
_OF_BILL = Text(
    pl="{amount}, tutaj {listed}, w innych miesiącach {elsewhere}",
    en="{amount}, here {listed}, in other months {elsewhere}",
)
