"""Mistakes in what was done, by whom, and who referred; in identifiers and the kind of set."""

from __future__ import annotations

from datetime import date, timedelta

from rozlicz.sample.faults.fault import (
    Fault,
    Service,
    ambulatory,
    blame,
    change,
    offered,
    right_service,
    usual,
    wrong_position,
    wrong_service,
)
from rozlicz.sample.offers import Offer
from rozlicz.sample.patients import INSURED
from rozlicz.sample.services import Maker

_NO_REFERRAL: dict[str, str | None] = {"referral_issuer": None, "referral_date": None}


def _referred(offer: Offer) -> bool:
    return usual(offer) and offer.product.referral_required


def _stationary(offer: Offer) -> bool:
    return usual(offer) and offer.set_type == "S"


def _without_referral(service: Service) -> None:
    change(service, _NO_REFERRAL)
    for position in service:
        if position.offer.product.referral_required:
            position.codes += ("50601104",)


def _missing_referral(maker: Maker, most: int) -> Service:
    service = right_service(maker, most, wanted=_referred)
    _without_referral(service)
    return service


def _late_referral(maker: Maker, most: int) -> Service:
    service = right_service(maker, most, wanted=_referred)
    first = date.fromisoformat(service[0].row["date_from"] or "")
    change(service, {"referral_date": (first + timedelta(days=maker.dice.between(1, 30))).isoformat()})
    blame(service, "59906007")
    return service


def _several(maker: Maker, most: int) -> Service:
    """Three mistakes in one service: every one of them is told, not only the first."""
    service = right_service(maker, most, wanted=_referred, patient=INSURED)
    right = service[0].row["patient_id"] or ""
    change(service, {"patient_id": f"{right[:-1]}{(int(right[-1]) + 1) % 10}", "cell": "000000998"})
    blame(service, "59903003", "50701004")
    _without_referral(service)
    return service


def _malformed_service_id(maker: Maker, most: int) -> Service:
    service = right_service(maker, most)
    change(service, {"service_id": (service[0].row["service_id"] or "").replace("-", " ")})
    blame(service, "59901001")
    return service


CONTENT_FAULTS = (
    Fault(
        kind="malformed-service-id",
        codes=("59901001",),
        plant=_malformed_service_id,
        possible=offered(usual),
    ),
    wrong_service("malformed-service-version", "59901002", {"service_version": "0"}),
    wrong_position(
        "malformed-position-number",
        ["59901003"],
        {"position": None},
        worthless=False,
    ),
    wrong_service(
        "set-type-unknown",
        "59901004",
        {"set_type": "Z"},
        wanted=ambulatory,
    ),
    wrong_service("service-code-missing", "50601037", {"service_code": None}),
    wrong_service("malformed-diagnosis", "59906001", {"diagnosis": "10.I"}),
    wrong_service("admission-mode-missing", "59906002", {"admission_mode": None}),
    wrong_service(
        "admission-mode-unknown",
        "59906003",
        {"admission_mode": "99"},
    ),
    wrong_service(
        "discharge-mode-missing",
        "59906004",
        {"discharge_mode": None},
        wanted=_stationary,
    ),
    wrong_service(
        "malformed-staff",
        "59906005",
        {"staff_id_type": "1", "staff_id": "12345"},
    ),
    Fault(
        kind="missing-referral",
        codes=("50601104",),
        plant=_missing_referral,
        possible=offered(_referred),
    ),
    wrong_service(
        "malformed-referral",
        "59906006",
        {"referral_issuer": "123"},
        wanted=_referred,
    ),
    Fault(
        kind="referral-after-service",
        codes=("59906007",),
        plant=_late_referral,
        possible=offered(_referred),
    ),
    Fault(
        kind="several-faults",
        codes=("59903003", "50701004", "50601104"),
        plant=_several,
        possible=offered(_referred),
    ),
)
