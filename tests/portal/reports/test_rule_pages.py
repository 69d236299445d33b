"""The catalogue of rules is a page: what is checked, since when, on what basis."""

from __future__ import annotations

from html import unescape

import pytest
from django.urls import reverse

from rozlicz.verification.catalogue import RULES, RULES_VERSION
from tests.portal.browsing import click, table
from tests.portal.visitors import OPEN_TO_ALL


def test_every_rule_is_listed_with_its_basis(clerk):
    page = clerk.get(reverse("rules"))
    rows = table(page)[1:]
    assert [row[0] for row in rows] == [rule.code for rule in RULES]
    assert all(row[3].startswith(rule.basis.reference.pl) for row, rule in zip(rows, RULES, strict=True))
    assert RULES_VERSION in page.content.decode()


def test_rules_are_found_by_words_of_both_languages(clerk):
    for words in ("cyfra kontrolna", "check digit", "59903003"):
        assert "59903003" in [row[0] for row in table(clerk.get(reverse("rules"), {"text": words}))[1:]]
    assert "Żadna reguła nie pasuje" in clerk.get(reverse("rules"), {"text": "kwaterkowe"}).content.decode()


def test_rules_are_filtered_by_severity(clerk):
    codes = [row[0] for row in table(clerk.get(reverse("rules"), {"severity": "warning"}))[1:]]
    assert codes == [rule.code for rule in RULES if rule.severity == "warning"] != []


@pytest.mark.slow
def test_each_rule_has_its_page(clerk):
    for rule in RULES:
        text = clerk.get(reverse("rule", args=[rule.code])).content.decode()
        assert rule.name.pl in unescape(text)
        assert "{" not in text.split("<main", 1)[1].split("</main", 1)[0]


def test_the_list_leads_to_the_rule(clerk):
    page = click(clerk, clerk.get(reverse("rules")), "59903003")
    assert "odrzucon" in page.content.decode()


def test_an_unknown_rule_is_not_found(clerk):
    assert clerk.get(reverse("rule", args=["00000000"])).status_code == 404


@pytest.mark.slow
def test_who_may_read_the_rules(visitors):
    assert visitors.answers(reverse("rules")) == OPEN_TO_ALL
    assert visitors.answers(reverse("rule", args=["59903003"])) == OPEN_TO_ALL
