"""What lists share: the filter above them, and the words by which the branch and a provider find their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.house.states import STATES


class ListFilter(forms.Form):
    """What a list is filtered by; its values stand in the address, all fields together, none of them required."""

    text_for_payer: ClassVar[Promise | str] = ""
    """The label of the field `text` for the branch, which searches among providers too."""

    def __init__(self, address: Mapping[str, Any] | None, *, for_payer: bool = False, **kwargs: Any) -> None:
        """An address that asks for nothing is no filter."""
        super().__init__(address or None, **kwargs)
        if for_payer and self.text_for_payer:
            self.fields["text"].label = self.text_for_payer

    def ask(self, rows: Callable[..., QuerySet[Any]], *of: Any, **values: Any) -> QuerySet[Any]:
        """The rows that the query function finds for the values of the fields, which it takes by their names.

        None at all when a field is wrong, since the whole list would look like an answer.
        """
        if self.is_bound and not self.is_valid():
            return rows(*of, **values).none()
        return rows(*of, **values | (self.cleaned_data if self.is_bound else {}))


def search_field(label: Promise | str) -> forms.CharField:
    """What somebody knows of a row: a part of its number, of its words."""
    return forms.CharField(label=label, max_length=100, required=False)


def choice_field(
    label: Promise | str, choices: Callable[[], Iterable[tuple[str, Promise | str]]]
) -> forms.ChoiceField:
    """One of several, or all of them."""
    return forms.ChoiceField(label=label, required=False, choices=lambda: [("", _("all")), *choices()])


def state_field(codes: Iterable[str]) -> forms.ChoiceField:
    """A state in which a row is, by its code in `house.states`, or all of them."""
    return choice_field(_("State"), lambda: [(code, STATES[code].word) for code in codes])


def holding(text: str, operator: Operator, *columns: str, provider: str = "provider") -> Q:
    """Rows one of whose columns holds the text, in capitals or not.

    The branch finds them by the name or code of the provider as well; to a provider all rows are its own.
    """
    if operator.is_payer:
        columns = (*columns, f"{provider}__name", f"{provider}__code")
    return reduce(or_, (Q((f"{column}__icontains", text)) for column in columns))
