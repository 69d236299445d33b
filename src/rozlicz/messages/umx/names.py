"""Names of elements and attributes of the electronic contract (UMX), in one place.

Seen in the Fund's notices and used exactly: everything not marked. `own` marks names chosen by this house in the same
convention, because the Fund's is not publicly known; the XSD marks the same ones.
"""

from __future__ import annotations

from rozlicz.messages.financing import FinancingKind
from rozlicz.messages.rates import PersonGroup, RatePer

KIND = "UMX"
VERSIONS = ("3.4", "3.5", "3.6", "3.7", "4.0")
"""Those that are read; the last is written."""

# the contract
CONTRACT = "dane-umowy"
CODE = "kod-umowy"
ORIGINAL_CODE = "kod-pierw-umowy"
PRINTED_CODE = "kod-umowy-druk"
ANNEX = "nr-aneksu"  # own
ANNEXED_ON = "data-aneksu"  # own
BRANCH = "oddz-nfz"  # own here; seen in R_UMX
CONTRACT_KIND = "rodzaj"  # own
CONTRACT_KIND_NAME = "nazwa-rodzaju"  # own
CONTRACT_TYPE = "typ-umowy"  # own
SIGNED_ON = "data-podpisania"  # own
FROM = "data-od"  # own here
TO = "data-do"  # own here

PROVIDER = "swiadczeniodawca"  # own here; seen in SWIAD

PERIOD = "okres-rozliczeniowy"  # own
PERIOD_FIRST = "okres-od"  # own here; seen in e-LEKZR
PERIOD_LAST = "okres-do"  # own here; seen in e-LEKZR

LOCATION = "miejsce"  # own
LOCATION_CODE = "id-miejsca"  # own

FINANCING = "dok-zwieksz-finansowanie"
FINANCING_NUMBER = "nr-dokumentu"  # own
FINANCING_KIND = "rodzaj"  # own
FINANCING_DATE = "data"  # own here
PURPOSE_CODE = "kod-przeznaczenia"  # own

# a scope
SCOPE = "poz-umowy"  # own here; seen in SWIAD-WYKBAD
SCOPE_CODE = "kod-zakresu"  # own here; seen in SWIAD-WYKBAD
DISTINGUISHER = "wyroznik"  # own here; seen in SWIAD-WYKBAD
UNIT_NAME = "jedn-rozlicz"  # own
UNLIMITED = "bez-limitu"  # own

PLAN = "plan"  # own
INCREASE = "zwieksz-planu"
MONTH = "okres"  # own
UNITS = "liczba"  # own
PRICE = "cena"  # own

RATE = "stawka"  # own
PER = "za"  # own
RATE_AMOUNT = "kwota"  # own
VARIANT = "wariant"  # own
WARD = "skladniki-stawki"  # own
WARD_BASE = "stawka-bazowa"  # own
WARD_SHARE = "ocena-struktury"  # own
WARD_FUNCTION = "czesc-funkcjonalna"  # own

GROUP = "grupa-osob"  # own
PERSONS = "rodzaj-osob"  # own

FOLLOWED = "zakres-zrodlowy"  # own
FOLLOWED_CONTRACT = "nr-umowy"  # own here; seen in R_UMX

PRODUCT = "prod-jedn"  # own
ITEM_CODE = "kod"  # own
NAME = "nazwa"  # own here
WEIGHT = "waga"  # own
MIN_AGE = "wiek-od"  # own
MAX_AGE = "wiek-do"  # own
MAX_MULTIPLICITY = "krotn-maks"  # own
REFERRAL = "skierowanie"  # own

CELL = "komorka"
CELL_CODE = "id-tech-kom-org"  # own here; seen in SWIAD
PLACE = "miejsce"  # own

# dictionaries
DICTIONARIES = "slowniki"
CONTRACT_PRODUCT = "prod-kontr"
SETTLED_BY = "fakt-wykonanie"
PURPOSE = "przeznacz-dod-srodk-fin"

COEFFICIENT = "spec-rozlicz"  # own here; seen in SWIAD
USE = "sposob-uzycia"  # own
VALUE = "wspolczynnik"  # own here; seen in SWIAD

YES = "T"

SINCE_4_0 = frozenset({PRINTED_CODE, FINANCING, INCREASE, PURPOSE})
"""Names that came with version 4.0 (nfz.gov.pl notice 7983)."""

# values; own, except the letters of `fakt-wykonanie`
PERS = {
    RatePer.DAY: "doba",
    RatePer.MONTH: "miesiac",
    RatePer.DUTY: "dyzur",
    RatePer.VISIT: "porada",
    RatePer.PERSON_YEAR: "osoba-rok",
    RatePer.PERSON_MONTH: "osoba-miesiac",
    RatePer.PERSON_DAY: "osobodzien",
}
PERSON_GROUPS = {
    PersonGroup.CARE_HOME: "dps",
    PersonGroup.CHRONIC: "przewlekle-chory",
    PersonGroup.UNNAMED: "niewymieniona",
}
FINANCING_KINDS = {
    FinancingKind.SETTLEMENT_ANNEX: "aneks-ugodowy",
    FinancingKind.REPAYMENT_PLAN: "plan-splaty",
    FinancingKind.MEDICAL_FUND_PLAN: "plan-fundusz-medyczny",
    FinancingKind.OTHER: "inny",
}
