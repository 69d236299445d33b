"""People who sign: keys and certificates made for one run of the tests."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import NameOID

AT = datetime(2026, 11, 5, 8, 30, tzinfo=UTC)


class Signer(NamedTuple):
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    certificate: x509.Certificate


def name_of(name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, "PNOPL-90090908117"),
        ]
    )


def certified(
    key, name: str, *, issuer: Signer | None = None, first: int = 2020, last: int = 2040, ca: bool = False
) -> Signer:
    """A signer with a certificate of one's own, or by an issuer."""
    by, with_key = (issuer.certificate.subject, issuer.key) if issuer else (name_of(name), key)
    signing_certificates = {"key_cert_sign": ca, "crl_sign": ca, "digital_signature": not ca}
    usage = dict.fromkeys(
        "content_commitment key_encipherment data_encipherment key_agreement encipher_only decipher_only".split(),
        False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name_of(name))
        .issuer_name(by)
        .public_key(key.public_key())
        .serial_number(20260042)
        .not_valid_before(datetime(first, 1, 1))
        .not_valid_after(datetime(last, 1, 1))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**signing_certificates, **usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(with_key.public_key()), critical=False
        )
        .sign(with_key, None if isinstance(with_key, ed25519.Ed25519PrivateKey) else hashes.SHA256())
    )
    return Signer(key, certificate)


@cache
def anna() -> Signer:
    return certified(ec.generate_private_key(ec.SECP256R1()), "Anna Przykładowa")


@cache
def jan() -> Signer:
    return certified(rsa.generate_private_key(65537, 2048), "Jan Zmyślony")


@cache
def office() -> Signer:
    """Who issues certificates to others."""
    return certified(ec.generate_private_key(ec.SECP256R1()), "Urząd", ca=True)


@cache
def ewa() -> Signer:
    return certified(ec.generate_private_key(ec.SECP384R1()), "Ewa Poświadczona", issuer=office())
