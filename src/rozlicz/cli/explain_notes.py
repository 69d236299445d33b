"""What an off-line calculation does not know, said in the order of its weight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import Contract
from rozlicz.messages.templates import Template
from rozlicz.settlement.scope_coefficients import coefficients_in
from rozlicz.settlement.unit_price import cap_units


def what_is_not_known(
    contract: Contract, month: Month, templates: Sequence[Template], *, foreign: int
) -> Iterator[Text]:
    """The sentences; `templates` are those of the contract, `foreign` how many of others were given."""
    yield _ONE_REPORT
    if templates:
        yield _TEMPLATES
    else:
        yield _NO_TEMPLATES
    same_month = sorted({one.number for one in templates if one.month == month and one.corrects is None})
    if same_month:
        yield _SAME_MONTH.filled(month=month.name, numbers=", ".join(map(str, same_month)))
    if foreign:
        yield _FOREIGN.filled(count=foreign, contract=contract.code)
    by_unit_price = set(cap_units(contract))
    others = sorted({s.code for s in contract.scopes if (s.code, s.distinguisher) not in by_unit_price})
    if others:
        yield _OTHER_METHODS.filled(scopes=", ".join(others))
    lowered = sorted(
        {
            s.code
            for s in contract.scopes
            if (s.code, s.distinguisher) in by_unit_price and coefficients_in(s, month)
        }
    )
    if lowered:
        yield _COEFFICIENTS.filled(scopes=", ".join(lowered))


_ONE_REPORT = Text(
    pl="Policzono z jednego raportu. Wcześniejszych raportów, tego, co po nich czeka, i reguł, które z nimi "
    "porównują, program bez portalu nie zna.",
    en="Calculated from one report. Without the portal the program knows no earlier reports, nothing of what still "
    "waits from them, and cannot apply the rules that compare with them.",
)
_NO_TEMPLATES = Text(
    pl="Nie podano wcześniejszych szablonów (--template): przyjęto, że w okresie rozliczeniowym nic jeszcze nie "
    "rozliczono.",
    en="No earlier templates were given (--template): it is assumed that nothing has been settled yet in the "
    "settlement period.",
)
_TEMPLATES = Text(
    pl="Szablony nie mówią, które pozycje rozliczyły: przyjęto, że żadnej pozycji tego raportu, i nie liczono "
    "korekt.",
    en="Templates do not say which positions they settled: it is assumed that none of this report, and no "
    "corrections were calculated.",
)
_SAME_MONTH = Text(
    pl="Za {month} są już szablony: {numbers}. Jeśli rozliczyły ten raport, należy się mniej, niż tu policzono.",
    en="There are templates of {month} already: {numbers}. If they settled this report, less is due than told here.",
)
_FOREIGN = Text(
    pl="Szablonów innych umów niż {contract} nie uwzględniono: {count}.",
    en="Templates of other contracts than {contract} do not count here: {count}.",
)
_OTHER_METHODS = Text(
    pl="Zakresów rozliczanych inaczej niż ceną jednostkową to polecenie nie liczy: {scopes}.",
    en="Scopes that are not settled by unit price are not calculated by this command: {scopes}.",
)
_COEFFICIENTS = Text(
    pl="Umowa ma współczynniki dla całych zakresów; tu ich nie zastosowano: {scopes}.",
    en="The contract has coefficients for whole scopes; they are not applied here: {scopes}.",
)
