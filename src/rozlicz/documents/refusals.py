"""Reasons for which a bill is refused, or accepted with a warning: codes `B-…`, and `K-…` on the way to KSeF."""

from rozlicz.kernel.refusals import Reason, Refusal, Severity, is_refused, reason

__all__ = ["Reason", "Refusal", "Severity", "is_refused", "reason"]
