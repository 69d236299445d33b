"""Signing an e-document: one XAdES signature more, before the end of the root. The bytes signed stay as they are."""

from __future__ import annotations

import io
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod
from signxml.util import SigningSettings
from signxml.xades.xades import XAdESDataObjectFormat, XAdESSigner

from rozlicz.kernel.texts import Text
from rozlicz.messages.signatures.xades import SIGNED_LIMITS, parsed
from rozlicz.messages.signatures.xades_parts import SIGNATURE_TAG
from rozlicz.messages.wire.envelope import opened
from rozlicz.messages.wire.stream import Walker


class UnableToSign(Exception):
    """Certificate and key cannot make a signature that holds; `text` says why and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return self.text.en


_OTHER_KEY = Text(
    pl="Klucz prywatny nie należy do certyfikatu. Wskaż klucz i certyfikat tej samej osoby.",
    en="The private key does not belong to the certificate. Choose key and certificate of the same person.",
)
_KIND_OF_KEY = Text(
    pl="Klucz jest rodzaju, którym nie podpisuje się e-dokumentów; użyj klucza RSA albo EC (P-256, P-384, P-521).",
    en="E-documents are not signed with a key of this kind; use an RSA or EC key (P-256, P-384, P-521).",
)
_NOT_VALID = Text(
    pl="Certyfikat jest ważny od {first} do {last}, a podpis miałby datę {day}. Użyj ważnego certyfikatu.",
    en="The certificate is valid from {first} to {last}; the signature would be of {day}. Use a valid certificate.",
)

_SigningKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

_METHOD_OF_CURVE: dict[str, SignatureMethod] = {
    "secp256r1": SignatureMethod.ECDSA_SHA256,
    "secp384r1": SignatureMethod.ECDSA_SHA384,
    "secp521r1": SignatureMethod.ECDSA_SHA512,
}


def sign_document(
    content: bytes, *, certificate: x509.Certificate, key: PrivateKeyTypes, signed_at: datetime
) -> bytes:
    """The document with a signature more, made at `signed_at` (with its time zone).

    `content` is a written bill, zipped or not; what is given back is plain XML. A document signed already is signed
    with the signatures it has. Raises UnableToSign when key and certificate do not fit each other or the moment,
    MessageRefused when `content` is no message.
    """
    if signed_at.tzinfo is None:
        raise ValueError("the moment of signing needs its time zone")
    method, signing_key = _fitting(certificate, key, signed_at)
    with opened(io.BytesIO(content), limits=SIGNED_LIMITS) as stream:
        xml = stream.read()
    end = _end_of_root(xml)
    signer = _Signer(method, signed_at)
    signed = signer.sign(parsed(xml), key=signing_key, cert=[certificate], always_add_key_value=False)
    signature = etree.tostring(signed.findall(SIGNATURE_TAG)[-1], encoding="us-ascii", with_tail=False)
    return xml[:end] + signature + xml[end:]


class _Signer(XAdESSigner):
    """Signs with the moment it is told instead of the clock's."""

    def __init__(self, method: SignatureMethod, signed_at: datetime) -> None:
        super().__init__(
            signature_algorithm=method,
            digest_algorithm=DigestAlgorithm.SHA256,
            # what a reference without transforms means to every verifier
            c14n_algorithm=CanonicalizationMethod.CANONICAL_XML_1_0,
            data_object_format=XAdESDataObjectFormat(Description="e-dokument", MimeType="text/xml"),
        )
        self._signed_at = signed_at

    def add_signing_time(
        self,
        signed_signature_properties: etree._Element,
        sig_root: etree._Element,
        signing_settings: SigningSettings,
    ) -> None:
        """State the moment of signing in place of the present one."""
        super().add_signing_time(signed_signature_properties, sig_root, signing_settings)
        signed_signature_properties[-1].text = self._signed_at.isoformat(timespec="seconds")


def _fitting(
    certificate: x509.Certificate, key: PrivateKeyTypes, signed_at: datetime
) -> tuple[SignatureMethod, _SigningKey]:
    """The method for a key, and the key; or the sentence that says why they do not fit."""
    if certificate.public_key() != key.public_key():
        raise UnableToSign(_OTHER_KEY)
    first, last = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not first <= signed_at <= last:
        raise UnableToSign(_NOT_VALID.filled(first=first.date(), last=last.date(), day=signed_at.date()))
    if isinstance(key, rsa.RSAPrivateKey):
        return SignatureMethod.RSA_SHA256, key
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name in _METHOD_OF_CURVE:
        return _METHOD_OF_CURVE[key.curve.name], key
    raise UnableToSign(_KIND_OF_KEY)


def _end_of_root(xml: bytes) -> int:
    """Where the root's closing tag begins, in bytes."""
    place = 0

    def end(_name: str) -> None:
        nonlocal place
        place = walker.parser.CurrentByteIndex

    walker = Walker(io.BytesIO(xml), where=lambda: "", progress=lambda: place, limits=SIGNED_LIMITS)
    walker.use(lambda _name, _attributes: None, end)
    walker.run()
    if xml[place : place + 2] != b"</":
        raise ValueError("a document without content cannot be signed")
    return place
