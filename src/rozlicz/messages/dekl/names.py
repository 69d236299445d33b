"""Names of elements and attributes of the report of declarations (DEKL), in one place.

Seen in the Fund's notice 8205 and used exactly: `id-pacj-dekl` with `nfz:ident-pacj-inny` at level 7 and its `nip`,
`typ-dok`, `panstwo-dok`. The nesting above follows from that level; `own` marks names chosen by this house. The
Fund's attributes on elements of the framework carry its namespace, those on its own elements none. Names of a
person's data and of certificates are those of all messages (`person_wire`).
"""

from __future__ import annotations

from rozlicz.messages.declarations import Category, Facility
from rozlicz.messages.persons import PersonIdType, Sex

KIND = "DEKL"

# elements of the framework, each inside the one before unless it is indented less
CONTRACT = "umowa"  # own here; seen in templates
LIST = "lista-dekl"  # own
DECLARATION = "deklaracja"  # own
PATIENT = "pacjent-dekl"  # own
PATIENT_ID = "id-pacj-dekl"
PROFESSIONAL = "personel-dekl"  # own; its attributes as those of personel-real
CELL = "kom-org"
RESIDENCE = "pobyt-dps"  # own
SCHOOL = "szkola"  # own

# element of the Fund
OTHER_ID = "ident-pacj-inny"

# attributes
CONTRACT_CODE = "kod-umowy"  # own here; seen in the contract
MONTH = "okres"  # own
CATEGORY = "kategoria"  # own
VERSION = "nr-wersji"  # own
DECLARATION_ID = "id-dekl"  # own
MADE_ON = "data-zloz"  # own
ENDS_ON = "data-do"  # own here; seen in supply of devices
CHOICE = "nr-wyboru"  # own
FEE_PAID = "oplata"  # own
VOLUNTARY_INSURANCE = "nr-umowy-dobrow"  # own
PESEL = "pesel"  # own
PARENT_PESEL = "pesel-opiekuna"  # own
DOCUMENT_KIND = "typ-dok"
DOCUMENT_NUMBER = "nr-dok"  # own
DOCUMENT_COUNTRY = "panstwo-dok"
SCHOOL_NIP = "nip"
PROFESSIONAL_TYPE = "typ"
PROFESSIONAL_ID = "wartosc"
PLACE = "kod-miejsca"  # own; the Fund's namespace
CELL_CODE = "id-tech-kom-org"  # the Fund's namespace
FACILITY = "typ"  # own
REGON = "regon"  # own here; seen in e-LEKZR
SINCE = "data-od"  # own here; seen in supply of devices
UNTIL = "data-do"  # own here; seen in supply of devices

LICENCE = "1"
"""`personel-dekl@typ`: a licence number, as on `personel-real`."""

CATEGORIES = {category.value: category for category in Category}
DOCUMENTS = {
    kind.value: kind
    for kind in (PersonIdType.PASSPORT, PersonIdType.IDENTITY_CARD, PersonIdType.OTHER_DOCUMENT)
}
SEXES = {sex.value: sex for sex in Sex}
FACILITIES = {facility.value: facility for facility in Facility}
