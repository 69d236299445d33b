"""Who may do what in which table: the lists that `house.grants` turns into grants and policies.

A table with a `provider_id` is a tenant's, and needs no line here unless its provider or the door writes it. Every
other table stands in one of these lists, or is closed.
"""

from __future__ import annotations

from rozlicz.portal.database import AS_APPLICANT, AS_PAYER, AS_PROVIDER, DOOR

EVERY_COLUMN = ""
"""In place of the names of columns."""

APPEND_ONLY = {
    "contracts_planrow",
    "reports_position",
    "reports_verdict",
    "reports_finding",
    "settlements_capexplanation",
    "settlements_template",
    "settlements_templateline",
    "settlements_templateposition",
    "payments_payment",
    "payments_paymentrun",
    "audit_entry",
    "accounts_securitypolicy",
    "periods_closing",
    "requests_step",
    "correspondence_announcementversion",
    "correspondence_announcementfile",
    "correspondence_announcementreading",
    "correspondence_publisheddocument",
    "correspondence_parcel",
    "correspondence_parcelfile",
    "correspondence_parcelreading",
    "correspondence_ticket",
    "correspondence_ticketpost",
    "correspondence_ticketfile",
}
"""Rows are added and never changed: no role is granted UPDATE."""

PROVIDER_ADDS = {
    "reports_report",
    "reports_run",
    "reports_position",
    "reports_verdict",
    "reports_finding",
    "settlements_settlementrequest",
    "bills_bill",
    "bills_attachment",
    "accounts_operator",
    "audit_entry",
    "requests_request",
    "requests_attachment",
    "requests_step",
    "correspondence_announcementreading",
    "correspondence_parcel",
    "correspondence_parcelfile",
    "correspondence_parcelreading",
    "correspondence_parcelarchiving",
    "correspondence_surveyreply",
    "correspondence_ticket",
    "correspondence_ticketpost",
    "correspondence_ticketfile",
    "accounts_apitoken",
}
PROVIDER_CHANGES: dict[str, str] = {
    "requests_request": "state, version, fields, changed_at, filed_on, answer_by, complete_by",
    "requests_attachment": "taken_off_at",
    "reports_report": EVERY_COLUMN,
    "reports_run": EVERY_COLUMN,
    "providers_installation": "last_generation, last_received_at, last_program, closed_at, closed_reason",
    "accounts_operator": (
        "full_name, roles, email, phone, is_active, blocked_reason, password, password_set_at, temporary_until,"
        " last_login, second_factor_reset_at, second_factor_reset_reason"
    ),
    "correspondence_surveyreply": EVERY_COLUMN,
    "correspondence_parcelarchiving": "taken_back_at, taken_back_by_id",
    "accounts_apitoken": "revoked_at, revoked_by_id",
}
"""What a provider's operators and jobs may write, and in which columns; all else is written by the payer. Nobody may
delete."""

OF_THE_BRANCH = {
    "payments_paymentrun",
    "periods_closing",
    "accounts_securitypolicy",
    "correspondence_announcement",
    "correspondence_announcementversion",
    "correspondence_announcementfile",
    "correspondence_publisheddocument",
    "correspondence_survey",
    "correspondence_surveyquestion",
}
"""Tables without a provider that both roles and the door read and the payer writes."""

BRANCH_CHANGES = {"correspondence_announcement", "correspondence_survey", "correspondence_surveyquestion"}
"""Those of them whose rows the payer also changes: to withdraw, to draft, to publish."""

_TO_A_PARTY = (
    "audience <> 'providers' or exists (select from correspondence_recipient r where r.{0}_id = {1}.id"
    " and not r.is_removed)"
)
_SHOWN_VERSION = "exists (select from correspondence_announcementversion v where v.id = {0})"
_SHOWN_SURVEY = "exists (select from correspondence_survey s where s.id = survey_id)"
BRANCH_SHOWS: dict[str, dict[str, str]] = {
    "correspondence_announcementversion": {
        DOOR: "audience = 'public'",
        AS_PROVIDER: _TO_A_PARTY.format("version", "correspondence_announcementversion"),
    },
    "correspondence_announcement": dict.fromkeys((DOOR, AS_PROVIDER), _SHOWN_VERSION.format("current_id")),
    "correspondence_announcementfile": dict.fromkeys(
        (DOOR, AS_PROVIDER), _SHOWN_VERSION.format("version_id")
    ),
    "correspondence_survey": {
        AS_PROVIDER: "published_at is not null and ("
        + _TO_A_PARTY.format("survey", "correspondence_survey")
        + ")"
    },
    "correspondence_surveyquestion": {AS_PROVIDER: _SHOWN_SURVEY},
}
"""Rows of the branch that are not for everybody: which a role may read. A role that is not named reads none."""

DOOR_MAY = {
    "accounts_operator": [
        "select",
        "update (last_login, password, password_set_at, temporary_until)",
    ],
    "audit_entry": ["insert", "select (id, at, act, operator_id)"],
    "registration_registration": ["insert", "select (id, token_hash)"],
    "accounts_apitoken": ["select", "update (last_used_at, last_used_from)"],
}
"""Tenant tables that are needed before anybody's context is known: to log in, to record who tried to, to
begin a registration and to find it by its token's hash, to find whose access token a program has shown."""

DOOR_SEES = {
    "accounts_apitoken": "digest = (select nullif(current_setting('rozlicz.token', true), ''))",
}
"""Which rows the door sees where it does not see all: of access tokens the one whose digest it names."""

