"""Forms around requests: the filter of the list, the files of a draft, and the reasons of the branch."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rozlicz.portal.house.formatting import page_language
from rozlicz.portal.house.lists import ListFilter, choice_field, search_field, state_field
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.house.uploads import KINDS, content_type_of
from rozlicz.portal.requests.drafting import OTHER
from rozlicz.portal.requests.kind import Kind
from rozlicz.portal.requests.kinds import KINDS as REQUEST_KINDS
from rozlicz.portal.requests.models import RequestState
from rozlicz.portal.requests.queries import OVERDUE, RUNNING

_FILE_HINT = _("PDF, a scan (PNG, JPG, TIFF), an office document or XML; up to 20 MB.")


class RequestsFilter(ListFilter):
    """Which requests are listed."""

    text = search_field(_("Request number"))
    kind = choice_field(
        _("Kind of request"), lambda: [(kind.code, kind.name) for kind in REQUEST_KINDS.values()]
    )
    state = state_field(RequestState.values)
    deadline = choice_field(_("Deadline"), lambda: [(OVERDUE, _("passed")), (RUNNING, _("still to come"))])
    text_for_payer = _("Provider or request number")

    def __init__(self, *args: Any, for_payer: bool, **kwargs: Any) -> None:
        """The branch never sees a draft."""
        super().__init__(*args, for_payer=for_payer, **kwargs)
        if for_payer:
            self.fields["state"].choices = [
                (code, word) for code, word in self.fields["state"].choices if code != RequestState.DRAFT
            ]


class AttachmentField(forms.FileField):
    """One file of a kind that is taken in, told by its bytes."""

    demanded = True

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The file; the sentences are those of `house.uploads`."""
        file = super().clean(data, initial)
        if file:
            try:
                content_type_of(file)
            except UnableTo as unable:
                raise forms.ValidationError(unable.text.in_language(page_language())) from None
        return file


class FilesForm(forms.Form):
    """A place for each file that the kind of request takes, and for one more."""

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accepted = ",".join(f".{ending}" for ending in KINDS)
        for one in kind.attachments:
            field = AttachmentField(label=one.name, required=False, help_text=one.hint or _FILE_HINT)
            field.demanded = one.demanded
            self.fields[f"file_{one.code}"] = field
        other = AttachmentField(label=_("Another file"), required=False, help_text=_FILE_HINT)
        other.demanded = False
        self.fields[f"file_{OTHER}"] = other
        for field in self.fields.values():
            field.widget.attrs["accept"] = accepted

    def chosen(self) -> list[tuple[str, Any]]:
        """The good files, each with the code of its kind."""
        return [
            (name.removeprefix("file_"), file)
            for name, file in getattr(self, "cleaned_data", {}).items()
            if file
        ]


def _reason(label: Any, hint: Any, missing: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": missing},
    )


class AskForm(forms.Form):
    """What is missing."""

    reason = _reason(
        _("What is missing"),
        _("The applicant sees these sentences: name the fields and files, and what to do."),
        _("Write what is missing: the applicant sees this sentence."),
    )


class RefuseForm(forms.Form):
    """Why the branch refuses."""

    reason = _reason(
        _("Reason"),
        _("One sentence that tells the provider what is wrong and what to do."),
        _("Write why the request is refused: the applicant sees this sentence."),
    )


class RevokeForm(forms.Form):
    """Why what was granted is taken back."""

    reason = _reason(
        _("Reason"),
        _("The provider sees this sentence."),
        _("Write why it is taken back: the applicant sees this sentence."),
    )


class WithdrawForm(forms.Form):
    """Why the applicant takes the request back; it need not be said."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
