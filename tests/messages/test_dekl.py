"""Reports of declarations come back as they were written; what is wrong with one never stops the others."""

import io
import tracemalloc
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.kernel.identifiers import is_pesel
from rozlicz.kernel.months import Month
from rozlicz.messages.declarations import Category, Declaration, DeclarationList, ReportedDeclaration
from rozlicz.messages.dekl import DeclarationReader
from rozlicz.messages.dekl.writer import write_dekl
from rozlicz.messages.header import new_header
from rozlicz.messages.persons import EntitlementDocument, Person, PersonIdType
from rozlicz.messages.wire.header_checks import check_header
from rozlicz.messages.wire.limits import MIB, Limits
from rozlicz.messages.wire.refusals import MessageRefused
from tests.messages import strategies_primary_care as some
from tests.messages.schemas import assert_published

AT = datetime(2026, 11, 6, 12, 0)
LONG = "05999999-AAAAAAAAAAAAAAAAAAAA"
HEADER = new_header(
    kind="DEKL", receiver="05", sender="059901", installation=LONG, generation=7, generated_at=AT
)
NOVEMBER = Month(2026, 11)
PHYSICIANS = DeclarationList(contract="05/1", month=NOVEMBER, category=Category.PHYSICIAN, version=1)
SCHOOL = DeclarationList(contract="05/1", month=NOVEMBER, category=Category.SCHOOL_MEDICINE, version=2)


def declaration(number: int, **changes) -> Declaration:
    values = {
        "id": f"D{number}",
        "made_on": date(2026, 9, 1),
        "person": Person(id_type=PersonIdType.PESEL, id="58030201016"),
        "professional": "5400011",
        "place": "0599-M1",
        "cell": "0599-010",
    }
    return Declaration(**(values | changes))


CHILD = declaration(
    3,
    person=Person(id_type=PersonIdType.OTHER_DOCUMENT, id="UA-42", born_on=date(2015, 12, 24)),
    document_country="UA",
    school_regon="990000101",
    school_nip="9990000103",
)
HOLDER = declaration(2, certificates=(EntitlementDocument(kind="S1", number="05/S1/1", country="DE"),))


def written(*lists: tuple[DeclarationList, tuple[Declaration, ...]], header=HEADER) -> bytes:
    target = io.BytesIO()
    write_dekl(lists, contract="05/1", month=NOVEMBER, header=header, target=target)
    return target.getvalue()


REPORT = written((PHYSICIANS, (declaration(1), HOLDER)), (SCHOOL, (CHILD,))).decode()


def read(text: str) -> list[ReportedDeclaration]:
    return list(DeclarationReader(io.BytesIO(text.encode())))


# ---- whatever is written is read back ------------------------------------------------------------------------------


@pytest.mark.slow
@settings(max_examples=60)
@given(some.reports(), some.report_headers("DEKL"), st.booleans())
def test_a_report_comes_back(report, header, zipped) -> None:
    contract, month, lists = report
    target = io.BytesIO()
    write_dekl(
        ((of, iter(found)) for of, found in lists),
        contract=contract,
        month=month,
        header=header,
        target=target,
        zipped=zipped,
    )
    with DeclarationReader(target) as reader:
        assert (reader.header, reader.contract, reader.month) == (header, contract, month)
        found = list(reader)
        assert reader.lists == tuple(of for of, _ in lists)
        assert not reader.unread
    assert [(one.of, one.declaration) for one in found] == [
        (of, written) for of, declarations in lists for written in declarations
    ]
    assert all(not one.faults and one.id == one.declaration.id for one in found)
    assert_published(target, "DEKL")


def test_a_list_without_declarations_is_a_list() -> None:
    reader = DeclarationReader(io.BytesIO(written((PHYSICIANS, ()))))
    assert list(reader) == []
    assert reader.lists == (PHYSICIANS,)


def test_a_declaration_knows_its_line() -> None:
    lines = REPORT.split("\n")
    assert [f'<deklaracja id-dekl="{one.id}"' in lines[one.line - 1] for one in read(REPORT)] == [True] * 3


@pytest.mark.parametrize(
    ("lists", "why"),
    [
        ((), "at least one list"),
        (((replace(PHYSICIANS, contract="05/2"), ()),), "does not belong"),
        (((replace(PHYSICIANS, month=Month(2026, 12)), ()),), "does not belong"),
        (((PHYSICIANS, ()), (replace(PHYSICIANS, version=2), ())), "does not belong"),
        (((PHYSICIANS, (declaration(1, person=Person(id_type=PersonIdType.UNKNOWN, id="1")),)),), "NN"),
    ],
)
def test_what_is_no_report_is_not_written(lists, why) -> None:
    with pytest.raises(ValueError, match=why):
        written(*lists)


# ---- one wrong declaration -----------------------------------------------------------------------------------------

