"""Every write to contracts."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import Contract as ContractTerms
from rozlicz.messages.header import new_header
from rozlicz.messages.umx import write_umx
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Right, demand
from rozlicz.portal.audit.operations import record
from rozlicz.portal.clock import warsaw_time
from rozlicz.portal.contracts.models import Contract, ContractFile, PlanRow
from rozlicz.portal.house import files
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.providers.models import Provider
from rozlicz.portal.settlements.books import issued_by_cap
from rozlicz.settlement.annexes import LoweredTooFar, lowered_too_far


class UnableToPublishContract(UnableTo):
    """The annex cannot become the current one."""


@transaction.atomic
def publish_contract(*, terms: ContractTerms, at: datetime, operator: Operator | None = None) -> ContractFile:
    """Enter a contract, or its next annex, and publish its electronic file (UMX) for the provider to download (P8).

    Raises UnableToPublishContract when the annex is not newer than the current one, or when it plans less than
    templates were issued for (R23; the reason names every such month with what is billed and planned). `operator`
    is None when the contract comes from the branch's own system.
    """
    if operator:
        demand(operator, Right.PUBLISH_CONTRACTS)
    contract = _entered(terms)
    _demand_a_newer_annex(contract, terms)
    if lowered := lowered_too_far(proposed=terms, issued_by_cap=issued_by_cap(contract)):
        raise UnableToPublishContract(_too_low(terms, lowered))
    published = _published(contract, terms, at)
    record(
        "contract.published",
        operator=operator,
        provider_id=contract.provider_id,
        subject=f"{terms.code}, {terms.annex}",
        at=at,
    )
    return published


def _entered(terms: ContractTerms) -> Contract:
    """The contract in the state of these terms, locked: nothing is issued under it meanwhile."""
    contract, _ = Contract.objects.select_for_update().update_or_create(
        code=terms.code,
        defaults={
            "provider": Provider.objects.get(code=terms.provider.code),
            "printed_code": terms.printed_code,
            "kind": terms.kind,
            "kind_name": terms.kind_name,
            "valid_from": terms.valid_from,
            "valid_to": terms.valid_to,
            "amount": terms.amount,
        },
    )
    return contract


def _demand_a_newer_annex(contract: Contract, terms: ContractTerms) -> None:
    newest = contract.files.first()
    if newest and newest.annex >= terms.annex:
        raise UnableToPublishContract(
            Text(
                pl="Umowa {code} ma już aneks {newest}; aneks {annex} nie może go zastąpić.",
                en="Contract {code} already has annex {newest}; annex {annex} cannot replace it.",
            ).filled(code=terms.code, newest=newest.annex, annex=terms.annex)
        )


def _published(contract: Contract, terms: ContractTerms, at: datetime) -> ContractFile:
    """The electronic file of these terms, and its plan row by row."""
    stored = files.store(_contract_message(terms, at))
    published = ContractFile.objects.create(
        provider_id=contract.provider_id,
        contract=contract,
        annex=terms.annex,
        annexed_on=terms.annexed_on,
        published_at=at,
        file=stored.name,
        file_name=f"{terms.code.replace('/', '_')}_aneks_{terms.annex}.umx",
        sha256=stored.sha256,
        size=stored.size,
    )
    PlanRow.objects.bulk_create(_plan_rows(published, terms))
    return published


def _too_low(terms: ContractTerms, lowered: Sequence[LoweredTooFar]) -> Text:
    return Text(
        pl="Aneks {annex} umowy {code} planuje mniej, niż wynoszą wystawione szablony. {months} Zaplanuj co najmniej "
        "tyle, ile wystawiono, albo skoryguj najpierw świadczenia z tych szablonów.",
        en="Annex {annex} of contract {code} plans less than the issued templates. {months} Plan at least what is "
        "issued, or first correct the services of these templates.",
    ).filled(
        code=terms.code,
        annex=terms.annex,
        months=Text(
            pl=" ".join(month.text.pl for month in lowered), en=" ".join(month.text.en for month in lowered)
        ),
    )


def _contract_message(terms: ContractTerms, at: datetime) -> bytes:
    header = new_header(
        kind="UMX",
        receiver=terms.provider.code,
        sender=terms.branch,
        generation=terms.annex + 1,
        generated_at=warsaw_time(at),
    )
    target = io.BytesIO()
    write_umx(terms, header=header, target=target)
    return target.getvalue()


def _plan_rows(published: ContractFile, terms: ContractTerms) -> list[PlanRow]:
    return [
        PlanRow(
            provider_id=published.provider_id,
            contract_file=published,
            scope=scope.code,
            distinguisher=scope.distinguisher,
            scope_name=scope.name,
            unit_name=scope.unit_name,
            month=row.month.number,
            units=row.units,
            price=row.price,
            amount=row.amount,
        )
        for scope in terms.scopes
        for row in scope.plan
    ]
