"""Reads reports of services and of examinations (SWIAD) into typed values, record by record, complete.

For makers of software, and for whatever wants everything a report says; verification reads columns instead
(`swiad`). Memory stays flat: one record is held at a time. Nothing of a record can stop the rest, a value is text
until verification has looked at it, and what the message does not know is told in `unread`.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import cast

from rozlicz.messages.examinations import ExaminationSet, ReportingPeriod
from rozlicz.messages.services import ReportedService, Service, ServiceSet
from rozlicz.messages.swiad import grammar, names
from rozlicz.messages.wire.element_kinds import Kind
from rozlicz.messages.wire.envelope import Source
from rozlicz.messages.wire.limits import REPORT_LIMITS, Limits
from rozlicz.messages.wire.places import Place
from rozlicz.messages.wire.records import Record, RecordStream
from rozlicz.messages.wire.value_gatherer import Gatherer


class TypedReader(RecordStream[Record]):
    """A report being read: `header` at once, then its records in the order of the file, once only.

    Raises MessageRefused when the file is no such report: while it is opened or at any later step.
    """

    def __init__(
        self, source: Source, *, area: str, record: Kind, outermost: tuple[Kind, ...], limits: Limits
    ) -> None:
        super().__init__(source, limits=limits)
        self._outermost = outermost
        self._gatherer = Gatherer(
            record,
            self._notes,
            begun=self.count_record,
            deliver=lambda value: self._ready.append(self.record_of(value)),
        )
        try:
            self.header = self.open_report(kind=names.KIND, area=area)
            self.read_head()
        except BaseException:
            self.close()
            raise

    def add_places(self, provider: Place) -> None:
        """What may stand inside the first child."""
        for kind in self._outermost:
            self._gatherer.add_places(provider, kind)

    def read_head(self) -> None:
        """Read on until what stands before the records is known; nothing does by default."""

    @abstractmethod
    def record_of(self, value: object) -> Record:
        """The record of a value that is complete."""

    def close_record(self) -> None:
        """The record that was open is complete."""
        self._gatherer.end_record()


class ServiceReader(TypedReader[ReportedService]):
    """The services of a report (AMBSZP), each with its set, as `SwiadWriter` writes them."""

    def __init__(self, source: Source, *, limits: Limits = REPORT_LIMITS) -> None:
        super().__init__(
            source, area=names.SERVICES, record=grammar.SERVICE, outermost=(grammar.SET,), limits=limits
        )

    def record_of(self, value: object) -> ReportedService:
        """The service with the set in which it stands."""
        of = cast("ServiceSet", self._gatherer.value(grammar.SET))
        return ReportedService(of=of, service=cast("Service", value))


class ExaminationReader(TypedReader[ExaminationSet]):
    """The examinations of a report (WYKBAD), patient by patient; `header` and `period` at once."""

    period: ReportingPeriod

    def __init__(self, source: Source, *, limits: Limits = REPORT_LIMITS) -> None:
        super().__init__(
            source,
            area=names.EXAMINATIONS,
            record=grammar.EXAMINATION_SET,
            outermost=(grammar.PERIOD, grammar.EXAMINATION_SET),
            limits=limits,
        )

    def read_head(self) -> None:
        """The period, which stands before the records; a report without it is refused."""
        while (period := self._gatherer.value(grammar.PERIOD)) is None:
            if self.rows_read or not self._walker.step():
                raise self._walker.refusal("element-missing", name=names.PERIOD)
        self.period = cast("ReportingPeriod", period)

    def record_of(self, value: object) -> ExaminationSet:
        """The set itself."""
        return cast("ExaminationSet", value)
