"""What the fields, classes and enumerations of messages are called in the language of the commands.

Fields read in English as they are named in the code; here stand the Polish words. A test asks for every field that an
example of any message has, another for every enumeration that is shown of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

from rozlicz.cli.context import language, say
from rozlicz.documents.issuer import LEGAL_FORM_NAMES
from rozlicz.documents.kinds import BILL_KIND_NAMES
from rozlicz.documents.vat import EXEMPTION_NAMES
from rozlicz.kernel.texts import Text
from rozlicz.messages import contract_words
from rozlicz.messages.bill_replies import BillOutcome
from rozlicz.messages.declaration_replies import CATEGORY_NAMES
from rozlicz.messages.records.tables import Column, Table
from rozlicz.messages.spa_stays import SpaTreatment

_POLISH = """
no: nr | value: wartość | type: rodzaj | pl: po polsku | en: po angielsku | row: nr zapisu | line: wiersz pliku
number: numer | code: kod | name: nazwa | kind: rodzaj | version: wersja | deleted: usunięte | withdrawn: wycofane
value: wartość | amount: wartość | price: cena | units: liczba | unit_name: jednostka | month: miesiąc | year: rok
day: dzień | days: dni | date: data | of: zestaw | to: do | text: treść | reason: przyczyna | reasons: przyczyny
contract_month: umowa i miesiąc | list_month: miesiąc
valid_from: ważne od | valid_to: ważne do | date_from: od dnia | date_to: do dnia | since: od | until: do

contract: umowa | printed_code: kod na wydruku | original_code: kod pierwotny | annex: aneks
annexed_on: data aneksu | branch: oddział | kind_name: nazwa rodzaju | provider: świadczeniodawca
signed_on: data zawarcia | settlement_periods: okresy rozliczeniowe | first: pierwszy miesiąc | last: ostatni miesiąc
scope: zakres | scopes: zakresy | distinguisher: wyróżnik | settled_by: podstawa rozliczenia | plan: plan
plan_month: miesiąc planu | products: produkty | product: produkt | cells: komórki | cell: komórka | place: miejsce
unlimited: bez limitu | increases: zwiększenia planu | plan_increase: zwiększenie planu | rates: stawki | rate: stawka
groups: grupy | group: grupa | follows: zakresy źródłowe | coefficients: współczynniki | coefficient: współczynnik
contract_type: typ umowy | locations: miejsca | location: kod miejsca | financing: finansowanie
purposes: przeznaczenie środków | purpose: przeznaczenie | financing_document: dokument finansowania | dated: z dnia
weight: waga | min_age: wiek od | max_age: wiek do
max_multiplicity: największa krotność | referral_required: wymaga skierowania | use: sposób użycia
per: za co | variant: wariant | ward: oddział szpitalny | base: stawka bazowa
structure_share: ocena struktury | function_part: część funkcjonalna | persons: osoby | unit_product: produkt
legal_form: forma prawna | nip: NIP | regon: REGON | company_name: firma | form_of_business: forma działalności
address: adres | street: ulica | postal_code: kod pocztowy | town: miejscowość | document: dokument

positions: pozycje raportu | position: pozycja | set_type: rodzaj zestawu | patient_id_type: rodzaj id. pacjenta
patient_id: id. pacjenta | patient_country: państwo pacjenta | patient_sex: płeć | patient_birth_date: data urodzenia
patient_surname: nazwisko pacjenta | patient_first_name: imię pacjenta | service_id: id. świadczenia
service_version: wersja świadczenia | service_code: kod świadczenia | service: świadczenie
admission_mode: tryb przyjęcia | discharge_mode: tryb wypisu | diagnosis: rozpoznanie | diagnoses: rozpoznania
staff_id_type: rodzaj id. personelu | staff_id: id. personelu | referral_issuer: kierujący
referral_date: data skierowania | referral_number: nr skierowania | referral_unit: jednostka kierująca
referral_profession: zawód kierującego | entitlement: uprawnienie | entitlement_basis: podstawa uprawnienia
entitlement_document: dokument uprawnienia | entitlement_number: nr dokumentu uprawnienia
entitlement_country: państwo uprawnienia | entitlement_from: uprawnienie od | entitlement_to: uprawnienie do
entitlement_statement: rodzaj oświadczenia | actual_multiplicity: krotność faktyczna | multiplicity: krotność
country: państwo | sex: płeć | birth_date: data urodzenia | born_on: data urodzenia | surname: nazwisko
first_name: imię | id: identyfikator | id_type: rodzaj identyfikatora | person: osoba | patient: pacjent
basis: podstawa | issued_on: data wystawienia | issued_by: wystawca | issuing_person: osoba wystawiająca
system: system | statement_kind: rodzaj oświadczenia | declarer_document: dokument składającego
book_number: nr księgi głównej | admitted_on: data przyjęcia | discharged_on: data wypisu
admitted_at: godzina przyjęcia | discharged_at: godzina wypisu | admission_reason: powód przyjęcia
classification: klasyfikacja | stage: etap | infections: zakażenia | cause: przyczyna | procedures: procedury
procedure: procedura | continuation: kontynuacja leczenia | accommodation: zakwaterowanie
all_staff: cały personel | profession: zawód | cardiology: kardiologia | ejection_fraction: frakcja wyrzutowa
rehabilitation: rehabilitacja | months_since_onset: miesiące od zachorowania | nyha: NYHA | scale: skala
days_to_admission: dni do przyjęcia | assessments: oceny | examinations: badania | settled: rozliczone
reported_service: świadczenie | service_set: zestaw świadczeń | examination_set: zestaw badań
performed_on: data wykonania | reporting_period: okres sprawozdawczy