_BY_THE_APPLICANT = (
    "state, regulations_version, answers, password_hash, touched_at, filed_at, issued_file, issued_sha256,"
    " paper_due_on, paper_arrived_on"
)
OF_ONE_REGISTRATION = {
    "registration_registration": ("id", f"select, update ({_BY_THE_APPLICANT})"),
    "registration_paper": ("registration_id", "select, insert"),
}
"""What an applicant sees and writes of its own registration: the column that says whose it is, and the rights."""

APPLICANT_MAY = {
    "audit_entry": "insert, select (id)",
    "accounts_securitypolicy": "select",
    "correspondence_publisheddocument": "select",
}
"""What else an applicant's role needs: to be recorded, to hold a password to the branch's rule, and to read the
regulations that it accepts."""

_BEFORE_THE_DECISION = "decided_at is null and paper_by is null and paper_on is null and outcome = '{}'"
_OF_A_REQUEST = "exists (select from requests_request r where r.id = request_id{0})"
_WITH_THE_APPLICANT = _OF_A_REQUEST.format(" and r.state in ('draft', 'to_complete')")
_OF_THIS_ISSUE = (
    "exists (select from registration_registration r where r.id = registration_id"
    " and r.issued_sha256 = registration_paper.issued_sha256 and r.state in ('filed', 'to_complete', 'accepted'))"
)
ROW_RULES: dict[str, dict[str, dict[str, str]]] = {
    AS_PROVIDER: {
        "requests_request": {
            "insert": f"with check (state = 'draft' and {_BEFORE_THE_DECISION})",
            "update": "using (state in ('draft', 'filed', 'to_complete'))"
            " with check (state in ('draft', 'filed', 'to_complete', 'withdrawn'))",
        },
        "requests_attachment": {
            "insert": f"with check ({_WITH_THE_APPLICANT})",
            "update": f"using ({_WITH_THE_APPLICANT})",
        },
        "requests_step": {
            "insert": "with check (not of_branch and transition in ('file', 'withdraw')"
            f" and state in ('filed', 'withdrawn') and {_OF_A_REQUEST.format('')})",
        },
        "bills_bill": {
            "insert": "with check (state in ('accepted', 'refused') and approved_at is null)",
        },
        "accounts_operator": {
            "insert": "with check (party_code = (select p.code from providers_provider p))",
        },
        "accounts_apitoken": {
            "insert": "with check (revoked_at is null)",
            "update": "using (revoked_at is null) with check (true)",
        },
        "correspondence_parcel": {"insert": "with check (direction = 'to_branch')"},
        "correspondence_parcelarchiving": {
            "insert": "with check (not by_branch and taken_back_at is null)",
            "update": "using (not by_branch and taken_back_at is null) with check (true)",
        },
        "correspondence_ticketpost": {"insert": "with check (not from_branch)"},
    },
    AS_APPLICANT: {
        "registration_paper": {"insert": f"with check ({_OF_THIS_ISSUE})"},
    },
    DOOR: {"registration_registration": {"insert": "with check (state = 'draft')"}},
}
"""Of the rows that a role sees, those that it may add and change, and what may become of them: what only the branch
decides is refused by the database too. A rule stands beside the policy by which the role sees the row. What a row was
before, which no rule can ask, is asked by triggers of the models (`requests.models`, `registration.models`)."""


_ALL = "select, insert, update, delete"
_WITHOUT_SECRETS = ("select (id, user_id, type, created_at, last_used_at)", "delete")
OPEN: dict[str, dict[str, tuple[str, ...]]] = {
    # Who is logged in is settled before and after a tenant's context: inside of it nobody's session can be read.
    "accounts_session": {DOOR: (_ALL,)},
    # Counts of failed log-ins, codes that were used: asked for where somebody logs in.
    "accounts_throttle": {DOOR: (_ALL,)},
    # Counts of calls: asked for where a program shows its token.
    "accounts_callcount": {DOOR: (_ALL,)},
    "house_cache": {DOOR: (_ALL,)},
    # Always empty: allauth looks for an address when a password is typed once more.
    "account_emailaddress": {DOOR: ("select",)},
    # Read by the commands that compare migrations with the database.
    "django_migrations": {DOOR: ("select",)},
    # A job is put into the queue in the transaction that needs it (promise 1); what is in the queue only workers see.
    "procrastinate_jobs": {
        DOOR: (_ALL,),
        AS_PROVIDER: ("insert", "select (id)"),
        AS_PAYER: ("insert", "select (id)"),
    },
    "procrastinate_events": {DOOR: (_ALL,), AS_PROVIDER: ("insert",), AS_PAYER: ("insert",)},
    "procrastinate_periodic_defers": {DOOR: (_ALL,)},
    "procrastinate_workers": {DOOR: (_ALL,)},
    # Who and from where, of every change: written by the history's own function. A provider finds as much as
    # concerns it in its book of acts, under the same key.
    "pghistory_context": {AS_PAYER: ("select",)},
    # Second factors: whoever manages operators sees what kinds they have and takes them away; never a secret.
    "mfa_authenticator": {
        DOOR: (_ALL,),
        AS_PROVIDER: _WITHOUT_SECRETS,
        AS_PAYER: _WITHOUT_SECRETS,
    },
}
"""Tables of no tenant that stay open: to whom, for what, and why. Most belong to libraries."""

CLOSED = {
    "account_emailconfirmation",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
}
"""Tables of libraries that the portal does not use: no role but the owner may touch them."""

OF_OPERATORS = {"mfa_authenticator": "user_id"}
"""Tables whose rows belong to an operator, named by that column: seen by whom the operator's account is seen."""
