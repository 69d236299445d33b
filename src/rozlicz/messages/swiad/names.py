"""Names of elements and attributes of the reports of services and of examinations (SWIAD), in one place.

Seen in the Fund's notices and used exactly: everything not marked. `own` marks names chosen by this
house in the same convention, because the Fund's is not publicly known; the XSD marks the same ones.
The Fund's attributes on elements of the framework carry its namespace (`nfz:`), those on its own elements none.
"""

from __future__ import annotations

KIND = "SWIAD"
SERVICES = "AMBSZP"
EXAMINATIONS = "WYKBAD"

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
INFECTION = "zakazenie"
PROCEDURE = "procedura"  # own
REFERRAL = "zlecenie"
CONTINUATION = "kontyn-lecz"
ACCOMMODATION = "zakwaterowanie"
CELL = "kom-org"
STAFF = "personel-real"
ALL_STAFF = "calk-personel-real"
ENTITLEMENT = "uprawnienie"  # own
ELECTRONIC_DOCUMENT = "of-dokument-el"
STATEMENT = "of-oswiadczenie"
RESIDENCE_CARD = "of-karta-pobyt"
OTHER_DOCUMENT = "of-dokument"  # own

# elements of the Fund
CARDIOLOGY = "nfz:kardio"
REHABILITATION = "nfz:reh-stac"
ASSESSMENT = "nfz:ocena"  # seen without a prefix
EXAMINATION_SET = "nfz:zestaw-wyk-bad-poz"
EXAMINATION = "nfz:wyk-badanie"
CONTRACT_POSITION = "nfz:poz-umowy"
PERIOD = "nfz:okres-spr"
SETTLEMENT = "nfz:rozliczenie"  # own
POSITION = "nfz:poz-rozlicz"  # own
COEFFICIENT = "nfz:spec-rozlicz"

# attributes of the set and the patient
SET_TYPE = "typ"
PATIENT_ID_TYPE = "typ-id"
PATIENT_ID = "id-osoby"
PATIENT_COUNTRY = "panstwo-dok"  # own here; seen in declarations
SEX = "plec"  # own
BIRTH_DATE = "data-ur"  # own
SURNAME = "nazwisko"  # own here; seen in orders of devices
FIRST_NAME = "imie"  # own here; seen in orders of devices
BOOK_NUMBER = "nr-ks-gl"  # own
MODE = "tryb"
ADMITTED_ON = "data"  # own here
DISCHARGED_ON = "data"  # own here

# attributes of the service
SERVICE_ID = "id-swiad"  # own
VERSION = "nr-wersji"  # own
SERVICE_CODE = "kod-swiad"
DELETED = "usun"
DATE_FROM = "data-od"  # own here; seen in supply of devices
DATE_TO = "data-do"  # own here; seen in supply of devices
ADMITTED_AT = "czas-przyj"
DISCHARGED_AT = "czas-wypis"
ADMISSION_REASON = "nfz:powod-przyjec"
DIAGNOSIS_CODE = "kod"  # own
CLASSIFICATION = "kod-klasyfikacji"
CANCER_STAGE = "stadium"  # own
INFECTION_CAUSE = "przycz-kod"
PROCEDURE_CODE = "kod"  # own
PROCEDURE_DATE = "data"  # own
PROCEDURE_MULTIPLICITY = "krotnosc"  # own here
REFERRAL_ISSUER = "id-zlec"  # own here; seen in orders of devices
REFERRAL_PROFESSION = "typ-pers-zlec"  # own here; seen in orders of devices
REFERRAL_DATE = "data-zlec"  # own
REFERRAL_NUMBER = "nr-zlec"  # own
REFERRAL_UNIT = "regon"  # own here; seen in orders of devices
CONTINUED_SINCE = "data-rozp"  # own
ACCOMMODATION_TYPE = "typ"  # own here
ACCOMMODATION_FROM = "data-od"  # own here
ACCOMMODATION_TO = "data-do"  # own here
CELL_CODE = "nfz:id-tech-kom-org"
STAFF_TYPE = "typ"
STAFF_ID = "wartosc"  # seen on calk-personel-real
STAFF_PROFESSION = "typ-pers"
EJECTION_FRACTION = "lvef"
MONTHS_SINCE_ONSET = "uplyw-czas"
DAYS_TO_ADMISSION = "przyj-wypis"
NYHA = "skala-nyha"
ASSESSMENT_SCALE = "skala"  # own
ASSESSMENT_RESULT = "wartosc"  # own here

# attributes of the right to the service
ENTITLEMENT_BASIS = "podstawa-uprawnien-do-swiadczen"
DOCUMENT_ID = "id"
DOCUMENT_SYSTEM = "kod-systemu"  # own
STATEMENT_DATE = "data"
STATEMENT_FROM = "data-od"
STATEMENT_TO = "data-do"
STATEMENT_KIND = "rodzaj-oswiadczenia"
STATEMENT_DECLARER = "id-dok-osoby"  # own
DOCUMENT_TYPE = "typ"  # own
DOCUMENT_NUMBER = "numer"  # own
DOCUMENT_COUNTRY = "panstwo"  # own here; seen as a term
DOCUMENT_FROM = "data-od"  # own
DOCUMENT_TO = "data-do"  # own
DOCUMENT_DATE = "data-wyst"  # own
DOCUMENT_ISSUER = "inst-wyst"  # own
DOCUMENT_PERSON = "osoba-wyst"  # own

# attributes of the settlement position
CONTRACT = "kod-umowy"  # own here; seen in the contract
MONTH = "okres"  # own
POSITION_NUMBER = "lp"  # own
SCOPE = "kod-zakresu"  # own in the position; seen on nfz:poz-umowy
DISTINGUISHER = "wyroznik"  # own in the position; seen on nfz:poz-umowy
PRODUCT = "kod-produktu"  # own
ACTUAL_MULTIPLICITY = "krotn-fakt"
MULTIPLICITY = "krotnosc"
COEFFICIENT_CODE = "kod"  # own
COEFFICIENT_VALUE = "wspolczynnik"

# attributes of examinations
PERIOD_FROM = "data-od"  # own
PERIOD_TO = "data-do"  # own
EXAMINATION_SET_ID = "id-zest"  # own
EXAMINATION_NUMBER = "id-bad"
EXAMINATION_DATE = "data-wyk-badania"
EXAMINATION_CODE = "kod-badania"
EXAMINATION_MULTIPLICITY = "krotnosc"

# codes of documents in the column entitlement_document that have an element of their own
EWUS = "EWUS"
STATEMENT_CODE = "OSW"
RESIDENCE_CARD_CODE = "POBYT"
STATEMENT_KIND_WRITTEN = "OSE"
