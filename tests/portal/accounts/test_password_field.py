"""The field for a new password: its checklist while one types, and the same rule on submit."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from rozlicz.portal.accounts.password_field import NewPasswordField, WithNewPassword

pytestmark = pytest.mark.django_db
GOOD = "Lodz!202"


def states(page: str) -> list[str]:
    return re.findall(r'class="state state-(\w+)"', page)


def test_the_checklist_turns_as_one_types_also_for_those_who_are_not_logged_in() -> None:
    client = Client()
    address = reverse("password_checklist")
    answer = client.post(address, {"field": "haslo", "haslo": "lodz!202"})
    assert states(answer.content.decode()) == ["good", "wait", "good", "good"]
    assert "wielka litera" in answer.content.decode().split('id="announcer"')[1]
    answer = client.post(address, {"field": "haslo", "haslo": GOOD})
    assert states(answer.content.decode()) == ["good"] * 4
    assert "Hasło spełnia wszystkie wymagania" in answer.content.decode()
    assert GOOD not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_the_checklist_takes_no_password_out_of_an_address_and_none_without_the_token_of_the_page() -> None:
    assert Client().get(reverse("password_checklist"), {"field": "h", "h": GOOD}).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("password_checklist"), {"field": "h", "h": GOOD}).status_code == 403


def test_the_field_sends_itself_only_and_names_its_checklist_to_a_screen_reader() -> None:
    page = str(WithNewPassword(prefix="admin")["new_password"])
    assert 'hx-params="admin-new_password,field"' in page
    assert 'autocomplete="new-password"' in page
    described = re.search(r'aria-describedby="([^"]+)"', page)
    assert described
    assert f'id="{described[1].split()[-1]}"' in page
    assert len(states(page)) == 4


def test_without_scripts_everything_wrong_is_told_on_submit_and_the_input_comes_back_empty() -> None:
    form = WithNewPassword({"new_password": "lodz2026", "new_password_again": "lodz2026"})
    assert not form.is_valid()
    assert len(form.errors["new_password"]) == 3
    page = str(form["new_password"])
    assert "lodz2026" not in str(form)
    assert states(page) == ["good", "wait", "wait", "wait"]


def test_both_must_be_the_same_however_the_keyboard_makes_its_accents() -> None:
    assert not WithNewPassword({"new_password": GOOD, "new_password_again": "Lodz!203"}).is_valid()
    composed = WithNewPassword({"new_password": "Łódź!202", "new_password_again": "Łódz\u0301!202"})
    assert composed.is_valid()
    assert composed.cleaned_data["new_password"] == "Łódź!202"


def test_blanks_round_a_password_belong_to_it() -> None:
    class One(forms.Form):
        password = NewPasswordField()

    form = One({"password": f" {GOOD} "})
    assert form.is_valid()
    assert form.cleaned_data["password"] == f" {GOOD} "


def test_what_nobody_types_is_refused() -> None:
    assert not WithNewPassword({"new_password": "Lodz!202" + "a" * 200, "new_password_again": "x"}).is_valid()
    assert not WithNewPassword(
        {"new_password": "Lodz!2\x00a", "new_password_again": "Lodz!2\x00a"}
    ).is_valid()
    assert not WithNewPassword({"new_password": "", "new_password_again": ""}).is_valid()
