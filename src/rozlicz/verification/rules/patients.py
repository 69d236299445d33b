"""The patient: who it is, whether the identifier can be right, and whether the service suits the age."""

from __future__ import annotations

import polars as pl

from rozlicz.kernel.texts import Text
from rozlicz.verification import bases, forms
from rozlicz.verification.masking import masked_column, shown_column
from rozlicz.verification.rule import Circumstances, Offending, offending, rule
from rozlicz.verification.typed import completed_years

IDENTIFIER_TYPES = ("P", "T", "D", "I", "R", "NN", "NW")
"""PESEL, passport, identity card, other document, personal number, and two for persons without any."""

_WITHOUT_DOCUMENT = pl.col("patient_id_type").is_in(["NN", "NW"])
_KNOWN_TYPE = pl.col("patient_id_type").is_in(IDENTIFIER_TYPES)
_PESEL_IS_RIGHT = pl.col("pesel_check_digit_right") & pl.col("pesel_birth_day").is_not_null()
_NEEDS_STATISTICS = (_KNOWN_TYPE & ~pl.col("has_pesel")) | pl.col("coordination")
"""Sex and date of birth are passed without PESEL, and always under coordination."""


@rule(
    code="59903001",
    name=Text(pl="Rodzaj identyfikatora pacjenta", en="Kind of the patient's identifier"),
    message=Text(
        pl="Rodzaj identyfikatora pacjenta „{value}” jest nieznany.",
        en="The kind of the patient's identifier “{value}” is unknown.",
    ),
    remedy=Text(
        pl="Wybierz P (PESEL), T (paszport), D (dowód osobisty), I (inny dokument), R (osobisty numer) albo NN, NW.",
        en="Choose P (PESEL), T (passport), D (identity card), I (other document), R (personal number), or NN, NW.",
    ),
    basis=bases.PATIENT_DATA,
    level="service",
)
def identifier_type(_: Circumstances) -> Offending:
    """A patient is identified by PESEL, a document, a personal number, or marked as a person without any."""
    return offending(~_KNOWN_TYPE.fill_null(value=False), value=shown_column("patient_id_type"))


@rule(
    code="59903002",
    name=Text(pl="Postać numeru PESEL", en="Form of PESEL"),
    message=Text(
        pl="Numer PESEL {masked} nie składa się z 11 cyfr (ma znaków: {length}).",
        en="The PESEL {masked} does not consist of 11 digits (it has characters: {length}).",
    ),
    remedy=Text(
        pl="Przepisz PESEL z dokumentu pacjenta; jeśli go nie ma, podaj inny rodzaj identyfikatora.",
        en="Copy the PESEL from the patient's document; for a patient without one give another kind of identifier.",
    ),
    basis=bases.PESEL_ACT,
    level="service",
)
def pesel_form(_: Circumstances) -> Offending:
    """A PESEL is eleven digits with nothing around them."""
    return offending(
        pl.col("has_pesel") & pl.col("pesel_number").is_null(),
        masked=masked_column("patient_id"),
        length=pl.col("patient_id").fill_null("").str.len_chars(),
    )


@rule(
    code="59903003",
    name=Text(pl="Cyfra kontrolna PESEL", en="Check digit of PESEL"),
    message=Text(
        pl="Numer PESEL {masked} jest błędny: nie zgadza się jego cyfra kontrolna.",
        en="The PESEL {masked} is wrong: its check digit does not fit.",
    ),
    remedy=Text(
        pl="Sprawdź cyfry z dokumentem pacjenta: któraś jest pomylona albo dwie są zamienione miejscami.",
        en="Compare the digits with the patient's document: one is mistaken, or two have changed places.",
    ),
    basis=bases.PESEL_ACT,
    level="service",
)
def pesel_check_digit(_: Circumstances) -> Offending:
    """The weighted sum (1, 3, 7, 9, …) of the first ten digits and the eleventh is divisible by ten."""
    return offending(~pl.col("pesel_check_digit_right"), masked=masked_column("patient_id"))


