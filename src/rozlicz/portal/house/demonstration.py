"""The demonstration branch: what `make run` loads into an empty database, through the same operations as in life."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from itertools import count

from django.conf import settings

from rozlicz.kernel.months import Month
from rozlicz.kernel.working_days import nth_working_day_after
from rozlicz.messages.bills import BillKind
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.operations import add_operator
from rozlicz.portal.accounts.operators import block_operator
from rozlicz.portal.accounts.queries import policy_on
from rozlicz.portal.accounts.rights import GRANTED_BY_REQUEST, PAYER_ROLES, PROVIDER_ROLES, Role
from rozlicz.portal.accounts.rules_of_access.operations import BOUNDS, set_rules
from rozlicz.portal.accounts.subordinations import grant_subordination
from rozlicz.portal.audit.operations import one_request
from rozlicz.portal.bills.models import Bill, BillState
from rozlicz.portal.bills.operations import Scan, approve_bill, make_bill
from rozlicz.portal.bills.queries import entitlements_of
from rozlicz.portal.clock import WARSAW
from rozlicz.portal.contracts.operations import publish_contract
from rozlicz.portal.contracts.queries import contracts_for
from rozlicz.portal.correspondence.demonstration import load_correspondence
from rozlicz.portal.payments.operations import mark_payment_run
from rozlicz.portal.providers.operations import accept_installation, register_provider
from rozlicz.portal.registration.demonstration import show_registrations
from rozlicz.portal.reports.operations import receive_report, verify_report
from rozlicz.portal.requests.demonstration import show_requests
from rozlicz.portal.settlements.operations import calculate_request, request_settlement
from rozlicz.portal.settlements.queries import templates_for
from rozlicz.portal.tenancy import acting_for_payer
from rozlicz.sample.branch import SampleBranch, SampleProvider, make_branch
from rozlicz.sample.dice import Dice
from rozlicz.sample.folder import usual_size
from rozlicz.sample.identities import make_bank_account
from rozlicz.sample.reports import write_report

SEED = 7
"""The seed of `rozlicz sample` too, so that its files fit the demonstration branch."""

PASSWORD = "Rozlicz!26"  # noqa: S105 - of people who do not exist, printed for whoever tries the portal
PAYER_CODE = f"{settings.BRANCH}0000"
MONTHS_OF_HISTORY = 2
"""Months before the last one that are reported, settled and paid already."""
PROVIDERS_WITH_HISTORY = 3
SUBORDINATES = 2
"""Providers for which operators of the first one may act."""


def load_demonstration(*, today: date) -> str:
    """Load branch, operators and a short history; the text names the log-ins."""
    branch = make_branch(SEED, branch=settings.BRANCH, today=today)
    with acting_for_payer():
        payer = add_operator(
            provider=None,
            party_code=PAYER_CODE,
            user_name="inspektor",
            full_name="Irena Lipa",
            roles=PAYER_ROLES,
            password=PASSWORD,
            temporary=False,
            at=_noon(today),
        )
        _let_newcomers_in(payer, today)
        operators = [_register(provider, today) for provider in branch.providers]
        reporter = _people_and_group(payer, operators, today)
    for provider, operator in list(zip(branch.providers, operators, strict=True))[:PROVIDERS_WITH_HISTORY]:
        _live_through(provider, operator, payer, today)
    show_registrations(payer=payer, password=PASSWORD, at=_noon(today))
    load_correspondence(payer=payer, clerk=operators[0], at=_noon(today))
    show_requests(
        payer=payer,
        clerk=operators[1],
        account_of_one_kind=make_bank_account(Dice(SEED, "account of one kind")),
        account_of_all=make_bank_account(Dice(SEED, "new account")),
        at=_noon(today),
    )
    return _log_ins(branch, operators, payer, reporter)


def _let_newcomers_in(payer: Operator, today: date) -> None:
    """Whoever tries the portal is not stopped at once: the branch's operators get the providers' days of grace."""
    usual = policy_on(today)
    set_rules(
        operator=payer,
        valid_from=today,
        reason="Wersja pokazowa: czas na drugi składnik także dla pracowników oddziału.",
        refuse_breached=usual.refuse_breached,
        choices={name: getattr(usual, name) for name in BOUNDS}
        | {"payer_grace_days": usual.provider_grace_days},
        at=_noon(today),
    )
    set_rules(
        operator=payer,
        valid_from=date(today.year + 1, 1, 1),
        reason="Zalecenie po audycie bezpieczeństwa: dłuższe hasła, bez haseł powszechnie znanych.",
        refuse_breached=True,
        choices={name: getattr(usual, name) for name in BOUNDS} | {"minimum_length": 10},
        at=_noon(today),
    )


def _register(provider: SampleProvider, today: date) -> Operator:
    since = date(today.year - 1, 1, 1)
    row = register_provider(party=provider.party, account_number=provider.bank_account, since=since)
    accept_installation(
        provider=row,
        short_id=provider.installation.short,
        long_id=provider.installation.long,
    )
    for terms in provider.contracts:
        publish_contract(terms=terms, at=_noon(terms.annexed_on))
    return add_operator(
        provider=row,
        party_code=row.code,
        user_name="rozliczenia",
        full_name="Anna Wrzos",
        roles=PROVIDER_ROLES.keys() - GRANTED_BY_REQUEST,
        password=PASSWORD,
        temporary=False,
        at=_noon(today),
    )


def _people_and_group(payer: Operator, operators: list[Operator], today: date) -> Operator:
    """The first provider has a colleague who only reports and one who left, and acts for the two after it."""
    first, *rest = operators
    reporter, former = (
        add_operator(
            provider=first.provider,
            party_code=first.party_code,
            user_name=user_name,
            full_name=full_name,
            roles=[Role.REPORTING],
            password=PASSWORD,
            temporary=False,
            email=f"{user_name}@przychodnia.example",
            at=_noon(today),
        )
        for user_name, full_name in (("sprawozdawca", "Jan Rumianek"), ("mkalina", "Maria Kalina"))
    )
    block_operator(operator=first, account=former, reason="Zakończenie pracy.", at=_noon(today))
    for subordinate in rest[:SUBORDINATES]:
        grant_subordination(
            operator=payer,
            superior=first.provider,
            subordinate=subordinate.provider,
            since=today.replace(month=1, day=1),
            until=None,
            reason="Wspólna obsługa rozliczeń w grupie.",
            at=_noon(today),
        )
    return reporter


def _live_through(provider: SampleProvider, operator: Operator, payer: Operator, today: date) -> None:
    """Past months as they would have gone: report on the 3rd, settlement and bill on the 5th, payment when due."""
    last = Month.of(today).plus(-1)
    generation = count(1)
    for back in range(MONTHS_OF_HISTORY, 0, -1):
        month = last.plus(-back)
        if provider.contracts_in(month):
            _live_month(provider, operator, payer, month, generation)


def _live_month(
    provider: SampleProvider, operator: Operator, payer: Operator, month: Month, generation: Iterator[int]
) -> None:
    reported = _noon(month.last_day + timedelta(days=3))
    settled = reported + timedelta(days=2)
    _report(provider, operator, month, next(generation), reported)
    _settle(operator, month, settled)
    _bill(provider, operator, month, settled)
    _pay(operator, payer, settled)


def _report(
    provider: SampleProvider, operator: Operator, month: Month, generation: int, at: datetime
) -> None:
    target = io.BytesIO()
    write_report(
        target,
        contracts=provider.contracts_in(month),
        month=month,
        positions=usual_size(provider, month, SEED),
        seed=SEED + month.number,
        errors={},
        installation=provider.installation,
        generation=generation,
        generated_at=at.replace(tzinfo=None),
    )
    with _asking(operator), operator.context():
        received = receive_report(
            operator=operator,
            content=target.getvalue(),
            file_name=f"{provider.party.code}_{month}.swx",
            at=at,
        )
    verify_report(provider_id=operator.provider.pk, report_id=received.report.pk, now=lambda: at)


def _settle(operator: Operator, month: Month, at: datetime) -> None:
    with _asking(operator), operator.context():
        requests = [
            request_settlement(operator=operator, contract=contract, month=month, at=at)
            for contract in contracts_for(operator)
            if contract.valid_from <= month.first_day <= contract.valid_to
        ]
    for request in requests:
        calculate_request(request_id=request.pk, at=at)


def _bill(provider: SampleProvider, operator: Operator, month: Month, at: datetime) -> None:
    with operator.context():
        for number, template in enumerate(templates_for(operator).filter(month=month.number), start=1):
            scans = [
                Scan(
                    kind="DEC" if one.document == "DEC" else "ENT",
                    file_name=f"{one.document}_{place}.pdf",
                    content=f"demonstration {one.document} {place}".encode(),
                )
                for place, one in enumerate(entitlements_of(template), start=1)
            ]
            with _asking(operator):
                make_bill(
                    operator=operator,
                    template=template,
                    kind=BillKind.INVOICE,
                    number=f"{number}/{month.month:02d}/{month.year}",
                    issued_on=at.date(),
                    vat_exemption=provider.vat_exemption,
                    scans=scans,
                    at=at,
                )


def _pay(operator: Operator, payer: Operator, billed: datetime) -> None:
    """The branch approves on the day after and pays when it is due."""
    with payer.context():
        for bill in Bill.objects.filter(provider=operator.provider, state=BillState.ACCEPTED):
            with _asking(payer):
                approve_bill(operator=payer, bill=bill, at=billed + timedelta(days=1))
        if Bill.objects.filter(state=BillState.APPROVED).exists():
            day = nth_working_day_after(billed.date(), 5)
            with _asking(payer):
                mark_payment_run(operator=payer, day=day, at=_noon(day))


def _asking(operator: Operator) -> AbstractContextManager[None]:
    """One request of an operator, from an address that is kept free for examples (RFC 5737)."""
    address = "198.51.100.5" if operator.is_payer else f"203.0.113.{int(operator.party_code) % 250 + 1}"
    return one_request(operator_id=operator.pk, address=address)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=WARSAW)


def _log_ins(branch: SampleBranch, operators: list[Operator], payer: Operator, reporter: Operator) -> str:
    names = [
        (provider.party.name, operator)
        for provider, operator in zip(branch.providers, operators, strict=True)
    ]
    (first, operator), *others = names
    group = " i ".join(one.party_code for _name, one in others[:SUBORDINATES])
    rows = [
        (f"Oddział NFZ / the branch ({payer.full_name})", payer),
        (f"{first} (działa też za {group})", operator),
        (f"{first}, tylko sprawozdawczość", reporter),
        *others,
    ]
    lines = [
        "Dane do logowania / demonstration log-ins",
        "Kod świadczeniodawcy   Użytkownik     Hasło         Kto",
        *(
            f"{operator.party_code:<22} {operator.user_name:<14} {PASSWORD:<13} {name}"
            for name, operator in rows
        ),
    ]
    return "\n".join(lines) + "\n"
