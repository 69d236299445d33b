"""The same thing twice in one report."""

from __future__ import annotations

from rozlicz.sample.faults.fault import Fault, Service, blame, change, offered, right_service, usual
from rozlicz.sample.services import Maker


def _position_repeated(maker: Maker, most: int) -> Service:
    """An earlier service once more, with everything the same."""
    service = maker.once_more(most)
    if service is None:
        return right_service(maker, most)
    blame(service, "59908001")
    return service


def _identifier_reused(maker: Maker, most: int) -> Service:
    """A new service under the identifier of an earlier one."""
    earlier = maker.once_more(1)
    if earlier is None:
        return right_service(maker, most)
    service = right_service(maker, 1, bare=True)
    change(service, {"service_id": earlier[0].row["service_id"]})
    blame(service, "59908002")
    return service


def _duplicate_service(maker: Maker, most: int) -> Service:
    """An earlier service once more under a new identifier: a warning, since it may have been done twice."""
    service = maker.once_more(most)
    if service is None:
        return right_service(maker, most)
    change(service, {"service_id": maker.new_service_id()})
    for position in service:
        if position.counts:
            position.warnings = ("59908003",)
    return service


REPETITION_FAULTS = (
    Fault(
        kind="position-repeated",
        codes=("59908001",),
        plant=_position_repeated,
        possible=offered(usual),
    ),
    Fault(
        kind="identifier-reused",
        codes=("59908002",),
        plant=_identifier_reused,
        possible=offered(usual),
    ),
    Fault(
        kind="duplicate-service",
        codes=("59908003",),
        plant=_duplicate_service,
        possible=offered(usual),
    ),
)
