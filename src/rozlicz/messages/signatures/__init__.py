"""What a signature of an e-document says, and the reasons for which it does not hold (R6).

A reason has a code like the other reasons for which a bill is refused (`B-8…`), since a bill whose signature does not
hold is refused; without a signature it is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.refusals import Reason, Refusal, reason
from rozlicz.kernel.texts import Text

MOST_SIGNATURES = 8
"""So many signatures of one document are looked at (policy of this house)."""

_STANDARD = Basis(
    Text(
        pl="XML Signature (W3C) i XAdES (ETSI EN 319 132-1)",
        en="XML Signature (W3C) and XAdES (ETSI EN 319 132-1)",
    )
)
_FIELD = Text(pl="podpis elektroniczny", en="electronic signature")
_SIGN_AGAIN = Text(
    pl="Podpisz niezmieniony dokument jeszcze raz albo prześlij go bez podpisu: podpis nie jest wymagany.",
    en="Sign the unchanged document again, or send it without a signature: none is demanded.",
)


def _reason(code: str, text: Text) -> Reason:
    return reason(code, _FIELD, text, basis=_STANDARD, remedy=_SIGN_AGAIN)


MISPLACED = _reason(
    "B-801",
    Text(
        pl="Podpis ({signer}) nie stoi na końcu dokumentu, bezpośrednio w elemencie komunikat.",
        en="The signature ({signer}) does not stand at the end of the document, directly in the element komunikat.",
    ),
)
INCOMPLETE = _reason(
    "B-802",
    Text(
        pl="Podpis ({signer}) jest niekompletny lub niezgodny ze standardem; brakuje: {expected}.",
        en="The signature ({signer}) is incomplete or not in accord with the standard; it lacks: {expected}.",
    ),
)
NOT_THE_WHOLE = _reason(
    "B-803",
    Text(
        pl="Podpis ({signer}) nie obejmuje całego dokumentu lub wskazuje coś innego: {found}.",
        en="The signature ({signer}) does not cover the whole document, or refers to something else: {found}.",
    ),
)
WEAK = _reason(
    "B-804",
    Text(
        pl="Podpis ({signer}) używa algorytmu, który nie jest przyjmowany: {found}.",
        en="The signature ({signer}) uses an algorithm that is not accepted: {found}.",
    ),
)
CHANGED = _reason(
    "B-805",
    Text(
        pl="Dokument lub jego podpis zmieniono po podpisaniu ({signer}).",
        en="The document or its signature was changed after it was signed ({signer}).",
    ),
)
OTHER_KEY = _reason(
    "B-806",
    Text(
        pl="Podpisu nie złożono kluczem z dołączonego certyfikatu ({signer}).",
        en="The signature was not made with the key of the certificate in it ({signer}).",
    ),
)
NOT_VALID_THEN = _reason(
    "B-807",
    Text(
        pl="Certyfikat ({signer}) jest ważny {expected}, a dokument podpisano {found}.",
        en="The certificate ({signer}) is valid {expected}; the document was signed {found}.",
    ),
)
TOO_MANY = _reason(
    "B-808",
    Text(
        pl="Dokument ma {found} podpisów, a sprawdza się najwyżej {expected}.",
        en="The document carries {found} signatures; at most {expected} are checked.",
    ),
)

REASONS: tuple[Reason, ...] = (
    MISPLACED,
    INCOMPLETE,
    NOT_THE_WHOLE,
    WEAK,
    CHANGED,
    OTHER_KEY,
    NOT_VALID_THEN,
    TOO_MANY,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signature of an e-document, as far as it can be judged from the document alone.

    `signer` and `issuer` are the names in the certificate, `serial` its number (decimal); empty when there is none.
    `signed_at` is the moment the signer states, with its zone; None when it is not stated. `references` are the
    places it covers, as written: "" is the whole document with the signatures made before, the others its own parts.

    `fault` is why it does not hold; None when it does: then it covers the whole document, nothing was changed, and it
    was made with the key of its certificate while that was valid. `rooted` says whether the certificate descends from
    one of the roots that the caller trusts, None when none were given. Whether the certificate is a qualified one,
    was revoked, and whether the stated moment is true, is not looked at.
    """

    signer: str
    issuer: str
    serial: str
    signed_at: datetime | None
    references: tuple[str, ...] = ()
    fault: Refusal | None = None
    rooted: bool | None = None

    @property
    def holds(self) -> bool:
        """Whether nothing was found wrong with it."""
        return self.fault is None
