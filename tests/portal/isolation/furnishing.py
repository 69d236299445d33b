"""A provider with something in every table that a provider can have, under words that only it knows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator

from rozlicz.kernel.months import Month
from rozlicz.messages.header import new_header
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.subordinations import grant_subordination
from rozlicz.portal.bills.models import Attachment
from rozlicz.portal.bills.operations import approve_bill
from rozlicz.portal.contracts.models import Contract
from rozlicz.portal.correspondence.operations.announcements import note_reading
from rozlicz.portal.correspondence.operations.parcels import archive_parcel, open_parcel
from rozlicz.portal.correspondence.operations.surveys import save_reply
from rozlicz.portal.payments.operations import mark_payment_run
from rozlicz.portal.periods.operations import unlock
from rozlicz.portal.providers.models import Installation, Place, Provider
from rozlicz.portal.providers.operations import register_provider
from rozlicz.portal.registration.models import Registration
from rozlicz.portal.reports.operations import receive_report, verify_report
from rozlicz.portal.requests.operations import file_request
from rozlicz.portal.tenancy import acting_for_payer
from tests import world
from tests.portal.api.program import Program, a_token
from tests.portal.conftest import NOON
from tests.portal.correspondence.writing import announce, ask, pdf, post, questions_of
from tests.portal.correspondence.writing import report as ticket
from tests.portal.registration.filling import a_filed_registration
from tests.portal.requests.filling import draft, plain_operator
from tests.portal.test_road import OCTOBER, bill_of, settle
from tests.reporting import Reported, report


@dataclass(frozen=True, kw_only=True)
class Tenant:
    """A provider, its administrator, a program of it, and the words that belong to nobody else."""

    provider: Provider
    operator: Operator
    program: Program
    mark: str

    @property
    def words(self) -> list[str]:
        """What must never be read by another: names, numbers and codes."""
        party = self.provider
        return [self.mark, party.code, party.name, party.nip, party.regon, self.operator.user_name]


def furnish(operator: Operator, payer: Operator, *, mark: str, group_code: str) -> Tenant:
    """Let the provider of this operator live through a month, and write and receive everything there is."""
    assert operator.provider is not None
    provider = operator.provider
    with acting_for_payer():
        Operator.objects.filter(pk=operator.pk).update(full_name=f"Anna {mark}", email=f"{mark}@example.pl")
    _live_a_month(operator, payer, mark)
    _correspond(operator, payer, mark)
    _ask_and_be_granted(operator, payer, mark)
    with payer.context():
        Place.objects.create(
            provider=provider,
            name=f"Gabinet {mark}",
            street=f"ul. {mark} 1",
            postal_code="90-001",
            town="Łódź",
            since=date(2026, 1, 1),
        )
        subordinate = register_provider(
            party=replace(world.PRACTICE, code=group_code, name=f"Filia {mark}"),
            account_number="61109010140000071219812874",
            since=date(2026, 1, 1),
        )
        grant_subordination(
            operator=payer,
            superior=provider,
            subordinate=subordinate,
            since=NOON.date(),
            until=None,
            reason=mark,
            at=NOON,
        )
        filed = a_filed_registration(file=f"{mark}.pdf")
        Registration.objects.filter(pk=filed.pk).update(
            provider=provider, state="accepted", token_hash=mark, password_hash="", decided_at=NOON
        )
    key = {"name": f"klucz {mark}", "credential": {}}
    Authenticator.objects.create(user=plain_operator(operator), type="webauthn", data=key)
    token = a_token(operator, name=f"serwer {mark}")
    return Tenant(provider=provider, operator=operator, program=Program(token.secret), mark=mark)


def _live_a_month(operator: Operator, payer: Operator, mark: str) -> None:
    """A report with an accepted and a rejected position, its template, a bill with a scan, its payment."""
    provider = operator.provider
    with payer.context():
        contract = Contract.objects.get(provider=provider)
        installation = Installation.objects.get(provider=provider)
    header = new_header(
        kind="SWIAD",
        receiver="05",
        sender=provider.code,
        installation=installation.long_id,
        generation=1,
        generated_at=datetime(2026, 11, 5, 11, 0),
    )
    good = Reported(service_id=f"{mark}1", contract=contract.code)
    wrong = replace(good, service_id=f"{mark}2", scope="99.9999.999.99")
    with operator.context():
        content = report([good, wrong], of=header)
        sent = receive_report(operator=operator, content=content, file_name=f"{mark}.swx", at=NOON).report
    verify_report(provider_id=provider.pk, report_id=sent.pk, now=lambda: NOON)
    [template] = settle(operator, OCTOBER)
    bill = bill_of(operator, template, f"{mark}/1")
    with payer.context():
        Attachment.objects.create(
            provider=provider,
            bill=bill,
            kind="DEC",
            file=bill.file,
            file_name=f"{mark}.pdf",
            sha256=bill.sha256,
        )
        approve_bill(operator=payer, bill=bill, at=NOON)
        mark_payment_run(operator=payer, day=bill.due_on, at=NOON)
    with operator.context():
        second = report([replace(good, service_id=f"{mark}3")], of=replace(header, generation=2))
        more = receive_report(operator=operator, content=second, file_name=f"{mark}.swx", at=NOON).report
    verify_report(provider_id=provider.pk, report_id=more.pk, now=lambda: NOON)
    settle(operator, OCTOBER)


def _correspond(operator: Operator, payer: Operator, mark: str) -> None:
    """Parcels both ways, an announcement and a survey for this provider alone, a report to the operator."""
    provider = operator.provider
    parcel = post(payer, provider, title=f"Wykaz {mark}", text=mark, files=[pdf(f"{mark}.pdf")])
    post(operator, provider, title=f"Odpowiedź {mark}", text=mark, files=[pdf(f"{mark}2.pdf")])
    said = {"audience": "providers", "providers": [provider]}
    announcement = announce(payer, title=f"Komunikat {mark}", text=mark, files=[pdf(f"{mark}.pdf")], **said)
    survey = ask(payer, title=f"Ankieta {mark}", **said)
    ticket(operator, text=mark, files=[pdf(f"{mark}.png", b"\x89PNG\r\n\x1a\n" + b"0" * 16)])
    with operator.context():
        first, number, *_rest, last = questions_of(survey)
        save_reply(
            operator=operator,
            survey=survey,
            values={first.pk: "tak", number.pk: 3, last.pk: mark},
            at=NOON,
        )
        note_reading(operator=operator, version=announcement.current, at=NOON)
        open_parcel(operator=operator, parcel=parcel, at=NOON)
        archive_parcel(operator=operator, parcel=parcel, at=NOON)


def _ask_and_be_granted(operator: Operator, payer: Operator, mark: str) -> None:
    """A request with its file, and a closed month unlocked."""
    values = {"person": str(plain_operator(operator).pk), "why": mark, "phone": "42 1234567"}
    request = draft("administrator", operator, values)
    with operator.context():
        file_request(operator=operator, request=request, at=NOON)
    with payer.context():
        unlock(
            operator=payer,
            contract=Contract.objects.get(provider=operator.provider_id),
            scope=world.NEUROLOGY,
            distinguisher=1,
            first=Month(2026, 9),
            last=Month(2026, 9),
            services=[f"{mark}9"],
            aims=["adds"],
            until=NOON.date() + timedelta(days=5),
            request_number=f"W/{mark}",
            at=NOON,
        )
