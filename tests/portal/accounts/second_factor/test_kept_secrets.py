"""Secrets at rest: under a key of the data folder, which may change."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.utils import decrypt, encrypt
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from rozlicz.portal.accounts.models import Operator
from tests.portal.accounts.second_factor.conftest import half_logged_in, second_step
from tests.portal.conftest import code_of


@given(st.text(max_size=80))
def test_what_was_encrypted_is_read_again_and_never_looks_the_same(text: str) -> None:
    first, second = encrypt(text), encrypt(text)
    assert decrypt(first) == decrypt(second) == text
    assert first != second


def test_a_former_key_still_reads(settings: Any) -> None:
    kept = encrypt("tajne")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of the data folder"
    assert decrypt(kept) == "tajne"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(ValidationError):
        decrypt(kept)


@pytest.mark.django_db
def test_when_the_key_is_lost_the_second_step_says_what_to_do(guarded: Operator, settings: Any) -> None:
    settings.SECRET_KEY = "another key of the data folder"
    answer = second_step(half_logged_in(guarded), code_of(guarded))
    assert "Proszę poprosić administratora o jego wyzerowanie" in answer.content.decode()
