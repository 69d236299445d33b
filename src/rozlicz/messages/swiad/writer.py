"""Writes reports of services and of examinations (SWIAD 10;10.1), record by record, in memory that does not grow."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from rozlicz.messages.examinations import ExaminationSet, ReportingPeriod
from rozlicz.messages.header import Header
from rozlicz.messages.services import Service, ServiceSet
from rozlicz.messages.swiad import grammar, names
from rozlicz.messages.wire.element_kinds import write_tree
from rozlicz.messages.wire.framework import provider_attributes
from rozlicz.messages.wire.root import PROVIDER, ROOT, root_attributes
from rozlicz.messages.wire.stream import FRAMEWORK
from rozlicz.messages.wire.xml_writer import written_to

_MEMBER = "raport.xml"


class SwiadWriter:
    """A report of services being written; a context manager that completes the file, or leaves none after an error.

    Neighbouring services of an equal set stand in one set. `zipped` packs the report as portals expect it.
    """

    def __init__(self, target: Path | BinaryIO, header: Header, *, zipped: bool = False) -> None:
        self._attributes = _root_attributes(header, area=names.SERVICES)
        self._header = header
        self._set: ServiceSet | None = None
        self._stack = ExitStack()
        self._writing = written_to(target, zipped=zipped, member_name=_MEMBER)

    def __enter__(self) -> Self:
        self._writer = self._stack.enter_context(self._writing)
        self._writer.start(ROOT, self._attributes)
        self._writer.start(PROVIDER, provider_attributes(self._header))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool | None:
        return self._stack.__exit__(kind, error, traceback)

    def write_service(self, service: Service, *, of: ServiceSet) -> None:
        """Add a service of a set.

        Raises ValueError when a document of entitlement says what no element of the report can carry together.
        """
        if of != self._set:
            self._open_set(of)
        write_tree(self._writer, grammar.SERVICE.tree(service))

    def _open_set(self, of: ServiceSet) -> None:
        if self._set is not None:
            self._writer.end()
        self._set = of
        tag, attributes, inside = grammar.SET.tree(of)
        self._writer.start(tag, attributes)
        for tree in inside:
            write_tree(self._writer, tree)


def write_examinations(
    *,
    period: ReportingPeriod,
    sets: Iterable[ExaminationSet],
    header: Header,
    target: Path | BinaryIO,
    zipped: bool = False,
) -> None:
    """Write a report of examinations (WYKBAD); the sets are taken one by one, so memory does not grow with them."""
    attributes = _root_attributes(header, area=names.EXAMINATIONS)
    with written_to(target, zipped=zipped, member_name=_MEMBER) as writer:
        with writer.element(ROOT, attributes), writer.element(PROVIDER, provider_attributes(header)):
            write_tree(writer, grammar.PERIOD.tree(period))
            for one in sets:
                write_tree(writer, grammar.EXAMINATION_SET.tree(one))


def _root_attributes(header: Header, *, area: str) -> dict[str, str | None]:
    if header.area != area:
        raise ValueError(f"a report of the area {area} cannot have the header of {header.area}")
    return root_attributes(header, kind=names.KIND, namespace=FRAMEWORK)
