"""Invoices made by other programs are read as far as they are bills; the rest is listed, nothing is dropped."""

from __future__ import annotations

import io
import re
import time
from datetime import UTC, date, datetime

import pytest
from lxml import etree

from rozlicz.kernel.branches import PostalAddress
from rozlicz.kernel.months import Month
from rozlicz.messages.bills import VatExemption
from rozlicz.messages.contracts import LegalForm
from rozlicz.messages.ksef import CorrectionEffect, KsefReading
from rozlicz.messages.ksef.names import NAMESPACE, exemption_of, normal_key
from rozlicz.messages.ksef.reader import read_ksef
from rozlicz.messages.ksef.schema import fa3_schema
from rozlicz.messages.schemas.files import compiled_schema
from rozlicz.messages.wire.refusals import MessageRefused

# As another program might write it: a prefix, comments, gross amounts, more decimals, its own descriptions.
FOREIGN = f"""<?xml version="1.0" encoding="utf-8"?>
<t:Faktura xmlns:t="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="{NAMESPACE} schemat.xsd"><!-- inny program -->
 <t:Naglowek>
  <t:KodFormularza kodSystemowy="FA (3)" wersjaSchemy="1-0E">FA</t:KodFormularza>
  <t:WariantFormularza>3</t:WariantFormularza>
  <t:DataWytworzeniaFa>2026-11-05T09:20:00.1234567+01:00</t:DataWytworzeniaFa>
 </t:Naglowek>
 <t:Podmiot1>
  <t:DaneIdentyfikacyjne><t:NIP>9990000008</t:NIP><t:Nazwa>Anna   Przykładowa
   Lekarz</t:Nazwa></t:DaneIdentyfikacyjne>
  <t:Adres><t:KodKraju>PL</t:KodKraju><t:AdresL1>ul. Przykładowa 1, 90-001 Łódź</t:AdresL1></t:Adres>
  <t:DaneKontaktowe><t:Email>anna@example.org</t:Email></t:DaneKontaktowe>
 </t:Podmiot1>
 <t:Podmiot2>
  <t:DaneIdentyfikacyjne><t:NIP>1070001057</t:NIP><t:Nazwa>Narodowy Fundusz Zdrowia</t:Nazwa></t:DaneIdentyfikacyjne>
  <t:Adres><t:KodKraju>PL</t:KodKraju><t:AdresL1>ul. Grójecka 186</t:AdresL1>
   <t:AdresL2>02-390 Warszawa</t:AdresL2></t:Adres>
  <t:JST>2</t:JST><t:GV>2</t:GV>
 </t:Podmiot2>
 <t:Podmiot3>
  <t:DaneIdentyfikacyjne><t:BrakID>1</t:BrakID><t:Nazwa>Bank</t:Nazwa></t:DaneIdentyfikacyjne><t:Rola>1</t:Rola>
 </t:Podmiot3>
 <t:Podmiot3>
  <t:DaneIdentyfikacyjne><t:IDWew>1070001057-00052</t:IDWew>
   <t:Nazwa>NFZ Łódzki Oddział Wojewódzki w Łodzi</t:Nazwa></t:DaneIdentyfikacyjne><t:Rola>2</t:Rola>
 </t:Podmiot3>
 <t:Fa>
  <t:KodWaluty>PLN</t:KodWaluty><t:P_1>2026-11-05</t:P_1><t:P_1M>Łódź</t:P_1M><t:P_2><![CDATA[7/11 & 2026]]></t:P_2>
  <t:P_6>2026-10-31</t:P_6>
  <t:P_13_7>12.77</t:P_13_7><t:P_15>12.77</t:P_15>
  <t:Adnotacje><t:P_16>2</t:P_16><t:P_17>2</t:P_17><t:P_18>2</t:P_18><t:P_18A>2</t:P_18A>
   <t:Zwolnienie><t:P_19>1</t:P_19><t:P_19A>Art. 43 ust.1 pkt.19 ustawy o VAT</t:P_19A></t:Zwolnienie>
   <t:NoweSrodkiTransportu><t:P_22N>1</t:P_22N></t:NoweSrodkiTransportu><t:P_23>2</t:P_23>
   <t:PMarzy><t:P_PMarzyN>1</t:P_PMarzyN></t:PMarzy></t:Adnotacje>
  <t:RodzajFaktury>VAT</t:RodzajFaktury>
  <t:DodatkowyOpis><t:Klucz>ID szablonu</t:Klucz><t:Wartosc>501</t:Wartosc></t:DodatkowyOpis>
  <t:DodatkowyOpis><t:Klucz>Uwagi</t:Klucz><t:Wartosc>dziękujemy</t:Wartosc></t:DodatkowyOpis>
  <t:FaWiersz><t:NrWierszaFa>1</t:NrWierszaFa><t:P_7>Porada</t:P_7><t:P_8A>punkt</t:P_8A>
   <t:P_8B>4.400000</t:P_8B><t:P_9B>1.45000000</t:P_9B><t:P_11A>6.38</t:P_11A><t:P_12>zw</t:P_12></t:FaWiersz>
  <t:FaWiersz><t:NrWierszaFa>2</t:NrWierszaFa><t:P_7>Porada</t:P_7><t:PKWiU>86.22.1</t:PKWiU><t:P_8A>punkt</t:P_8A>
   <t:P_8B>4.4</t:P_8B><t:P_9A>1.45</t:P_9A><t:P_11>6.39</t:P_11><t:P_12>zw</t:P_12></t:FaWiersz>
  <t:Platnosc><t:TerminPlatnosci><t:Termin>2026-11-20</t:Termin></t:TerminPlatnosci>
   <t:FormaPlatnosci>6</t:FormaPlatnosci>
   <t:RachunekBankowy><t:NrRB>74 9990 0009 0000 0000 0000 0001</t:NrRB><t:NazwaBanku>Bank</t:NazwaBanku>
   </t:RachunekBankowy></t:Platnosc>
  <t:WarunkiTransakcji><t:Umowy><t:DataUmowy>2025-12-30</t:DataUmowy><t:NrUmowy>05/059901/AOS/2026/2</t:NrUmowy>
   </t:Umowy></t:WarunkiTransakcji>
 </t:Fa>
</t:Faktura>
"""


