"""Each kind of request from its draft to what its acceptance does."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Role
from rozlicz.portal.contracts.models import ContractFile
from rozlicz.portal.contracts.operations import publish_contract
from rozlicz.portal.contracts.queries import terms_in
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.providers.models import BankAccount, Installation
from rozlicz.portal.providers.queries import account_on
from rozlicz.portal.requests.kind import Case
from rozlicz.portal.requests.kinds import KINDS
from rozlicz.portal.requests.kinds.administrator import administrators_left
from rozlicz.portal.requests.models import RequestState
from rozlicz.portal.requests.operations import file_request, revoke_request
from rozlicz.portal.tenancy import acting_for_payer
from tests import world
from tests.portal.conftest import NOON
from tests.portal.month import text
from tests.portal.payments.test_accounts_of_kinds import REHABILITATION
from tests.portal.people import person as someone
from tests.portal.requests.filling import (
    NEW_ACCOUNT,
    accept,
    accepted,
    contract_of,
    draft,
    filed,
    now,
    plain_operator,
    ready,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", KINDS)
def test_every_kind_goes_from_draft_to_acceptance(code, provider_operator, payer_operator):
    done = accepted(code, provider_operator, payer_operator)
    assert done.state == RequestState.ACCEPTED
    assert done.outcome["sentence"]["pl"].endswith(".")
    with acting_for_payer():
        assert [step.transition for step in done.steps.all()] == ["file", "accept"]


def test_an_installation_gets_new_identifiers(provider_operator, payer_operator):
    accepted("installation", provider_operator, payer_operator)
    done = accepted("installation", provider_operator, payer_operator)
    with acting_for_payer():
        made = Installation.objects.get(pk=done.outcome["data"]["installation"])
        others = Installation.objects.exclude(pk=made.pk).values_list("short_id", flat=True)
        assert made.provider_id == provider_operator.provider_id
        assert made.program_name == "mMedica"
        assert re.fullmatch(r"05\d{6}", made.short_id)
        assert re.fullmatch(re.escape(made.short_id) + "-[A-Z0-9]{20}", made.long_id)
        assert made.short_id not in others


def test_the_bank_account_changes_from_its_day_on(provider_operator, payer_operator):
    accepted("bank_account", provider_operator, payer_operator)
    with acting_for_payer():
        provider = provider_operator.provider
        assert account_on(provider, date(2026, 11, 30), "AOS") == world.ACCOUNT
        assert account_on(provider, date(2026, 12, 1), "AOS") == NEW_ACCOUNT


def test_of_two_requests_for_one_day_the_second_account_is_refused(provider_operator, payer_operator):
    second = filed("bank_account", provider_operator, payer_operator)
    accepted("bank_account", provider_operator, payer_operator)
    with pytest.raises(UnableTo, match="2026"):
        accept(second, payer_operator)
    assert now(second).state == RequestState.FILED
    with acting_for_payer():
        assert BankAccount.objects.filter(provider=provider_operator.provider).count() == 2


def test_r32_simp_access_is_granted_to_the_named_operator_and_can_be_withdrawn(
    provider_operator, payer_operator, clerk
):
    person = plain_operator(provider_operator)
    done = accepted(
        "simp", provider_operator, payer_operator, person=str(person.pk), account="simp_administrator"
    )
    with acting_for_payer():
        assert Operator.objects.get(pk=person.pk).roles == ["reporting", "simp_administrator"]
    with payer_operator.context():
        revoke_request(operator=payer_operator, request=done, reason="Koniec programu.", at=NOON)
    with acting_for_payer():
        assert Operator.objects.get(pk=person.pk).roles == ["reporting"]
    page = text(clerk.get(reverse("request", args=[done.pk])))
    assert "cofnięto" in page
    assert "Koniec programu." in page


def test_the_administrators_right_is_given_and_its_paper_awaited(provider_operator, payer_operator):
    done = accepted("administrator", provider_operator, payer_operator)
    with acting_for_payer():
        person = Operator.objects.get(pk=done.outcome["data"]["operator"])
        assert person.roles == ["administrator", "reporting"]
    assert done.paper_by == date(2026, 11, 19)
    assert done.awaits_paper


def test_without_an_active_administrator_no_reason_is_asked_for(provider_operator, payer_operator):
    person = plain_operator(provider_operator)
    with acting_for_payer():
        Operator.objects.filter(pk=provider_operator.pk).update(roles=["billing", "signing"])
        clerk = Operator.objects.select_related("provider").get(pk=provider_operator.pk)
    done = accepted("administrator", clerk, payer_operator, person=str(person.pk), why="")
    assert done.state == RequestState.ACCEPTED


@pytest.mark.parametrize(
    "lost",
    [
        {"temporary_until": NOON},
        {"password": "!"},
        {"is_active": False, "blocked_reason": "odeszła"},
    ],
    ids=["temporary password has run out", "never had a password", "blocked"],
)
def test_an_administrator_who_cannot_log_in_is_no_administrator(provider_operator, payer_operator, lost):
    person = plain_operator(provider_operator)
    with acting_for_payer():
        Operator.objects.filter(pk=provider_operator.pk).update(roles=["billing", "signing"])
        clerk = Operator.objects.select_related("provider").get(pk=provider_operator.pk)
    someone(clerk.provider, "akowal", [Role.ADMINISTRATOR], **lost)
    done = accepted("administrator", clerk, payer_operator, person=str(person.pk), why="")
    assert done.state == RequestState.ACCEPTED


def test_while_an_administrator_can_log_in_the_request_says_why(provider_operator):
    someone(provider_operator.provider, "akowal", [Role.ADMINISTRATOR], full_name="Anna Kowal")
    case = Case(provider=provider_operator.provider, filed_on=NOON.date())
    with provider_operator.context():
        assert "Anna Kowal" in administrators_left(case)
        errors = KINDS["administrator"].form({"why": [""]}, case=case).errors
    assert "Anna Kowal" in str(errors["why"])


@pytest.mark.slow
def test_p7_an_accepted_shift_is_an_annex_with_a_new_umx(provider_operator, payer_operator, clerk):
    done = accepted("shift", provider_operator, payer_operator)
    with acting_for_payer():
        annexed = ContractFile.objects.get(pk=done.outcome["data"]["file"])
        terms = terms_in(annexed)
    assert annexed.annex == 2
    planned = {
        scope.code: [row.amount for row in scope.plan if str(row.month) in {"2026-08", "2026-09"}]
        for scope in terms.scopes
    }
    assert planned == {world.NEUROLOGY: [100_000, 80_000], world.CARDIOLOGY: [50_000, 70_000]}
    page = text(clerk.get(reverse("contract_files")))
    assert "aneks_2.umx" in page
    assert "Aneks 2 do umowy" in text(clerk.get(reverse("request", args=[done.pk])))


@pytest.mark.slow
def test_earlier_shifts_of_the_period_count_against_the_fifth(provider_operator, payer_operator):
    """20 % of 12 000 zł is 2 400 zł for the whole period."""
    accepted("shift", provider_operator, payer_operator, amount_1="1000,00")
    contract = contract_of(provider_operator)
    more = {
        "contract": str(contract.pk),
        "quarter": "2026-Q3",
        "reason": "Jeszcze.",
        "from_1": f"{world.NEUROLOGY}|1",
        "to_1": f"{world.CARDIOLOGY}|1",
        "month_1": "2026-08",
    }
    second = draft("shift", provider_operator, more | {"amount_1": "1000,00"})
    with provider_operator.context():
        file_request(operator=provider_operator, request=second, at=NOON)
    accept(second, payer_operator)
    third = draft("shift", provider_operator, more | {"month_1": "2026-07", "amount_1": "500,00"})
    with provider_operator.context(), pytest.raises(UnableTo, match=r"2\u202f400,00"):
        file_request(operator=provider_operator, request=third, at=NOON)


def test_a_repayment_is_decided_with_its_schedule(provider_operator, payer_operator, clerk):
    done = accepted("repayment", provider_operator, payer_operator)
    assert done.outcome["data"]["instalments"] == [
        ["2026-11-30", 33_333],
        ["2026-12-30", 33_333],
        ["2027-01-30", 33_334],
    ]
    assert "333,34 zł" in text(clerk.get(reverse("request", args=[done.pk])))


def test_what_cannot_be_done_any_more_is_not_accepted(provider_operator, payer_operator):
    """Since it was filed, the person has left."""
    person = plain_operator(provider_operator)
    found = filed("simp", provider_operator, payer_operator, person=str(person.pk))
    with acting_for_payer():
        Operator.objects.filter(pk=person.pk).update(is_active=False)
    with pytest.raises(UnableTo, match="cannot be accepted"):
        accept(found, payer_operator, at=NOON + timedelta(days=1))
    assert now(found).state == RequestState.FILED


@pytest.mark.slow
def test_the_account_of_one_kind_changes_alone(provider_operator, payer_operator, clerk, inspector):
    with acting_for_payer():
        publish_contract(terms=REHABILITATION, at=NOON)
    done = accepted("bank_account", provider_operator, payer_operator, kind="REH")
    with acting_for_payer():
        provider, day = provider_operator.provider, date(2026, 12, 1)
        assert account_on(provider, day, "AOS") == world.ACCOUNT
        assert account_on(provider, day, "REH") == NEW_ACCOUNT
    for client in (clerk, inspector):
        page = text(client.get(reverse("request", args=[done.pk])))
        for words in (
            "rehabilitacja lecznicza (REH)",
            "61 1090 1014 0000 0712 1981 2874",
            "83 1010 1023 0000",
        ):
            assert words in page
    later = {"since": "2027-01-01", "account": world.OTHER_ACCOUNT}
    values = ready("bank_account", provider_operator, payer_operator) | later
    begun = draft("bank_account", provider_operator, values)
    page = text(clerk.get(reverse("request_edit", args=[begun.pk])))
    assert "ambulatoryjna opieka specjalistyczna (AOS): obecnie konto wszystkich rodzajów" in page
    assert "wszystkie rodzaje świadczeń: obecnie 61 1090 1014" in page


@pytest.mark.slow
def test_the_general_account_changes_for_kinds_without_one_of_their_own(
    provider_operator, payer_operator, clerk
):
    with acting_for_payer():
        publish_contract(terms=REHABILITATION, at=NOON)
    accepted("bank_account", provider_operator, payer_operator, kind="REH", since="2026-11-05")
    second = filed(
        "bank_account",
        provider_operator,
        payer_operator,
        account=world.OTHER_ACCOUNT,
        at=NOON + timedelta(days=1),
    )
    page = text(clerk.get(reverse("request", args=[second.pk])))
    assert "oprócz tych, które mają własne konto: rehabilitacja lecznicza (REH)" in page
    accept(second, payer_operator)
    with acting_for_payer():
        provider, day = provider_operator.provider, date(2026, 12, 1)
        assert account_on(provider, day, "AOS") == world.OTHER_ACCOUNT
        assert account_on(provider, day, "REH") == NEW_ACCOUNT


def test_an_account_that_holds_at_once_is_shown_beside_the_one_before(
    provider_operator, payer_operator, clerk
):
    done = accepted("bank_account", provider_operator, payer_operator, kind="AOS", since="2026-11-05")
    page = text(clerk.get(reverse("request", args=[done.pk])))
    assert "Konto dotychczasowe</dt><dd>61 1090 1014 0000 0712 1981 2874" in re.sub(r">\s+<", "><", page)


def test_a_kind_may_go_back_to_the_number_of_all(provider_operator, payer_operator):
    accepted("bank_account", provider_operator, payer_operator, kind="AOS", since="2026-11-05")
    back = {"kind": "AOS", "account": world.ACCOUNT, "since": "2026-11-20"}
    accepted("bank_account", provider_operator, payer_operator, at=NOON + timedelta(days=1), **back)
    with acting_for_payer():
        assert account_on(provider_operator.provider, date(2026, 11, 20), "AOS") == world.ACCOUNT
