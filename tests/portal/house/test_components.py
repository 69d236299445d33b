"""What the template tags make: lists, forms, progress, deadlines."""

import re
from datetime import date

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from rozlicz.portal.house.paging import Page


def render(source, request=None, **values):
    with override("pl"):
        return Template("{% load portal %}" + source).render(
            Context({"request": request or RequestFactory().get("/reports/"), **values})
        )


# Lists and tables


def test_a_table_scrolls_in_a_frame_with_a_name():
    made = render("{% table_frame label %}<table></table>{% end_table_frame %}", label="<Pozycje>")
    assert made == (
        '<div class="frame" role="region" aria-label="&lt;Pozycje&gt;" tabindex="0"><table></table></div>'
    )


@pytest.mark.parametrize(
    ("address", "order", "wanted"),
    [
        ("/reports/", None, "?sort=value"),
        ("/reports/?sort=value", "ascending", "?sort=-value"),
        ("/reports/?sort=-value", "descending", "?sort=value"),
        ("/reports/?sort=units", None, "?sort=value"),
        ("/reports/?rule=50601104&after=17", None, "?rule=50601104&amp;sort=value"),
    ],
)
def test_a_column_sorts_both_ways_and_keeps_the_filter_but_not_the_place(address, order, wanted):
    made = render('{% column "value" "Wartość" number=True %}', RequestFactory().get(address))
    assert f'href="{wanted}"' in made
    assert re.findall(r'aria-sort="(\w+)"', made) == ([order] if order else [])
    assert 'class="number"' in made


def test_paging_goes_only_where_there_is_more():
    request = RequestFactory().get("/reports/?rule=1&after=50")
    page = Page(rows=list(range(50)), before=None, after="100", total=1234)
    made = render("{% pager page %}", request, page=page)
    assert re.findall(r'href="([^"]+)"', made) == ["?rule=1&amp;after=100"]
    assert "Pokazano 50 z 1\u202f234" in made


class Filter(forms.Form):
    rule = forms.CharField(required=False)


def test_a_filter_lives_in_the_address_and_can_be_cleared():
    made = render('{% filter_bar form target="#list" %}', form=Filter({"rule": "50601104"}))
    assert 'method="get"' in made
    assert 'value="50601104"' in made
    assert 'hx-select="#list"' in made
    assert '<a href="/reports/">' in made
    assert "hx-get" not in render("{% filter_bar form %}", form=Filter())


def listed(address: str, rows: list[str]) -> str:
    page = Page(rows=rows, before=None, after=None, total=len(rows))
    request = RequestFactory().get(f"/reports/{address}")
    begin = "{% listing page form caption='Wykaz' none_fits='Nic.' none_yet='Jeszcze nic.' %}"
    return render(
        f"{begin}<table></table>{{% end_listing %}}", request, page=page, form=Filter(request.GET or None)
    )


def test_a_list_stands_in_its_frame_with_its_pager_or_says_why_it_is_empty():
    assert re.search(r'aria-label="Wykaz"[^>]*><table>', listed("", ["a"]))
    assert "Pokazano 1 z 1" in listed("", ["a"])
    for address, words in (("", "Jeszcze nic."), ("?rule=1", "Nic.")):
        made = listed(address, [])
        assert re.findall(r'<p class="empty">([^<]*)</p>', made) == [words]
        assert "<table>" not in made
        assert "Pokazano" not in made


# Forms


class Bill(forms.Form):
    number = forms.CharField(label="Numer", help_text="Jak na <dokumencie>.")
    kind = forms.ChoiceField(label="Rodzaj", widget=forms.RadioSelect, choices=[("f", "Faktura")])
    agreed = forms.BooleanField(label="Zgodne z umową")
    remarks = forms.CharField(label="Uwagi", required=False)


def test_a_field_stands_in_the_order_label_hint_error_input():
    made = render("{{ form.number.as_field_group }}", form=Bill({}))
    order = [made.index(part) for part in ("<label", "Jak na", "errorlist", "<input")]
    assert order == sorted(order)
    assert "&lt;dokumencie&gt;" in made


def test_everything_a_field_refers_to_exists():
    made = render("{{ form }}", form=Bill({}))
    ids = set(re.findall(r' id="([^"]+)"', made))
    described = {name for names in re.findall(r'aria-describedby="([^"]+)"', made) for name in names.split()}
    assert described
    assert described <= ids
    assert set(re.findall(r'for="([^"]+)"', made)) <= ids


