"""The portal's tests run as the door, inside real row-level security; only migrations run as the owner."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.management import call_command
from django.db import connection
from django.test import Client

from rozlicz.portal.accounts.entering.stay import ENTERED, Stay
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.operations import add_operator
from rozlicz.portal.accounts.rights import GRANTED_BY_REQUEST, PAYER_ROLES, PROVIDER_ROLES
from rozlicz.portal.clock import now
from rozlicz.portal.contracts.operations import publish_contract
from rozlicz.portal.database import DOOR, OWNER
from rozlicz.portal.house.grants import apply_grants
from rozlicz.portal.house.management.commands.prepare import create_roles
from rozlicz.portal.providers.models import Provider
from rozlicz.portal.providers.operations import accept_installation, register_provider
from rozlicz.portal.tenancy import acting_for_payer
from tests import world
from tests.postgres import shared_by_processes

PASSWORD = "Wrzosy!12"
NOON = datetime(2026, 11, 5, 12, 0, tzinfo=ZoneInfo("Europe/Warsaw"))
"""The moment at which things happen in the tests: within the term for October's bills."""

SECRET = "WRZOSYKWITNAWEWRZESNIU2WTYMROKU3"
"""What the application of everybody's telephone knows."""


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_blocker: Any) -> None:
    """Databases are made and migrated by the owner; the roles that grants name are there before."""
    connection.settings_dict["USER"] = OWNER
    with django_db_blocker.unblock():
        if shared_by_processes():
            connection.settings_dict["TEST"]["TEMPLATE"] = migrated_once()
        else:
            create_roles()
        connection.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """From here on the connection is the door's; a transactional test may empty the tables it filled."""
    with django_db_blocker.unblock():
        apply_grants()
        with connection.cursor() as cursor:
            cursor.execute(f"grant truncate on all tables in schema public to {DOOR}")
            # Django fills these two again after such a test.
            cursor.execute(f"grant select, insert on django_content_type, auth_permission to {DOOR}")
        connection.close()
        connection.settings_dict["USER"] = DOOR
    yield
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["USER"] = OWNER


def migrated_once() -> str:
    """The name of a database that the first process migrates and each of them copies; the others wait for it."""
    settings, template = connection.settings_dict, "rozlicz_migrated"
    usual = settings["NAME"]
    with connection.get_new_connection(connection.get_connection_params()) as alone:
        alone.autocommit = True
        alone.execute("select pg_advisory_lock(1)")
        if alone.execute("select 1 from pg_database where datname = %s", [template]).fetchone() is None:
            create_roles()
            alone.execute(f"create database {template} template template0")
            connection.close()
            settings["NAME"] = template
            call_command("migrate", interactive=False, verbosity=0)
            connection.close()
            settings["NAME"] = usual
    return template


def register(party: world.Party, account: str, short_id: str, long_id: str) -> Provider:
    """A provider of the branch, with account, installation and its one contract."""
    provider = register_provider(party=party, account_number=account, since=date(2025, 1, 1))
    accept_installation(provider=provider, short_id=short_id, long_id=long_id)
    publish_contract(terms=world.contract(party), at=NOON)
    return provider


@pytest.fixture(autouse=True)
def plain_static_files(settings: Any) -> None:
    """Style sheets by their own names: the manifest is made by `prepare`, which tests do not run."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


class QuickHasher(PBKDF2PasswordHasher):
    """Django's own hash with one round: as it is in life, but nobody waits for it in hundreds of fixtures."""

    iterations = 1


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Passwords cost nothing; what tests their cost puts Django's own setting back."""
    settings.PASSWORD_HASHERS = ["tests.portal.conftest.QuickHasher"]


@pytest.fixture
def clinic(db: None) -> Provider:
    """The provider whose day the tests follow."""
    with acting_for_payer():
        return register(world.CLINIC, world.ACCOUNT, world.SHORT_INSTALLATION, world.LONG_INSTALLATION)


