"""Templates (R_UMX): the version follows what they are for, contradictions are refused, each kind of line adds up."""

import io
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.kernel.money import UNIT_SCALE
from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import SettledBy
from rozlicz.messages.r_umx import read_r_umx, read_template_set, write_r_umx, write_template_set
from rozlicz.messages.template_versions import VERSIONS, version_of
from rozlicz.messages.templates import (
    PROCESS_OF,
    CalculatedBy,
    Capitation,
    PlanKind,
    Template,
    TemplateLine,
    TemplateSet,
    capitation_line,
)
from rozlicz.messages.wire.envelope import MessageRefused
from tests.messages.documents import LINE, TEMPLATE, header
from tests.messages.schemas import assert_published
from tests.messages.strategies import headers
from tests.messages.strategies_contracts import capitations, template_sets

COUNTED_ON = date(2026, 10, 1)


def message_of(*templates: Template, **changes) -> TemplateSet:
    return TemplateSet.of([replace(template, **changes) for template in templates or (TEMPLATE,)])


def written(message: TemplateSet) -> str:
    target = io.BytesIO()
    write_template_set(message, header=header("R_UMX"), target=target)
    return target.getvalue().decode()


def read(text: str) -> TemplateSet:
    return read_template_set(io.BytesIO(text.encode()))[1]


def refusal_of(text: str) -> MessageRefused:
    with pytest.raises(MessageRefused) as raised:
        read(text)
    return raised.value


@pytest.mark.slow
@settings(max_examples=60)
@given(template_sets(), headers("R_UMX"), st.booleans())
def test_templates_come_back(message, header, zipped) -> None:
    target = io.BytesIO()
    write_template_set(message, header=header, target=target, zipped=zipped)
    expected = replace(header, version=version_of(message))
    assert read_template_set(target) == (expected, message)
    assert read_r_umx(target) == (expected, message.templates)
    assert_published(target, "R_UMX")


# ---- versions by purpose -------------------------------------------------------------------------------------------

DEVICES, SERVICES, DECLARATIONS, NETWORK, LUMP_SUM, DMP = CalculatedBy
FUND, REPAYMENT, BASIC = PlanKind.MEDICAL_FUND, PlanKind.REPAYMENT, PlanKind.BASIC
PURPOSES = [
    ("2.5", DEVICES, BASIC, ""),
    ("2.5", SERVICES, BASIC, ""),
    ("2.5", SERVICES, BASIC, "19/4"),
    ("2.5", DECLARATIONS, BASIC, ""),
    ("2.5", LUMP_SUM, BASIC, ""),
    ("2.6", DMP, BASIC, "18/1"),
    ("2.6", DMP, BASIC, ""),
    ("2.6", SERVICES, BASIC, "18/1"),
    ("2.6", NETWORK, BASIC, ""),
    ("2.7", SERVICES, REPAYMENT, ""),
    ("2.7", NETWORK, REPAYMENT, ""),
    ("2.8", SERVICES, FUND, ""),
    ("2.8", DECLARATIONS, FUND, ""),
    ("2.8", DMP, FUND, "18/1"),
]


@pytest.mark.parametrize(("version", "process", "plan", "contract_type"), PURPOSES)
def test_the_version_follows_the_purpose(version, process, plan, contract_type) -> None:
    message = message_of(calculated_by=process, plan=plan, contract_type=contract_type)
    text = written(message)
    assert f' wersja="{version}" ' in text
    found_header, found = read_template_set(io.BytesIO(text.encode()))
    assert (found_header.version, found) == (version, message)
    assert_published(text.encode(), "R_UMX")


