"""Why no VAT is charged: the three bases of art. 43(1) of the VAT act, one of which every bill states (R14)."""

from __future__ import annotations

from collections.abc import Iterator

from rozlicz.documents.refusals import Reason, Refusal, Severity, reason
from rozlicz.kernel.legal import Basis
from rozlicz.kernel.texts import Text
from rozlicz.messages.bills import BillKind, VatExemption
from rozlicz.messages.contracts import LegalForm

_POINTS = Basis(
    Text(
        pl="art. 43 ust. 1 pkt 18–20 ustawy z 11.03.2004 o podatku od towarów i usług",
        en="art. 43(1)(18)–(20) of the VAT act of 11 March 2004",
    )
)

EXEMPTION_TEXTS: dict[VatExemption, Text] = {
    VatExemption.MEDICAL_CARE_BY_ENTITY: Text(
        pl=(
            "Zwolnienie z VAT: art. 43 ust. 1 pkt 18 ustawy o VAT – usługi w zakresie opieki medycznej służące "
            "profilaktyce, zachowaniu, ratowaniu, przywracaniu i poprawie zdrowia oraz dostawa towarów i usługi "
            "ściśle z nimi związane, wykonywane w ramach działalności leczniczej przez podmioty lecznicze"
        ),
        en=(
            "Exempt from VAT: art. 43(1)(18) of the VAT act – medical care for prevention, preservation, saving, "
            "restoring and improving health, and closely connected goods and services, by treatment entities"
        ),
    ),
    VatExemption.MEDICAL_CARE_BY_PROFESSIONAL: Text(
        pl=(
            "Zwolnienie z VAT: art. 43 ust. 1 pkt 19 ustawy o VAT – usługi w zakresie opieki medycznej służące "
            "profilaktyce, zachowaniu, ratowaniu, przywracaniu i poprawie zdrowia, świadczone przez lekarzy "
            "i lekarzy dentystów, pielęgniarki i położne, inne zawody medyczne, psychologów"
        ),
        en=(
            "Exempt from VAT: art. 43(1)(19) of the VAT act – medical care for prevention, preservation, saving, "
            "restoring and improving health by doctors, dentists, nurses, midwives, other medical professions, "
            "psychologists"
        ),
    ),
    VatExemption.SANITARY_TRANSPORT: Text(
        pl="Zwolnienie z VAT: art. 43 ust. 1 pkt 20 ustawy o VAT – transport sanitarny",
        en="Exempt from VAT: art. 43(1)(20) of the VAT act – sanitary transport",
    ),
}
"""The sentence that a bill prints for each basis."""

EXEMPTION_NAMES: dict[VatExemption, Text] = {
    VatExemption.MEDICAL_CARE_BY_ENTITY: Text(
        pl="pkt 18: opieka medyczna podmiotu leczniczego", en="(18): medical care by a treatment entity"
    ),
    VatExemption.MEDICAL_CARE_BY_PROFESSIONAL: Text(
        pl="pkt 19: opieka medyczna zawodu medycznego", en="(19): medical care by a medical profession"
    ),
    VatExemption.SANITARY_TRANSPORT: Text(pl="pkt 20: transport sanitarny", en="(20): sanitary transport"),
}
"""A short name of each basis, for lists and sentences."""

VAT_BASIS_MISSING = reason(
    "B-411",
    Text(pl="podstawa zwolnienia z VAT", en="basis of VAT exemption"),
    Text(
        pl="Rachunek nie podaje podstawy zwolnienia z podatku VAT.",
        en="The bill does not state its basis of exemption from VAT.",
    ),
    basis=_POINTS,
    remedy=Text(
        pl="Proszę wybrać podstawę: {expected}.",
        en="Choose the basis: {expected}.",
    ),
)

VAT_BASIS_UNUSUAL = reason(
    "B-412",
    Text(pl="podstawa zwolnienia z VAT", en="basis of VAT exemption"),
    Text(
        pl="Rachunek powołuje {found}; dla tego wystawcy zwykle jest to {expected}.",
        en="The bill states {found}; for this issuer it is usually {expected}.",
    ),
    basis=_POINTS,
    remedy=Text(
        pl="Proszę sprawdzić podstawę zwolnienia. Jeżeli jest właściwa, nic nie trzeba robić.",
        en="Check the basis of exemption. If it is right, nothing needs to be done.",
    ),
    severity=Severity.WARNING,
)

REASONS: tuple[Reason, ...] = (VAT_BASIS_MISSING, VAT_BASIS_UNUSUAL)


_ENTITY = (VatExemption.MEDICAL_CARE_BY_ENTITY, VatExemption.SANITARY_TRANSPORT)
_PROFESSION = (VatExemption.MEDICAL_CARE_BY_PROFESSIONAL,)
_USUAL: dict[LegalForm, tuple[VatExemption, ...]] = {
    LegalForm.PUBLIC_UNIT: _ENTITY,
    LegalForm.NON_PUBLIC_UNIT: _ENTITY,
    LegalForm.INDIVIDUAL_PRACTICE: _PROFESSION,
    LegalForm.GROUP_PRACTICE: _PROFESSION,
}
"""Bases that nobody needs to ask about for a legal form, the likeliest first."""


def usual_exemption(legal_form: LegalForm) -> VatExemption:
    """The basis a form offers first: point 18 for treatment entities, point 19 for practices."""
    return _USUAL[legal_form][0]


def vat_refusals(
    exemption: VatExemption | None, *, legal_form: LegalForm, kind: BillKind = BillKind.ACCOUNT
) -> Iterator[Refusal]:
    """A missing basis refuses the bill; a basis unusual for the issuer's legal form is only pointed out.

    A debit note is no document of VAT: it may state a basis, and need not.
    """
    usual = _USUAL[legal_form]
    expected = EXEMPTION_NAMES[usual[0]]
    if exemption is None and kind is BillKind.NOTE:
        return
    if exemption is None:
        yield VAT_BASIS_MISSING.because(field="vat_exemption", expected=expected)
    elif exemption not in usual:
        yield VAT_BASIS_UNUSUAL.because(
            field="vat_exemption", found=EXEMPTION_NAMES[exemption], expected=expected
        )