def reading(content: str) -> KsefReading:
    return read_ksef(io.BytesIO(content.encode()))


def refusal(content: str) -> MessageRefused:
    with pytest.raises(MessageRefused) as raised:
        reading(content)
    return raised.value


def changed(old: str, new: str, content: str = FOREIGN) -> str:
    assert old in content
    return content.replace(old, new)


def without(element: str, content: str = FOREIGN) -> str:
    found = re.sub(rf"<t:{element}>.*?</t:{element}>", "", content, count=1, flags=re.DOTALL)
    assert found != content
    return found


def test_the_foreign_invoice_is_one_that_ksef_takes() -> None:
    schema = compiled_schema(fa3_schema())
    assert schema.validate(etree.fromstring(FOREIGN.encode())), schema.error_log


def test_a_foreign_invoice_becomes_a_bill() -> None:
    invoice = reading(FOREIGN).invoice
    bill = invoice.bill
    assert invoice.made_at == datetime(2026, 11, 5, 8, 20, 0, 123456, tzinfo=UTC)
    assert invoice.recipient_id == "1070001057-00052"
    assert (bill.number, bill.contract, bill.template) == ("7/11 & 2026", "05/059901/AOS/2026/2", 501)
    assert (bill.month, bill.sold_on) == (Month(2026, 10), date(2026, 10, 31))
    assert bill.recipient.branch == "05"
    assert bill.vat_exemption is VatExemption.MEDICAL_CARE_BY_PROFESSIONAL
    assert bill.issuer.name == "Anna Przykładowa Lekarz"
    assert bill.issuer.address == PostalAddress(street="ul. Przykładowa 1", postal_code="90-001", town="Łódź")
    assert bill.bank_account == "74 9990 0009 0000 0000 0000 0001"
    assert [(one.units, one.price, one.amount, one.pkwiu) for one in bill.lines] == [
        (44000, 145, 638, ""),
        (44000, 145, 639, "86.22.1"),
    ]
    assert bill.amount == 1277


