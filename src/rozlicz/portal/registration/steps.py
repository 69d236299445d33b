"""The steps of the form, and what is answered in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from rozlicz.documents.issuer import LEGAL_FORM_NAMES
from rozlicz.kernel.branches import PostalAddress
from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import LegalForm
from rozlicz.portal.providers.models import PartyKind


class Step(StrEnum):
    """The steps in their order; each is a page of its own and is saved when it is left."""

    KIND = "kind"
    PARTY = "party"
    PLACES = "places"
    ACCOUNT = "account"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> Promise:
        """The step in words."""
        return _STEP_WORDS[self]

    @property
    def page(self) -> str:
        """The name of its page in the addresses."""
        return f"registration_{self.value}"


_STEP_WORDS: dict[Step, Promise] = {
    Step.KIND: pgettext_lazy("step", "Kind of party"),
    Step.PARTY: pgettext_lazy("step", "Party"),
    Step.PLACES: pgettext_lazy("step", "Places"),
    Step.ACCOUNT: pgettext_lazy("step", "Bank account"),
    Step.ADMINISTRATOR: pgettext_lazy("step", "First administrator"),
}

STEPS = [(step.value, words) for step, words in _STEP_WORDS.items()]
"""The steps as choices of a field."""

CHECK_WORD: Promise = pgettext_lazy("step", "Check and file")
"""The end of the road, where nothing is answered any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyAnswers:
    """Who registers. `legal_form` is empty for a pharmacy, `company_name` unless the names differ (R15).

    `krs_number` is empty for who is not entered there, and in what was filed before it was asked for.
    """

    name: str
    legal_form: str = ""
    company_name: str = ""
    form_of_business: str = ""
    nip: str
    regon: str
    krs_number: str = ""
    register_number: str
    street: str
    postal_code: str
    town: str

    @property
    def legal_form_name(self) -> Text | None:
        """The legal form in words; None for a pharmacy."""
        return LEGAL_FORM_NAMES[LegalForm(self.legal_form)] if self.legal_form else None

    @property
    def identifiers(self) -> str:
        """The numbers by which the agreement names the party."""
        numbers = {"NIP": self.nip, "REGON": self.regon, "KRS": self.krs_number}
        return ", ".join(f"{word} {number}" for word, number in numbers.items() if number)

    @property
    def address(self) -> PostalAddress:
        """Where the party has its seat."""
        return PostalAddress(street=self.street, postal_code=self.postal_code, town=self.town)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceAnswers:
    """A place where services are given."""

    name: str
    street: str
    postal_code: str
    town: str
    phone: str = ""

    @property
    def address(self) -> PostalAddress:
        """Where it is."""
        return PostalAddress(street=self.street, postal_code=self.postal_code, town=self.town)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountAnswers:
    """The bank account, 26 digits, and in whose name it is kept; `is_of_party` is the statement that it is theirs."""

    number: str
    holder_name: str
    is_of_party: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AdministratorAnswers:
    """The first administrator; the temporary password is kept beside, hashed."""

    given_name: str
    surname: str
    user_name: str
    phone: str
    email: str

    @property
    def full_name(self) -> str:
        """Given name and surname."""
        return f"{self.given_name} {self.surname}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """All answers of a registration in which nothing is missing."""

    kind: PartyKind
    party: PartyAnswers
    places: tuple[PlaceAnswers, ...]
    account: AccountAnswers
    administrator: AdministratorAnswers

    @classmethod
    def from_answers(cls, answers: dict[str, Any]) -> Self:
        """Out of what the steps have saved. Raises KeyError when a step is missing."""
        return cls(
            kind=PartyKind(answers["kind"]["kind"]),
            party=PartyAnswers(**answers["party"]),
            places=tuple(PlaceAnswers(**place) for place in answers["places"]["places"]),
            account=AccountAnswers(**answers["account"]),
            administrator=AdministratorAnswers(**answers["administrator"]),
        )
