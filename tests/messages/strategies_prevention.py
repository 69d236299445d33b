"""Any preventive examination and any bill of such, for round trips."""

from dataclasses import replace

from hypothesis import strategies as st

from rozlicz.messages.bills import BillKind
from rozlicz.messages.prevention import (
    Approval,
    BilledExamination,
    CardAnswer,
    ExaminationPerformer,
    ExaminationState,
    PerformerIdType,
    PreventionBill,
    PreventiveExamination,
    Stage,
)
from tests.messages.strategies import (
    DAYS,
    FINDINGS,
    MOMENTS,
    PRODUCT_CODES,
    SCOPE_CODES,
    TEXTS,
    short,
)
from tests.messages.strategies_bills import BILLS
from tests.messages.strategies_persons import ENTITLEMENT_DOCUMENTS, PERSONS

VERSIONS = st.integers(1, 999_999_999)
APPROVALS = st.builds(Approval, approved_at=MOMENTS, approved_by=TEXTS, place=TEXTS)


@st.composite
def examinations(draw, *, judged: bool) -> PreventiveExamination:
    """An examination in any state, with its approval when it is approved, and findings when the payer judged it."""
    state = draw(st.sampled_from(ExaminationState))
    built = st.builds(
        PreventiveExamination,
        id=st.text("0123456789/", max_size=20),
        version=VERSIONS,
        contract=st.text("0123456789/ABC", max_size=24),
        scope=SCOPE_CODES,
        distinguisher=st.integers(0, 9999),
        programme=st.text("ABC019", min_size=1, max_size=8),
        patient=PERSONS,
        performed_on=DAYS,
        performer=st.builds(
            ExaminationPerformer,
            id_type=st.sampled_from(PerformerIdType),
            id=st.text("0123456789", max_size=24),
        ),
        cell=TEXTS,
        state=st.just(state),
        product=st.just("") | PRODUCT_CODES,
        stage=st.none() | st.sampled_from(Stage),
        entitlement=st.none() | ENTITLEMENT_DOCUMENTS,
        result_on=st.none() | DAYS,
        result=TEXTS,
        second_visit_on=st.none() | DAYS,
        follows=TEXTS,
        approval=APPROVALS if state is ExaminationState.APPROVED else st.none(),
        answers=short(st.builds(CardAnswer, question=TEXTS, answer=TEXTS), 2),
        number=TEXTS,
        findings=short(FINDINGS, 2) if judged else st.just(()),
    )
    return draw(built)


PREVENTION_BILLS = st.builds(
    PreventionBill,
    bill=BILLS.filter(lambda bill: bill.kind is not BillKind.NOTE).map(
        lambda bill: replace(bill, attachments=())
    ),
    examinations=short(
        st.builds(
            BilledExamination,
            line=st.integers(1, 9999),
            id=st.text("0123456789/", max_size=20),
            version=VERSIONS,
            number=TEXTS,
        )
    ),
)
