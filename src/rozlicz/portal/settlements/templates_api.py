"""The calls of templates: the list, one with its lines, and its file as the settlement program reads it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query, Schema

from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.api.calls import Calls
from rozlicz.portal.api.shapes import Paging, Words, month_text, newest_first
from rozlicz.portal.settlements import queries
from rozlicz.portal.settlements.downloads import template_response
from rozlicz.portal.settlements.models import Template

calls = Calls("templates", right=Right.SEE_SETTLEMENTS)


class TemplateRow(Schema):
    """What one bill will hold. `person` is the document number of the one person it is for, empty for the rest."""

    number: int
    contract_id: int
    contract: str
    month: str
    annex: int
    corrects: int | None
    person: str
    country: str
    state: Literal["issued", "billed"]
    amount_grosze: int
    issued_at: datetime


class TemplateLineRow(Schema):
    """One line; its amount is units times price, rounded once."""

    number: int
    scope: str
    distinguisher: int
    product: str
    name: str
    unit_name: str
    units_ten_thousandths: int
    price_grosze: int
    amount_grosze: int


class TemplateWhole(TemplateRow):
    """A template with its lines."""

    settlement_id: int
    lines: list[TemplateLineRow]


@calls.listed("", _("Templates of bills"), TemplateRow)
def templates(
    request: HttpRequest,
    paging: Query[Paging],
    text: Words = "",
    state: Literal["", "issued", "billed"] = "",
) -> dict[str, Any]:
    """The newest first; `next` is a key of its own, not the number of a template."""
    return newest_first(queries.templates_found(request.user, text=text, state=state), paging, _template)


@calls.one("/{int:number}", _("One template with its lines"), TemplateWhole)
def template(request: HttpRequest, number: int) -> dict[str, Any]:
    """By its number."""
    found = queries.template_for(request.user, number)
    return _template(found) | {
        "settlement_id": found.request_id,
        "lines": [
            {
                "number": line.number,
                "scope": line.scope,
                "distinguisher": line.distinguisher,
                "product": line.product,
                "name": line.name,
                "unit_name": line.unit_name,
                "units_ten_thousandths": line.units,
                "price_grosze": line.price,
                "amount_grosze": line.amount,
            }
            for line in found.lines.all()
        ],
    }


@calls.file("/{int:number}/file", _("The template as a message (R_UMX)"), "application/xml")
def template_file(request: HttpRequest, number: int) -> HttpResponse:
    """As the settlement program reads it."""
    return template_response(queries.template_for(request.user, number))


def _template(template: Template) -> dict[str, Any]:
    return {
        "number": template.number,
        "contract_id": template.contract_id,
        "contract": template.contract.code,
        "month": month_text(template.month),
        "annex": template.annex,
        "corrects": template.corrects.number if template.corrects else None,
        "person": template.person,
        "country": template.country,
        "state": "billed" if template.billed else "issued",
        "amount_grosze": template.amount,
        "issued_at": template.issued_at,
    }
