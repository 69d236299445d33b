"""Names of FA(3) 1-0E that a bill uses, all of them official, and our own keys of its additional descriptions."""

from __future__ import annotations

import re

from rozlicz.messages.bills import VatExemption
from rozlicz.messages.wire.limits import MIB, Limits

NAMESPACE = "http://crd.gov.pl/wzor/2025/06/25/13775/"
ROOT = "Faktura"

HEAD = "Naglowek"
FORM = "KodFormularza"
FORM_VALUE = "FA"
FORM_SYSTEM = "kodSystemowy"
FORM_SYSTEM_VALUE = "FA (3)"
FORM_VERSION = "wersjaSchemy"
FORM_VERSION_VALUE = "1-0E"
VARIANT = "WariantFormularza"
VARIANT_VALUE = "3"
MADE_AT = "DataWytworzeniaFa"
PROGRAM = "SystemInfo"

SELLER = "Podmiot1"
BUYER = "Podmiot2"
THIRD_PARTY = "Podmiot3"
IDENTITY = "DaneIdentyfikacyjne"
NIP = "NIP"
NAME = "Nazwa"
INTERNAL_ID = "IDWew"
NO_ID = "BrakID"
ADDRESS = "Adres"
COUNTRY = "KodKraju"
POLAND = "PL"
ADDRESS_1 = "AdresL1"
ADDRESS_2 = "AdresL2"
LOCAL_GOVERNMENT_UNIT = "JST"
VAT_GROUP = "GV"
ROLE = "Rola"
RECIPIENT_ROLE = "2"
"""Odbiorca: a unit or branch inside the buyer that is not itself the buyer."""

INVOICE = "Fa"
CURRENCY = "KodWaluty"
ZLOTY = "PLN"
ISSUED_ON = "P_1"
NUMBER = "P_2"
SOLD_ON = "P_6"
PERIOD = "OkresFa"
PERIOD_FROM = "P_6_Od"
PERIOD_TO = "P_6_Do"
EXEMPT_TOTAL = "P_13_7"
TOTAL = "P_15"

ANNOTATIONS = "Adnotacje"
NO = "2"
YES = "1"
PLAIN_ANNOTATIONS = ("P_16", "P_17", "P_18", "P_18A")
"""No cash method, no self-billing, no reverse charge, no split payment."""
EXEMPTION = "Zwolnienie"
IS_EXEMPT = "P_19"
EXEMPTION_BASIS = "P_19A"
NEW_TRANSPORT = "NoweSrodkiTransportu"
NO_NEW_TRANSPORT = "P_22N"
SIMPLIFIED = "P_23"
MARGIN = "PMarzy"
NO_MARGIN = "P_PMarzyN"

KIND = "RodzajFaktury"
ORIGINAL = "VAT"
CORRECTION = "KOR"
REASON = "PrzyczynaKorekty"
EFFECT = "TypKorekty"
CORRECTED = "DaneFaKorygowanej"
CORRECTED_ISSUED_ON = "DataWystFaKorygowanej"
CORRECTED_NUMBER = "NrFaKorygowanej"
CORRECTED_IN_KSEF = "NrKSeF"
CORRECTED_KSEF_NUMBER = "NrKSeFFaKorygowanej"
CORRECTED_OUTSIDE_KSEF = "NrKSeFN"

DESCRIPTION = "DodatkowyOpis"
DESCRIBED_ROW = "NrWiersza"
KEY = "Klucz"
VALUE = "Wartosc"

ROW = "FaWiersz"
ROW_NUMBER = "NrWierszaFa"
ROW_NAME = "P_7"
ROW_CODE = "Indeks"
ROW_PKWIU = "PKWiU"
ROW_UNIT = "P_8A"
ROW_UNITS = "P_8B"
ROW_PRICE = "P_9A"
ROW_PRICE_WITH_TAX = "P_9B"
ROW_AMOUNT = "P_11"
ROW_AMOUNT_WITH_TAX = "P_11A"
ROW_RATE = "P_12"
EXEMPT_RATE = "zw"
ROW_BEFORE = "StanPrzed"

PAYMENT = "Platnosc"
PAYMENT_FORM = "FormaPlatnosci"
TRANSFER = "6"
BANK_ACCOUNT = "RachunekBankowy"
BANK_ACCOUNT_NUMBER = "NrRB"

TERMS = "WarunkiTransakcji"
CONTRACTS = "Umowy"
CONTRACT_NUMBER = "NrUmowy"

FOOT = "Stopka"
REGISTERS = "Rejestry"
REGON = "REGON"

# Keys of DodatkowyOpis: own, named as the same data are named in the Fund's messages.
BRANCH_KEY = "oddz-nfz"
TEMPLATE_KEY = "id-szablonu"
PROVIDER_KEY = "id-swd"
LEGAL_FORM_KEY = "forma-prawna"
FORM_OF_BUSINESS_KEY = "forma-dzialalnosci"
UNIT_NAME_KEY = "nazwa-zakladu"
ATTACHMENT_KEY = "zalacznik"
DISTINGUISHER_KEY = "wyroznik"
PRODUCT_KEY = "kod-produktu"

MAX_BYTES = 1_000_000
"""A file without a structured attachment; KSeF says 1 MB, the smaller of the two things this may mean is kept."""

MAX_BYTES_WITH_ATTACHMENT = 3_000_000

MAX_ROWS = 10_000
MAX_DESCRIPTIONS = 10_000
HEAD_DESCRIPTIONS = 6
"""Additional descriptions of the invoice as a whole, at most: one for each own key without a row or attachment."""

KSEF_LIMITS = Limits(max_packed_bytes=3 * MIB, max_bytes=3 * MIB, max_elements=100_000)
"""For reading: KSeF takes 3 MB with a structured attachment."""

EXEMPTION_TEXTS = {
    one: f"art. 43 ust. 1 pkt {one.value} ustawy z dnia 11 marca 2004 r. o podatku od towarów i usług"
    for one in VatExemption
}
"""P_19A as it is written."""

# Bounded, since the text may be anybody's: between two words no more than three blanks.
_GAP = r"\s{0,3}"
_POINT = re.compile(
    rf"art\.?{_GAP}43{_GAP},?{_GAP}ust\.?{_GAP}1{_GAP},?{_GAP}pkt\.?{_GAP}(?P<point>[0-9]{{1,3}}[a-z]?)\b"
    rf"(?!{_GAP}(?:,|i|oraz|lub|albo|-|–|/){_GAP}(?:pkt\.?{_GAP})?[0-9])",
    re.IGNORECASE,
)


def exemption_of(text: str) -> VatExemption | None:
    """The point of art. 43(1) that a text of P_19A names, in any words; None for another basis, or for several."""
    points = {found["point"] for found in _POINT.finditer(text)}
    return next((one for one in VatExemption if points == {one.value}), None)


def normal_key(key: str) -> str:
    """A key of an additional description as keys are compared: `ID szablonu` is `id-szablonu`."""
    return re.sub(r"[\s_-]+", "-", key.strip().casefold())
