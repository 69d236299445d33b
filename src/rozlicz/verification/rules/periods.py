"""When: days of the service, its reporting month, and what lies open on the day of receipt."""

from __future__ import annotations

import polars as pl

from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text
from rozlicz.verification import bases
from rozlicz.verification.masking import shown_column
from rozlicz.verification.rule import AppliesTo, Circumstances, Offending, offending, rule


@rule(
    code="59904001",
    name=Text(pl="Data rozpoczęcia świadczenia", en="First day of the service"),
    message=Text(
        pl="Data rozpoczęcia świadczenia „{value}” nie jest datą w postaci RRRR-MM-DD.",
        en="The first day of the service “{value}” is not a date of the form YYYY-MM-DD.",
    ),
    remedy=Text(
        pl="Podaj istniejący dzień kalendarzowy, na przykład 2026-10-05.",
        en="Give an existing calendar day, such as 2026-10-05.",
    ),
    basis=bases.MESSAGE_FORMAT,
    level="service",
)
def first_day(_: Circumstances) -> Offending:
    """A service has a first day, a real day of the calendar."""
    return offending(pl.col("day_from").is_null(), value=shown_column("date_from"))


@rule(
    code="59904002",
    name=Text(pl="Data zakończenia świadczenia", en="Last day of the service"),
    message=Text(
        pl="Data zakończenia świadczenia „{value}” nie jest datą w postaci RRRR-MM-DD.",
        en="The last day of the service “{value}” is not a date of the form YYYY-MM-DD.",
    ),
    remedy=Text(
        pl="Podaj istniejący dzień kalendarzowy, na przykład 2026-10-05.",
        en="Give an existing calendar day, such as 2026-10-05.",
    ),
    basis=bases.MESSAGE_FORMAT,
    level="service",
)
def last_day(_: Circumstances) -> Offending:
    """A service has a last day, a real day of the calendar."""
    return offending(pl.col("day_to").is_null(), value=shown_column("date_to"))


@rule(
    code="59904003",
    name=Text(pl="Zakończenie przed rozpoczęciem", en="End before the beginning"),
    message=Text(
        pl="Świadczenie kończy się {last_day}, wcześniej niż się zaczyna ({first_day}).",
        en="The service ends on {last_day}, before it begins ({first_day}).",
    ),
    remedy=Text(pl="Popraw jedną z dwóch dat.", en="Correct one of the two dates."),
    basis=bases.SERVICE_DATA,
    level="service",
)
def ends_before_it_begins(_: Circumstances) -> Offending:
    """The last day is not before the first."""
    return offending(
        pl.col("day_to") < pl.col("day_from"), first_day=pl.col("day_from"), last_day=pl.col("day_to")
    )


@rule(
    code="51701028",
    name=Text(pl="Świadczenie ambulatoryjne trwa jeden dzień", en="An ambulatory service lasts one day"),
    message=Text(
        pl="Data zakończenia świadczenia ambulatoryjnego ({last_day}) różni się od daty rozpoczęcia ({first_day}).",
        en="The last day of an ambulatory service ({last_day}) differs from its first ({first_day}).",
    ),
    remedy=Text(
        pl="Wykaż każdy dzień jako osobne świadczenie albo popraw datę zakończenia.",
        en="Report each day as a service of its own, or correct the last day.",
    ),
    basis=bases.fund_rule("51701028"),
    level="service",
)
def ambulatory_service_lasts_one_day(_: Circumstances) -> Offending:
    """In an ambulatory set each service ends on the day it began."""
    return offending(
        (pl.col("set_type") == "A") & (pl.col("day_to") > pl.col("day_from")),
        first_day=pl.col("day_from"),
        last_day=pl.col("day_to"),
    )


@rule(
    code="59904004",
    name=Text(pl="Świadczenie z przyszłości", en="A service of the future"),
    message=Text(
        pl="Świadczenie kończy się {last_day}, a raport przyjęto {received_day}.",
        en="The service ends on {last_day}, but the report was received on {received_day}.",
    ),
    remedy=Text(
        pl="Wyślij świadczenie po jego zakończeniu albo popraw datę.",
        en="Send the service when it has ended, or correct the date.",
    ),
    basis=bases.SERVICE_DATA,
    level="service",
)
def of_the_future(circumstances: Circumstances) -> Offending:
    """Only what has been done is reported: no service ends after the day of receipt."""
    received = pl.lit(circumstances.received_on)
    return offending(pl.col("day_to") > received, last_day=pl.col("day_to"), received_day=received)


@rule(
    code="59904005",
    name=Text(pl="Miesiąc sprawozdawczy", en="Reporting month"),
    message=Text(
        pl="Okres sprawozdawczy „{value}” nie jest miesiącem w postaci RRRR-MM.",
        en="The reporting period “{value}” is not a month of the form YYYY-MM.",
    ),
    remedy=Text(
        pl="Podaj miesiąc, na przykład 2026-10; leczenie uzdrowiskowe ma osobny system.",
        en="Give the month, such as 2026-10; spa treatment has a system of its own.",
    ),
    basis=bases.MESSAGE_FORMAT,
)
def reporting_month(_: Circumstances) -> Offending:
    """A position belongs to a reporting period, which is a calendar month."""
    return offending(pl.col("month_number").is_null(), value=shown_column("month"))


