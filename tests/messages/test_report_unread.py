"""What a report holds and the message does not know is told, by readers of columns and of typed values alike."""

import pytest

from rozlicz.messages.swiad import SwiadReader
from rozlicz.messages.swiad.typed import ServiceReader
from tests.messages.example_files import EXAMPLES
from tests.messages.reports import SMALL_TEXT, unread

pytestmark = pytest.mark.parametrize("reading", [SwiadReader, ServiceReader])


def test_what_is_unknown_is_noted_with_its_first_line(reading) -> None:
    text = SMALL_TEXT
    text = text.replace("<pacjent ", '<pacjent kolor="niebieski" ')
    text = text.replace("<kom-org ", '<nfz:endo lvef="40"><x/></nfz:endo><kom-org ')
    text = text.replace('usun="T"', 'usun="P"')
    text = text.replace("<zlecenie ", "ważne<zlecenie ").replace("<x/>", "<x>tekst</x>")
    assert unread(text, reading) == {
        "dane-swiadczenia/text()": (1, 15),
        "pacjent/@kolor": (2, 7),
        "dane-swiadczenia/nfz:endo": (1, 16),
        "swiadczenie/@usun": (1, 35),
    }


def test_an_attribute_in_the_place_of_a_missing_one_is_noted(reading) -> None:
    for wanted, other in (
        ('krotn-fakt="1" krotnosc="0"', 'krotn-fakt="1" krotnosć="0"'),
        ('kod="I10"', 'kot="I10"'),
        ('typ="1" wartosc="7654321"', 'typ="1" nr="7654321"'),
        ('okres="2026-10"', 'miesiac="2026-10"'),
        ('kod-swiad="15.1100"', 'kod="15.1100"'),
        ('<zestaw-swiadczen typ="A"', '<zestaw-swiadczen rodzaj="A"'),
        ('id="12345678901234567890"', 'nr="12345678901234567890"'),
        ('kod="R01"', 'symbol="R01"'),
    ):
        assert wanted in SMALL_TEXT
        assert len(unread(SMALL_TEXT.replace(wanted, other), reading)) == 1, other
    assert set(unread(SMALL_TEXT.replace(' id-inst-swd="', ' id="'), reading)) == {"swiadczeniodawca/@id"}


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ('nr-wersji="2"', 'nr-wersji="2" x="1"', "swiadczenie/@x"),
        ('okres="2026-10">', 'okres="2026-10" x="1">', "nfz:rozliczenie/@x"),
        ('krotnosc="0"', 'krotnosc="0" x="1"', "nfz:poz-rozlicz/@x"),
        ('wspolczynnik="1.2"', 'wspolczynnik="1.2" x="1"', "nfz:spec-rozlicz/@x"),
        ('plec="K"', 'plec="K" nfz:plec="M"', "pacjent-stat/@nfz:plec"),
        ("<hospitalizacja>", '<hospitalizacja x="1">', "hospitalizacja/@x"),
        ("<kom-org ", '<procedura kod="89.00" x="1"/><kom-org ', "procedura/@x"),
        ("<kom-org ", '<nfz:kardio lvef="50"><a/></nfz:kardio><kom-org ', "nfz:kardio/a"),
        ("</uprawnienie>", '<of-dokument-el id="2"/></uprawnienie>', "uprawnienie/dokument[2]"),
        ("</uprawnienie>", '<of-karta-pobyt numer="2"/></uprawnienie>', "uprawnienie/dokument[2]"),
        ("</uprawnienie>", '<of-dokument typ="S1"/></uprawnienie>', "uprawnienie/dokument[2]"),
        ("<zlecenie ", '<zlecenie id-zlec="7"/><zlecenie ', "zlecenie[2]"),
        ("<personel-real ", '<personel-real typ="1"/><personel-real ', "personel-real[2]"),
        ("<pacjent ", '<pacjent typ-id="P"/><pacjent ', "pacjent[2]"),
        (
            "<pacjent ",
            '<hospitalizacja/><of-dokument-el id="2"/><pacjent ',
            "zestaw-swiadczen/of-dokument-el",
        ),
    ],
)
def test_what_stands_beside_known_things_is_noted(before: str, after: str, place: str, reading) -> None:
    changed = SMALL_TEXT.replace(before, after, 1)
    assert changed != SMALL_TEXT
    assert set(unread(changed, reading)) == {place}


def test_schema_hints_are_no_attributes(reading) -> None:
    text = SMALL_TEXT.replace(
        "    typ=", '    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b" typ='
    )
    assert unread(text, reading) == {}


def test_what_only_typed_values_hold_is_known_to_both(reading) -> None:
    assert unread((EXAMPLES / "raport-szpitalny.swx").read_bytes(), reading) == {}
