"""Keys and signatures on the provider's desk: who signs a bill, and who signed one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import typer
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import load_pem_private_key, pkcs12
from rich.table import Table
from rich.text import Text as Line

from rozlicz.cli.context import EXIT_USAGE, existing, refuse, say
from rozlicz.cli.shown import facts, moment, show
from rozlicz.kernel.texts import Text
from rozlicz.messages.signatures import Signature
from rozlicz.messages.signatures.signing import UnableToSign, sign_document

PASSWORD_VARIABLE = "ROZLICZ_KEY_PASSWORD"  # noqa: S105 - the name of the variable, not a password
"""Where the password of a key is taken from; without it the command asks. It is never typed as an option."""

_P12 = (".p12", ".pfx")
_WARSAW = ZoneInfo("Europe/Warsaw")

_NO_KEY = Text(
    pl="Pliku {path} nie można odczytać jako klucza z certyfikatem: potrzebny jest plik .p12 albo PEM z oboma "
    "i właściwe hasło.",
    en="The file {path} cannot be read as a key with its certificate: a .p12 file or a PEM with both is needed, and "
    "the right password.",
)
_NO_ROOTS = Text(
    pl="Plik {path} nie zawiera certyfikatów w postaci PEM.",
    en="The file {path} holds no certificates in PEM form.",
)


def signed(content: bytes, *, key: Path, at: datetime) -> bytes:
    """The bill signed with a key file at that moment; what prevents it ends the command."""
    certificate, private = _key_of(existing(key))
    try:
        return sign_document(content, certificate=certificate, key=private, signed_at=at)
    except UnableToSign as unable:
        refuse(unable.text)


def roots_of(path: Path | None) -> list[x509.Certificate]:
    """The certificates of a PEM file that its reader trusts; none without a file."""
    if path is None:
        return []
    try:
        return x509.load_pem_x509_certificates(existing(path).read_bytes())
    except ValueError:
        refuse(_NO_ROOTS.filled(path=path), exit_status=EXIT_USAGE)


def show_signatures(signatures: Sequence[Signature]) -> None:
    """Who signed, when, and whether the signature holds; nothing for an unsigned bill."""
    for one in signatures:
        show(signature_table(one))


def signature_table(one: Signature) -> Table:
    """Who signed, when, and whether the signature holds."""
    holds = (
        Line(say("ważny, obejmuje cały dokument", "holds, covers the whole document"), style="green")
        if one.holds
        else Line(say("nie jest ważny", "does not hold"), style="red")
    )
    return facts(
        (say("Podpis", "Signature"), holds),
        (say("podpisał(a)", "signed by"), one.signer),
        (say("wystawca certyfikatu", "issuer of the certificate"), one.issuer),
        (say("numer certyfikatu", "number of the certificate"), one.serial),
        (say("podany czas", "moment stated"), _moment(one)),
        (say("zaufany wystawca", "trusted issuer"), _trust(one)),
    )


def signature_json(one: Signature) -> dict[str, Any]:
    """A signature for programs."""
    return {
        "holds": one.holds,
        "signer": one.signer,
        "issuer": one.issuer,
        "serial": one.serial,
        "signed_at": one.signed_at.isoformat() if one.signed_at else None,
        "rooted": one.rooted,
    }


def _moment(one: Signature) -> str:
    return moment(one.signed_at.astimezone(_WARSAW).replace(tzinfo=None)) if one.signed_at else ""


def _trust(one: Signature) -> str:
    if one.rooted is None:
        return say(
            "nie sprawdzano (także czy podpis jest kwalifikowany)",
            "not looked at (nor whether the signature is a qualified one)",
        )
    return say("tak", "yes") if one.rooted else say("nie", "no")


def _key_of(path: Path) -> tuple[x509.Certificate, PrivateKeyTypes]:
    """Key and certificate of a file; where it is locked, its password comes from the environment or is asked for."""
    content, is_p12 = path.read_bytes(), path.suffix.lower() in _P12
    password = _password() if is_p12 or b"ENCRYPTED" in content else None
    found = _opened(content, password, p12=is_p12)
    if found is None:
        refuse(_NO_KEY.filled(path=path))
    return found


def _password() -> bytes | None:
    told = os.environ.get(PASSWORD_VARIABLE)
    if told is None:
        told = typer.prompt(
            say("Hasło klucza", "Password of the key"),
            hide_input=True,
            default="",
            show_default=False,
            err=True,
        )
    return told.encode() or None


def _opened(
    content: bytes, password: bytes | None, *, p12: bool
) -> tuple[x509.Certificate, PrivateKeyTypes] | None:
    """Key and certificate, None when the password is not right or one of them is not there."""
    try:
        if p12:
            key, certificate, _others = pkcs12.load_key_and_certificates(content, password)
            return None if key is None or certificate is None else (certificate, key)
        private = load_pem_private_key(content, password)
        certificates = x509.load_pem_x509_certificates(content)
    except (ValueError, TypeError):
        return None
    own = [one for one in certificates if one.public_key() == private.public_key()]
    return (own[0], private) if own else None
