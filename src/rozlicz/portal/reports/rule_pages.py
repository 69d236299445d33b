"""The catalogue of verification rules as pages: what is checked in a report, since when, and on what legal basis."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.house.doors import for_right
from rozlicz.portal.reports.forms import RulesFilter
from rozlicz.verification.catalogue import RULES, RULES_VERSION
from rozlicz.verification.rule import ALWAYS, FOREVER, AppliesTo, Rule

_PLACEHOLDER = re.compile(r"\{\w+\}")
_APPLIES_TO = {
    AppliesTo.REPORTED: Text(pl="sprawozdanych pozycji", en="reported positions"),
    AppliesTo.DELETED: Text(pl="usunięć świadczeń", en="deletions of services"),
    AppliesTo.BOTH: Text(pl="sprawozdanych pozycji i usunięć", en="reported positions and deletions"),
}


@for_right(Right.SEE_REPORTS)
def rules(request: HttpRequest) -> HttpResponse:
    """All rules, in the order in which the findings of one record are told."""
    form = RulesFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    text, severity = wanted.get("text", "").casefold(), wanted.get("severity", "")
    found = [rule for rule in RULES if severity in {"", rule.severity} and text in _words(rule)]
    context = {
        "breadcrumbs": [(_("Reporting"), reverse("reports")), (_("Rules of verification"), None)],
        "filter_form": form,
        "rules": found,
        "version": RULES_VERSION,
    }
    return render(request, "reports/rules.html", context)


@for_right(Right.SEE_REPORTS)
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule: what it demands, how it speaks, what to do, since when, on what basis."""
    found = next((one for one in RULES if one.code == code), None)
    if found is None:
        raise Http404
    context = {
        "breadcrumbs": [
            (_("Reporting"), reverse("reports")),
            (_("Rules of verification"), reverse("rules")),
            (found.code, None),
        ],
        "rule": found,
        "message": _without_values(found.message),
        "remedy": _without_values(found.remedy),
        "applies_to": _APPLIES_TO[found.applies_to],
        "since": None if found.valid_from == ALWAYS else found.valid_from,
        "until": None if found.valid_to == FOREVER else found.valid_to,
    }
    return render(request, "reports/rule.html", context)


def _without_values(sentence: Text) -> Text:
    """A sentence of the catalogue, three dots where a finding has its values."""
    return Text(pl=_PLACEHOLDER.sub("…", sentence.pl), en=_PLACEHOLDER.sub("…", sentence.en))


def _words(rule: Rule) -> str:
    """Everything a reader may search a rule by, in both languages."""
    texts = (rule.name, rule.message, rule.remedy, rule.basis.reference)
    return " ".join((rule.code, *(f"{one.pl} {one.en}" for one in texts))).casefold()
