"""States whose insured are treated under the coordination of social security (R57, R58, R60).

Dates from which a state takes part: EU-15 and the ten of 2004 from May 2004, BG and RO from January 2007, HR from
July 2013 and CH with the new members from April 2006 (both remembered), the other EFTA states and GB throughout.
EL stands for GR and UK for GB in some documents.
"""

from __future__ import annotations

from rozlicz.kernel.months import Month

_ALIASES = {"EL": "GR", "UK": "GB"}
COORDINATION_DOCUMENTS = (
    "EKUZ",
    "CERT",
    "S1",
    "S2",
    "DA1",
    "E100",
    "E106",
    "E109",
    "E112",
    "E120",
    "E121",
    "E123",
)
"""Documents of persons insured in another state (R57): the European card, its substitute, and certificates."""

EFTA = frozenset({"IS", "LI", "NO", "CH"})

_SINCE_2004 = ("AT BE DE DK ES FI FR GB GR IE IT LU NL PT SE CY CZ EE HU LT LV MT SI SK IS LI NO").split()
_SINCE: dict[str, Month] = {
    **dict.fromkeys(_SINCE_2004, Month(2004, 5)),
    "CH": Month(2006, 4),
    "BG": Month(2007, 1),
    "RO": Month(2007, 1),
    "HR": Month(2013, 7),
}


def normal_country(code: str) -> str:
    """The two-letter code in the form this house keeps: EL → GR, UK → GB."""
    return _ALIASES.get(code, code)


def is_coordinated(code: str, month: Month) -> bool:
    """Whether persons insured in that state are settled under coordination in that reporting month."""
    since = _SINCE.get(normal_country(code))
    return since is not None and since <= month


def is_under_new_rules(code: str, month: Month) -> bool:
    """Whether regulation 883/2004 holds for persons insured in that state in that reporting month (R58).

    EU states and GB from May 2010, CH from April 2012, IS, LI and NO from June 2012; before it, 1408/71.
    """
    country = normal_country(code)
    if country == "CH":
        return month >= Month(2012, 4)
    return month >= (Month(2012, 6) if country in EFTA else Month(2010, 5))


def coordinated_countries(month: Month) -> frozenset[str]:
    """All two-letter codes under coordination in a month, the known aliases included."""
    codes = {code for code, since in _SINCE.items() if since <= month}
    return frozenset(codes | {alias for alias, code in _ALIASES.items() if code in codes})
