"""Messages of spa treatment come back as they were written, and fit their schemas."""

import io

from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.messages.gielda import read_gielda, write_gielda
from rozlicz.messages.p_spa import read_p_spa, write_p_spa
from rozlicz.messages.root import recognise
from rozlicz.messages.turnus import read_turnus, write_turnus
from rozlicz.messages.zawuzd import read_zawuzd, write_zawuzd
from tests.messages import strategies as some
from tests.messages import strategies_spa as spa
from tests.messages.schemas import assert_fits

ROUNDS = settings(max_examples=40, deadline=None)


@ROUNDS
@given(spa.STAY_REPORTS, some.headers("TURNUS"), st.booleans())
def test_a_stay_report_comes_back(report, header, zipped) -> None:
    target = io.BytesIO()
    write_turnus(report, header=header, target=target, zipped=zipped)
    assert read_turnus(target) == (header, report)
    assert recognise(target) == "TURNUS"
    if not zipped:
        assert_fits(target.getvalue(), "turnus")


@ROUNDS
@given(spa.NOTICES, some.headers("ZAWUZD"), st.booleans())
def test_notices_come_back(notices, header, zipped) -> None:
    target = io.BytesIO()
    write_zawuzd(notices, header=header, target=target, zipped=zipped)
    assert read_zawuzd(target) == (header, notices)
    assert recognise(target) == "ZAWUZD"
    if not zipped:
        assert_fits(target.getvalue(), "zawuzd")


@ROUNDS
@given(spa.OFFERS, some.headers("GIELDA"), st.booleans())
def test_offers_of_places_come_back(offers, header, zipped) -> None:
    target = io.BytesIO()
    write_gielda(offers, header=header, target=target, zipped=zipped)
    assert read_gielda(target) == (header, offers)
    assert recognise(target) == "GIELDA"
    if not zipped:
        assert_fits(target.getvalue(), "gielda")


@ROUNDS
@given(st.data(), spa.REPLIES, st.booleans())
def test_a_reply_to_each_comes_back(data, reply, zipped) -> None:
    header = data.draw(some.headers(reply.to.value))
    target = io.BytesIO()
    write_p_spa(reply, header=header, target=target, zipped=zipped)
    assert read_p_spa(target) == (header, reply)
    assert recognise(target) == reply.to.value
    if not zipped:
        assert_fits(target.getvalue(), "p_spa")