@pytest.mark.parametrize(("version", "process", "plan", "contract_type"), PURPOSES)
def test_contents_of_another_version_are_refused(version, process, plan, contract_type) -> None:
    text = written(message_of(calculated_by=process, plan=plan, contract_type=contract_type))
    for other in {*VERSIONS, "2.4", "2.9"} - {version}:
        if version == "2.7" or (other == "2.7" and plan is BASIC):
            continue  # only its version tells a repayment plan from templates of the contract
        refusal = refusal_of(text.replace(f'wersja="{version}"', f'wersja="{other}"'))
        assert refusal.path == "/komunikat"
        if other in VERSIONS:
            assert refusal.code == "version-contents"
            assert version in refusal.text.pl
        else:
            assert refusal.code == "version"


FUND_ONLY = {
    "typ-planu": ("<umowa ", '<umowa typ-planu="F" ', "version-contents", "/komunikat", "Fundusz Medyczny"),
    "nr-planu": ("<umowa ", '<umowa nr-planu="1" ', "attribute-unknown", "/komunikat/umowa", "nr-planu"),
    "przeznacz-dod-srodk-fin": (
        "<poz-szablonu ",
        '<przeznacz-dod-srodk-fin kod="1"/><poz-szablonu ',
        "element-unknown",
        "/komunikat/umowa/szablon-rach/przeznacz-dod-srodk-fin",
        "przeznacz-dod-srodk-fin",
    ),
    "poz-umowy-ilosc": (
        "<poz-szablonu ",
        "<poz-umowy-ilosc ",
        "element-unknown",
        "/komunikat/umowa/szablon-rach/poz-umowy-ilosc",
        "poz-umowy-ilosc",
    ),
    "another plan": ("<umowa ", '<umowa typ-planu="G" ', "attribute-wrong", "/komunikat/umowa", "F"),
}


@pytest.mark.parametrize("case", FUND_ONLY)
def test_names_of_other_purposes_are_refused_in_2_5(case: str) -> None:
    before, after, code, path, named = FUND_ONLY[case]
    text = written(message_of()).replace(
        'wartosc="1000.00">', 'wartosc="0.00">' if "ilosc" in case else 'wartosc="1000.00">'
    )
    refusal = refusal_of(text.replace(before, after))
    assert (refusal.code, refusal.path) == (code, path)
    assert named in refusal.text.pl


def test_the_medical_fund_has_plan_purpose_and_document() -> None:
    message = message_of(plan=FUND, plan_number="FM/05", financing_document="FM/05/2026/7", purpose="FM-03")
    text = written(message)
    for written_so in ('typ-planu="F" nr-planu="FM/05"', 'nr-aneksu-ugodowego="FM/05/2026/7"', 'kod="FM-03"'):
        assert written_so in text
    assert read(text) == message


def test_only_the_medical_fund_has_a_plan_number_and_a_purpose() -> None:
    for more in ({"plan_number": "1"}, {"purpose": "1"}):
        with pytest.raises(ValueError, match="Medical Fund"):
            replace(TEMPLATE, **more)


def test_lines_of_poz_plus_have_the_name_of_the_fund() -> None:
    assert "<poz-umowy-ilosc " in written(message_of(calculated_by=DMP))
    assert "<poz-szablonu " in written(message_of())


def test_a_message_without_templates_keeps_what_it_is_about() -> None:
    target = io.BytesIO()
    write_r_umx((), header=header("R_UMX"), target=target, contract="05/1/AOS")
    assert read_r_umx(target) == (header("R_UMX"), ())
    assert read_template_set(target)[1] == TemplateSet(contract="05/1/AOS", branch="05", provider="050123")
    assert_published(target, "R_UMX")
    nothing = TemplateSet(contract="05/1", branch="05", provider="1", calculated_by=DMP, contract_type="18/1")
    assert read(written(nothing)) == nothing


def test_templates_of_two_plans_do_not_fit_one_message() -> None:
    with pytest.raises(ValueError, match="one plan"):
        TemplateSet.of([TEMPLATE, replace(TEMPLATE, number=2, plan=REPAYMENT)])


