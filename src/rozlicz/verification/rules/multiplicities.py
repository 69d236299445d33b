"""How many times: multiplicity, correction coefficients and their formulas, and the most a position is worth."""

from __future__ import annotations

import polars as pl

from rozlicz.kernel.money import UNIT_SCALE
from rozlicz.kernel.texts import Text
from rozlicz.verification import bases
from rozlicz.verification.masking import shown_column
from rozlicz.verification.rule import Circumstances, Offending, offending, rule

_IS_SETTLED = pl.col("multiplicity_number") > 0
"""Multiplicity 0 is for statistics only: worth nothing, and not compared with anything."""


def _decimal(ten_thousandths: pl.Expr) -> pl.Expr:
    """A number ×10,000 as a decimal text, such as 1.2000."""
    whole = (ten_thousandths // UNIT_SCALE).cast(pl.String)
    rest = (ten_thousandths % UNIT_SCALE).cast(pl.String).str.zfill(4)
    return whole + "." + rest


@rule(
    code="59905001",
    name=Text(pl="Krotność do rozliczenia", en="Multiplicity for settlement"),
    message=Text(
        pl="Krotność „{value}” nie jest liczbą od 0 do 9999.9999 z najwyżej czterema miejscami po kropce.",
        en="The multiplicity “{value}” is not a number from 0 to 9999.9999 with at most four decimals.",
    ),
    remedy=Text(
        pl="Podaj krotność z kropką dziesiętną, na przykład 1 albo 1.2; 0 oznacza pozycję tylko statystyczną.",
        en="Give the multiplicity with a decimal point, such as 1 or 1.2; 0 is a position for statistics only.",
    ),
    basis=bases.MULTIPLICITY_NOTICE,
)
def multiplicity_form(_: Circumstances) -> Offending:
    """The multiplicity (krotnosc) has four decimals and is not negative; 0 means: for statistics only."""
    return offending(pl.col("multiplicity_number").is_null(), value=shown_column("multiplicity"))


@rule(
    code="59905002",
    name=Text(pl="Krotność faktyczna", en="Actual multiplicity"),
    message=Text(
        pl="Krotność faktyczna „{value}” nie jest liczbą od 0 do 9999.9999 z najwyżej czterema miejscami po kropce.",
        en="The actual multiplicity “{value}” is not a number from 0 to 9999.9999 with at most four decimals.",
    ),
    remedy=Text(
        pl="Podaj, ile razy świadczenie wykonano, na przykład 1.",
        en="Give how many times the service was done, such as 1.",
    ),
    basis=bases.MULTIPLICITY_NOTICE,
)
def actual_multiplicity_form(_: Circumstances) -> Offending:
    """The actual multiplicity (krotn-fakt) is what was really done, before coefficients."""
    return offending(pl.col("actual_number").is_null(), value=shown_column("actual_multiplicity"))


@rule(
    code="50503014",
    name=Text(pl="Limit krotności", en="Limit of multiplicity"),
    message=Text(
        pl="Krotność {actual_number} produktu {product} przekracza limit umowy: {limit_number}.",
        en="The multiplicity {actual_number} of product {product} is over the contract's limit: {limit_number}.",
    ),
    remedy=Text(
        pl="Podaj faktyczną krotność w granicach limitu; to, co ponad limit, nie jest rozliczane.",
        en="Give the actual multiplicity within the limit; what is above it is not settled.",
    ),
    basis=bases.fund_rule("50503014"),
)
def multiplicity_over_limit(_: Circumstances) -> Offending:
    """The contract may limit the multiplicity of a product in one position, before coefficients are applied."""
    return offending(
        _IS_SETTLED & (pl.col("actual_number") > pl.col("max_multiplicity")),
        actual_number=_decimal(pl.col("actual_number")),
        product=pl.col("product"),
        limit_number=_decimal(pl.col("max_multiplicity")),
    )


@rule(
    code="59905003",
    name=Text(pl="Zapis współczynników", en="Form of coefficients"),
    message=Text(
        pl="Współczynniki korygujące „{value}” są zapisane nieprawidłowo.",
        en="The correction coefficients “{value}” are not written correctly.",
    ),
    remedy=Text(
        pl="Każdy współczynnik podaj raz, z kodem i wartością poniżej 100, na przykład Q01=1.2; najwyżej osiem.",
        en="Give each coefficient once, with its code and a value below 100, such as Q01=1.2; at most eight.",
    ),
    basis=bases.COEFFICIENT_NOTICE,
)
def coefficients_form(_: Circumstances) -> Offending:
    """Each special settlement code stands once in a position, with the value of the coefficient used."""
    return offending(pl.col("coefficients_malformed").is_not_null(), value=pl.col("coefficients_malformed"))


@rule(
    code="59905004",
    name=Text(pl="Współczynnik nieznany", en="Coefficient unknown"),
    message=Text(
        pl="Współczynnika {coefficient} nie ma w słowniku w dniu {service_day}.",
        en="The coefficient {coefficient} is not in the dictionary on {service_day}.",
    ),
    remedy=Text(
        pl="Wybierz współczynnik z aktualnego pliku umowy (UMX) albo usuń go z pozycji.",
        en="Choose a coefficient out of the current contract file (UMX), or take it out of the position.",
    ),
    basis=bases.COEFFICIENT_NOTICE,
)
def coefficient_unknown(_: Circumstances) -> Offending:
    """A coefficient is in the dictionary SPEC_ROZ on the day the service ended."""
    return offending(
        pl.col("contract_from").is_not_null() & pl.col("coefficient_unknown").is_not_null(),
        coefficient=pl.col("coefficient_unknown"),
        service_day=pl.col("day_to"),
    )


@rule(
    code="59905005",
    name=Text(pl="Wartość współczynnika", en="Value of a coefficient"),
    message=Text(
        pl="Współczynnik {coefficient} ma inną wartość niż w słowniku w dniu {service_day}: {expected}.",
        en="The coefficient {coefficient} has another value than in the dictionary on {service_day}: {expected}.",
    ),
    remedy=Text(
        pl="Wczytaj aktualny plik umowy (UMX) i wylicz krotność ponownie.",
        en="Load the current contract file (UMX) and calculate the multiplicity again.",
    ),
    basis=bases.COEFFICIENT_NOTICE,
)
def coefficient_value(_: Circumstances) -> Offending:
    """The value of a coefficient is the dictionary's on that day; an individual one (I) is taken as given."""
    return offending(
        pl.col("coefficient_changed").is_not_null(),
        coefficient=pl.col("coefficient_changed"),
        expected=pl.col("coefficient_expected"),
        service_day=pl.col("day_to"),
    )


@rule(
    code="59905006",
    name=Text(pl="Współczynniki wykluczają się", en="Coefficients exclude each other"),
    message=Text(
        pl="Współczynników {coefficients} nie wolno łączyć w jednej pozycji.",
        en="The coefficients {coefficients} may not be joined in one position.",
    ),
    remedy=Text(
        pl="Zostaw w pozycji te współczynniki, które się należą, i wylicz krotność ponownie.",
        en="Leave the coefficients that are due in the position, and calculate the multiplicity again.",
    ),
    basis=bases.COEFFICIENT_NOTICE,
)
def coefficients_collide(_: Circumstances) -> Offending:
    """A combination marked N in the dictionary is a collision: an error, and no amount (KOEF-10)."""
    return offending(
        pl.col("coefficients_colliding").is_not_null(), coefficients=pl.col("coefficients_colliding")
    )


@rule(
    code="59905007",
    name=Text(pl="Krotność niezgodna z wzorem", en="Multiplicity against the formula"),
    message=Text(
        pl="Krotność {reported_number} nie wynika z krotności faktycznej {actual_number} i współczynników "
        "({coefficients}); prawidłowa: {expected_number}.",
        en="The multiplicity {reported_number} does not follow from the actual multiplicity {actual_number} and the "
        "coefficients ({coefficients}); the right one is {expected_number}.",
    ),
    remedy=Text(
        pl="Podaj krotność: faktyczna razy współczynnik, zaokrąglona do czterech miejsc; współczynniki sumowane: "
        "suma minus liczba współczynników plus 1, potem mnożenie.",
        en="Give the actual multiplicity times the coefficient, rounded to four places; for summed coefficients "
        "their sum less their number plus 1, then the product.",
    ),
    basis=bases.MULTIPLICITY_NOTICE,
)
def multiplicity_against_formula(_: Circumstances) -> Offending:
    """Settled is round(actual × coefficient, 4); of several K = ΣW − (n − 1), then multiplied; of none the actual."""
    return offending(
        _IS_SETTLED & (pl.col("multiplicity_number") != pl.col("expected_multiplicity")),
        reported_number=_decimal(pl.col("multiplicity_number")),
        actual_number=_decimal(pl.col("actual_number")),
        expected_number=_decimal(pl.col("expected_multiplicity")),
        coefficients=shown_column("coefficients"),
    )


@rule(
    code="59905008",
    name=Text(pl="Wartość pozycji poza granicą", en="Value of a position out of bounds"),
    message=Text(
        pl="Pozycja z produktem {product} i krotnością {reported_number} jest warta ponad 100 mln zł.",
        en="The position with product {product} and multiplicity {reported_number} is worth over PLN 100 million.",
    ),
    remedy=Text(
        pl="Sprawdź krotność; wartość tak dużą zgłoś oddziałowi.",
        en="Check the multiplicity; tell the branch about a value that large.",
    ),
    basis=bases.HOUSE_RULE,
)
def value_out_of_bounds(_: Circumstances) -> Offending:
    """No single position is worth more than 100 million zł; the bound keeps every sum exact."""
    return offending(
        pl.col("too_large"),
        reported_number=_decimal(pl.col("multiplicity_number")),
        product=shown_column("product"),
    )


RULES = (
    multiplicity_form,
    actual_multiplicity_form,
    multiplicity_over_limit,
    coefficients_form,
    coefficient_unknown,
    coefficient_value,
    coefficients_collide,
    multiplicity_against_formula,
    value_out_of_bounds,
)
