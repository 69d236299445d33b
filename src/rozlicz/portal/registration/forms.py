"""The forms beside the steps: the regulations, the link, the signed document."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rozlicz.portal.house.formatting import text
from rozlicz.portal.house.uploads import UnableToKeepFile, content_type_of
from rozlicz.portal.registration.models import PaperKind


class RegulationsForm(forms.Form):
    """The gate before the form, and before filing when the regulations have changed meanwhile.

    `version` is the day since which the regulations are in force that are accepted; the page sends it along, so that
    nobody accepts what stood on it no more.
    """

    accepted = forms.BooleanField(
        label=_("I have read the regulations of the portal and accept them."),
        error_messages={
            "required": _(
                "Tick that the regulations are accepted. Without it the registration cannot be begun."
            )
        },
    )

    def __init__(self, *args: Any, version: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version

    def clean(self) -> dict[str, Any]:
        """What was read is what is in force."""
        seen = self.data.get("version")
        if seen and self.version and seen != self.version.isoformat():
            self.add_error(
                "accepted", _("Meanwhile other regulations have come into force. Read them and accept them.")
            )
        return self.cleaned_data


class LinkForm(forms.Form):
    """The link of a registration, or only its end, as a person pastes it."""

    link = forms.CharField(
        label=_("Link of the registration"),
        max_length=500,
        help_text=_("The whole link, or what stands in it behind the # sign."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-from-address": ""}),
        error_messages={"required": _("Paste the link of the registration.")},
    )

    def token(self) -> str:
        """What stands behind the # sign."""
        return str(self.cleaned_data["link"]).rpartition("#")[2].strip()


_TAKEN_IN = {
    PaperKind.SIGNED: {"application/pdf"},
    PaperKind.SCAN: {"application/pdf", "image/jpeg", "image/png"},
}


class PaperForm(forms.Form):
    """The signed document: with an electronic signature, or as a scan."""

    kind = forms.ChoiceField(
        label=_("What is being sent"),
        choices=PaperKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is being sent.")},
    )
    file = forms.FileField(
        label=_("File"),
        max_length=120,
        help_text=_("The signed PDF, or a scan as PDF, JPG or PNG; up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={
            "required": _("Choose the file with the signed document."),
            "empty": _("The file is empty. Choose it again."),
        },
    )

    def clean(self) -> dict[str, Any]:
        """What the file is, is told by its bytes."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file, kind = cleaned.get("file"), cleaned.get("kind")
        if not file or not kind:
            return cleaned
        try:
            found = content_type_of(file)
        except UnableToKeepFile as unable:
            self.add_error("file", text(unable.text))
            return cleaned
        if found not in _TAKEN_IN[PaperKind(kind)]:
            self.add_error(
                "file",
                _("A document signed electronically is a PDF.")
                if kind == PaperKind.SIGNED
                else _("A scan is a PDF, JPG or PNG."),
            )
        return cleaned
