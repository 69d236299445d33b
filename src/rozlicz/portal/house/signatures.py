"""Signed papers as pages show them: judged anew from the stored bytes, with the issuers that are trusted today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rozlicz.documents.signed_papers import SignedPaper
from rozlicz.documents.signed_papers.reading import read_signed
from rozlicz.documents.signed_papers.words import Reader, SignatureWords, words_of
from rozlicz.kernel.texts import Text
from rozlicz.portal.house import files
from rozlicz.portal.house.issuers import trusted_issuers


@dataclass(frozen=True, slots=True, kw_only=True)
class SignaturesShown:
    """What the block of signatures says: of each signature its words, or why the paper would be refused now.

    `is_ours` False: it is signed, but not the very document that the portal issued.
    """

    signatures: tuple[SignatureWords, ...]
    refusals: tuple[Text, ...]
    is_ours: bool


def read_paper(content: bytes, *, issued: bytes | None, at: datetime) -> SignedPaper:
    """Judge a signed paper that was received at a moment; `issued` None: it is compared with nothing."""
    return read_signed(content, issued=issued, at=at, issuers=trusted_issuers())


def shown(paper: SignedPaper, *, reader: Reader) -> SignaturesShown:
    """A judged paper in the words for its reader."""
    return SignaturesShown(
        signatures=tuple(words_of(one, reader=reader) for one in paper.signatures),
        refusals=paper.refusals,
        is_ours=paper.is_ours,
    )


def reasons(paper: SignedPaper) -> Text:
    """Every reason for which a paper is refused, as one sentence after the other."""
    return Text(pl=" ".join(one.pl for one in paper.refusals), en=" ".join(one.en for one in paper.refusals))


def stored(name: str) -> bytes:
    """The bytes of a stored file, whole."""
    with files.opened(name) as file:
        content: bytes = file.read()
    return content
