"""Take the pictures of the README anew: `.venv/bin/python docs/pictures/take.py`.

Starts a portal of its own in a temporary folder, with the demonstration branch, walks the main road as the hospital's
clerk in headless Chromium, and leaves the pictures beside this file. Needs Debian's `chromium`; takes two minutes.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page, sync_playwright

from rozlicz.kernel.months import Month
from rozlicz.sample.branch import SampleProvider, make_branch
from rozlicz.sample.reports import every_kind, possible_kinds, write_report

HERE = Path(__file__).parent
LARGEST = 150_000  # bytes of a picture
SEED, PASSWORD = 7, "Rozlicz!26"  # the demonstration branch's own, of people who do not exist
PATIENCE = 180.0  # seconds until the portal answers for the first time
QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --hide-scrollbars"
WIDE, NARROW = (1280, 860), (390, 844)


def main() -> None:
    """Everything, from an empty folder to the pictures."""
    with tempfile.TemporaryDirectory(prefix="rozlicz-pictures-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # under root the database has a user of its own
        with portal(folder) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET.split())
            take_all(browser, address, folder)
            browser.close()
    for picture in sorted(HERE.glob("*.png")):
        size = picture.stat().st_size
        sys.stdout.write(f"{picture.name}: {size // 1000} kB{' – too large' if size > LARGEST else ''}\n")


@contextmanager
def portal(folder: Path) -> Iterator[str]:
    """A portal with its own data folder and port, until the pictures are taken; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"ROZLICZ_DATA": str(folder / "data"), "PORT": str(port)}
    command = [sys.executable, "-m", "rozlicz.portal.supervisor"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as supervisor:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/logowanie/")
            yield address
        finally:
            supervisor.send_signal(signal.SIGINT)


def wait_for(address: str) -> None:
    """Until the portal answers."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address):  # noqa: S310 - the portal that was just started
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit(f"{address} does not answer.")


def take_all(browser: Browser, address: str, folder: Path) -> None:
    """The road of a clerk, with a picture where something is to be seen."""
    today = datetime.now(ZoneInfo("Europe/Warsaw"))
    hospital = next(one for one in make_branch(SEED, today=today.date()).providers if one.kind == "hospital")
    page = window(browser, address, WIDE)
    log_in(page, hospital.party.code)
    send_report(page, hospital, today, folder / "raport.swx")
    picture(page, "report")
    for contract in hospital.contracts_in(Month.of(today.date()).plus(-1)):
        page.goto("/rozliczenia/")
        page.get_by_label("Umowa", exact=True).select_option(label=f"{contract.code} – {contract.kind_name}")
        page.get_by_role("button", name="Zażądaj naliczenia").click()
        page.locator("article.finding").first.wait_for()
    page.get_by_role("link", name="Skąd ta kwota?").first.click()
    page.locator("tbody th a").nth(1).click()
    page.get_by_role("heading", name="Krok po kroku").wait_for()
    picture(page, "whence", only_main=True)
    page.goto("/rachunki/")
    page.get_by_role("link", name="Wystaw rachunek do szablonu").first.click()
    page.get_by_label("Numer rachunku").fill(f"1/{today:%m/%Y}")
    page.get_by_role("button", name="Wyślij rachunek").click()
    page.get_by_text("Skąd ten termin?").wait_for()
    bill = page.url
    page.goto("/pulpit/")
    picture(page, "desk")
    pocket = window(browser, address, NARROW)
    log_in(pocket, hospital.party.code)
    pocket.goto(bill)
    picture(pocket, "narrow")


def send_report(page: Page, hospital: SampleProvider, today: datetime, file: Path) -> None:
    """The report of last month, one position in twenty wrong, checked to its end."""
    month = Month.of(today.date()).plus(-1)
    contracts = hospital.contracts_in(month)
    write_report(
        file,
        contracts=contracts,
        month=month,
        positions=3_000,
        seed=SEED,
        errors=every_kind(0.05, possible_kinds(contracts, month, today.date())),
        installation=hospital.installation,
        generation=1_000,  # beyond those of the demonstration's history
        generated_at=today.replace(tzinfo=None, microsecond=0) - timedelta(minutes=1),
    )
    page.goto("/sprawozdawczosc/wyslij/")
    page.get_by_label("Plik raportu").set_input_files(str(file))
    page.get_by_role("button", name="Wyślij raport").click()
    page.get_by_role("link", name="Pobierz komunikat zwrotny").wait_for()


def window(browser: Browser, address: str, size: tuple[int, int]) -> Page:
    """A window of this size, in Polish."""
    context = browser.new_context(
        base_url=address, viewport={"width": size[0], "height": size[1]}, locale="pl-PL"
    )
    context.set_default_timeout(60_000)
    return context.new_page()


def log_in(page: Page, code: str) -> None:
    """As the provider's clerk."""
    page.goto("/logowanie/")
    page.get_by_label("Kod świadczeniodawcy").fill(code)
    page.get_by_label("Użytkownik").fill("rozliczenia")
    page.get_by_label("Hasło").fill(PASSWORD)
    page.get_by_role("button", name="Zaloguj się").click()
    page.get_by_role("heading", name="Pulpit").wait_for()


def picture(page: Page, name: str, *, only_main: bool = False) -> None:
    """What stands in the window now, or the beginning of the page's content without its frame."""
    page.wait_for_load_state("networkidle")
    target = str(HERE / f"{name}.png")
    box = page.locator("main").bounding_box() if only_main else None
    if box is None:
        page.screenshot(path=target)
    else:
        margin = 16
        clip = {
            "x": box["x"] - margin,
            "y": box["y"] - margin,
            "width": box["width"] + 2 * margin,
            "height": 940,
        }
        page.screenshot(path=target, full_page=True, clip=clip)


if __name__ == "__main__":
    main()