@rule(
    code="59903004",
    name=Text(pl="Data urodzenia w numerze PESEL", en="Date of birth inside PESEL"),
    message=Text(
        pl="Numer PESEL {masked} jest błędny: jego pierwsze sześć cyfr nie oznacza żadnego dnia.",
        en="The PESEL {masked} is wrong: its first six digits mean no day.",
    ),
    remedy=Text(
        pl="Sprawdź PESEL z dokumentem pacjenta.", en="Compare the PESEL with the patient's document."
    ),
    basis=bases.PESEL_ACT,
    level="service",
)
def pesel_birth_day(_: Circumstances) -> Offending:
    """The first six digits are the date of birth; the month also tells the century."""
    return offending(
        pl.col("pesel_check_digit_right") & pl.col("pesel_birth_day").is_null(),
        masked=masked_column("patient_id"),
    )


@rule(
    code="59903005",
    name=Text(pl="Identyfikator pacjenta bez PESEL", en="Identifier of a patient without PESEL"),
    message=Text(
        pl="Identyfikator pacjenta rodzaju {kind} jest pusty albo ma niedozwoloną postać.",
        en="The patient's identifier of kind {kind} is empty or has a form that is not allowed.",
    ),
    remedy=Text(
        pl="Wpisz serię i numer dokumentu (do 30 znaków); dla osób bez dokumentu: XXXXX-RRRR-NN albo XXXXX-RRRR-NW.",
        en="Write the document's series and number (up to 30 characters); without one: XXXXX-YYYY-NN or -NW.",
    ),
    basis=bases.PATIENT_DATA,
    level="service",
)
def other_identifier(_: Circumstances) -> Offending:
    """A patient without PESEL has a document's number, or the mark XXXXX-RRRR-NN (newborns: NW)."""
    marked = forms.matches("patient_id", forms.NO_IDENTIFIER) & pl.col("patient_id").str.ends_with(
        pl.col("patient_id_type")
    )
    right = (
        pl.when(_WITHOUT_DOCUMENT).then(marked).otherwise(forms.matches("patient_id", forms.OTHER_PERSON_ID))
    )
    return offending(_KNOWN_TYPE & ~pl.col("has_pesel") & ~right, kind=pl.col("patient_id_type"))


@rule(
    code="59903006",
    name=Text(pl="Płeć pacjenta", en="Patient's sex"),
    message=Text(
        pl="Płeć pacjenta „{value}” nie jest podana jako K albo M.",
        en="The patient's sex “{value}” is not given as K or M.",
    ),
    remedy=Text(
        pl="Podaj K (kobieta) albo M (mężczyzna): wymagane bez PESEL i zawsze przy przepisach o koordynacji.",
        en="Give K (female) or M (male): demanded without PESEL, and always under coordination.",
    ),
    basis=bases.PATIENT_DATA,
    level="service",
)
def sex(_: Circumstances) -> Offending:
    """Statistical data of the patient: sex K or M; demanded without PESEL and under coordination."""
    unknown = ~forms.matches("patient_sex", "^[KM]$")
    return offending(
        unknown & (_NEEDS_STATISTICS | forms.given("patient_sex")), value=shown_column("patient_sex")
    )


@rule(
    code="59903007",
    name=Text(pl="Data urodzenia pacjenta", en="Patient's date of birth"),
    message=Text(
        pl="Data urodzenia pacjenta „{value}” nie jest datą w postaci RRRR-MM-DD.",
        en="The patient's date of birth “{value}” is not a date of the form YYYY-MM-DD.",
    ),
    remedy=Text(
        pl="Podaj datę urodzenia: wymagana bez PESEL i zawsze przy przepisach o koordynacji.",
        en="Give the date of birth: demanded without PESEL, and always under coordination.",
    ),
    basis=bases.PATIENT_DATA,
    level="service",
)
def birth_date(_: Circumstances) -> Offending:
    """Statistical data of the patient: a date of birth; not demanded of a person of unknown identity (NN)."""
    needed = _NEEDS_STATISTICS & (pl.col("patient_id_type") != "NN")
    unknown = pl.col("given_birth_day").is_null()
    return offending(
        unknown & (needed | forms.given("patient_birth_date")), value=shown_column("patient_birth_date")
    )


