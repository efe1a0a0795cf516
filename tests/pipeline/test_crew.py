"""Several processes read reports beside each other, and nothing about what comes out tells."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from errors import ClaimAtlasError
from extract.model import Extraction, Report
from pipeline.batch import Rejected, Stored, ingest_reports
from pipeline.crew import Apart, Crew
from pipeline.run import Annotation, Engine
from pipeline.workers import CrewError
from store.claims import ClaimStore
from tests.patience import until
from tests.pipeline.fakes import FakeResolver


class Odd:
    """Reads reports in whatever time they ask for, says which process it is, and fails on some."""

    def extract(self, report: Report) -> Extraction:
        if report.text.startswith("SLOW"):
            time.sleep(0.3)
        if report.text.startswith("MEET"):
            meet(Path(report.text.split()[-1]))
        if report.text.startswith("BAD"):
            raise ClaimAtlasError(f"{report.text} breaks")
        if report.text.startswith("DIE"):
            os.kill(os.getpid(), signal.SIGKILL)
        if report.text == "ODD":
            raise ValueError("odd words")
        if report.text == "DEEP":
            return self.extract(report)
        if report.text == "SECRET":
            return Extraction(Report(report.text, title=lambda: None))  # type: ignore[arg-type]
        return Extraction(Report(report.text, id=report.id, title=str(os.getpid())))


def meet(folder: Path) -> None:
    """Wait in ``folder`` until another process is there, too, however long that takes to start."""
    (folder / str(os.getpid())).touch()
    until(lambda: len(list(folder.iterdir())) >= 2)


def odd() -> Engine:
    return Engine(Odd(), FakeResolver())


def dying() -> Engine:
    """An engine that can be made in the process of the tests only."""
    if multiprocessing.parent_process():
        os.kill(os.getpid(), signal.SIGKILL)
    return odd()


def failing() -> Engine:
    if multiprocessing.parent_process():
        raise ClaimAtlasError("There is no model here.")
    return odd()


def read(items: list[Report | Rejected], *, jobs: int = 2, few: int = 1) -> list[Annotation | Rejected]:
    return list(Crew(odd, jobs=jobs, few=few).annotate_many(items))


def words(found: list[Annotation | Rejected]) -> list[str]:
    return [item.report.text if isinstance(item, Annotation) else item.reason for item in found]


def words_of(found: list[Annotation | Rejected]) -> list[str]:
    return [item.report.text for item in found if isinstance(item, Annotation)]


def test_what_comes_out_is_in_the_order_of_what_went_in_and_one_bad_report_stops_no_other() -> None:
    reports: list[Report | Rejected] = [
        Report("first"), Report("SLOW"), Report("two"), Rejected("x", "no file"), Report("BAD"), Report("last"),
    ]  # fmt: skip
    assert words(read(reports)) == ["first", "SLOW", "two", "no file", "BAD breaks", "last"]


def test_reports_are_read_by_other_processes_once_the_first_are_read(tmp_path: Path) -> None:
    found = read(
        [*(Report(f"first {i}") for i in range(2)), *(Report(f"MEET {i} in {tmp_path}") for i in range(5))], few=2
    )
    by = [item.report.title for item in found if isinstance(item, Annotation)]
    assert by[:2] == [str(os.getpid())] * 2
    assert len(set(by[2:])) == 2
    assert str(os.getpid()) not in by[2:]


def test_one_process_or_few_reports_start_no_other() -> None:
    reports: list[Report | Rejected] = [Report(f"{i}") for i in range(5)]
    for found in (read(reports, jobs=1, few=0), read(reports, jobs=4, few=5)):
        assert {item.report.title for item in found if isinstance(item, Annotation)} == {str(os.getpid())}


def test_only_a_few_reports_are_under_way_at_once() -> None:
    taken: list[int] = []

    def many() -> Iterator[Report]:
        for i in range(300):
            taken.append(i)
            yield Report(f"report {i}")

    found = Crew(odd, jobs=2, few=1).annotate_many(many())
    for _ in range(4):
        next(found)
    assert len(taken) < 20
    found.close()


def test_a_report_whose_process_is_ended_is_set_aside_and_the_others_go_on_with_a_fresh_process() -> None:
    reports = [Report("a"), *(Report(f"{words} {i}", id=f"r{i}") for i, words in enumerate(["SLOW", "DIE", "ok"] * 3))]
    found = read([*reports, Report("DIE last", id="last")])
    aside = [item for item in found if isinstance(item, Rejected)]
    assert [item.where for item in aside] == ["r1", "r4", "r7", "last"]
    assert all("ended by signal 9" in item.reason and "fewer --jobs" in item.reason for item in aside)
    assert words_of(found) == ["a", "SLOW 0", "ok 2", "SLOW 3", "ok 5", "SLOW 6", "ok 8"]


def test_reading_apart_is_done_by_one_other_process_from_the_first_report_on() -> None:
    aside = Rejected("x", "no file")
    items: list[Report | Rejected] = [Report("a"), aside, Report("DIE", id="y"), Report("b"), Report("c")]
    found = list(Apart(odd).annotate_many(items))
    first, no_file, ended, *others = found
    assert isinstance(ended, Rejected)
    assert (no_file, ended.where) == (aside, "y")
    by = [item.report.title for item in (first, *others) if isinstance(item, Annotation)]
    assert len(by) == 3
    assert len({*by, str(os.getpid())}) == 3  # the second and third by the one that took the place of the first
    assert words_of(found) == ["a", "b", "c"]


def test_what_nobody_foresaw_in_another_process_sets_aside_the_one_report(tmp_path: Path) -> None:
    with ClaimStore.open(tmp_path / "claims.duckdb") as store:
        reports = [Report("a"), Report("ODD", id="x"), Report("DEEP", id="y"), Report("SECRET", id="z"), Report("b")]
        summary = ingest_reports(reports, store, Crew(odd, jobs=2, few=1))
        assert summary.added == 2
        reasons = {item.where: item.reason for item in summary.set_aside}
        assert "(ValueError: odd words; tests/pipeline/test_crew.py, line" in reasons["x"]
        assert "RecursionError" in reasons["y"]
        assert "pickle" in reasons["z"]  # what it found cannot be sent to another process


def test_processes_that_end_before_they_can_read_stop_the_batch_with_the_way_out(tmp_path: Path) -> None:
    with ClaimStore.open(tmp_path / "claims.duckdb") as store:
        for make, reason in ((dying, "fewer --jobs"), (failing, "no model here")):
            with pytest.raises(CrewError, match=reason):
                ingest_reports([Report(f"{reason} {i}") for i in range(9)], store, Crew(make, jobs=2, few=2))
        assert len(store.reports()) == 4  # what was read before


def test_an_ingest_by_several_processes_stores_what_one_would(tmp_path: Path) -> None:
    reports = [Report(f"{'BAD' if i % 7 == 3 else 'text'} {i % 20}", id=str(i)) for i in range(30)]
    told: dict[int, list[str]] = {}
    for jobs in (1, 2):
        with ClaimStore.open(tmp_path / f"{jobs}.duckdb") as store:
            seen: list[Stored | Rejected] = []
            ingest_reports(reports, store, Crew(odd, jobs=jobs, few=1), seen.append)
            told[jobs] = [item.report.id if isinstance(item, Stored) else item.reason for item in seen]
            told[jobs] = sorted(told[jobs]) + sorted(store.reports()["id"])
    assert told[1] == told[2]


def test_a_report_is_told_of_when_it_is_stored_and_never_before(tmp_path: Path) -> None:
    with ClaimStore.open(tmp_path / "claims.duckdb") as store:
        told: list[bool] = []

        def tell(outcome: Stored | Rejected) -> None:
            told.append(isinstance(outcome, Stored) and store.has(outcome.report.sha256))

        ingest_reports([Report(f"text {i}") for i in range(50)], store, odd(), tell)
        assert told == [True] * 50


def test_what_is_read_when_the_ingest_is_broken_off_is_stored(tmp_path: Path) -> None:
    def broken() -> Iterator[Report]:
        yield from (Report("one"), Report("two"))
        raise KeyboardInterrupt

    with ClaimStore.open(tmp_path / "claims.duckdb") as store:
        with pytest.raises(KeyboardInterrupt):
            ingest_reports(broken(), store, odd())
        assert len(store.reports()) == 2
