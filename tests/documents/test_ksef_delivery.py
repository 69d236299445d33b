"""An invoice of KSeF is delivered on the day its number was given; from there the days of payment run."""

from datetime import date

from rozlicz.documents.payment_dates import Part, delivery_day, payment_due
from rozlicz.documents.ways import Way
from rozlicz.kernel.ksef_number import KsefNumber


def test_r10_payment_is_due_on_the_fifth_working_day_after_the_day_in_the_number():
    number = KsefNumber(seller="9990000008", accepted_on=date(2026, 11, 6), technical="0100001AF629")
    told = KsefNumber.parse(str(number))
    # Friday; 11 November is a day off
    assert payment_due(told.accepted_on) == date(2026, 11, 16)


def test_r10_a_number_given_on_a_day_off_delivers_on_that_day():
    number = KsefNumber(seller="9990000008", accepted_on=date(2026, 11, 7), technical="0100001AF629")
    day = delivery_day(way=Way.E_DOCUMENT, requirements=(), received={Part.E_DOCUMENT: number.accepted_on})
    assert day == date(2026, 11, 7)
    assert payment_due(day) == date(2026, 11, 16)
