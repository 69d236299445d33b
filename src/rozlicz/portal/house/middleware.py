"""Two small middlewares: what is told to browsers for safety, and the language."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

_View = Callable[[HttpRequest], HttpResponse]

_CONTENT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


_HEADERS = {
    # Nothing from elsewhere, nothing inline: the browser itself refuses injected scripts and styles.
    "Content-Security-Policy": _CONTENT,
    # No other site may embed a picture or a file of the portal, not even blindly.
    "Cross-Origin-Resource-Policy": "same-origin",
    # The portal needs none of these, so nothing that gets into a page has them either.
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def safe_browsing(get_response: _View) -> _View:
    """Every answer but static files, which are served before: what the browser may do, and that it keeps no copy.

    Pages hold patients' and providers' data, and even public ones a form's token: after log-out the back button
    and the disk of a shared computer have nothing to show.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if "no-store" not in response.headers.get("Cache-Control", ""):
            response.headers["Cache-Control"] = "no-store, private"
        return response

    return middleware


def language(get_response: _View) -> _View:
    """Polish, unless the reader switched to English; the browser's own wish plays no part."""

    def middleware(request: HttpRequest) -> HttpResponse:
        wish = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        chosen = wish if wish in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = get_response(request)
            response.headers.setdefault("Content-Language", chosen)
            return response

    return middleware
