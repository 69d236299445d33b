"""The three replies to declarations come back as they were written, and say where they are wrong (R27)."""

import io
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import same
from rozlicz.messages.declaration_replies import (
    CertificateHolder,
    GroupCount,
    ListResult,
    ListsReply,
    Population,
    UnrecognisedDeclaration,
    UnrecognisedReason,
    WrongDeclaration,
)
from rozlicz.messages.declarations import Category
from rozlicz.messages.dekl.replies import (
    ConfirmationReader,
    PopulationReader,
    UnrecognisedReader,
    write_p_dekl,
    write_r_dekl,
    write_w_dekl,
)
from rozlicz.messages.header import new_header
from rozlicz.messages.persons import EntitlementDocument, Person, PersonIdType
from rozlicz.messages.replies import Receipt, ReplyFinding
from tests.messages import strategies_primary_care as some
from tests.messages.faults import assert_fault_is_named
from tests.messages.schemas import assert_published
from tests.messages.strategies import headers

ROUNDS = settings(max_examples=40)


@ROUNDS
@given(some.heads(st.none()), some.WRONG, headers("P_DEKL"), st.booleans())
def test_a_confirmation_comes_back(head, wrong, header, zipped) -> None:
    target = io.BytesIO()
    write_p_dekl(head, iter(wrong), header=header, target=target, zipped=zipped)
    with ConfirmationReader(target) as reply:
        assert (reply.header, reply.head) == (header, head)
        assert tuple(reply) == wrong
    assert_published(target, "P_DEKL")


@ROUNDS
@given(some.heads(some.DAYS), some.UNRECOGNISED, headers("W_DEKL"), st.booleans())
def test_unrecognised_declarations_come_back(head, unrecognised, header, zipped) -> None:
    target = io.BytesIO()
    write_w_dekl(head, iter(unrecognised), header=header, target=target, zipped=zipped)
    with UnrecognisedReader(target) as reply:
        assert (reply.header, reply.head) == (header, head)
        assert tuple(reply) == unrecognised
    assert_published(target, "W_DEKL")


@pytest.mark.slow
@ROUNDS
@given(some.heads(some.DAYS), some.POPULATIONS, some.HOLDERS, headers("R_DEKL"), st.booleans())
def test_numbers_come_back(head, population, holders, header, zipped) -> None:
    target = io.BytesIO()
    write_r_dekl(head, population, iter(holders), header=header, target=target, zipped=zipped)
    with PopulationReader(target) as reply:
        assert (reply.header, reply.head, reply.population) == (header, head, population)
        assert tuple(reply) == holders
    assert_published(target, "R_DEKL")


def test_a_list_with_an_error_is_not_taken() -> None:
    warning, error = (
        ReplyFinding(code="1", severity=severity, message=same("a"), basis=same("b"), remedy=same("c"))
        for severity in ("warning", "error")
    )
    taken = ListResult(category=Category.NURSE, version=1, accepted=1, rejected=0, findings=(warning,))
    assert taken.taken
    assert not ListResult(
        category=Category.NURSE, version=1, accepted=0, rejected=1, findings=(warning, error)
    ).taken


# ---- each refuses what it does not know ----------------------------------------------------------------------------

HEAD = ListsReply(
    receipt=Receipt(number="1", received_at=datetime(2026, 11, 6), sha256="0" * 64, report_generation=1),
    contract="05/1",
    month=Month(2026, 11),
    lists=(ListResult(category=Category.PHYSICIAN, version=1, accepted=1, rejected=1),),
    counted_on=date(2026, 11, 1),
)
FINDING = ReplyFinding(code="15", severity="error", message=same("a"), basis=same("b"), remedy=same("c"))
COUNT = GroupCount(
    category=Category.PHYSICIAN,
    scope="01.0010.094.01",
    distinguisher=1,
    group="5.01.00.0000105",
    name="osoby od 66 do 75 lat",
    coefficient=27_000,
    persons=4,
    certificate_holders=1,
)


