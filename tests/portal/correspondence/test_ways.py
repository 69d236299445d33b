"""From every page of the area there is a way up, also for who is not logged in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.portal.browsing import link

OPEN = ["announcements", "documents", "help"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", OPEN)
def test_who_is_not_logged_in_comes_back_to_the_first_page(client: Client, page: str) -> None:
    assert link(client.get(reverse(page)), "Strona główna") == "/"


@pytest.mark.parametrize("page", OPEN)
def test_open_pages_stand_among_the_others_of_correspondence(clerk: Client, page: str) -> None:
    answer = clerk.get(reverse(page))
    assert f'<a href="{reverse(page)}" aria-current="page">' in answer.content.decode()
    assert link(answer, "Ankiety") == reverse("surveys")
