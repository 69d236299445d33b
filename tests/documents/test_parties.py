"""For whom a bill is issued (R12) and whom to call about it (R17)."""

from __future__ import annotations

from datetime import date

import pytest

from rozlicz.documents.parties import buyer_on, contact_of, recipient_of
from rozlicz.kernel.branches import BRANCHES


@pytest.mark.parametrize(
    ("day", "street"),
    [
        pytest.param(date(2020, 9, 3), "ul. Rakowiecka 26/30", id="R12-2020"),
        pytest.param(date(2026, 11, 4), "ul. Grójecka 186", id="R12-2026"),
        pytest.param(date(1999, 1, 1), "ul. Rakowiecka 26/30", id="before-the-Fund"),
    ],
)
def test_r12_the_buyer_is_the_fund_at_the_address_of_the_day(day, street):
    buyer = buyer_on(day)
    assert (buyer.name, buyer.nip, buyer.address.street) == ("Narodowy Fundusz Zdrowia", "1070001057", street)


def test_r12_the_recipient_is_the_branch():
    recipient = recipient_of("05")
    assert recipient.name == "Łódzki Oddział Wojewódzki NFZ"
    assert recipient.address is not None
    assert (recipient.address.street, recipient.address.postal_code) == ("ul. Kopcińskiego 58", "90-032")


def test_r17_the_finance_department_of_the_branch():
    contact = contact_of("05")
    assert contact is not None
    assert (contact.name, contact.telephone, contact.fax) == (
        "Wydział Ekonomiczno-Finansowy",
        "42 275-49-21",
        "42 275-40-53",
    )
    assert contact_of("04") is None


@pytest.mark.parametrize("code", sorted(BRANCHES))
def test_every_branch_can_receive_a_bill(code):
    assert recipient_of(code).branch == code


def test_a_code_that_is_no_branch_is_a_programmers_mistake():
    with pytest.raises(KeyError):
        recipient_of("99")
