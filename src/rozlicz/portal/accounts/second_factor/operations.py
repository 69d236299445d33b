"""Every write to the second factor that is not allauth's: codes kept, and the reset."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.operators import demand_administration
from rozlicz.portal.accounts.rights import Right, Role, demand
from rozlicz.portal.audit.operations import record
from rozlicz.portal.house.refusal import UnableTo


class UnableToResetSecondFactor(UnableTo):
    """The second factor stays as it is."""


@transaction.atomic
def keep_recovery_codes(*, operator: Operator, at: datetime) -> None:
    """The operator says that the recovery codes were kept; new codes must be kept anew. Locks them."""
    codes = (
        Authenticator.objects.select_for_update()
        .filter(user_id=operator.pk, type=Authenticator.Type.RECOVERY_CODES)
        .first()
    )
    if codes is None or codes.data.get("kept_at"):
        return
    codes.data["kept_at"] = at.isoformat()
    codes.save(update_fields=["data"])
    record("second_factor.codes_kept", operator=operator, provider_id=operator.provider_id, at=at)


@transaction.atomic
def reset_second_factor(*, operator: Operator, of: Operator, reason: str, at: datetime) -> None:
    """Take away everything `of` has beside the password, and end all its sessions.

    A provider's administrator does it for the provider's other operators, the branch's administration for the
    branch's other operators and for administrators of providers. Whoever lost the factor sets up a new one at the
    next log-in, without grace, and is told the reason. Raises PermissionDenied without the right, and
    UnableToResetSecondFactor for oneself, for whom another must do it, for an empty reason, or for a stranger.
    """
    demand(operator, Right.MANAGE_OPERATORS)
    if refusal := why_not_reset(operator=operator, of=of):
        raise UnableToResetSecondFactor(refusal)
    if not reason.strip():
        raise UnableToResetSecondFactor(
            Text(
                pl="Zerowanie drugiego składnika wymaga podania powodu.",
                en="A reset of the second factor needs a reason.",
            )
        )
    locked = Operator.objects.select_for_update(of=("self",)).get(pk=of.pk)
    demand_administration(operator)
    Authenticator.objects.filter(user_id=locked.pk).delete()
    locked.second_factor_reset_at = at
    locked.second_factor_reset_reason = reason.strip()
    locked.save(update_fields=["second_factor_reset_at", "second_factor_reset_reason"])
    record(
        "second_factor.reset",
        operator=operator,
        provider_id=locked.provider_id,
        subject=locked.login,
        reason=reason.strip(),
        at=at,
    )


def why_not_reset(*, operator: Operator, of: Operator) -> Text | None:
    """Why an administrator may not reset this operator's second factor; None: it may."""
    if of.pk == operator.pk:
        return Text(
            pl="Własnego drugiego składnika nie można wyzerować samemu: robi to inny administrator.",
            en="Nobody resets the second factor of oneself: another administrator does it.",
        )
    if operator.is_payer and not of.is_payer and Role.ADMINISTRATOR not in of.roles:
        return Text(
            pl="Drugi składnik tego użytkownika zeruje administrator jego świadczeniodawcy.",
            en="The second factor of this operator is reset by an administrator of its provider.",
        )
    if not operator.is_payer and of.provider_id != operator.provider_id:
        return Text(
            pl="To jest użytkownik innej jednostki.",
            en="This operator belongs to another party.",
        )
    return None
