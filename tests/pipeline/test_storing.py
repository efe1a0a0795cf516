"""What was read is written several reports at a time, and told as done only when it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from extract.model import Report
from pipeline import storing
from pipeline.batch import ingest_reports, stored_reports
from pipeline.outcomes import Rejected, Stored
from pipeline.run import Annotation, Engine
from store.claims import ClaimStore
from tests import copied
from tests.pipeline.fakes import FailingExtractor, FakeResolver, fake_engine

REPORTS = [Report(f"text {i}", id=str(i)) for i in range(7)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ClaimStore]:
    with ClaimStore.open(copied.blank(tmp_path / "s.duckdb"), brief=True) as opened:
        yield opened


@pytest.fixture
def written(store: ClaimStore, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many reports were written together, each time."""
    sizes: list[int] = []
    add_many = store.add_many

    def counted(rows, reading=None):  # type: ignore[no-untyped-def]
        sizes.append(len(rows))
        return add_many(rows, reading)

    monkeypatch.setattr(store, "add_many", counted)
    return sizes


def test_many_reports_are_written_together(
    store: ClaimStore, written: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "MOST", 3)
    ingest_reports(REPORTS, store, fake_engine())
    assert written == [3, 3, 1]
    assert len(store.report_ids()) == 7


def test_nothing_waits_for_longer_than_a_moment(
    store: ClaimStore, written: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "SECONDS", 0.0)
    ingest_reports(REPORTS, store, fake_engine())
    assert written == [1] * 7


def test_a_report_is_told_when_it_is_in_the_store(store: ClaimStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "MOST", 3)
    for outcome in stored_reports(REPORTS, store, fake_engine()):
        assert isinstance(outcome, Stored)
        assert store.has(outcome.report.sha256)


def test_one_report_that_cannot_be_kept_keeps_none_of_the_others_out(store: ClaimStore) -> None:
    bad = replace(REPORTS[2], title="half \ud800")
    summary = ingest_reports([*REPORTS[:2], bad, *REPORTS[3:]], store, fake_engine())
    assert summary.added == 6
    assert [(item.where, "cannot hold" in item.reason) for item in summary.set_aside] == [("2", True)]


def test_the_same_text_twice_is_added_once_and_a_bad_one_is_bad_both_times(
    store: ClaimStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Engine(FailingExtractor(), FakeResolver())
    for most in (50, 1):
        monkeypatch.setattr(storing, "MOST", most)
        reports = [Report(f"fine {most}"), Report("BAD"), Report(f"fine {most}"), Report("BAD")]
        summary = ingest_reports(reports, store, engine)
        assert (summary.added, summary.known, len(summary.set_aside)) == (1, 1, 2)


def test_what_waits_is_written_when_the_user_interrupts(store: ClaimStore) -> None:
    class Interrupted:
        def annotate(self, report: Report) -> Annotation:
            if report.id == "4":
                raise KeyboardInterrupt
            return fake_engine().annotate(report)

    with pytest.raises(KeyboardInterrupt):
        ingest_reports(REPORTS, store, Interrupted())
    assert store.report_ids() == [report.sha256 for report in REPORTS[:4]]


def test_ctrl_c_while_reports_are_written_loses_none_of_them(
    store: ClaimStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_many, hurried = store.add_many, [True]

    def impatient(rows, reading=None):  # type: ignore[no-untyped-def]
        if hurried.pop() if hurried else False:
            raise KeyboardInterrupt
        return add_many(rows, reading)

    monkeypatch.setattr(storing, "MOST", 3)
    monkeypatch.setattr(store, "add_many", impatient)
    with pytest.raises(KeyboardInterrupt):
        ingest_reports(REPORTS, store, fake_engine())
    assert store.report_ids() == [report.sha256 for report in REPORTS[:3]]


def test_what_is_no_annotation_does_not_wait(store: ClaimStore) -> None:
    first = next(storing.stored([Rejected("x", "y")], store))
    assert first == Rejected("x", "y")
