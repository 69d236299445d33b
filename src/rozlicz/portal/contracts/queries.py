"""Every read of contracts."""

from __future__ import annotations

from functools import lru_cache

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from rozlicz.messages.contracts import Contract as ContractTerms
from rozlicz.messages.umx import read_umx
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.contracts.models import Contract, ContractFile
from rozlicz.portal.house import files


def contracts_for(operator: Operator) -> QuerySet[Contract]:
    """The contracts an operator may see, with their files, the current first: a provider its own, the payer all."""
    visible = Contract.objects.select_related("provider").prefetch_related(
        Prefetch("files", queryset=ContractFile.objects.order_by("-annex"))
    )
    if not operator.is_payer:
        visible = visible.filter(provider=operator.provider_id)
    return visible.order_by("provider__sort_key", "-valid_from", "code")


def contract_for(operator: Operator, contract_id: int) -> Contract:
    """One contract by its key. Raises Http404 for what does not exist or is another's."""
    contract = contracts_for(operator).filter(pk=contract_id).first()
    if contract is None:
        raise Http404
    return contract


def contract_file_for(operator: Operator, file_id: int) -> ContractFile:
    """One contract file by its key. Raises Http404 for what does not exist or is another's."""
    visible = ContractFile.objects.select_related("contract")
    if not operator.is_payer:
        visible = visible.filter(provider=operator.provider_id)
    found = visible.filter(pk=file_id).first()
    if found is None:
        raise Http404
    return found


def terms_of(contract: Contract) -> ContractTerms:
    """The contract in the state of its newest annex, read from the very file the provider downloads."""
    newest = ContractFile.objects.filter(contract=contract).order_by("-annex").first()
    if newest is None:
        raise LookupError(f"contract {contract.code} has no file")
    return _read(newest.file)


def terms_of_provider(provider_id: int) -> list[ContractTerms]:
    """All contracts of a provider, each in its newest state."""
    return [terms_of(contract) for contract in Contract.objects.filter(provider_id=provider_id).order_by("id")]


@lru_cache(maxsize=256)
def _read(name: str) -> ContractTerms:
    # A stored file is named by the hash of its bytes, so what was read from a name never changes.
    with files.opened(name) as file:
        _, terms = read_umx(file)
    return terms
