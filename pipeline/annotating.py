"""Reports -> annotations, one after the other or many beside each other; one that cannot be read stops no other.

Processes that only read import this and no store: without it they start half a second sooner and take less memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar, runtime_checkable

from errors import ClaimAtlasError, foreseen
from extract.model import Report
from pipeline.outcomes import Rejected
from pipeline.run import Annotation

Other = TypeVar("Other")


class Annotates(Protocol):
    """What a batch needs of :class:`pipeline.run.Engine`."""

    def annotate(self, report: Report) -> Annotation:
        """Read one report."""


@runtime_checkable
class AnnotatesMany(Protocol):
    """What reads several reports beside each other: :class:`pipeline.crew.Crew`."""

    def annotate_many(self, items: Iterable[Report | Other]) -> Iterator[Annotation | Rejected | Other]:
        """As :func:`annotate_many`."""


def annotate_many(
    items: Iterable[Report | Other], engine: Annotates | AnnotatesMany
) -> Iterator[Annotation | Rejected | Other]:
    """Annotate the reports among ``items``, in order; everything else is passed on in its place."""
    if isinstance(engine, AnnotatesMany):
        yield from engine.annotate_many(items)
        return
    for item in items:
        yield annotated(item, engine) if isinstance(item, Report) else item


def annotated(report: Report, engine: Annotates) -> Annotation | Rejected:
    """One report read, or set aside with the reason, whatever it is: no report stops the others."""
    try:
        with foreseen():
            return engine.annotate(report)
    except ClaimAtlasError as error:
        return Rejected(report.id or report.sha256, str(error))
