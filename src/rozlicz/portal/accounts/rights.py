"""Who may do what: rights, the roles that hold them, and the one check of both.

A right is an act or a view, a role a job of a person. A provider's administrator gives roles to its operators; an
administrator of the branch to those of the branch. Pages and API calls ask through `house.doors`, operations by
`demand`: the same table stands behind both, and is shown as it is on the page of roles.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

if TYPE_CHECKING:
    from rozlicz.portal.accounts.models import Operator


class Right(StrEnum):
    """One thing that an operator may or may not do."""

    SEE_CONTRACTS = "see_contracts"
    SIGN_CONTRACTS = "sign_contracts"
    SEE_REPORTS = "see_reports"
    SEND_REPORTS = "send_reports"
    SEE_SETTLEMENTS = "see_settlements"
    REQUEST_SETTLEMENT = "request_settlement"
    SEE_BILLS = "see_bills"
    SEND_BILLS = "send_bills"
    SEE_PAYMENTS = "see_payments"
    SEE_POTENTIAL = "see_potential"
    CHANGE_POTENTIAL = "change_potential"
    SEE_REQUESTS = "see_requests"
    FILE_REQUESTS = "file_requests"
    SEE_CORRESPONDENCE = "see_correspondence"
    SEND_CORRESPONDENCE = "send_correspondence"
    USE_SIMP = "use_simp"
    MANAGE_SIMP = "manage_simp"
    MANAGE_OPERATORS = "manage_operators"
    MANAGE_INSTALLATIONS = "manage_installations"
    SEE_AUDIT = "see_audit"
    ACT_FOR_SUBORDINATES = "act_for_subordinates"

    DECIDE_REGISTRATIONS = "decide_registrations"
    PUBLISH_CONTRACTS = "publish_contracts"
    VERIFY_REPORTS = "verify_reports"
    APPROVE_BILLS = "approve_bills"
    MARK_PAYMENTS = "mark_payments"
    DECIDE_REQUESTS = "decide_requests"
    ANNOUNCE = "announce"
    ANSWER_TICKETS = "answer_tickets"
    SET_POLICIES = "set_policies"


RIGHT_WORDS: dict[Right, Promise] = {
    Right.SEE_CONTRACTS: gettext_lazy("See contracts and download their files"),
    Right.SIGN_CONTRACTS: gettext_lazy("Sign contracts and annexes"),
    Right.SEE_REPORTS: gettext_lazy("See reports and their results"),
    Right.SEND_REPORTS: gettext_lazy("Send reports"),
    Right.SEE_SETTLEMENTS: gettext_lazy("See settlements and templates"),
    Right.REQUEST_SETTLEMENT: gettext_lazy("Request settlement"),
    Right.SEE_BILLS: gettext_lazy("See bills"),
    Right.SEND_BILLS: gettext_lazy("Make and send bills"),
    Right.SEE_PAYMENTS: gettext_lazy("See payments"),
    Right.SEE_POTENTIAL: gettext_lazy("See the potential: places, staff, equipment"),
    Right.CHANGE_POTENTIAL: gettext_lazy("Change the potential"),
    Right.SEE_REQUESTS: gettext_lazy("See requests"),
    Right.FILE_REQUESTS: gettext_lazy("File requests"),
    Right.SEE_CORRESPONDENCE: gettext_lazy("Read correspondence"),
    Right.SEND_CORRESPONDENCE: gettext_lazy("Send parcels, answer surveys"),
    Right.USE_SIMP: gettext_lazy("Work in SIMP"),
    Right.MANAGE_SIMP: gettext_lazy("Administer SIMP"),
    Right.MANAGE_OPERATORS: gettext_lazy("Add operators and give roles"),
    Right.MANAGE_INSTALLATIONS: gettext_lazy("Keep installations and their access tokens"),
    Right.SEE_AUDIT: gettext_lazy("See who did what"),
    Right.ACT_FOR_SUBORDINATES: gettext_lazy("Act for subordinate providers, with one's other rights"),
    Right.DECIDE_REGISTRATIONS: gettext_lazy("Decide on registrations"),
    Right.PUBLISH_CONTRACTS: gettext_lazy("Publish contracts and annexes"),
    Right.VERIFY_REPORTS: gettext_lazy("Have reports verified again"),
    Right.APPROVE_BILLS: gettext_lazy("Approve and refuse bills"),
    Right.MARK_PAYMENTS: gettext_lazy("Mark payments"),
    Right.DECIDE_REQUESTS: gettext_lazy("Decide on requests"),
    Right.ANNOUNCE: gettext_lazy("Publish announcements, documents and surveys"),
    Right.ANSWER_TICKETS: gettext_lazy("Answer reports to the operator of the portal"),
    Right.SET_POLICIES: gettext_lazy("Set the branch's rules of access"),
}
"""What each right allows, in words."""


class Role(StrEnum):
    """A job of an operator: the first nine of a provider's, the others of the branch's."""

    ADMINISTRATOR = "administrator"
    REPORTING = "reporting"
    BILLING = "billing"
    SIGNING = "signing"
    READ_ONLY = "read_only"
    POTENTIAL = "potential"
    SIMP_USER = "simp_user"
    SIMP_ADMINISTRATOR = "simp_administrator"
    ACTING = "acting"

    REGISTRATIONS = "registrations"
    CONTRACTS = "contracts"
    VERIFICATION = "verification"
    BILLS = "bills"
    PAYMENTS = "payments"
    ADMINISTRATION = "administration"
    AUDIT = "audit"


ROLE_WORDS: dict[Role, Promise] = {
    Role.ADMINISTRATOR: pgettext_lazy("role", "Administrator"),
    Role.REPORTING: pgettext_lazy("role", "Reporting"),
    Role.BILLING: pgettext_lazy("role", "Billing"),
    Role.SIGNING: pgettext_lazy("role", "Contract signing"),
    Role.READ_ONLY: pgettext_lazy("role", "Read only"),
    Role.POTENTIAL: pgettext_lazy("role", "Potential"),
    Role.SIMP_USER: pgettext_lazy("role", "SIMP user"),
    Role.SIMP_ADMINISTRATOR: pgettext_lazy("role", "SIMP administrator"),
    Role.ACTING: pgettext_lazy("role", "Acting for others"),
    Role.REGISTRATIONS: pgettext_lazy("role", "Registrations"),
    Role.CONTRACTS: pgettext_lazy("role", "Contracts"),
    Role.VERIFICATION: pgettext_lazy("role", "Verification"),
    Role.BILLS: pgettext_lazy("role", "Bills"),
    Role.PAYMENTS: pgettext_lazy("role", "Payments"),
    Role.ADMINISTRATION: pgettext_lazy("role", "Administration"),
    Role.AUDIT: pgettext_lazy("role", "Audit"),
}
"""The name of each role."""

_SEEING_ALL = frozenset(
    {
        Right.SEE_CONTRACTS,
        Right.SEE_REPORTS,
        Right.SEE_SETTLEMENTS,
        Right.SEE_BILLS,
        Right.SEE_PAYMENTS,
        Right.SEE_POTENTIAL,
        Right.SEE_REQUESTS,
        Right.SEE_CORRESPONDENCE,
    }
)
_LETTERS = frozenset(
    {Right.SEE_CORRESPONDENCE, Right.SEND_CORRESPONDENCE, Right.SEE_REQUESTS, Right.FILE_REQUESTS}
)
_BRANCH_DESK = frozenset(
    {
        Right.SEE_CONTRACTS,
        Right.SEE_REQUESTS,
        Right.DECIDE_REQUESTS,
        Right.SEE_CORRESPONDENCE,
        Right.SEND_CORRESPONDENCE,
    }
)

PROVIDER_ROLES: dict[Role, frozenset[Right]] = {
    Role.ADMINISTRATOR: _SEEING_ALL
    | _LETTERS
    | {Right.MANAGE_OPERATORS, Right.MANAGE_INSTALLATIONS, Right.SEE_AUDIT},
    Role.REPORTING: _LETTERS | {Right.SEE_CONTRACTS, Right.SEE_REPORTS, Right.SEND_REPORTS},
    Role.BILLING: _LETTERS
    | {
        Right.SEE_CONTRACTS,
        Right.SEE_REPORTS,
        Right.SEE_SETTLEMENTS,
        Right.REQUEST_SETTLEMENT,
        Right.SEE_BILLS,
        Right.SEND_BILLS,
        Right.SEE_PAYMENTS,
    },
    Role.SIGNING: _LETTERS | {Right.SEE_CONTRACTS, Right.SIGN_CONTRACTS},
    Role.READ_ONLY: _SEEING_ALL,
    Role.POTENTIAL: _LETTERS | {Right.SEE_CONTRACTS, Right.SEE_POTENTIAL, Right.CHANGE_POTENTIAL},
    Role.SIMP_USER: frozenset({Right.USE_SIMP}),
    Role.SIMP_ADMINISTRATOR: frozenset({Right.USE_SIMP, Right.MANAGE_SIMP}),
    Role.ACTING: frozenset({Right.ACT_FOR_SUBORDINATES}),
}
"""What a provider's operator may do in each role."""

