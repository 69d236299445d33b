"""Forms of announcements, documents, parcels and reports to the operator."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rozlicz.portal.accounts.subordinations import Party
from rozlicz.portal.correspondence.models import (
    AUDIENCE_WORDS,
    DIRECTION_WORDS,
    DOCUMENT_NAMES,
    TICKET_AREAS,
    Audience,
)
from rozlicz.portal.correspondence.operations.announcements import Addressees, Announced
from rozlicz.portal.house.fields import DayField
from rozlicz.portal.house.lists import ListFilter, choice_field, search_field, state_field
from rozlicz.portal.house.uploads import FilesField
from rozlicz.portal.providers.models import PARTY_KINDS, Provider

_LONGEST_TEXT = 20_000
_TEXT_HINT = _(
    "Plain text. A blank line begins a paragraph, “- ” at the beginning of a line an item of a list; addresses"
    " become links."
)
_NO_PATIENTS = _(
    "Do not write data of patients: no names, PESEL numbers or diagnoses. The number of a report, bill or record"
    " is enough."
)
_CODE = re.compile(r"[\s,;]+")


def text_field(label: Any, **kwargs: Any) -> forms.CharField:
    """A field for a longer plain text."""
    kwargs = {"required": True, "help_text": _TEXT_HINT} | kwargs
    return forms.CharField(
        label=label,
        max_length=_LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Write the text.")},
        **kwargs,
    )


def title_field(label: Any) -> forms.CharField:
    """A field for what something is about."""
    return forms.CharField(
        label=label,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write in a few words what it is about.")},
    )


class ProvidersField(forms.CharField):
    """Codes of providers as somebody types or pastes them; cleaned to the providers, each once."""

    widget = forms.Textarea(attrs={"rows": 3, "inputmode": "numeric", "autocomplete": "off"})

    def clean(self, value: Any) -> list[Provider]:
        """Raises ValidationError with the codes that nobody has."""
        codes = [code for code in _CODE.split(super().clean(value)) if code]
        found = {provider.code: provider for provider in Provider.objects.filter(code__in=codes)}
        unknown = [code[:20] for code in dict.fromkeys(codes) if code not in found]
        if unknown:
            raise forms.ValidationError(
                _("No provider has this code: %(codes)s."), params={"codes": ", ".join(unknown[:10])}
            )
        return list(found.values())


class AddresseesForm(forms.Form):
    """For whom something of the branch is."""

    audience = forms.ChoiceField(
        label=pgettext_lazy("audience", "For whom"),
        widget=forms.RadioSelect,
        choices=lambda: list(AUDIENCE_WORDS.items()),
    )
    party_kinds = forms.MultipleChoiceField(
        label=_("Kinds of parties"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=PARTY_KINDS,
        help_text=_("Only when it is for parties of chosen kinds."),
    )
    providers = ProvidersField(
        label=_("Codes of providers"),
        required=False,
        help_text=_("Only when it is for chosen providers: six digits each, with blanks between them."),
    )

    def clean(self) -> dict[str, Any]:
        """A chosen audience needs its kinds or its providers."""
        cleaned = super().clean() or {}
        audience = cleaned.get("audience")
        if audience == Audience.KINDS and not cleaned.get("party_kinds"):
            self.add_error("party_kinds", _("Choose at least one kind of parties."))
        if audience == Audience.PROVIDERS and "providers" in cleaned and not cleaned["providers"]:
            self.add_error("providers", _("Enter the code of at least one provider."))
        return cleaned

    def addressees(self) -> Addressees:
        """What was chosen."""
        values = self.cleaned_data
        return Addressees(
            audience=values["audience"], party_kinds=values["party_kinds"], providers=values["providers"]
        )


class AnnouncementForm(AddresseesForm):
    """A new announcement."""

    title = title_field(_("Title"))
    text = text_field(_("Text"))
    valid_until = DayField(
        label=_("Valid until"),
        help_text=_("The last day on which it is shown as current; later it is found in the archive."),
    )
    files = FilesField()
    field_order = ["title", "text", "valid_until", "audience", "party_kinds", "providers", "files"]

    def announced(self) -> Announced:
        """What was written."""
        values = self.cleaned_data
        return Announced(
            title=values["title"],
            text=values["text"],
            valid_until=values["valid_until"],
            addressees=self.addressees(),
        )


class CorrectionForm(AnnouncementForm):
    """A new version of an announcement; `seen` is the number of the version that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    keep_files = forms.BooleanField(label=_("Keep the files of the present version"), required=False)


