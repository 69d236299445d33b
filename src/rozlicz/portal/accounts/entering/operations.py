"""What log-in writes down, and the one refusal that it explains."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.entering.sessions import end_other_sessions
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.audit.operations import record
from rozlicz.portal.house.formatting import moment
from rozlicz.portal.house.refusal import UnableTo


class UnableToChangePassword(UnableTo):
    """The password stays as it is."""


@transaction.atomic
def record_failure(*, login: str, held: bool, at: datetime) -> None:
    """A wrong log-in: under the account, or under nobody when there is none; what was typed is not kept."""
    operator = Operator.objects.filter(login=login).first()
    provider_id = operator.provider_id if operator else None
    record("login.failed", operator=operator, provider_id=provider_id, at=at)
    if held:
        record("login.held", operator=operator, provider_id=provider_id, at=at)


@transaction.atomic
def change_password(*, operator: Operator, password: str, this_session: str | None, at: datetime) -> int:
    """Give oneself a new password, by the rule; every other session of the account ends at once. How many did.

    Locks the account. Raises UnableToChangePassword when the password has been changed, or the account blocked, while
    the present one was looked at: what an administrator has just done is not undone by whoever is inside.
    """
    held = Operator.objects.select_for_update(of=("self",)).get(pk=operator.pk)
    if not (held.can_log_in(at) and held.password_set_at == operator.password_set_at):
        raise UnableToChangePassword(
            Text(
                pl="Hasło tego konta właśnie zmieniono albo konto zablokowano. Proszę zalogować się ponownie.",
                en="The password of this account has just been changed, or the account blocked. Please log in again.",
            )
        )
    operator.set_password(password)
    operator.password_set_at = at
    operator.temporary_until = None
    operator.save(update_fields=["password", "password_set_at", "temporary_until"])
    record("password.changed", operator=operator, provider_id=operator.provider_id, at=at)
    return end_other_sessions(operator=operator, this=this_session, at=at)


def record_entrance(operator: Operator, *, at: datetime) -> None:
    """Somebody came in, with everything that was demanded."""
    record("login.entered", operator=operator, provider_id=operator.provider_id, at=at)


def refuse_expired(operator: Operator, *, at: datetime) -> None:
    """A temporary password works until its last moment (P2). Raises ValidationError afterwards, with the remedy."""
    until = operator.temporary_until
    if until is None or at < until:
        return
    record("login.expired", operator=operator, provider_id=operator.provider_id, at=at)
    who = (
        _("An administrator of the branch gives a new one.")
        if operator.is_payer
        else _("The administrator of your provider gives a new one; if there is none, the branch does.")
    )
    raise ValidationError(
        _("The temporary password stopped working on %(until)s. %(who)s"),
        code="temporary_password_expired",
        params={"until": moment(until), "who": who},
    )
