"""The terms of requests: dated, and marked where they are a policy of this house."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings

from rozlicz.kernel.legal import Basis, Parameter, Ruling
from rozlicz.kernel.texts import Text
from rozlicz.kernel.working_days import moved_to_working_day

_SINCE = date(2004, 1, 1)

_OF_THE_BRANCH = Basis(
    Text(
        pl="termin przyjęty przez oddział; źródła go nie podają",
        en="a term set by the branch; the sources do not give it",
    ),
    confirmed=False,
)
_EMERGENCY = Basis(
    Text(
        pl="Pomorski OW NFZ, strona logowania: wniosek awaryjny o uprawnienia administratora, oryginał w 14 dni",
        en="Pomeranian branch of the Fund, log-in page: emergency request of administrators, paper in 14 days",
    )
)

ANSWER_DAYS: Parameter[int] = Parameter(
    name="request_answer_days",
    meaning=Text(
        pl="W ile dni od złożenia oddział powinien rozpatrzyć wniosek",
        en="Within how many days of its filing the branch ought to decide on a request",
    ),
    rulings=(Ruling(value=14, since=_SINCE, basis=_OF_THE_BRANCH),),
)
COMPLETION_DAYS: Parameter[int] = Parameter(
    name="request_completion_days",
    meaning=Text(
        pl="W ile dni od wezwania wnioskodawca powinien uzupełnić wniosek",
        en="Within how many days of being asked the applicant ought to complete a request",
    ),
    rulings=(Ruling(value=7, since=_SINCE, basis=_OF_THE_BRANCH),),
)
PAPER_DAYS: Parameter[int] = Parameter(
    name="request_paper_days",
    meaning=Text(
        pl="W ile dni od przyjęcia skanu podpisany papier musi być w oddziale",
        en="Within how many days of the acceptance of a scan the signed paper must be at the branch",
    ),
    rulings=(Ruling(value=14, since=_SINCE, basis=_EMERGENCY),),
)

UNLOCKED_DAYS: Parameter[int] = Parameter(
    name="period_unlocked_days",
    meaning=Text(
        pl="Ile dni od przyjęcia wniosku zamknięty okres jest odblokowany",
        en="For how many days from the acceptance of the request a closed period is unlocked",
    ),
    rulings=(Ruling(value=14, since=_SINCE, basis=_OF_THE_BRANCH),),
)


def end_of(term: Parameter[int], day: date) -> date:
    """The last day of a term that begins with a day; the end moves from a day off to the next working day."""
    days = term.on(day, settings.BRANCH).value
    return moved_to_working_day(day + timedelta(days=days))
