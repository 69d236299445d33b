"""What requests for a named operator share: whom they are for, and the role that an acceptance gives."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from rozlicz.kernel.texts import Text, same
from rozlicz.portal.accounts.granting import grant_role
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Role
from rozlicz.portal.house.fields import PhoneField
from rozlicz.portal.requests.choices import former_person, person_choices, person_of
from rozlicz.portal.requests.kind import Decision, Outcome, RequestForm, Revocation


class ForPersonForm(RequestForm):
    """For which of the provider's operators something is asked, and a telephone for questions."""

    person = forms.ChoiceField(label=_("For which operator"))
    phone = PhoneField()

    def prepare(self) -> None:
        """The provider's operators that can log in."""
        self.choose("person", person_choices(self.case.provider))

    def former(self, name: str, value: str) -> str:
        """An operator that has left is still called by its name."""
        return former_person(self.case.provider, value) if name == "person" else super().former(name, value)

    def chosen_has(self, role: str) -> bool:
        """Whether the chosen operator has a role already."""
        key = self.cleaned_data.get("person")
        return bool(key) and role in person_of(self.case.provider, key).roles


def give_role(decision: Decision, role: Role, sentence: Text) -> Outcome:
    """Give the role to the chosen operator; `sentence` names it as {name}."""
    person = person_of(decision.provider, decision.values["person"])
    grant_role(operator=decision.operator, account=person, role=role, at=decision.at)
    return Outcome(
        sentence=sentence.filled(name=person.full_name),
        facts=((Text(pl="Konto", en="Account"), same(person.login)),),
        data={"operator": person.pk, "role": role.value},
    )


def holder_of(taken: Revocation) -> Operator:
    """Whom the role was given."""
    holder: Operator = Operator.objects.get(pk=taken.data["operator"])
    return holder
