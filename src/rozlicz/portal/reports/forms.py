"""Forms of the area "Sprawozdawczość": sending a report, and the filters of lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rozlicz.portal.house.formatting import count, text
from rozlicz.portal.house.states import STATES
from rozlicz.portal.reports.queries import OUTCOMES, WORKING, RuleCount
from rozlicz.verification.rule import Severity

_SEVERITIES = [("", _("all")), *((one.value, STATES[one.value].word) for one in Severity)]


class ReportForm(forms.Form):
    """The report of services to send."""

    file = forms.FileField(
        label=_("File of the report"),
        max_length=250,
        help_text=_(
            "A SWIAD message from the settlement program: a .swx file (zipped) or plain XML. Any number of services,"
            " also of several contracts."
        ),
        widget=forms.FileInput(attrs={"accept": ".swx,.xml,.zip"}),
        error_messages={
            "required": _("Choose the file of the report."),
            "empty": _("The file is empty. Choose the file that the settlement program made."),
        },
    )


class ReportsFilter(forms.Form):
    """Which reports are listed."""

    text = forms.CharField(label=_("Receipt number or file"), max_length=100, required=False)
    outcome = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", _("all")),
            *((code, _("in progress") if code == WORKING else STATES[code].word) for code in OUTCOMES),
        ],
        required=False,
    )

    def __init__(self, *args: Any, for_payer: bool, **kwargs: Any) -> None:
        """The payer searches among providers too."""
        super().__init__(*args, **kwargs)
        if for_payer:
            self.fields["text"].label = _("Provider, receipt number or file")


class FindingsFilter(forms.Form):
    """Which findings of a report are listed."""

    code = forms.ChoiceField(label=_("Rule"), required=False)
    severity = forms.ChoiceField(label=_("Severity"), choices=_SEVERITIES, required=False)
    service = forms.CharField(label=_("Identifier of the service"), max_length=100, required=False)

    def __init__(self, *args: Any, counts: list[RuleCount], **kwargs: Any) -> None:
        """Only rules that found something can be chosen."""
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [
            ("", _("all")),
            *((one.rule.code, f"{text(one.rule.name)} ({count(one.records)})") for one in counts),
        ]


class RulesFilter(forms.Form):
    """Which rules of the catalogue are listed."""

    text = forms.CharField(label=_("Code or words"), max_length=100, required=False)
    severity = forms.ChoiceField(label=_("Severity"), choices=_SEVERITIES, required=False)
