"""What was done: kind of service, diagnosis, admission and discharge, who did it, and who referred."""

from __future__ import annotations

import polars as pl

from rozlicz.kernel.texts import Text
from rozlicz.verification import bases, forms
from rozlicz.verification.masking import masked_column, shown_column
from rozlicz.verification.rule import Circumstances, Offending, offending, rule

AMBULATORY_MODES = tuple(str(number) for number in range(1, 12))
STATIONARY_MODES = ("2", "3", "5", "6", "7", "8", "9", "10", "11")
DISCHARGE_MODES = ("1", "2", "3", "4", "6", "7", "8", "9", "10", "11")

_IS_AMBULATORY = pl.col("set_type") == "A"
_IS_STATIONARY = pl.col("set_type") == "S"


@rule(
    code="50601037",
    name=Text(pl="Kod świadczenia MZ", en="Service code of the Ministry"),
    message=Text(
        pl="Kod świadczenia według Ministra Zdrowia „{value}” jest pusty albo ma niedozwoloną postać.",
        en="The service code of the Ministry of Health “{value}” is empty or has a form that is not allowed.",
    ),
    remedy=Text(
        pl="Wybierz kod ze słownika w programie (kod funkcji i jednostka statystyczna).",
        en="Choose the code out of the dictionary in your program (code of function and statistical unit).",
    ),
    basis=bases.fund_rule("50601037"),
    level="service",
)
def service_code(_: Circumstances) -> Offending:
    """kod-swiad is a code of table 3, annex 1 of the regulation; its form is checked, its entries are not known."""
    return offending(~forms.matches("service_code", forms.SERVICE_CODE), value=shown_column("service_code"))


@rule(
    code="59906001",
    name=Text(pl="Rozpoznanie", en="Diagnosis"),
    message=Text(
        pl="Rozpoznanie „{value}” nie jest kodem ICD-10.",
        en="The diagnosis “{value}” is not a code of ICD-10.",
    ),
    remedy=Text(
        pl="Podaj rozpoznanie główne, na przykład I10 albo M54.5.",
        en="Give the principal diagnosis, such as I10 or M54.5.",
    ),
    basis=bases.SERVICE_DATA,
    level="service",
)
def diagnosis(_: Circumstances) -> Offending:
    """Each service has a principal diagnosis of ICD-10."""
    return offending(~forms.matches("diagnosis", forms.DIAGNOSIS), value=shown_column("diagnosis"))


@rule(
    code="59906002",
    name=Text(pl="Brak trybu przyjęcia", en="Mode of admission missing"),
    message=Text(pl="Brak trybu przyjęcia.", en="The mode of admission is missing."),
    remedy=Text(
        pl="Podaj tryb przyjęcia: wymagany w zestawach ambulatoryjnych poza POZ i w stacjonarnych.",
        en="Give the mode of admission: demanded in ambulatory sets but primary care, and in stationary sets.",
    ),
    basis=bases.ADMISSION_MODES,
    level="service",
)
def admission_mode_missing(_: Circumstances) -> Offending:
    """The mode (tryb) is obligatory in ambulatory sets but primary care; stationary sets have it as well."""
    needed = _IS_STATIONARY | (_IS_AMBULATORY & ~pl.col("primary_care"))
    return offending(needed & forms.missing("admission_mode"))


@rule(
    code="59906003",
    name=Text(pl="Tryb przyjęcia", en="Mode of admission"),
    message=Text(
        pl="Tryb przyjęcia „{value}” jest nieznany.", en="The mode of admission “{value}” is unknown."
    ),
    remedy=Text(
        pl="Podaj kod ze słownika, na przykład 3 (nagły, inne przypadki) albo 6 (planowy, na podstawie skierowania).",
        en="Give a code of the dictionary, such as 3 (emergency, other) or 6 (planned, on referral).",
    ),
    basis=bases.ADMISSION_MODES,
    level="service",
)
def admission_mode(_: Circumstances) -> Offending:
    """The mode is a code of annex 4; stationary sets have no 1 and 4."""
    known = (
        pl.when(_IS_STATIONARY)
        .then(pl.col("admission_mode").is_in(STATIONARY_MODES))
        .otherwise(pl.col("admission_mode").is_in(AMBULATORY_MODES))
    )
    return offending(forms.given("admission_mode") & ~known, value=shown_column("admission_mode"))


@rule(
    code="59906004",
    name=Text(pl="Tryb wypisu", en="Mode of discharge"),
    message=Text(
        pl="Tryb wypisu „{value}” świadczenia stacjonarnego jest pusty albo nieznany.",
        en="The mode of discharge “{value}” of a stationary service is empty or unknown.",
    ),
    remedy=Text(
        pl="Podaj kod ze słownika, na przykład 1 (zakończenie leczenia) albo 2 (dalsze leczenie ambulatoryjne).",
        en="Give a code of the dictionary, such as 1 (end of treatment) or 2 (further ambulatory care).",
    ),
    basis=bases.ADMISSION_MODES,
    level="service",
)
def discharge_mode(_: Circumstances) -> Offending:
    """A stay that ended has a mode of discharge of annex 4."""
    known = pl.col("discharge_mode").is_in(DISCHARGE_MODES).fill_null(value=False)
    return offending(_IS_STATIONARY & ~known, value=shown_column("discharge_mode"))


