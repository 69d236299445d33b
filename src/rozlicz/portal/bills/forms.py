"""Forms of bills."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rozlicz.documents.attachments import ATTACHMENT_NAMES, AttachmentForm, Requirement
from rozlicz.documents.vat import EXEMPTION_NAMES
from rozlicz.messages.bills import BillKind, VatExemption
from rozlicz.portal.bills.models import BillState
from rozlicz.portal.bills.operations import Scan
from rozlicz.portal.house.formatting import text
from rozlicz.portal.house.states import STATES

_LARGEST_SCAN = 20 * 2**20


class ScansMixin(forms.Form):
    """One file field for each document that must go with the bill."""

    def add_scan_fields(self, requirements: list[Requirement]) -> None:
        """Required scans get a field each; whether one is missing is for the bill's own check to say."""
        self._scans: dict[str, str] = {}
        for number, one in enumerate(r for r in requirements if r.form is AttachmentForm.SCAN):
            name = f"scan_{number}"
            self._scans[name] = one.kind.value
            whose = f" – {one.document_number}" if one.document_number else ""
            self.fields[name] = forms.FileField(
                label=f"{text(ATTACHMENT_NAMES[one.kind])}{whose}",
                help_text=_("A scan, up to 20 MB."),
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """A scan that is too large is refused before it is read."""
        cleaned = super().clean() or {}
        for name in self._scans:
            if cleaned.get(name) and cleaned[name].size > _LARGEST_SCAN:
                self.add_error(name, _("The file is larger than 20 MB. Scan it in grey, or split it."))
        return cleaned

    def scans(self) -> list[Scan]:
        """The files that were chosen, each with what it is."""
        return [
            Scan(kind=kind, file_name=self.cleaned_data[name].name, content=self.cleaned_data[name])
            for name, kind in self._scans.items()
            if self.cleaned_data.get(name)
        ]


class MakeBillForm(ScansMixin):
    """What only the issuer knows; everything else is taken from template and contract."""

    kind = forms.ChoiceField(
        label=_("Kind of bill"),
        choices=[
            (BillKind.INVOICE.value, _("invoice (FAKT)")),
            (BillKind.ACCOUNT.value, _("account (RACH)")),
        ],
        widget=forms.RadioSelect,
    )
    number = forms.CharField(
        label=_("Number of the bill"),
        max_length=60,
        help_text=_("The next number of your own series, for example 10/2026."),
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    issued_on = forms.DateField(
        label=_("Date of issue"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    vat_exemption = forms.ChoiceField(label=_("Basis of the VAT exemption"), widget=forms.RadioSelect)
    correction_reason = forms.CharField(
        label=_("Reason of the correction"),
        required=False,
        max_length=250,
        help_text=_("A correcting invoice names its reason (R13)."),
    )

    def __init__(
        self, *args: Any, is_correction: bool, requirements: list[Requirement], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vat_exemption"].choices = [
            (one.value, text(EXEMPTION_NAMES[one])) for one in VatExemption
        ]
        if not is_correction:
            del self.fields["correction_reason"]
        self.add_scan_fields(requirements)


class UploadBillForm(forms.Form):
    """A bill file made elsewhere, with its scans."""

    file = forms.FileField(
        label=_("Bill file"),
        help_text=_("FAKT (.efx) or RACH (.erx), made by your settlement program from a template."),
    )
    document_kind = forms.ChoiceField(label=_("What the scan is"), required=False)
    scan = forms.FileField(
        label=_("Scan of an attachment"),
        required=False,
        help_text=_(
            "Only where the bill names an attachment; its name and bytes must be those the bill names."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(kind.value, text(name)) for kind, name in ATTACHMENT_NAMES.items()]
        self.fields["document_kind"].choices = [("", "–"), *names]

    def scans(self) -> list[Scan]:
        """The scan that was chosen, if any."""
        scan = self.cleaned_data.get("scan")
        if not scan:
            return []
        kind = self.cleaned_data["document_kind"]
        return [Scan(kind=kind, file_name=scan.name, content=scan)]


class BillsFilter(forms.Form):
    """Which bills are shown."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=lambda: [
            ("", _("all")),
            *[(state, STATES[state].word) for state in BillState.values],
        ],
    )


class RefuseForm(forms.Form):
    """Why the branch refuses."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("One sentence that tells the provider what is wrong and what to do."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
