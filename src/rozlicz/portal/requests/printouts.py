"""The printout of a request: number, all fields, files, the declaration, and lines to sign on."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from rozlicz.documents.printouts.paper import Section, paper_pdf
from rozlicz.documents.signed_papers.signable import signable
from rozlicz.kernel.branches import branch_of
from rozlicz.portal.house.formatting import day, page_language, text
from rozlicz.portal.house.marks import mark_of_content
from rozlicz.portal.house.states import STATES
from rozlicz.portal.requests.kind import Case, RequestForm
from rozlicz.portal.requests.kinds import KINDS
from rozlicz.portal.requests.models import Request
from rozlicz.portal.requests.queries import attachments_of, refusal_of


def mark_of(request: Request) -> str:
    """Eight characters of the fields' hash: a signed paper is of this very content when it bears the same mark."""
    return mark_of_content(request.number, request.kind, request.fields)


def paper_to_sign(request: Request, *, case: Case) -> bytes:
    """The request as PDF to sign: in Polish, without what comes later (state, files), so that it can be made again.

    The same fields give the same bytes, which is how a printout that came back signed is known.
    """
    with translation.override("pl"):
        form = KINDS[request.kind].form(request.fields, case=case)
        return signable(_pdf(request, [_asked_for(form)], facts=()))


def request_pdf(request: Request, form: RequestForm) -> bytes:
    """The request as it stands, with its state and files, as PDF in the language of the page."""
    kind = KINDS[request.kind]
    names = {one.code: str(one.name) for one in kind.attachments}
    attached = [
        f"{names[one.kind]}: {one.file_name}" if one.kind in names else one.file_name
        for one in attachments_of(request)
    ]
    sections = [_asked_for(form)]
    if attached:
        sections.append(Section(heading=_("Attachments"), items=attached))
    facts = (
        (_("State"), str(STATES[request.state].word)),
        (_("Filed"), day(request.filed_on) if request.filed_on else ""),
        (_("Reason"), refusal_of(request)),
    )
    return _pdf(request, sections, facts=facts)


def draft_pdf(request: Request, form: RequestForm, faults: Sequence[tuple[str, str]]) -> bytes:
    """A draft that cannot be filed: to be read, not to be signed. It says what must be mended first."""
    lines = [f"{name}: {line}" if name else line for name, line in faults]
    missing = Section(
        heading=_("A draft, not to be signed"),
        paragraphs=[_("The request is not complete yet. Please mend it in the portal and print it again:")],
        items=lines,
    )
    return _pdf(
        request,
        [missing, *([_asked_for(form)] if form.shown() else [])],
        facts=((_("State"), str(STATES[request.state].word)),),
        watermark=_("DRAFT"),
    )


def _asked_for(form: RequestForm) -> Section:
    return Section(heading=_("What is asked for"), facts=form.shown())


def _pdf(
    request: Request, sections: list[Section], *, facts: Sequence[tuple[str, str]], watermark: str = ""
) -> bytes:
    kind, provider = KINDS[request.kind], request.provider
    if kind.declaration and not watermark:
        sections.append(Section(heading=_("Declaration"), paragraphs=[str(kind.declaration)]))
    sections.append(Section(heading=_("Basis"), paragraphs=[text(kind.basis.reference)]))
    return paper_pdf(
        title=_("Request: %(kind)s") % {"kind": kind.name},
        header=f"{request.number} · {provider.name}",
        language=page_language(),
        facts=[
            (_("Number"), request.number),
            (_("Mark of the content"), mark_of(request)),
            (_("Applicant"), f"{provider.name}, {provider.street}, {provider.postal_code} {provider.town}"),
            (_("Provider code"), provider.code),
            (_("To"), branch_of(settings.BRANCH).name),
            *facts,
        ],
        sections=sections,
        signatures=[] if watermark else [_("place and date"), *(str(one) for one in kind.signatures)],
        watermark=watermark,
    )
