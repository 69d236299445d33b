"""P4: the form in steps, each saved when it is left."""

from __future__ import annotations

from tests.portal.registration.filling import Applicant, words


def test_road(filed: Applicant) -> None:
    answer = filed.get("/rejestracja/stan/")
    assert answer.status_code == 200
    print(words(answer))
    assert filed.document().startswith(b"%PDF")
