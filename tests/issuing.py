"""Issuers of certificates who do not exist: a root, one below it, whom they issue for, time stamps, OCSP and CRL."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfTimeStamper, SimpleSigner, sign_pdf
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from rozlicz.documents.signed_papers.issuers import Issuer

PESEL = "80010112346"
QC_STATEMENTS = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3")


def _sequence(*parts: bytes) -> bytes:
    content = b"".join(parts)
    return b"\x30" + bytes([len(content)]) + content


def _oid(last: str) -> bytes:
    """0.4.0.1862.1.… of ETSI EN 319 412-5."""
    content = bytes.fromhex("04008e4601" + last)
    return b"\x06" + bytes([len(content)]) + content


def declaration(*, kind: str = "", device: bool = False, qualified: bool = True) -> bytes:
    """QCStatements; `kind` "01" a signature, "02" a seal, "" not stated."""
    parts = [_sequence(_oid("01"))] if qualified else []
    if device:
        parts.append(_sequence(_oid("04")))
    if kind:
        parts.append(_sequence(_oid("06"), _sequence(_oid("06" + kind))))
    return _sequence(*parts)


def converted(found: x509.Certificate) -> Certificate:
    return Certificate.load(found.public_bytes(Encoding.DER))


def name(common: str, **more: str) -> x509.Name:
    known = {
        "given": NameOID.GIVEN_NAME,
        "surname": NameOID.SURNAME,
        "serial": NameOID.SERIAL_NUMBER,
        "organization": NameOID.ORGANIZATION_NAME,
    }
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, common)] if common else []
    return x509.Name([*parts, *(x509.NameAttribute(known[part], value) for part, value in more.items())])


@dataclass(frozen=True)
class Holder:
    """A certificate with its key, and the certificates of the chain above it that its signatures carry."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def secret(self) -> PrivateKeyInfo:
        return PrivateKeyInfo.load(self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))

    @property
    def issuer(self) -> Issuer:
        return Issuer(converted(self.certificate))

    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)


@dataclass(frozen=True)
class World:
    """A root and a provider of trust services below it, both valid a year around `now`."""

    now: datetime
    root: Holder
    provider: Holder

    @classmethod
    def at(cls, now: datetime) -> World:
        root = _issued(name("Narodowe Centrum Prób"), now=now, is_issuer=True)
        provider = _issued(name("Centrum Kwalifikowane Prób"), now=now, by=root, is_issuer=True)
        return cls(now=now, root=root, provider=provider)

    def person(
        self,
        owner: x509.Name | None = None,
        *,
        statements: bytes | None = None,
        first: timedelta = timedelta(days=-30),
        last: timedelta = timedelta(days=300),
    ) -> Holder:
        return _issued(
            owner or name("Zofia Żuk", serial=f"PNOPL-{PESEL}"),
            now=self.now,
            by=self.provider,
            statements=statements,
            first=first,
            last=last,
        )

    def authority(self, *, stamps: bool = True) -> Holder:
        return _issued(name("Znacznik Czasu Prób"), now=self.now, by=self.provider, stamps=stamps)

    def ocsp(
        self, about: Holder, *, as_of: datetime, revoked_at: datetime | None = None, by: Holder | None = None
    ) -> asn1_ocsp.OCSPResponse:
        by = by or self.provider
        response = (
            ocsp.OCSPResponseBuilder()
            .add_response(
                cert=about.certificate,
                issuer=by.certificate,
                algorithm=hashes.SHA1(),
                cert_status=ocsp.OCSPCertStatus.REVOKED if revoked_at else ocsp.OCSPCertStatus.GOOD,
                this_update=as_of,
                next_update=as_of + timedelta(hours=1),
                revocation_time=revoked_at,
                revocation_reason=None,
            )
            .responder_id(ocsp.OCSPResponderEncoding.HASH, by.certificate)
            .sign(by.key, hashes.SHA256())
        )
        return asn1_ocsp.OCSPResponse.load(response.public_bytes(Encoding.DER))

    def crl(
        self, *, as_of: datetime, revoked: dict[Holder, datetime] | None = None
    ) -> asn1_crl.CertificateList:
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.provider.certificate.subject)
            .last_update(as_of)
            .next_update(as_of + timedelta(days=1))
            .add_extension(x509.CRLNumber(1), critical=False)
        )
        for holder, day in (revoked or {}).items():
            builder = builder.add_revoked_certificate(
                x509.RevokedCertificateBuilder()
                .serial_number(holder.certificate.serial_number)
                .revocation_date(day)
                .build()
            )
        found = builder.sign(self.provider.key, hashes.SHA256())
        return asn1_crl.CertificateList.load(found.public_bytes(Encoding.DER))


