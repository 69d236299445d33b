"""Names of elements and attributes of the report of services (SWIAD), in one place.

Seen in the Fund's notices and used exactly: everything not marked. `own` marks names chosen by this
house in the same convention, because the Fund's is not publicly known; the XSD marks the same ones.
The Fund's attributes on elements of the framework carry its namespace, those on its own elements none.
"""

from __future__ import annotations

KIND = "SWIAD"
AREA = "AMBSZP"

# elements of the framework
SET = "zestaw-swiadczen"
PATIENT = "pacjent"
PATIENT_STATISTICS = "pacjent-stat"
PATIENT_PERSON = "dane-osobowe"  # own
STAY = "hospitalizacja"
ADMISSION = "przyjecie"
DISCHARGE = "wypis"  # own
SERVICE = "swiadczenie"
SERVICE_DATA = "dane-swiadczenia"
DIAGNOSIS = "przyczyna"
REFERRAL = "zlecenie"
CELL = "kom-org"
STAFF = "personel-real"
ENTITLEMENT = "uprawnienie"  # own
ELECTRONIC_DOCUMENT = "of-dokument-el"
STATEMENT = "of-oswiadczenie"
OTHER_DOCUMENT = "of-dokument"  # own

# elements of the Fund
SETTLEMENT = "rozliczenie"  # own
POSITION = "poz-rozlicz"  # own
COEFFICIENT = "spec-rozlicz"

# attributes
SET_TYPE = "typ"
PATIENT_ID_TYPE = "typ-id"
PATIENT_ID = "id-osoby"
SEX = "plec"  # own
BIRTH_DATE = "data-ur"  # own
SURNAME = "nazwisko"  # own here; seen in orders of devices
FIRST_NAME = "imie"  # own here; seen in orders of devices
MODE = "tryb"
SERVICE_ID = "id-swiad"  # own
SERVICE_VERSION = "nr-wersji"  # own
SERVICE_CODE = "kod-swiad"
DELETED = "usun"
YES = "T"
NO = "N"  # own; not written
DATE_FROM = "data-od"  # own here; seen in supply of devices
DATE_TO = "data-do"  # own here; seen in supply of devices
DIAGNOSIS_CODE = "kod"  # own
REFERRAL_ISSUER = "id-zlec"  # own here; seen in orders of devices
REFERRAL_DATE = "data-zlec"  # own
CELL_CODE = "id-tech-kom-org"  # the Fund's namespace
STAFF_TYPE = "typ"
STAFF_ID = "wartosc"  # seen on calk-personel-real
ENTITLEMENT_BASIS = "podstawa-uprawnien-do-swiadczen"
DOCUMENT_ID = "id"
STATEMENT_DATE = "data"
STATEMENT_FROM = "data-od"
STATEMENT_TO = "data-do"
STATEMENT_KIND = "rodzaj-oswiadczenia"
DOCUMENT_TYPE = "typ"  # own
DOCUMENT_NUMBER = "numer"  # own
DOCUMENT_COUNTRY = "panstwo"  # own here; seen as a term
DOCUMENT_FROM = "data-od"  # own
DOCUMENT_TO = "data-do"  # own
CONTRACT = "kod-umowy"  # own here; seen in the contract
MONTH = "okres"  # own
POSITION_NUMBER = "lp"  # own
SCOPE = "kod-zakresu"  # own here; seen in the report of examinations
DISTINGUISHER = "wyroznik"  # own here; seen in the report of examinations
PRODUCT = "kod-produktu"  # own
ACTUAL_MULTIPLICITY = "krotn-fakt"
MULTIPLICITY = "krotnosc"
COEFFICIENT_CODE = "kod"  # own
COEFFICIENT_VALUE = "wspolczynnik"

# codes of documents in the column entitlement_document that have an element of their own
EWUS = "EWUS"
STATEMENT_CODE = "OSW"
STATEMENT_KIND_WRITTEN = "OSE"
