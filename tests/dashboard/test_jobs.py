"""A hand-in on its way into the store: what is found, stored, stopped, and what is told when it fails."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard import jobs as jobs_module
from dashboard.jobs import BUSY, Job, Jobs, Means, Upload
from errors import ClaimAtlasError
from pipeline.batch import Rejected
from pipeline.intake import Again, Draft, Event, File, Found, Known, Order, Pasted
from store.claims import ClaimStore
from store.errors import StoreLockedError
from tests import copied
from tests.dashboard.rows import REPORTS, fill
from tests.patience import PATIENCE, until


class Told:
    """Says what a test wants to hear of an order, and remembers the order; ``hold`` keeps it from going on."""

    def __init__(self, tell: Callable[[Order], Iterator[Event]]) -> None:
        self.tell, self.orders, self.stopped = tell, [], threading.Event()

    def __call__(self, order: Order) -> Told:
        self.orders.append(order)
        return self

    def __iter__(self) -> Iterator[Event]:
        return self.tell(self.orders[-1])

    def stop(self) -> None:
        self.stopped.set()


def draft(index: int) -> Draft:
    report, claims, places = REPORTS[index]
    return Draft(report, tuple(claims), tuple(places))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return copied.blank(tmp_path / "claims.duckdb")


def means(path: Path, tell: Callable[[Order], Iterator[Event]]) -> tuple[Means, Told]:
    told = Told(tell)

    @contextmanager
    def opened() -> Iterator[ClaimStore]:
        with ClaimStore.open(path) as found:
            yield found

    return Means(begin=told, reading=opened, writing=opened), told


def settled(job: Job) -> Job:
    until(lambda: job.step not in BUSY)
    return job


def ids(path: Path) -> set[str]:
    with ClaimStore.open(path) as store:
        return set(store.reports()["id"])


def both(_: Order) -> Iterator[Event]:
    yield Found(1)
    yield Rejected("broken.pdf", "damaged.")
    yield Found(2)
    yield Known("Old", "r9")
    yield draft(0)
    yield draft(1)


def test_nothing_is_stored_before_its_reader_says_so(store: Path) -> None:
    job = settled(Jobs(means(store, both)[0]).begin([Pasted("text")]))
    assert (job.step, job.found, len(job.wanted)) == ("ready", 2, 2)
    assert [item.where for item in job.rejected] == ["broken.pdf"]
    assert [item.report_id for item in job.known] == ["r9"]
    assert ids(store) == set()


def test_what_is_wanted_is_stored_with_what_its_reader_says_of_it(store: Path) -> None:
    job = settled(Jobs(means(store, both)[0]).begin([Pasted("text")]))
    report = job.items[0].draft.report
    job.complete(0, title="Another title", outlet=None, published=report.published)
    job.items[1].wanted = False
    job.store()
    settled(job)
    assert job.step == "stored"
    assert ids(store) == {"r1"}
    with ClaimStore.open(store) as opened:
        row = opened.report("r1")
        assert row is not None
        assert (row.title, row.outlet) == ("Another title", None)
        assert len(opened.claims_of_report("r1")) == 2


def test_with_another_date_a_report_is_read_again_before_it_is_stored(store: Path) -> None:
    def tell(order: Order) -> Iterator[Event]:
        (handed,) = order.handed
        if isinstance(handed, Again):
            yield Found(1)
            yield Draft(handed.report, draft(0).claims[:1], draft(0).places)
        else:
            yield draft(0)

    given, told = means(store, tell)
    job = settled(Jobs(given).begin([Pasted("text")]))
    job.complete(0, title="T", outlet="O", published=date(2022, 1, 1))
    job.store()
    settled(job)
    assert isinstance(told.orders[1].handed[0], Again)
    with ClaimStore.open(store) as opened:
        row = opened.report("r1")
        assert row is not None
        assert (row.published, row.title) == (date(2022, 1, 1), "T")
        assert len(opened.claims_of_report("r1")) == 1


def test_what_is_to_be_stored_at_once_needs_no_further_word(store: Path) -> None:
    job = settled(Jobs(means(store, both)[0]).begin([Pasted("text")], at_once=True))
    assert job.step == "stored"
    assert ids(store) == {"r1", "r2"}


def test_the_reader_process_is_told_what_the_store_knows(tmp_path: Path) -> None:
    given, told = means(fill(tmp_path / "filled.duckdb"), both)
    settled(Jobs(given).begin([Pasted("text")]))
    assert told.orders[0].stored == {"r1", "r2", "r3"}


def test_uploads_are_files_only_while_they_are_read(
    store: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    seen: list[tuple[str, str, bytes]] = []

    def tell(order: Order) -> Iterator[Event]:
        for handed in order.handed:
            assert isinstance(handed, File)
            seen.append((handed.name, handed.path.name, handed.path.read_bytes()))
        yield Rejected("x", "y")

    uploads = [Upload("../../etc/Notes of May.txt", b"one"), Upload("a" * 300 + ".csv", b"two"), Upload("..", b"three")]
    job = settled(Jobs(means(store, tell)[0]).begin(uploads))
    assert seen[0][1] == "Notes of May.txt"
    assert seen[1][1].endswith(".csv")
    assert len(seen[1][1]) <= 100
    assert [raw for *_, raw in seen] == [b"one", b"two", b"three"]
    assert list(tmp_path.glob("claim-atlas-*")) == []
    assert job.step == "ready"


def test_a_job_can_be_stopped_and_keeps_what_it_has_read(store: Path) -> None:
    begun = threading.Event()

    def tell(_: Order) -> Iterator[Event]:
        yield Found(2)
        yield draft(0)
        begun.set()
        assert told.stopped.wait(PATIENCE)

    given, told = means(store, tell)
    job = Jobs(given).begin([Pasted("text")])
    assert begun.wait(PATIENCE)
    job.stop()
    settled(job)
    assert (job.step, len(job.items)) == ("stopped", 1)
    assert ids(store) == set()


def test_only_so_many_jobs_read_at_once_and_a_waiting_one_can_be_stopped(store: Path) -> None:
    go = threading.Event()

    def tell(_: Order) -> Iterator[Event]:
        assert go.wait(PATIENCE)
        yield draft(0)

    given, _ = means(store, tell)
    jobs = Jobs(given)
    first = [jobs.begin([Pasted("text")]) for _ in range(jobs_module.AT_ONCE)]
    until(lambda: all(job.step == "reading" for job in first))
    waiting = jobs.begin([Pasted("text")])
    time.sleep(0.05)
    assert waiting.step == "waiting"
    waiting.stop()
    assert settled(waiting).step == "stopped"
    go.set()
    assert [settled(job).step for job in first] == ["ready", "ready"]


@pytest.mark.parametrize("problem", [ClaimAtlasError("the model is not installed"), StoreLockedError("in use")])
def test_a_failure_is_told_in_its_own_words(store: Path, problem: ClaimAtlasError) -> None:
    def tell(_: Order) -> Iterator[Event]:
        raise problem
        yield

    job = settled(Jobs(means(store, tell)[0]).begin([Pasted("text")]))
    assert (job.step, job.reason) == ("failed", str(problem))


def test_a_store_that_is_held_elsewhere_can_be_tried_again(store: Path) -> None:
    held = [True]
    given, _ = means(store, both)

    @contextmanager
    def writing() -> Iterator[ClaimStore]:
        if held[0]:
            raise StoreLockedError("in use by process 1")
        with given.writing() as opened:
            yield opened

    job = settled(Jobs(replace(given, writing=writing)).begin([Pasted("text")], at_once=True))
    assert (job.step, job.reason) == ("failed", "in use by process 1")
    held[0] = False
    job.store()
    assert settled(job).step == "stored"
    assert ids(store) == {"r1", "r2"}


def test_a_job_is_found_by_its_name_until_it_is_dropped(store: Path) -> None:
    jobs = Jobs(means(store, both)[0])
    job = settled(jobs.begin([Pasted("text")]))
    assert jobs.get(job.name) is job
    assert jobs.get("made-up") is None
    jobs.drop(job)
    assert jobs.get(job.name) is None


def test_old_jobs_make_room_for_new_ones(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs_module, "_MOST_JOBS", 2)
    jobs = Jobs(means(store, both)[0])
    first, second, third = (settled(jobs.begin([Pasted("text")])) for _ in range(3))
    assert jobs.get(first.name) is None
    assert jobs.get(second.name) is second
    assert jobs.get(third.name) is third
