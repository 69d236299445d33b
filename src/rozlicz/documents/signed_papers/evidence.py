"""What a signed file carries as evidence: time stamps, and what issuers answered about revocation (PAdES-T, -LT)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from asn1crypto import cms, crl, ocsp, x509
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import (
    MultivaluedAttributeError,
    NonexistentAttributeError,
    find_unique_cms_attribute,
)
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    extract_tst_data_iter,
    message_imprint_checker,
    validate_tst_signed_data,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import RevokedError, ValidationError
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)
from pyhanko_certvalidator.revinfo.archival import CRLContainer, OCSPContainer
from pyhanko_certvalidator.validate import async_validate_path

from rozlicz.documents.signed_papers import Revocation
from rozlicz.documents.signed_papers.issuers import UNLOOKED, Issuer, chain_to

_MOST_ANSWERS = 20
"""So many answers about one certificate, and so many time stamps, are looked at (policy of this house)."""
_CLOCKS_DIFFER = timedelta(minutes=5)
"""What seems to come from the future by no more than this is believed (policy of this house)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """What a file keeps for the validation of its signatures: the DSS, with certificates for chains."""

    certificates: tuple[x509.Certificate, ...] = ()
    ocsps: tuple[ocsp.OCSPResponse, ...] = ()
    crls: tuple[crl.CertificateList, ...] = ()


def store_of(reader: PdfFileReader) -> Store:
    """The file's DSS (ISO 32000-2), empty where there is none."""
    try:
        found = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return Store()
    return Store(
        certificates=tuple(found.load_certs()),
        ocsps=tuple(
            ocsp.OCSPResponse.load(one.get_object().read_data(DecodePurpose.OCSP_RESPONSE))
            for one in found.ocsps
        ),
        crls=tuple(
            crl.CertificateList.load(one.get_object().read_data(DecodePurpose.CRL)) for one in found.crls
        ),
    )


def with_archive_of(one: EmbeddedPdfSignature, store: Store) -> Store:
    """The store with what stands in the signature itself (adbe-revocationInfoArchival)."""
    try:
        found = find_unique_cms_attribute(one.signer_info["signed_attrs"], "adobe_revocation_info_archival")
    except (NonexistentAttributeError, MultivaluedAttributeError):
        return store
    return Store(
        certificates=store.certificates,
        ocsps=(*store.ocsps, *(found["ocsp"] or ())),
        crls=(*store.crls, *(found["crl"] or ())),
    )


# Time stamps


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamps:
    """The earliest time that a trusted authority attests, None without one; and whether there are others."""

    earliest: datetime | None
    has_unused: bool


async def stamps_of(
    one: EmbeddedPdfSignature,
    later: Iterable[EmbeddedPdfSignature],
    *,
    issuers: Sequence[Issuer],
    store: Store,
    at: datetime,
) -> Stamps:
    """Time stamps of a signature, and those of the document that came later and cover it (`/DocTimeStamp`)."""
    imprint = message_imprint_checker(one.signer_info)
    found = [
        await _stamped_at(token, imprint, issuers, store, at)
        for token in list(extract_tst_data_iter(one.signer_info, signed=False))[:_MOST_ANSWERS]
    ]
    for stamp in list(later)[:_MOST_ANSWERS]:
        if stamp.signed_revision > one.signed_revision:
            stamp.compute_integrity_info(skip_diff=True)
            found.append(await _stamped_at(stamp.signed_data, stamp.compute_digest, issuers, store, at))
    good = [moment for moment in found if moment is not None]
    return Stamps(earliest=min(good, default=None), has_unused=len(good) < len(found))


