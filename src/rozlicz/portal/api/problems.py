"""What a program is told when a call fails: a problem document (RFC 9457) that says what to do.

`code` is for programs and never changes; the sentences are in the language that the call asked for. Where a rule
stands behind the refusal, `basis` names it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEDIA_TYPE = "application/problem+json"


class Kind(NamedTuple):
    """One kind of failure: the status, what it is, what to do, and by which rule it is one."""

    status: int
    title: Promise
    remedy: Promise
    basis: Promise


_NEW_TOKEN = _(
    "An administrator of the provider makes a new token: Administration, Installations, the installation of the"
    " program."
)
_MEND = _("Mend the call as its sentence and the list of errors say, and send it again.")

_OPEN_API = _("description of the calls: the OpenAPI document of this portal")
_RULES_OF_ACCESS = _("rules of access of the branch: a program works with a token of its installation")
_SCOPES = _("scopes of the token: roles of the portal, as the page of roles shows them")
_PORTAL = _("order of work of this portal")

KINDS: dict[str, Kind] = {
    "bad_request": Kind(400, _("The call cannot be understood"), _MEND, _OPEN_API),
    "token_missing": Kind(
        401,
        _("The call carries no access token"),
        _(
            "Send the header “Authorization: Bearer rzl_…”. An administrator of the provider makes the token:"
            " Administration, Installations, the installation of the program."
        ),
        _RULES_OF_ACCESS,
    ),
    "token_unknown": Kind(
        401,
        _("The access token is unknown"),
        _("Check that the whole token was copied; if it was lost, an administrator makes a new one."),
        _RULES_OF_ACCESS,
    ),
    "token_expired": Kind(401, _("The access token has expired"), _NEW_TOKEN, _RULES_OF_ACCESS),
    "token_revoked": Kind(401, _("The access token was revoked"), _NEW_TOKEN, _RULES_OF_ACCESS),
    "account_blocked": Kind(
        403,
        _("The account of the program is blocked"),
        _("An administrator of the provider unblocks it, on the page of operators."),
        _RULES_OF_ACCESS,
    ),
    "installation_closed": Kind(
        403,
        _("The installation is closed"),
        _("File a request for a new installation, and make a token for it."),
        _("open format of the Fund: messages come from a registered installation (id-inst-nad)"),
    ),
    "party_suspended": Kind(
        403,
        _("The provider is suspended"),
        _("The branch says what is missing; the suspension ends when it has come."),
        _("agreement that authorises the use of the portal (umowa upoważniająca)"),
    ),
    "right_missing": Kind(
        403,
        _("The token does not allow this"),
        _("Use a token that has the scope for this call; an administrator of the provider makes it."),
        _SCOPES,
    ),
    "not_found": Kind(
        404,
        _("There is no such thing"),
        _("Check the address of the call. What belongs to another provider is not there for this program."),
        _OPEN_API,
    ),
    "method_not_allowed": Kind(
        405,
        _("The address does not take this method"),
        _("The OpenAPI document says which methods an address takes."),
        _OPEN_API,
    ),
    "unable": Kind(
        409,
        _("It cannot be done"),
        _("The sentence says what stands in the way; when it is gone, send the call again."),
        _PORTAL,
    ),
    "too_large": Kind(
        413,
        _("The content is too large"),
        _("Split a report into several; anything that is no file has less than 5 MB."),
        _PORTAL,
    ),
    "media_type": Kind(
        415,
        _("The content cannot be taken in this form"),
        _("Send the type of content that the OpenAPI document names for the call."),
        _OPEN_API,
    ),
    "invalid": Kind(422, _("The call does not say what it must"), _MEND, _OPEN_API),
    "too_many_calls": Kind(
        429,
        _("Too many calls"),
        _("Wait as many seconds as the header Retry-After says, and ask less often."),
        _PORTAL,
    ),
    "server_error": Kind(
        500,
        _("Something went wrong here"),
        _(
            "Nothing was done. Send the call again later; when it fails again, tell the branch the time of the call."
        ),
        _PORTAL,
    ),
}
"""Every code, in the order of the statuses."""

_OF_STATUS = {
    400: "bad_request",
    401: "token_missing",
    403: "right_missing",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "media_type",
    422: "invalid",
}


class Problem(Exception):
    """A call ends here. `detail` is the sentence about this very call; without one, the title says it all.

    `errors` are pairs of a field and what is wrong with it.
    """

    def __init__(
        self,
        code: str,
        *,
        detail: str = "",
        errors: Sequence[tuple[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.kind = KINDS[code]
        self.detail = detail
        self.errors = errors
        self.headers = dict(headers or {})
        if self.kind.status == 401:
            self.headers["WWW-Authenticate"] = 'Bearer realm="rozlicz"'

    @classmethod
    def of_status(cls, status: int) -> Problem:
        """The problem of an answer that some other part of the portal gave."""
        return cls(_OF_STATUS.get(status, "server_error" if status >= 500 else "bad_request"))

    def document(self) -> dict[str, Any]:
        """The problem as a JSON object, in the language of the call."""
        document: dict[str, Any] = {
            "type": f"{reverse('api_guide')}#{self.code}",
            "title": str(self.kind.title),
            "status": self.kind.status,
            "detail": self.detail or f"{self.kind.title}.",
            "code": self.code,
            "basis": str(self.kind.basis),
            "remedy": str(self.kind.remedy),
        }
        if self.errors:
            document["errors"] = [{"field": field, "message": message} for field, message in self.errors]
        return document

    def response(self) -> HttpResponse:
        """The answer."""
        return HttpResponse(
            json.dumps(self.document(), ensure_ascii=False),
            status=self.kind.status,
            content_type=MEDIA_TYPE,
            headers=self.headers,
        )
