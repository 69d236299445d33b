"""One accepted supply after the other: whether it is settled, in what quantity, and who pays what of it.

In this order: contract and dates; the ruling of the device; months of the part (none that is past; only those of the
year that is settled); period of use and quantity, whose limit a severe disability lifts; then the one formula of
`financing`. What is wrong is a refusal of the one position, what is cut a warning on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from rozlicz.kernel.ages import completed_years
from rozlicz.kernel.legal import Ruling
from rozlicz.kernel.money import Units, amount_text, units_text
from rozlicz.kernel.months import Month
from rozlicz.kernel.refusals import Reason, Refusal, is_refused
from rozlicz.kernel.texts import Text, same
from rozlicz.messages.contracts import Contract, SettledBy
from rozlicz.messages.supply import OrderKind
from rozlicz.settlement.coordination import BillOf, Finding, bill_of
from rozlicz.settlement.devices import parameters, reasons
from rozlicz.settlement.devices.catalogue import Catalogue, DeviceKey, DeviceTerms, ruling_of
from rozlicz.settlement.devices.facts import SupplyFacts
from rozlicz.settlement.devices.financing import Financing, financing_of_pieces
from rozlicz.settlement.devices.uses import Use, Uses, filled, in_equal_parts, months_later, months_of


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedSupply:
    """A supply and its settlement; `financing` is None where it is refused.

    `months` are those settled, `pieces` (×10,000) what of the reported quantity belongs to them, `allowed` how many
    may be paid for (None: no limit), `financed` how many are. `share` is the payer's.
    """

    facts: SupplyFacts
    ruling: Ruling[DeviceTerms] | None = None
    law_day: date | None = None
    months: tuple[Month, ...] = ()
    pieces: Units = 0
    allowed: Units | None = None
    financed: Units = 0
    share: Units = 0
    financing: Financing | None = None
    bill: BillOf = field(default_factory=BillOf)
    refusals: tuple[Refusal, ...] = ()

    @property
    def payer(self) -> int:
        """What the Fund pays, in grosze."""
        return self.financing.payer if self.financing else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyTerms:
    """By what supplies are judged: the newest contract, the list of devices, the policy (None: the branch's)."""

    contract: Contract
    catalogue: Catalogue
    policy: parameters.SupplyPolicy | None = None

    @property
    def branch(self) -> str:
        """The branch whose parameters hold."""
        return self.contract.branch


def judge(facts: SupplyFacts, *, terms: SupplyTerms, uses: Uses, place: str) -> JudgedSupply:
    """Settle one supply after those that `uses` has already, and add it there. `place` is its field, for refusals."""
    supply = _Judging(facts, terms, place)
    judged = supply.before_quantity()
    if is_refused(judged.refusals) or judged.ruling is None:
        return judged
    return supply.in_quantity(judged, judged.ruling.value, uses)


class _Judging:
    """One supply while it is looked at."""

    def __init__(self, facts: SupplyFacts, terms: SupplyTerms, place: str) -> None:
        self.facts, self.terms, self.place = facts, terms, place
        self.policy = terms.policy or parameters.supply_policy(on=facts.month.first_day, branch=terms.branch)

    def before_quantity(self) -> JudgedSupply:
        """All that follows from the position alone."""
        facts, branch = self.facts, self.terms.branch
        law_day = facts.completed_on if self.policy.law_day == "completed" else facts.accepted_on
        ruling = ruling_of(
            DeviceKey(facts.device, facts.kind), on=law_day, branch=branch, catalogue=self.terms.catalogue
        )
        bill, refusals = self._bill()
        refusals += [*self._contract_faults(), *self._date_faults()]
        months: tuple[Month, ...] = ()
        if ruling is None:
            refusals.append(self._because(reasons.DEVICE_UNKNOWN, "device", facts.device, _day_text(law_day)))
        elif not is_refused(refusals):
            refusals += self._month_faults(ruling.value)
            months = () if is_refused(refusals) else self._months_settled(ruling.value)
        judged = JudgedSupply(facts=facts, ruling=ruling, law_day=law_day, months=months, bill=bill)
        return replace(judged, refusals=tuple(refusals))

    def in_quantity(self, judged: JudgedSupply, terms: DeviceTerms, uses: Uses) -> JudgedSupply:
        """Period of use, quantity, share and amounts."""
        facts = self.facts
        other = uses.in_the_way(facts, terms, judged.months)
        if other is not None:
            return _refused(judged, self._used(terms, other))
        pieces, refusals = self._pieces_of_year(judged.months)
        left = self._left(terms, judged.months, uses)
        allowed = None if left is None else sum(n for _, n in left)
        if allowed == 0:
            return _refused(judged, self._used(terms, uses.latest(facts, terms)))
        financed = pieces if allowed is None else min(pieces, allowed)
        if financed < pieces:
            refusals.append(
                self._because(reasons.OVER_QUANTITY, "quantity", units_text(pieces), units_text(financed))
            )
        share, doubts = self._share(judged, terms)
        paid = financing_of_pieces(
            pieces=pieces, financed=financed, price=facts.price, limit=terms.limit, share=share
        )
        if pieces == facts.pieces:
            doubts += self._stated_otherwise(paid)
        uses.add(self._use(terms, judged.months, financed, left))
        return replace(
            judged,
            pieces=pieces,
            allowed=allowed,
            financed=financed,
            share=share,
            financing=paid,
            refusals=(*judged.refusals, *refusals, *doubts),
        )

    def _bill(self) -> tuple[BillOf, list[Refusal]]:
        right = self.facts.right
        if right is None:
            return BillOf(), []
        found = bill_of(
            country=right.country or "",
            document=right.document or "",
            number=right.number or "",
            month=self.facts.month,
        )
        if isinstance(found, Finding):
            why = reasons.NO_COORDINATION.because(
                field=f"{self.place}.patient.right",
                found=right.document or "",
                basis=found.basis,
                position=self.facts.id,
                why=found.text,
                way=found.remedy,
            )
            return BillOf(), [why]
        return found, []

    def _contract_faults(self) -> Iterator[Refusal]:
        """R63: a supply outside contract, scope, month or list of devices is never settled; which is said."""
        facts, contract = self.facts, self.terms.contract
        scope = contract.scope(*facts.unit)
        outside = None
        if scope is None or scope.settled_by is not SettledBy.DEVICE_SUPPLY:
            outside = _SCOPE.filled(code=facts.unit.scope, number=facts.unit.distinguisher)
        elif contract.settlement_period_of(facts.month) is None:
            outside = facts.month.name
        elif not contract.valid_from <= facts.completed_on <= contract.valid_to:
            outside = _day_text(facts.completed_on)
        elif scope.products and not any(
            p.code == facts.device and p.valid_from <= facts.completed_on <= p.valid_to
            for p in scope.products
        ):
            outside = _PRODUCT.filled(code=facts.device)
        if outside is not None:
            yield self._because(reasons.NOT_IN_CONTRACT, "settlement", outside, contract=same(contract.code))

    def _date_faults(self) -> Iterator[Refusal]:
        facts = self.facts
        last = facts.month.last_day
        if not facts.issued_on <= facts.accepted_on <= facts.completed_on <= last:
            days = _THREE_DAYS.filled(
                issued=facts.issued_on, accepted=facts.accepted_on, completed=facts.completed_on
            )
            yield self._because(reasons.DATES_IMPOSSIBLE, "completed_on", days, _day_text(last))
            return
        valid = parameters.ORDER_MONTHS.on(facts.issued_on, self.terms.branch).value
        until = months_later(facts.issued_on, valid)
        if facts.accepted_on > until:
            yield self._because(reasons.ORDER_EXPIRED, "order", _day_text(facts.issued_on), _day_text(until))

    def _month_faults(self, terms: DeviceTerms) -> Iterator[Refusal]:
        facts, branch = self.facts, self.terms.branch
        if facts.months is None:
            return
        if not terms.monthly:
            yield self._because(reasons.NOT_MONTHLY, "monthly", facts.device)
            return
        first, last = facts.months
        most = parameters.MONTHS_OF_PART.on(facts.accepted_on, branch).value
        if not first <= last <= first.plus(most - 1):
            yield self._because(reasons.MONTHS_WRONG, "monthly", same(f"{first}–{last}"), same(str(most)))
            return
        if first < Month.of(facts.accepted_on):
            yield self._because(
                reasons.PAST_MONTHS, "monthly.first_month", first.name, _day_text(facts.accepted_on)
            )
        span = parameters.ORDER_MONTHS if facts.on_line else parameters.PAPER_ORDER_MONTHS
        until = Month.of(facts.issued_on).plus(span.on(facts.issued_on, branch).value)
        if last > until:
            yield self._because(reasons.ORDER_TOO_SHORT, "monthly.last_month", last.name, until.name)
        if not self._of_the_year(first, last):
            yield self._because(
                reasons.OTHER_YEAR, "monthly", same(f"{first}–{last}"), same(str(facts.month.year))
            )

    def _months_settled(self, terms: DeviceTerms) -> tuple[Month, ...]:
        if not terms.monthly:
            return ()
        if self.facts.months is None:
            return (Month.of(self.facts.accepted_on),)
        return self._of_the_year(*self.facts.months)

    def _of_the_year(self, first: Month, last: Month) -> tuple[Month, ...]:
        """The months of a part that are settled in the year of the reporting month."""
        cut = self.policy.year_end_cut
        return tuple(m for m in months_of(first, last) if not cut or m.year == self.facts.month.year)

    def _pieces_of_year(self, months: Sequence[Month]) -> tuple[Units, list[Refusal]]:
        """The reported pieces that belong to the settled months, in equal parts a month, down to 0.0001 piece."""
        facts = self.facts
        if facts.months is None:
            return facts.pieces, []
        of_all = len(tuple(months_of(*facts.months)))
        pieces = facts.pieces * len(months) // of_all
        if len(months) == of_all:
            return pieces, []
        told = units_text(facts.pieces), units_text(pieces)
        return pieces, [self._because(reasons.YEAR_CUT, "monthly", *told, year=same(str(facts.month.year)))]

    def _left(
        self, terms: DeviceTerms, months: Sequence[Month], uses: Uses
    ) -> list[tuple[Month | None, Units]] | None:
        """How many pieces may be paid for, by month; None where severe disability or the device sets no limit."""
        lifted = parameters.WITHOUT_LIMIT
        if terms.pieces is None:
            return None
        if any(r.since <= self.facts.completed_on for r in lifted.rulings) and (
            self.facts.entitlements & lifted.on(self.facts.completed_on, self.terms.branch).value
        ):
            return None
        if not terms.monthly:
            return [(None, terms.pieces)]
        return [(month, uses.left(self.facts, terms, month)) for month in months]

    def _share(self, judged: JudgedSupply, terms: DeviceTerms) -> tuple[Units, list[Refusal]]:
        born_on, day = self.facts.born_on, judged.law_day
        if terms.share_under_18 is None or day is None:
            return terms.share, []
        if born_on is None:
            return terms.share, [self._because(reasons.AGE_UNKNOWN, "patient")]
        adult = parameters.ADULT_AGE.on(day, self.terms.branch).value
        return (terms.share_under_18 if completed_years(born_on, day) < adult else terms.share), []

    def _stated_otherwise(self, paid: Financing) -> list[Refusal]:
        follows = {
            "value": paid.price,
            "due": paid.payer,
            "own_share": paid.own_share,
            "over_limit": paid.over_limit,
        }
        return [
            self._because(
                reasons.STATED_OTHERWISE,
                f"settlement.{name}",
                amount_text(amount),
                amount_text(follows[name]),
                what=same(name),
            )
            for name, amount in self.facts.stated
            if amount != follows[name]
        ]

    def _use(
        self,
        terms: DeviceTerms,
        months: Sequence[Month],
        financed: Units,
        left: Sequence[tuple[Month | None, Units]] | None,
    ) -> Use:
        facts = self.facts
        room = [n for _, n in left] if left is not None else in_equal_parts(financed, len(months))
        parts = zip(months, filled(financed, room), strict=True) if months else ()
        return Use(
            patient=facts.patient,
            group=terms.group,
            kind=facts.kind,
            side=facts.side,
            order=facts.order,
            completed_on=facts.completed_on,
            pieces=tuple(parts),
        )

    def _used(self, terms: DeviceTerms, other: Use) -> Refusal:
        what = _REPAIR if self.facts.kind is OrderKind.REPAIR else _DEVICE
        return self._because(
            reasons.PERIOD_USED, "device", what.filled(group=terms.group), other=same(other.order)
        )

    def _because(
        self, why: Reason, name: str, found: Text | str = "", expected: Text | str = "", **values: Text
    ) -> Refusal:
        return why.because(
            field=f"{self.place}.{name}",
            found=found,
            expected=expected,
            basis=None,
            position=self.facts.id,
            **values,
        )


def _refused(judged: JudgedSupply, why: Refusal) -> JudgedSupply:
    return replace(judged, refusals=(*judged.refusals, why))


def _day_text(day: date) -> Text:
    return Text(pl="{day}", en="{day}").filled(day=day)


_SCOPE = Text(pl="zakresu {code} ({number})", en="scope {code} ({number})")
_PRODUCT = Text(pl="wyrobu {code}", en="device {code}")
_THREE_DAYS = Text(pl="{issued}, {accepted}, {completed}", en="{issued}, {accepted}, {completed}")
_DEVICE = Text(pl="wyrób z grupy {group}", en="a device of group {group}")
_REPAIR = Text(pl="naprawę wyrobu z grupy {group}", en="a repair of group {group}")
