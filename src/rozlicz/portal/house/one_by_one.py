"""What the portal does by itself to many things, each for itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import InterfaceError, OperationalError

from rozlicz.portal.audit.operations import by_itself
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.tenancy import acting_for_payer

log = logging.getLogger(__name__)
Thing = TypeVar("Thing")


def one_by_one(things: Iterable[Thing], act: Callable[[Thing], bool]) -> int:
    """Do an act to each thing as the payer, in a transaction of its own; to how many it was done.

    `act` says whether there was anything left to do. One that fails is logged and stops no other; only a database
    that goes away ends them all, and the job is tried again.
    """
    done = 0
    for thing in things:
        try:
            with by_itself(), acting_for_payer():
                done += act(thing)
        except UnableTo as unable:
            log.warning("%s was left as it is: %s", thing, unable)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("%s was left as it is", thing)
    return done
