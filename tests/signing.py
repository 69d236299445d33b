"""Signatures of people who do not exist: a certificate signed by itself, and a document signed with it by pyHanko."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from functools import cache

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko_certvalidator.registry import SimpleCertificateStore

SIGNER = "Zofia Żuk"


@cache
def signer(first: date, last: date) -> SimpleSigner:
    """Zofia Żuk with a certificate that is valid on these days."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, SIGNER)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.combine(first, time()))
        .not_valid_after(datetime.combine(last, time()))
        .add_extension(x509.KeyUsage(True, True, *[False] * 7), critical=True)
        .sign(key, hashes.SHA256())
    )
    return SimpleSigner(
        signing_cert=Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        signing_key=PrivateKeyInfo.load(
            key.private_bytes(
                serialization.Encoding.DER,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        ),
        cert_registry=SimpleCertificateStore(),
    )


def signed(document: bytes, *, on: date, valid_days: int = 365, field: str = "Podpis") -> bytes:
    """The document with a PAdES signature, the certificate valid since ten days before `on`."""
    first = on - timedelta(days=10)
    # pyHanko starts an event loop, and in the thread of the browser tests there runs one already.
    with ThreadPoolExecutor(1) as thread:
        target = thread.submit(
            sign_pdf,
            IncrementalPdfFileWriter(io.BytesIO(document)),
            PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES),
            signer=signer(first, first + timedelta(days=valid_days)),
        ).result()
    return bytes(target.getvalue())
