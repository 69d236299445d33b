"""In which version of R_UMX templates are sent: the Fund keeps four side by side (nfz.gov.pl notice 8027)."""

from __future__ import annotations

from rozlicz.kernel.texts import Text
from rozlicz.messages.templates import CalculatedBy, PlanKind, TemplateSet

VERSIONS = ("2.5", "2.6", "2.7", "2.8")
"""All that are written and read."""

REPAYMENT_VERSION = "2.7"
"""The version of repayment plans; nothing else in a message tells that it is of one."""

DMP_CONTRACT_TYPE = "18/1"
"""The type of contracts for POZ PLUS, from 1 November 2018 (nfz.gov.pl notice 7227)."""

_PLANS = {
    PlanKind.REPAYMENT: (REPAYMENT_VERSION, Text(pl="plan spłaty", en="a repayment plan")),
    PlanKind.MEDICAL_FUND: ("2.8", Text(pl="Fundusz Medyczny", en="the Medical Fund")),
}
_DMP = Text(pl="POZ PLUS", en="POZ PLUS")
_HOSPITAL_NETWORK = Text(
    pl="ryczałt systemu zabezpieczenia szpitalnego", en="the lump sum of the hospital network"
)
_OTHERS = Text(
    pl="wyroby medyczne, POZ, świadczenia i inne ryczałty",
    en="medical devices, primary care, services and other lump sums",
)


def version_of(message: TemplateSet) -> str:
    """The version for what a message holds.

    2.8 for the Medical Fund, 2.7 for repayment plans, 2.6 for POZ PLUS and the lump sum of the hospital network, 2.5
    for everything else. That other lump sums belong to everything else is our inference: no notice names them.
    """
    return _version_and_contents(message)[0]


def contents_of(message: TemplateSet) -> Text:
    """What decides its version, in words."""
    return _version_and_contents(message)[1]


def _version_and_contents(message: TemplateSet) -> tuple[str, Text]:
    if message.plan in _PLANS:
        return _PLANS[message.plan]
    if message.calculated_by is CalculatedBy.HOSPITAL_NETWORK_LUMP_SUM:
        return "2.6", _HOSPITAL_NETWORK
    if message.calculated_by is CalculatedBy.DMP_PRIMARY_CARE or message.contract_type == DMP_CONTRACT_TYPE:
        return "2.6", _DMP
    return "2.5", _OTHERS
