"""What a plantable mistake is, and the common ways of making one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rozlicz.sample.offers import Offer, Wanted
from rozlicz.sample.services import Maker, Position

Service = list[Position]
Plant = Callable[[Maker, int], Service]
"""Makes a service with the mistake, of at most so many positions. It may come out right where nothing fits yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A kind of mistake: its name, the codes of the rules it breaks, and how it is made.

    `possible` says whether the contracts and the month of a report offer an opportunity.
    """

    kind: str
    codes: tuple[str, ...]
    plant: Plant
    possible: Callable[[Maker], bool]


def usual(offer: Offer) -> bool:
    """Whatever the generator reports by itself."""
    return offer.share > 0


def ambulatory(offer: Offer) -> bool:
    """Usual products of ambulatory sets."""
    return usual(offer) and offer.set_type == "A"


def right_service(
    maker: Maker, most: int, *, patient: str = "", wanted: Wanted = usual, bare: bool = False
) -> Service:
    """A right service of a patient of a kind, with a product that meets a condition."""
    if wanted is usual:
        someone, offer = maker.patient_and_offer(patient)
    else:
        offer = maker.dice.pick([one for one in maker.offers.all if wanted(one)])
        someone = maker.patient_for(offer, patient)
    return maker.make(someone, offer, most=most, bare=bare)


def change(service: Sequence[Position], columns: Mapping[str, str | None]) -> None:
    """Overwrite columns in every position of a service."""
    for position in service:
        position.mistake(columns)


def blame(service: Sequence[Position], *codes: str) -> None:
    """Expect these findings on every position of a service."""
    for position in service:
        position.codes += codes


def offered(wanted: Wanted) -> Callable[[Maker], bool]:
    """Whether the contracts have such a product."""
    return lambda maker: any(wanted(offer) for offer in maker.offers.all)


def wrong_service(
    kind: str,
    code: str,
    columns: Mapping[str, str | None],
    *,
    patient: str = "",
    wanted: Wanted = usual,
) -> Fault:
    """A mistake in what a service says: every position of it is rejected, and keeps its value."""

    def plant(maker: Maker, most: int) -> Service:
        service = right_service(maker, most, patient=patient, wanted=wanted)
        change(service, columns)
        blame(service, code)
        return service

    return Fault(kind=kind, codes=(code,), plant=plant, possible=offered(wanted))


def wrong_position(
    kind: str,
    codes: Sequence[str],
    columns: Mapping[str, str | None],
    *,
    worthless: bool = True,
    wanted: Wanted = usual,
) -> Fault:
    """A mistake in one position: others of the service stay accepted. `worthless`: its value cannot be known."""

    def plant(maker: Maker, most: int) -> Service:
        service = right_service(maker, most, wanted=wanted)
        wrong = service[0]
        wrong.mistake(columns)
        wrong.codes += tuple(codes)
        if worthless:
            wrong.worth_nothing()
        return service

    return Fault(kind=kind, codes=tuple(codes), plant=plant, possible=offered(wanted))
