"""The kinds of requests, one module each. A new kind is a module and a line here."""

from __future__ import annotations

from rozlicz.portal.requests.kind import Kind
from rozlicz.portal.requests.kinds.administrator import ADMINISTRATOR
from rozlicz.portal.requests.kinds.bank_account import BANK_ACCOUNT
from rozlicz.portal.requests.kinds.installation import INSTALLATION
from rozlicz.portal.requests.kinds.repayment import REPAYMENT
from rozlicz.portal.requests.kinds.shift import SHIFT
from rozlicz.portal.requests.kinds.simp import SIMP
from rozlicz.portal.requests.kinds.unlocking import UNLOCKING

KINDS: dict[str, Kind] = {
    kind.code: kind for kind in (BANK_ACCOUNT, INSTALLATION, UNLOCKING, SHIFT, REPAYMENT, SIMP, ADMINISTRATOR)
}
"""Every kind by its code, in the order of the pages."""
