"""Who the patient is: identifiers that can be right, data that fit them, ages that the contract allows."""

from __future__ import annotations

import pytest

from rozlicz.kernel.identifiers import pesel_check_digit
from rozlicz.verification.findings import sentence
from tests.verification.cases import Case, assert_holds, case, right, wrong
from tests.verification.reports import PESEL, check, foreigner, parameters, report, visit
from tests.world import SPECIALIST_VISIT

REFERRED = {"product": SPECIALIST_VISIT, "referral_issuer": "2999999", "referral_date": "2026-09-30"}


def born(first_six: str) -> str:
    """A PESEL of a man with these first six digits."""
    return first_six + "0123" + pesel_check_digit(first_six + "0123")


CASES = [
    case(
        "59903001",
        "kinds of identifier",
        wrong(visit(patient_id_type="X")),
        wrong(visit(patient_id_type=None)),
        wrong(visit(patient_id_type="p")),
        right(visit(patient_id_type="P")),
    ),
    case(
        "59903002",
        "eleven digits",
        wrong(visit(patient_id=PESEL[:10])),
        wrong(visit(patient_id=PESEL + "1")),
        wrong(visit(patient_id="4405149977O")),  # a letter O at the end
        wrong(visit(patient_id=" " + PESEL)),
        wrong(visit(patient_id="٤٤٠٥١٤٠١٣٥٩")),  # digits, but of another alphabet
        wrong(visit(patient_id=None)),
        right(visit(patient_id=PESEL)),
    ),
    case(
        "59903003",
        "check digit",
        wrong(visit(patient_id="44051499773")),
        wrong(visit(patient_id="44051401539")),  # 3 and 5 changed places
        right(visit(patient_id="44051499774")),
    ),
    case(
        "59903004",
        "month 13 and 30 February",
        wrong(visit(patient_id=born("441301"))),
        wrong(visit(patient_id=born("440230"))),
        wrong(visit(patient_id="00000000000")),
        right(visit(patient_id=born("440229"))),  # 1944 was a leap year
        right(visit(patient_id=born("240229"))),  # 1924 too
        wrong(visit(patient_id=born("010229"))),  # 1901 was not
        right(visit(patient_id=born("252112"))),  # month 21: January 2025
    ),
    case(
        "59903005",
        "identifiers without PESEL",
        wrong(foreigner(patient_id="")),
        wrong(foreigner(patient_id=" C01X00T47")),
        wrong(foreigner(patient_id="A" * 31)),
        right(foreigner(patient_id="C01X00T47")),
        right(foreigner(patient_id="1")),
    ),
    case(
        "59903005",
        "persons without any identifier",
        wrong(visit(patient_id_type="NN", patient_id="00001-2026-NW", patient_sex="M")),
        wrong(visit(patient_id_type="NN", patient_id="1-2026-NN", patient_sex="M")),
        right(visit(patient_id_type="NN", patient_id="00001-2026-NN", patient_sex="M")),
    ),
    case(
        "59903006",
        "sex",
        wrong(foreigner(patient_sex=None)),
        wrong(foreigner(patient_sex="F")),
        wrong(visit(patient_sex="X")),  # not demanded beside a PESEL, but wrong
        right(visit(patient_sex=None)),
        right(foreigner(patient_sex="K")),
    ),
    case(
        "59903007",
        "date of birth",
        wrong(foreigner(patient_birth_date=None)),
        wrong(foreigner(patient_birth_date="28.02.1990")),
        wrong(foreigner(patient_birth_date="1990-02-30")),
        wrong(visit(patient_birth_date="1944")),
        right(visit(patient_birth_date=None)),
        right(visit(patient_id_type="NN", patient_id="00001-2026-NN", patient_sex="M")),
    ),
    case(
        "59903008",
        "born after the service",
        wrong(visit(patient_id=born("263006"))),  # month 30: October 2026, born on the 6th
        right(visit(patient_id=born("263005"))),  # born on the day of the service
        wrong(foreigner(patient_birth_date="2026-10-06")),
    ),
    case(
        "59903009",
        "data beside PESEL",
        wrong(visit(patient_sex="K")),
        wrong(visit(patient_birth_date="1944-05-15")),
        right(visit(patient_sex="M", patient_birth_date="1944-05-14")),
    ),
    case(
        "59903010",
        "name without PESEL",
        wrong(foreigner(patient_surname=None)),
        wrong(foreigner(patient_first_name="")),
        right(visit(patient_surname=None, patient_first_name=None)),
        right(
            visit(
                patient_id_type="NW",
                patient_id="00001-2026-NW",
                patient_sex="K",
                patient_birth_date="2026-09-01",
            )
        ),
    ),
    case(
        "50317031",
        "a product for adults, by PESEL: 18 years on the day of the birthday",
        wrong(visit(patient_id=born("083006"), **REFERRED)),  # month 30: October 2008
        right(visit(patient_id=born("083005"), **REFERRED)),
        right(visit(patient_id=born("083006"))),  # the other product has no limit
    ),
    case(
        "50317031",
        "by date of birth",
        wrong(foreigner(patient_birth_date="2008-10-06", **REFERRED)),
        right(foreigner(patient_birth_date="2008-10-05", **REFERRED)),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rules_about_the_patient(case: Case) -> None:
    assert_holds(case)


def test_who_was_born_on_29_february_is_of_age_on_the_28th_of_a_common_year() -> None:
    def on(day: str) -> dict[str, object]:
        return visit(patient_id=born("082229"), date_from=day, date_to=day, month="2026-02", **REFERRED)

    checked = check(
        report(
            on("2026-02-27") | {"referral_date": "2026-01-30"},
            on("2026-02-28") | {"referral_date": "2026-01-30"},
        )
    )
    assert checked.findings["row"].to_list() == [1]


def test_pesel_and_document_numbers_are_shown_only_masked() -> None:
    checked = check(report(visit(patient_id="44051499773"), visit(patient_id="440514")))
    assert parameters(checked, "59903003") == [{"masked": "•••••••9773"}]
    assert parameters(checked, "59903002") == [{"masked": "•••••••", "length": "6"}]
    texts = " ".join(checked.findings["parameters"].to_list())
    assert "4405149977" not in texts


def test_names_never_stand_in_a_finding() -> None:
    row = foreigner(
        patient_surname="Kowalski", patient_first_name="Jan", patient_sex="?", patient_birth_date="?"
    )
    row |= {"date_from": "?", "staff_id": "?", "entitlement_country": "?", "patient_id": "44051499774?"}
    texts = " ".join(check(report(row)).findings["parameters"].to_list())
    assert "Kowalski" not in texts
    assert "Jan" not in texts
    assert "44051499774" not in texts


def test_the_sentence_names_age_and_limit() -> None:
    checked = check(report(visit(patient_id=born("083006"), **REFERRED)))
    (values,) = parameters(checked, "50317031")
    assert "17" in sentence("50317031", values).pl
    assert "18–∞" in sentence("50317031", values).en
