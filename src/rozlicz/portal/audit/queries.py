"""Every read of the book of acts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat
from django.shortcuts import get_object_or_404

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.tokens.models import ApiToken
from rozlicz.portal.audit.models import Entry, Words
from rozlicz.portal.clock import WARSAW
from rozlicz.portal.providers.models import Provider

NEWEST_FIRST = ("-at", "-id")
_RARE = 2_000
_MANY = 500
"""Persons or parties that one text of a filter may mean; who means more says more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for; empty values leave everything in. Days are Warsaw days, both included."""

    operator: str = ""
    provider: str = ""
    act: str = ""
    words: str = ""
    address: str = ""
    since: date | None = None
    until: date | None = None


def entries_for(reader: Operator) -> QuerySet[Entry]:
    """The lines a reader may see: the branch all, a provider those of its own affairs, whoever did them."""
    visible = Entry.objects.select_related("operator", "provider")
    return visible if reader.is_payer else visible.filter(provider=reader.provider_id)


def entries_found(reader: Operator, wanted: Wanted) -> QuerySet[Entry]:
    """Those of `entries_for` that fit everything asked for."""
    found = entries_for(reader)
    if wanted.act:
        found = found.filter(act=wanted.act)
    if wanted.operator:
        found = found.filter(_by(reader, wanted.operator))
    if wanted.provider and reader.is_payer:
        found = found.filter(provider__in=_parties(wanted.provider))
    if wanted.address:
        found = _from(reader, found, wanted.address)
    if wanted.since:
        found = found.filter(at__gte=_begin(wanted.since))
    if wanted.until:
        found = found.filter(at__lt=_begin(wanted.until + timedelta(days=1)))
    if words := re.findall(r"[^\W_]+", wanted.words):
        found = _with_words(reader, found, " & ".join(f"{word}:*" for word in words))
    return found


def entry_for(reader: Operator, entry_id: int) -> Entry:
    """One line by its key. Raises Http404 for what does not exist or is another's."""
    return get_object_or_404(entries_for(reader), pk=entry_id)


def together_with(reader: Operator, entry: Entry) -> QuerySet[Entry]:
    """Other acts of the same request, in their order."""
    if entry.change is None:
        return Entry.objects.none()
    return entries_for(reader).filter(change=entry.change).exclude(pk=entry.pk).order_by("at", "pk")


def address_of(reader: Operator, entry: Entry) -> str:
    """Where an act came from, as far as the reader may know it.

    A provider watches over its own accounts and needs the addresses they are used from. Those of the branch's
    people and of a superior's are data of somebody else's staff and network; whom to ask is said by the log-in.
    """
    return entry.address or "" if reader.is_payer or _is_colleague(reader, entry.operator) else ""


def _is_colleague(reader: Operator, operator: Operator | None) -> bool:
    return operator is not None and operator.provider_id == reader.provider_id


def _by(reader: Operator, text: str) -> Q:
    """Acts of the persons whose log-in or name holds the text, and those done with tokens that are so called."""
    fits = Q(login__icontains=text) | Q(full_name__icontains=text)
    persons = list(Operator.objects.filter(fits).order_by("pk").values_list("pk", flat=True)[:_MANY])
    found = Q(operator__in=persons)
    if tokens := _tokens(text):
        programs = {token.operator_id for token in tokens}
        found |= Q(operator__in=programs, token__in={str(token) for token in tokens})
    if reader.is_payer:
        return found
    # People of the branch and of a superior are known to a provider by their log-ins alone.
    return found | Q(login__icontains=text)


def _tokens(text: str) -> list[ApiToken]:
    """The tokens whose name or last characters hold the text, or that are called so as the book calls them."""
    called = Concat("name", Value(" (…"), "ending", Value(")"))
    return list(ApiToken.objects.alias(called=called).filter(called__icontains=text).order_by("pk")[:_MANY])


def _parties(text: str) -> list[int]:
    fits = Q(code__startswith=text) | Q(name__icontains=text)
    return list(Provider.objects.filter(fits).order_by("pk").values_list("pk", flat=True)[:_MANY])


def _from(reader: Operator, found: QuerySet[Entry], address: str) -> QuerySet[Entry]:
    """Acts from an address; a provider finds by it only those whose address it is shown."""
    found = found.filter(address=address)
    return found if reader.is_payer else found.filter(operator__provider=reader.provider_id)


def _with_words(reader: Operator, found: QuerySet[Entry], beginnings: str) -> QuerySet[Entry]:
    """Lines with words that begin so.

    Rare ones are looked up in the index of words, which tells them at once; frequent ones are soon met on the way
    through the newest lines. Under a provider's policy PostgreSQL may not ask that index: a function does it. There
    it may not ask either how frequent the words are, would take them for rare, and collect every line to sort
    the few: until the end of the transaction it walks.
    """
    matching = "audit_matching" if reader.is_payer else "audit_matching_of_provider"
    with connection.cursor() as cursor:
        cursor.execute(f"select {matching}(%s, %s)", [beginnings, _RARE + 1])
        keys = [key for (key,) in cursor.fetchall()]
    if len(keys) <= _RARE:
        return found.filter(pk__in=keys)
    with connection.cursor() as cursor:
        cursor.execute("set local enable_bitmapscan = off; set local enable_sort = off")
    query = SearchQuery(beginnings, search_type="raw", config="simple")
    return found.alias(words=Words("subject", "reason")).filter(words=query)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), WARSAW)
