"""The same function over many reports: one bad report is set aside with its reason, the others go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.model import Report
from extract.reading import ReadingError, SetAside, is_readable, read
from pipeline.annotating import Annotates, AnnotatesMany, annotate_many, annotated
from pipeline.outcomes import Rejected, Stored
from pipeline.storing import stored
from store.claims import ClaimStore

__all__ = [
    "Annotates", "AnnotatesMany", "IngestSummary", "Rejected", "Stored", "annotate_many", "annotated", "files_in",
    "ingest", "ingest_reports", "reports_in", "store_report", "stored_reports",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class IngestSummary:
    """What an ingest did: reports added and claims in them, reports known before, reports set aside."""

    added: int
    claims: int
    known: int
    set_aside: tuple[Rejected, ...]

    @property
    def done(self) -> int:
        """Reports that are in the store after this ingest because of it or before it."""
        return self.added + self.known


def files_in(paths: Iterable[Path]) -> list[Path]:
    """Every readable file: files as named, folders with all below them, in order of name, hidden ones left out."""
    found: dict[Path, None] = {}
    for path in paths:
        found.update(dict.fromkeys(_below(path) if path.is_dir() else [path]))
    return list(found)


def _below(folder: Path) -> list[Path]:
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and is_readable(path) and not _hidden(path, folder)
    )


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


Reader = Callable[[Path], Iterator[Report | SetAside]]


def reports_in(paths: Iterable[Path], *, reader: Reader = read) -> Iterator[Report | Rejected]:
    """The reports of files, one after the other; what cannot be read is set aside.

    :param reader: how to read every file, whatever its ending; by default the ending decides.
    """
    for path in paths:
        try:
            for item in reader(path):
                yield Rejected(item.where, item.reason) if isinstance(item, SetAside) else item
        except ReadingError as error:
            yield Rejected(error.where, error.reason)


Progress = Callable[[Stored | Rejected], object]


def ingest(
    paths: Sequence[Path], store: ClaimStore, engine: Annotates | AnnotatesMany, progress: Progress | None = None
) -> IngestSummary:
    """Read files and folders into the store; reports it has already are not read again.

    :param progress: called after each report with what became of it.
    :raises StoreError: when the store cannot be written at all.
    """
    return ingest_reports(reports_in(files_in(paths)), store, engine, progress)


def ingest_reports(
    reports: Iterable[Report | Rejected],
    store: ClaimStore,
    engine: Annotates | AnnotatesMany,
    progress: Progress | None = None,
) -> IngestSummary:
    """As :func:`ingest`, for reports that are read already."""
    outcomes: list[Stored | Rejected] = []
    for outcome in stored_reports(reports, store, engine):
        outcomes.append(outcome)
        if progress:
            progress(outcome)
    return _summary(outcomes)


def stored_reports(
    reports: Iterable[Report | Rejected], store: ClaimStore, engine: Annotates | AnnotatesMany, *, sample: bool = False
) -> Iterator[Stored | Rejected]:
    """Read reports and keep them, each told once it is in the store; known ones are left as they are."""
    known = set(store.report_ids())
    fresh = (Stored(item, new=False) if isinstance(item, Report) and item.sha256 in known else item for item in reports)
    for outcome in stored(annotate_many(fresh, engine), store, sample=sample):
        if isinstance(outcome, Stored):
            known.add(outcome.report.sha256)
        yield outcome


def store_report(report: Report, store: ClaimStore, engine: Annotates, *, sample: bool = False) -> Stored | Rejected:
    """As :func:`stored_reports`, for one report."""
    (outcome,) = stored_reports([report], store, engine, sample=sample)
    return outcome


def _summary(outcomes: Sequence[Stored | Rejected]) -> IngestSummary:
    stored = [item for item in outcomes if isinstance(item, Stored)]
    new = [item for item in stored if item.new]
    return IngestSummary(
        added=len(new),
        claims=sum(item.claims for item in new),
        known=len(stored) - len(new),
        set_aside=tuple(item for item in outcomes if isinstance(item, Rejected)),
    )