GRANTED_BY_REQUEST = frozenset({Role.SIMP_USER, Role.SIMP_ADMINISTRATOR})
"""Roles that nobody gives by hand: access to SIMP is asked for and granted as a request (R32)."""

NOT_FOR_OTHERS = frozenset(
    {
        Right.MANAGE_OPERATORS,
        Right.MANAGE_INSTALLATIONS,
        Right.USE_SIMP,
        Right.MANAGE_SIMP,
        Right.ACT_FOR_SUBORDINATES,
    }
)
"""What nobody may do for another provider: a superior works for its subordinates, it does not open their doors."""

FIRST_ROLES = frozenset(PROVIDER_ROLES) - GRANTED_BY_REQUEST - {Role.ACTING}
"""The roles of a party's first administrator: nobody gives roles to oneself, and the first may be the only one."""

PAYER_ROLES: dict[Role, frozenset[Right]] = {
    Role.REGISTRATIONS: _BRANCH_DESK | {Right.DECIDE_REGISTRATIONS},
    Role.CONTRACTS: _BRANCH_DESK | {Right.PUBLISH_CONTRACTS, Right.SEE_POTENTIAL},
    Role.VERIFICATION: _BRANCH_DESK
    | {
        Right.SEE_REPORTS,
        Right.VERIFY_REPORTS,
        Right.SEE_SETTLEMENTS,
        Right.REQUEST_SETTLEMENT,
        Right.SEE_POTENTIAL,
    },
    Role.BILLS: _BRANCH_DESK
    | {
        Right.SEE_REPORTS,
        Right.SEE_SETTLEMENTS,
        Right.SEE_BILLS,
        Right.APPROVE_BILLS,
        Right.SEE_PAYMENTS,
    },
    Role.PAYMENTS: _BRANCH_DESK
    | {Right.SEE_SETTLEMENTS, Right.SEE_BILLS, Right.SEE_PAYMENTS, Right.MARK_PAYMENTS},
    Role.ADMINISTRATION: _BRANCH_DESK
    | {
        Right.MANAGE_OPERATORS,
        Right.MANAGE_INSTALLATIONS,
        Right.ANNOUNCE,
        Right.ANSWER_TICKETS,
        Right.SET_POLICIES,
    },
    Role.AUDIT: _SEEING_ALL | {Right.SEE_AUDIT},
}
"""What an operator of the branch may do in each role."""

ROLES = PROVIDER_ROLES | PAYER_ROLES


def rights_of(roles: Iterable[str]) -> frozenset[Right]:
    """Everything that the holder of these roles may do."""
    return frozenset().union(*(ROLES[Role(role)] for role in roles))


def demand(operator: Operator, right: Right) -> None:
    """Go on only if the operator has the right. Raises PermissionDenied with a sentence that names the right."""
    if not operator.may(right):
        if operator.is_acting and right in NOT_FOR_OTHERS:
            raise PermissionDenied(
                _("Nobody does this for another provider, only its own operators: %(right)s.")
                % {"right": RIGHT_WORDS[right]}
            )
        raise PermissionDenied(
            _("This needs the right: %(right)s. An administrator gives it with a role: %(roles)s.")
            % {
                "right": RIGHT_WORDS[right],
                "roles": ", ".join(
                    str(ROLE_WORDS[role]) for role in _roles_of_side(operator) if right in ROLES[role]
                )
                or "–",
            }
        )


def _roles_of_side(operator: Operator) -> Iterable[Role]:
    return PAYER_ROLES if operator.is_payer else PROVIDER_ROLES
