"""What names a service and a position: identifier, version, number, kind of set."""

from __future__ import annotations

import polars as pl

from rozlicz.kernel.texts import Text
from rozlicz.verification import bases, forms
from rozlicz.verification.masking import shown_column
from rozlicz.verification.rule import AppliesTo, Circumstances, Offending, offending, rule


@rule(
    code="59901001",
    name=Text(pl="Identyfikator świadczenia", en="Service identifier"),
    message=Text(
        pl="Identyfikator świadczenia „{value}” jest pusty albo ma niedozwoloną postać.",
        en="The service identifier “{value}” is empty or has a form that is not allowed.",
    ),
    remedy=Text(
        pl="Nadaj świadczeniu w programie identyfikator: do 20 liter (bez polskich znaków), cyfr lub znaków . _ / -",
        en="Give the service an identifier in your program: up to 20 plain letters, digits or . _ / -",
    ),
    basis=bases.MESSAGE_FORMAT,
    level="service",
    applies_to=AppliesTo.BOTH,
)
def service_identifier(_: Circumstances) -> Offending:
    """Each service carries the identifier that the provider's program gave it, up to 20 characters."""
    return offending(~forms.matches("service_id", forms.SERVICE_ID), value=shown_column("service_id"))


@rule(
    code="59901002",
    name=Text(pl="Wersja świadczenia", en="Version of the service"),
    message=Text(
        pl="Wersja świadczenia „{value}” nie jest liczbą całkowitą od 1 do 999999.",
        en="The version of the service “{value}” is not a whole number from 1 to 999999.",
    ),
    remedy=Text(
        pl="Wyślij świadczenie z numerem wersji: 1 przy pierwszym wysłaniu, o jeden wyższym przy każdej poprawce.",
        en="Send the service with a version number: 1 the first time, one higher with each correction.",
    ),
    basis=bases.CORRECTIONS,
    level="service",
    applies_to=AppliesTo.BOTH,
)
def service_version(_: Circumstances) -> Offending:
    """Versions of a service are numbered 1, 2, …: the higher one replaces the lower."""
    return offending(pl.col("service_version_number").is_null(), value=shown_column("service_version"))


@rule(
    code="59901003",
    name=Text(pl="Numer pozycji rozliczeniowej", en="Number of the settlement position"),
    message=Text(
        pl="Numer pozycji rozliczeniowej „{value}” nie jest liczbą całkowitą od 1 do 99999.",
        en="The number of the settlement position “{value}” is not a whole number from 1 to 99999.",
    ),
    remedy=Text(
        pl="Ponumeruj pozycje świadczenia kolejno od 1; świadczenie bez pozycji usuń z raportu.",
        en="Number the positions of the service from 1; take a service without positions out of the report.",
    ),
    basis=bases.MESSAGE_FORMAT,
)
def position_number(_: Circumstances) -> Offending:
    """Each settlement position has its number inside the service."""
    return offending(pl.col("position_number").is_null(), value=shown_column("position"))


@rule(
    code="59901004",
    name=Text(pl="Rodzaj zestawu świadczeń", en="Kind of the set of services"),
    message=Text(
        pl="Rodzaj zestawu świadczeń „{value}” jest nieznany.",
        en="The kind of the set of services “{value}” is unknown.",
    ),
    remedy=Text(
        pl="Podaj A dla świadczeń ambulatoryjnych albo S dla stacjonarnych.",
        en="Give A for ambulatory or S for stationary services.",
    ),
    basis=bases.MESSAGE_FORMAT,
    level="service",
)
def kind_of_set(_: Circumstances) -> Offending:
    """A set of services is ambulatory (A) or stationary (S)."""
    return offending(~forms.matches("set_type", "^[AS]$"), value=shown_column("set_type"))


RULES = (service_identifier, service_version, position_number, kind_of_set)