@rule(
    code="59904006",
    name=Text(pl="Dzień świadczenia poza miesiącem", en="Day outside the reporting month"),
    message=Text(
        pl="Świadczenie zakończone {last_day} wykazano w okresie {reported_month}.",
        en="A service that ended on {last_day} is reported in {reported_month}.",
    ),
    remedy=Text(
        pl="Wykaż świadczenie w miesiącu, w którym się zakończyło.",
        en="Report the service in the month in which it ended.",
    ),
    basis=bases.GENERAL_TERMS,
)
def day_outside_month(_: Circumstances) -> Offending:
    """The reporting period is the calendar month in which the service ended."""
    month_of_day = pl.col("day_to").dt.year().cast(pl.Int64) * 100 + pl.col("day_to").dt.month()
    return offending(
        month_of_day != pl.col("month_number"), last_day=pl.col("day_to"), reported_month=pl.col("month")
    )


@rule(
    code="59904007",
    name=Text(pl="Miesiąc jeszcze się nie rozpoczął", en="The month has not begun"),
    message=Text(
        pl="Okres sprawozdawczy {reported_month} jeszcze się nie rozpoczął (raport przyjęto {received_day}).",
        en="The reporting period {reported_month} has not begun (the report was received on {received_day}).",
    ),
    remedy=Text(
        pl="Popraw okres sprawozdawczy pozycji albo wyślij ją, gdy miesiąc się rozpocznie.",
        en="Correct the reporting period of the position, or send it when the month has begun.",
    ),
    basis=bases.GENERAL_TERMS,
)
def month_not_open(circumstances: Circumstances) -> Offending:
    """A month is open for reports from its first day on."""
    return offending(
        pl.col("month_number") > Month.of(circumstances.received_on).number,
        reported_month=pl.col("month"),
        received_day=pl.lit(circumstances.received_on),
    )


@rule(
    code="59904008",
    name=Text(pl="Zamknięty okres sprawozdawczy", en="Closed reporting period"),
    message=Text(
        pl="Okres sprawozdawczy {reported_month} jest zamknięty i nie odblokowano go dla świadczenia {service}.",
        en="The reporting period {reported_month} is closed, and not unlocked for service {service}.",
    ),
    remedy=Text(
        pl="Złóż wniosek „Odblokowanie zamkniętego okresu” (Wnioski → Nowy wniosek), podaj w nim zakres i "
        "identyfikator świadczenia, a po przyjęciu wniosku wyślij pozycję ponownie.",
        en="File the request “Unlocking of a closed reporting period” (Requests → New request) with the scope and "
        "the identifier of the service; when it has been accepted, send the position again.",
    ),
    basis=bases.CLOSED_PERIODS,
)
def month_closed(circumstances: Circumstances) -> Offending:
    """In a closed month only what was unlocked is reported: the named service, in its scope, new or corrected."""
    closed = circumstances.closed
    is_new = pl.col("latest_version").is_null()
    return offending(
        (is_new & closed.locked("adds")) | (~is_new & closed.locked("changes")),
        reported_month=pl.col("month"),
        service=shown_column("service_id"),
    )


@rule(
    code="59904009",
    name=Text(pl="Zmiana w zamkniętym okresie", en="Change in a closed period"),
    message=Text(
        pl="Świadczenie {service} wykazano w zamkniętym okresie ({locked_month}); jego zmiany ani usunięcia nie "
        "odblokowano.",
        en="Service {service} was reported in a closed period ({locked_month}); neither its change nor its deletion "
        "is unlocked.",
    ),
    remedy=Text(
        pl="Złóż wniosek „Odblokowanie zamkniętego okresu” z celem: poprawki albo usunięcia, a po jego przyjęciu "
        "wyślij świadczenie ponownie.",
        en="File the request “Unlocking of a closed reporting period” for corrections or deletions; when it has been "
        "accepted, send the service again.",
    ),
    basis=bases.CLOSED_PERIODS,
    level="service",
    applies_to=AppliesTo.BOTH,
)
def change_of_closed_month(circumstances: Circumstances) -> Offending:
    """What stands in a closed month is neither deleted nor taken to another month, unless that was unlocked."""
    stays = pl.col("month_number").is_in(sorted(circumstances.closed.months)) & ~pl.col("deleted")
    return offending(
        pl.col("locked_month").is_not_null() & ~stays.fill_null(value=False),
        service=shown_column("service_id"),
        locked_month=pl.concat_str(
            pl.col("locked_month") // 100,
            (pl.col("locked_month") % 100).cast(pl.String).str.zfill(2),
            separator="-",
        ),
    )


RULES = (
    first_day,
    last_day,
    ends_before_it_begins,
    ambulatory_service_lasts_one_day,
    of_the_future,
    reporting_month,
    day_outside_month,
    month_not_open,
    month_closed,
    change_of_closed_month,
)
