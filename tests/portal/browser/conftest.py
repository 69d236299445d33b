"""Headless Chromium for the tests in this folder: one for all of them, a window for each reader."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.portal.browser.branch import Branch, open_branch
from tests.portal.browser.window import Window

_QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)

NewWindow = Callable[..., Window]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; with REQUIRE_BROWSER=1 (as `make test` sets it) its absence is a failure."""
    program = shutil.which("chromium")
    if program is None:
        missing = "BROWSER TESTS WERE LEFT OUT: there is no program `chromium` (as root: make browser)"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    # Playwright's event loop runs in this very thread, where Django would refuse its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=_QUIET.split())
            yield browser
            browser.close()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def new_window(chromium: Browser, live_server) -> Iterator[NewWindow]:
    """Opens a window of a reader of its own; at the end none of them may have complained about anything."""
    windows: list[Window] = []

    def opened(**options: object) -> Window:
        window = Window(chromium, live_server.url, **options)
        windows.append(window)
        return window

    yield opened
    for window in windows:
        window.context.close()
    assert [complaint for window in windows for complaint in window.complaints] == []


@pytest.fixture
def branch(transactional_db: None) -> Branch:
    """A clinic of the demonstration branch with its contracts, its clerk and the branch's inspector."""
    return open_branch()
