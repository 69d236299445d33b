"""Scope, product and cell: what the contract allows, where, and through which message (R63)."""

from __future__ import annotations

import polars as pl

from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import SettledBy
from rozlicz.verification import bases, forms
from rozlicz.verification.masking import shown_column
from rozlicz.verification.rule import Circumstances, Offending, offending, rule

_CONTRACT_KNOWN = pl.col("contract_from").is_not_null()
_DAY_IN_CONTRACT = pl.col("day_to").is_between("contract_from", "contract_to")
_SCOPE_KNOWN = pl.col("scope_key").is_not_null()
_SCOPE_FORM = forms.matches("scope", forms.SCOPE)
_PRODUCT_FORM = forms.matches("product", forms.PRODUCT)

_REPORTED_BY_SERVICES = [
    SettledBy.SERVICES.value,
    SettledBy.LUMP_SUM.value,
    SettledBy.HOSPITAL_NETWORK_LUMP_SUM.value,
]
_FOR_STATISTICS = [SettledBy.DECLARATIONS.value, SettledBy.OTHER_SCOPE_DECLARATIONS.value]


@rule(
    code="59907006",
    name=Text(pl="Postać kodu zakresu", en="Form of the scope code"),
    message=Text(
        pl="Kod zakresu świadczeń „{value}” nie ma postaci NN.NNNN.NNN.NN.",
        en="The scope code “{value}” has not the form NN.NNNN.NNN.NN.",
    ),
    remedy=Text(
        pl="Wybierz zakres z wczytanego pliku umowy.", en="Choose the scope out of the loaded contract file."
    ),
    basis=bases.MESSAGE_FORMAT,
)
def scope_form(_: Circumstances) -> Offending:
    """A scope has fourteen characters, such as 02.1220.001.02."""
    return offending(~_SCOPE_FORM, value=shown_column("scope"))


@rule(
    code="59907007",
    name=Text(pl="Wyróżnik zakresu", en="Distinguishing number of the scope"),
    message=Text(
        pl="Wyróżnik zakresu „{value}” nie jest liczbą o najwyżej czterech cyfrach.",
        en="The distinguishing number of the scope “{value}” is not a number of at most four digits.",
    ),
    remedy=Text(
        pl="Wybierz pozycję umowy z wczytanego pliku umowy.",
        en="Choose the position of the contract out of the loaded contract file.",
    ),
    basis=bases.MESSAGE_FORMAT,
)
def distinguisher_form(_: Circumstances) -> Offending:
    """The distinguishing number (wyróżnik) tells positions of one scope apart; up to four digits."""
    return offending(pl.col("distinguisher_number").is_null(), value=shown_column("distinguisher"))


@rule(
    code="59907008",
    name=Text(pl="Zakres spoza umowy", en="Scope not in the contract"),
    message=Text(
        pl="Umowa {contract} nie obejmuje zakresu {scope}.",
        en="Contract {contract} does not hold scope {scope}.",
    ),
    remedy=Text(
        pl="Wykaż świadczenie w umowie i zakresie, w którym je wykonano; wczytaj aktualny plik umowy (UMX).",
        en="Report the service under the contract and scope it was done in; load the current contract file (UMX).",
    ),
    basis=bases.CONTRACT_PLAN,
)
def scope_not_in_contract(_: Circumstances) -> Offending:
    """Only scopes of the contract are settled (R63: scope not in it)."""
    return offending(
        _CONTRACT_KNOWN & _SCOPE_FORM & pl.col("scope_known").is_null(),
        contract=shown_column("contract"),
        scope=pl.col("scope"),
    )


@rule(
    code="59907009",
    name=Text(pl="Wyróżnik spoza umowy", en="Distinguishing number not in the contract"),
    message=Text(
        pl="Zakres {scope} nie ma w umowie {contract} pozycji z wyróżnikiem {distinguisher}.",
        en="Scope {scope} has no position with distinguishing number {distinguisher} in contract {contract}.",
    ),
    remedy=Text(
        pl="Wybierz pozycję umowy z aktualnego pliku umowy (UMX).",
        en="Choose the position out of the current contract file (UMX).",
    ),
    basis=bases.CONTRACT_PLAN,
)
def distinguisher_not_in_contract(_: Circumstances) -> Offending:
    """A scope with its distinguishing number is one position of the contract, with a cap of its own (R21)."""
    return offending(
        pl.col("scope_known") & pl.col("distinguisher_number").is_not_null() & ~_SCOPE_KNOWN,
        contract=shown_column("contract"),
        scope=pl.col("scope"),
        distinguisher=pl.col("distinguisher"),
    )


@rule(
    code="59907010",
    name=Text(pl="Miesiąc spoza planu", en="Month not in the plan"),
    message=Text(
        pl="Plan umowy {contract} nie ma dla zakresu {scope} okresu {reported_month}.",
        en="The plan of contract {contract} has no {reported_month} for scope {scope}.",
    ),
    remedy=Text(
        pl="Popraw okres sprawozdawczy; jeśli plan powinien go obejmować, zwróć się do oddziału o aneks.",
        en="Correct the reporting period; if the plan should hold it, ask the branch for an annex.",
    ),
    basis=bases.CONTRACT_PLAN,
)
def month_not_in_plan(_: Circumstances) -> Offending:
    """A position is settled at the price its scope has in the plan of its month (R63: month not in it)."""
    return offending(
        _SCOPE_KNOWN & pl.col("in_settlement_period") & pl.col("price").is_null(),
        contract=shown_column("contract"),
        scope=pl.col("scope"),
        reported_month=pl.col("month"),
    )


