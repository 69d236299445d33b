"""Electronic signatures on the printouts of requests: judged when they come, and anew whenever they are shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from rozlicz.documents.signed_papers import SignedPaper
from rozlicz.documents.signed_papers.reading import carries_signatures
from rozlicz.documents.signed_papers.words import Reader
from rozlicz.portal.house.signatures import SignaturesShown, read_paper, shown, stored
from rozlicz.portal.requests.kind import Case, Kind
from rozlicz.portal.requests.kinds import KINDS
from rozlicz.portal.requests.models import Attachment, Request
from rozlicz.portal.requests.printouts import paper_to_sign
from rozlicz.portal.requests.queries import attachments_of


def takes_signature(kind: Kind, kind_of_file: str) -> bool:
    """Whether a file of a request is its signed printout."""
    return any(one.code == kind_of_file and one.signed for one in kind.attachments)


def signed_printout(request: Request, content: bytes, *, case: Case, at: datetime) -> SignedPaper | None:
    """What the signatures of a printout that came at a moment are worth; None for a scan, which carries none.

    A PDF that is not the printout of these very fields is judged by itself, and said not to be ours.
    """
    if not carries_signatures(content):
        return None
    issued = paper_to_sign(request, case=case)
    return read_paper(content, issued=issued if content.startswith(issued) else None, at=at)


def is_signed_electronically(request: Request, *, case: Case) -> bool:
    """Whether the printout of these very fields came back with signatures that hold, so that no paper must follow."""
    papers = (
        signed_printout(request, stored(one.file), case=case, at=one.added_at)
        for one in attachments_of(request)
        if takes_signature(KINDS[request.kind], one.kind)
    )
    return any(paper.is_ours and paper.signatures for paper in papers if paper)


def signatures_shown(
    request: Request, attachments: Iterable[Attachment], *, case: Case, reader: Reader
) -> dict[int, SignaturesShown]:
    """The block of signatures of each file that has one, by the file's key."""
    found = {}
    for one in attachments:
        if not takes_signature(KINDS[request.kind], one.kind):
            continue
        paper = signed_printout(request, stored(one.file), case=case, at=one.added_at)
        if paper is not None:
            found[one.pk] = shown(paper, reader=reader)
    return found