@rule(
    code="59906005",
    name=Text(pl="Personel realizujący", en="Performing staff"),
    message=Text(
        pl="Identyfikator osoby, która wykonała świadczenie, jest pusty albo błędny: {masked} (rodzaj „{kind}”).",
        en="The identifier of the person who did the service is empty or wrong: {masked} (kind “{kind}”).",
    ),
    remedy=Text(
        pl="Podaj 1 i numer prawa wykonywania zawodu (7 cyfr) albo 2 i numer PESEL, gdy zawód nie ma takiego numeru.",
        en="Give 1 and the licence number (7 digits), or 2 and the PESEL where the profession has no such number.",
    ),
    basis=bases.SERVICE_DATA,
    level="service",
)
def staff(_: Circumstances) -> Offending:
    """Who did the service: kind 1 with a licence number of seven digits, kind 2 with a PESEL that can be right."""
    licensed = (pl.col("staff_id_type") == "1") & forms.matches("staff_id", forms.LICENCE)
    by_pesel = (pl.col("staff_id_type") == "2") & pl.col("staff_pesel_right")
    right = licensed.fill_null(value=False) | by_pesel.fill_null(value=False)
    shown = pl.when(pl.col("staff_id").str.len_chars() < 8).then(pl.col("staff_id"))
    return offending(
        ~right, masked=pl.coalesce(shown, masked_column("staff_id")), kind=shown_column("staff_id_type")
    )


@rule(
    code="50601104",
    name=Text(pl="Brak skierowania", en="Referral missing"),
    message=Text(
        pl="Produkt {product} wymaga skierowania, a w świadczeniu nie ma jego danych.",
        en="Product {product} needs a referral, but the service does not have its data.",
    ),
    remedy=Text(
        pl="Podaj numer prawa wykonywania zawodu osoby kierującej i datę skierowania.",
        en="Give the licence number of who referred, and the date of the referral.",
    ),
    basis=bases.fund_rule("50601104"),
)
def referral_missing(_: Circumstances) -> Offending:
    """Where the contract says that a product needs a referral, its issuer and date are reported."""
    absent = forms.missing("referral_issuer") | forms.missing("referral_date")
    return offending(pl.col("referral_required") & absent, product=pl.col("product"))


@rule(
    code="59906006",
    name=Text(pl="Dane skierowania", en="Data of the referral"),
    message=Text(
        pl="Dane skierowania są błędne: kierujący „{issuer}”, data „{value}”.",
        en="The data of the referral are wrong: issuer “{issuer}”, date “{value}”.",
    ),
    remedy=Text(
        pl="Podaj 7 cyfr numeru prawa wykonywania zawodu osoby kierującej i datę w postaci RRRR-MM-DD.",
        en="Give the 7 digits of the licence number of who referred, and a date of the form YYYY-MM-DD.",
    ),
    basis=bases.SERVICE_DATA,
    level="service",
)
def referral_form(_: Circumstances) -> Offending:
    """A referral names who issued it by the licence number, and its date."""
    bad_issuer = forms.given("referral_issuer") & ~forms.matches("referral_issuer", forms.LICENCE)
    bad_date = forms.given("referral_date") & pl.col("referral_day").is_null()
    shown = pl.when(pl.col("referral_issuer").str.len_chars() < 8).then(pl.col("referral_issuer"))
    return offending(
        bad_issuer | bad_date,
        issuer=pl.coalesce(shown, masked_column("referral_issuer")),
        value=shown_column("referral_date"),
    )


@rule(
    code="59906007",
    name=Text(pl="Skierowanie po świadczeniu", en="Referral after the service"),
    message=Text(
        pl="Skierowanie wystawiono {referral_day}, po rozpoczęciu świadczenia ({service_day}).",
        en="The referral was issued on {referral_day}, after the service began ({service_day}).",
    ),
    remedy=Text(
        pl="Popraw datę skierowania albo datę świadczenia.",
        en="Correct the date of the referral or of the service.",
    ),
    basis=bases.SERVICE_DATA,
    level="service",
)
def referral_after_service(_: Circumstances) -> Offending:
    """A referral is issued on the day the service begins at the latest."""
    return offending(
        pl.col("referral_day") > pl.col("day_from"),
        referral_day=pl.col("referral_day"),
        service_day=pl.col("day_from"),
    )


RULES = (
    service_code,
    diagnosis,
    admission_mode_missing,
    admission_mode,
    discharge_mode,
    staff,
    referral_missing,
    referral_form,
    referral_after_service,
)
