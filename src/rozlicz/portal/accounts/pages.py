"""Pages of one's own account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from rozlicz.portal.accounts.password_field import points_today
from rozlicz.portal.accounts.passwords import LONGEST


@require_POST
@never_cache
@sensitive_post_parameters()
@sensitive_variables("typed")
def password_checklist(request: HttpRequest) -> HttpResponse:
    """The checklist for what is being typed; open to all, since it says nothing of anybody."""
    typed = request.POST.get(request.POST.get("field", ""), "")[:LONGEST]
    points = points_today(typed)
    return render(
        request,
        "accounts/password_checklist.html",
        {"points": points, "missing": [point for point in points if not point.met]},
    )
