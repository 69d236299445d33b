"""The document that is signed: the registration with all its answers, and the agreement, in one PDF.

It is in Polish whatever language the form was filled in, since it is signed with a Polish public body.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from rozlicz.documents.access_agreement import AgreementParties, agreement_sections
from rozlicz.documents.comparing import address_line
from rozlicz.documents.printouts.paper import Section, Table, paper_pdf
from rozlicz.documents.signed_papers.signable import signable
from rozlicz.kernel.branches import Branch
from rozlicz.kernel.texts import format_day
from rozlicz.portal.house.formatting import account, text
from rozlicz.portal.house.marks import mark_of_content
from rozlicz.portal.registration.models import Registration
from rozlicz.portal.registration.queries import application_of
from rozlicz.portal.registration.steps import Application

_LANGUAGE = "pl"


def registration_pdf(
    application: Application, *, number: int, regulations_version: date, branch: Branch
) -> bytes:
    """The PDF to sign. The same answers give the same bytes."""
    with translation.override(_LANGUAGE):
        paper = paper_pdf(
            title=_("Registration form of the provider portal"),
            header=f"{branch.name} · {_('registration')} {number}",
            language="pl",
            facts=[
                (_("Number of the registration"), str(number)),
                (_("Mark of the content"), _mark_of(application, number, regulations_version)),
                (_("Kind of party"), str(application.kind.label)),
                (_("Regulations accepted in their version of"), format_day(regulations_version, "pl")),
            ],
            sections=[
                *_answers(application),
                *agreement_sections(_parties(application, branch, regulations_version), language="pl"),
                _how_to_sign(branch),
            ],
            signatures=[
                _("Place, date, signature of who represents the party"),
                _("For the branch"),
            ],
        )
    return signable(paper)


def mark_of_registration(registration: Registration) -> str:
    """The mark that the document bears which was issued for these answers."""
    return _mark_of(application_of(registration), registration.pk, registration.regulations_version)


def _mark_of(application: Application, number: int, regulations_version: date) -> str:
    """By it the branch knows whether a signed paper is of the answers that it decides on."""
    answers = asdict(application)
    if not application.party.krs_number:
        # documents that were issued before the number was asked for keep the mark that they bear
        del answers["party"]["krs_number"]
    return mark_of_content(number, regulations_version, answers)


def _answers(application: Application) -> list[Section]:
    party, administrator = application.party, application.administrator
    return [
        Section(
            heading=_("Party"),
            facts=[
                (_("Name"), party.name),
                (_("Legal form"), text(party.legal_form_name) if party.legal_form_name else ""),
                (_("Form of business"), party.form_of_business),
                (_("Name of the company"), party.company_name),
                (_("NIP"), party.nip),
                (_("REGON"), party.regon),
                (_("KRS"), party.krs_number),
                (_("Number of the register or permit"), party.register_number),
                (_("Seat"), address_line(party.address)),
            ],
        ),
        Section(
            heading=_("Places where services are given"),
            table=Table(
                columns=[_("Name"), _("Address"), _("Telephone")],
                rows=[(one.name, address_line(one.address), one.phone) for one in application.places],
            ),
        ),
        Section(
            heading=_("Bank account"),
            facts=[
                (_("Number"), account(application.account.number)),
                (_("Holder"), application.account.holder_name),
            ],
            paragraphs=[_("The party states that the account is kept for it.")],
        ),
        Section(
            heading=_("First administrator"),
            facts=[
                (_("Name and surname"), administrator.full_name),
                (_("User name"), administrator.user_name),
                (_("Telephone"), administrator.phone),
                (_("E-mail"), administrator.email),
            ],
            paragraphs=[_("The temporary password is known to who filled in the form; it is never printed.")],
        ),
    ]


def _parties(application: Application, branch: Branch, regulations_version: date) -> AgreementParties:
    party = application.party
    return AgreementParties(
        branch=branch.name,
        party=party.name,
        address=address_line(party.address),
        identifiers=party.identifiers,
        regulations_of=regulations_version,
    )


def _how_to_sign(branch: Branch) -> Section:
    where = address_line(branch.address)
    return Section(
        heading=_("How to sign and hand in"),
        items=[
            _("Electronically: sign this very file as PAdES and upload it by the link of the registration."),
            _("By hand: print, sign and send the paper to the branch.")
            if not where
            else _("By hand: print, sign and send the paper to the branch: %(where)s.") % {"where": where},
            _("A scan may be uploaded meanwhile; the paper must then arrive within 14 days."),
        ],
    )
