"""Who did what, when, from where, and for whom: searched by the branch, a provider's own shown to it."""

from __future__ import annotations

import io
import re
from datetime import datetime, timedelta

import openpyxl
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.audit import pages
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.audit.operations import Whence, coming_from, record
from rozlicz.portal.audit.row_words import PAGES
from rozlicz.portal.bills.models import Bill
from rozlicz.portal.providers.models import Provider
from rozlicz.portal.settlements.models import Template
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.conftest import NOON
from tests.portal.month import make, text

pytestmark = pytest.mark.django_db
AUDIT = "/administracja/dziennik/"


@pytest.fixture
def approved(inspector: Client, bill: Bill) -> Bill:
    """The clinic's bill, approved by the branch's inspector from an address of the branch."""
    inspector.post(reverse("bill_approve", args=[bill.pk]), REMOTE_ADDR="198.51.100.9")
    return bill


@pytest.fixture
def some_acts(provider_operator: Operator, payer_operator: Operator, stranger: Operator) -> set[str]:
    """Acts of three persons on three days; their subjects."""
    clinic, practice = provider_operator.provider, stranger.provider
    midnight = NOON.replace(hour=0) - timedelta(days=1)
    write(provider_operator, clinic, "raport 7/abc", at=midnight - timedelta(minutes=1))
    write(provider_operator, clinic, "raport 8/abd", at=midnight, reason="Pomyłka", address="192.0.2.8")
    write(payer_operator, clinic, "umowa 05-1", act="contract.published")
    write(stranger, practice, "zawilcowe", at=midnight - timedelta(days=3))
    return {"raport 7/abc", "raport 8/abd", "umowa 05-1", "zawilcowe"}


def write(operator: Operator | None, provider: Provider | None, subject: str, **more: object) -> None:
    """A line as if something had been done."""
    at = more.pop("at", NOON)
    address = str(more.pop("address", "192.0.2.1"))
    assert isinstance(at, datetime)
    with acting_for_payer(), coming_from(Whence(address=address)):
        record(
            str(more.pop("act", "report.sent")),
            operator=operator,
            provider_id=provider.pk if provider else None,
            subject=subject,
            at=at,
            **more,  # type: ignore[arg-type]
        )


def lines(response: HttpResponse) -> list[str]:
    """The rows of the list as plain text."""
    page = text(response)
    body = page.split("<tbody>")[1].split("</tbody>")[0] if "<tbody>" in page else ""
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in body.split("</tr>") if "<td" in row]


def entry_of(act: str) -> Entry:
    with acting_for_payer():
        return Entry.objects.filter(act=act).latest("pk")


@pytest.mark.slow
def test_the_branch_sees_who_did_what_when_from_where_and_for_whom(inspector: Client, approved: Bill) -> None:
    [line] = lines(inspector.get(AUDIT, {"act": "bill.approved"}))
    assert "05.11.2026, 12:00" in line
    assert "Zatwierdzono rachunek" in line
    assert "Irena Lipa 050000/inspektor" in line
    assert "Przychodnia Wrzosowa Sp. z o.o. 050123" in line
    assert "198.51.100.9" in line


@pytest.mark.slow
def test_a_provider_sees_what_the_branch_did_to_its_affairs_but_not_from_where(
    clerk: Client, inspector: Client, approved: Bill
) -> None:
    """The addresses of the branch's people are their own affair; a provider's people's are the provider's."""
    [line] = lines(clerk.get(AUDIT, {"act": "bill.approved"}))
    assert "050000/inspektor" in line
    entry = entry_of("bill.approved")
    for answer in (clerk.get(AUDIT), clerk.get(f"{AUDIT}{entry.pk}/"), clerk.get(f"{AUDIT}pobierz/")):
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b"198.51.100.9" not in content
    assert lines(clerk.get(AUDIT, {"address": "198.51.100.9"})) == []
    assert len(lines(inspector.get(AUDIT, {"address": "198.51.100.9"}))) == 1