RECORD = "/komunikat/swiadczeniodawca/umowa/lista-dekl/deklaracja"
PERSON = f"{RECORD}/pacjent-dekl"
IDENTIFIER = f"{PERSON}/id-pacj-dekl"
OTHER = f"{IDENTIFIER}/nfz:ident-pacj-inny"

# what is changed into what, the declaration's number from 0, code of the fault, path, what its sentence names
FAULTS = [
    ('id-dekl="D1" ', "", 0, "attribute-missing", RECORD, "id-dekl"),
    ('id-dekl="D1"', 'id-dekl=""', 0, "attribute-wrong", RECORD, "id-dekl"),
    ('data-zloz="2026-09-01"', 'data-zloz="01.09.2026"', 0, "attribute-wrong", RECORD, "01.09.2026"),
    ('data-zloz="2026-09-01"', 'data-zloz="2026-02-30"', 0, "attribute-wrong", RECORD, "2026-02-30"),
    ('nr-wyboru="1"', 'nr-wyboru="0"', 0, "attribute-wrong", RECORD, "nr-wyboru"),
    ('nr-wyboru="1"', 'oplata="tak"', 0, "attribute-wrong", RECORD, "oplata"),
    ('<personel-dekl typ="1" wartosc="5400011"/>', "", 0, "element-missing", RECORD, "personel-dekl"),
    ('typ="1" wartosc', 'typ="2" wartosc', 0, "attribute-wrong", f"{RECORD}/personel-dekl", "typ"),
    (' nfz:kod-miejsca="0599-M1"', "", 0, "attribute-missing", f"{RECORD}/kom-org", "nfz:kod-miejsca"),
    ('pesel="58030201016"', "", 0, "person-alternatives", IDENTIFIER, "0"),
    ("pesel=", 'pesel-opiekuna="58030201016" pesel=', 0, "person-alternatives", IDENTIFIER, "2"),
    ("pesel=", "pesel-opiekuna=", 0, "attribute-missing", PERSON, "data-ur"),
    ("<pacjent-dekl>", '<pacjent-dekl plec="X">', 0, "attribute-wrong", PERSON, "plec"),
    ('numer="05/S1/1" ', "", 1, "attribute-missing", f"{RECORD}/of-dokument", "numer"),
    ('typ-dok="I"', 'typ-dok="P"', 2, "attribute-wrong", OTHER, "typ-dok"),
    ('panstwo-dok="UA"', 'panstwo-dok="DE"', 2, "other-document", OTHER, "UA"),
    (' data-ur="2015-12-24"', "", 2, "attribute-missing", PERSON, "data-ur"),
]


@pytest.mark.parametrize(("before", "after", "wrong", "code", "path", "named"), FAULTS)
def test_a_fault_belongs_to_its_declaration(
    before: str, after: str, wrong: int, *, code: str, path: str, named: str
) -> None:
    assert before in REPORT
    changed = REPORT.replace(before, after, 1)
    found = read(changed)
    assert [bool(one.faults) for one in found] == [number == wrong for number in range(3)]
    assert [one.declaration is None for one in found] == [number == wrong for number in range(3)]
    (fault,) = found[wrong].faults
    assert (fault.code, fault.path) == (code, path)
    assert named in fault.text.pl
    assert named in fault.text.en
    tag = path.rpartition("/")[2]
    assert f"<{tag}" in changed.split("\n")[fault.line - 1]


def test_another_document_is_for_school_medicine_only() -> None:
    [fault] = read(REPORT.replace('kategoria="M"', 'kategoria="P"'))[2].faults
    assert fault.code == "other-document"


def test_all_faults_of_a_declaration_come_at_once() -> None:
    changed = REPORT.replace('data-zloz="2026-09-01"', "", 1).replace('wartosc="5400011"', "", 1)
    changed = changed.replace("<id-pacj-dekl pesel=", "<id-pacj-dekl x=", 1)
    first, *others = read(changed)
    assert sorted(fault.code for fault in first.faults) == [
        "attribute-missing",
        "attribute-missing",
        "person-alternatives",
    ]
    assert not any(one.faults for one in others)


# ---- what nobody reads ---------------------------------------------------------------------------------------------


def test_what_a_declaration_does_not_know_is_told() -> None:
    changed = (
        REPORT.replace('nr-wyboru="1"', 'nr-wyboru="1" nowe="1"', 1)
        .replace("<personel-dekl", "<nieznany a='1'/><personel-dekl", 1)
        .replace("<pacjent-dekl>", '<pacjent-dekl nfz:adres="x">tekst', 1)
        .replace('nip="', 'klasa="2a" nip="', 1)
        .replace('<szkola regon="990000101"/>', '<szkola regon="990000101"/><szkola regon="990000102"/>', 1)
        .replace('okres="2026-11"', 'okres="2026-11" rok="2026"', 1)
        .replace('nr-wersji="1"', 'nr-wersji="1" liczba="2"', 1)
    )
    with DeclarationReader(io.BytesIO(changed.encode())) as reader:
        found = list(reader)
        assert [one.declaration for one in found] == [declaration(1), HOLDER, CHILD]
        assert set(reader.unread) == {
            "deklaracja/@nowe",
            "deklaracja/nieznany",
            "pacjent-dekl/@nfz:adres",
            "pacjent-dekl/text()",
            "nfz:ident-pacj-inny/@klasa",
            "szkola[2]",
            "szkola/@regon",
            "umowa/@rok",
            "lista-dekl/@liczba",
        }


