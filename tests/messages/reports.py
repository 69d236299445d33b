"""Small reports of services that tests of reading and writing share."""

import io
from datetime import datetime

import polars as pl

from rozlicz.messages.header import Header, new_header
from rozlicz.messages.services import (
    Patient,
    Position,
    ReportedService,
    Service,
    ServiceSet,
    SettledUnder,
    UsedCoefficient,
)
from rozlicz.messages.swiad import SwiadReader
from rozlicz.messages.swiad.columns import RAW_COLUMNS
from rozlicz.messages.swiad.typed import ServiceReader
from rozlicz.messages.swiad.writer import SwiadWriter

SMALL = """<?xml version="1.0" encoding="{encoding}"?>
<komunikat xmlns="www.csioz.gov.pl/xml/swd-platnik/1" xmlns:nfz="www.nfz.gov.pl/xml/swd-platnik/1"
    typ="SWIAD" obszar="AMBSZP" wersja="10" nfz:wersja="10.1" id-odb="05" id-nad="050123" nr-gen="7"
    id-inst-nad="05010318-ABCDEFGHIJ0123456789" czas-gen="2026-11-05T11:00:00">
  <swiadczeniodawca typ-id="X" id-swd="050123" id-inst-swd="05010318">
    <zestaw-swiadczen typ="A">
      <pacjent typ-id="T" id-osoby="ZZ1234567">
        <pacjent-stat plec="K" data-ur="1980-02-29"/>
        <dane-osobowe nazwisko="Żółć-Gęślą" imie="Łucja"/>
      </pacjent>
      <swiadczenie id-swiad="S1" nr-wersji="2" kod-swiad="15.1100">
        <dane-swiadczenia data-od="2026-10-05" data-do="2026-10-06" tryb="6">
          <przyczyna kod="G43.0"/>
          <przyczyna kod="I10"/>
          <zlecenie id-zlec="1234567" data-zlec="2026-09-01"/>
          <kom-org nfz:id-tech-kom-org="0501-001"/>
          <personel-real typ="1" wartosc="7654321"/>
          <uprawnienie podstawa-uprawnien-do-swiadczen="1">
            <of-dokument-el id="12345678901234567890"/>
          </uprawnienie>
          <nfz:rozliczenie kod-umowy="05/050123/AOS/2026/1" okres="2026-10">
            <nfz:poz-rozlicz lp="1" kod-zakresu="02.1220.001.02" wyroznik="1"
                kod-produktu="5.30.00.0000011" krotn-fakt="1" krotnosc="1.39">
              <nfz:spec-rozlicz kod="R01" wspolczynnik="1.2"/>
              <nfz:spec-rozlicz kod="Q01" wspolczynnik="1.19"/>
            </nfz:poz-rozlicz>
            <nfz:poz-rozlicz lp="2" kod-zakresu="02.1220.001.02" wyroznik="1"
                kod-produktu="5.30.00.0000012" krotn-fakt="1" krotnosc="0"/>
          </nfz:rozliczenie>
          <nfz:rozliczenie kod-umowy="05/050123/REH/2026/1" okres="2026-10">
            <nfz:poz-rozlicz lp="3"/>
          </nfz:rozliczenie>
        </dane-swiadczenia>
      </swiadczenie>
      <swiadczenie id-swiad="S0" nr-wersji="3" usun="T"/>
    </zestaw-swiadczen>
    <zestaw-swiadczen typ="S">
      <pacjent typ-id="P" id-osoby="80022912345"/>
      <hospitalizacja><przyjecie tryb="3"/><wypis tryb="2"/></hospitalizacja>
      <swiadczenie id-swiad="S2" nr-wersji="1">
        <dane-swiadczenia data-od="2026-10-31" data-do="">
          <uprawnienie>
            <of-oswiadczenie id="O-1" data="2026-10-31" rodzaj-oswiadczenia="OSE"/>
          </uprawnienie>
        </dane-swiadczenia>
      </swiadczenie>
    </zestaw-swiadczen>
  </swiadczeniodawca>
</komunikat>
"""
SMALL_TEXT = SMALL.format(encoding="UTF-8")


def small(encoding: str = "UTF-8") -> bytes:
    return SMALL.format(encoding=encoding).encode(encoding)


def rows(content: bytes | str, **options) -> list[dict[str, object]]:
    return frame(content, **options).to_dicts()


def frame(content: bytes | str, **options) -> pl.DataFrame:
    with SwiadReader(_file(content), **options) as reader:
        return pl.concat([pl.DataFrame(schema=RAW_COLUMNS), *reader])


def services(content: bytes | str) -> list[ReportedService]:
    with ServiceReader(_file(content)) as reader:
        return list(reader)


def unread(content: bytes | str, reading=SwiadReader) -> dict[str, tuple[int, int]]:
    reader = reading(_file(content))
    list(reader)
    return {place: (found.times, found.line) for place, found in reader.unread.items()}


def _file(content: bytes | str) -> io.BytesIO:
    return io.BytesIO(content if isinstance(content, bytes) else content.encode())


def header(area: str = "AMBSZP") -> Header:
    return new_header(
        kind="SWIAD",
        area=area,
        receiver="05",
        sender="050123",
        installation="05010318-ABCDEFGHIJ0123456789",
        generation=1,
        generated_at=datetime(2026, 11, 5, 11, 0),
    )


ONE_SET = ServiceSet(patient=Patient(id="80022912345"))


def position(number: int) -> Position:
    return Position(
        number=str(number),
        scope="02.1220.001.02",
        distinguisher="1",
        product="5.30.00.0000011",
        actual_multiplicity="1",
        multiplicity="1.2",
        coefficients=(UsedCoefficient(code="R01", value="1.2"),),
    )


def written(*services: Service, of: ServiceSet = ONE_SET) -> bytes:
    target = io.BytesIO()
    with SwiadWriter(target, header()) as writer:
        for service in services:
            writer.write_service(service, of=of)
    return target.getvalue()


def one_service(positions: int) -> bytes:
    """A report of one service with all its positions: the worst shape for a reader that keeps a set."""
    settled = SettledUnder(
        contract="05/1", month="2026-10", positions=tuple(position(n) for n in range(1, positions + 1))
    )
    return written(Service(id="S1", settled=(settled,)))