def test_a_provider_sees_from_where_its_own_people_work(
    clerk: Client, clinic: Provider, provider_operator: Operator
) -> None:
    write(provider_operator, clinic, "A1", address="203.0.113.5")
    [line] = lines(clerk.get(AUDIT, {"address": "203.0.113.5"}))
    assert "Anna Wrzos 050123/awrzos" in line
    assert "203.0.113.5" in line


@pytest.mark.slow
def test_nobody_sees_a_strangers_line(visitors, practice: Provider, stranger: Operator) -> None:
    write(stranger, practice, "zawilcowe")
    entry = entry_of("report.sent")
    assert [one.get(f"{AUDIT}{entry.pk}/").status_code for one in visitors] == [404, 404, 200, 200, 302]
    assert "zawilcowe" not in text(visitors.clerk.get(AUDIT))
    assert "zawilcowe" in text(visitors.stranger.get(AUDIT))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"operator": "awrzos"}, {"raport 7/abc", "raport 8/abd"}),
        ({"operator": "Irena"}, {"umowa 05-1"}),
        ({"operator": "nikt"}, set()),
        ({"provider": "0507"}, {"zawilcowe"}),
        ({"provider": "wrzosowa"}, {"raport 7/abc", "raport 8/abd", "umowa 05-1"}),
        ({"act": "contract.published"}, {"umowa 05-1"}),
        ({"words": "raport"}, {"raport 7/abc", "raport 8/abd"}),
        ({"words": "AB rap"}, {"raport 7/abc", "raport 8/abd"}),
        ({"words": "7/abc"}, {"raport 7/abc"}),
        ({"words": "pomyłka"}, {"raport 8/abd"}),
        ({"words": "& | ! ' :*"}, {"raport 7/abc", "raport 8/abd", "umowa 05-1", "zawilcowe"}),
        ({"address": "192.0.2.8"}, {"raport 8/abd"}),
        ({"since": "2026-11-04"}, {"raport 8/abd", "umowa 05-1"}),
        ({"until": "2026-11-03"}, {"raport 7/abc", "zawilcowe"}),
        ({"since": "2026-11-04", "operator": "awrzos"}, {"raport 8/abd"}),
        ({"since": "2026-11-04", "operator": "awrzos", "act": "contract.published"}, set()),
    ],
    # a set's own order differs from process to process
    ids=lambda value: str(sorted(value) if isinstance(value, set) else value),
)
def test_the_branch_searches_by_everything_together(
    asked: dict[str, str], found: set[str], inspector: Client, some_acts: set[str]
) -> None:
    page = text(inspector.get(AUDIT, asked))
    assert {one for one in some_acts if one in page} == found


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"address": "300.1.1.1"}, "192.0.2.7"),
        ({"since": "2026-13-40"}, "2026-13-40"),
        ({"since": "2026-11-05", "until": "2026-11-04"}, "Ostatni dzień jest przed pierwszym."),
        ({"until": "9999-12-31"}, "Proszę wpisać rok od 1900 do 2199."),
        ({"since": "0001-01-01"}, "Proszę wpisać rok od 1900 do 2199."),
    ],
    ids=str,
)
def test_a_wrong_filter_says_so_finds_nothing_and_keeps_what_was_typed(
    asked: dict[str, str], told: str, inspector: Client, clinic: Provider, provider_operator: Operator
) -> None:
    write(provider_operator, clinic, "raport 7/abc")
    page = text(inspector.get(AUDIT, asked))
    assert "raport 7/abc" not in page
    assert all(value in page for value in asked.values())
    assert told in page or "error" in page


def test_a_printed_list_says_what_was_asked_for(inspector: Client, some_acts: set[str]) -> None:
    page = text(inspector.get(AUDIT, {"act": "report.sent", "since": "2026-11-04", "words": "raport"}))
    printed = re.sub(r"<[^>]+>", "", page.split('class="print-only">')[1].split("</p>")[0])
    assert printed == "Od dnia: 04.11.2026 · Czynność: Wysłano raport · Słowa z opisu lub powodu: raport"


