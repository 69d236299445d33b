"""All calls together: the API as ninja serves it, what each error becomes, and the OpenAPI document."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.responses import NinjaJSONEncoder

from rozlicz.portal.accounts.api import calls as me
from rozlicz.portal.api.door import ADDRESS
from rozlicz.portal.api.problems import MEDIA_TYPE, Problem
from rozlicz.portal.bills.api import calls as bills
from rozlicz.portal.bills.making_api import calls as making
from rozlicz.portal.contracts.api import calls as contracts
from rozlicz.portal.house.formatting import page_language, text
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.payments.api import calls as payments
from rozlicz.portal.reports.api import calls as reports
from rozlicz.portal.settlements.api import calls as settlements
from rozlicz.portal.settlements.templates_api import calls as templates

VERSION = "1.0.0"

api = NinjaAPI(title="Rozlicz", version=VERSION, openapi_url=None, docs_url=None)
for path, area in (
    ("/me", me),
    ("/contracts", contracts),
    ("/reports", reports),
    ("/settlements", settlements),
    ("/templates", templates),
    ("/templates", making),
    ("/bills", bills),
    ("/payments", payments),
):
    api.add_router(path, area)


@api.exception_handler(Problem)
def _problem(_request: HttpRequest, problem: Problem) -> HttpResponse:
    return problem.response()


@api.exception_handler(Http404)
def _unknown(_request: HttpRequest, _nothing: Http404) -> HttpResponse:
    return Problem("not_found").response()


@api.exception_handler(PermissionDenied)
def _denied(_request: HttpRequest, denied: PermissionDenied) -> HttpResponse:
    return Problem("right_missing", detail=str(denied)).response()


@api.exception_handler(UnableTo)
def _unable(_request: HttpRequest, unable: UnableTo) -> HttpResponse:
    return Problem("unable", detail=text(unable.text)).response()


@api.exception_handler(RequestDataTooBig)
def _too_large(_request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
    return Problem("too_large").response()


@api.exception_handler(HttpError)
def _not_understood(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return Problem.of_status(error.status_code).response()


@api.exception_handler(ValidationError)
def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Each field with what is wrong; never what was sent, which may be anything."""
    return Problem(
        "invalid", errors=[(_field(one["loc"]), _sentence(one)) for one in error.errors]
    ).response()


def _field(place: tuple[Any, ...]) -> str:
    """`("body", "wish", "month")` → `month`: the last name, without ninja's own."""
    return str(place[-1])


def _sentence(error: dict[str, Any]) -> str:
    """What is wrong with one value, in the language of the call."""
    context = error.get("ctx", {})
    match error["type"]:
        case "extra_forbidden":
            return gettext("The call knows nothing of this name.")
        case "missing":
            return gettext("This is missing.")
        case "literal_error":
            return gettext("Only these values are taken: %(values)s.") % {"values": context["expected"]}
        case "string_pattern_mismatch":
            return gettext("This must fit the pattern %(pattern)s.") % {"pattern": context["pattern"]}
        case "greater_than_equal" | "less_than_equal":
            return gettext("This number is too small or too large.")
        case "string_too_long" | "string_too_short":
            return gettext("This text is too short or too long.")
        case _:
            return gettext("This is not of the type that the OpenAPI document names.")


def openapi(_request: HttpRequest) -> HttpResponse:
    """The OpenAPI document, in the language that the call asks for; open to everybody."""
    return HttpResponse(_document_text(page_language()), content_type="application/json")


def document() -> dict[str, Any]:
    """The OpenAPI document in the language of the moment, as a JSON object."""
    found: dict[str, Any] = json.loads(_document_text(page_language()))
    return found


@lru_cache
def _document_text(language: str) -> str:
    with translation.override(language):
        document = api.get_openapi_schema(path_prefix=ADDRESS)
        for operations in document["paths"].values():
            for operation in operations.values():
                _as_problems(operation["responses"])
        return json.dumps(document, cls=NinjaJSONEncoder, ensure_ascii=False)


def _as_problems(answers: dict[int, Any]) -> None:
    """An answer that is a problem has the type of problems, not that of all JSON."""
    for status, answer in answers.items():
        if int(status) >= 400:
            answer["description"] = gettext("A problem, and what to do")
            answer["content"] = {MEDIA_TYPE: next(iter(answer["content"].values()))}
