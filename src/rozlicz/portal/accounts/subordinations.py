"""Which provider may act for which, and who is acting for whom now ("Logowanie do wielu").

The branch groups providers: operators of a superior that hold the right work for its subordinates, each under its own
name. What a provider may know of the other side of a subordination is its code and name, which the database tells
through one function; the rows of the other are opened only inside of its own context, after each request has asked
whether the subordination is still in force.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction

from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.models import Operator, Subordination
from rozlicz.portal.accounts.rights import Right, demand
from rozlicz.portal.audit.operations import record
from rozlicz.portal.clock import warsaw_day
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.providers.models import Provider
from rozlicz.portal.tenancy import acting_for_provider


class UnableToSubordinate(UnableTo):
    """The one provider cannot stand under the other, or nobody can act for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """What is known of a provider above or below one's own, and for which days; `until` None: no end is set."""

    provider_id: int
    code: str
    name: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class ActForAnother:
    """One act that an operator of this provider did for a subordinate."""

    at: datetime
    act: str
    login: str
    subordinate: str
    subject: str
    reason: str


def subordinates_of(operator: Operator, day: date) -> list[Party]:
    """The providers for which this operator may act on a day, by name; none without the right."""
    if not operator.may(Right.ACT_FOR_SUBORDINATES):
        return []
    return subordinates_on(operator, day)


def subordinates_on(operator: Operator, day: date) -> list[Party]:
    """The subordinates of the operator's provider on a day, by name, whoever asks."""
    return [below for above, below in _in_force_on(day) if above.provider_id == operator.provider_id]


def superiors_on(operator: Operator, day: date) -> list[Party]:
    """The providers whose operators may act for the operator's provider on a day, by name."""
    return [above for above, below in _in_force_on(day) if below.provider_id == operator.provider_id]


def _in_force_on(day: date) -> list[tuple[Party, Party]]:
    """Superior and subordinate; the database answers for the provider in whose context it is asked, and no other."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select superior_id, superior_code, superior_name, subordinate_id, subordinate_code, subordinate_name,
                   since, until
            from subordinations_seen()
            where ended_at is null and %s between since and coalesce(until, 'infinity')
            order by polish_sort_key(superior_name), polish_sort_key(subordinate_name), id
            """,
            [day],
        )
        return [(_party(*row[:3], *row[6:]), _party(*row[3:])) for row in cursor.fetchall()]


def _party(key: int, code: str, name: str, since: date, until: date | None) -> Party:
    return Party(provider_id=key, code=code, name=name, since=since, until=until)


def acts_for_subordinates(limit: int) -> list[ActForAnother]:
    """What operators of the provider in whose context this runs did for its subordinates, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute("select * from acts_for_subordinates(%s)", [limit])
        return [ActForAnother(*row) for row in cursor.fetchall()]


def begin_acting(*, operator: Operator, party: Party, at: datetime) -> None:
    """Write down, in the subordinate's book of acts, that the operator begins to work for it.

    Raises UnableToSubordinate for a suspended party, for which nobody works.
    """
    demand(operator, Right.ACT_FOR_SUBORDINATES)
    with acting_for_provider(party.provider_id):
        subordinate = Provider.objects.get(pk=party.provider_id)
        if subordinate.suspended_since:
            raise UnableToSubordinate(
                Text(
                    pl="{name}: podmiot jest zawieszony przez oddział i nikt za niego teraz nie działa.",
                    en="{name}: the branch has suspended this party, and nobody acts for it now.",
                ).filled(name=subordinate.name)
            )
        acting = operator.acting_for(subordinate)
        record("acting.begun", operator=acting, provider_id=party.provider_id, at=at)


def leave_acting(*, operator: Operator, at: datetime) -> None:
    """Write down that the acting operator goes back to its own provider."""
    record("acting.left", operator=operator, provider_id=operator.provider_id, at=at)


@transaction.atomic
def grant_subordination(
    *,
    operator: Operator,
    superior: Provider,
    subordinate: Provider,
    since: date,
    until: date | None,
    reason: str,
    at: datetime,
) -> Subordination:
    """Let operators of the superior act for the subordinate from a day on; the branch decides it.

    Raises UnableToSubordinate for a provider under itself, for days in the wrong order, for a pair that stands
    already, and for a superior that is a subordinate itself: groups have one level, so that it stays plain who
    may act for whom.
    """
    demand(operator, Right.DECIDE_REGISTRATIONS)
    if refusal := _why_not(superior, subordinate, since, until, warsaw_day(at)):
        raise UnableToSubordinate(refusal)
    expired = Subordination.objects.filter(
        provider=superior, subordinate=subordinate, ended_at=None, until__lt=warsaw_day(at)
    )
    expired.update(ended_at=at)
    try:
        with transaction.atomic():
            made = Subordination.objects.create(
                provider=superior, subordinate=subordinate, since=since, until=until
            )
    except IntegrityError:
        raise UnableToSubordinate(
            Text(
                pl="{name} podlega już temu podmiotowi.", en="{name} stands under this party already."
            ).filled(name=subordinate.name)
        ) from None
    _record("subordination.granted", operator, made, reason, at)
    return made


@transaction.atomic
def end_subordination(*, operator: Operator, subordination: Subordination, reason: str, at: datetime) -> None:
    """End it at once: from the next request on nobody acts by it. Ending it twice changes nothing."""
    demand(operator, Right.DECIDE_REGISTRATIONS)
    ended = Subordination.objects.filter(pk=subordination.pk, ended_at=None).update(ended_at=at)
    if ended:
        _record("subordination.ended", operator, subordination, reason, at)


def _why_not(
    superior: Provider, subordinate: Provider, since: date, until: date | None, today: date
) -> Text | None:
    if superior.pk == subordinate.pk:
        return Text(pl="Podmiot nie może podlegać samemu sobie.", en="A party cannot stand under itself.")
    if until is not None and until < max(since, today):
        return Text(
            pl="Ostatni dzień nie może wypadać przed pierwszym ani przed dniem dzisiejszym.",
            en="The last day cannot be before the first one, nor before today.",
        )
    living = Subordination.objects.filter(ended_at=None).exclude(until__lt=today)
    for party, stands in (
        (superior, living.filter(subordinate=superior)),
        (subordinate, living.filter(provider=subordinate)),
    ):
        if stands.exists():
            return Text(
                pl="{name}: podmiot zwierzchni nie może sam podlegać innemu. Grupa ma jeden poziom.",
                en="{name}: a superior cannot itself stand under another. A group has one level.",
            ).filled(name=party.name)
    return None


def living_subordinations(day: date) -> Iterable[Subordination]:
    """All that are or will be in force, by superior; for the branch."""
    return (
        Subordination.objects.filter(ended_at=None)
        .exclude(until__lt=day)
        .select_related("provider", "subordinate")
        .order_by("provider__sort_key", "subordinate__sort_key", "pk")
    )


def _record(act: str, operator: Operator, made: Subordination, reason: str, at: datetime) -> None:
    record(
        act,
        operator=operator,
        provider_id=made.subordinate_id,
        subject=f"{made.provider.code} → {made.subordinate.code}",
        reason=reason.strip(),
        at=at,
    )