@rule(
    code="50101011",
    name=Text(pl="Zakres nierozliczany przez SWIAD", en="Scope not settled through SWIAD"),
    message=Text(
        pl="Zakres {scope} nie jest rozliczany raportem świadczeń (oznaczenie w umowie: {settled_by}).",
        en="Scope {scope} is not settled by reported services (mark in the contract: {settled_by}).",
    ),
    remedy=Text(
        pl="Rozlicz zakres jego własnym komunikatem; wizyty u osób z listy aktywnej podaj z krotnością 0.",
        en="Settle the scope by its own message; report visits of persons on the list with multiplicity 0.",
    ),
    basis=bases.fund_rule("50101011"),
)
def not_settled_through_swiad(_: Circumstances) -> Offending:
    """Device supply, SIMP, spa and others have messages of their own; under declarations visits are statistics."""
    by = pl.col("settled_by")
    statistics = by.is_in(_FOR_STATISTICS) & (pl.col("multiplicity_number") == 0).fill_null(value=False)
    return offending(~by.is_in(_REPORTED_BY_SERVICES) & ~statistics, scope=pl.col("scope"), settled_by=by)


@rule(
    code="59907011",
    name=Text(pl="Postać kodu produktu", en="Form of the product code"),
    message=Text(
        pl="Kod produktu jednostkowego „{value}” nie ma postaci 5.NN.NN.NNNNNNN.",
        en="The code of the unit product “{value}” has not the form 5.NN.NN.NNNNNNN.",
    ),
    remedy=Text(
        pl="Wybierz produkt z wczytanego pliku umowy.",
        en="Choose the product out of the loaded contract file.",
    ),
    basis=bases.MESSAGE_FORMAT,
)
def product_form(_: Circumstances) -> Offending:
    """A unit product has fifteen characters, such as 5.30.00.0000012."""
    return offending(~_PRODUCT_FORM, value=shown_column("product"))


@rule(
    code="59907012",
    name=Text(pl="Produkt spoza zakresu", en="Product not in the scope"),
    message=Text(
        pl="Zakres {scope} umowy {contract} nie obejmuje produktu {product}.",
        en="Scope {scope} of contract {contract} does not hold product {product}.",
    ),
    remedy=Text(
        pl="Wybierz produkt dopuszczony w tym zakresie albo zakres, w którym produkt jest dopuszczony.",
        en="Choose a product allowed in this scope, or the scope in which the product is allowed.",
    ),
    basis=bases.CONTRACT_PLAN,
)
def product_not_in_scope(_: Circumstances) -> Offending:
    """Only unit products that the contract lists in the scope are reported in it."""
    return offending(
        _SCOPE_KNOWN & _PRODUCT_FORM & pl.col("product_from").is_null(),
        contract=shown_column("contract"),
        scope=pl.col("scope"),
        product=pl.col("product"),
    )


@rule(
    code="59907013",
    name=Text(pl="Produkt nieważny w dniu świadczenia", en="Product not valid on the day"),
    message=Text(
        pl="Produkt {product} jest ważny od {first_day} do {last_day}, a świadczenie zakończono {service_day}.",
        en="Product {product} is valid from {first_day} to {last_day}, but the service ended on {service_day}.",
    ),
    remedy=Text(
        pl="Wybierz produkt ważny w dniu świadczenia albo popraw datę.",
        en="Choose a product valid on the day of the service, or correct the date.",
    ),
    basis=bases.CONTRACT_PLAN,
)
def product_not_valid(_: Circumstances) -> Offending:
    """A product may be reported while the contract holds it: on the day the service ended."""
    return offending(
        _DAY_IN_CONTRACT & ~pl.col("day_to").is_between("product_from", "product_to"),
        product=pl.col("product"),
        first_day=pl.col("product_from"),
        last_day=pl.col("product_to"),
        service_day=pl.col("day_to"),
    )


@rule(
    code="50701004",
    name=Text(pl="Komórka organizacyjna", en="Organisational cell"),
    message=Text(
        pl="Komórki organizacyjnej „{cell}” nie ma w planie umowy dla zakresu {scope} w dniu {service_day}.",
        en="The organisational cell “{cell}” is not in the contract's plan for scope {scope} on {service_day}.",
    ),
    remedy=Text(
        pl="Wybierz komórkę z aktualnego pliku umowy; zmianę miejsca zgłoś oddziałowi (aneks).",
        en="Choose a cell out of the current contract file; report a change of place to the branch (annex).",
    ),
    basis=bases.fund_rule("50701004"),
)
def cell_not_in_plan(_: Circumstances) -> Offending:
    """The technical code of the cell is in the contract's plan of the scope on the day the service ended."""
    in_plan = pl.col("day_to").is_between("cell_from", "cell_to").fill_null(value=False)
    return offending(
        _SCOPE_KNOWN & _DAY_IN_CONTRACT & ~in_plan,
        cell=shown_column("cell"),
        scope=pl.col("scope"),
        service_day=pl.col("day_to"),
    )


RULES = (
    scope_form,
    distinguisher_form,
    scope_not_in_contract,
    distinguisher_not_in_contract,
    month_not_in_plan,
    not_settled_through_swiad,
    product_form,
    product_not_in_scope,
    product_not_valid,
    cell_not_in_plan,
)