def test_every_way_of_settlement_that_uses_templates_has_its_process() -> None:
    assert set(SettledBy) - set(PROCESS_OF) == {SettledBy.SPA_SYSTEM, SettledBy.PREVENTION_SYSTEM}
    assert set(PROCESS_OF.values()) == set(CalculatedBy)


# ---- corrections ---------------------------------------------------------------------------------------------------


def test_a_correcting_template_has_signed_amounts() -> None:
    back = replace(LINE, units=-LINE.units, amount=-LINE.amount)
    message = message_of(replace(TEMPLATE, number=2, corrects=1, lines=(back,)))
    assert 'id-szablonu-kor="1"' in written(message)
    assert read(written(message)).templates[0].amount == -LINE.amount
    assert back.adds_up


def test_a_template_does_not_correct_itself() -> None:
    refusal = refusal_of(
        written(message_of()).replace('id-szablonu="1"', 'id-szablonu="1" id-szablonu-kor="01"')
    )
    assert (refusal.code, refusal.path) == ("attribute-wrong", "/komunikat/umowa/szablon-rach")
    assert "id-szablonu-kor" in refusal.text.pl


def test_a_template_that_could_not_be_read_again_is_not_made() -> None:
    with pytest.raises(ValueError, match="correct itself"):
        replace(TEMPLATE, corrects=TEMPLATE.number)
    with pytest.raises(ValueError, match="stands once"):
        TemplateSet.of([TEMPLATE, TEMPLATE])


def test_a_number_of_a_template_stands_once() -> None:
    text = written(message_of(TEMPLATE, replace(TEMPLATE, number=2)))
    refusal = refusal_of(text.replace('id-szablonu="2"', 'id-szablonu="1"'))
    assert (refusal.code, refusal.path) == ("record-repeated", "/komunikat/umowa/szablon-rach[2]")


# ---- lines ---------------------------------------------------------------------------------------------------------


def group(persons: int, coefficient: int, annual_rate: int, **more) -> Capitation:
    return Capitation(
        persons=persons, coefficient=coefficient, annual_rate=annual_rate, counted_on=COUNTED_ON, **more
    )


def of(capitation: Capitation) -> TemplateLine:
    return capitation_line(
        scope="01.0010.094.01", distinguisher=1, product="", name="40–65", capitation=capitation
    )


HEADS = [(120, 27_000), (260, 12_000), (600, 10_000), (800, 13_400), (300, 27_000), (150, 31_000)]


def test_a_capitation_line_is_rounded_once() -> None:
    """CA-1, R24."""
    line = of(group(7, 13_400, 10_000))
    assert (line.units, line.price, line.amount) == (UNIT_SCALE, 7817, 7817)
    assert line.adds_up


@pytest.mark.parametrize(
    ("rate", "total"),
    [pytest.param(9_600, 2_866_400, id="CAP-04 R24"), pytest.param(22_068, 6_589_137, id="CA-5 R24")],
)
def test_groups_of_a_list_add_up(rate: int, total: int) -> None:
    lines = [of(group(persons, coefficient, rate)) for persons, coefficient in HEADS]
    assert sum(line.amount for line in lines) == total
    assert all(line.adds_up for line in lines)


@pytest.mark.parametrize(
    ("rate", "monthly"),
    [(9_600, 800), (20_436, 1_703), (5_004, 417), (3_312, 276)],
    ids=["CAP-01 R24", *["CAP-08 R24"] * 3],
)
def test_a_month_is_a_twelfth(rate: int, monthly: int) -> None:
    assert group(1, UNIT_SCALE, rate).amount == monthly


def test_care_that_ended_inside_the_month_is_paid_in_part() -> None:
    assert group(7, 13_400, 10_000, days=10, of_days=22).amount == 3553  # 78.1666… × 10 ÷ 22 = 35.5303
    assert group(7, 13_400, 10_000, days=0, of_days=22).amount == 0
    with pytest.raises(ValueError, match="no part"):
        group(7, 13_400, 10_000, days=3)


