"""The catalogues: every text is found, a missing translation is named, plural forms come out right."""

import gettext
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from rozlicz.portal.house import catalogues

CODE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext

TITLE = _("Reports")
def rows(n):
    return ngettext("%(n)s row", "%(n)s rows", n) % {"n": n}
STATE = pgettext("state", "open")
"""
PAGE = """{% load i18n %}
<main>
      <h1>{% translate "Contracts" %}</h1>
  <p title="{% translate "Hint" context "tooltip" %}">{% blocktranslate count n=rows|length trimmed %}
     One contract of {{ name }}
   {% plural %}
     {{ n }} contracts of {{ name }}
  {% endblocktranslate %}</p>
 {{ _("Send") }}
</main>
"""
POLISH = {
    "Reports": "Raporty",
    "Contracts": "Umowy",
    "Send": "Wyślij",
    "open": "otwarty",
    "Hint": "Podpowiedź",
    "%(n)s row": ("%(n)s pozycja", "%(n)s pozycje", "%(n)s pozycji", "%(n)s pozycji"),
    "One contract of %(name)s": (
        "Jedna umowa: %(name)s", "%(n)s umowy: %(name)s", "%(n)s umów: %(name)s", "%(n)s umowy: %(name)s",
    ),
}  # fmt: skip


@pytest.fixture
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A portal of one module and one page, in a folder of its own."""
    (tmp_path / "app" / "templates").mkdir(parents=True)
    (tmp_path / "app" / "module.py").write_text(CODE)
    (tmp_path / "app" / "templates" / "page.html").write_text(PAGE)
    monkeypatch.setattr(catalogues, "PORTAL", tmp_path)
    return tmp_path


def translate(texts: dict[str, str | tuple[str, ...]]) -> None:
    """Fill in the Polish catalogue as a translator would."""
    catalogues.update("pl")
    catalogue = catalogues.translated("pl")
    for message in catalogue:
        first = message.id[0] if isinstance(message.id, tuple) else message.id
        message.string = texts.get(first, message.string)
    catalogues._write("pl", catalogue)


def test_texts_of_code_and_pages_are_found(portal):
    found = {(m.context, m.id) for m in catalogues.extracted() if m.id}
    assert found == {
        (None, "Reports"),
        (None, ("%(n)s row", "%(n)s rows")),
        ("state", "open"),
        (None, "Contracts"),
        ("tooltip", "Hint"),
        (None, ("One contract of %(name)s", "%(n)s contracts of %(name)s")),
        (None, "Send"),
    }


def test_a_complete_catalogue_has_no_faults(portal):
    translate(POLISH)
    catalogues.update("en")
    assert catalogues.faults("pl") == []
    assert catalogues.faults("en") == []  # English texts are their own translation


def test_a_missing_translation_is_named_with_its_place(portal):
    translate({key: text for key, text in POLISH.items() if key != "Contracts"})
    assert catalogues.faults("pl") == ["pl: no translation of 'Contracts' (app/templates/page.html)"]


def test_a_missing_catalogue_lacks_every_text(portal):
    assert len(catalogues.faults("pl")) == 7


def test_three_plural_forms_are_not_enough(portal):
    translate({**POLISH, "%(n)s row": ("%(n)s pozycja", "%(n)s pozycje", "%(n)s pozycji", "")})
    assert catalogues.faults("pl") == ["pl: no translation of ('%(n)s row', '%(n)s rows') (app/module.py)"]


def test_a_forgotten_placeholder_is_a_fault(portal):
    translate({**POLISH, "One contract of %(name)s": ("Umowa: %(nazwa)s",) * 4})
    assert any("unknown named placeholder" in fault for fault in catalogues.faults("pl"))


def test_a_text_no_longer_used_is_a_fault_until_the_update_drops_it(portal):
    translate(POLISH)
    (portal / "app" / "module.py").write_text(CODE.replace('_("Reports")', '"Reports"'))
    assert catalogues.faults("pl") == ["pl: 'Reports' is no longer used"]
    catalogues.update("pl")
    assert catalogues.faults("pl") == []


def test_an_update_keeps_translations_and_changes_nothing_the_second_time(portal):
    translate(POLISH)
    before = catalogues.catalogue_file("pl").read_bytes()
    catalogues.update("pl")
    assert catalogues.catalogue_file("pl").read_bytes() == before
    with catalogues.catalogue_file("pl").open("rb") as file:
        assert read_po(file).num_plurals == 4


def test_compiled_texts_count_in_polish(portal):
    translate(POLISH)
    assert catalogues.compile_stale() == [portal / "locale/pl/LC_MESSAGES/django.mo"]
    assert catalogues.compile_stale() == []
    with (portal / "locale/pl/LC_MESSAGES/django.mo").open("rb") as file:
        texts = gettext.GNUTranslations(file)
    said = [texts.ngettext("%(n)s row", "%(n)s rows", n) % {"n": n} for n in (1, 2, 5, 12, 22, 112, 0)]
    assert said == [
        "1 pozycja", "2 pozycje", "5 pozycji", "12 pozycji", "22 pozycje", "112 pozycji", "0 pozycji",
    ]  # fmt: skip
    assert texts.pgettext("state", "open") == "otwarty"


def test_the_portals_own_compiled_plural_rule_is_djangos():
    import django

    place = Path(django.__file__).parent / "conf/locale/pl/LC_MESSAGES/django.po"
    with place.open("rb") as file:
        assert read_po(file).plural_expr in catalogues.PLURALS["pl"]
