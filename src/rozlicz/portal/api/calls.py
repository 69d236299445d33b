"""How an area declares its calls: one line each, from which come address, description, rights and strictness."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext
from ninja import Router

from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.accounts.tokens.models import ApiToken
from rozlicz.portal.api.door import Program
from rozlicz.portal.api.problems import Problem
from rozlicz.portal.api.shapes import Listed, ProblemDocument

View = TypeVar("View", bound=Callable[..., Any])

_PROBLEMS = dict.fromkeys((400, 401, 403, 404, 409, 413, 415, 422, 429), ProblemDocument)
"""Any call may also answer with a problem."""
_JSON = "application/json"
_BINARY = {"type": "string", "format": "binary"}


class Calls(Router):
    """The calls of one area. Each is named after its function, and `api_` with that name is its address's.

    `right` is what reading in this area needs, None: any token will do.
    """

    def __init__(self, area: str, *, right: Right | None) -> None:
        super().__init__(tags=[area])
        self.right = right

    def one(self, path: str, summary: Promise, answer: Any) -> Callable[[View], View]:
        """A call that answers with one thing."""
        return self._call("GET", path, summary, self.right, {200: answer})

    def listed(self, path: str, summary: Promise, row: Any) -> Callable[[View], View]:
        """A call that answers with a list, page by page."""
        return self.one(path, summary, Listed[row])

    def file(self, path: str, summary: Promise, media_type: str) -> Callable[[View], View]:
        """A call that answers with a file."""
        content = {"description": "OK", "content": {media_type: {"schema": _BINARY}}}
        return self._call("GET", path, summary, self.right, {200: None}, responses={200: content})

    def sent(
        self, path: str, summary: Promise, answer: Any, *, right: Right, **openapi: Any
    ) -> Callable[[View], View]:
        """A call that brings something: 201 when it is new, 200 when it was known."""
        return self._call("POST", path, summary, right, {200: answer, 201: answer}, **openapi)

    def _call(
        self,
        method: str,
        path: str,
        summary: Promise,
        right: Right | None,
        answers: dict[int, Any],
        **openapi: Any,
    ) -> Callable[[View], View]:
        def declared(view: View) -> View:
            name, door = view.__name__, _StrictProgram(right)
            self.add_api_operation(
                path,
                [method],
                view,
                auth=door,
                response=answers | _PROBLEMS,
                operation_id=name,
                url_name=f"api_{name}",
                summary=summary,
                openapi_extra={"x-right": right.value if right else None} | openapi,
            )
            models = self.path_operations[path].operations[-1].models
            door.takes(models)
            return view

        return declared


class _StrictProgram(Program):
    """Lets in as `Program` does, and then nothing that the call would not look at: a wish misspelt is no wish."""

    def takes(self, models: list[Any]) -> None:
        """What the call looks at, as ninja has read it from the function."""
        sources = {model.__ninja_param_source__: model for model in models}
        query = sources.get("query")
        self.known = set(query.__ninja_flatten_map__) if query else set()
        self.is_json = "body" in sources

    def __call__(self, request: HttpRequest) -> ApiToken:
        """The token. Raises Problem, also for content and parameters that the call does not know."""
        token = super().__call__(request)
        coding = request.headers.get("Content-Encoding", "identity")
        if coding.lower() != "identity" or (self.is_json and request.content_type != _JSON):
            raise Problem("media_type")
        if faults := self._faults(request):
            raise Problem("invalid", errors=faults)
        return token

    def _faults(self, request: HttpRequest) -> list[tuple[str, str]]:
        unknown = [(name, gettext("The call knows nothing of this name.")) for name in request.GET]
        return [fault for fault in unknown if fault[0] not in self.known] + [
            (name, gettext("This was said more than once."))
            for name in self.known
            if len(request.GET.getlist(name)) > 1
        ]
