"""Where a bill asks the money to be sent: a real account number, and the one the branch knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rozlicz.documents.bases import LODZ_ACCOUNT
from rozlicz.documents.comparing import same_digits
from rozlicz.documents.refusals import Reason, Refusal, reason
from rozlicz.kernel.identifiers import is_bank_account
from rozlicz.kernel.texts import Text

ACCOUNT_WRONG = reason(
    "B-501",
    Text(pl="rachunek bankowy", en="bank account"),
    Text(
        pl="Numer rachunku bankowego {found} nie jest poprawnym numerem (26 cyfr z cyframi kontrolnymi).",
        en="The bank account number {found} is not a valid one (26 digits with check digits).",
    ),
    basis=LODZ_ACCOUNT,
    remedy=Text(
        pl="Proszę przepisać numer z umowy z bankiem i przesłać rachunek ponownie.",
        en="Copy the number from the bank's contract and send the bill again.",
    ),
)

ACCOUNT_UNKNOWN = reason(
    "B-502",
    Text(pl="rachunek bankowy", en="bank account"),
    Text(
        pl="Rachunek bankowy {found} nie jest rachunkiem zgłoszonym do umowy {contract}{kind}: {expected}.",
        en="The bank account {found} is not the one registered for contract {contract}{kind}: {expected}.",
    ),
    basis=LODZ_ACCOUNT,
    remedy=Text(
        pl="Proszę podać rachunek zgłoszony dla tego rodzaju świadczeń albo najpierw zgłosić oddziałowi jego zmianę.",
        en="Give the account registered for this kind of services, or first report its change to the branch.",
    ),
)

REASONS: tuple[Reason, ...] = (ACCOUNT_WRONG, ACCOUNT_UNKNOWN)


_KIND = Text(pl=" (rodzaj świadczeń: {kind})", en=" (kind of services: {kind})")


def bank_account_refusals(
    account: str, *, registered: Sequence[str], contract: str, kind: str
) -> Iterator[Refusal]:
    """A number with wrong check digits, or one that is none of the accounts registered for the contract.

    `registered`: the account to give first, empty when none is known. `contract` is the code of the contract, `kind`
    its kind of services in words, empty when it is not known.
    """
    if not is_bank_account(account):
        yield ACCOUNT_WRONG.because(field="bank_account", found=account)
    elif registered and not any(same_digits(account, one) for one in registered):
        yield ACCOUNT_UNKNOWN.because(
            field="bank_account",
            found=account,
            contract=contract,
            kind=_KIND.filled(kind=kind) if kind else "",
            expected=registered[0],
        )
