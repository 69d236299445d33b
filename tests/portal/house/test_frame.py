"""The frame of every page, the error pages, and what the style sheets promise."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from rozlicz import portal

PORTAL = Path(portal.__file__).parent
STYLES = PORTAL / "static" / "portal"
TEMPLATES = sorted(PORTAL.rglob("templates/**/*.html"))


def page(source, **values):
    request = RequestFactory().get("/reports/?month=2026-10")
    request.user = AnonymousUser()
    with override("pl"):
        return Template(source).render(Context({"request": request, **values}))


def test_the_frame_stands_without_any_context():
    made = page('{% extends "portal/base.html" %}{% block title %}Raport{% endblock %}')
    assert "<title>Raport – Rozlicz</title>" in made
    assert made.count("<h1>") == 1
    assert "<h1>Raport</h1>" in made
    assert 'class="now"' not in made


def test_the_title_is_the_heading_also_when_it_is_computed():
    made = page('{% extends "portal/base.html" %}{% block title %}Umowa {{ code }}{% endblock %}', code="<1>")
    assert "<title>Umowa &lt;1&gt; – Rozlicz</title>" in made
    assert "<h1>Umowa &lt;1&gt;</h1>" in made


def test_the_frame_says_whose_data_it_is_and_where_one_is():
    made = page(
        '{% extends "portal/base.html" %}',
        party_name="Przychodnia & Syn",
        party_code="051234",
        reporting_month=202610,
        areas=[("Pulpit", "/", False), ("Sprawozdawczość", "/reports/", True)],
        breadcrumbs=[("Pulpit", "/"), ("Raport", None)],
    )
    assert "Przychodnia &amp; Syn" in made
    assert "kod 051234" in made
    assert "październik 2026" in made
    assert '<a href="/reports/" aria-current="true">Sprawozdawczość</a>' in made
    assert '<span aria-current="page">Raport</span>' in made


def test_the_language_can_be_changed_on_the_same_page():
    made = page('{% extends "portal/base.html" %}')
    assert '<input type="hidden" name="next" value="/reports/?month=2026-10">' in made
    assert '<button name="language" value="en" lang="en">English</button>' in made


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html"])
@pytest.mark.parametrize("language", ["pl", "en"])
def test_an_error_page_says_what_to_do(name, language):
    request = RequestFactory().get("/lost/")
    request.user = AnonymousUser()
    with override(language):
        made = render_to_string(name, request=request)
    assert {"pl": "Co zrobić: ", "en": "What to do: "}[language] in made
    assert f'<html lang="{language}">' in made


def test_the_page_for_faults_needs_nothing():
    with override("pl"):
        made = get_template("500.html").render()
    assert "Co zrobić: " in made
    assert "/static/portal/tokens.css" in made


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(PORTAL).as_posix())
def test_no_template_needs_more_than_the_content_security_policy_allows(template):
    source = template.read_text(encoding="utf-8")
    assert not re.search(
        r"""\sstyle=|\son[a-z]+=|<style|javascript:|hx-on|src=["']data:|https?://(?!www\.w3\.org)""", source
    )
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)


def test_the_style_sheets_are_small():
    assert sum(path.stat().st_size for path in STYLES.glob("*.css")) < 30_000


# Contrast, after WCAG 2.2


def tokens():
    """The colours of the light and of the dark scheme."""
    light, dark = (STYLES / "tokens.css").read_text(encoding="utf-8").split("@media", 1)
    found = [dict(re.findall(r"--([a-z-]+): #([0-9a-f]{3,6});", part)) for part in (light, dark)]
    return {"light": found[0], "dark": {**found[0], **found[1]}}


def luminance(colour):
    digits = "".join(2 * digit for digit in colour) if len(colour) == 3 else colour
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ink", ["ink", "ink-soft", "accent", "warning", "danger"])
@pytest.mark.parametrize("ground", ["paper", "sheet", "tint"])
def test_text_in_tables_has_the_highest_contrast(scheme, ink, ground):
    colours = tokens()[scheme]
    assert contrast(colours[ink], colours[ground]) >= 7


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        ("on-accent", "accent", 7),
        ("on-accent", "accent-deep", 7),
        ("on-danger", "danger", 7),
        ("on-danger", "danger-deep", 7),
        ("accent", "accent-tint", 4.5),
        ("ink", "warning-tint", 7),
        ("ink", "danger-tint", 7),
        ("danger", "danger-tint", 4.5),
        ("on-cloth", "cloth", 7),
        ("on-cloth-soft", "cloth", 7),
        ("rule-strong", "sheet", 3),
        ("rule-strong", "paper", 3),
        ("focus", "paper", 3),
        ("focus", "sheet", 3),
    ],
)
def test_every_other_pair_has_the_contrast_it_needs(scheme, ink, ground, least):
    colours = tokens()[scheme]
    assert contrast(colours[ink], colours[ground]) >= least