def test_what_the_invoice_says_beyond_a_bill_is_listed() -> None:
    found = {one.place: one.text for one in reading(FOREIGN).unread}
    assert found == {
        "/Faktura/Podmiot1/DaneKontaktowe": "anna@example.org",
        "/Faktura/Podmiot3/DaneIdentyfikacyjne": "1 Bank",
        "/Faktura/Podmiot3/Rola": "1",
        "/Faktura/Fa/P_1M": "Łódź",
        "/Faktura/Fa/DodatkowyOpis[2]": "Uwagi: dziękujemy",
        "/Faktura/Fa/Platnosc/TerminPlatnosci": "2026-11-20",
        "/Faktura/Fa/Platnosc/RachunekBankowy/NazwaBanku": "Bank",
        "/Faktura/Fa/WarunkiTransakcji/Umowy/DataUmowy": "2025-12-30",
    }
    lines = [one.line for one in reading(FOREIGN).unread]
    assert lines == sorted(lines)


def test_what_the_invoice_does_not_say_of_a_bill_is_listed() -> None:
    found = reading(FOREIGN)
    assert set(found.lacking) == {
        "issuer.code",
        "issuer.regon",
        "issuer.legal_form",
        *(f"lines.{number}.{field}" for number in (1, 2) for field in ("scope", "product", "distinguisher")),
    }
    assert found.invoice.bill.issuer.legal_form is LegalForm.INDIVIDUAL_PRACTICE


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Łódzki Oddział Wojewódzki NFZ", "05"),
        ("NARODOWY FUNDUSZ ZDROWIA POMORSKI ODDZIAŁ WOJEWÓDZKI W GDAŃSKU", "11"),
        ("Kujawsko-Pomorski Oddział Wojewódzki Narodowego Funduszu Zdrowia", "02"),
        ("Zachodniopomorski Oddział Wojewódzki NFZ", "16"),
    ],
)
def test_a_branch_is_known_by_its_name(name: str, code: str) -> None:
    found = reading(changed("NFZ Łódzki Oddział Wojewódzki w Łodzi", name))
    assert found.invoice.bill.recipient.branch == code


# ---- what identifies the bill --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code", "path", "named"),
    [
        (without("WarunkiTransakcji"), "ksef-contract", "/Faktura/Fa", "WarunkiTransakcji/Umowy/NrUmowy"),
        (changed("ID szablonu", "nr"), "ksef-template", "/Faktura/Fa", "id-szablonu"),
        (changed("NFZ Łódzki Oddział Wojewódzki", "NFZ"), "ksef-branch", "/Faktura", "oddz-nfz"),
    ],
)
def test_an_invoice_that_does_not_identify_the_bill_is_refused(content, code, path, named) -> None:
    found = refusal(content)
    assert (found.code, found.path) == (code, path)
    assert named in found.text.pl
    assert "§ 23" in found.text.pl


