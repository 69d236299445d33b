"""What allauth's second factor asks of us: names, and secrets that are never stored in clear."""

from __future__ import annotations

import ipaddress
from base64 import urlsafe_b64encode
from functools import cache

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rozlicz.portal.accounts.models import Operator

_PURPOSE = b"rozlicz second factor"
_KEY_BYTES = 32
UNREADABLE = "unreadable"
"""The code of the ValidationError about a secret that was kept under a lost key."""


class MFAAdapter(DefaultMFAAdapter):
    """Keeps the TOTP secret and the seed of recovery codes under a key that is not in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "This code is not right, or has been used already. Please type the one that is shown now."
        ),
        "cannot_generate_recovery_codes": gettext_lazy(
            "Recovery codes belong to a second factor: please set up an application or a key first."
        ),
    }

    def encrypt(self, text: str) -> str:
        """The text under today's key."""
        return _cipher(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text again. Raises ValidationError if it was kept under a key that is lost."""
        cipher = _cipher(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        try:
            return cipher.decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            raise ValidationError(
                _(
                    "The second factor of this account can no longer be read, since the portal has a new key."
                    " Please ask an administrator to reset it."
                ),
                code=UNREADABLE,
            ) from None

    def get_totp_label(self, user: Operator) -> str:
        """What the app shows beside the code: the log-in."""
        return user.login

    def generate_authenticator_name(self, user: Operator, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's name
        """A name for a key that was given none."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Key %(number)d") % {"number": number}

    def get_public_key_credential_user_entity(self, user: Operator) -> dict[str, object]:
        """What the browser and the key show: the person and the log-in."""
        entity: dict[str, object] = super().get_public_key_credential_user_entity(user)
        return entity | {"name": user.login, "display_name": user.full_name}


def keys_work_here() -> bool:
    """Whether a browser offers security keys at the address of this request: it has a name, not only a number."""
    host = context.request.get_host()
    try:
        ipaddress.ip_address(host.rsplit(":", 1)[0].strip("[]"))
    except ValueError:
        return True
    return False


@cache
def _cipher(*secrets: str) -> MultiFernet:
    """Encrypts under the first secret, reads what was kept under any of them."""
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=_PURPOSE).derive(secret.encode())
    return urlsafe_b64encode(derived)
