"""Mistakes in who the patient is."""

from __future__ import annotations

from datetime import timedelta

from rozlicz.kernel.ages import completed_years
from rozlicz.kernel.identifiers import pesel_check_digit
from rozlicz.sample.faults.fault import Fault, Service, blame, change, right_service, wrong_service
from rozlicz.sample.identities import pesel_of
from rozlicz.sample.offers import Offer
from rozlicz.sample.patients import CARD, INSURED, Patient
from rozlicz.sample.services import Maker, Visit


def _anyone(_: Maker) -> bool:
    return True


def _pesel_check_digit(maker: Maker, most: int) -> Service:
    service = right_service(maker, most, patient=INSURED)
    right = service[0].row["patient_id"] or ""
    wrong = (int(right[-1]) + maker.dice.between(1, 9)) % 10
    change(service, {"patient_id": f"{right[:-1]}{wrong}"})
    blame(service, "59903003")
    return service


def _pesel_form(maker: Maker, most: int) -> Service:
    service = right_service(maker, most, patient=INSURED)
    right = service[0].row["patient_id"] or ""
    change(service, {"patient_id": maker.dice.pick((right[:-1], right + "0", f"{right[:5]}O{right[6:]}"))})
    blame(service, "59903002")
    return service


def _pesel_birth_day(maker: Maker, most: int) -> Service:
    service = right_service(maker, most, patient=INSURED)
    right = service[0].row["patient_id"] or ""
    first_ten = f"{right[:2]}13{right[4:10]}"
    change(service, {"patient_id": first_ten + pesel_check_digit(first_ten)})
    blame(service, "59903004")
    return service


def _contradicts_pesel(maker: Maker, most: int) -> Service:
    someone, offer = maker.patient_and_offer(INSURED)
    service = maker.make(someone, offer, most=most)
    change(service, {"patient_sex": "M" if someone.sex == "K" else "K"})
    blame(service, "59903009")
    return service


def _born_after_service(maker: Maker, most: int) -> Service:
    someone, offer = maker.patient_and_offer(INSURED)
    service = maker.make(someone, offer, most=most)
    day = maker.month.last_day + timedelta(days=maker.dice.between(1, 300))
    change(service, {"patient_id": pesel_of(day, someone.person.serial)})
    blame(service, "59903008")
    return service


def _limited(offer: Offer) -> bool:
    return offer.age_limited and offer.share > 0


def _age_outside_limits(maker: Maker, _: int) -> Service:
    offer = maker.dice.pick([one for one in maker.offers.all if _limited(one)])
    visit = maker.visit(offer)
    while True:
        someone = maker.patients.next(INSURED)
        if _outside(someone, offer, visit):
            break
    service = maker.make(someone, offer, visit=visit, bare=True)
    blame(service, "50317031")
    return service


def _outside(someone: Patient, offer: Offer, visit: Visit) -> bool:
    age = completed_years(someone.birth, visit.first_day)
    low, high = offer.product.min_age, offer.product.max_age
    return (low is not None and age < low) or (high is not None and age > high)


PATIENT_FAULTS = (
    wrong_service(
        "identifier-type-unknown",
        "59903001",
        {"patient_id_type": "Q"},
        patient=INSURED,
    ),
    Fault(
        kind="pesel-form",
        codes=("59903002",),
        plant=_pesel_form,
        possible=_anyone,
    ),
    Fault(
        kind="pesel-check-digit",
        codes=("59903003",),
        plant=_pesel_check_digit,
        possible=_anyone,
    ),
    Fault(
        kind="pesel-birth-day",
        codes=("59903004",),
        plant=_pesel_birth_day,
        possible=_anyone,
    ),
    wrong_service(
        "document-number-missing",
        "59903005",
        {"patient_id": None},
        patient=CARD,
    ),
    wrong_service("sex-missing", "59903006", {"patient_sex": None}, patient=CARD),
    wrong_service(
        "birth-date-missing",
        "59903007",
        {"patient_birth_date": None},
        patient=CARD,
    ),
    Fault(
        kind="born-after-service",
        codes=("59903008",),
        plant=_born_after_service,
        possible=_anyone,
    ),
    Fault(
        kind="sex-contradicts-pesel",
        codes=("59903009",),
        plant=_contradicts_pesel,
        possible=_anyone,
    ),
    wrong_service(
        "name-missing",
        "59903010",
        {"patient_surname": None},
        patient=CARD,
    ),
    Fault(
        kind="age-outside-limits",
        codes=("50317031",),
        plant=_age_outside_limits,
        possible=lambda maker: any(_limited(offer) for offer in maker.offers.all),
    ),
)
