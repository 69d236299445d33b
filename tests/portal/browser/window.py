"""What a reader sees in a window of the browser, and how the tests look at it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page

from rozlicz.portal.accounts.models import Operator
from tests.portal.conftest import code_of

WIDE, NARROW, NARROWEST = 1280, 375, 320
HEIGHT = 900
_LOOKED_AT = """only => axe.run({resultTypes: ["violations"], iframes: false, ...(only && {runOnly: only})}).then(
    found => found.violations.map(
        one => `${one.id}: ${one.nodes.map(node => node.html.slice(0, 200)).join(" | ")}`))"""
_ALL_RULES = None
_RULES_OF_LOOKS = [
    *("color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"),
    *("button-name", "link-name", "label"),  # of what is only there in a narrow window
]
"""The rules of axe that depend on the style sheet; all others find in the dark what they found in the light."""
_TOO_WIDE = """() => [...document.querySelectorAll("body *")].filter(
    one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".frame")
).map(one => one.outerHTML.slice(0, 200)).slice(0, 3)"""


@cache
def _axe() -> str:
    return str(Axe().axe_script)


class Window:
    """One window: a person's cookies, the page, and everything the browser complained about."""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        """`options` are those of a Playwright context."""
        self.context = browser.new_context(
            base_url=address, viewport={"width": WIDE, "height": HEIGHT}, locale="pl-PL", **options
        )
        self.context.set_default_timeout(30_000)
        self.scripts = options.get("java_script_enabled", True)
        self.complaints: list[str] = []
        self.page: Page = self.context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("filechooser", lambda _: None)  # no desktop is there to show one
        self._looked_at: set[str] = set()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{self.page.url}: {message.text}")

    # Doing

    def log_in(self, login: str, password: str) -> None:
        """Through the page, with its three fields; and the code of the phone, where one is asked for."""
        party, name = login.split("/")
        self.page.goto("/logowanie/")
        self.fill({"Kod świadczeniodawcy": party, "Użytkownik": name, "Hasło": password})
        self.button("Zaloguj się")
        if (code := self.page.get_by_label("Kod", exact=True)).count():
            code.fill(code_of(Operator.objects.get(login=login)))
            self.button("Zaloguj się")

    def fill(self, values: dict[str, str]) -> None:
        """Type into fields by their labels."""
        for label, value in values.items():
            self.page.get_by_label(label).fill(value)

    def click(self, what: Locator) -> None:
        """Click what leads to another page, and wait until that is there."""
        with self.page.expect_navigation(wait_until="load"):
            what.click()

    def button(self, name: str) -> None:
        """Press the button of that name in the content of the page."""
        self.click(self.main.get_by_role("button", name=name, exact=True))

    def follow(self, name: str) -> None:
        """Follow the first link in the content whose words begin so."""
        self.click(self.link(name))

    def link(self, name: str) -> Locator:
        """The first link in the content whose words begin so."""
        words = re.escape(name).replace("/", r"\/")  # Playwright writes the expression between slashes
        return self.main.get_by_role("link", name=re.compile(f"^{words}")).first

    def area(self, name: str) -> None:
        """Go to an area by the menu on the left."""
        self.click(self.page.get_by_role("navigation", name="Obszary").get_by_role("link", name=name))

    def filter_by(self, address: str) -> None:
        """Press the button of the filter bar; with scripts only the list changes, and the address."""
        self.main.get_by_role("button", name="Filtruj").click()
        self.page.wait_for_url(f"**{address}*")

    def choose_file(self, label: str, *paths: Path) -> None:
        """Choose files for a field."""
        self.page.get_by_label(label).set_input_files([str(path) for path in paths])

    def download(self, name: str, target: Path) -> Path:
        """Follow a link that downloads; where the file lies now, under the name the portal gave it."""
        with self.page.expect_download() as download:
            self.link(name).click()
        file = target / download.value.suggested_filename
        download.value.save_as(file)
        return file

    # Looking

    @property
    def main(self) -> Locator:
        """The content of the page, without its frame."""
        return self.page.locator("main")

    @property
    def heading(self) -> str:
        """What the page is for, in its own words."""
        return plain(self.page.locator("h1").inner_text())

    @property
    def text(self) -> str:
        """The words of the content, blanks made plain."""
        return plain(self.main.inner_text())

    def row(self, words: str) -> list[str]:
        """The cells of the first row of a table that holds these words."""
        row = self.main.locator("tr", has_text=words).first
        row.wait_for()
        return [plain(cell) for cell in row.locator("th, td").all_inner_texts()]

    def looks_right(self) -> None:
        """The page is accessible by axe, light and wide and dark and narrow, and nowhere wider than its window.

        Each page is looked at once, however often the road passes.
        """
        page = self.page
        if page.url in self._looked_at or not self.scripts:
            return
        self._looked_at.add(page.url)
        assert page.locator("h1").count() == 1
        page.evaluate(_axe())
        faults: dict[str, list[str]] = {"light": page.evaluate(_LOOKED_AT, _ALL_RULES)}
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": NARROW, "height": HEIGHT})
        faults["dark"] = page.evaluate(_LOOKED_AT, _RULES_OF_LOOKS)
        page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
        wide = page.evaluate("document.documentElement.scrollWidth") > NARROWEST
        faults["wide"] = page.evaluate(_TOO_WIDE) if wide else []
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": WIDE, "height": HEIGHT})
        assert not any(faults.values()), f"{page.url}: {faults}"


def plain(text: str) -> str:
    """Every kind of blank as one space."""
    return re.sub(r"\s+", " ", text).strip()
