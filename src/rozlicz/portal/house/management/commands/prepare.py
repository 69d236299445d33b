"""`prepare`: roles, migrations, grants, documents, static files: what a new version or an empty database needs."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from rozlicz.portal.clock import now
from rozlicz.portal.database import AS_APPLICANT, AS_PAYER, AS_PROVIDER, DOOR, as_owner
from rozlicz.portal.tenancy import acting_for_payer

_ROLES = f"""
do $$ begin
  perform pg_advisory_xact_lock(7212026);
  if not exists (select from pg_roles where rolname = '{DOOR}') then
    create role {DOOR} login noinherit; end if;
  if not exists (select from pg_roles where rolname = '{AS_PROVIDER}') then
    create role {AS_PROVIDER} nologin; end if;
  if not exists (select from pg_roles where rolname = '{AS_PAYER}') then
    create role {AS_PAYER} nologin; end if;
  if not exists (select from pg_roles where rolname = '{AS_APPLICANT}') then
    create role {AS_APPLICANT} nologin; end if;
  grant {AS_PROVIDER}, {AS_PAYER}, {AS_APPLICANT} to {DOOR};
  execute format('grant {DOOR}, {AS_PROVIDER}, {AS_PAYER}, {AS_APPLICANT} to %I', current_user);
end $$;
"""


def create_roles() -> None:
    """The four roles that are not the owner; may be repeated. Runs as the owner."""
    with connection.cursor() as cursor:
        cursor.execute(_ROLES)


class Command(BaseCommand):
    """Bring the database and the static files to the state this version needs."""

    help = "Creates roles, migrates, grants, collects static files. May be repeated."

    def handle(self, *args: Any, **options: Any) -> None:
        """Roles first, since the grants after the migrations name them."""
        with as_owner():
            create_roles()
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
            from rozlicz.portal.house.grants import apply_grants

            apply_grants()
        self._publish_documents()
        call_command("collectstatic", interactive=False, verbosity=0)
        self._look_at_issuers()
        # texts

    def _look_at_issuers(self) -> None:
        """A file among the trusted issuers that cannot be read stops the start, before anybody relies on it."""
        from rozlicz.portal.house.issuers import issuers_found

        found = issuers_found()
        if found.faults:
            raise CommandError("\n".join(text.en for text in found.faults))
        if found.issuers:
            self.stdout.write(f"Trusted issuers of certificates: {len(found.issuers)}")

    def _publish_documents(self) -> None:
        """The documents of the first page (P5) that come with this version, where they are not there yet."""
        from rozlicz.portal.correspondence.operations.documents import publish_shipped_documents

        with acting_for_payer():
            publish_shipped_documents(at=now())
