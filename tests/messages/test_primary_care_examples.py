"""The examples of primary care: one story from the lists to the numbers (R24–R27)."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from rozlicz.kernel.identifiers import is_nip, is_pesel, is_regon
from rozlicz.messages.declaration_replies import ListsReply
from rozlicz.messages.declarations import Category, Declaration, ReportedDeclaration
from rozlicz.messages.dekl import DeclarationReader
from rozlicz.messages.dekl.replies import (
    ConfirmationReader,
    PopulationReader,
    UnrecognisedReader,
)
from rozlicz.messages.persons import PersonIdType
from rozlicz.messages.umx import read_umx
from rozlicz.messages.wire.envelope import sha256_of

EXAMPLES = Path(__file__).parents[2] / "examples"
REPORTS = ["deklaracje-krotkie.pdx", "deklaracje.pdx"]


def reported(name: str) -> list[ReportedDeclaration]:
    with DeclarationReader(EXAMPLES / name) as reader:
        found = list(reader)
        assert not reader.unread
    return found


def declared(name: str) -> dict[tuple[Category, str], Declaration]:
    return {(one.of.category, one.id): one.declaration for one in reported(name)}


@pytest.mark.parametrize("name", REPORTS)
def test_persons_and_institutions_have_right_numbers(name: str) -> None:
    wrong = {key for key in declared(name) if key not in good(name)}
    for key, one in declared(name).items():
        if one.person.id_type in {PersonIdType.PESEL, PersonIdType.INFANT}:
            assert is_pesel(one.person.id) == (key not in wrong)
        assert not one.school_nip or is_nip(one.school_nip)
        assert not one.school_regon or is_regon(one.school_regon)
        assert one.residence is None or is_regon(one.residence.regon)


# ---- the replies answer the report ---------------------------------------------------------------------------------


def reply_to(name: str, of: str) -> Path:
    short = "-krotkie" if "krotkie" in name else ""
    return EXAMPLES / {"p": f"potwierdzenie{short}.pzp", "w": f"nierozpoznane{short}.pzw"}[of]


def heads(name: str) -> list[ListsReply]:
    numbers = EXAMPLES / name.replace("deklaracje", "liczby").replace(".pdx", ".pzr")
    readers = (
        ConfirmationReader(reply_to(name, "p")),
        UnrecognisedReader(reply_to(name, "w")),
        PopulationReader(numbers),
    )
    return [reader.head for reader in readers]


def good(name: str) -> set[tuple[Category, str]]:
    wrong = {(one.category, one.id) for one in ConfirmationReader(reply_to(name, "p"))}
    return declared(name).keys() - wrong


def recognised(name: str) -> set[tuple[Category, str]]:
    return good(name) - {(one.category, one.id) for one in UnrecognisedReader(reply_to(name, "w"))}


@pytest.mark.parametrize("name", REPORTS)
def test_every_reply_answers_the_report(name: str) -> None:
    with DeclarationReader(EXAMPLES / name) as reader:
        sent = Counter(one.of.category for one in reader)
        versions = {of.category: of.version for of in reader.lists}
        for head in heads(name):
            assert head.receipt.sha256 == sha256_of(EXAMPLES / name)
            assert head.receipt.report_generation == reader.header.generation
            assert (head.contract, head.month) == (reader.contract, reader.month)
            assert {one.category: one.version for one in head.lists} == versions
    confirmed, verified, numbers = heads(name)
    assert {one.category: one.accepted + one.rejected for one in confirmed.lists} == sent
    assert {one.category: one.accepted for one in confirmed.lists} == Counter(c for c, _ in good(name))
    assert {one.category: one.accepted for one in verified.lists} == Counter(c for c, _ in recognised(name))
    assert numbers.lists == verified.lists
    assert verified.counted_on == numbers.counted_on == numbers.month.first_day


@pytest.mark.parametrize("name", REPORTS)
def test_replies_name_the_line_of_the_declaration(name: str) -> None:
    lines = {(one.of.category, one.id): one.line for one in reported(name)}
    for reader in (ConfirmationReader(reply_to(name, "p")), UnrecognisedReader(reply_to(name, "w"))):
        assert all(lines[one.category, one.id] == one.line for one in reader)


# ---- the numbers follow from the lists -----------------------------------------------------------------------------

PHYSICIANS = {"01": (0, 6), "02": (7, 19), "03": (20, 39), "04": (40, 65), "05": (66, 75), "06": (76, 200)}
"""Groups by completed years on the first day of the month; residents are group 07 (definition of R24's groups)."""


def age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def group_of(one: Declaration, on: date) -> str:
    if one.residence is not None:
        return "07"
    born = one.person.birth_date
    assert born is not None
    return next(code for code, (low, high) in PHYSICIANS.items() if low <= age(born, on) <= high)


@pytest.mark.parametrize("name", REPORTS)
def test_the_numbers_are_those_of_the_recognised_declarations(name: str) -> None:
    reader = PopulationReader(EXAMPLES / name.replace("deklaracje", "liczby").replace(".pdx", ".pzr"))
    on = reader.head.month.first_day
    everyone = declared(name)
    counted = {key: everyone[key] for key in recognised(name)}
    physicians = [one for (category, _), one in counted.items() if category is Category.PHYSICIAN]
    expected = Counter(f"5.01.00.00001{group_of(one, on)}" for one in physicians)
    assert expected == {
        one.group: one.persons for one in reader.population.counts if one.category is Category.PHYSICIAN
    }
    assert Counter(category for category, _ in counted) == _sums(reader)
    holders = {(one.category, one.declaration) for one in reader}
    assert holders == {key for key, one in counted.items() if one.certificates}
    assert sum(one.certificate_holders for one in reader.population.counts) == len(holders)


def _sums(reader: PopulationReader) -> Counter[Category]:
    sums: Counter[Category] = Counter()
    for one in reader.population.counts:
        sums[one.category] += one.persons
    return sums


def test_persons_stand_on_both_sides_of_every_border_of_the_groups() -> None:
    on = date(2026, 11, 1)
    ages = [
        (one.person.birth_date, age(one.person.birth_date, on))
        for one in declared("deklaracje.pdx").values()
        if one.person.birth_date is not None
        and (one.person.birth_date.month, one.person.birth_date.day) in {(11, 1), (11, 2)}
    ]
    assert {years for _, years in ages} == {6, 7, 19, 20, 39, 40, 65, 66, 75, 76}


def test_groups_and_places_are_those_of_the_contract() -> None:
    scope = read_umx(EXAMPLES / "umowa-poz.umx")[1].scopes[0]
    groups = {group.code: (group.name, group.coefficient) for group in scope.groups}
    for name in ("liczby-krotkie.pzr", "liczby.pzr"):
        for one in PopulationReader(EXAMPLES / name).population.counts:
            if one.category is Category.PHYSICIAN:
                assert (one.scope, one.distinguisher) == (scope.code, scope.distinguisher)
                assert groups[one.group] == (one.name, one.coefficient)
    cells = {(cell.location, cell.code) for cell in scope.cells}
    for (category, _), one in declared("deklaracje.pdx").items():
        assert category is not Category.PHYSICIAN or (one.place, one.cell) in cells