def header(kind: str):
    at = datetime(2026, 11, 27, 6, 0)
    return new_header(kind=kind, receiver="059901", sender="05", generation=1, generated_at=at)


def p_dekl() -> str:
    target = io.BytesIO()
    wrong = WrongDeclaration(category=Category.PHYSICIAN, id="D1", line=6, findings=(FINDING,))
    write_p_dekl(HEAD, [wrong], header=header("P_DEKL"), target=target)
    return target.getvalue().decode()


def w_dekl() -> str:
    target = io.BytesIO()
    one = UnrecognisedDeclaration(
        category=Category.PHYSICIAN,
        id="D1",
        line=6,
        reason=UnrecognisedReason.DIED,
        since=date(2026, 10, 3),
        findings=(FINDING,),
    )
    write_w_dekl(HEAD, [one], header=header("W_DEKL"), target=target)
    return target.getvalue().decode()


def r_dekl() -> str:
    target = io.BytesIO()
    holder = CertificateHolder(
        category=Category.PHYSICIAN,
        scope="01.0010.094.01",
        distinguisher=1,
        group="5.01.00.0000105",
        declaration="D1",
        person=Person(id_type=PersonIdType.PESEL, id="58030201016"),
        document=EntitlementDocument(kind="S1", number="1", country="DE"),
    )
    population = Population(counts=(COUNT,), provisional_from=Month(2026, 10))
    write_r_dekl(HEAD, population, [holder], header=header("R_DEKL"), target=target)
    return target.getvalue().decode()


READERS = {p_dekl: ConfirmationReader, w_dekl: UnrecognisedReader, r_dekl: PopulationReader}
WRONG = "/komunikat/deklaracje-bledne/deklaracja-bledna"
LOST = "/komunikat/deklaracje-nierozpoznane/deklaracja-nierozpoznana"
LIST = "/komunikat/umowa/lista-dekl"
GROUP = "/komunikat/umowa/grupa"
HOLDER = "/komunikat/osoby-z-poswiadczeniem/osoba-z-poswiadczeniem"
CASES = [
    (p_dekl, 'kategoria="L" nr-wersji', 'kategoria="Z" nr-wersji', "attribute-wrong", LIST, "L, P"),
    (p_dekl, 'okres="2026-11"', 'okres="11.2026"', "attribute-wrong", "/komunikat/umowa", "11.2026"),
    (p_dekl, 'wiersz="6"', 'wiersz="6" nowe="1"', "attribute-unknown", WRONG, "nowe"),
    (p_dekl, 'waga="B"', 'waga="X"', "attribute-wrong", f"{WRONG}/wynik", "waga"),
    (w_dekl, 'przyczyna="Z"', "", "attribute-missing", LOST, "przyczyna"),
    (w_dekl, 'przyczyna="Z"', 'przyczyna="?"', "attribute-wrong", LOST, "N, Z, U"),
    (w_dekl, 'data-od="2026-10-03"', 'data-od="wczoraj"', "attribute-wrong", LOST, "wczoraj"),
    (r_dekl, 'wspolczynnik="2.7000"', 'wspolczynnik="2,7"', "attribute-wrong", GROUP, "2,7"),
    (r_dekl, 'liczba-osob="4"', "", "attribute-missing", GROUP, "liczba-osob"),
    (r_dekl, 'okres-liczby="2026-10"', 'okres-liczby="10"', "attribute-wrong", "/komunikat/umowa", "okres-liczby"),
    (r_dekl, 'typ-id="P"', 'typ-id="Q"', "attribute-wrong", f"{HOLDER}/pacjent", "typ-id"),
]  # fmt: skip


@pytest.mark.parametrize(("made", "before", "after", "code", "path", "named"), CASES)
def test_a_reply_with_a_fault_is_refused(
    made, before: str, after: str, *, code: str, path: str, named: str
) -> None:
    read = READERS[made]
    assert_fault_is_named(
        lambda source: list(read(source)), made(), before, after, code=code, path=path, named=named
    )


def test_a_population_adds_up() -> None:
    assert Population(counts=(COUNT, COUNT)).persons == 8