@pytest.fixture
def practice(db: None) -> Provider:
    """Another provider of the same branch, who must never see the clinic's things."""
    with acting_for_payer():
        return register(world.PRACTICE, world.OTHER_ACCOUNT, "05010999", "05010999-ZZZZZZZZZZ9876543210")


def operator_of(provider: Provider, user_name: str, full_name: str) -> Operator:
    """Somebody who may do all that is not granted by a request, added just now."""
    with acting_for_payer():
        return add_operator(
            provider=provider,
            party_code=provider.code,
            user_name=user_name,
            full_name=full_name,
            roles=PROVIDER_ROLES.keys() - GRANTED_BY_REQUEST,
            password=PASSWORD,
            temporary=False,
            at=now(),
        )


@pytest.fixture
def provider_operator(clinic: Provider) -> Operator:
    """The clinic's billing clerk, whose days of grace without a second factor have just begun."""
    return operator_of(clinic, "awrzos", "Anna Wrzos")


@pytest.fixture
def colleague(clinic: Provider) -> Operator:
    """Another operator of the clinic, who sees the same."""
    return operator_of(clinic, "bwrzos", "Bogdan Wrzos")


@pytest.fixture
def stranger(practice: Provider) -> Operator:
    """An operator of the other provider."""
    return operator_of(practice, "zzawilec", "Zofia Zawilec")


@pytest.fixture
def payer_operator(db: None) -> Operator:
    """An operator of the branch, whom the rules oblige to a second factor from the first day."""
    with acting_for_payer():
        operator = add_operator(
            provider=None,
            party_code="050000",
            user_name="inspektor",
            full_name="Irena Lipa",
            roles=PAYER_ROLES,
            password=PASSWORD,
            temporary=False,
            at=NOON,
        )
    return give_second_factor(operator)


def give_second_factor(operator: Operator) -> Operator:
    """An application that the tests can read, and recovery codes that were kept; once is enough."""
    if not Authenticator.objects.filter(user_id=operator.pk).exists():
        TOTP.activate(operator, SECRET)
        codes = RecoveryCodes.activate(operator).instance
        codes.data["kept_at"] = NOON.isoformat()
        codes.save()
    return operator


def code_of(operator: Operator) -> str:
    """A code that is right for a while yet and was not given out before, since none is taken twice.

    Waits for one if it must. A code whose time is nearly over would be right here and wrong when it has been typed.
    """
    given = _given.setdefault(operator.pk, set())
    while True:
        this = int(time.time()) // app_settings.TOTP_PERIOD
        until_typed = int(time.time() + _TYPED_WITHIN) // app_settings.TOTP_PERIOD
        for step in (this, this + 1, this - 1):
            if step not in given and step >= until_typed - app_settings.TOTP_TOLERANCE:
                given.add(step)
                return format_hotp_value(hotp_value(SECRET, step))
        time.sleep(1)


_TYPED_WITHIN = 10.0
"""Seconds from the moment a code is read until the portal checks it, on a slow machine."""
_given: dict[int, set[int]] = {}


def client_of(operator: Operator) -> Client:
    """A browser in which this operator is logged in, with the second factor that the rules of access demand."""
    give_second_factor(operator)
    client = Client()
    client.force_login(operator)
    session = client.session
    session[ENTERED] = Stay(
        began_at=now(),
        seen_at=now(),
        idle_minutes=30,
        password_until=None,
        address="127.0.0.1",
        device="",
    ).to_session()
    session.save()
    return client


@pytest.fixture
def clerk(provider_operator: Operator) -> Client:
    """The clerk's browser."""
    return client_of(provider_operator)


@pytest.fixture
def inspector(payer_operator: Operator) -> Client:
    """The branch inspector's browser."""
    return client_of(payer_operator)


@pytest.fixture
def empty_queue(transactional_db: None) -> None:
    """No job of an earlier test: the queue's tables are not Django's, so they are not emptied between tests."""
    with connection.cursor() as cursor:
        cursor.execute("truncate procrastinate_jobs cascade")
