"""XML signatures (XAdES, enveloped) of e-documents: reading and verifying.

Every signature stands directly in the root, after the last element. It covers the whole document with the signatures
made before it; those made later are taken away before it is verified. Nothing outside the document is ever looked up:
neither entities nor references, neither networks nor the system's certificates.
"""

from __future__ import annotations

from collections.abc import Sequence

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.verification import ExtensionPolicy, PolicyBuilder, Store, VerificationError
from lxml import etree
from signxml.algorithms import (
    CanonicalizationMethod,
    DigestAlgorithm,
    SignatureConstructionMethod,
    SignatureMethod,
)
from signxml.exceptions import InvalidCertificate, InvalidDigest, InvalidSignature, SignXMLException
from signxml.xades.xades import XAdESSignatureConfiguration, XAdESVerifier

from rozlicz.kernel.refusals import Refusal
from rozlicz.kernel.texts import Text, same
from rozlicz.messages.signatures import (
    CHANGED,
    INCOMPLETE,
    MISPLACED,
    MOST_SIGNATURES,
    NOT_THE_WHOLE,
    NOT_VALID_THEN,
    OTHER_KEY,
    TOO_MANY,
    WEAK,
    Signature,
)
from rozlicz.messages.signatures.xades_parts import SIGNATURE_TAG, SignatureParts
from rozlicz.messages.wire.envelope import Source, opened
from rozlicz.messages.wire.limits import DOCUMENT_LIMITS, MIB, Limits
from rozlicz.messages.wire.refusals import refused
from rozlicz.messages.wire.stream import Attributes, Walker
from rozlicz.messages.wire.tree import SIGNATURE

SIGNED_LIMITS = Limits(max_packed_bytes=16 * MIB, max_bytes=16 * MIB)
"""For signed documents, which are held in memory several times over (policy of this house)."""

_MOST_REFERENCES = 6
_SHORTEST_RSA_KEY = 2048
_SIGNED_PROPERTIES = "http://uri.etsi.org/01903#SignedProperties"
_ENVELOPED = SignatureConstructionMethod.enveloped.value
_CANONICAL = frozenset(method.value for method in CanonicalizationMethod)
_SAME_ID = "//*[@*[local-name()='Id' or local-name()='ID' or local-name()='id']=$id]"

_METHODS = frozenset(
    {
        SignatureMethod.RSA_SHA256,
        SignatureMethod.RSA_SHA384,
        SignatureMethod.RSA_SHA512,
        SignatureMethod.SHA256_RSA_MGF1,
        SignatureMethod.SHA384_RSA_MGF1,
        SignatureMethod.SHA512_RSA_MGF1,
        SignatureMethod.ECDSA_SHA256,
        SignatureMethod.ECDSA_SHA384,
        SignatureMethod.ECDSA_SHA512,
    }
)
_DIGESTS = frozenset({DigestAlgorithm.SHA256, DigestAlgorithm.SHA384, DigestAlgorithm.SHA512})
_METHOD_NAMES = frozenset(method.value for method in _METHODS)
_DIGEST_NAMES = frozenset(digest.value for digest in _DIGESTS)

_UNREADABLE = (
    SignXMLException,
    etree.LxmlError,
    UnsupportedAlgorithm,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    AssertionError,
    NotImplementedError,
)
"""What the libraries raise when a part of a foreign signature is not what it should be."""


def signatures_of(source: Source, *, roots: Sequence[x509.Certificate] = ()) -> tuple[Signature, ...]:
    """The signatures of an e-document in their order, each verified; empty when it is not signed.

    `roots` are certificates that the caller trusts; `Signature.rooted` then says whether the signer's descends from
    one of them. An open file must be seekable. Raises MessageRefused for what is no XML that a message can be.
    """
    count = _count_of(source)
    if count > MOST_SIGNATURES:
        fault = TOO_MANY.because(field="signatures", found=str(count), expected=str(MOST_SIGNATURES))
        return (Signature(signer="", issuer="", serial="", signed_at=None, fault=fault),)
    if not count:
        return ()
    with opened(source, limits=SIGNED_LIMITS) as stream:
        content = stream.read()
    root = parsed(content)
    return tuple(
        _judged(content, root, SignatureParts(element), roots) for element in root.iter(SIGNATURE_TAG)
    )


