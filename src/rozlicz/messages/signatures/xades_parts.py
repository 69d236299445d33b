"""The parts of one XML signature (XAdES) as it stands in a document: certificate, moment, references."""

from __future__ import annotations

from base64 import b64decode
from datetime import UTC, datetime
from functools import cached_property

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml.algorithms import DigestAlgorithm, digest_algorithm_implementations

from rozlicz.kernel.texts import Text, same

_NAMES = {
    "ds": "http://www.w3.org/2000/09/xmldsig#",
    "xades": "http://uri.etsi.org/01903/v1.3.2#",
}
SIGNATURE_TAG = f"{{{_NAMES['ds']}}}Signature"

_PROPERTIES = "ds:Object/xades:QualifyingProperties/xades:SignedProperties"
_SIGNER = f"{_PROPERTIES}/xades:SignedSignatureProperties"
_DIGESTS_OF_CERTIFICATE = (
    f"{_SIGNER}/xades:SigningCertificateV2/xades:Cert/xades:CertDigest",
    f"{_SIGNER}/xades:SigningCertificate/xades:Cert/xades:CertDigest",
)
_NEEDED: tuple[tuple[str, Text], ...] = (
    ("ds:SignedInfo", same("ds:SignedInfo")),
    ("ds:SignatureValue", Text(pl="wartość podpisu", en="the signature's value")),
    ("ds:KeyInfo/ds:X509Data", Text(pl="certyfikat", en="the certificate")),
    (_PROPERTIES, Text(pl="podpisane właściwości XAdES", en="the signed properties of XAdES")),
    (f"{_SIGNER}/xades:SigningTime", Text(pl="czas podpisania", en="the moment of signing")),
)
_CERTIFICATE, _MOMENT = _NEEDED[2][1], _NEEDED[4][1]
_DIGEST_OF_CERTIFICATE = Text(pl="skrót certyfikatu", en="the digest of the certificate")


class SignatureParts:
    """What can be taken out of a signature before anything of it is believed."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        self.references = self.all("ds:SignedInfo/ds:Reference")

    def all(self, path: str) -> list[etree._Element]:
        """The elements at a path with the prefixes `ds` and `xades`."""
        return self.element.findall(path, _NAMES)

    @property
    def signed_properties(self) -> etree._Element | None:
        """The properties that XAdES adds to what is signed."""
        return next(iter(self.all(_PROPERTIES)), None)

    @cached_property
    def signed_at(self) -> datetime | None:
        """The moment the signer states; one without a zone is taken as UTC."""
        told = self.element.findtext(f"{_SIGNER}/xades:SigningTime", None, _NAMES)
        try:
            moment = datetime.fromisoformat((told or "").strip())
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            return None

    @cached_property
    def certificates(self) -> tuple[x509.Certificate, ...]:
        """All certificates in the signature; none when one cannot be read."""
        try:
            return tuple(
                x509.load_der_x509_certificate(b64decode(one.text or ""))
                for one in self.all("ds:KeyInfo/ds:X509Data/ds:X509Certificate")
            )
        except ValueError:
            return ()

    @cached_property
    def certificate(self) -> x509.Certificate | None:
        """The signer's certificate: the one of which the signed properties hold the digest."""
        for path in _DIGESTS_OF_CERTIFICATE:
            for told in self.all(path)[:1]:
                return next((one for one in self.certificates if _has_digest(one, told)), None)
        return None

    @property
    def signer(self) -> str:
        """The signer's name, empty when there is no certificate."""
        return "" if self.certificate is None else _name_of(self.certificate.subject)

    @property
    def issuer(self) -> str:
        """Who issued the certificate, empty when there is none."""
        return "" if self.certificate is None else _name_of(self.certificate.issuer)

    @property
    def digest_methods(self) -> tuple[str, ...]:
        """The digest algorithms of everything that is signed."""
        paths = ("ds:SignedInfo/ds:Reference", *_DIGESTS_OF_CERTIFICATE)
        found = (one for path in paths for one in self.all(f"{path}/ds:DigestMethod"))
        return tuple(one.get("Algorithm", "") for one in found)

    @property
    def lacking(self) -> Text | None:
        """The first part that is not there once, or cannot be read; None when all are."""
        for path, what in _NEEDED:
            if len(self.all(path)) != 1:
                return what
        if self.signed_at is None:
            return _MOMENT
        if not self.certificates:
            return _CERTIFICATE
        return _DIGEST_OF_CERTIFICATE if self.certificate is None else None


def _has_digest(certificate: x509.Certificate, told: etree._Element) -> bool:
    method, value = told.find("ds:DigestMethod", _NAMES), told.findtext("ds:DigestValue", "", _NAMES)
    try:
        algorithm = DigestAlgorithm("" if method is None else method.get("Algorithm"))
        digest = certificate.fingerprint(digest_algorithm_implementations[algorithm]())
        return b64decode(value) == digest
    except (ValueError, UnsupportedAlgorithm):
        return False


def _name_of(name: x509.Name) -> str:
    """The name people know: the common one, else that of the organisation.

    Never the whole name: in a qualified certificate it holds the signer's PESEL.
    """
    try:
        for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
            for found in name.get_attributes_for_oid(kind):
                return str(found.value)
    except ValueError:
        pass
    return ""
