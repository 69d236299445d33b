"""Promise 6: no one sees a neighbour. Row-level security stands behind every query, and no role may do more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.contracts.models import Contract, ContractFile
from rozlicz.portal.house.grant_lists import APPEND_ONLY, OF_THE_BRANCH
from rozlicz.portal.house.grants import tenant_tables
from rozlicz.portal.providers.models import Provider
from rozlicz.portal.tenancy import acting_for_payer, acting_for_provider
from tests.portal.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def sql(query: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        rows: list[tuple[object, ...]] = cursor.fetchall()
        return rows


@contextmanager
def refused(why: str = "permission denied") -> Iterator[None]:
    with pytest.raises(ProgrammingError, match=why), transaction.atomic():
        yield


def test_the_door_is_neither_superuser_nor_exempt_from_policies() -> None:
    [(superuser, bypass)] = sql("select rolsuper, rolbypassrls from pg_roles where rolname = current_user")
    assert not superuser
    assert not bypass


def test_every_tenant_table_has_row_level_security() -> None:
    guarded = {name for (name,) in sql("select relname from pg_class where relrowsecurity")}
    expected = {name for name in tenant_tables() if not name.endswith("event")} - {"accounts_operator"}
    assert expected | {"providers_provider"} <= guarded
    assert len(expected) > 15


def test_without_a_context_a_tenants_table_is_an_error_and_not_an_empty_list(clinic: Provider) -> None:
    with refused():
        Contract.objects.count()


def test_a_provider_sees_its_own_and_the_payer_sees_all(clinic: Provider, practice: Provider) -> None:
    with acting_for_provider(clinic.pk):
        assert {contract.provider_id for contract in Contract.objects.all()} == {clinic.pk}
        assert list(Provider.objects.values_list("pk", flat=True)) == [clinic.pk]
    with acting_for_payer():
        assert {contract.provider_id for contract in Contract.objects.all()} == {clinic.pk, practice.pk}


def test_a_nested_context_gives_the_former_one_back(clinic: Provider, practice: Provider) -> None:
    with acting_for_payer():
        with acting_for_provider(practice.pk):
            assert Contract.objects.count() == 1
        assert Contract.objects.count() == 2
        with pytest.raises(RuntimeError), acting_for_provider(practice.pk):
            raise RuntimeError
        assert Contract.objects.count() == 2
    with refused():
        Contract.objects.count()


@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
def test_promise_4_append_only_tables_are_never_changed(table: str) -> None:
    column = "id" if table in OF_THE_BRANCH else "provider_id"
    with acting_for_payer():
        with refused():
            sql(f"update {table} set {column} = {column} returning 1")
        with refused():
            sql(f"delete from {table} returning 1")


def test_a_provider_may_not_write_what_the_payer_decides(clinic: Provider) -> None:
    with acting_for_provider(clinic.pk):
        with refused():
            Contract.objects.update(amount=10**12)
        with refused():
            Provider.objects.update(name="x")


def test_a_provider_changes_its_own_accounts_only(
    clinic: Provider, provider_operator: Operator, payer_operator: Operator, stranger: Operator
) -> None:
    with acting_for_provider(clinic.pk):
        for other in (payer_operator, stranger):
            assert Operator.objects.filter(pk=other.pk).update(password="x") == 0
        assert Operator.objects.filter(pk=provider_operator.pk).update(full_name="Anna Wrzos-Lipa") == 1
        for change in ("provider_id = null", f"provider_id = {stranger.provider_id}"):
            with refused():
                sql(
                    f"update accounts_operator set {change}, roles = '{{}}' where id = {provider_operator.pk}"
                )


def test_before_the_log_in_nothing_of_an_account_but_its_password_can_change(
    provider_operator: Operator,
) -> None:
    for change in ("is_active = false", "provider_id = null", "roles = '{audit}'"):
        with refused():
            sql(f"update accounts_operator set {change} returning 1")


def test_who_was_struck_off_is_logged_out_at_once_and_cannot_come_back(
    clerk: Client, provider_operator: Operator
) -> None:
    assert clerk.get("/pulpit/").status_code == 200
    with acting_for_payer():
        Operator.objects.filter(pk=provider_operator.pk).update(is_active=False)
    assert clerk.get("/pulpit/").status_code == 302
    code, name = provider_operator.login.split("/")
    form = {"provider_code": code, "login": name, "password": PASSWORD}
    visitor = Client()
    visitor.post("/logowanie/", form)
    assert visitor.get("/pulpit/").status_code == 302


def test_promise_4_every_change_of_a_contract_stays_in_its_history(clinic: Provider) -> None:
    with acting_for_payer():
        contract = Contract.objects.get(provider=clinic)
        Contract.objects.filter(pk=contract.pk).update(kind_name="inaczej")
        labels = sql(
            "select pgh_label from contracts_contractevent where pgh_obj_id = %s order by pgh_id", contract.pk
        )
        assert labels == [("insert",), ("update",)]
        with refused():
            sql("delete from contracts_contractevent returning 1")
        with refused():
            sql("update contracts_contractevent set kind_name = '' returning 1")


def test_a_strangers_contract_file_does_not_exist(clinic: Provider, stranger: object) -> None:
    with acting_for_payer():
        file = ContractFile.objects.get(provider=clinic)
    client = Client()
    client.force_login(stranger)  # type: ignore[arg-type]
    answer = client.get(f"/umowy/pliki/{file.pk}/pobierz/")
    assert answer.status_code == 404
