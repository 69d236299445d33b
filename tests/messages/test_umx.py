"""The contract's file (UMX): each way of settlement comes back, older versions are read, contradictions refused."""

import io
import re
from dataclasses import fields, replace
from datetime import date

import pytest

from rozlicz.messages.contracts import Contract, FollowedScope, SettledBy
from rozlicz.messages.rates import RatePer
from rozlicz.messages.umx import read_umx, write_umx
from rozlicz.messages.umx.names import SINCE_4_0, VERSIONS
from rozlicz.messages.wire.envelope import MessageRefused
from tests import world
from tests.messages.documents import header
from tests.messages.schemas import assert_published
from tests.messages.ways import CODE, FIRST, WARD, every_way, rate


def written(contract: Contract) -> str:
    target = io.BytesIO()
    write_umx(contract, header=header("UMX"), target=target)
    return target.getvalue().decode()


def read(text: str) -> Contract:
    return read_umx(io.BytesIO(text.encode()))[1]


def refusal_of(text: str) -> MessageRefused:
    with pytest.raises(MessageRefused) as raised:
        read(text)
    return raised.value


def test_every_way_of_settlement_has_its_terms() -> None:
    contract = every_way()
    assert read(written(contract)) == contract
    assert_published(written(contract).encode(), "UMX")
    assert [scope.settled_by.value for scope in contract.scopes] == list("SZDRPUYQGB")


def test_nothing_of_a_contract_is_left_to_its_default() -> None:
    """A field added to the values without a place on the wire would not come back; this contract uses them all."""
    contract = every_way()
    unset = {name for name in _names(Contract) if not getattr(contract, name)} - {"annex"}
    for kind in ("cells", "increases", "rates", "groups", "follows", "coefficients"):
        assert any(getattr(scope, kind) for scope in contract.scopes), kind
    assert not unset


def _names(kind: type) -> list[str]:
    return [field.name for field in fields(kind)]


# ---- what the contract says ----------------------------------------------------------------------------------------


def test_a_rate_is_found_by_day_measure_and_variant() -> None:
    """R38, R24: a spa's seasons are rates of other days, a raised annual rate is another variant."""
    contract = every_way()
    spa = next(scope for scope in contract.scopes if scope.settled_by is SettledBy.SPA_SYSTEM)
    assert [
        found and found.amount
        for day in (date(2026, 4, 30), date(2026, 5, 1), date(2027, 1, 1))
        for found in [spa.rate_on(day, per=RatePer.PERSON_DAY)]
    ] == [14_250, 14_950, None]
    primary = next(scope for scope in contract.scopes if scope.settled_by is SettledBy.DECLARATIONS)
    usual, raised = (
        primary.rate_on(FIRST, per=RatePer.PERSON_YEAR, variant=variant) for variant in ("", "wskaźnik badań")
    )
    assert (usual and usual.amount, raised and raised.amount) == (22068, 22680)
    assert primary.rate_on(FIRST, per=RatePer.DAY) is None


def test_the_rate_of_an_emergency_ward_is_the_sum_of_its_parts() -> None:
    """LUMP-08."""
    assert WARD.amount == 2_600_000
    with pytest.raises(ValueError, match="not the sum"):
        rate(RatePer.DAY, 2_600_001, ward=WARD)


def test_increases_stand_beside_the_basic_plan() -> None:
    contract = every_way()
    assert contract.increase == 250_000
    assert contract.amount == world.contract().amount * len(SettledBy)


# ---- versions ------------------------------------------------------------------------------------------------------


def older(text: str, version: str = "3.7") -> str:
    """A contract without anything that is new in 4.0, as an older version has it."""
    text = text.replace('wersja="4.0"', f'wersja="{version}"')
    return re.sub(r' kod-umowy-druk="[^"]*"', "", text)


@pytest.mark.parametrize("version", ["3.4", "3.5", "3.6", "3.7"])
def test_older_versions_are_read(version: str) -> None:
    contract = replace(world.contract(), printed_code="na papierze")
    assert read(older(written(contract), version)) == replace(contract, printed_code=contract.code)


@pytest.mark.parametrize("version", ["3.3", "3.8", "4.1", "5", "", "cztery"])
def test_other_versions_are_refused(version: str) -> None:
    refusal = refusal_of(written(world.contract()).replace('wersja="4.0"', f'wersja="{version}"'))
    assert (refusal.code, refusal.path) == ("version", "/komunikat")
    assert ", ".join(VERSIONS) in refusal.text.pl


NEW_IN_4_0 = {
    "kod-umowy-druk": (
        ' kod-pierw-umowy="',
        ' kod-umowy-druk="1" kod-pierw-umowy="',
        "/komunikat/dane-umowy",
    ),
    "dok-zwieksz-finansowanie": (
        "  <poz-umowy ",
        "  <dok-zwieksz-finansowanie/>\n  <poz-umowy ",
        "/komunikat/dane-umowy/dok-zwieksz-finansowanie",
    ),
    "zwieksz-planu": (
        "   <prod-jedn ",
        "   <zwieksz-planu/>\n   <prod-jedn ",
        "/komunikat/dane-umowy/poz-umowy/zwieksz-planu",
    ),
    "przeznacz-dod-srodk-fin": (
        " </slowniki>",
        " <przeznacz-dod-srodk-fin/>\n </slowniki>",
        "/komunikat/slowniki/przeznacz-dod-srodk-fin",
    ),
}


