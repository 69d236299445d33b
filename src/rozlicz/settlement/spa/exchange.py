"""Places for the exchange (giełda): never more than patients who did not come (R40). Codes `UZ-5xx`, our own.

Places left by no-shows may be used later, without a change of the contract. A place is used once: one notice of a
no-show stands behind one offer, and as many patients come through an offer as it has places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from rozlicz.kernel.refusals import Reason, Refusal, reason
from rozlicz.kernel.texts import Text
from rozlicz.messages.spa_notices import NoticeKind, OfferOfPlaces, SpaNotice
from rozlicz.messages.spa_stays import StayReport
from rozlicz.settlement.spa.bases import SPA_POLICY, SPA_TERMS


def check_offers(offers: Iterable[OfferOfPlaces], *, notices: Iterable[SpaNotice]) -> tuple[Refusal, ...]:
    """What is wrong with offers beside the notices they name; versions may come in any order, the highest holds."""
    newest = {offer.number: offer for offer in sorted(offers, key=lambda one: one.version)}
    told = {notice.number: notice for notice in sorted(notices, key=lambda one: one.version)}
    found: list[Refusal] = []
    used: dict[str, str] = {}
    for offer in (newest[number] for number in sorted(newest)):
        if not offer.withdrawn:
            found += _offer_faults(offer, told, used)
            used |= {number: offer.number for number in offer.no_shows if number not in used}
    return tuple(found)


def check_used_places(
    offers: Iterable[OfferOfPlaces], *, reports: Iterable[StayReport]
) -> tuple[Refusal, ...]:
    """Whether more patients came through an offer than it has places; each report in its current version."""
    places = {
        offer.number: 0 if offer.withdrawn else offer.places
        for offer in sorted(offers, key=lambda one: one.version)
    }
    came = Counter(
        stay.exchange_offer
        for report in reports
        if not report.withdrawn
        for stay in report.stays
        if stay.exchange_offer
    )
    return tuple(
        MORE_PATIENTS_THAN_PLACES.because(
            field="stays", offer=number, found=str(patients), expected=str(places.get(number, 0))
        )
        for number, patients in sorted(came.items())
        if patients > places.get(number, 0)
    )


def _offer_faults(
    offer: OfferOfPlaces, told: Mapping[str, SpaNotice], used: Mapping[str, str]
) -> Iterator[Refusal]:
    field = f"offers.{offer.number}"
    good = set()
    for number in sorted(set(offer.no_shows)):
        why = _why_not(offer, told.get(number), used.get(number))
        if why is None:
            good.add(number)
        else:
            yield why.because(field=f"{field}.no_shows", offer=offer.number, found=number)
    if offer.places > len(good):
        yield MORE_PLACES_THAN_NO_SHOWS.because(
            field=f"{field}.places", offer=offer.number, found=str(offer.places), expected=str(len(good))
        )
    if offer.places < 1 or offer.ends_on < offer.begins_on:
        yield OFFER_IMPOSSIBLE.because(field=field, offer=offer.number, found=str(offer.places))


def _why_not(offer: OfferOfPlaces, notice: SpaNotice | None, used_by: str | None) -> Reason | None:
    """Why a notice gives no place to this offer; None when it gives one."""
    if notice is None or notice.withdrawn or notice.kind is not NoticeKind.NO_SHOW:
        return NO_NO_SHOW
    if (notice.contract, notice.treatment) != (offer.contract, offer.treatment):
        return OTHER_TREATMENT
    if used_by is not None:
        return PLACE_OFFERED_TWICE
    return TOO_EARLY if offer.begins_on <= notice.planned_from else None


_OFFER = Text(pl="oferta miejsc", en="offer of places")
_NO_SHOW = Text(pl="zawiadomienie o niestawieniu się", en="notice of a no-show")
_CORRECT_NOTICES = Text(
    pl="Powołaj zawiadomienia o pacjentach, którzy się nie stawili, każde raz.",
    en="Name notices of patients who did not come, each once.",
)

MORE_PLACES_THAN_NO_SHOWS = reason(
    "UZ-501",
    _OFFER,
    Text(
        pl="Oferta {offer} ma miejsc {found}, a niestawień, które za nimi stoją, jest {expected}.",
        en="Offer {offer} has {found} places, but {expected} no-shows stand behind them.",
    ),
    basis=SPA_TERMS,
    remedy=Text(
        pl="Zmniejsz liczbę miejsc albo powołaj więcej zawiadomień.",
        en="Lower the number of places, or name more notices.",
    ),
)
NO_NO_SHOW = reason(
    "UZ-502",
    _NO_SHOW,
    Text(
        pl="Oferta {offer}: {found} nie jest obowiązującym zawiadomieniem o niestawieniu się.",
        en="Offer {offer}: {found} is no notice of a no-show that stands.",
    ),
    basis=SPA_TERMS,
    remedy=_CORRECT_NOTICES,
)
OTHER_TREATMENT = reason(
    "UZ-503",
    _NO_SHOW,
    Text(
        pl="Oferta {offer}: zawiadomienie {found} dotyczy innej umowy albo innego rodzaju leczenia.",
        en="Offer {offer}: notice {found} concerns another contract or another kind of treatment.",
    ),
    basis=SPA_POLICY,
    remedy=_CORRECT_NOTICES,
)
PLACE_OFFERED_TWICE = reason(
    "UZ-504",
    _NO_SHOW,
    Text(
        pl="Oferta {offer}: miejsce z zawiadomienia {found} jest już w innej ofercie.",
        en="Offer {offer}: the place of notice {found} is in another offer already.",
    ),
    basis=SPA_TERMS,
    remedy=_CORRECT_NOTICES,
)
TOO_EARLY = reason(
    "UZ-505",
    _OFFER,
    Text(
        pl="Oferta {offer} zaczyna się nie później niż leczenie z zawiadomienia {found}.",
        en="Offer {offer} begins no later than the treatment of notice {found}.",
    ),
    basis=SPA_TERMS,
    remedy=Text(
        pl="Miejsca można wykorzystać tylko w terminie późniejszym.", en="Places can only be used later."
    ),
)
OFFER_IMPOSSIBLE = reason(
    "UZ-506",
    _OFFER,
    Text(
        pl="Oferta {offer} nie ma miejsc albo kończy się, zanim się zacznie.",
        en="Offer {offer} has no places, or ends before it begins.",
    ),
    basis=SPA_TERMS,
    remedy=Text(pl="Popraw liczbę miejsc i dni.", en="Correct the number of places and the days."),
)
MORE_PATIENTS_THAN_PLACES = reason(
    "UZ-507",
    _OFFER,
    Text(
        pl="Z oferty {offer} przyjechało pacjentów {found}, a miejsc jest {expected}.",
        en="Through offer {offer} {found} patients came, but it has {expected} places.",
    ),
    basis=SPA_TERMS,
    remedy=Text(
        pl="Popraw numer oferty przy pobytach albo zgłoś miejsca na giełdę.",
        en="Correct the number of the offer at the stays, or put the places on the exchange.",
    ),
)
