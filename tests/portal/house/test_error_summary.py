"""The summary of what is wrong with a form, on top of its page."""

from __future__ import annotations

from django import forms
from django.template import engines
from django.utils import translation


class _Declaration(forms.Form):
    number = forms.CharField(label="Numer")
    true = forms.BooleanField(
        label="Oświadczam, że to prawda.", error_messages={"required": "Proszę zaznaczyć."}
    )
    who = forms.CharField(label="Kto?", error_messages={"required": "Proszę podać, kto."})


def _summary() -> str:
    with translation.override("pl"):
        source = "{% load portal %}{% error_summary form %}"
        return engines["django"].from_string(source).render({"form": _Declaration({})})


def test_a_line_begins_with_the_name_of_its_field() -> None:
    assert ">Numer: Proszę wypełnić to pole.</a>" in _summary()


def test_a_label_that_is_a_sentence_is_not_put_before_what_is_wrong() -> None:
    page = _summary()
    assert ">Proszę zaznaczyć.</a>" in page
    assert ">Proszę podać, kto.</a>" in page


def test_django_speaks_of_a_wrong_field_as_the_portal_does() -> None:
    with translation.override("pl"):
        assert forms.EmailField().error_messages["required"] == "Proszę wypełnić to pole."
        form = forms.Form({"mail": "jan@"})
        form.fields["mail"] = forms.EmailField()
        assert form.errors["mail"] == [
            "Proszę podać pełny adres e-mail, na przykład jan.kowalski@szpital.pl."
        ]
