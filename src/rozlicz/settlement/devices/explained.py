"""Why a supply is worth what it is: the steps a clerk, or a patient, can recompute by hand.

Figures are grosze, except `pieces` and `share` (×10,000) and `months` (a count).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.money import amount_text, count_text, units_text
from rozlicz.kernel.texts import Text, same
from rozlicz.messages.supply import OrderKind
from rozlicz.settlement.devices.bases import FINANCING, ORDERS, SUPPLY_TERMS
from rozlicz.settlement.devices.catalogue import DeviceTerms
from rozlicz.settlement.devices.financing import Financing
from rozlicz.settlement.devices.supplies import JudgedSupply
from rozlicz.settlement.explanation import Explanation, Step
from rozlicz.settlement.method import Figure, Input, method_step


def explain_supply(supply: JudgedSupply) -> Explanation:
    """Quantity, refund and the patient's part; of a refused supply why it is worth nothing."""
    steps: list[Step] = []
    if supply.financing is not None and supply.ruling is not None:
        terms = supply.ruling.value
        steps = [
            _quantity(supply),
            _refund(supply, terms, supply.ruling.basis, supply.financing),
            _patient(supply, supply.financing),
        ]
    steps += [_finding(supply, number) for number in range(len(supply.refusals))]
    facts = supply.facts
    title = _REPAIR if facts.kind is OrderKind.REPAIR else _SUPPLY
    return Explanation(
        title=title.filled(position=facts.id, device=facts.device, order=facts.order), steps=tuple(steps)
    )


def supplies_step(supplies: Sequence[JudgedSupply]) -> Step:
    """What the Fund pays for the supplies of a scope: how many of each device at each refund."""
    counted = Counter((s.facts.month, s.facts.device, s.payer) for s in supplies)
    lines = sorted(counted.items())
    total = sum(count * payer for (_, _, payer), count in lines)
    return method_step(
        "devices.supplies",
        Text(
            pl="Rozliczane zaopatrzenia i naprawy okresu",
            en="Supplies and repairs of the period that are settled",
        ),
        Text(pl="Zaopatrzenia: {count}, refundacja {amount}", en="Supplies: {count}, refund {amount}").filled(
            count=count_text(len(supplies)), amount=amount_text(total)
        ),
        demand="R50",
        basis=SUPPLY_TERMS,
        inputs=(
            (
                Text(pl="{device}, {month}", en="{device}, {month}").filled(device=device, month=month.name),
                Text(pl="{count} × {price}", en="{count} × {price}").filled(
                    count=count_text(count), price=amount_text(payer)
                ),
            )
            for (month, device, payer), count in lines
        ),
        figures=(*_counted(lines), ("total", total)),
    )


def _counted(lines: Iterable[tuple[tuple[object, str, int], int]]) -> Iterator[Figure]:
    for number, ((_, _, payer), count) in enumerate(lines, 1):
        yield f"supplies.{number}", count
        yield f"refund.{number}", payer


def _quantity(supply: JudgedSupply) -> Step:
    facts = supply.facts
    inputs: list[Input] = [(Text(pl="Wydano, szt.", en="Pieces supplied"), units_text(facts.pieces))]
    figures: list[Figure] = [("pieces.reported", facts.pieces), ("pieces", supply.pieces)]
    if facts.months is not None:
        first, last = facts.months
        part = 12 * (last.year - first.year) + last.month - first.month + 1
        inputs.append((Text(pl="Miesiące części", en="Months of the part"), same(f"{first}–{last}")))
        inputs.append((Text(pl="Rozliczane miesiące", en="Months settled"), count_text(len(supply.months))))
        figures += [("months.part", part), ("months.settled", len(supply.months))]
    inputs.append(
        (
            Text(pl="Finansuje się najwyżej, szt.", en="Pieces paid for at most"),
            _NO_LIMIT if supply.allowed is None else units_text(supply.allowed),
        )
    )
    if supply.allowed is not None:
        figures.append(("pieces.allowed", supply.allowed))
    return method_step(
        "devices.quantity",
        Text(pl="Ilość finansowana", en="Quantity paid for"),
        Text(pl="Finansowane sztuki: {n}", en="Pieces paid for: {n}").filled(n=units_text(supply.financed)),
        demand="R50",
        basis=ORDERS,
        inputs=inputs,
        figures=[*figures, ("pieces.financed", supply.financed)],
    )


def _refund(supply: JudgedSupply, terms: DeviceTerms, basis: Basis, paid: Financing) -> Step:
    facts = supply.facts
    return method_step(
        "devices.refund",
        Text(
            pl="Refundacja: niższa z ceny i limitu × udział",
            en="Refund: the lower of price and limit × share",
        ),
        Text(
            pl="{pieces} × {lower} × {share} % = {amount}", en="{pieces} × {lower} × {share} % = {amount}"
        ).filled(
            pieces=units_text(supply.financed),
            lower=amount_text(min(facts.price, terms.limit)),
            share=units_text(supply.share * 100),
            amount=amount_text(paid.payer),
        ),
        demand="R50",
        basis=basis,
        inputs=(
            (Text(pl="Cena sztuki", en="Price of a piece"), amount_text(facts.price)),
            (Text(pl="Limit na sztukę", en="Limit of a piece"), amount_text(terms.limit)),
            (Text(pl="Udział Funduszu, %", en="Share of the Fund, %"), units_text(supply.share * 100)),
        ),
        figures=(
            ("pieces.financed", supply.financed),
            ("price", facts.price),
            ("limit", terms.limit),
            ("share", supply.share),
            ("refund", paid.payer),
        ),
    )


def _patient(supply: JudgedSupply, paid: Financing) -> Step:
    return method_step(
        "devices.patient",
        Text(pl="Część pacjenta", en="The patient's part"),
        Text(
            pl="Pacjent płaci {patient}: udział własny {own}, ponad limit {over}",
            en="The patient pays {patient}: own share {own}, over the limit {over}",
        ).filled(
            patient=amount_text(paid.patient),
            own=amount_text(paid.own_share),
            over=amount_text(paid.over_limit),
        ),
        demand="R50",
        basis=FINANCING,
        inputs=((Text(pl="Cena całości", en="Price of all"), amount_text(paid.price)),),
        figures=(
            ("pieces", supply.pieces),
            ("price", supply.facts.price),
            ("value", paid.price),
            ("own", paid.own_share),
            ("over", paid.over_limit),
            ("patient", paid.patient),
        ),
    )


def _finding(supply: JudgedSupply, number: int) -> Step:
    why = supply.refusals[number]
    return method_step(
        f"devices.finding.{number + 1}", why.field_name, why.text, demand="R50", basis=why.basis
    )


_NO_LIMIT = Text(pl="bez limitu", en="no limit")
_SUPPLY = Text(
    pl="Skąd ta kwota? Pozycja {position}: {device}, zlecenie {order}",
    en="Why this amount? Position {position}: {device}, order {order}",
)
_REPAIR = Text(
    pl="Skąd ta kwota? Pozycja {position}: naprawa {device}, zlecenie {order}",
    en="Why this amount? Position {position}: repair of {device}, order {order}",
)
