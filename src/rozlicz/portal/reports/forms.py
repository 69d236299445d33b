"""Forms of the area "Sprawozdawczość": sending a report, and the filters of lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rozlicz.portal.house.formatting import count, text
from rozlicz.portal.house.lists import ListFilter, choice_field, search_field
from rozlicz.portal.house.states import STATES
from rozlicz.portal.reports.queries import OUTCOMES, WORKING, RuleCount
from rozlicz.verification.rule import Severity


def _severities() -> list[tuple[str, Any]]:
    return [(one.value, STATES[one.value].word) for one in Severity]


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


class ReportsFilter(ListFilter):
    """Which reports are listed."""

    text = search_field(_("Receipt number or file"))
    outcome = choice_field(
        _("State"),
        lambda: [(code, _("in progress") if code == WORKING else STATES[code].word) for code in OUTCOMES],
    )
    text_for_payer = _("Provider, receipt number or file")


class FindingsFilter(ListFilter):
    """Which findings of a report are listed."""

    code = forms.ChoiceField(label=_("Rule"), required=False)
    severity = choice_field(_("Severity"), _severities)
    service = search_field(_("Identifier of the service"))

    def __init__(self, *args: Any, counts: list[RuleCount], **kwargs: Any) -> None:
        """Only rules that found something can be chosen."""
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [
            ("", _("all")),
            *((one.rule.code, f"{text(one.rule.name)} ({count(one.records)})") for one in counts),
        ]


class RulesFilter(ListFilter):
    """Which rules of the catalogue are listed."""

    text = search_field(_("Code or words"))
    severity = choice_field(_("Severity"), _severities)
