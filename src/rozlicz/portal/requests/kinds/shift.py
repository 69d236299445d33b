"""Shift of means between scopes of one contract after a quarter (*przesunięcie środków*): acceptance is the annex."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rozlicz.kernel.money import amount_text
from rozlicz.kernel.months import Month, Quarter
from rozlicz.kernel.refusals import Refusal
from rozlicz.kernel.texts import Text, same
from rozlicz.messages.contracts import Contract as ContractTerms
from rozlicz.messages.contracts import Scope
from rozlicz.portal.accounts.rights import Right, Role
from rozlicz.portal.clock import warsaw_day
from rozlicz.portal.contracts.models import Contract, ContractFile
from rozlicz.portal.contracts.operations import publish_contract
from rozlicz.portal.contracts.queries import terms_in, terms_of
from rozlicz.portal.house.fields import AmountField
from rozlicz.portal.house.formatting import amount, month_name, text
from rozlicz.portal.requests.choices import contract_choices, contract_of, contracts_of, is_key
from rozlicz.portal.requests.kind import AttachmentKind, Case, Decision, Kind, Outcome, RequestForm
from rozlicz.portal.requests.models import Request, RequestState
from rozlicz.portal.settlements.books import issued_by_cap
from rozlicz.settlement.books import CapUnit
from rozlicz.settlement.shift_reasons import SHIFTS
from rozlicz.settlement.shift_rows import Change
from rozlicz.settlement.shifts import ContractState, Shift, ShiftRequest, decide_shift

CODE = "shift"
MOST_ROWS = 30
_SPARE_ROWS = 2
_QUARTERS = 5


class ShiftForm(RequestForm):
    """Contract and quarter first; when they are saved, rows: so much from one scope to another in a month."""

    contract = forms.ChoiceField(label=_("Contract"))
    quarter = forms.ChoiceField(
        label=_("Quarter"),
        help_text=_(
            "Save the draft when both are chosen: then the scopes are offered, each with its plan for the quarter."
        ),
    )
    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def prepare(self) -> None:
        """The scopes and months of the chosen contract and quarter."""
        self.choose("contract", contract_choices(self.case.provider))
        self.choose("quarter", ((str(one), text(one.name)) for one in _quarters(self.case.filed_on)))
        self.rows = 0
        self._scope_names: dict[str, str] = {}
        contract, quarter = self._chosen()
        if contract and quarter:
            self._add_rows(terms_of(contract), quarter)

    def _chosen(self) -> tuple[Contract | None, Quarter | None]:
        key, name = self.first("contract"), self.first("quarter")
        found = contracts_of(self.case.provider).filter(pk=key).first() if is_key(key) else None
        return found, next((one for one in _quarters(self.case.filed_on) if str(one) == name), None)

    def _add_rows(self, terms: ContractTerms, quarter: Quarter) -> None:
        months = [quarter.first.plus(n) for n in range(3)]
        planned = {row.month for scope in terms.scopes for row in scope.plan}
        scopes = [(_key(one), _scope_label(one, quarter)) for one in terms.scopes]
        self._scope_names = {_key(one): _scope_name(one) for one in terms.scopes}
        used = [n for n in range(1, MOST_ROWS + 1) if any(self.first(name) for name in _row(n))]
        self.rows = min(MOST_ROWS, max(used, default=0) + _SPARE_ROWS)
        for number in range(1, self.rows + 1):
            takes, gives, month, worth = _row(number)
            self.fields[takes] = forms.ChoiceField(label=gettext("From scope"), required=False)
            self.fields[gives] = forms.ChoiceField(label=gettext("To scope"), required=False)
            self.fields[month] = forms.ChoiceField(label=gettext("Month"), required=False)
            self.fields[worth] = AmountField(label=gettext("Amount"), required=False)
            for name in _row(number):
                self.fields[name].demanded = number == 1
            self.choose(takes, scopes)
            self.choose(gives, scopes)
            self.choose(month, ((str(one), month_name(one)) for one in months if one in planned))

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The head, each row, and the reason."""
        found = [("", [self["contract"], self["quarter"]])]
        found += [
            (gettext("Shift %(number)s") % {"number": n}, [self[name] for name in _row(n)])
            for n in range(1, self.rows + 1)
        ]
        return [*found, ("", [self["reason"]])]

    def shown(self) -> list[tuple[str, str]]:
        """A row in one line."""
        if self.is_bound:
            self.full_clean()
        values = {bound.name: self._value_shown(bound) for bound in self}
        lines = [(str(self[name].label), values[name]) for name in ("contract", "quarter")]
        for number in range(1, self.rows + 1):
            takes, gives = (self._scope_names.get(self.first(name), "") for name in _row(number)[:2])
            month, worth = (values[name] for name in _row(number)[2:])
            if worth:
                lines.append(
                    (gettext("Shift %(number)s") % {"number": number}, f"{takes} → {gives}; {month}: {worth}")
                )
        lines.append((str(self["reason"].label), values["reason"]))
        return [(label, value) for label, value in lines if value]

    def clean(self) -> dict[str, Any]:
        """Every row is whole, and the law of shifts allows them all together."""
        cleaned = super().clean() or {}
        if not (cleaned.get("contract") and cleaned.get("quarter")):
            return cleaned
        if not self._rows_are_whole(cleaned):
            return cleaned
        contract, quarter = self._chosen()
        if contract is None or quarter is None:
            return cleaned
        cleaned["changes"] = tuple(self._changes(contract.code, cleaned))
        decided = decide(contract, quarter, cleaned["changes"], self.case)
        if isinstance(decided, Shift):
            cleaned["shift"] = decided
        else:
            for refusal in decided:
                self.add_error(None, f"{text(refusal.text)} {text(refusal.remedy)}")
        return cleaned

    def _rows_are_whole(self, cleaned: dict[str, Any]) -> bool:
        some = False
        for number in range(1, self.rows + 1):
            names = _row(number)
            given = [name for name in names if self.first(name)]
            some = some or bool(given)
            for name in names:
                if given and not self.first(name):
                    self.add_error(name, gettext("Fill in the whole row, or leave all of it empty."))
            takes, gives = cleaned.get(names[0]), cleaned.get(names[1])
            if takes and takes == gives:
                self.add_error(names[1], gettext("Choose another scope than the one from which it is taken."))
        if not some:
            self.add_error(None, gettext("Say what is to be shifted: at least one row."))
        return not self.errors

    def _changes(self, code: str, cleaned: dict[str, Any]) -> Iterator[Change]:
        for number in range(1, self.rows + 1):
            takes, gives, month, worth = _row(number)
            if grosze := cleaned.get(worth):
                when = Month.parse(cleaned[month])
                yield Change(code, _unit(cleaned[takes]), when, -grosze)
                yield Change(code, _unit(cleaned[gives]), when, grosze)


