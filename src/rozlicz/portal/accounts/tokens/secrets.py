"""What a token looks like: `rzl_`, 43 characters of 256 random bits, and six that check them.

The mark in front lets scanners for lost secrets recognise one. Stored is only the SHA-256 of the whole: of 256 random
bits nothing can be guessed from it, so no slow hash is needed.
"""

from __future__ import annotations

import hashlib
import secrets
import zlib

PREFIX = "rzl_"
_CHECK_LENGTH = 6


def new_secret() -> str:
    """A token that nobody has had before."""
    body = PREFIX + secrets.token_urlsafe(32)
    return body + _check_of(body)


def digest_of(secret: str) -> str:
    """What is stored of a token: its SHA-256, hex."""
    return hashlib.sha256(secret.encode()).hexdigest()


def ending_of(secret: str) -> str:
    """The last characters, by which a list shows which token it is: they only repeat what the others hold."""
    return secret[-_CHECK_LENGTH:]


def is_whole(secret: str) -> bool:
    """Whether the check part fits: a token that was copied in part, or mistyped, does not."""
    return secret.startswith(PREFIX) and _check_of(secret[:-_CHECK_LENGTH]) == ending_of(secret)


def _check_of(body: str) -> str:
    """The CRC-32 as six digits of base 36."""
    number, digits = zlib.crc32(body.encode()), ""
    for _ in range(_CHECK_LENGTH):
        number, digit = divmod(number, 36)
        digits += "0123456789abcdefghijklmnopqrstuvwxyz"[digit]
    return digits
