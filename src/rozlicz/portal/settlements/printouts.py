"""The explanations of a calculation as PDF: the same sentences as on its pages."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse

from rozlicz.documents.printouts.explanation import explanation_pdf
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.house.doors import for_right
from rozlicz.portal.house.formatting import moment, month_name, page_language
from rozlicz.portal.settlements.models import CapExplanation, SettlementRequest
from rozlicz.portal.settlements.queries import explanation_of, request_for
from rozlicz.settlement.explanation import Explanation


@for_right(Right.SEE_SETTLEMENTS)
def whence_pdf(request: HttpRequest, request_id: int) -> HttpResponse:
    """“Skąd ta kwota?” of a whole calculation, scope after scope."""
    asked = request_for(request.user, request_id)
    return _printed(asked, asked.explanations.all())


@for_right(Right.SEE_SETTLEMENTS)
def whence_scope_pdf(request: HttpRequest, request_id: int, scope: str, distinguisher: int) -> HttpResponse:
    """“Skąd ta kwota?” of one scope."""
    asked = request_for(request.user, request_id)
    found = explanation_of(asked, scope, distinguisher)
    return _printed(asked, [found], part=f"_{found.scope}_{found.distinguisher}")


def _printed(asked: SettlementRequest, found: Iterable[CapExplanation], *, part: str = "") -> HttpResponse:
    """The file is named after the month, the request and its `part`: printouts of several scopes lie side by side."""
    explanations = [Explanation.from_json(one.explanation) for one in found]
    if not explanations:
        raise Http404
    month = month_name(asked.month)
    content = explanation_pdf(
        explanations,
        language=page_language(),
        header=f"{asked.contract.code} · {asked.provider.name} · {month}",
        facts=[
            (_CONTRACT, asked.contract.code),
            (_PROVIDER, f"{asked.provider.code} {asked.provider.name}"),
            (_MONTH, month),
            (_CALCULATED, moment(asked.calculated_at)),
        ],
    )
    response = HttpResponse(content, content_type="application/pdf")
    name = f"skad-ta-kwota_{Month.from_number(asked.month)}_{asked.pk}{part}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


_CONTRACT = Text(pl="Umowa", en="Contract")
_PROVIDER = Text(pl="Świadczeniodawca", en="Provider")
_MONTH = Text(pl="Miesiąc", en="Month")
_CALCULATED = Text(pl="Naliczono", en="Calculated")
