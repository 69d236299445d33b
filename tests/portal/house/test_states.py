"""The vocabulary of states: a word and a shape, the same everywhere."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from rozlicz.portal.house.states import STATES


def badge(code):
    return Template("{% load portal %}{% state code %}").render(Context({"code": code}))


def test_a_badge_is_a_word_and_a_shape():
    with override("pl"):
        assert badge("accepted") == '<span class="state state-good">przyjęto</span>'
        assert badge("to_complete") == '<span class="state state-act">do uzupełnienia</span>'
    with override("en"):
        assert badge("rejected") == '<span class="state state-bad">rejected</span>'


@pytest.mark.parametrize("code", STATES)
def test_every_state_has_a_polish_word(code):
    with override("en"):
        english = str(STATES[code].word)
    with override("pl"):
        assert str(STATES[code].word) != english


def test_no_two_states_of_one_shape_share_a_word():
    with override("pl"):
        words = [str(state.word) for state in STATES.values()]
    assert len(set(words)) == len(words)


def test_an_unknown_state_is_a_programmers_mistake():
    with pytest.raises(KeyError):
        badge("lost")
