"""The contract: a service outside a signed contract is never settled, and the finding says what is missing (R63)."""

from __future__ import annotations

import polars as pl

from rozlicz.kernel.texts import Text
from rozlicz.verification import bases
from rozlicz.verification.masking import shown_column
from rozlicz.verification.rule import Circumstances, Offending, offending, rule

_CONTRACT_KNOWN = pl.col("contract_from").is_not_null()
_DAY_IN_CONTRACT = pl.col("day_to").is_between("contract_from", "contract_to")


@rule(
    code="59907001",
    name=Text(pl="Umowa nieznana", en="Contract unknown"),
    message=Text(
        pl="Nie ma umowy o kodzie „{contract}”.",
        en="There is no contract with the code “{contract}”.",
    ),
    remedy=Text(
        pl="Pobierz z portalu plik umowy (UMX) i wczytaj go do programu; kodu umowy nie wpisuj ręcznie.",
        en="Download the contract file (UMX) from the portal and load it into your program; do not type the code.",
    ),
    basis=bases.CONTRACT_PLAN,
)
def contract_unknown(_: Circumstances) -> Offending:
    """A service is settled under a contract of the provider, named by its technical code (R63: no contract)."""
    return offending(~_CONTRACT_KNOWN, contract=shown_column("contract"))


@rule(
    code="50101009",
    name=Text(pl="Świadczeniodawca nieuprawniony", en="Provider not entitled"),
    message=Text(
        pl="Umowa {contract} nie jest umową świadczeniodawcy {provider}.",
        en="Contract {contract} is not a contract of provider {provider}.",
    ),
    remedy=Text(
        pl="Wyślij świadczenie z instalacji świadczeniodawcy, który zawarł umowę, albo popraw kod umowy.",
        en="Send the service from the installation of the provider who made the contract, or correct the code.",
    ),
    basis=bases.fund_rule("50101009"),
)
def provider_not_entitled(circumstances: Circumstances) -> Offending:
    """Only the provider who made the contract reports services under it."""
    return offending(
        pl.col("contract_provider") != circumstances.provider,
        contract=shown_column("contract"),
        provider=pl.lit(circumstances.provider),
    )


@rule(
    code="59907002",
    name=Text(pl="Umowa z innym oddziałem", en="Contract with another branch"),
    message=Text(
        pl="Umowę {contract} zawarto z oddziałem {contract_branch}, a raport wysłano do oddziału {branch}.",
        en="Contract {contract} was made with branch {contract_branch}, but the report was sent to branch {branch}.",
    ),
    remedy=Text(
        pl="Wyślij te świadczenia do oddziału, z którym zawarto umowę.",
        en="Send these services to the branch with which the contract was made.",
    ),
    basis=bases.CONTRACT_PLAN,
)
def contract_of_another_branch(circumstances: Circumstances) -> Offending:
    """Services are reported to the branch with which the contract was made."""
    return offending(
        pl.col("contract_branch") != circumstances.branch,
        contract=shown_column("contract"),
        contract_branch=pl.col("contract_branch"),
        branch=pl.lit(circumstances.branch),
    )


@rule(
    code="59907003",
    name=Text(pl="Umowa niepodpisana", en="Contract not signed"),
    message=Text(
        pl="Umowa {contract} nie jest jeszcze podpisana (data podpisania: {signing_day}).",
        en="Contract {contract} is not signed yet (day of signing: {signing_day}).",
    ),
    remedy=Text(
        pl="Podpisz umowę, a potem wyślij świadczenia ponownie.",
        en="Sign the contract, then send the services again.",
    ),
    basis=bases.CONTRACT_PLAN,
)
def contract_not_signed(circumstances: Circumstances) -> Offending:
    """Services are taken in only under a contract that is signed by the day of receipt (R63: not yet signed)."""
    return offending(
        pl.col("contract_signed_on") > circumstances.received_on,
        contract=shown_column("contract"),
        signing_day=pl.col("contract_signed_on"),
    )


@rule(
    code="59907004",
    name=Text(pl="Dzień poza okresem umowy", en="Day outside the contract"),
    message=Text(
        pl="Umowa {contract} obowiązuje od {first_day} do {last_day}, a świadczenie zakończono {service_day}.",
        en="Contract {contract} is valid from {first_day} to {last_day}, but the service ended on {service_day}.",
    ),
    remedy=Text(
        pl="Wykaż świadczenie w umowie, która obowiązywała tego dnia, albo popraw datę.",
        en="Report the service under the contract valid on that day, or correct the date.",
    ),
    basis=bases.CONTRACT_PLAN,
)
def day_outside_contract(_: Circumstances) -> Offending:
    """The contract is valid on the day the service ended; a stay may have begun under an earlier contract."""
    return offending(
        ~_DAY_IN_CONTRACT,
        contract=shown_column("contract"),
        first_day=pl.col("contract_from"),
        last_day=pl.col("contract_to"),
        service_day=pl.col("day_to"),
    )


@rule(
    code="59907005",
    name=Text(pl="Miesiąc poza okresem rozliczeniowym", en="Month outside the settlement periods"),
    message=Text(
        pl="{reported_month} nie należy do żadnego okresu rozliczeniowego umowy {contract}.",
        en="{reported_month} belongs to no settlement period of contract {contract}.",
    ),
    remedy=Text(
        pl="Popraw okres sprawozdawczy albo kod umowy; brak okresu w umowie zgłoś oddziałowi.",
        en="Correct the reporting period or the contract's code; tell the branch if the contract lacks the period.",
    ),
    basis=bases.GENERAL_TERMS,
)
def month_outside_settlement_period(_: Circumstances) -> Offending:
    """What is settled lies in a settlement period, for which the contract has a commitment amount."""
    return offending(
        _CONTRACT_KNOWN
        & pl.col("month_number").is_not_null()
        & pl.col("in_settlement_period").is_null()
        & _DAY_IN_CONTRACT.fill_null(value=True),
        reported_month=pl.col("month"),
        contract=shown_column("contract"),
    )


RULES = (
    contract_unknown,
    provider_not_entitled,
    contract_of_another_branch,
    contract_not_signed,
    day_outside_contract,
    month_outside_settlement_period,
)