def _issued(
    owner: x509.Name,
    *,
    now: datetime,
    by: Holder | None = None,
    is_issuer: bool = False,
    stamps: bool | None = None,
    statements: bytes | None = None,
    first: timedelta = timedelta(days=-365),
    last: timedelta = timedelta(days=365),
) -> Holder:
    # pyHanko's time stamps are made with RSA only.
    key = ec.generate_private_key(ec.SECP256R1()) if stamps is None else rsa.generate_private_key(65537, 2048)
    builder = (
        x509.CertificateBuilder()
        .subject_name(owner)
        .issuer_name(by.certificate.subject if by else owner)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before((now + first).astimezone(UTC))
        .not_valid_after((now + last).astimezone(UTC))
        .add_extension(x509.BasicConstraints(ca=is_issuer, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(_usage(is_issuer), critical=True)
    )
    if stamps:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    if statements is not None:
        builder = builder.add_extension(x509.UnrecognizedExtension(QC_STATEMENTS, statements), critical=False)
    if by and not is_issuer:
        builder = builder.add_extension(
            x509.AuthorityInformationAccess(
                [
                    x509.AccessDescription(
                        AuthorityInformationAccessOID.OCSP,
                        x509.UniformResourceIdentifier("http://ocsp.example/"),
                    )
                ]
            ),
            critical=False,
        )
    certificate = builder.sign(by.key if by else key, hashes.SHA256())
    chain = (by.certificate, *by.chain) if by and by.certificate.issuer != by.certificate.subject else ()
    return Holder(certificate, key, chain)


def _usage(is_issuer: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_issuer,
        content_commitment=not is_issuer,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_issuer,
        crl_sign=is_issuer,
        encipher_only=False,
        decipher_only=False,
    )


def stamper(authority: Holder, at: datetime) -> DummyTimeStamper:
    """A time stamp authority whose clock stands still."""
    return DummyTimeStamper(
        tsa_cert=converted(authority.certificate),
        tsa_key=authority.secret,
        certs_to_embed=store(authority.chain),
        fixed_dt=at,
    )


def store(certificates: tuple[x509.Certificate, ...]) -> SimpleCertificateStore:
    found = SimpleCertificateStore()
    found.register_multiple(map(converted, certificates))
    return found


def signed_by(
    holder: Holder,
    document: bytes,
    *,
    stamp: DummyTimeStamper | None = None,
    field: str = "Podpis",
    reason: str | None = None,
    archive: ValidationContext | None = None,
) -> bytes:
    """The document with a signature more; with `archive` the proofs of that context stand in the signature itself."""
    metadata = PdfSignatureMetadata(
        field_name=field,
        reason=reason,
        name="Podpisujący",
        subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED if archive else SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        embed_validation_info=archive is not None,
        validation_context=archive,
    )
    signer = SimpleSigner(
        signing_cert=converted(holder.certificate),
        signing_key=holder.secret,
        cert_registry=store(holder.chain),
    )
    # pyHanko starts an event loop, and in the thread of the browser tests there runs one already.
    with ThreadPoolExecutor(1) as thread:
        target = thread.submit(
            sign_pdf,
            IncrementalPdfFileWriter(io.BytesIO(document)),
            metadata,
            signer=signer,
            timestamper=stamp,
        ).result()
    return bytes(target.getvalue())


def with_store(
    document: bytes,
    *,
    ocsps: tuple[asn1_ocsp.OCSPResponse, ...] = (),
    crls: tuple[asn1_crl.CertificateList, ...] = (),
    certificates: tuple[x509.Certificate, ...] = (),
) -> bytes:
    """The signed document with proofs added behind the last signature (PAdES-LT)."""
    target = io.BytesIO(document)
    last = PdfFileReader(io.BytesIO(document)).embedded_signatures[-1]
    DocumentSecurityStore.add_dss(
        target,
        last.pkcs7_content.hex().encode(),
        ocsps=ocsps,
        crls=crls,
        certs=list(map(converted, certificates)),
    )
    return target.getvalue()


def with_document_stamp(document: bytes, by: DummyTimeStamper) -> bytes:
    """The signed document with a time stamp of all of it (PAdES-LTA)."""
    with ThreadPoolExecutor(1) as thread:
        target = thread.submit(
            PdfTimeStamper(by).timestamp_pdf, IncrementalPdfFileWriter(io.BytesIO(document)), "sha256"
        ).result()
    return bytes(target.getvalue())
