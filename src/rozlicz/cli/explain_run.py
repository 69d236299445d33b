"""From a report to the explanation of what is due for it: check, month, scopes, settlement; or a sentence why not."""

from __future__ import annotations

from collections.abc import Sequence

from rozlicz.cli import report_check
from rozlicz.cli.context import EXIT_USAGE, refuse, say
from rozlicz.cli.explain_books import Accepted, last_month, settled
from rozlicz.cli.explain_notes import what_is_not_known
from rozlicz.cli.explain_page import Explained
from rozlicz.cli.faults import reading
from rozlicz.cli.progress import progress_bar
from rozlicz.cli.report_check import KIND, Check
from rozlicz.kernel.months import Month, NotAMonth
from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import Contract
from rozlicz.messages.templates import Template
from rozlicz.settlement.unit_price import UnableToSettle, cap_units, period_to_settle


def explained(
    check: Check, *, month: str | None, scope: str | None, templates: Sequence[Template]
) -> tuple[Explained, Accepted]:
    """What is due for the report under its one contract, and what the check left of it."""
    (contract,) = check.contracts
    asked = _month(month) if month is not None else None
    _refuse_unknown(contract, scope)
    accepted = _checked(check, contract)
    positions = accepted.positions()
    newest = last_month(positions)
    if newest is None:
        refuse(_NOTHING.filled(contract=contract.code))
    wanted = asked or newest
    own = [one for one in templates if one.contract == contract.code]
    try:
        with progress_bar(say("Naliczanie", "Calculating")) as moved:
            settlement = settled(
                contract=contract, month=wanted, positions=positions, templates=own, moved=moved
            )
        period = period_to_settle(contract, wanted)
    except UnableToSettle as unable:
        refuse(unable.text)
    notes = what_is_not_known(contract, wanted, own, foreign=len(templates) - len(own))
    found = Explained(
        contract=contract,
        month=wanted,
        period=period,
        caps=tuple(cap for cap in settlement.caps if scope in (None, cap.unit.scope)),
        notes=tuple(notes),
    )
    return found, accepted


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except NotAMonth:
        refuse(_NO_MONTH.filled(text=text), exit_status=EXIT_USAGE)


def _refuse_unknown(contract: Contract, scope: str | None) -> None:
    known = sorted({unit.scope for unit in cap_units(contract)})
    if not known:
        refuse(_NO_SCOPE.filled(contract=contract.code))
    if scope is not None and scope not in known:
        refuse(_UNKNOWN_SCOPE.filled(scope=scope, known=", ".join(known)), exit_status=EXIT_USAGE)


def _checked(check: Check, contract: Contract) -> Accepted:
    """Run the payer's rules; a report that the portal would refuse as a whole ends the command."""
    accepted = Accepted(contract.code)
    with progress_bar(check.source.name) as moved:
        outcome = report_check.run(check, kept=0, moved=moved, checked_too=accepted.take)
    if outcome.refused is not None:
        with reading(check.source, KIND):
            raise outcome.refused
    if outcome.header_refusals:
        refuse(_HEADER.filled(file=check.source, why=outcome.header_refusals[0].text))
    return accepted


_NO_MONTH = Text(
    pl="Zła wartość --month: „{text}” nie ma postaci RRRR-MM.",
    en="Wrong value of --month: “{text}” is not of the form YYYY-MM.",
)
_NO_SCOPE = Text(
    pl="Umowa {contract} nie ma zakresu z ceną jednostkową; tylko takie liczy to polecenie.",
    en="Contract {contract} has no scope with a unit price; this command calculates only those.",
)
_UNKNOWN_SCOPE = Text(
    pl="Umowa nie ma zakresu {scope} z ceną jednostkową. Ma takie: {known}.",
    en="The contract has no scope {scope} with a unit price. It has these: {known}.",
)
_NOTHING = Text(
    pl="W raporcie nie ma przyjętych pozycji umowy {contract}: nic nie będzie się należeć. Co je odrzuca, powie "
    "rozlicz report check.",
    en="The report has no accepted position of contract {contract}: nothing will be due. What rejects them is told "
    "by rozlicz report check.",
)
_HEADER = Text(
    pl="{file}: portal odrzuciłby raport w całości i nic nie byłoby należne. {why}",
    en="{file}: the portal would refuse the report as a whole, and nothing would be due. {why}",
)