def test_the_summary_leads_to_every_wrong_field():
    form = Bill({})
    form.add_error(None, "Rachunek do tego szablonu już istnieje.")
    page = render("{% error_summary form %}{{ form }}", form=form)
    targets = re.findall(r'href="#([^"]+)"', page)
    assert targets == ["id_number", "id_kind", "id_agreed"]
    assert all(f' id="{target}"' in page for target in targets)
    assert "Rachunek do tego szablonu już istnieje." in page
    assert "Numer: Proszę wypełnić to pole." in page


def test_a_form_without_faults_has_no_summary():
    assert render("{% error_summary form %}", form=Bill()).strip() == ""


def test_only_what_may_stay_empty_is_marked():
    made = render("{{ form }}", form=Bill())
    assert made.count("nieobowiązkowe") == 1


def test_a_dangerous_act_says_what_will_happen_and_is_posted_with_its_token():
    made = render(
        '{% confirm action="/bills/1/refuse" ask="Odrzuć" button="Odrzuć rachunek 1" %}<p>Skutek{% end_confirm %}',
        csrf_token="token",
    )
    assert 'method="post" action="/bills/1/refuse"' in made
    assert 'name="csrfmiddlewaretoken" value="token"' in made
    assert made.index("<summary") < made.index("<p>Skutek") < made.index("Odrzuć rachunek 1")


# Deadlines


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (0, "do 10 grudnia, dziś"),
        (1, "do 10 grudnia, jutro"),
        (3, "do 10 grudnia, za 3 dni"),
        (22, "do 10 grudnia, za 22 dni"),
        (-1, "termin minął 10 grudnia, 1 dzień temu"),
        (-5, "termin minął 10 grudnia, 5 dni temu"),
    ],
)
def test_a_deadline_says_the_day_and_how_far_it_is(left, words):
    made = render("{% deadline what %}", what={"day": date(2026, 12, 10), "days_left": left})
    assert words in made
    assert ("chip-late" in made) == (left < 0)


def test_a_deadline_leads_to_where_the_thing_is_done():
    made = render(
        "{% deadline what %}",
        what={"day": date(2026, 12, 10), "days_left": 3, "label": "Rachunki", "url": "/bills/"},
    )
    assert made.strip() == '<a class="chip" href="/bills/">Rachunki: do 10 grudnia, za 3 dni</a>'


# Progress


def ask(told=None):
    headers = {} if told is None else {"HX-Request": "true"}
    return RequestFactory().get(
        "/reports/1/progress", {} if told is None else {"told": told}, headers=headers
    )


PROGRESS = '{% progress "Wczytywanie" done=done total=1000 url=url seconds_left=95 %}'


def test_progress_asks_again_until_there_is_nothing_to_ask():
    going = render(PROGRESS, ask(), done=620, url="/reports/1/progress")
    assert 'hx-get="/reports/1/progress?told=60"' in going
    assert '<progress max="1000" value="620"' in going
    assert "620 z 1\u202f000, zostały około 2 minuty" in going
    assert "hx-get" not in render(PROGRESS, ask(), done=1000, url="")


@pytest.mark.parametrize(
    ("told", "done", "announced"),
    [(None, 620, False), ("60", 620, False), ("50", 620, True), ("90", 1000, True), ("x", 620, False)],
)
def test_every_tenth_part_is_announced_once(told, done, announced):
    made = render(PROGRESS, ask(told), done=done, url="/reports/1/progress")
    assert ("hx-swap-oob" in made) == announced


def test_work_of_unknown_size_shows_no_share():
    made = render('{% progress "Czekanie" url="/p" %}', ask())
    assert "value=" not in made
    assert "<progress " in made


def test_progress_speaks_of_what_people_count():
    made = render('{% progress "Czytanie" done=10 total=99 url="/p" words="3 pozycje" %}', ask())
    assert "<span>3 pozycje</span>" in made
    assert "10 z 99" not in made


def test_the_bar_of_a_plan_goes_on_beyond_its_mark():
    assert 'class="over"' not in render("{% plan_bar 61 100 %}")
    made = render("{% plan_bar 125 100 %}")
    assert 'x="800" width="200"' in made
    assert "Wykonano 125\u202f% planu" in made
    assert "Wykonano – planu" in render("{% plan_bar 0 0 %}")


def test_every_amount_can_be_asked():
    assert render('{% whence "/t/1" %}') == '<a class="whence" href="/t/1">Skąd ta kwota?</a>'
