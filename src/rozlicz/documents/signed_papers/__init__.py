"""Papers that we issue as PDF and that come back signed (PAdES): is it ours, is it whole, who signed it.

Nothing outside the file and the given issuers is ever looked up, and no clock is read: what a file carries in itself
is enough for all that is told here, and what it does not carry is told as not known. What the pages say of it stands
in `signed_papers.words`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from rozlicz.kernel.texts import Text


class Clock(StrEnum):
    """By whose clock the time of signing is told."""

    TIME_STAMP = "time_stamp"  # of an authority whose issuer is trusted
    SIGNER = "signer"  # the signer's own statement
    NONE = "none"  # nobody says when


class Trust(StrEnum):
    """Whether the signer's certificate descends from an issuer whom the branch trusts."""

    NOT_CHECKED = "not_checked"  # no trusted issuers are known here
    UNKNOWN = "unknown"  # no valid chain leads to any of them
    TRUSTED = "trusted"


class Purpose(StrEnum):
    """For what a certificate declares itself to be made (QcType, ETSI EN 319 412-5)."""

    SIGNATURE = "signature"  # esign: of a person
    SEAL = "seal"  # eseal: of an organisation
    WEBSITE = "website"  # web
    NOT_STATED = "not_stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What the signer's certificate says of itself (QCStatements); only a trusted issuer makes it believable.

    `qualified`: QcCompliance; `in_device`: QcSSCD, the key lies in a qualified device.
    """

    qualified: bool = False
    purpose: Purpose = Purpose.NOT_STATED
    in_device: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """What the file itself proves of the certificate's revocation.

    `as_of`: for which moment the issuer's answer was given; `source`: OCSP or CRL; `revoked_at` None: not revoked
    then. Signed by the issuer or its responder, and the issuer is trusted.
    """

    as_of: datetime
    source: str
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signature that fits what it signs.

    `signer` and `issuer` are the names in the certificate (never a number of a person), `valid_from` and `valid_to`
    its first and last day. `signed_at` (aware) is by the `clock`; `has_unused_stamp`: there is a time stamp, but not
    one that can be trusted here. `anchor` is the trusted issuer at the end of the chain. `revocation` None: not
    known. `person` is for whom the ministry sealed it, where it is a *podpis zaufany* (`is_podpis_zaufany`).
    """

    signer: str
    issuer: str
    valid_from: date
    valid_to: date
    signed_at: datetime | None = None
    clock: Clock = Clock.NONE
    has_unused_stamp: bool = False
    trust: Trust = Trust.NOT_CHECKED
    anchor: str = ""
    declared: Declared = Declared()
    revocation: Revocation | None = None
    is_podpis_zaufany: bool = False
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedPaper:
    """What a paper that came back holds: its signatures, or every reason for which it is refused.

    `is_ours`: it is the paper that was issued, with nothing but signatures added.
    """

    signatures: tuple[Signature, ...] = ()
    refusals: tuple[Text, ...] = ()
    is_ours: bool = True