@given(capitations())
def test_taking_a_line_back_leaves_nothing(capitation: Capitation) -> None:
    forth, back = of(capitation), of(replace(capitation, persons=-capitation.persons))
    assert forth.amount + back.amount == 0
    assert forth.adds_up
    assert back.adds_up


def test_a_provisional_count_is_corrected_to_the_grosz() -> None:
    """7 persons were billed, 5 counted: the old line goes back, the new one comes; −2 persons would be 22.33."""
    lines = (of(group(-7, 13_400, 10_000)), of(group(5, 13_400, 10_000)))
    message = message_of(replace(TEMPLATE, number=2, corrects=1, lines=lines), calculated_by=DECLARATIONS)
    assert read(written(message)) == message
    assert 7817 + message.templates[0].amount == group(5, 13_400, 10_000).amount == 5583


def test_a_capitation_line_that_says_another_count_does_not_add_up() -> None:
    line = of(group(7, 13_400, 10_000))
    assert not replace(line, capitation=group(8, 13_400, 10_000)).adds_up
    assert not replace(line, price=7818).adds_up
    assert not replace(line, price=7818, amount=7818).adds_up


def line(units: int, price: int, amount: int) -> TemplateLine:
    return replace(LINE, units=units * UNIT_SCALE, price=price, amount=amount)


@pytest.mark.parametrize(
    ("lines", "total"),
    [
        pytest.param([line(30, 50_000, 1_500_000)], 1_500_000, id="LUMP-01 duties"),
        pytest.param([line(Month(2024, 2).days, 50_000, 1_450_000)], 1_450_000, id="LUMP-02 R28 leap year"),
        pytest.param([line(Month(2023, 2).days, 50_000, 1_400_000)], 1_400_000, id="LUMP-02 R28 February"),
        pytest.param([line(Month(2023, 3).days, 50_000, 1_550_000)], 1_550_000, id="LUMP-02 R28 March"),
        pytest.param([line(1, 12_361_000, 12_361_000)], 12_361_000, id="LUMP-09 month"),
        pytest.param([line(10, 1420, 14_200), line(11, 1950, 21_450)], 35_650, id="SC-1 two seasons"),
        pytest.param([line(2, 6300, 12_600), line(1, 2730, 2730)], 15_330, id="DEV-01 DEV-02 supplies"),
    ],
)
def test_lines_of_other_ways_add_up(lines: list[TemplateLine], total: int) -> None:
    assert all(one.adds_up for one in lines)
    message = message_of(lines=tuple(lines))
    assert read(written(message)).templates[0].amount == total


CAPITATION = written(message_of(lines=(of(group(7, 13_400, 10_000, days=10, of_days=22)),)))


@pytest.mark.parametrize(
    ("before", "after", "code", "named"),
    [
        (' dni-okresu="22"', "", "attribute-missing", "dni-okresu"),
        (' dni="10"', "", "attribute-unknown", "dni-okresu"),
        (' dni-okresu="22"', ' dni-okresu="0"', "attribute-wrong", "dni-okresu"),
        (' liczba-osob="7"', ' liczba-osob="7.5"', "attribute-wrong", "liczba-osob"),
        (' stan-na-dzien="2026-10-01"', "", "attribute-missing", "stan-na-dzien"),
    ],
)
def test_a_fault_in_a_count_is_named(before: str, after: str, code: str, named: str) -> None:
    assert before in CAPITATION
    refusal = refusal_of(CAPITATION.replace(before, after))
    assert (refusal.code, refusal.path) == (code, "/komunikat/umowa/szablon-rach/poz-szablonu/kapitacja")
    assert named in refusal.text.pl


def test_a_line_without_a_product_comes_back() -> None:
    message = message_of(lines=(replace(LINE, product=""),), issued_at=datetime(2026, 11, 2, 9))
    assert "kod-produktu" not in written(message)
    assert read(written(message)) == message
