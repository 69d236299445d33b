"""Providers, their bank accounts and the installations of their programs."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models import F, Func
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from rozlicz.kernel.branches import PostalAddress
from rozlicz.messages.contracts import LegalForm, Party
from rozlicz.portal.house.history import tracked


class PolishSortKey(Func):
    """Polish alphabetical order in the database; the function is made by a migration of this app."""

    function = "polish_sort_key"
    output_field = models.TextField(db_collation="C")


class PartyKind(StrEnum):
    """What registers (P1, P4): all three get a code and log in in the same way."""

    PROVIDER = "provider"
    PHARMACY = "pharmacy"
    SUBCONTRACTOR = "subcontractor"

    @property
    def label(self) -> Promise:
        """The kind in words."""
        return _KIND_WORDS[self]


_KIND_WORDS: dict[PartyKind, Promise] = {
    PartyKind.PROVIDER: pgettext_lazy("kind of party", "Provider"),
    PartyKind.PHARMACY: pgettext_lazy("kind of party", "Pharmacy or dispensing point"),
    PartyKind.SUBCONTRACTOR: pgettext_lazy("kind of party", "Subcontractor"),
}

PARTY_KINDS = [(kind.value, words) for kind, words in _KIND_WORDS.items()]
"""The kinds as choices of a field."""


@tracked(exclude=["sort_key"])
class Provider(models.Model):
    """A party of the branch: a provider (świadczeniodawca), a pharmacy or dispensing point, or a subcontractor.

    `code` has six digits, given at registration (P1). `register_number` is that of the register book (RPWDL) or of a
    pharmacy's permit, empty where it is not known. `krs_number` has ten digits, and is empty for a party that is not
    entered there or registered before it was asked for. A pharmacy issues no bills and has no `legal_form` (R15).
    While `suspended_since` is set, none of the party's operators can come in, for the reason in `suspension_reason`.
    """

    party_kind = models.CharField(max_length=20, choices=PARTY_KINDS, default=PartyKind.PROVIDER.value)
    code = models.CharField(max_length=6, unique=True)
    name = models.CharField(max_length=250)
    sort_key = models.GeneratedField(
        expression=PolishSortKey(F("name")),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )
    legal_form = models.CharField(
        max_length=30, choices=[(form.value, form.value) for form in LegalForm], blank=True
    )
    company_name = models.CharField(max_length=250, blank=True)
    form_of_business = models.CharField(max_length=60, blank=True)
    nip = models.CharField(max_length=10)
    regon = models.CharField(max_length=14)
    krs_number = models.CharField(max_length=10, blank=True, default="")
    street = models.CharField(max_length=120)
    postal_code = models.CharField(max_length=6)
    town = models.CharField(max_length=80)
    register_number = models.CharField(max_length=40, blank=True)
    suspended_since = models.DateField(null=True, blank=True)
    suspension_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["sort_key"], name="provider_alphabetical")]
        constraints = [
            models.CheckConstraint(
                name="only_a_pharmacy_has_no_legal_form",
                condition=models.Q(party_kind="pharmacy") | ~models.Q(legal_form=""),
            ),
            models.CheckConstraint(
                name="krs_number_has_ten_digits",
                condition=models.Q(krs_number="") | models.Q(krs_number__regex=r"^\d{10}$"),
            ),
            models.CheckConstraint(
                name="a_suspension_has_its_reason",
                condition=models.Q(suspended_since__isnull=True, suspension_reason="")
                | models.Q(suspended_since__isnull=False) & ~models.Q(suspension_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def party(self) -> Party:
        """The provider as contracts and bills name it. Raises ValueError for a pharmacy, which has neither."""
        return Party(
            code=self.code,
            name=self.name,
            legal_form=LegalForm(self.legal_form),
            nip=self.nip,
            regon=self.regon,
            address=PostalAddress(street=self.street, postal_code=self.postal_code, town=self.town),
            company_name=self.company_name,
            form_of_business=self.form_of_business,
        )


@tracked()
class Place(models.Model):
    """A place where a party gives services, from a day on."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="places")
    name = models.CharField(max_length=250)
    street = models.CharField(max_length=120)
    postal_code = models.CharField(max_length=6)
    town = models.CharField(max_length=80)
    phone = models.CharField(max_length=20, blank=True)
    since = models.DateField()

    def __str__(self) -> str:
        return self.name


GENERAL = ""
"""The kind of the account for all kinds of services that have none of their own."""


@tracked()
class BankAccount(models.Model):
    """The account to which the Fund pays from a day on; `number` is 26 digits.

    `kind` is a kind of services as contracts name it (`Contract.kind`), or GENERAL. Of each kind the newest that has
    begun holds; one of a kind of its own outranks the general one.
    """

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="bank_accounts")
    kind = models.CharField(max_length=10, blank=True, default=GENERAL)
    number = models.CharField(max_length=26)
    since = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "kind", "since"], name="one_account_of_a_kind_since_a_day"
            ),
            models.CheckConstraint(
                name="account_has_26_digits", condition=models.Q(number__regex=r"^\d{26}$")
            ),
        ]

    def __str__(self) -> str:
        return self.number


@tracked()
class Installation(models.Model):
    """A provider's program that sends messages: its identifiers, what it is, and the last message taken in from it.

    `last_generation` is the `nr-gen` of that message, `last_program` what it said of its sender
    (`nfz:info-aplik-nad`). The program's name, version, maker and contact are those of the request for the
    installation. An installation that is closed sends nothing any more, for the reason in `closed_reason`.
    """

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="installations")
    short_id = models.CharField(max_length=8, unique=True)
    long_id = models.CharField(max_length=29, unique=True)
    program_name = models.CharField(max_length=120, blank=True)
    program_version = models.CharField(max_length=60, blank=True)
    maker = models.CharField(max_length=120, blank=True)
    contact = models.CharField(max_length=254, blank=True)
    accepted_on = models.DateField(null=True)
    last_generation = models.BigIntegerField(default=0)
    last_received_at = models.DateTimeField(null=True)
    last_program = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_reason = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.long_id

    @property
    def is_open(self) -> bool:
        """Whether its messages are taken in and its tokens work."""
        return self.closed_at is None