def _row(number: int) -> tuple[str, str, str, str]:
    return f"from_{number}", f"to_{number}", f"month_{number}", f"amount_{number}"


def _scope_label(scope: Scope, quarter: Quarter) -> str:
    """A scope with what is planned for the quarter."""
    planned = sum(row.amount for row in scope.plan if row.month in quarter)
    return f"{_scope_name(scope)} ({amount(planned)})"


def _scope_name(scope: Scope) -> str:
    return f"{scope.code}/{scope.distinguisher} · {scope.name}"


def _key(scope: Scope) -> str:
    return f"{scope.code}|{scope.distinguisher}"


def _unit(key: str) -> CapUnit:
    code, number = key.split("|")
    return CapUnit(code, int(number))


def _quarters(day: date) -> list[Quarter]:
    """The quarter of the day and those before it, the newest first."""
    this = Quarter.of(Month.of(day))
    return [this.plus(-back) for back in range(_QUARTERS)]


def decide(
    contract: Contract, quarter: Quarter, changes: tuple[Change, ...], case: Case
) -> Shift | tuple[Refusal, ...]:
    """The shift as the law of shifts decides it on the contract's present books."""
    terms = terms_of(contract)
    state = ContractState(
        now=terms,
        at_start=_at_start(contract, terms, quarter),
        issued=issued_by_cap(contract),
        earlier=tuple(_earlier(contract, case.number)),
    )
    request = ShiftRequest(quarter=quarter, filed_on=case.filed_on, changes=changes)
    return decide_shift(request, contracts=[state], branch=settings.BRANCH)