@pytest.mark.slow
def test_page_by_page_forth_and_back(
    inspector: Client, clinic: Provider, provider_operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By time and key: lines of one moment are neither left out nor shown twice."""
    for number in range(120):
        write(provider_operator, clinic, f"nr {number:03}", at=NOON + timedelta(minutes=number // 7))
    monkeypatch.setattr(pages, "COUNTED", 100)
    seen, address = [], f"{AUDIT}?act=report.sent"
    visited = []
    while address:
        visited.append(address)
        page = text(inspector.get(address))
        seen.append(re.findall(r"nr (\d{3})", page))
        assert "z ponad 100" in page
        after = re.search(r'href="([^"]+)" rel="next"', page)
        address = AUDIT + after[1].replace("&amp;", "&") if after else ""
    assert [int(one) for page in seen for one in page] == list(reversed(range(120)))
    back = re.search(r'href="([^"]+)" rel="prev"', text(inspector.get(visited[-1])))
    assert back
    assert re.findall(r"nr (\d{3})", text(inspector.get(AUDIT + back[1].replace("&amp;", "&")))) == seen[1]


@pytest.mark.slow
def test_an_entry_tells_the_changed_fields_in_words_and_leads_to_the_thing(
    inspector: Client, clerk: Client, approved: Bill
) -> None:
    entry = entry_of("bill.approved")
    for reader in (inspector, clerk):
        page = text(reader.get(f"{AUDIT}{entry.pk}/"))
        rows = re.sub(r"<[^>]+>", " ", page.split("Co zmieniono")[1])
        assert re.search(r"stan\s+przyjęto\s+zatwierdzono", rows)
        assert f'href="{reverse("bill", args=[approved.pk])}"' in page
    assert "12:00:00" in page


@pytest.mark.slow
def test_a_new_row_is_told_with_its_values_and_amounts_as_money(clerk: Client, template: Template) -> None:
    make(clerk, template)
    page = text(clerk.get(f"{AUDIT}{entry_of('bill.accepted').pk}/"))
    rows = re.sub(r"<[^>]+>", " ", page.split("Co zmieniono")[1])
    assert re.search(r"Rachunek\s+10/2026\s+– dodano", rows)
    assert re.search(r"kwota\s+800,00 zł", rows)
    assert re.search(r"miesiąc\s+październik 2026", rows)
    assert re.search(r"wpłynęło od\s+050123/awrzos", rows)
    assert "Przed" not in rows.split("Szablon rachunku")[0], "a new row has no former values"


@pytest.mark.slow
def test_an_act_outside_of_a_request_says_why_no_change_is_shown(clerk: Client, bill: Bill) -> None:
    assert "nie zmieniła żadnych danych" in text(clerk.get(f"{AUDIT}{entry_of('bill.accepted').pk}/"))


def test_no_secret_is_ever_shown_since_the_history_keeps_none() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid where relname like '%event'"
            " and a.attname ~ 'password|secret|token|hash|session|seed|digest'"
        )
        kept = {column for (column,) in cursor.fetchall()}
    assert kept == {"password_set_at", "token_days"}, "a moment, and a rule of the branch"


def test_the_workbook_holds_what_the_filter_finds(
    inspector: Client, clinic: Provider, provider_operator: Operator, stranger: Operator, practice: Provider
) -> None:
    write(provider_operator, clinic, "=1+1")
    write(stranger, practice, "zawilcowe")
    answer = inspector.get(f"{AUDIT}pobierz/", {"provider": clinic.code, "act": "report.sent"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert len(rows) == 2
    assert rows[1][:3] == ["2026-11-05 12:00:00", "Wysłano raport", "=1+1"]
    assert sheet["C2"].data_type == "s", "text is never a formula"


def test_every_kind_with_a_page_has_an_address() -> None:
    for page, part, _right in PAGES.values():
        assert reverse(page, args=["1" if part == "number" else 1])


def test_an_empty_book_says_what_will_stand_there(inspector: Client) -> None:
    assert "Każda czynność pojawi się tu sama." in text(inspector.get(AUDIT))
    assert "Żadna czynność nie pasuje" in text(inspector.get(AUDIT, {"words": "nic"}))
