"""What the processes of the crash test do, until they are killed. Each notes in a file what it has done."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from extract.model import Extraction, Report, Span
from pipeline import storing
from pipeline.batch import Rejected, Stored, ingest_reports
from pipeline.refreshing import Refreshed, due, refresh
from pipeline.run import Engine
from store.claims import ClaimStore
from store.connection import Connection
from store.records import ReadingRow
from tests.pipeline.fakes import CRIMEA, FakeResolver, count

REPORTS = [
    Report(f"Report {i}. Kyiv counted {i} troops in Crimea. Moscow saw {i} ships. Minsk denied both.", title=f"T{i}")
    for i in range(200)
]
OLD, NEW = ReadingRow("old", "g", "k"), ReadingRow("new", "g", "k")
WORDS = {OLD: ("Kyiv", "Moscow", "Minsk"), NEW: ("Kyiv", "Moscow", "ships", "denied")}
"""Words that are claims of a report, by what it is read with; each claim is at one place and has three actors."""

Mark = Callable[[bytes], object]


class Words:
    """Finds the same claims in every report."""

    def __init__(self, reading: ReadingRow) -> None:
        self._reading = reading

    def extract(self, report: Report) -> Extraction:
        spans = [Span.of(report.text, begin, begin + 4) for begin in map(report.text.index, WORDS[self._reading])]
        at = Span.of(report.text, report.text.index("Crimea"), report.text.index("Crimea") + 6)
        return Extraction(report, places=(_mention(at),), counts=tuple(_count(words, at) for words in spans))


def _mention(at: Span):  # type: ignore[no-untyped-def]
    from extract.model import PlaceMention

    return PlaceMention(at, at.text, "literal")


def _count(words: Span, at: Span):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(count(), span=words, number=words, places=(at,))


def engine(reading: ReadingRow) -> Engine:
    return Engine(Words(reading), FakeResolver({"Crimea": CRIMEA}), reading)


def ingest_all(store: Path, log: Path, *, broken: bool = False, n: int = len(REPORTS)) -> None:
    """Ingest reports; a line a report once it is told as done, and marks around every transaction."""
    with _log(log) as mark:
        _watch_transactions(mark, broken=broken)
        with ClaimStore.open(store, brief=True) as opened:
            ingest_reports(REPORTS[:n], opened, engine(OLD), lambda outcome: mark(_line(outcome)))
        mark(b"end\n")


def refresh_all(store: Path, log: Path) -> None:
    """Refresh what is out of date, in the same way."""
    with _log(log) as mark:
        _watch_transactions(mark)
        with ClaimStore.open(store, brief=True) as opened:
            refresh(due(opened, NEW), opened, engine(NEW), lambda outcome: mark(_line(outcome)))
        mark(b"end\n")


def migrate(store: Path, log: Path) -> None:
    """Open an older store."""
    with _log(log) as mark:
        ClaimStore.open(store).close()
        mark(b"end\n")


def _line(outcome: Stored | Refreshed | Rejected) -> bytes:
    assert not isinstance(outcome, Rejected), outcome
    return outcome.report.sha256.encode() + b"\n"


@contextmanager
def _log(path: Path) -> Iterator[Mark]:
    """Whole lines reach the system at once, and outlive a killed process."""
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    yield lambda line: os.write(file, line)
    os.close(file)


def _watch_transactions(mark: Mark, *, broken: bool = False) -> None:
    """Mark where each transaction begins and ends, and let a few reports share one, not fifty."""
    storing.MOST = 10
    writing = Connection.writing

    @contextmanager
    def watched(self: Connection) -> Iterator[duckdb.DuckDBPyConnection]:
        mark(b"<\n")
        with (_without_transaction if broken else writing)(self) as cursor:
            yield cursor
        mark(b">\n")

    Connection.writing = watched  # type: ignore[method-assign,assignment]


@contextmanager
def _without_transaction(self: Connection) -> Iterator[duckdb.DuckDBPyConnection]:
    """What the store must not do: every statement is kept at once."""
    with self.held(), self.reading() as cursor:
        yield cursor
