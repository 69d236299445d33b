"""Any report of supply and any reply to it, for round trips."""

from datetime import date

from hypothesis import strategies as st

from rozlicz.kernel.money import text_from_grosze, text_from_units
from rozlicz.messages.persons import PersonIdType, Sex
from rozlicz.messages.supply import (
    AdditionalEntitlement,
    CoordinationRight,
    Device,
    HandedOver,
    MonthlySupply,
    OrderKind,
    Side,
    SuppliedPatient,
    Supply,
    SupplyOrder,
    SupplyPosition,
    SupplyResult,
    SupplySettlement,
)
from tests.messages.strategies import (
    DAYS,
    FINDINGS,
    MONTHS,
    NUMBERS,
    SCOPE_CODES,
    TEXTS,
    WORDS,
    short,
)
from tests.messages.strategies_reports import of_texts

NO_PLACE = {"row": st.just(0), "line": st.just(0)}
SUPPLIES = of_texts(
    Supply,
    patient=st.none() | of_texts(SuppliedPatient, right=st.none() | of_texts(CoordinationRight)),
    additional_entitlements=short(of_texts(AdditionalEntitlement), 2),
    order=st.none() | of_texts(SupplyOrder),
    device=st.none() | of_texts(Device),
    monthly=st.none() | of_texts(MonthlySupply),
    settlement=st.none() | of_texts(SupplySettlement),
)
POSITIONS = short(of_texts(SupplyPosition, supply=st.none() | SUPPLIES, **NO_PLACE), 4)

RESULTS = short(
    st.builds(
        SupplyResult,
        id=TEXTS,
        version=TEXTS,
        row=NUMBERS,
        line=NUMBERS,
        order=TEXTS,
        accepted=st.booleans(),
        findings=short(FINDINGS, 2),
    ),
    4,
)

# Reports whose every value has the form that the published schema asks for.
_DAY = DAYS.map(date.isoformat)
_MONTH = MONTHS.map(str)
_AMOUNT = st.integers(0, 10**9).map(text_from_grosze)
_CODE = st.text("ABCabc0123456789-/.", min_size=1, max_size=16)
_COUNTRY = st.text("ABCXYZ", min_size=2, max_size=2)
_DAYS = {"valid_from": st.none() | _DAY, "valid_to": st.none() | _DAY}
_RIGHT_PATIENTS = of_texts(
    SuppliedPatient,
    id_type=st.sampled_from([kind.value for kind in PersonIdType]),
    id=WORDS,
    country=st.none() | _COUNTRY,
    sex=st.none() | st.sampled_from([sex.value for sex in Sex]),
    birth_date=st.none() | _DAY,
    right=st.none() | of_texts(CoordinationRight, document=WORDS, number=WORDS, country=_COUNTRY, **_DAYS),
)
_RIGHT_ORDERS = of_texts(
    SupplyOrder,
    kind=st.sampled_from([kind.value for kind in OrderKind]),
    issued_on=st.none() | _DAY,
    issuer_type=st.sampled_from([None, "1", "11"]),
    issuer=st.none() | _CODE,
    confirmed_on=st.none() | _DAY,
)
_RIGHT_DEVICES = of_texts(
    Device,
    code=_CODE,
    side=st.none() | st.sampled_from([side.value for side in Side]),
    quantity=st.integers(1, 10**8).map(text_from_units),
)
_RIGHT_SETTLEMENTS = st.builds(
    SupplySettlement,
    contract=_CODE,
    month=_MONTH,
    scope=SCOPE_CODES,
    distinguisher=st.integers(0, 9999).map(str),
    share=st.sampled_from(["0", "70", "90.5", "100"]),
    **dict.fromkeys(("price", "value", "limit", "due", "own_share", "over_limit"), _AMOUNT),
)
_RIGHT_SUPPLIES = of_texts(
    Supply,
    service_code=st.text("0123456789.", min_size=1, max_size=5),
    accepted_on=_DAY,
    completed_on=st.none() | _DAY,
    handed_over=st.none() | st.sampled_from([way.value for way in HandedOver]),
    pesel=st.none() | st.text("0123456789", min_size=11, max_size=11),
    patient=st.none() | _RIGHT_PATIENTS,
    additional_entitlements=short(
        of_texts(AdditionalEntitlement, code=_CODE, issued_on=st.none() | _DAY, **_DAYS), 2
    ),
    order=_RIGHT_ORDERS,
    device=_RIGHT_DEVICES,
    monthly=st.none()
    | st.builds(MonthlySupply, part=st.integers(1, 12).map(str), first_month=_MONTH, last_month=_MONTH),
    settlement=_RIGHT_SETTLEMENTS,
)
_IDENTIFIED = {"id": _CODE, "version": st.integers(1, 999).map(str), **NO_PLACE}
RIGHT_POSITIONS = short(
    st.builds(SupplyPosition, type=st.just("N"), supply=_RIGHT_SUPPLIES, **_IDENTIFIED)
    | st.builds(SupplyPosition, type=st.just("U"), supply=st.none(), **_IDENTIFIED),
    4,
)
