"""What the pages of correspondence share: the frame, crumbs, refusals in a form, papers as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from rozlicz.documents.printouts.paper import Section, paper_pdf
from rozlicz.kernel.branches import branch_of
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.correspondence.queries.announcements import reader_of
from rozlicz.portal.house import files
from rozlicz.portal.house.formatting import page_language, text
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.house.uploads import KeptFile

Crumb = tuple[str, str | None]


def open_page(request: HttpRequest, *way: Crumb, **values: Any) -> dict[str, Any]:
    """The context of a page that is open to all: inside the frame for operators, without it for everybody else."""
    reader = reader_of(request)
    return {
        "base": "portal/base_public.html" if reader is None else "portal/base.html",
        "address": request.build_absolute_uri(request.path),
        "branch": branch_of(settings.BRANCH),
        "breadcrumbs": crumbs(reader, *way),
    } | values


def crumbs(operator: Operator | None, *rest: Crumb) -> list[Crumb]:
    """Where a page of the area stands; who is not logged in comes from the first page.

    Who may not read correspondence has no way up.
    """
    above: list[Crumb] = []
    if operator is None:
        above = [(_("First page"), reverse("front_page"))]
    elif operator.may(Right.SEE_CORRESPONDENCE):
        above = [(_("Correspondence"), reverse("correspondence"))]
    return [*above, *rest]


def tell(form: BaseForm, unable: UnableTo, field: str | None = None) -> None:
    """Say at the form, or at one of its fields, why an operation did nothing."""
    form.add_error(field, text(unable.text))


def answered(form: BaseForm) -> int:
    """The status of a page with a form: 422 when something in it is wrong."""
    return 422 if form.is_bound and not form.is_valid() else 200


def paper_response(
    *, file_name: str, title: str, facts: Sequence[tuple[str, str]], sections: Sequence[Section]
) -> HttpResponse:
    """A paper of the branch as a PDF to keep, print or send on, in the language of the page."""
    content = paper_pdf(
        title=title,
        header=branch_of(settings.BRANCH).name,
        language=page_language(),
        facts=facts,
        sections=sections,
    )
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}.pdf"'
    return response


def file_response(found: KeptFile | None) -> HttpResponse:
    """A kept file under the type that its content has; None raises Http404."""
    if found is None:
        raise Http404
    return files.download(found.file, file_name=found.file_name, content_type=found.content_type)
