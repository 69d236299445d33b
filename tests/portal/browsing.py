"""What a reader does with a page: finds a link by its words, follows it, reads the table."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse


class _Reader(HTMLParser):
    """Links and cells in the order of the page, with the words people see."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.rows: list[list[str]] = []
        self._href: str | None = None
        self._link: list[str] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._href, self._link = dict(attrs).get("href"), []
        elif tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self._cell = []
        elif tag == "br":
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._href is not None:
            self.links.append((_plain(self._link), self._href))
            self._href = None
        elif tag in {"td", "th"} and self._cell is not None:
            self.rows[-1].append(_plain(self._cell))
            self._cell = None

    def handle_data(self, data: str) -> None:
        self._link.append(data)
        if self._cell is not None:
            self._cell.append(data)


def _plain(parts: list[str]) -> str:
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def _read(response: HttpResponse) -> _Reader:
    reader = _Reader()
    reader.feed(response.content.decode())
    return reader


def table(response: HttpResponse) -> list[list[str]]:
    """The cells of all tables of a page, row by row, blanks made plain."""
    return _read(response).rows


def link(response: HttpResponse, words: str) -> str:
    """The address of the first link that begins with these words."""
    for text, href in _read(response).links:
        if text.startswith(words):
            return href
    raise AssertionError(f"no link {words!r}")


def click(client: Client, response: HttpResponse, words: str) -> HttpResponse:
    """Follow the link with these words."""
    return client.get(link(response, words), follow=True)


def own_queries(client: Client, address: str, **headers: str) -> int:
    """How many queries a page makes beyond those of every page (session, operator, context, frame)."""
    return _queries(client, address, headers) - _queries(client, reverse("rules"), {})


def _queries(client: Client, address: str, headers: dict[str, str]) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address, headers=headers)
    assert response.status_code == 200
    return len(queries)
