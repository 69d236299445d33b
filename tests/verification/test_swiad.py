"""Rules read in the real message: a small report of a clinic, with what is wrong written beside it."""

from __future__ import annotations

import io

import polars as pl

from rozlicz.messages.swiad import SwiadReader
from tests.verification.reports import CONTRACT, checker

REPORT = f"""<?xml version="1.0" encoding="UTF-8"?>
<komunikat xmlns="www.csioz.gov.pl/xml/swd-platnik/1" xmlns:nfz="www.nfz.gov.pl/xml/swd-platnik/1" typ="SWIAD"
 obszar="AMBSZP" wersja="10" id-odb="05" id-nad="050123" id-inst-nad="05010318-ABCDEFGHIJ0123456789" nr-gen="1"
 czas-gen="2026-11-05T11:00:00" nfz:info-aplik-nad="Rozlicz" nfz:wersja="10.1">
 <swiadczeniodawca typ-id="X" id-swd="050123" id-inst-swd="05010318">
  <zestaw-swiadczen typ="A">
   <pacjent typ-id="P" id-osoby="44051499774"/>

   <!-- S1: a visit as it should be -->
   <swiadczenie id-swiad="S1" nr-wersji="1" kod-swiad="15.1220">
    <dane-swiadczenia data-od="2026-10-05" data-do="2026-10-05" tryb="6">
     <przyczyna kod="G43.0"/>
     <kom-org nfz:id-tech-kom-org="0501-001"/>
     <personel-real typ="1" wartosc="2999999"/>
     <uprawnienie podstawa-uprawnien-do-swiadczen="1"><of-dokument-el id="L2609M01000000001"/></uprawnienie>
     <nfz:rozliczenie kod-umowy="{CONTRACT.code}" okres="2026-10">
      <nfz:poz-rozlicz lp="1" kod-zakresu="02.1220.001.02" wyroznik="1" kod-produktu="5.30.00.0000011"
       krotn-fakt="1" krotnosc="1.2"><nfz:spec-rozlicz kod="Q01" wspolczynnik="1.2"/></nfz:poz-rozlicz>
     </nfz:rozliczenie>
    </dane-swiadczenia>
   </swiadczenie>

   <!-- S2: 50314075, the right to the service is not given, which concerns both positions;
            59905007, the second one forgets its coefficient -->
   <swiadczenie id-swiad="S2" nr-wersji="1" kod-swiad="15.1220">
    <dane-swiadczenia data-od="2026-10-06" data-do="2026-10-06" tryb="6">
     <przyczyna kod="G43.0"/>
     <kom-org nfz:id-tech-kom-org="0501-001"/>
     <personel-real typ="1" wartosc="2999999"/>
     <nfz:rozliczenie kod-umowy="{CONTRACT.code}" okres="2026-10">
      <nfz:poz-rozlicz lp="1" kod-zakresu="02.1220.001.02" wyroznik="1" kod-produktu="5.30.00.0000011"
       krotn-fakt="1" krotnosc="1"/>
      <nfz:poz-rozlicz lp="2" kod-zakresu="02.1220.001.02" wyroznik="1" kod-produktu="5.30.00.0000011"
       krotn-fakt="1" krotnosc="1"><nfz:spec-rozlicz kod="Q01" wspolczynnik="1.2"/></nfz:poz-rozlicz>
     </nfz:rozliczenie>
    </dane-swiadczenia>
   </swiadczenie>

   <!-- S3: 59901003, a service without any position -->
   <swiadczenie id-swiad="S3" nr-wersji="1" kod-swiad="15.1220">
    <dane-swiadczenia data-od="2026-10-07" data-do="2026-10-07" tryb="6"/>
   </swiadczenie>

   <!-- S4: a deletion as it should be -->
   <swiadczenie id-swiad="S4" nr-wersji="2" usun="T"/>
  </zestaw-swiadczen>

  <zestaw-swiadczen typ="S">
   <pacjent typ-id="P" id-osoby="44051499773"/>
   <hospitalizacja><przyjecie tryb="6"/></hospitalizacja>

   <!-- S5: 59903003, the patient's PESEL; 59906004, discharged without a mode; 59907008, not in the contract -->
   <swiadczenie id-swiad="S5" nr-wersji="1" kod-swiad="44.4500">
    <dane-swiadczenia data-od="2026-10-05" data-do="2026-10-09">
     <przyczyna kod="I10"/>
     <kom-org nfz:id-tech-kom-org="0501-001"/>
     <personel-real typ="1" wartosc="2999999"/>
     <uprawnienie podstawa-uprawnien-do-swiadczen="1"><of-dokument-el id="L2609M01000000002"/></uprawnienie>
     <nfz:rozliczenie kod-umowy="{CONTRACT.code}" okres="2026-10">
      <nfz:poz-rozlicz lp="1" kod-zakresu="02.1100.001.02" wyroznik="1" kod-produktu="5.30.00.0000011"
       krotn-fakt="1" krotnosc="1"/>
     </nfz:rozliczenie>
    </dane-swiadczenia>
   </swiadczenie>
  </zestaw-swiadczen>
 </swiadczeniodawca>
</komunikat>
"""


def test_a_small_report() -> None:
    found: dict[str, set[str]] = {}
    accepted: list[bool] = []
    one = checker()
    for batch in SwiadReader(io.BytesIO(REPORT.encode()), batch_size=2):
        checked = one.check(batch)
        accepted += checked.positions["accepted"].to_list()
        named = checked.findings.join(checked.positions.select("row", "service_id", "position"), on="row")
        for service, position, code in named.select("service_id", "position", "code").iter_rows():
            found.setdefault(f"{service}/{position or '-'}", set()).add(code)
    assert found["S2/1"] == {"50314075"}
    assert found["S2/2"] == {"50314075", "59905007"}
    assert "59901003" in found["S3/-"]
    assert found["S5/1"] == {"59903003", "59906004", "59907008"}
    assert found.keys() == {"S2/1", "S2/2", "S3/-", "S5/1"}
    assert accepted == [True, False, False, False, True, False]


def test_the_value_of_a_position_has_its_coefficient() -> None:
    (batch,) = SwiadReader(io.BytesIO(REPORT.encode()))
    first = checker().check(batch).positions.filter(pl.col("service_id") == "S1")
    assert first.select("units", "price", "value").rows() == [(12_000, 1000, 1200)]
