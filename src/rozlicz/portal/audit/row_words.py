"""Words for what the row history keeps: kinds of rows and their fields.

What has no words yet is shown by its own name; nothing is left out for want of a word.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from rozlicz.portal.accounts.rights import Right

KINDS: dict[str, Promise] = {
    "accounts.apitoken": pgettext_lazy("row", "Access token"),
    "accounts.operator": pgettext_lazy("row", "Operator"),
    "accounts.securitypolicy": pgettext_lazy("row", "Rules of access"),
    "accounts.subordination": pgettext_lazy("row", "Subordination"),
    "bills.bill": pgettext_lazy("row", "Bill"),
    "contracts.contract": pgettext_lazy("row", "Contract"),
    "contracts.contractfile": pgettext_lazy("row", "Contract file"),
    "correspondence.announcement": pgettext_lazy("row", "Announcement"),
    "correspondence.survey": pgettext_lazy("row", "Survey"),
    "correspondence.surveyquestion": pgettext_lazy("row", "Question of a survey"),
    "correspondence.surveyreply": pgettext_lazy("row", "Reply to a survey"),
    "payments.payment": pgettext_lazy("row", "Payment"),
    "payments.paymentrun": pgettext_lazy("row", "Payment run"),
    "periods.unlock": pgettext_lazy("row", "Unlocking of a period"),
    "providers.bankaccount": pgettext_lazy("row", "Bank account"),
    "providers.installation": pgettext_lazy("row", "Installation"),
    "providers.place": pgettext_lazy("row", "Place"),
    "providers.provider": pgettext_lazy("row", "Party"),
    "registration.registration": pgettext_lazy("row", "Registration"),
    "reports.report": pgettext_lazy("row", "Report"),
    "requests.attachment": pgettext_lazy("row", "Attachment of a request"),
    "requests.request": pgettext_lazy("row", "Request"),
    "settlements.settlementrequest": pgettext_lazy("row", "Request for settlement"),
    "settlements.template": pgettext_lazy("row", "Bill template"),
}
"""Label of a tracked model → what one of its rows is."""

FIELDS: dict[str, Promise] = {
    "account_number": pgettext_lazy("field", "account number"),
    "added_at": pgettext_lazy("field", "added"),
    "amount": pgettext_lazy("field", "amount"),
    "annex": pgettext_lazy("field", "annex"),
    "approved_at": pgettext_lazy("field", "approved"),
    "approved_by": pgettext_lazy("field", "approved by"),
    "bill": pgettext_lazy("field", "bill"),
    "blocked_by_branch": pgettext_lazy("field", "blocked by the branch"),
    "blocked_reason": pgettext_lazy("field", "reason of blocking"),
    "calculated_at": pgettext_lazy("field", "calculated"),
    "closed_at": pgettext_lazy("field", "closed"),
    "closed_reason": pgettext_lazy("field", "reason of closing"),
    "code": pgettext_lazy("field", "code"),
    "company_name": pgettext_lazy("field", "company name"),
    "contract": pgettext_lazy("field", "contract"),
    "current_run": pgettext_lazy("field", "verification that counts"),
    "day": pgettext_lazy("field", "day"),
    "decided_at": pgettext_lazy("field", "decided"),
    "decided_by": pgettext_lazy("field", "decided by"),
    "delivered_on": pgettext_lazy("field", "delivered on"),
    "due_on": pgettext_lazy("field", "last day of payment"),
    "email": pgettext_lazy("field", "e-mail"),
    "ended_at": pgettext_lazy("field", "ended"),
    "file": pgettext_lazy("field", "stored file"),
    "file_name": pgettext_lazy("field", "file name"),
    "full_name": pgettext_lazy("field", "first name and surname"),
    "generation": pgettext_lazy("field", "number of the message"),
    "installation": pgettext_lazy("field", "installation"),
    "is_active": pgettext_lazy("field", "active"),
    "is_program": pgettext_lazy("field", "account of a program"),
    "issued_at": pgettext_lazy("field", "issued"),
    "issued_on": pgettext_lazy("field", "issued on"),
    "kind": pgettext_lazy("field", "kind"),
    "kind_name": pgettext_lazy("field", "kind of services"),
    "krs_number": pgettext_lazy("field", "KRS number"),
    "last_generation": pgettext_lazy("field", "number of the last message"),
    "legal_form": pgettext_lazy("field", "legal form"),
    "login": pgettext_lazy("field", "log-in"),
    "long_id": pgettext_lazy("field", "long identifier"),
    "marked_at": pgettext_lazy("field", "marked"),
    "marked_by": pgettext_lazy("field", "marked by"),
    "month": pgettext_lazy("field", "month"),
    "name": pgettext_lazy("field", "name"),
    "nip": pgettext_lazy("field", "NIP"),
    "number": pgettext_lazy("field", "number"),
    "operator": pgettext_lazy("field", "operator"),
    "party_code": pgettext_lazy("field", "party code"),
    "password_set_at": pgettext_lazy("field", "password set"),
    "phone": pgettext_lazy("field", "phone"),
    "postal_code": pgettext_lazy("field", "postal code"),
    "printed_code": pgettext_lazy("field", "printed code"),
    "provider": pgettext_lazy("field", "provider"),
    "published_at": pgettext_lazy("field", "published"),
    "reason": pgettext_lazy("field", "reason"),
    "receipt_number": pgettext_lazy("field", "receipt number"),
    "received_at": pgettext_lazy("field", "received"),
    "received_by": pgettext_lazy("field", "received from"),
    "refusals": pgettext_lazy("field", "reasons of refusal"),
    "regon": pgettext_lazy("field", "REGON"),
    "requested_at": pgettext_lazy("field", "requested"),
    "requested_by": pgettext_lazy("field", "requested by"),
    "roles": pgettext_lazy("field", "roles"),
    "run": pgettext_lazy("field", "payment run"),
    "sha256": pgettext_lazy("field", "SHA-256 of the file"),
    "short_id": pgettext_lazy("field", "short identifier"),
    "since": pgettext_lazy("field", "since"),
    "size": pgettext_lazy("field", "size in bytes"),
    "state": pgettext_lazy("field", "state"),
    "street": pgettext_lazy("field", "street"),
    "template": pgettext_lazy("field", "template"),
    "temporary_until": pgettext_lazy("field", "temporary password valid until"),
    "text": pgettext_lazy("field", "text"),
    "title": pgettext_lazy("field", "title"),
    "town": pgettext_lazy("field", "town"),
    "until": pgettext_lazy("field", "until"),
    "user_name": pgettext_lazy("field", "user name"),
    "valid_from": pgettext_lazy("field", "valid from"),
    "valid_to": pgettext_lazy("field", "valid to"),
    "warnings": pgettext_lazy("field", "warnings"),
}
"""Name of a field → its words; the same name means the same in every kind."""

IN_GROSZE = frozenset({"amount"})
"""Fields that hold grosze."""

MONTHS = frozenset({"month", "first_month", "last_month"})
"""Fields that hold a month as a number: 202610."""

PAGES: dict[str, tuple[str, str, Right]] = {
    "bills.bill": ("bill", "pgh_obj_id", Right.SEE_BILLS),
    "contracts.contract": ("contract", "pgh_obj_id", Right.SEE_CONTRACTS),
    "contracts.contractfile": ("contract", "contract_id", Right.SEE_CONTRACTS),
    "reports.report": ("report", "pgh_obj_id", Right.SEE_REPORTS),
    "settlements.settlementrequest": ("settlement_request", "pgh_obj_id", Right.SEE_SETTLEMENTS),
    "settlements.template": ("template", "number", Right.SEE_SETTLEMENTS),
}
"""Kinds whose rows have a page: its name, what stands in its address, and the right to open it."""
