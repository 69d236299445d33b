"""Every address of the portal and of the API, filled with the keys of a provider's things.

What stands in an address is named here, parameter by parameter. An address with a parameter that is not named fails
the test: whoever adds one says what it is the key of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from allauth.mfa.models import Authenticator
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from rozlicz.portal.accounts.models import ApiToken, Operator, Subordination
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.bills.models import Attachment, Bill
from rozlicz.portal.contracts.models import Contract, ContractFile
from rozlicz.portal.correspondence.models import (
    AnnouncementFile,
    Parcel,
    ParcelFile,
    Recipient,
    SurveyQuestion,
    Ticket,
    TicketFile,
)
from rozlicz.portal.providers.models import Installation, Provider
from rozlicz.portal.registration.models import Registration
from rozlicz.portal.reports.models import Report
from rozlicz.portal.requests.models import Attachment as RequestFile
from rozlicz.portal.requests.models import Request
from rozlicz.portal.settlements.models import SettlementRequest, Template
from rozlicz.portal.tenancy import acting_for_payer

Keys = Callable[[Provider], Iterable[Any]]


def _of(model: Any, column: str = "pk") -> Keys:
    """A provider's newest row."""
    return lambda provider: (
        model.objects.filter(provider=provider).order_by("-pk").values_list(column, flat=True)[:1]
    )


def _recipient(what: str) -> Keys:
    """What was addressed to this provider and to nobody else."""
    return lambda provider: Recipient.objects.filter(
        provider=provider, **{f"{what}__isnull": False}
    ).values_list(what, flat=True)


KEYS: dict[str, Keys] = {
    "operator_id": lambda provider: Operator.objects.filter(provider=provider, is_program=False).values_list(
        "pk", flat=True
    ),
    "provider_id": lambda provider: [provider.pk],
    "subordination_id": _of(Subordination),
    "entry_id": _of(Entry),
    "registration_id": _of(Registration),
    "paper_id": _of(Registration),
    "contract_id": _of(Contract),
    "report_id": _of(Report),
    "settlement_id": _of(SettlementRequest),
    "number": _of(Template, "number"),
    "bill_id": _of(Bill),
    "installation_id": _of(Installation),
    "token_id": _of(ApiToken),
    "parcel_id": _of(Parcel),
    "ticket_id": _of(Ticket),
    "announcement_id": _recipient("version__announcement"),
    "survey_id": _recipient("survey"),
    "question_id": lambda provider: SurveyQuestion.objects.filter(
        survey__in=_recipient("survey")(provider)
    ).values_list("pk", flat=True)[:1],
    # The same name in several areas: `address.parameter`, or the beginning of the address's name.
    "contract_file_download.file_id": _of(ContractFile),
    "parcel_file.file_id": _of(ParcelFile),
    "ticket_file.file_id": _of(TicketFile),
    "announcement_file.file_id": lambda provider: AnnouncementFile.objects.filter(
        version__recipients__provider=provider
    ).values_list("pk", flat=True),
    "bill_attachment.attachment_id": _of(Attachment),
    "request_attachment.attachment_id": _of(RequestFile),
    "request_file_off.attachment_id": _of(RequestFile),
    "settlement_request.request_id": _of(SettlementRequest),
    "settlement_progress.request_id": _of(SettlementRequest),
    "settlement_whence.request_id": _of(SettlementRequest),
    "settlement_whence_pdf.request_id": _of(SettlementRequest),
    "settlement_whence_scope.request_id": _of(SettlementRequest),
    "settlement_whence_scope_pdf.request_id": _of(SettlementRequest),
    "request_id": _of(Request),
    "mfa_remove_webauthn.pk": lambda provider: Authenticator.objects.filter(
        user__provider=provider, type="webauthn"
    ).values_list("pk", flat=True),
}
"""Parameter → the keys of a provider's things that it may hold; `address.parameter` goes before `parameter`."""

OF_NOBODY: dict[str, list[Any]] = {
    "document_id": [1],
    "day": [date(2026, 11, 13)],
    "code": ["02.1220.001.02"],
    "scope": ["02.1220.001.02"],
    "distinguisher": [1],
    "row": [1],
    "page_number": [1],
    "kind": ["bank_account"],
    "slug": ["logowanie"],
}
"""Parameters that name no provider's thing: they stand beside one that does, or the page is common to all."""


@dataclass(frozen=True, slots=True)
class Address:
    """One address of urls.py and the names of what stands in it."""

    name: str
    parameters: tuple[str, ...]

    def keys_of(self, parameter: str) -> Keys | None:
        """How the keys of a provider are found; None for what is nobody's. KeyError for an unknown parameter."""
        if parameter in OF_NOBODY:
            return None
        return KEYS.get(f"{self.name}.{parameter}") or KEYS[parameter]

    @property
    def things(self) -> int:
        """How many of the things in it belong to a provider."""
        return sum(self.keys_of(one) is not None for one in self.parameters)

    def filled(self, *providers: Provider) -> Iterator[str]:
        """With all keys of a provider; of two, the first parameter is the first's, the rest the second's."""
        owners = [providers[0], *[providers[-1]] * len(self.parameters)]
        values: list[list[Any]] = []
        with acting_for_payer():
            for parameter, owner in zip(self.parameters, owners, strict=False):
                keys = self.keys_of(parameter)
                values.append(OF_NOBODY[parameter] if keys is None else list(keys(owner)))
        for parts in product(*values):
            yield reverse(self.name, kwargs=dict(zip(self.parameters, parts, strict=True)))


def every_address(patterns: Iterable[Any] | None = None) -> Iterator[Address]:
    """Everything in urls.py, the API's operations too."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            yield from every_address(one.url_patterns)
        elif isinstance(one, URLPattern):
            yield Address(name=str(one.name), parameters=tuple(one.pattern.converters))