@pytest.mark.parametrize("name", sorted(SINCE_4_0))
def test_a_newer_name_in_an_older_version_is_refused(name: str) -> None:
    before, after, path = NEW_IN_4_0[name]
    text = older(written(world.contract()))
    assert before in text
    changed = text.replace(before, after, 1)
    refusal = refusal_of(changed)
    assert (refusal.code, refusal.path) == ("name-newer", path)
    assert name in refusal.text.pl
    assert "4.0" in refusal.text.en
    assert refusal.line is not None
    assert name in changed.split("\n")[refusal.line - 1]


def test_a_scope_without_a_cell_is_of_4_0() -> None:
    text = re.sub(r" *<komorka [^\n]*\n", "", written(world.contract()))
    assert read(text).scopes[0].cells == ()
    refusal = refusal_of(older(text))
    assert (refusal.code, refusal.path) == ("element-missing", "/komunikat/dane-umowy/poz-umowy")
    assert "komorka" in refusal.text.pl


# ---- references ----------------------------------------------------------------------------------------------------

REFERENCES = {
    "id-miejsca": ('miejsce="Łódź" id-miejsca="M1"', 'miejsce="Łódź" id-miejsca="M9"', "komorka"),
    "nr-dokumentu": ('cena="2500.00" nr-dokumentu="', 'cena="2500.00" nr-dokumentu="X', "zwieksz-planu"),
    "kod-przeznaczenia": (
        'nr-dokumentu="FM/05/2026/7" kod-przeznaczenia="',
        'nr-dokumentu="FM/05/2026/7" kod-przeznaczenia="X',
        "zwieksz-planu",
    ),
    "zakres-zrodlowy": (
        f'<zakres-zrodlowy kod-zakresu="{CODE}" wyroznik="3"',
        f'<zakres-zrodlowy kod-zakresu="{CODE}" wyroznik="99"',
        "poz-umowy[7]",
    ),
}


@pytest.mark.parametrize("name", REFERENCES)
def test_a_code_that_the_contract_does_not_know_is_refused(name: str) -> None:
    before, after, element = REFERENCES[name]
    text = written(every_way())
    assert before in text
    refusal = refusal_of(text.replace(before, after, 1))
    assert (refusal.code, refusal.path.rpartition("/")[2]) == ("reference", element)
    assert name in refusal.text.pl


def changed(**scope_changes) -> Contract:
    first, *others = every_way().scopes
    return replace(every_way(), scopes=(replace(first, **scope_changes), *others))


@pytest.mark.parametrize(
    ("contract", "what"),
    [
        (replace(every_way(), locations=()), "M1"),
        (replace(every_way(), financing=()), "FM/05/2026/7"),
        (replace(every_way(), purposes=()), "FM-03"),
        (changed(follows=(FollowedScope(code=CODE, distinguisher=99),)), "99"),
        (changed(distinguisher=2), "twice"),
        (replace(every_way(), locations=every_way().locations * 2), "twice"),
    ],
)
def test_what_could_not_be_read_again_is_not_written(contract: Contract, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        written(contract)


@pytest.mark.parametrize("element", ["miejsce", "dok-zwieksz-finansowanie", "przeznacz-dod-srodk-fin"])
def test_what_has_a_code_stands_once(element: str) -> None:
    text = written(every_way())
    found = re.search(rf" *<{element} [^\n]*/>\n| *<{element} .*?</{element}>\n", text, re.DOTALL)
    assert found is not None
    refusal = refusal_of(text.replace(found[0], found[0] * 2, 1))
    assert (refusal.code, refusal.path.rpartition("/")[2]) == ("record-repeated", f"{element}[2]")


@pytest.mark.parametrize(
    ("before", "after", "path", "named"),
    [
        ('za="doba" kwota="26000.00"', 'za="doba" kwota="26000.01"', "stawka", "26000.00"),
        ('za="doba"', 'za="dzien"', "stawka", "osobodzien"),
        ('rodzaj-osob="dps"', 'rodzaj-osob="DPS"', "grupa-osob[2]", "przewlekle-chory"),
        ('rodzaj="plan-fundusz-medyczny"', 'rodzaj="F"', "dok-zwieksz-finansowanie", "aneks-ugodowy"),
    ],
)
def test_a_wrong_value_is_named(before: str, after: str, path: str, named: str) -> None:
    text = written(every_way())
    assert before in text
    refusal = refusal_of(text.replace(before, after, 1))
    assert (refusal.code, refusal.path.rpartition("/")[2]) == ("attribute-wrong", path)
    assert named in refusal.text.pl
