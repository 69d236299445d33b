"""A contract as JSON for programs: amounts in grosze, units ×10,000, months 2026-10, days 2026-10-05."""

from __future__ import annotations

from datetime import date
from typing import Any

from rozlicz.kernel.branches import PostalAddress
from rozlicz.messages.contracts import Coefficient, Contract, Party, PlanMonth, Scope, UnitProduct
from rozlicz.messages.header import Header
from rozlicz.messages.rates import CapitationGroup, Rate

Json = dict[str, Any]


def contract_json(header: Header, contract: Contract) -> Json:
    """Everything the file says."""
    return {
        "header": header_json(header),
        "code": contract.code,
        "printed_code": contract.printed_code,
        "original_code": contract.original_code,
        "annex": contract.annex,
        "annexed_on": contract.annexed_on.isoformat(),
        "branch": contract.branch,
        "kind": contract.kind,
        "kind_name": contract.kind_name,
        "provider": _party(contract.provider),
        "signed_on": contract.signed_on.isoformat(),
        **_validity(contract.valid_from, contract.valid_to),
        "settlement_periods": [
            {"first": str(period.first), "last": str(period.last)} for period in contract.settlement_periods
        ],
        "amount": contract.amount,
        "scopes": [_scope(scope) for scope in contract.scopes],
        "coefficients": [_coefficient(one) for one in contract.coefficients],
        "increase": contract.increase,
        "contract_type": contract.contract_type,
        "locations": [
            {"code": one.code, "name": one.name, "address": _address(one.address)}
            for one in contract.locations
        ],
        "financing": [
            {
                "number": one.number,
                "kind": one.kind.value,
                "dated": one.dated.isoformat(),
                "purpose": one.purpose,
            }
            for one in contract.financing
        ],
        "purposes": [{"code": one.code, "name": one.name} for one in contract.purposes],
    }


def header_json(header: Header) -> Json:
    """The header of any message."""
    return {
        "kind": header.kind,
        "version": header.version,
        "detailed_version": header.detailed_version,
        "receiver": header.receiver,
        "sender": header.sender,
        "installation": header.installation,
        "generation": header.generation,
        "generated_at": header.generated_at.isoformat(),
        "program": header.program,
    }


def _party(party: Party) -> Json:
    return {
        "code": party.code,
        "name": party.name,
        "company_name": party.company_name,
        "form_of_business": party.form_of_business,
        "legal_form": party.legal_form.value,
        "nip": party.nip,
        "regon": party.regon,
        "address": _address(party.address),
    }


def _address(address: PostalAddress) -> Json:
    return {"street": address.street, "postal_code": address.postal_code, "town": address.town}


def _scope(scope: Scope) -> Json:
    return {
        "code": scope.code,
        "distinguisher": scope.distinguisher,
        "name": scope.name,
        "settled_by": scope.settled_by.value,
        "unit_name": scope.unit_name,
        "unlimited": scope.unlimited,
        "units": sum(row.units for row in scope.plan),
        "amount": sum(row.amount for row in scope.plan),
        "plan": [_plan_month(row) for row in scope.plan],
        "increases": [
            {**_plan_month(row), "document": row.document, "purpose": row.purpose} for row in scope.increases
        ],
        "rates": [_rate(rate) for rate in scope.rates],
        "groups": [_group(group) for group in scope.groups],
        "follows": [
            {"code": one.code, "distinguisher": one.distinguisher, "contract": one.contract}
            for one in scope.follows
        ],
        "coefficients": [_coefficient(one) for one in scope.coefficients],
        "products": [_product(product) for product in scope.products],
        "cells": [
            {
                "code": cell.code,
                "name": cell.name,
                "place": cell.place,
                "location": cell.location,
                **_validity(cell.valid_from, cell.valid_to),
            }
            for cell in scope.cells
        ],
    }


def _plan_month(row: PlanMonth) -> Json:
    return {"month": str(row.month), "units": row.units, "price": row.price, "amount": row.amount}


def _rate(rate: Rate) -> Json:
    ward = rate.ward
    return {
        "per": rate.per.value,
        "amount": rate.amount,
        "variant": rate.variant,
        "ward": ward
        and {
            "base": ward.base,
            "structure_share": ward.structure_share,
            "function_part": ward.function_part,
        },
        **_validity(rate.valid_from, rate.valid_to),
    }


def _group(group: CapitationGroup) -> Json:
    return {
        "code": group.code,
        "name": group.name,
        "coefficient": group.coefficient,
        "min_age": group.min_age,
        "max_age": group.max_age,
        "persons": group.persons and group.persons.value,
        **_validity(group.valid_from, group.valid_to),
    }


def _coefficient(one: Coefficient) -> Json:
    return {
        "code": one.code,
        "name": one.name,
        "use": one.use.value,
        "value": one.value,
        **_validity(one.valid_from, one.valid_to),
    }


def _product(product: UnitProduct) -> Json:
    return {
        "code": product.code,
        "name": product.name,
        "weight": product.weight,
        "min_age": product.min_age,
        "max_age": product.max_age,
        "max_multiplicity": product.max_multiplicity,
        "referral_required": product.referral_required,
        **_validity(product.valid_from, product.valid_to),
    }


def _validity(first: date, last: date) -> Json:
    return {"valid_from": first.isoformat(), "valid_to": last.isoformat()}