def _at_start(contract: Contract, terms: ContractTerms, quarter: Quarter) -> ContractTerms:
    """The version in force on the first day of the settlement period; the first one when none was signed by then."""
    period = terms.settlement_period_of(quarter.first)
    files = ContractFile.objects.filter(contract=contract).order_by("-annex")
    by_then = files.filter(annexed_on__lte=period.first.first_day).first() if period else None
    return terms_in(by_then or files.order_by("annex")[0])


def _earlier(contract: Contract, number: str) -> Iterator[Change]:
    """The changes of accepted shifts of this contract; the law looks only at those of the settlement period."""
    accepted = Request.objects.filter(
        provider_id=contract.provider_id,
        kind=CODE,
        state=RequestState.ACCEPTED,
        outcome__data__contract=contract.pk,
    ).exclude(number=number)
    for request in accepted:
        for scope, distinguisher, month, grosze in request.outcome["data"]["changes"]:
            yield Change(contract.code, CapUnit(scope, distinguisher), Month.from_number(month), grosze)


def _closed(case: Case) -> Text | None:
    for contract in contracts_of(case.provider):
        if len(terms_of(contract).scopes) > 1:
            return None
    return Text(
        pl="Żadna umowa nie ma dwóch zakresów, między którymi można by przesunąć środki.",
        en="No contract has two scopes between which means could be shifted.",
    )


def _accept(decision: Decision) -> Outcome:
    values = decision.values
    contract = contract_of(decision.provider, values["contract"])
    shift: Shift = values["shift"]
    [proposed] = shift.proposed
    published = publish_contract(
        terms=replace(proposed, annex=proposed.annex + 1, annexed_on=warsaw_day(decision.at)),
        at=decision.at,
        operator=decision.operator,
    )
    return Outcome(
        sentence=Text(
            pl="Aneks {annex} do umowy {contract} jest opublikowany; nowy plik UMX można pobrać.",
            en="Annex {annex} of contract {contract} is published; its new UMX file can be downloaded.",
        ).filled(annex=published.annex, contract=contract.code),
        facts=tuple(
            (
                same("{scope}/{number}, {month}").filled(
                    scope=change.unit[0], number=change.unit[1], month=change.month.name
                ),
                amount_text(change.amount),
            )
            for change in values["changes"]
        )
        + tuple(
            (
                Text(pl="Bez roszczeń ponad kwotę zakresu", en="No claim above the amount of scope"),
                same(f"{unit[0]}/{unit[1]}"),
            )
            for _code, unit in shift.no_further_claim
        ),
        data={
            "contract": contract.pk,
            "annex": published.annex,
            "file": published.pk,
            "changes": [
                [change.unit[0], change.unit[1], change.month.number, change.amount]
                for change in values["changes"]
            ],
        },
    )


SHIFT = Kind(
    code=CODE,
    name=_("Shift of means between scopes"),
    purpose=_(
        "Raises scopes of a contract for a quarter and lowers others by as much; its acceptance is an annex."
    ),
    filed_with=Right.SIGN_CONTRACTS,
    decided_by=Role.CONTRACTS,
    form=ShiftForm,
    accept=_accept,
    closed=_closed,
    attachments=(AttachmentKind(code="grounds", name=_("Documents for the reasons")),),
    basis=SHIFTS,
    declaration=_(
        "For services above the amount of a lowered scope no claim is raised. The shift does not limit availability."
    ),
    signatures=(_("whoever represents the provider"),),
)
