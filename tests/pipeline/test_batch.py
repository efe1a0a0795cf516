"""Many reports: one bad one is set aside with its reason, the others go on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from extract.model import Report
from pipeline.batch import Rejected, Stored, annotate_many, files_in, ingest, ingest_reports, reports_in
from pipeline.run import Annotation, Engine
from store.claims import ClaimStore
from store.filters import Filters
from tests import copied
from tests.pipeline.fakes import FailingExtractor, FakeResolver, count, extraction, fake_engine


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ClaimStore]:
    with ClaimStore.open(copied.blank(tmp_path / "store" / "s.duckdb")) as opened:
        yield opened


@pytest.fixture
def engine() -> Engine:
    return Engine(FailingExtractor(), FakeResolver())


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_folder_gives_its_readable_files_in_order_without_hidden_ones(tmp_path: Path) -> None:
    wanted = [write(tmp_path / name, "x") for name in ("a.txt", "b/c.md", "d.jsonl")]
    for name in ("e.exe", ".git/f.txt", ".hidden.txt", "README"):
        write(tmp_path / name, "x")
    assert files_in([tmp_path]) == wanted
    assert files_in([wanted[0], tmp_path]) == wanted
    assert files_in([tmp_path / "README"]) == [tmp_path / "README"]


def test_unreadable_files_are_set_aside_and_the_rest_is_read(tmp_path: Path) -> None:
    files = [tmp_path / "none.txt", write(tmp_path / "b.txt", "text"), write(tmp_path / "c.txt", "")]
    missing, good, empty = reports_in(files)
    assert isinstance(missing, Rejected)
    assert missing.where.endswith("none.txt")
    assert isinstance(good, Report)
    assert isinstance(empty, Rejected)


def test_a_report_that_breaks_is_set_aside_and_the_rest_is_annotated(engine: Engine) -> None:
    reports: list[Report | Rejected] = [
        Report("one", id="1"),
        Report("BAD", id="2"),
        Rejected("3", "r"),
        Report("four"),
    ]
    first, second, third, fourth = annotate_many(reports, engine)
    assert isinstance(first, Annotation)
    assert second == Rejected("2", "this report breaks")
    assert third == Rejected("3", "r")
    assert isinstance(fourth, Annotation)


def test_an_ingest_says_what_became_of_every_report(tmp_path: Path, store: ClaimStore, engine: Engine) -> None:
    for name, text in (("a", "one"), ("b", "BAD"), ("c", "one"), ("d", "two")):
        write(tmp_path / "in" / f"{name}.txt", text)
    seen: list[Stored | Rejected] = []
    summary = ingest([tmp_path / "in"], store, engine, seen.append)
    assert (summary.added, summary.known, summary.done) == (2, 1, 3)
    assert [item.reason for item in summary.set_aside] == ["this report breaks"]
    assert len(seen) == 4
    assert set(store.reports()["title"]) == {"a", "d"}


def test_a_known_report_is_not_read_again(store: ClaimStore) -> None:
    class Counting(FailingExtractor):
        calls = 0

        def extract(self, report: Report):  # type: ignore[no-untyped-def]
            Counting.calls += 1
            return super().extract(report)

    engine = Engine(Counting(), FakeResolver())
    for _ in range(2):
        ingest_reports([Report("one")], store, engine)
    assert Counting.calls == 1


def test_the_summary_counts_the_claims_that_were_added(store: ClaimStore) -> None:
    found = extraction(counts=(count(),))
    summary = ingest_reports([found.report], store, fake_engine(found))
    assert summary.claims == store.count(Filters()) == 1


def test_a_report_that_no_store_can_hold_is_set_aside(store: ClaimStore, engine: Engine) -> None:
    bad = replace(Report("fine", id="x"), title="half \ud800")
    summary = ingest_reports([bad, Report("two")], store, engine)
    assert summary.added == 1
    assert "cannot hold" in summary.set_aside[0].reason
