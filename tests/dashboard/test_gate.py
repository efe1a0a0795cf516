"""Readers and writers of one store in one process take turns."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from dashboard import resources
from dashboard.gate import Gate
from store.claims import ClaimStore
from store.filters import Filters
from tests.dashboard.rows import N_CLAIMS, REPORTS, fill
from tests.patience import PATIENCE, until


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = fill(tmp_path / "claims.duckdb")
    monkeypatch.setenv("CLAIM_ATLAS_STORE", str(path))
    resources.settings.clear()
    resources.preparation.clear()
    return path


def begun(work) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_readers_do_not_wait_for_each_other() -> None:
    gate, both = Gate(), threading.Barrier(2, timeout=PATIENCE)

    def read() -> None:
        with gate.reading():
            both.wait()

    other = begun(read)
    read()
    other.join(PATIENCE)
    assert not both.broken


def test_a_writer_waits_for_readers_and_goes_before_later_ones() -> None:
    gate, order = Gate(), []

    def write() -> None:
        with gate.writing():
            order.append("write")

    def read() -> None:
        with gate.reading():
            order.append("read")

    with gate.reading():
        writer = begun(write)
        until(lambda: gate._waiting == 1)
        reader = begun(read)
        time.sleep(0.05)
        assert order == []
        with gate.reading():
            order.append("again")
    writer.join(PATIENCE)
    reader.join(PATIENCE)
    assert order == ["again", "write", "read"]


def test_the_gate_opens_again_after_an_error() -> None:
    gate = Gate()
    for door in (gate.writing, gate.reading):
        with pytest.raises(ValueError, match="inside"), door():
            raise ValueError("inside")
    with gate.writing():
        pass


def test_what_was_read_is_forgotten_when_the_store_changes(store: Path) -> None:
    assert resources.overview().total == N_CLAIMS
    assert resources.view(Filters()).n == N_CLAIMS
    gone = REPORTS[0][1][0].id
    assert resources.claim(gone)
    with resources.writing() as opened:
        assert opened.remove("r1")
    assert resources.overview().total == N_CLAIMS - 2
    assert resources.view(Filters()).n == N_CLAIMS - 2
    assert resources.claim(gone) is None


def test_a_run_of_a_page_opens_the_store_once_and_lets_it_go(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    opening = ClaimStore.open
    monkeypatch.setattr(ClaimStore, "open", lambda *args, **given: opened.append(args) or opening(*args, **given))
    with resources.kept_open():
        assert opened == []  # nothing is opened for what nobody asks
        assert resources.view(Filters(sides=("Sorvia",))).n
        assert resources.claim(REPORTS[0][1][0].id)
        assert len(opened) == 1
    with resources.writing() as changed:  # would wait for ever for a reader that has not let go
        assert changed.remove("r1")


def test_the_marks_of_a_map_are_told_without_the_file(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resources.overview()
    expected = resources.view(Filters(sides=("Norland",)), "un").marks
    resources._marks.clear()
    monkeypatch.setattr(ClaimStore, "open", None)
    assert resources.marks(Filters(sides=("Norland",)), "un") == expected != []


def test_readers_are_served_while_others_write(store: Path) -> None:
    problems: list[Exception] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                resources.overview()
            except Exception as problem:  # noqa: BLE001 - any of them fails the test
                problems.append(problem)
                return

    readers = [begun(read) for _ in range(3)]
    for _ in range(5):
        with resources.writing() as opened:
            opened.remove("r3")
        with resources.writing() as opened:
            opened.add(*REPORTS[2])
    done.set()
    for reader in readers:
        reader.join(PATIENCE)
    assert problems == []
    assert resources.overview().total == N_CLAIMS
