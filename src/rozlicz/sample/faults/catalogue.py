"""Every kind of mistake by its name, and what it is in words."""

from __future__ import annotations

from functools import cache

from rozlicz.kernel.texts import Text
from rozlicz.sample.catalogue import table_rows
from rozlicz.sample.faults.contents import CONTENT_FAULTS
from rozlicz.sample.faults.contracts import CONTRACT_FAULTS
from rozlicz.sample.faults.days import DAY_FAULTS
from rozlicz.sample.faults.entitlements import ENTITLEMENT_FAULTS
from rozlicz.sample.faults.fault import Fault
from rozlicz.sample.faults.multiplicities import MULTIPLICITY_FAULTS
from rozlicz.sample.faults.patients import PATIENT_FAULTS
from rozlicz.sample.faults.repetitions import REPETITION_FAULTS

FAULTS: dict[str, Fault] = {
    fault.kind: fault
    for fault in (
        *PATIENT_FAULTS,
        *DAY_FAULTS,
        *CONTRACT_FAULTS,
        *MULTIPLICITY_FAULTS,
        *ENTITLEMENT_FAULTS,
        *CONTENT_FAULTS,
        *REPETITION_FAULTS,
    )
}


@cache
def meanings() -> dict[str, Text]:
    """What is wrong with each kind, for people."""
    return {row["kind"]: Text(pl=row["pl"], en=row["en"]) for row in table_rows("mistakes")}
