"""What an operator has of a second factor, and from which day it must have one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from rozlicz.portal.accounts.models import Operator, SecurityPolicy
from rozlicz.portal.clock import warsaw_day

FEW_CODES = 3
"""With so many recovery codes left, or fewer, their owner is asked to make new ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An operator's means beside the password. `codes_left` is None where no recovery codes were made."""

    has_app: bool
    keys: int
    codes_left: int | None
    codes_are_kept: bool

    @property
    def is_set_up(self) -> bool:
        """Whether there is a second factor; recovery codes alone are none."""
        return self.has_app or self.keys > 0

    @property
    def hangs_on_one_key(self) -> bool:
        """Whether the loss of one key would leave nothing but recovery codes."""
        return self.keys == 1 and not self.has_app

    @property
    def codes_run_out(self) -> bool:
        """Whether so few recovery codes are left that new ones should be made."""
        return self.codes_left is not None and self.codes_left <= FEW_CODES


def standing_of(operator: Operator) -> Standing:
    """What the operator has; runs as the door, and reads no secret."""
    found = list(
        Authenticator.objects.filter(user_id=operator.pk).values_list(
            "type", "data__used_mask", "data__kept_at"
        )
    )
    kinds = [kind for kind, _, _ in found]
    codes = [(used, kept) for kind, used, kept in found if kind == Authenticator.Type.RECOVERY_CODES]
    return Standing(
        has_app=Authenticator.Type.TOTP in kinds,
        keys=kinds.count(Authenticator.Type.WEBAUTHN),
        codes_left=app_settings.RECOVERY_CODE_COUNT - codes[0][0].bit_count() if codes else None,
        codes_are_kept=any(kept for _, kept in codes),
    )


def operator_seen_by(operator: Operator, pk: int) -> Operator:
    """An account that the operator may look after: its provider's, or any of the branch's. Raises Http404."""
    seen = Operator.objects.filter(is_program=False)
    if not operator.is_payer:
        seen = seen.filter(provider_id=operator.provider_id)
    return get_object_or_404(seen, pk=pk)


KIND_WORDS: dict[str, Promise] = {
    Authenticator.Type.TOTP: pgettext_lazy("second factor", "application"),
    Authenticator.Type.WEBAUTHN: pgettext_lazy("second factor", "security key"),
    Authenticator.Type.RECOVERY_CODES: pgettext_lazy("second factor", "recovery codes"),
}
"""What an operator may have beside the password, in words."""


def kinds_of(operator: Operator) -> list[Promise]:
    """The kinds of means that an operator has, each once; also for an administrator, who may read no more of them."""
    kinds = set(Authenticator.objects.filter(user_id=operator.pk).values_list("type", flat=True))
    return [word for kind, word in KIND_WORDS.items() if kind in kinds]


def demanded_from(operator: Operator, day: date) -> date:
    """The first day on which the operator may not work without a second factor, by the rules of `day`.

    The grace is counted from the day the account was added. A shorter one is counted anew for all from the day of its
    rules, and a longer one gives its days to whoever was added lately; neither takes back what was demanded already.
    After a reset there is no grace (the branch's operators have none, providers' have fourteen days, by default).
    """
    if operator.second_factor_reset_at is not None:
        return warsaw_day(operator.second_factor_reset_at)
    side = "payer_grace_days" if operator.is_payer else "provider_grace_days"
    begun = SecurityPolicy.objects.filter(valid_from__lte=day).order_by("valid_from", "pk")
    of_each_day = {rule.valid_from: rule for rule in [SecurityPolicy(valid_from=date.min), *begun]}
    first, *later = (of_each_day[begins] for begins in sorted(of_each_day))
    added = warsaw_day(operator.added_at)
    grace: int = getattr(first, side)
    demanded = added + timedelta(days=grace)
    for rule in later:
        former, grace = grace, getattr(rule, side)
        if grace < former:
            demanded = min(demanded, max(added, rule.valid_from) + timedelta(days=grace))
        elif grace > former and demanded >= rule.valid_from:
            demanded = max(demanded, added + timedelta(days=grace))
    return demanded
