"""Mistakes in the right to the service and its document."""

from __future__ import annotations

from datetime import date, timedelta

from rozlicz.sample.faults.fault import (
    Fault,
    Service,
    blame,
    change,
    offered,
    right_service,
    usual,
    wrong_service,
)
from rozlicz.sample.patients import CARD, CERTIFICATE, DECISION, INSURED
from rozlicz.sample.services import Maker


def _expired(maker: Maker, most: int) -> Service:
    """The document ended the day before the service began, or on it when the stay goes on."""
    service = right_service(maker, most, patient=maker.dice.pick((CARD, DECISION)))
    last = date.fromisoformat(service[0].row["date_to"] or "")
    change(
        service,
        {
            "entitlement_from": (last - timedelta(days=200)).isoformat(),
            "entitlement_to": (last - timedelta(days=1)).isoformat(),
        },
    )
    blame(service, "59902004")
    return service


def _without_identity(maker: Maker, most: int) -> Service:
    someone, offer = maker.patient_and_offer(CARD)
    service = maker.make(someone, offer, most=most)
    change(service, {"patient_id_type": "P", "patient_id": someone.person.pesel})
    blame(service, "59902007")
    return service


_NO_RIGHT: dict[str, str | None] = {
    "entitlement_basis": None,
    "entitlement_document": None,
    "entitlement_number": None,
}

ENTITLEMENT_FAULTS = (
    wrong_service(
        "missing-entitlement",
        "50314075",
        _NO_RIGHT,
        patient=INSURED,
    ),
    wrong_service("malformed-basis", "59902001", {"entitlement_basis": "U"}),
    wrong_service(
        "document-incomplete",
        "50301112",
        {"entitlement_number": None},
    ),
    wrong_service(
        "document-unknown",
        "59902002",
        {"entitlement_document": "BILET"},
        patient=INSURED,
    ),
    wrong_service(
        "document-dates-missing",
        "59902003",
        {"entitlement_to": None},
        patient=DECISION,
    ),
    Fault(
        kind="document-expired",
        codes=("59902004",),
        plant=_expired,
        possible=offered(usual),
    ),
    wrong_service(
        "document-number-too-long",
        "59902010",
        {"entitlement_number": "8" * 120},
        patient=CARD,
    ),
    wrong_service(
        "country-missing",
        "59902005",
        {"entitlement_country": None},
        patient=CERTIFICATE,
    ),
    wrong_service(
        "country-not-coordinated",
        "59902006",
        {"entitlement_country": "US"},
        patient=CARD,
    ),
    wrong_service(
        "country-without-document",
        "59902008",
        {"entitlement_country": "DE"},
        patient=INSURED,
    ),
    Fault(
        kind="identity-document-missing",
        codes=("59902007",),
        plant=_without_identity,
        possible=offered(usual),
    ),
)