@pytest.mark.parametrize(
    ("content", "code", "path"),
    [
        (changed("<t:KodWaluty>PLN", "<t:KodWaluty>EUR"), "content-wrong", "/Faktura/Fa/KodWaluty"),
        (changed("<t:RodzajFaktury>VAT", "<t:RodzajFaktury>ZAL"), "content-wrong", "/Faktura/Fa/RodzajFaktury"),
        (changed('wersjaSchemy="1-0E"', 'wersjaSchemy="2-0E"'), "attribute-wrong", "/Faktura/Naglowek/KodFormularza"),
        (changed("<t:P_12>zw", "<t:P_12>23"), "content-wrong", "/Faktura/Fa/FaWiersz/P_12"),
        (without("P_12"), "element-missing", "/Faktura/Fa/FaWiersz"),
        (changed("<t:P_13_7>12.77", "<t:P_13_7>12.76"), "content-wrong", "/Faktura/Fa/P_13_7"),
        (changed("1.45000000", "1.45000001"), "content-wrong", "/Faktura/Fa/FaWiersz/P_9B"),
        (changed("4.400000", "4.400010"), "content-wrong", "/Faktura/Fa/FaWiersz/P_8B"),
        (changed(">501<", ">5O1<"), "content-wrong", "/Faktura/Fa/DodatkowyOpis/Wartosc"),
        (changed("<t:Rola>1", "<t:Rola>2"), "element-repeated", "/Faktura/Podmiot3[2]"),
        (changed("<t:Klucz>Uwagi", "<t:Klucz>id-szablonu"), "element-repeated", "/Faktura/Fa/DodatkowyOpis[2]"),
        (changed("</t:Umowy>", "</t:Umowy><t:Umowy><t:NrUmowy>2</t:NrUmowy></t:Umowy>"), "element-repeated",
         "/Faktura/Fa/WarunkiTransakcji/Umowy[2]/NrUmowy"),
        (changed("2026-10-31", "2026-10-32"), "content-wrong", "/Faktura/Fa/P_6"),
        (changed("2026-11-05T09", "wczoraj"), "content-wrong", "/Faktura/Naglowek/DataWytworzeniaFa"),
        (changed("<t:P_15>12.77</t:P_15>", "<t:P_15> </t:P_15>"), "content-wrong", "/Faktura/Fa/P_15"),
        (changed("<t:P_2>", "<t:P_2>x<t:P_3/>"), "text-mixed", "/Faktura/Fa/P_2"),
        (changed("<t:FaWiersz>", "x<t:FaWiersz>"), "text-mixed", "/Faktura/Fa"),
        (changed(NAMESPACE, "http://crd.gov.pl/wzor/2023/06/29/12648/"), "root", "/{http://crd.gov.pl/wzor/2023/06/29/12648/}Faktura"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_bill_is_refused_with_its_place(content: str, code: str, path: str) -> None:
    found = refusal(content)
    assert (found.code, found.path) == (code, path)
    assert found.line
    assert found.text.pl != found.text.en


# ---- days, exemption, parties --------------------------------------------------------------------------------------


def test_without_a_date_of_sale_it_is_that_of_issue() -> None:
    bill = reading(without("P_6")).invoice.bill
    assert (bill.month, bill.sold_on) == (Month(2026, 11), bill.issued_on)


def test_a_period_that_does_not_begin_with_the_month_tells_its_first_day_as_unread() -> None:
    period = "<t:OkresFa><t:P_6_Od>2026-10-05</t:P_6_Od><t:P_6_Do>2026-10-31</t:P_6_Do></t:OkresFa>"
    found = reading(changed("<t:P_6>2026-10-31</t:P_6>", period))
    assert found.invoice.bill.month == Month(2026, 10)
    assert ("/Faktura/Fa/OkresFa/P_6_Od", "2026-10-05") in {(one.place, one.text) for one in found.unread}


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("art. 43 ust. 1 pkt 18 ustawy o VAT", "18"),
        ("Zw. na podst. art.43 ust.1 pkt.20 u.p.t.u.", "20"),
        ("ART. 43 UST. 1 PKT 19 LIT. A", "19"),
        ("art. 43 ust. 1 pkt 18a", None),
        ("art. 43 ust. 1 pkt 18 i 19", None),
        ("art. 43 ust. 1 pkt 18, art. 43 ust. 1 pkt 20", None),
        ("art. 113 ust. 1 i 9 ustawy", None),
    ],
)
def test_the_point_of_the_exemption_is_found_in_any_words(text: str, point: str | None) -> None:
    assert exemption_of(text) == (None if point is None else VatExemption(point))


@pytest.mark.parametrize("blank", [" ", "\t", "\xa0"])
def test_a_basis_made_to_keep_the_reader_busy_does_not(blank: str) -> None:
    begin = time.process_time()
    assert exemption_of("art. 43" + blank * 500_000 + "ust. 1 pkt 18") is None
    assert exemption_of("art. 43 ust. 1 pkt 18 i" + blank * 500_000) is VatExemption.MEDICAL_CARE_BY_ENTITY
    assert time.process_time() - begin < 1


def test_another_basis_of_exemption_stays_unread() -> None:
    found = reading(changed("Art. 43 ust.1 pkt.19 ustawy o VAT", "art. 113 ust. 1"))
    assert found.invoice.bill.vat_exemption is None
    path = "/Faktura/Fa/Adnotacje/Zwolnienie/P_19A"
    assert (path, "art. 113 ust. 1") in {(one.place, one.text) for one in found.unread}


def test_what_an_invoice_may_be_besides_is_told() -> None:
    found = reading(changed("<t:P_18A>2", "<t:P_18A>1"))
    assert ("/Faktura/Fa/Adnotacje/P_18A", "1") in {(one.place, one.text) for one in found.unread}


@pytest.mark.parametrize("key", ["id-szablonu", "ID SZABLONU", " Id_szablonu ", "id - szablonu"])
def test_a_key_is_compared_without_case_and_blanks(key: str) -> None:
    assert normal_key(key) == "id-szablonu"


# ---- corrections ---------------------------------------------------------------------------------------------------

CORRECTED = """<t:RodzajFaktury>KOR</t:RodzajFaktury>
  <t:PrzyczynaKorekty>zmiana po weryfikacji</t:PrzyczynaKorekty><t:TypKorekty>2</t:TypKorekty>
  <t:DaneFaKorygowanej><t:DataWystFaKorygowanej>2026-10-05</t:DataWystFaKorygowanej>
   <t:NrFaKorygowanej>7/10</t:NrFaKorygowanej>{number}</t:DaneFaKorygowanej>"""
OUTSIDE = "<t:NrKSeFN>1</t:NrKSeFN>"
INSIDE = "<t:NrKSeF>1</t:NrKSeF><t:NrKSeFFaKorygowanej>{number}</t:NrKSeFFaKorygowanej>"


def correcting(number: str, content: str = FOREIGN) -> str:
    return changed("<t:RodzajFaktury>VAT</t:RodzajFaktury>", CORRECTED.format(number=number), content)


def test_a_correction_names_what_it_corrects() -> None:
    found = reading(correcting(INSIDE.format(number="5265877635-20250826-0100001AF629-AF"))).invoice
    assert (found.bill.corrects_number, found.bill.correction_reason) == ("7/10", "zmiana po weryfikacji")
    assert found.correction
    assert found.correction.issued_on == date(2026, 10, 5)
    assert found.correction.effect is CorrectionEffect.WITH_CORRECTION
    assert str(found.correction.ksef_number) == "5265877635-20250826-0100001AF629-AF"


def test_a_corrected_invoice_may_be_from_outside_ksef() -> None:
    found = reading(correcting(OUTSIDE)).invoice
    assert found.correction
    assert found.correction.ksef_number is None


def test_a_number_with_a_wrong_check_sum_is_refused() -> None:
    found = refusal(correcting(INSIDE.format(number="5265877635-20250826-0100001AF629-AE")))
    assert found.code == "content-wrong"
    assert found.path == "/Faktura/Fa/DaneFaKorygowanej/NrKSeFFaKorygowanej"


def test_a_bill_corrects_one_bill() -> None:
    several = re.sub(
        r"(<t:DaneFaKorygowanej>.*</t:DaneFaKorygowanej>)", r"\1\1", correcting(OUTSIDE), flags=re.DOTALL
    )
    assert refusal(several).code == "element-repeated"


def row(number: int, units: str, amount: str, *, price: str = "2.00", before: bool = False) -> str:
    mark = "<t:StanPrzed>1</t:StanPrzed>" if before else ""
    return (
        f"<t:FaWiersz><t:NrWierszaFa>{number}</t:NrWierszaFa><t:P_7>Porada</t:P_7><t:Indeks>02.1100.001.02</t:Indeks>"
        f"<t:P_8A>punkt</t:P_8A><t:P_8B>{units}</t:P_8B><t:P_9A>{price}</t:P_9A><t:P_11>{amount}</t:P_11>"
        f"<t:P_12>zw</t:P_12>{mark}</t:FaWiersz>"
    )


def test_rows_before_and_after_become_their_difference() -> None:
    rows = "".join(
        (
            row(1, "10", "20.00", before=True),
            row(2, "7", "14.00"),
            row(3, "5", "5.00", price="1.00", before=True),
            row(4, "5", "5.00", price="1.00"),
            row(5, "3", "9.00", price="3.00", before=True),
            row(6, "3", "10.50", price="3.50"),
        )
    )
    content = re.sub(r"<t:FaWiersz>.*</t:FaWiersz>", rows, correcting(OUTSIDE), flags=re.DOTALL)
    lines = reading(content).invoice.bill.lines
    assert [(one.number, one.units, one.price, one.amount) for one in lines] == [
        (1, -3_0000, 200, -600),
        (2, -3_0000, 300, -900),
        (3, 3_0000, 350, 1050),
    ]