async def _stamped_at(
    token: cms.SignedData,
    imprint: Callable[[str], bytes],
    issuers: Sequence[Issuer],
    store: Store,
    at: datetime,
) -> datetime | None:
    """The time of a stamp; None when it does not fit, or its authority descends from no trusted issuer."""
    try:
        certificates = extract_certs_for_validation(token)
        authority = certificates.signer_cert
        # Whether the token fits is asked here; the authority's chain is followed afterwards, within bounds.
        context = ValidationContext(
            trust_roots=[authority], allow_fetching=False, moment=at, revinfo_policy=UNLOOKED
        )
        status = await validate_tst_signed_data(token, context, imprint)
    except ValueError:
        return None
    usage = authority.extended_key_usage_value
    if usage is None or "time_stamping" not in usage.native:
        return None
    if not (status["intact"] and status["valid"]) or status["trust_problem_indic"] is not None:
        return None
    others = (*certificates.other_certs, *store.certificates)
    moment: datetime = status["timestamp"]
    if moment > at + _CLOCKS_DIFFER or await chain_to(issuers, authority, others, moment=at) is None:
        return None
    return moment


# Revocation


async def revocation_of(path: ValidationPath, store: Store, *, at: datetime) -> Revocation | None:
    """What the store proves of the certificate at the end of a chain; None: nothing.

    An answer is judged for the moment for which it was given (`thisUpdate`): that the certificate was not revoked
    then stays true however old the answer is. Revoked once outweighs every other answer; of the others the latest
    counts. Revocation of the issuers themselves is not looked at.
    """
    answers = [answer async for answer in _answers(path, store) if answer.as_of <= at + _CLOCKS_DIFFER]
    revoked = [answer for answer in answers if answer.revoked_at]
    return max(revoked or answers, key=lambda answer: answer.as_of, default=None)


async def _answers(path: ValidationPath, store: Store) -> AsyncIterator[Revocation]:
    """Every answer of the store about the certificate that is given by the right one and fits."""
    certificate = path.leaf
    if not isinstance(certificate, x509.Certificate):
        return
    asked = [*_ocsp_answers(certificate, store), *_crl_answers(certificate, store)]
    for answer in asked[:_MOST_ANSWERS]:
        context = ValidationContext(
            trust_roots=[path.trust_anchor],
            other_certs=[*path.iter_certs(include_root=False)],
            moment=answer.as_of,
            allow_fetching=False,
            ocsps=answer.ocsps,
            crls=answer.crls,
            revinfo_policy=_ONLY_OCSP if answer.ocsps else _ONLY_CRL,
        )
        source = "OCSP" if answer.ocsps else "CRL"
        try:
            await async_validate_path(context, path)
        except RevokedError as revoked:
            yield Revocation(as_of=answer.as_of, source=source, revoked_at=revoked.revocation_dt)
        except ValidationError:
            continue
        else:
            yield Revocation(as_of=answer.as_of, source=source)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    as_of: datetime
    ocsps: tuple[OCSPContainer, ...] = ()
    crls: tuple[CRLContainer, ...] = ()


def _ocsp_answers(certificate: x509.Certificate, store: Store) -> Iterator[_Answer]:
    for response in store.ocsps:
        for container in OCSPContainer.load_multi(response):
            about, moment = container.extract_single_response(), container.issuance_date
            if about is None or moment is None:
                continue
            if about["cert_id"]["serial_number"].native == certificate.serial_number:
                yield _Answer(as_of=moment, ocsps=(container,))


def _crl_answers(certificate: x509.Certificate, store: Store) -> Iterator[_Answer]:
    for one in store.crls:
        container = CRLContainer(one)
        if container.issuance_date and one.issuer == certificate.issuer:
            yield _Answer(as_of=container.issuance_date, crls=(container,))


def _only(rule: RevocationCheckingRule) -> CertRevTrustPolicy:
    return CertRevTrustPolicy(
        RevocationCheckingPolicy(
            ee_certificate_rule=rule, intermediate_ca_cert_rule=RevocationCheckingRule.NO_CHECK
        )
    )


_ONLY_OCSP = _only(RevocationCheckingRule.OCSP_REQUIRED)
_ONLY_CRL = _only(RevocationCheckingRule.CRL_REQUIRED)
