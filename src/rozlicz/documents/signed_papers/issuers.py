"""Issuers whom the branch trusts: reading their certificates, and chains of certificates up to one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import x509
from cryptography import x509 as strict
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.authority import CertTrustAnchor
from pyhanko_certvalidator.errors import ValidationError
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)
from pyhanko_certvalidator.validate import async_validate_path

from rozlicz.documents.signed_papers.certificates import name_of
from rozlicz.kernel.texts import Text

_LONGEST_CHAIN = 5
"""Certificates of one chain, the trusted one not counted (policy of this house; Polish ones have one or two)."""
_MOST_CHAINS = 20
"""So many chains are tried: whoever signs may embed certificates that name each other in circles."""

UNLOOKED = CertRevTrustPolicy(
    RevocationCheckingPolicy(
        ee_certificate_rule=RevocationCheckingRule.NO_CHECK,
        intermediate_ca_cert_rule=RevocationCheckingRule.NO_CHECK,
    )
)
"""Chains are judged without revocation, which is a question of its own."""


class UnableToReadIssuers(Exception):
    """A file holds no certificates of issuers; `text` says what is wrong and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return self.text.en


@dataclass(frozen=True, slots=True)
class Issuer:
    """A trusted issuer's certificate. Valid it must be at the moment that is judged, not now."""

    certificate: x509.Certificate

    @property
    def name(self) -> str:
        """Whom the certificate names."""
        return name_of(self.certificate.subject)

    def is_valid_at(self, moment: datetime) -> bool:
        """Whether the certificate's own days hold the moment (aware)."""
        first, last = self.certificate.not_valid_before, self.certificate.not_valid_after
        return bool(first <= moment <= last)


def issuers_in(content: bytes, *, name: str) -> tuple[Issuer, ...]:
    """The issuers in a file: one certificate (DER), or any number of them (PEM). `name` is for the sentences.

    Raises UnableToReadIssuers: no certificate, a damaged one, a private key beside it, or one of no issuer (CA).
    """
    if b"PRIVATE KEY" in content:
        raise UnableToReadIssuers(_PRIVATE_KEY.filled(name=name))
    try:
        if b"-----BEGIN" in content:
            found = strict.load_pem_x509_certificates(content)
        else:
            found = [strict.load_der_x509_certificate(content)]
        return tuple(_issuer(one, name) for one in found)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UnableToReadIssuers(_UNREADABLE.filled(name=name)) from error


def _issuer(found: strict.Certificate, name: str) -> Issuer:
    try:
        is_issuer = found.extensions.get_extension_for_class(strict.BasicConstraints).value.ca
    except strict.ExtensionNotFound:
        is_issuer = False
    certificate = x509.Certificate.load(found.public_bytes(Encoding.DER))
    if not is_issuer:
        raise UnableToReadIssuers(_NO_ISSUER.filled(name=name, owner=name_of(certificate.subject)))
    return Issuer(certificate)


async def chain_to(
    issuers: Sequence[Issuer],
    certificate: x509.Certificate,
    others: Iterable[x509.Certificate],
    *,
    moment: datetime,
) -> ValidationPath | None:
    """A chain from a certificate to one of the issuers by way of the others, all valid at the moment; None: none."""
    for path in _paths(issuers, certificate, tuple(others), moment):
        context = ValidationContext(
            trust_roots=[path.trust_anchor], moment=moment, revinfo_policy=UNLOOKED, allow_fetching=False
        )
        try:
            await async_validate_path(context, path)
        except ValidationError:
            continue
        return path
    return None


def _paths(
    issuers: Sequence[Issuer],
    certificate: x509.Certificate,
    others: tuple[x509.Certificate, ...],
    moment: datetime,
) -> Iterator[ValidationPath]:
    """Every chain by the names of owners and issuers, the shortest first, as many as are tried."""
    trusted = [one.certificate for one in issuers if one.is_valid_at(moment)]
    waiting: list[tuple[x509.Certificate, ...]] = [(certificate,)]
    tried = 0
    while waiting and tried < _MOST_CHAINS:
        chain, tried = waiting.pop(0), tried + 1
        last = chain[-1]
        for anchor in trusted:
            if anchor.subject == last.issuer and anchor.dump() != last.dump():
                yield ValidationPath(CertTrustAnchor(anchor), list(reversed(chain[1:])), chain[0])
        if len(chain) < _LONGEST_CHAIN:
            used = {one.dump() for one in chain}
            onward = [one for one in others if one.subject == last.issuer and one.dump() not in used]
            waiting += [(*chain, one) for one in onward[:_MOST_CHAINS]]


_PRIVATE_KEY = Text(
    pl="Plik {name} zawiera klucz prywatny, a ma zawierać tylko certyfikaty. Proszę usunąć go z tego folderu.",
    en="The file {name} holds a private key; it is to hold certificates only. Take it out of this folder.",
)
_UNREADABLE = Text(
    pl="Pliku {name} nie można odczytać jako certyfikatu X.509 (PEM albo DER). Proszę pobrać go jeszcze raz od"
    " wystawcy albo usunąć z tego folderu.",
    en="The file {name} cannot be read as an X.509 certificate (PEM or DER). Get it again from the issuer, or take it"
    " out of this folder.",
)
_NO_ISSUER = Text(
    pl="Certyfikat „{owner}” w pliku {name} nie jest certyfikatem wystawcy (CA). Proszę włożyć certyfikat tego, kto"
    " go wydał, a ten usunąć.",
    en="The certificate of “{owner}” in the file {name} is not one of an issuer (CA). Put in that of whoever issued"
    " it, and take this one out.",
)