def parsed(content: bytes) -> etree._Element:
    """A document as a tree, without entities and network. Raises MessageRefused."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise refused("not-well-formed", line=error.lineno or None, reason=same(error.msg or "")) from error


def _count_of(source: Source) -> int:
    """How many signatures stand anywhere in the document, which is read as safely as any message."""
    count = depth = elements = 0

    def start(name: str, _attributes: Attributes) -> None:
        nonlocal count, depth, elements
        depth, elements, count = depth + 1, elements + 1, count + (name == SIGNATURE)
        if depth > DOCUMENT_LIMITS.max_depth:
            raise walker.refusal("too-deep", limit=DOCUMENT_LIMITS.max_depth)

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    with opened(source, limits=DOCUMENT_LIMITS) as stream:
        walker = Walker(stream, where=lambda: "", progress=lambda: elements, limits=DOCUMENT_LIMITS)
        walker.use(start, end)
        walker.run()
    return count


def _judged(
    content: bytes, root: etree._Element, parts: SignatureParts, roots: Sequence[x509.Certificate]
) -> Signature:
    fault = _fault(content, root, parts)
    certificate = parts.certificate
    return Signature(
        signer=parts.signer,
        issuer=parts.issuer,
        serial="" if certificate is None else str(certificate.serial_number),
        signed_at=parts.signed_at,
        references=tuple(one.get("URI", "–") for one in parts.references),
        fault=fault,
        rooted=(fault is None and _is_rooted(parts, roots)) if roots else None,
    )


def _fault(content: bytes, root: etree._Element, parts: SignatureParts) -> Refusal | None:
    """The first thing that is wrong with a signature; the cheap things are looked at first."""
    signer = parts.signer or "–"
    lacking = parts.lacking
    if not _stands_last(root, parts.element):
        return MISPLACED.because(field="signatures", signer=signer)
    if lacking is not None:
        return INCOMPLETE.because(field="signatures", expected=lacking, signer=signer)
    if (strange := _strange_reference(root, parts)) is not None:
        return NOT_THE_WHOLE.because(field="signatures", found=strange, signer=signer)
    if (weak := _weak_algorithm(parts)) is not None:
        return WEAK.because(field="signatures", found=weak, signer=signer)
    return _cryptographic_fault(content, parts, signer)


def _stands_last(root: etree._Element, element: etree._Element) -> bool:
    """Whether a signature is a child of the root, with nothing but signatures after it."""
    if element.getparent() is not root:
        return False
    return all(one.tag == SIGNATURE_TAG for one in element.itersiblings(etree.Element))


def _strange_reference(root: etree._Element, parts: SignatureParts) -> str | None:
    """Where the references are not: the whole document once, the signed properties once, else own parts."""
    references = parts.references
    told = ", ".join(f"„{one.get('URI', '–')}”" for one in references)
    whole = [one for one in references if one.get("URI") == ""]
    properties = [one for one in references if one.get("Type") == _SIGNED_PROPERTIES]
    if len(references) > _MOST_REFERENCES or len(whole) != 1 or len(properties) != 1:
        return told
    if _target(root, properties[0]) is not parts.signed_properties:
        return told
    if _transforms(whole[0])[:1] != [_ENVELOPED]:
        return told
    for one in references:
        target = root if one is whole[0] else _target(root, one)
        if target is not root and (target is None or parts.element not in target.iterancestors()):
            return f"„{one.get('URI', '–')}”"
        if not set(_transforms(one)) - {_ENVELOPED} <= _CANONICAL:
            return ", ".join(_transforms(one))
    return None


def _target(root: etree._Element, reference: etree._Element) -> etree._Element | None:
    """The one element of the document that a reference names by its identifier."""
    uri = reference.get("URI", "")
    found = root.xpath(_SAME_ID, id=uri[1:]) if uri.startswith("#") else []
    elements = [one for one in found if isinstance(one, etree._Element)] if isinstance(found, list) else []
    return elements[0] if len(elements) == 1 else None


def _transforms(reference: etree._Element) -> list[str]:
    return [one.get("Algorithm", "") for one in reference.iter("{*}Transform")]


def _weak_algorithm(parts: SignatureParts) -> str | None:
    canonical, methods = (
        [one.get("Algorithm", "") for one in parts.all(f"ds:SignedInfo/ds:{name}")]
        for name in ("CanonicalizationMethod", "SignatureMethod")
    )
    for found, accepted in (
        (canonical, _CANONICAL),
        (methods, _METHOD_NAMES),
        (parts.digest_methods, _DIGEST_NAMES),
    ):
        for name in found:
            if name not in accepted:
                return name
    key = parts.certificate and parts.certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < _SHORTEST_RSA_KEY:
        return f"RSA {key.key_size}"
    return None


class _LastSignature(XAdESVerifier):
    """Verifies the last signature in the root; the library itself takes the first."""

    def _get_signature(self, root: etree._Element) -> etree._Element:
        return root.findall(SIGNATURE_TAG)[-1]


def _cryptographic_fault(content: bytes, parts: SignatureParts, signer: str) -> Refusal | None:
    """Verify digests and value over the document as it was when this signature was made."""
    root = parsed(content)
    place = len(list(parts.element.itersiblings(SIGNATURE_TAG, preceding=True)))
    for later in root.findall(SIGNATURE_TAG)[place + 1 :]:
        _take_away(later)
    configuration = XAdESSignatureConfiguration(
        location="./",
        expect_references=True,  # any number: which ones was looked at before
        signature_methods=_METHODS,
        digest_algorithms=_DIGESTS,
        verification_time=parts.signed_at,
        default_reference_c14n_method=CanonicalizationMethod.CANONICAL_XML_1_0,
    )
    try:
        results = _LastSignature().verify(root, x509_cert=parts.certificate, expect_config=configuration)
        signed = next(
            result.signed_xml
            for result, reference in zip(results, parts.references, strict=True)
            if reference.get("URI") == ""
        )
    except InvalidDigest:
        return CHANGED.because(field="signatures", signer=signer)
    except InvalidCertificate:
        return _not_valid_then(parts, signer)
    except InvalidSignature:
        return OTHER_KEY.because(field="signatures", signer=signer)
    except _UNREADABLE:
        return INCOMPLETE.because(
            field="signatures", expected=Text(pl="poprawna budowa", en="a right structure"), signer=signer
        )
    _take_away(root.findall(SIGNATURE_TAG)[-1])
    if signed is None or _canonical(signed) != _canonical(root):
        return NOT_THE_WHOLE.because(field="signatures", found="„”", signer=signer)
    return None


def _not_valid_then(parts: SignatureParts, signer: str) -> Refusal:
    certificate = parts.certificate
    if certificate is None or parts.signed_at is None:
        raise ValueError("a signature whose certificate was judged has both")
    return NOT_VALID_THEN.because(
        field="signatures",
        found=_DAY.filled(day=parts.signed_at.date()),
        expected=_SPAN.filled(
            first=certificate.not_valid_before_utc.date(), last=certificate.not_valid_after_utc.date()
        ),
        signer=signer,
    )


_DAY = Text(pl="{day}", en="{day}")
_SPAN = Text(pl="od {first} do {last}", en="from {first} to {last}")


def _take_away(element: etree._Element) -> None:
    """Remove an element and keep the text that follows it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def _canonical(element: etree._Element) -> bytes:
    """A tree in the one form that does not depend on how it was written."""
    return etree.tostring(element, method="c14n", exclusive=True, with_comments=False)


def _is_rooted(parts: SignatureParts, roots: Sequence[x509.Certificate]) -> bool:
    """Whether the certificate descends from one of these at the moment of signing."""
    certificate = parts.certificate
    if certificate is None or parts.signed_at is None:
        return False
    if certificate in roots:
        return True
    verifier = (
        PolicyBuilder()
        .store(Store(list(roots)))
        .time(parts.signed_at)
        .extension_policies(
            ee_policy=ExtensionPolicy.permit_all(), ca_policy=ExtensionPolicy.webpki_defaults_ca()
        )
        .build_client_verifier()
    )
    try:
        verifier.verify(certificate, [one for one in parts.certificates if one != certificate])
    except VerificationError:
        return False
    return True
