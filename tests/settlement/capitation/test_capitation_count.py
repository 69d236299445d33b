"""R25–R27: who is counted for a month: alive, entitled, by the newest valid declaration, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.kernel.branches import PostalAddress
from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import Location
from rozlicz.messages.declaration_replies import UnrecognisedReason
from rozlicz.messages.declarations import Category, ReportedDeclaration
from rozlicz.messages.persons import EntitlementDocument, Person, PersonIdType
from rozlicz.settlement.capitation.people import Choice, KnownPerson, choice_of, person_key
from tests.settlement.capitation.clinic import (
    FLUORIDE,
    MARCH,
    NURSE,
    PHYSICIAN,
    contract_of,
    counted,
    declared,
    following,
    group,
    heads_of,
    scope,
)

F = MARCH.first_day
BOTH = {Category.PHYSICIAN: PHYSICIAN, Category.NURSE: NURSE}


def reasons(count) -> list[UnrecognisedReason]:
    return [one.reason for one in count.unrecognised]


@pytest.mark.parametrize(
    ("made_on", "persons"),
    [
        pytest.param(date(2026, 3, 1), 1, id="CG-09 R25 declared on day 1"),
        pytest.param(date(2026, 3, 2), 0, id="CG-09 R25 declared on day 2"),
    ],
)
def test_the_state_of_the_first_day_counts(made_on, persons):
    count = counted(declared(made_on=made_on))
    assert count.population.persons == persons
    assert reasons(count) == [UnrecognisedReason.TOO_LATE] * (1 - persons)


@pytest.mark.parametrize(
    ("ends_on", "persons"), [(date(2026, 2, 28), 0), (date(2026, 3, 1), 1), (date(2026, 3, 15), 1)]
)
def test_a_declaration_counts_up_to_its_last_day(ends_on, persons):
    assert counted(declared(ends_on=ends_on)).population.persons == persons


@pytest.mark.parametrize(("died_on", "persons"), [(date(2026, 2, 28), 0), (date(2026, 3, 1), 1)])
def test_who_died_before_the_first_day_is_not_counted(died_on, persons):
    """R25: alive on the first day; who died on that day was (policy)."""
    count = counted(declared(), died_on=died_on)
    assert count.population.persons == persons
    assert [one.since for one in count.unrecognised] == [died_on] * (1 - persons)


def test_who_is_not_entitled_is_not_counted():
    count = counted(declared(), entitled=False)
    assert not count.population.counts
    assert reasons(count) == [UnrecognisedReason.NO_RIGHT]


def test_whom_the_fund_does_not_know_is_not_counted():
    assert reasons(counted(declared(), known={})) == [UnrecognisedReason.UNKNOWN_PERSON]


def test_only_the_newest_declaration_of_a_person_counts():
    """R25: nobody is counted twice; the older one is told as repeated."""
    older = declared(code="D1", person="P", made_on=date(2020, 1, 1))
    newer = declared(code="D2", person="P", made_on=date(2024, 1, 1), line=2)
    for order in ((older, newer), (newer, older)):
        count = counted(*order)
        assert count.population.persons == 1
        assert [(one.id, one.reason) for one in count.unrecognised] == [("D1", UnrecognisedReason.REPEATED)]


def test_an_ended_newer_declaration_leaves_the_older_one():
    older = declared(code="D1", person="P", made_on=date(2020, 1, 1))
    ended = declared(code="D2", person="P", made_on=date(2024, 1, 1), ends_on=date(2025, 1, 1))
    count = counted(older, ended)
    assert count.population.persons == 1
    assert [one.id for one in count.unrecognised] == ["D2"]


@pytest.mark.parametrize(
    ("elsewhere", "persons"),
    [
        (date(2019, 12, 31), 1),
        (date(2020, 1, 2), 0),
        (date(2026, 3, 1), 0),
        (date(2026, 3, 2), 1),
    ],
)
def test_a_newer_choice_with_another_provider_takes_the_person_there(elsewhere, persons):
    other = Choice(elsewhere, 1, "05/other", "X")
    count = counted(declared(), elsewhere={Category.PHYSICIAN: other})
    assert count.population.persons == persons
    assert reasons(count) == [UnrecognisedReason.NEWER_CHOICE] * (1 - persons)


def test_a_choice_of_another_category_takes_nobody():
    other = Choice(date(2025, 1, 1), 1, "05/other", "X")
    assert counted(declared(), elsewhere={Category.NURSE: other}).population.persons == 1


def test_a_person_may_be_on_the_lists_of_physician_and_nurse():
    contract = contract_of(scope(), scope(NURSE, groups=(group("PIEL", 10_000),)))
    count = counted(
        declared(code="D1", person="P"),
        declared(code="D2", person="P", category=Category.NURSE),
        contract=contract,
        scopes=BOTH,
    )
    assert heads_of(count) == {"LEK-40-65": 1, "PIEL": 1}


def test_a_category_without_a_scope_or_groups_is_not_counted():
    count = counted(declared(category=Category.MIDWIFE))
    assert reasons(count) == [UnrecognisedReason.NOT_IN_CONTRACT]
    contract = contract_of(scope(), scope(NURSE))
    count = counted(declared(category=Category.NURSE), contract=contract, scopes=BOTH)
    assert reasons(count) == [UnrecognisedReason.OTHER]


def test_a_place_outside_the_contract_is_not_counted():
    """R63: services outside the contract are not settled."""
    place = Location(
        code="M1", name="Filia", address=PostalAddress(street="x", postal_code="90-001", town="Łódź")
    )
    contract = contract_of()
    assert counted(declared(), contract=replace(contract, locations=(place,))).population.persons == 1
    elsewhere = replace(contract, locations=(replace(place, code="M2"),))
    assert reasons(counted(declared(), contract=elsewhere)) == [UnrecognisedReason.NOT_IN_CONTRACT]


def test_without_a_day_of_birth_nobody_is_put_into_a_group():
    for born in (None, F + timedelta(days=1)):
        count = counted(declared(born))
        assert not count.population.counts
        assert "dat" in count.unrecognised[0].findings[0].message.pl


def test_a_faulty_declaration_is_passed_over_and_stops_nothing():
    right = declared()
    faulty = ReportedDeclaration(of=right.of, line=2, id="", declaration=None)
    count = counted(faulty, right)
    assert count.population.persons == 1
    assert not count.unrecognised


def test_twins_known_by_a_parents_pesel_are_two_persons():
    parent = Person(id_type=PersonIdType.INFANT, id="44051499774", born_on=date(2026, 1, 5), first_name="Ala")
    twins = []
    for n, name in enumerate(("Ala", "Ola")):
        one = declared(code=f"T{n}")
        assert one.declaration
        child = replace(one.declaration, person=replace(parent, first_name=name))
        twins.append(replace(one, declaration=child))
    assert heads_of(counted(*twins)) == {"LEK-0-6": 2}


def test_the_state_of_a_document_tells_persons_apart_but_not_those_with_pesel():
    for id_type, persons in ((PersonIdType.PASSPORT, 2), (PersonIdType.PESEL, 1)):
        person = Person(id_type=id_type, id="44051499774", born_on=date(1944, 5, 14))
        rows = [
            replace(row, declaration=replace(row.declaration, person=person))
            for row in (declared(code="D1"), declared(code="D2", document_country="UA"))
            if row.declaration
        ]
        assert counted(*rows).population.persons == persons


def test_certificate_holders_are_counted_inside_and_listed():
    """R57: persons insured in another state are in the collective numbers, listed one by one."""
    valid = EntitlementDocument(kind="S1", number="1", country="DE", valid_from=date(2025, 1, 1))
    ended = replace(valid, valid_to=date(2026, 2, 28))
    count = counted(
        declared(code="D1", certificates=(ended, valid)),
        declared(code="D2", certificates=(ended,)),
        declared(code="D3"),
        entitled=True,
    )
    assert [(c.persons, c.certificate_holders) for c in count.population.counts] == [(3, 1)]
    assert [(h.declaration, h.document, h.group) for h in count.certificate_holders] == [
        ("D1", valid, "LEK-40-65")
    ]


def test_a_valid_certificate_is_a_right_to_services():
    valid = EntitlementDocument(kind="S1", number="1", country="DE", valid_to=F)
    ended = replace(valid, valid_to=F - timedelta(days=1))
    count = counted(
        declared(code="D1", certificates=(valid,)), declared(code="D2", certificates=(ended,)), entitled=False
    )
    assert count.population.persons == 1
    assert [(one.id, one.reason) for one in count.unrecognised] == [("D2", UnrecognisedReason.NO_RIGHT)]


@pytest.mark.parametrize(
    ("kind", "country", "month", "persons"),
    [
        pytest.param("S1", "DE", Month(2026, 3), 1, id="RT-18 S1"),
        pytest.param("E-121", "NO", Month(2010, 5), 1, id="E-121 R60"),
        pytest.param("EKUZ", "DE", Month(2026, 3), 0, id="a card is for visits, not for lists R61"),
        pytest.param("E112", "DE", Month(2026, 3), 0, id="so is planned treatment"),
        pytest.param("E121", "HR", Month(2013, 6), 0, id="not yet under coordination R57"),
        pytest.param("E121", "HR", Month(2013, 7), 1, id="under coordination R57"),
        pytest.param("S1", "US", Month(2026, 3), 0, id="never under coordination R57"),
    ],
)
def test_which_documents_of_which_states_put_a_person_on_a_list(kind, country, month, persons):
    document = EntitlementDocument(kind=kind, number="1", country=country)
    own = scope(groups=(replace(group("A", 10_000), valid_from=date(2004, 1, 1)),))
    row = declared(date(1950, 1, 1), made_on=date(2008, 1, 1), certificates=(document,))
    count = counted(row, contract=contract_of(own), month=month, entitled=False)
    assert count.population.persons == persons
    assert len(count.certificate_holders) == persons


def test_a_scope_that_follows_has_the_same_persons_in_its_own_groups():
    """Fluoride: pupils on the followed lists; a person on two of them counts once."""
    fluoride = replace(
        following(FLUORIDE, groups=(group("FLUOR", 10_000, ages=(6, 18)),)),
        follows=(
            *following(FLUORIDE).follows,
            *following(FLUORIDE, NURSE).follows,
        ),
    )
    contract = contract_of(scope(), scope(NURSE, groups=(group("PIEL", 10_000),)), fluoride)
    child, adult = date(2015, 1, 1), date(1980, 1, 1)
    count = counted(
        declared(child, code="D1", person="P"),
        declared(child, code="D2", person="P", category=Category.NURSE),
        declared(adult, code="D3"),
        contract=contract,
        scopes=BOTH,
    )
    assert heads_of(count) == {"LEK-7-19": 1, "LEK-40-65": 1, "PIEL": 1, "FLUOR": 1}
    assert [c.category for c in count.population.counts if c.group == "FLUOR"] == [Category.PHYSICIAN]


def test_adults_are_counted_by_category():
    count = counted(declared(date(2008, 3, 1), code="D1"), declared(date(2008, 3, 2), code="D2"))
    assert count.adults == {Category.PHYSICIAN: 1}


def test_every_reason_is_told_in_both_languages_with_a_way_out():
    late = declared(code="D1", made_on=date(2026, 3, 2))
    ended = declared(code="D2", ends_on=date(2020, 5, 1))
    unborn = declared(None, code="D3")
    other = declared(code="D4", category=Category.KAOS)
    for count in (
        counted(late, ended, unborn, other),
        counted(declared(), known={}),
        counted(declared(), died_on=date(2020, 1, 1)),
        counted(declared(), entitled=False),
        counted(declared(), elsewhere={Category.PHYSICIAN: Choice(F, 1, "x", "y")}),
        counted(declared(code="D5", person="P"), declared(code="D6", person="P")),
    ):
        assert count.unrecognised
        for one in count.unrecognised:
            (finding,) = one.findings
            for text in (finding.message, finding.basis, finding.remedy):
                assert text.pl
                assert text.en
                assert "{" not in text.pl + text.en
            assert one.id in finding.message.pl


MANY = st.lists(
    st.builds(
        declared,
        st.dates(date(1930, 1, 1), date(2026, 3, 2)),
        person=st.sampled_from(["P1", "P2", "P3", "P4"]),
        made_on=st.dates(date(2026, 2, 25), date(2026, 3, 3)),
        ends_on=st.none() | st.dates(date(2026, 2, 25), date(2026, 3, 5)),
        category=st.sampled_from([Category.PHYSICIAN, Category.NURSE]),
        choice=st.integers(1, 2),
    ),
    max_size=10,
).map(
    lambda rows: [
        replace(row, id=f"D{n}", line=n, declaration=replace(row.declaration, id=f"D{n}"))
        for n, row in enumerate(rows)
    ]
)
TWO_LISTS = contract_of(scope(), scope(NURSE, groups=(group("PIEL", 10_000),)))


@settings(max_examples=60)
@given(data=st.data(), rows=MANY)
def test_the_order_of_declarations_plays_no_part_and_nobody_is_counted_twice(data, rows):
    """R25: the same lists give the same numbers; one person, one category, one declaration."""
    count = counted(*rows, contract=TWO_LISTS, scopes=BOTH)
    shuffled = data.draw(st.permutations(rows))
    assert counted(*shuffled, contract=TWO_LISTS, scopes=BOTH) == count
    people = {(row.of.category, person_key(row.declaration)) for row in rows}
    assert count.population.persons <= len(people)
    assert count.population.persons + len(count.unrecognised) == len(rows)


@settings(max_examples=40)
@given(rows=MANY)
def test_the_numbers_add_up_over_persons(rows):
    """Additive over lists: split by person, the counts sum up to those of the whole."""
    whole = heads_of(counted(*rows, contract=TWO_LISTS, scopes=BOTH))
    sums: dict[str, int] = {}
    for person in {row.declaration.person.id for row in rows}:
        part = [row for row in rows if row.declaration.person.id == person]
        for code, heads in heads_of(counted(*part, contract=TWO_LISTS, scopes=BOTH)).items():
            sums[code] = sums.get(code, 0) + heads
    assert sums == whole


@settings(max_examples=60)
@given(
    made=st.lists(
        st.tuples(st.dates(date(2026, 2, 27), date(2026, 3, 3)), st.integers(1, 3)), min_size=2, max_size=4
    )
)
def test_of_several_providers_at_most_one_is_paid_for_a_person(made):
    """R25: each contract is counted with the newest choice elsewhere; together they count the person once."""
    rows = {
        f"contract {n}": declared(code="D", made_on=day, choice=number)
        for n, (day, number) in enumerate(made)
    }
    valid = {
        code: choice_of(code, row.declaration)
        for code, row in rows.items()
        if row.declaration and row.declaration.made_on <= F
    }
    total = 0
    for code, row in rows.items():
        others = [choice for other, choice in valid.items() if other != code]
        elsewhere = {Category.PHYSICIAN: max(others)} if others else None
        known = {person_key(row.declaration): KnownPerson(elsewhere=elsewhere)}
        contract = replace(contract_of(), code=code)
        total += counted(row, contract=contract, known=known).population.persons
    assert total == min(1, len(valid))


def test_counting_moves_with_the_month():
    row = declared(date(2019, 4, 1))
    assert heads_of(counted(row)) == {"LEK-0-6": 1}
    assert heads_of(counted(row, month=Month(2026, 4))) == {"LEK-7-19": 1}