template: szablon | templates: szablony | template_set: szablony | template_line: pozycja szablonu | lines: pozycje
corrects: koryguje | issued_at: naliczono | calculated_by: proces naliczania | plan_number: nr planu
capitation: kapitacja | annual_rate: stawka roczna | counted_on: stan na | of_days: z dni
month_request: żądanie rozliczenia | repayment_request: żądanie planu spłaty | request: żądanie
request_refusal: odmowa rozliczenia | reply_finding: wynik

receipt: potwierdzenie | received_at: odebrano | sha256: skrót SHA-256 | report_generation: nr gen. raportu
reply_summary: podsumowanie | accepted: przyjęte | rejected: odrzucone | accepted_value: wartość przyjętych
rejected_value: wartość odrzuconych | reply_position: pozycja | reply_finding: wynik | findings: wyniki
severity: waga | message: co jest nie tak | remedy: co zrobić | path: miejsce | code: kod | field: pole

bill: rachunek | paper_bill: rachunek papierowy | bill_type: typ rachunku | bill_line: pozycja rachunku
sold_on: data sprzedaży | issuer: wystawca | buyer: nabywca | recipient: odbiorca | bank_account: rachunek bankowy
vat_exemption: zwolnienie z VAT | corrects_number: koryguje rachunek | correction_reason: przyczyna korekty
attachments: załączniki | attachment_reference: załącznik | file_name: nazwa pliku | pkwiu: PKWiU
answered_bill: rachunek | bill_result: wynik | payment_days: zapłata | missing_parts: braki
bill_reply: odpowiedź | outcome: wynik | payment: zapłata | delivered_on: doręczono
regular_day: zwykły termin | completed_on: uzupełniono | last_day: ostatni dzień | missing: braki | parts: części
days_after_completion: dni od uzupełnienia | complete_by: uzupełnić do | document_number: nr dokumentu
ksef_invoice: faktura KSeF | made_at: wytworzono | program: program | recipient_id: id. odbiorcy
ksef_details: dane KSeF | corrects_issued_on: korygowana z dnia | corrects_ksef_number: koryguje nr KSeF
correction: korekta | ksef_number: nr KSeF | effect: skutek | lacking: braki | invoice: faktura
signature: podpis | signer: podpisujący | serial: nr certyfikatu | signed_at: podpisano | references: obejmuje
fault: wada | rooted: zaufany

declaration_list: lista deklaracji | category: kategoria | reported_declaration: deklaracja | declaration: deklaracja
made_on: data złożenia | professional: osoba wybrana | ends_on: koniec | choice: wybór | fee_paid: opłata
document_country: państwo dokumentu | residence: dom opieki | facility: placówka | certificates: zaświadczenia
voluntary_insurance: ubezpieczenie dobrowolne | school_regon: REGON szkoły | school_nip: NIP szkoły
faults: wady | lists_reply: odpowiedź | lists: listy | list_result: lista | wrong_declaration: deklaracja błędna
unrecognised_declaration: deklaracja nierozpoznana | population: populacja | counts: liczby
provisional_from: wstępne od | group_count: grupa | certificate_holders: z zaświadczeniem
certificate_holder: osoba z zaświadczeniem | aggregate_report: sprawozdanie zbiorcze | sets: zestawy
aggregate_set: zestaw | aggregate_count: liczba | item: pozycja | setting: miejsce udzielenia
entitled_as: uprawnieni jako | services: świadczenia

supply_position: zaopatrzenie | supply: zaopatrzenie | service_code: kod świadczenia | accepted_on: przyjęto
handed_over: wydano | pesel: PESEL | additional_entitlements: uprawnienia dodatkowe | order: zlecenie
device: wyrób | side: strona | quantity: liczba | serial_number: nr seryjny | monthly: zaopatrzenie miesięczne
part: część | first_month: pierwszy miesiąc | last_month: ostatni miesiąc | settlement: rozliczenie
limit: limit | share: udział | due: do zapłaty | own_share: dopłata własna | over_limit: ponad limit
paper_number: nr papierowy | issuer_type: rodzaj wystawcy | confirmation: potwierdzenie
confirmed_on: data potwierdzenia | right: prawo | institution: instytucja | supply_result: wynik

