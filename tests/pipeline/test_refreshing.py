"""What is out of date is read anew, and nothing else; an interruption loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from errors import ClaimAtlasError
from extract.model import Extraction, Report, Span
from pipeline import storing
from pipeline.batch import Rejected, ingest_reports
from pipeline.refreshing import Refreshed, due, refresh
from pipeline.run import Engine
from store.claims import ClaimStore
from store.filters import Filters
from store.records import ReadingRow
from tests import copied
from tests.pipeline.fakes import FakeResolver, count

OLD = ReadingRow("e1", "g1", "k1")
NEW = ReadingRow("e2", "g1", "k1")


@dataclass
class Words:
    """Every occurrence of its words is a count; fails on a text with ``bad`` in it."""

    words: tuple[str, ...]
    bad: str = "\0"
    read: list[Report] = field(default_factory=list)

    def extract(self, report: Report) -> Extraction:
        if self.bad in report.text:
            raise ClaimAtlasError("this report breaks")
        self.read.append(report)
        starts = [report.text.index(word) for word in self.words if word in report.text]
        spans = [Span.of(report.text, start, start + 3) for start in starts]
        return Extraction(report, counts=tuple(replace(count(), span=words, number=words) for words in spans))


def engine(*words: str, reading: ReadingRow | None, bad: str = "\0") -> Engine:
    return Engine(Words(words, bad), FakeResolver(), reading)


REPORTS = [
    Report(f"one two ten {i}", title=f"T{i}", outlet="Desk", url="https://example.org", published=date(2021, 4, i + 1),
           boilerplate=((0, 3),))
    for i in range(4)
]  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ClaimStore]:
    with ClaimStore.open(copied.blank(tmp_path / "s.duckdb")) as opened:
        yield opened


def ids(store: ClaimStore) -> set[str]:
    return {claim.id for report in REPORTS for claim in store.claims_of_report(report.sha256)}


def test_every_report_that_is_added_carries_what_it_was_read_with(store: ClaimStore) -> None:
    ingest_reports(REPORTS, store, engine("one", reading=OLD))
    assert {store.reading(report.sha256) for report in REPORTS} == {OLD}
    assert due(store, OLD) == []
    assert due(store, NEW) == [report.sha256 for report in REPORTS]


@pytest.mark.parametrize("field", ["extractor", "gazetteer", "knowledge"])
def test_each_version_alone_puts_a_report_out_of_date(store: ClaimStore, field: str) -> None:
    ingest_reports(REPORTS[:1], store, engine(reading=OLD))
    assert due(store, replace(OLD, **{field: "other"})) == [REPORTS[0].sha256]


def test_only_what_is_out_of_date_is_read_anew(store: ClaimStore) -> None:
    ingest_reports(REPORTS[:2], store, engine("one", reading=NEW))
    ingest_reports(REPORTS[2:], store, engine("one", reading=OLD))
    again = engine("one", "two", reading=NEW)
    summary = refresh(due(store, NEW), store, again)
    assert [report.sha256 for report in again.extractor.read] == [report.sha256 for report in REPORTS[2:]]  # type: ignore[attr-defined]
    assert (summary.done, summary.new, summary.gone, summary.set_aside) == (2, 2, 0, ())
    assert store.count(Filters()) == 6
    assert due(store, NEW) == []


def test_claims_whose_words_stay_keep_their_ids(store: ClaimStore) -> None:
    ingest_reports(REPORTS, store, engine("one", "two", reading=OLD))
    before = ids(store)
    refresh(due(store, NEW), store, engine("two", "ten", reading=NEW))
    assert len(before & ids(store)) == 4
    assert {claim.exact for claim in store.claims_of_report(REPORTS[0].sha256)} == {"two", "ten"}


def test_a_report_is_read_anew_as_it_was_read_first(store: ClaimStore) -> None:
    ingest_reports(REPORTS[:1], store, engine(reading=None))
    again = engine(reading=NEW)
    refresh(due(store, NEW), store, again)
    assert again.extractor.read == [replace(REPORTS[0], id=REPORTS[0].sha256)]  # type: ignore[attr-defined]


def test_a_report_that_breaks_is_set_aside_and_keeps_its_claims(store: ClaimStore) -> None:
    ingest_reports(REPORTS, store, engine("one", reading=OLD))
    seen: list[Refreshed | Rejected] = []
    summary = refresh(due(store, NEW), store, engine("two", reading=NEW, bad="ten 1"), seen.append)
    assert summary.done == 3
    assert summary.set_aside == (Rejected(REPORTS[1].sha256, "this report breaks"),)
    assert [claim.exact for claim in store.claims_of_report(REPORTS[1].sha256)] == ["one"]
    assert due(store, NEW) == [REPORTS[1].sha256]
    assert len(seen) == 4


def test_an_interrupted_refresh_goes_on_where_it_ended(store: ClaimStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "MOST", 1)
    ingest_reports(REPORTS, store, engine("one", reading=OLD))

    def interrupt(outcome: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        refresh(due(store, NEW), store, engine("two", reading=NEW), interrupt)
    assert due(store, NEW) == [report.sha256 for report in REPORTS[1:]]
    refresh(due(store, NEW), store, engine("two", reading=NEW))
    assert due(store, NEW) == []
    assert store.count(Filters()) == 4


def test_one_can_choose_reports_and_ask_for_those_that_are_up_to_date(store: ClaimStore) -> None:
    ingest_reports(REPORTS, store, engine("one", reading=NEW))
    chosen = REPORTS[2].sha256
    assert due(store, NEW, only=[chosen]) == []
    assert due(store, NEW, only=[chosen], whatever=True) == [chosen]
    assert len(due(store, NEW, whatever=True)) == 4
    summary = refresh(due(store, NEW, only=["nothing"]), store, engine(reading=NEW))
    assert "no report of that id" in summary.set_aside[0].reason
