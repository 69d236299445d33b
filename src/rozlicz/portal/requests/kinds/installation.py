"""A new installation of the provider's program (*wniosek na nową instalację*)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.texts import Text, same
from rozlicz.portal.accounts.rights import Right, Role
from rozlicz.portal.providers.operations import open_installation
from rozlicz.portal.requests.kind import Decision, Kind, Outcome, RequestForm


class InstallationForm(RequestForm):
    """Which program will send messages, and whom to ask about it."""

    program_name = forms.CharField(
        label=_("Name of the program"),
        max_length=120,
        help_text=_("As it will sign its messages, for example mMedica."),
    )
    program_version = forms.CharField(
        label=_("Version"), max_length=60, widget=forms.TextInput(attrs={"class": "short"})
    )
    maker = forms.CharField(label=_("Maker of the program"), max_length=120)
    contact = forms.CharField(
        label=_("Contact to the maker"),
        max_length=254,
        help_text=_("An e-mail address or telephone at which the branch can ask about faulty messages."),
    )


def _accept(decision: Decision) -> Outcome:
    values = decision.values
    opened = open_installation(
        operator=decision.operator,
        provider=decision.provider,
        program_name=values["program_name"],
        program_version=values["program_version"],
        maker=values["maker"],
        contact=values["contact"],
        at=decision.at,
    )
    return Outcome(
        sentence=Text(
            pl="Instalacja została założona. Identyfikatory proszę wpisać w programie.",
            en="The installation has been made. Enter the identifiers in the program.",
        ),
        facts=(
            (Text(pl="Identyfikator skrócony", en="Short identifier"), same(opened.short_id)),
            (Text(pl="Identyfikator pełny", en="Long identifier"), same(opened.long_id)),
        ),
        data={"installation": opened.pk},
    )


INSTALLATION = Kind(
    code="installation",
    name=_("New installation of a program"),
    purpose=_(
        "Gives a settlement program its identifiers, short and long, without which its messages are refused."
    ),
    filed_with=Right.MANAGE_INSTALLATIONS,
    decided_by=Role.ADMINISTRATION,
    form=InstallationForm,
    accept=_accept,
    basis=Basis(
        Text(
            pl="format otwarty NFZ (id-inst-nad); wniosek na nową instalację: Administracja i opcje, strona "
            "isi.nfz-krakow.pl",
            en="open format of the Fund (id-inst-nad); request for a new installation: isi.nfz-krakow.pl",
        )
    ),
    signatures=(_("administrator of the provider"),),
)