class ReasonForm(forms.Form):
    """Why an announcement is withdrawn."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence; whoever opens the address of the announcement reads it."),
        error_messages={"required": _("Write why the announcement is withdrawn.")},
    )


class AnnouncementsFilter(ListFilter):
    """Which announcements are shown."""

    text = search_field(_("Words of the announcement"))
    archive = forms.BooleanField(label=_("archive"), required=False)


class DocumentForm(forms.Form):
    """A newer version of one of the five documents."""

    kind = forms.ChoiceField(
        label=_("Document"), widget=forms.RadioSelect, choices=lambda: list(DOCUMENT_NAMES.items())
    )
    title = title_field(_("Title"))
    valid_from = DayField(label=_("In force from"), help_text=_("Today or later."))
    file = forms.FileField(
        label=_("PDF file"),
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
        max_length=250,
        error_messages={"required": _("Choose the PDF file."), "empty": _("The file is empty.")},
    )


class ParcelForm(forms.Form):
    """A parcel of a provider to the branch, or an answer."""

    title = title_field(_("What it is about"))
    text = text_field(_("Text"), required=False)
    files = FilesField()


class BranchParcelForm(ParcelForm):
    """A parcel of the branch: each of the providers gets one of its own."""

    providers = ProvidersField(
        label=_("Codes of providers"),
        help_text=_("Six digits each, with blanks between them; each provider gets a parcel of its own."),
        error_messages={"required": _("Enter the code of at least one provider.")},
    )
    field_order = ["providers", "title", "text", "files"]


class ParcelsFilter(ListFilter):
    """Which parcels are shown."""

    text = search_field(_("Number or words"))
    direction = choice_field(_("Direction"), DIRECTION_WORDS.items)
    state = state_field(("unread", "sent", "read", "answered"))
    archive = forms.BooleanField(label=_("archive"), required=False)
    subordinate = forms.TypedChoiceField(
        label=_("Subordinate provider"), required=False, coerce=int, empty_value=None
    )

    text_for_payer = _("Provider, number or words")

    def __init__(self, *args: Any, subordinates: Sequence[Party] = (), **kwargs: Any) -> None:
        """A superior may look at the parcels of those for which it acts."""
        super().__init__(*args, **kwargs)
        if subordinates:
            self.fields["subordinate"].choices = [
                ("", _("none: our own parcels")),
                *[(one.provider_id, f"{one.code} {one.name}") for one in subordinates],
            ]
        else:
            del self.fields["subordinate"]


class TicketForm(forms.Form):
    """A report to the operator of the portal."""

    subject = title_field(_("Subject"))
    area = forms.ChoiceField(label=_("Part of the portal"), choices=lambda: list(TICKET_AREAS.items()))
    text = text_field(_("What happened"), help_text=_NO_PATIENTS)
    files = FilesField(label=_("Screenshot or another file"))


class PostForm(forms.Form):
    """A further post of a report to the operator."""

    text = text_field(_("Text"), help_text=_NO_PATIENTS, required=False)
    files = FilesField()
    closes = forms.BooleanField(label=_("The matter is settled: close the report"), required=False)

    def clean(self) -> dict[str, Any]:
        """Something is written, unless it is only closed."""
        cleaned = super().clean() or {}
        if not cleaned.get("text") and not cleaned.get("closes") and "text" not in self.errors:
            self.add_error("text", _("Write the text."))
        return cleaned


class TicketsFilter(ListFilter):
    """Which reports to the operator are shown."""

    text = search_field(_("Number or subject"))
    state = state_field(("open", "answered", "closed"))
    text_for_payer = _("Provider, number or subject")
