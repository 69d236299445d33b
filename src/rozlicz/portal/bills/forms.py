"""Forms of bills."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rozlicz.documents.attachments import ATTACHMENT_NAMES, AttachmentForm, Requirement
from rozlicz.documents.kinds import BILL_KIND_NAMES
from rozlicz.documents.vat import EXEMPTION_NAMES
from rozlicz.messages.bills import BILL_EXTENSIONS, BillKind, VatExemption
from rozlicz.portal.bills.models import BillState
from rozlicz.portal.bills.operations import Scan
from rozlicz.portal.house.formatting import text
from rozlicz.portal.house.lists import ListFilter, search_field, state_field
from rozlicz.portal.house.uploads import MOST_FILES, SeveralFiles

_LARGEST_SCAN = 20 * 2**20
_SCAN_HINT = _("A scan, up to 20 MB.")
_SCAN_TOO_LARGE = _("The file is larger than 20 MB. Scan it in grey, or split it.")
_SCANS_TOO_MANY = _("At most ten files go with one bill.")
_REASON_MISSING = _("Say why a copy could not be made, or attach a copy.")


class DemandedFileField(forms.FileField):
    """A file that the form lets pass without and the bill's own check demands: it is not called optional."""

    demanded = True


class TranscriptForm(forms.Form):
    """Why a scan is a transcript instead of a copy (R2); asked for by the forms that take scans."""

    transcript_reason = forms.CharField(
        label=_("Why there is a transcript instead of a copy"),
        help_text=_("Only when a transcript is attached: a copy is the rule, a transcript needs a reason."),
        required=False,
        max_length=500,
    )

    def transcripts(self) -> list[str]:
        """The names of the ticked boxes that say "this is a transcript"."""
        return [
            name for name in self.fields if name.startswith("transcript_of") and self.cleaned_data.get(name)
        ]

    def clean(self) -> dict[str, Any]:
        """A transcript without a reason is told at once, before the files have gone."""
        cleaned = super().clean() or {}
        if self.transcripts() and not cleaned.get("transcript_reason"):
            self.add_error("transcript_reason", _REASON_MISSING)
        return cleaned


class MakeBillForm(TranscriptForm):
    """What only the issuer knows, and a scan for each document that must go with the bill.

    Everything else is taken from template and contract. Whether a scan is missing is for the bill's own check.
    """

    kind = forms.ChoiceField(label=_("Kind of bill"), widget=forms.RadioSelect)
    number = forms.CharField(
        label=_("Number of the bill"),
        max_length=60,
        help_text=_("The next number of your own series, for example 10/2026."),
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
        error_messages={"required": _("Enter the number of the bill.")},
    )
    issued_on = forms.DateField(
        label=_("Date of issue"),
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Enter the date of issue."),
            "invalid": _("This is not a date. Write year, month and day: 2026-11-05."),
        },
    )
    vat_exemption = forms.ChoiceField(label=_("Basis of the VAT exemption"), widget=forms.RadioSelect)
    correction_reason = forms.CharField(
        label=_("Reason of the correction"),
        required=False,
        max_length=250,
        help_text=_("A correcting invoice names its reason."),
    )

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[BillKind],
        is_correction: bool,
        requirements: list[Requirement],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one.value, text(BILL_KIND_NAMES[one])) for one in kinds]
        self.fields["vat_exemption"].choices = [
            (one.value, text(EXEMPTION_NAMES[one])) for one in VatExemption
        ]
        if not is_correction:
            del self.fields["correction_reason"]
        self._kinds: dict[int, str] = {}
        for number, one in enumerate(r for r in requirements if r.form is AttachmentForm.SCAN):
            self._kinds[number] = one.kind.value
            self._add_scan(number, one)
        reason = self.fields.pop("transcript_reason")
        if self._kinds:
            self.fields["transcript_reason"] = reason

    def _add_scan(self, number: int, one: Requirement) -> None:
        whose = f" – {one.document_number}" if one.document_number else ""
        self.fields[f"scan_{number}"] = DemandedFileField(
            label=f"{text(ATTACHMENT_NAMES[one.kind])}{whose}",
            help_text=_SCAN_HINT,
            required=False,
        )
        self.fields[f"transcript_of_{number}"] = forms.BooleanField(
            label=_("transcript instead of a copy"), required=False
        )

    def clean(self) -> dict[str, Any]:
        """A scan that is too large is refused before it is read."""
        cleaned = super().clean()
        for number in self._kinds:
            file = cleaned.get(f"scan_{number}")
            if file and file.size > _LARGEST_SCAN:
                self.add_error(f"scan_{number}", _SCAN_TOO_LARGE)
        return cleaned

    def scans(self) -> list[Scan]:
        """The files that were chosen, each with what it is."""
        values = self.cleaned_data
        return [
            Scan(
                kind=kind,
                file_name=values[f"scan_{number}"].name,
                content=values[f"scan_{number}"],
                transcript=values[f"transcript_of_{number}"],
                transcript_reason=values["transcript_reason"],
            )
            for number, kind in self._kinds.items()
            if values.get(f"scan_{number}")
        ]


class ScansField(forms.FileField):
    """Any number of scans, none of them empty or too large; cleaned to a list."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file as Django's own field cleans one."""
        files = [super(ScansField, self).clean(one, initial) for one in data or ()]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_SCANS_TOO_MANY)
        if any(file.size > _LARGEST_SCAN for file in files):
            raise forms.ValidationError(_SCAN_TOO_LARGE)
        return files


class UploadBillForm(TranscriptForm):
    """A bill file made elsewhere, with the scans that it names."""

    file = forms.FileField(
        label=_("Bill file"),
        help_text=_(
            "FAKT (.efx), RACH (.erx) or NOTA (.enx), made by your settlement program from a template."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join([*BILL_EXTENSIONS.values(), ".xml", ".zip"])}),
        max_length=250,
        error_messages={
            "required": _("Choose the bill file."),
            "empty": _("The file is empty. Choose the file that the settlement program made."),
        },
    )
    scans_chosen = ScansField(
        label=_("Scans of the attachments"),
        required=False,
        help_text=_(
            "Only those that the bill names, with the same names and contents; several may be chosen."
        ),
    )
    transcript_of_all = forms.BooleanField(
        label=_("The scans are transcripts instead of copies"), required=False
    )
    field_order = ["file", "scans_chosen", "transcript_of_all", "transcript_reason"]

    def scans(self) -> list[Scan]:
        """The scans that were chosen; what each is, the bill itself says."""
        values = self.cleaned_data
        return [
            Scan(
                file_name=file.name,
                content=file,
                transcript=values["transcript_of_all"],
                transcript_reason=values["transcript_reason"],
            )
            for file in values["scans_chosen"]
        ]


class BillsFilter(ListFilter):
    """Which bills are shown."""

    text = search_field(_("Bill number or contract"))
    state = state_field(BillState.values)
    text_for_payer = _("Provider, bill number or contract")


class RefuseForm(forms.Form):
    """Why the branch refuses."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("One sentence that tells the provider what is wrong and what to do."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why the bill is refused: the provider sees this sentence.")},
    )
