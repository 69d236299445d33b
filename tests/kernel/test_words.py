"""Identifiers, sorting, texts, dated parameters, branches."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rozlicz.kernel import identifiers
from rozlicz.kernel.branches import BRANCHES, FUND_ADDRESS, FUND_NIP, branch_of
from rozlicz.kernel.countries import coordinated_countries, is_coordinated
from rozlicz.kernel.legal import Basis, Parameter, Ruling
from rozlicz.kernel.months import Month
from rozlicz.kernel.sorting import polish_sort_key
from rozlicz.kernel.texts import Text, same


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.integers(0, 9999))
def test_a_pesel_tells_the_birthday_and_a_wrong_digit_breaks_it(born: date, serial: int) -> None:
    month = born.month + (20 if born.year >= 2000 else 0)
    ten = f"{born.year % 100:02d}{month:02d}{born.day:02d}{serial:04d}"
    right = identifiers.pesel_check_digit(ten)
    assert identifiers.is_pesel(ten + right)
    assert identifiers.birth_date_of_pesel(ten + right) == born
    assert not identifiers.is_pesel(ten + str((int(right) + 1) % 10))


@pytest.mark.parametrize("text", ["", "1" * 11, "44051499773x", " 44051499774", "99993199999"])
def test_what_is_no_pesel(text: str) -> None:
    assert not identifiers.is_pesel(text)


def test_bank_accounts_are_checked() -> None:
    assert identifiers.is_bank_account("61 1090 1014 0000 0712 1981 2874")
    assert identifiers.is_bank_account("PL61109010140000071219812874")
    assert not identifiers.is_bank_account("62109010140000071219812874")
    assert not identifiers.is_bank_account("6110901014000007121981287")


@pytest.mark.parametrize("code", ["02.1220.001.02", "03.4450.260.02", "10.7940.158.02"])
def test_scope_codes_that_were_seen_fit_the_form(code: str) -> None:
    assert re.fullmatch(identifiers.SCOPE_CODE, code)


def test_polish_order() -> None:
    towns = ["Zamość", "Łódź", "Żary", "Lublin", "Zabrze", "Łask", "Lądek", "Źródła", "łomża"]
    assert sorted(towns, key=polish_sort_key) == [
        "Lądek", "Lublin", "Łask", "łomża", "Łódź", "Zabrze", "Zamość", "Źródła", "Żary"
    ]  # fmt: skip


def test_a_sentence_is_filled_in_both_languages() -> None:
    sentence = Text(pl="Do {day} brakuje {what}.", en="Until {day} {what} is missing.")
    filled = sentence.filled(day=date(2026, 11, 10), what=Text(pl="rachunku", en="the bill"))
    assert filled == Text(pl="Do 10.11.2026 brakuje rachunku.", en="Until 10 Nov 2026 the bill is missing.")
    assert Text.from_json(filled.to_json()) == filled


def test_a_missing_value_is_a_programmers_mistake() -> None:
    with pytest.raises(KeyError):
        same("{missing}").filled()


def test_promise_8_a_parameter_has_dates_and_a_branch_may_have_its_own() -> None:
    basis = Basis(same("test"))
    parameter = Parameter(
        name="days",
        meaning=same("days"),
        rulings=(
            Ruling(value=15, since=date(2008, 1, 1), basis=basis),
            Ruling(value=14, since=date(2016, 1, 1), basis=basis),
            Ruling(value=5, since=date(2009, 1, 1), basis=basis, branch="05"),
        ),
    )
    assert parameter.on(date(2010, 1, 1)).value == 15
    assert parameter.on(date(2016, 1, 1)).value == 14
    assert parameter.on(date(2020, 1, 1), "05").value == 5
    assert parameter.on(date(2008, 6, 1), "05").value == 15
    with pytest.raises(LookupError):
        parameter.on(date(2007, 12, 31))


def test_r12_r17_the_payer_of_lodz_as_the_document_names_it() -> None:
    lodz = branch_of("05")
    assert FUND_NIP == "1070001057"
    assert identifiers.is_nip(FUND_NIP)
    assert FUND_ADDRESS.on(date(2020, 9, 3)).value.street == "ul. Rakowiecka 26/30"
    assert lodz.address is not None
    assert lodz.address.street == "ul. Kopcińskiego 58"
    assert lodz.finance_department is not None
    assert lodz.finance_department.telephone == "42 275-49-21"
    assert len(BRANCHES) == 16


def test_states_join_the_coordination_on_their_days() -> None:
    assert not is_coordinated("HR", Month(2013, 6))
    assert is_coordinated("HR", Month(2013, 7))
    assert is_coordinated("EL", Month(2010, 5))
    assert not is_coordinated("RO", Month(2006, 12))
    assert not is_coordinated("US", Month(2026, 1))
    assert {"GR", "EL", "GB", "UK", "NO"} <= coordinated_countries(Month(2026, 1))