# ---- what is no report ---------------------------------------------------------------------------------------------

CONTRACT = "/komunikat/swiadczeniodawca/umowa"
LIST = f"{CONTRACT}/lista-dekl"
REFUSED = [
    ('typ="DEKL"', 'typ="SWIAD"', "kind", "/komunikat", "SWIAD"),
    (' kod-umowy="05/1"', "", "attribute-missing", CONTRACT, "kod-umowy"),
    ('okres="2026-11"', 'okres="2026-13"', "attribute-wrong", CONTRACT, "2026-13"),
    ('kategoria="L"', 'kategoria="X"', "attribute-wrong", LIST, "L, P, O, M, K"),
    ('nr-wersji="1"', 'nr-wersji="0"', "attribute-wrong", LIST, "nr-wersji"),
    (' nr-wersji="1"', "", "attribute-missing", LIST, "nr-wersji"),
    ('kategoria="M"', 'kategoria="L"', "record-repeated", LIST, "L"),
    ("</umowa>", '</umowa><umowa kod-umowy="x" okres="2026-11"/>', "element-repeated", CONTRACT, "umowa"),
]


@pytest.mark.parametrize(("before", "after", "code", "path", "named"), REFUSED)
def test_without_contract_month_category_and_version_nothing_is_read(
    before, after, code, path, named
) -> None:
    assert before in REPORT
    with pytest.raises(MessageRefused) as raised:
        read(REPORT.replace(before, after, 1))
    assert (raised.value.code, raised.value.path) == (code, path)
    assert named in raised.value.text.pl
    assert raised.value.line is not None


@pytest.mark.parametrize(
    ("inside", "missing"), [("", "umowa"), ('<umowa kod-umowy="1" okres="2026-11"/>', "lista-dekl")]
)
def test_a_report_without_a_list_is_refused(inside, missing) -> None:
    begin = REPORT[: REPORT.index("<umowa")]
    with pytest.raises(MessageRefused) as raised:
        read(f"{begin}{inside}</swiadczeniodawca></komunikat>")
    assert raised.value.code == "element-missing"
    assert missing in raised.value.text.pl


def test_more_declarations_than_allowed_are_refused() -> None:
    with pytest.raises(MessageRefused, match="more than 2"):
        list(DeclarationReader(io.BytesIO(REPORT.encode()), limits=Limits(max_records=2)))


@pytest.mark.slow
def test_memory_stays_flat(tmp_path) -> None:
    path = tmp_path / "deklaracje.pdx"
    many = (declaration(number) for number in range(15_000))
    write_dekl([(PHYSICIANS, many)], contract="05/1", month=NOVEMBER, header=HEADER, target=path)
    assert path.stat().st_size > 4 * MIB
    tracemalloc.start()
    try:
        assert sum(one.declaration is not None for one in DeclarationReader(path)) == 15_000
        assert tracemalloc.get_traced_memory()[1] < 2 * MIB
    finally:
        tracemalloc.stop()


# ---- its header ----------------------------------------------------------------------------------------------------


def refusals(header) -> list[str]:
    return [
        refusal.code
        for refusal in check_header(
            header,
            branch="05",
            provider="059901",
            installation_long=LONG,
            installation_short="05999999",
            last_generation=6,
            now=AT,
            expected_kind=header.kind,
        )
    ]


@pytest.mark.parametrize("kind", ["DEKL", "ZBPOZ"])
def test_a_right_header_is_accepted(kind: str) -> None:
    header = new_header(
        kind=kind, receiver="05", sender="059901", installation=LONG, generation=7, generated_at=AT
    )
    assert refusals(header) == []
    assert refusals(replace(header, provider="059902", short_installation="1")) == [
        "header-provider",
        "header-short-installation",
    ]


@pytest.mark.parametrize(("version", "detailed"), [("5", "1.6"), ("5", "1.5"), ("4", "1.7"), ("6", "1.0")])
def test_another_version_than_5_1_7_is_refused(version: str, detailed: str) -> None:
    """The Fund's error 138."""
    assert refusals(replace(HEADER, version=version, detailed_version=detailed)) == ["header-version"]


def test_the_persons_of_the_tests_are_possible() -> None:
    assert all(is_pesel(one.person.id) for one in (declaration(1), HOLDER))