stay_report: sprawozdanie z pobytów | stay: pobyt | stays: pobyty | period: okres | round: turnus
outpatient_month: miesiąc ambulatoryjny | treatment: leczenie | begins_on: początek | begins_at: początek
ends_at: koniec | referral: skierowanie | confirmed_by: potwierdził | arrived_on: przyjazd | absences: nieobecności
consent: zgoda | given_by: wyraził | capacity: jako | given_at: wyrażono | rooms: pokoje | first_day: od dnia
exemption: zwolnienie | ground: podstawa | statement_number: nr oświadczenia | stated_on: data oświadczenia
proofs: dokumenty | guardians: opiekunowie | exchange_offer: oferta z giełdy | count: liczba
spa_notices: zawiadomienia | spa_notice: zawiadomienie | notices: zawiadomienia | planned_from: planowany od
planned_to: planowany do | happened_on: data zdarzenia | round_number: nr turnusu | documents: dokumenty
offer_of_places: oferta miejsc | places: miejsca | no_shows: niezgłoszenia | spa_reply: odpowiedź | results: wyniki
spa_result: wynik | record: zapis | person_days: osobodni

preventive_examination: badanie profilaktyczne | programme: program | performer: wykonujący | state: stan
result_on: data wyniku | result: wynik | second_visit_on: druga wizyta | approval: zatwierdzenie
approved_at: zatwierdzono | approved_by: zatwierdził | answers: ankieta | card_answer: odpowiedź
question: pytanie | answer: odpowiedź | billed_examination: badanie na rachunku | prevention_bill: rachunek
"""
_ACRONYMS = {"nip", "regon", "pesel", "pkwiu", "nyha", "ksef", "vat", "pl", "en", "id", "sha256"}

WORDS: dict[str, str] = {
    name.strip(): words.strip()
    for entry in _POLISH.replace("\n", "|").split("|")
    for name, _, words in [entry.partition(":")]
    if words
}


_BILL_OUTCOMES = {
    BillOutcome.ACCEPTED: Text(pl="przyjęty", en="accepted"),
    BillOutcome.INCOMPLETE: Text(pl="niekompletny", en="incomplete"),
    BillOutcome.REFUSED: Text(pl="odrzucony", en="refused"),
}
_SPA_TREATMENTS = {
    SpaTreatment.SPA_HOSPITAL: Text(pl="szpital uzdrowiskowy", en="spa hospital"),
    SpaTreatment.SANATORIUM: Text(pl="sanatorium uzdrowiskowe", en="sanatorium"),
    SpaTreatment.REHABILITATION_IN_SPA_HOSPITAL: Text(
        pl="rehabilitacja w szpitalu uzdrowiskowym", en="rehabilitation in a spa hospital"
    ),
    SpaTreatment.REHABILITATION_IN_SANATORIUM: Text(
        pl="rehabilitacja w sanatorium uzdrowiskowym", en="rehabilitation in a sanatorium"
    ),
    SpaTreatment.OUTPATIENT_ADULTS: Text(pl="ambulatoryjne dorosłych", en="outpatient, adults"),
    SpaTreatment.OUTPATIENT_CHILDREN: Text(pl="ambulatoryjne dzieci", en="outpatient, children"),
}

_MEMBERS: tuple[Mapping[Any, Text], ...] = (
    LEGAL_FORM_NAMES,
    BILL_KIND_NAMES,
    EXEMPTION_NAMES,
    CATEGORY_NAMES,
    contract_words.SETTLED_BY,
    contract_words.COEFFICIENT_USE,
    contract_words.RATE_PER,
    contract_words.PERSON_GROUP,
    contract_words.FINANCING_KIND,
    contract_words.PLAN_KIND,
    contract_words.CALCULATED_BY,
    _BILL_OUTCOMES,
    _SPA_TREATMENTS,
)
_MEMBERS_OF: dict[type, Mapping[Any, Text]] = {type(next(iter(words))): words for words in _MEMBERS}
"""By class: members of different enumerations that have the same value are equal to each other."""


def member_words(member: Enum) -> Text | None:
    """A member of an enumeration in words; None when it has none but its code."""
    return _MEMBERS_OF.get(type(member), {}).get(member)


def label(*path: str) -> str:
    """The fields that lead to a value, as a person reads them: `Wystawca, adres, miejscowość`.

    A word that the one before it has said already is left out: `Świadczenie, rozpoznania`.
    """
    words: list[str] = []
    for word in map(_word, path):
        if not words or word != words[-1]:
            words.append(word)
    told = ", ".join(words)
    return told[:1].upper() + told[1:]


def column_title(column: Column) -> str:
    """The title of a column, with what its numbers count."""
    money = column.decimals is not None and column.decimals.unit == "PLN"
    return label(*column.path) + (say(" (zł)", " (PLN)") if money else "")


def table_title(table: Table) -> str:
    """The title of a table: what one row of it is."""
    return label(*table.path)


def _word(name: str) -> str:
    if language() == "pl" and name in WORDS:
        return WORDS[name]
    return " ".join(part.upper() if part in _ACRONYMS else part for part in name.split("_"))
