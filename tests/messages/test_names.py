"""Honesty about names: what a schema does not mark as our own was seen in a publication of the Fund."""

import pytest
from lxml import etree

from tests.messages.schemas import SCHEMAS

XS = "{http://www.w3.org/2001/XMLSchema}"

HEAD = set(
    "komunikat typ obszar wersja nfz:wersja id-odb id-nad id-inst-nad nr-gen czas-gen info-aplik-nad "
    "nfz:info-aplik-nad info-kontakt-nad nfz:info-kontakt-nad".split()
)
"""Head of a SWIAD of 2018."""

SEEN = {
    # notices 7983, 8045
    "umx": "dane-umowy kod-umowy kod-pierw-umowy kod-umowy-druk komorka slowniki prod-kontr fakt-wykonanie "
    "dok-zwieksz-finansowanie zwieksz-planu przeznacz-dod-srodk-fin",
    # notices 8524, 8188, 8191, 6649, 8344, validation texts, LIOCZ rules; id-inst-swd and pacjent are inferred
    "swiad": "swiadczeniodawca zestaw-swiadczen hospitalizacja przyjecie tryb swiadczenie kod-swiad usun "
    "dane-swiadczenia czas-przyj czas-wypis nfz:powod-przyjec przyczyna kod-klasyfikacji zakazenie przycz-kod "
    "zlecenie kontyn-lecz zakwaterowanie kom-org nfz:id-tech-kom-org personel-real calk-personel-real typ-pers "
    "wartosc "
    "podstawa-uprawnien-do-swiadczen of-dokument-el id of-oswiadczenie data data-od data-do rodzaj-oswiadczenia "
    "of-karta-pobyt",
    "swiad-pacjent": "pacjent",
    # notices 8166, 8203, 6649; nfz:id-tech-kom-org and ocena from validation texts
    "swiad-nfz": "kardio lvef reh-stac uplyw-czas przyj-wypis skala-nyha ocena zestaw-wyk-bad-poz krotn-fakt "
    "krotnosc spec-rozlicz wspolczynnik id-tech-kom-org powod-przyjec",
    # notice 8018; the set from notice 6649
    "swiad-badanie-nfz": "wyk-badanie id-bad data-wyk-badania kod-badania krotnosc poz-umowy kod-zakresu wyroznik",
    "swiad-wykbad": "swiadczeniodawca",
    "swiad-wykbad-nfz": "okres-spr zestaw-wyk-bad-poz",
    # notice 8018
    "p_swi": "stan-weryf-poz-badania",
    "turnus": "",
    "zawuzd": "",
    "gielda": "",
    "p_spa": "",
    # head of a SWIAD of 2018; id-inst-swd is inferred
    "framework": "id-swd id-inst-swd",
    "framework-nfz": "",
    # notice 7728; the head of SWIAD
    "zposp": "swiadczeniodawca dane-pr-zposp kod data-od data-do",
    "zposp-nfz": "pacjent potw-upraw-dod",
    "p_zposp": "",
    "simp": "",
    # as any bill
    "simp_rach": "naglowek-dok",
    # seen in SWIAD
    "common": "pacjent-stat typ-id id-osoby",
    # notices 8027, 7983, 7227
    "r_umx": "rodz-nalicz umowa nr-umowy oddz-nfz typ-planu nr-planu szablon-rach id-szablonu id-szablonu-kor "
    "nr-aneksu-ugodowego przeznacz-dod-srodk-fin kod poz-umowy-ilosc",
    "z_roz": "",
    "p_roz": "",
    # style sheet of e-LEKZR
    "bill": "typ-dok numer-dok data-wystawienia wartosc podmiot nazwa nip regon adres kod-pocztowy miejscowosc "
    "nabywca odbiorca pozycje lp",
    "fakt_rach": "naglowek-dok",
    # typ-rach: error 45082 in a vendor's manual
    "ref": "naglowek-dok typ-rach",
    "p_dok": "",
    # notice 8205; kom-org from validation texts
    "dekl": "swiadczeniodawca id-pacj-dekl kom-org nfz:id-tech-kom-org",
    "dekl-nfz": "ident-pacj-inny nip typ-dok panstwo-dok id-tech-kom-org",
    "primary_care": "",
    "p_dekl": "",
    "w_dekl": "",
    "r_dekl": "",
    "zbpoz": "swiadczeniodawca",
}


def named(schema: str) -> list[tuple[str, bool]]:
    """Each element and attribute of a schema, and whether it is marked as our own."""
    tree = etree.parse(SCHEMAS / f"{schema}.xsd")
    found = []
    for part in tree.iter(f"{XS}element", f"{XS}attribute"):
        if part.tag == f"{XS}element" and part.get("ref"):
            continue  # marked where it is declared
        notes = [note.text for note in part.findall(f"{XS}annotation/{XS}documentation")]
        found.append((part.get("name") or part.get("ref"), "own name" in notes))
    return found


@pytest.mark.parametrize("schema", SEEN)
def test_a_name_is_seen_or_marked_as_our_own(schema: str) -> None:
    seen = HEAD | set(SEEN[schema].split())
    assert {name for name, own in named(schema) if not own} <= seen


def test_every_schema_is_looked_at() -> None:
    assert {path.stem for path in SCHEMAS.glob("*.xsd")} == set(SEEN)