@rule(
    code="59903008",
    name=Text(pl="Urodzenie po świadczeniu", en="Born after the service"),
    message=Text(
        pl="Świadczenie z {service_day} jest wcześniejsze niż dzień urodzenia pacjenta.",
        en="The service of {service_day} is earlier than the patient's day of birth.",
    ),
    remedy=Text(
        pl="Sprawdź datę świadczenia i PESEL albo datę urodzenia pacjenta.",
        en="Check the date of the service, and the patient's PESEL or date of birth.",
    ),
    basis=bases.SERVICE_DATA,
    level="service",
)
def born_after_service(_: Circumstances) -> Offending:
    """Nobody is treated before birth."""
    return offending(pl.col("birth_day") > pl.col("day_from"), service_day=pl.col("day_from"))


@rule(
    code="59903009",
    name=Text(pl="Dane pacjenta niezgodne z PESEL", en="Patient's data contradict PESEL"),
    message=Text(
        pl="Płeć lub data urodzenia pacjenta nie zgadza się z numerem PESEL {masked}.",
        en="The patient's sex or date of birth does not agree with the PESEL {masked}.",
    ),
    remedy=Text(
        pl="Popraw PESEL albo podaną obok płeć i datę urodzenia.",
        en="Correct the PESEL, or the sex and date of birth given beside it.",
    ),
    basis=bases.PESEL_ACT,
    level="service",
)
def contradicts_pesel(_: Circumstances) -> Offending:
    """PESEL carries the date of birth and, in its tenth digit, the sex (even: female)."""
    other_sex = pl.col("patient_sex").is_in(["K", "M"]) & (pl.col("patient_sex") != pl.col("pesel_sex"))
    other_day = pl.col("given_birth_day") != pl.col("pesel_birth_day")
    contradiction = other_sex.fill_null(value=False) | other_day.fill_null(value=False)
    return offending(_PESEL_IS_RIGHT & contradiction, masked=masked_column("patient_id"))


@rule(
    code="59903010",
    name=Text(pl="Imię i nazwisko pacjenta bez PESEL", en="Name of a patient without PESEL"),
    message=Text(
        pl="Brak nazwiska lub imienia pacjenta, którego identyfikatorem nie jest PESEL.",
        en="The surname or first name is missing of a patient who is not identified by PESEL.",
    ),
    remedy=Text(
        pl="Uzupełnij nazwisko i imię z dokumentu pacjenta.",
        en="Add the surname and first name from the patient's document.",
    ),
    basis=bases.PATIENT_DATA,
    level="service",
)
def name(_: Circumstances) -> Offending:
    """Without PESEL the name is passed as well; not of persons of unknown identity and newborns (NN, NW)."""
    nameless = forms.missing("patient_surname") | forms.missing("patient_first_name")
    return offending(_KNOWN_TYPE & ~pl.col("has_pesel") & ~_WITHOUT_DOCUMENT & nameless)


@rule(
    code="50317031",
    name=Text(pl="Wiek pacjenta a świadczenie", en="Patient's age against the service"),
    message=Text(
        pl="Wiek pacjenta w dniu świadczenia: {age}; produkt {product} jest dla wieku {min_age}–{max_age} lat.",
        en="Age on the day of the service: {age}; product {product} is for ages {min_age}–{max_age}.",
    ),
    remedy=Text(
        pl="Wybierz produkt właściwy dla wieku pacjenta albo popraw PESEL, datę urodzenia lub datę świadczenia.",
        en="Choose the product for the patient's age, or correct the PESEL, date of birth or date of service.",
    ),
    basis=bases.fund_rule("50317031"),
)
def age_of_product(_: Circumstances) -> Offending:
    """The contract may limit a product to an age in completed years on the first day, both limits included."""
    age = completed_years("birth_day", "day_from")
    too_young = (age < pl.col("min_age")).fill_null(value=False)
    too_old = (age > pl.col("max_age")).fill_null(value=False)
    return offending(
        (too_young | too_old) & (pl.col("birth_day") <= pl.col("day_from")),
        age=age,
        product=pl.col("product"),
        min_age=pl.col("min_age").fill_null(0),
        max_age=pl.col("max_age").cast(pl.String).fill_null("∞"),
    )


RULES = (
    identifier_type,
    pesel_form,
    pesel_check_digit,
    pesel_birth_day,
    other_identifier,
    sex,
    birth_date,
    born_after_service,
    contradicts_pesel,
    name,
    age_of_product,
)
