"""Reports that were read with older versions are read anew from the text that the store keeps.

Each report is one transaction that also notes what it was read with: an interrupted refresh leaves none half done, and
the next one goes on where it ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Final

from errors import foreseen
from extract.model import Report
from pipeline.batch import Annotates, AnnotatesMany, annotate_many
from pipeline.outcomes import Rejected
from pipeline.run import Annotation
from pipeline.storing import in_turns
from store.claims import ClaimStore
from store.errors import UnstorableError
from store.records import ReadingRow, ReportRow

_AT_ONCE: Final = 20
"""Reports fetched together."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A report that was read anew: claims it has now, how many of them are new, how many old ones are gone."""

    report: Report
    claims: int
    new: int
    gone: int


@dataclass(frozen=True, slots=True)
class RefreshSummary:
    """What a refresh did: reports read anew, what changed in their claims, reports set aside."""

    done: int
    new: int
    gone: int
    set_aside: tuple[Rejected, ...]


Progress = Callable[[Refreshed | Rejected], object]


def due(store: ClaimStore, current: ReadingRow, *, only: Sequence[str] = (), whatever: bool = False) -> list[str]:
    """Ids of the reports to read anew, in the order they were added.

    :param only: ids to choose from, known or not; without any, all reports of the store.
    :param whatever: also those that are up to date.
    """
    wanted = store.report_ids() if whatever else store.outdated(current)
    known = set(store.report_ids()) if only else set()
    unknown = [identity for identity in dict.fromkeys(only) if identity not in known]
    return [identity for identity in wanted if not only or identity in only] + unknown


def refresh(
    ids: Iterable[str], store: ClaimStore, engine: Annotates | AnnotatesMany, progress: Progress | None = None
) -> RefreshSummary:
    """Read reports of the store anew; one that cannot be read is set aside and keeps the claims it has.

    :param progress: called after each report with what became of it.
    :raises StoreError: when the store cannot be written at all.
    """
    outcomes: list[Refreshed | Rejected] = []
    for outcome in in_turns(annotate_many(_reports(ids, store), engine), lambda waiting: _replaced(waiting, store)):
        outcomes.append(outcome)
        if progress:
            progress(outcome)
    return _summary(outcomes)


def _reports(ids: Iterable[str], store: ClaimStore) -> Iterator[Report | Rejected]:
    """The reports of these ids, a few of them in memory at once."""
    left = list(ids)
    for begin in range(0, len(left), _AT_ONCE):
        part = left[begin : begin + _AT_ONCE]
        with store.held():
            found = {identity: store.report(identity) for identity in part}
        for identity in part:
            row = found[identity]
            yield _report(row) if row else _missing(identity)


def _replaced(waiting: Iterable[Annotation], store: ClaimStore) -> Iterator[Refreshed | Rejected]:
    with store.held():
        outcomes = [_replaced_one(annotation, store) for annotation in waiting]
    yield from outcomes


def _replaced_one(annotation: Annotation, store: ClaimStore) -> Refreshed | Rejected:
    identity = annotation.report.sha256
    try:
        with foreseen(UnstorableError):
            report, claims, places = annotation.to_rows()
            before = {claim.id for claim in store.claims_of_report(identity)}
            if not store.replace(report, claims, places, annotation.reading):
                return _missing(identity)
    except UnstorableError as error:
        return Rejected(identity, str(error))
    after = {claim.id for claim in claims}
    return Refreshed(annotation.report, len(after), len(after - before), len(before - after))


def _missing(identity: str) -> Rejected:
    return Rejected(identity, "there is no report of that id in the store.")


def _report(row: ReportRow) -> Report:
    """The report as it was read when it came into the store."""
    return Report(**{field.name: getattr(row, field.name) for field in fields(Report)})


def _summary(outcomes: Sequence[Refreshed | Rejected]) -> RefreshSummary:
    done = [item for item in outcomes if isinstance(item, Refreshed)]
    return RefreshSummary(
        done=len(done),
        new=sum(item.new for item in done),
        gone=sum(item.gone for item in done),
        set_aside=tuple(item for item in outcomes if isinstance(item, Rejected)),
    )
