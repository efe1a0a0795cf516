"""A process may be killed at any moment: no finished report is lost, doubled or half done, and the next start goes on.

The moments are drawn at random with a fixed seed from the time that the work really takes. A process is killed by
SIGKILL, which it cannot see coming; most of these moments lie inside a transaction, and the test checks that.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pytest

from store import backups
from store.claims import ClaimStore
from store.errors import StoreError
from store.filters import Filters
from store.migrations import LATEST
from store.records import ReadingRow
from tests.pipeline import crash_child
from tests.pipeline.crash_child import NEW, OLD, REPORTS, WORDS
from tests.pipeline.processes import FORKED

KILLS = 50
INSIDE = KILLS // 5
"""So many kills at least must hit a transaction; on a busy machine it takes more than fifty kills to get there."""
MOST_KILLS = 6 * KILLS
IDS = [report.sha256 for report in REPORTS]
BROKEN = {"broken": True, "n": 60}
"""Without transactions half of an ingest is half done at any moment: fewer reports show it as well."""
Work = Callable[..., None]


@dataclass
class Scene:
    """A store, and what the processes that wrote it have noted."""

    folder: Path
    work: Work
    options: dict[str, int] = field(default_factory=dict)

    @property
    def store(self) -> Path:
        return self.folder / "claims.duckdb"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def run(self, seconds: float | None = None, *, once_writing: bool = False) -> bool:
        """Let a process work, and kill it after so many seconds; True when it came to its end.

        :param once_writing: count from its first transaction: on a busy machine it may take long to get there.
        """
        noted = len(self.noted())
        process = FORKED.Process(target=self.work, args=(self.store, self.log), kwargs=self.options)
        process.start()
        while once_writing and process.is_alive() and "<" not in self.noted()[noted:]:
            time.sleep(0.001)
        process.join(seconds)
        if process.is_alive():
            os.kill(process.pid or 0, signal.SIGKILL)
            process.join()
        assert process.exitcode in (0, -signal.SIGKILL)
        return process.exitcode == 0

    def noted(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []

    def finished(self) -> set[str]:
        return {line for line in self.noted() if len(line) == 64}

    def killed_within_a_transaction(self) -> bool:
        return [line for line in self.noted() if line in "<>"][-1:] == ["<"]


@pytest.fixture
def folder() -> Iterator[Path]:
    """In memory where that is possible: what a killed process has written is the system's, disk or not."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as name:
        yield Path(name)


def kept(store: Path) -> dict[str, tuple[int, int, int, str | None]]:
    """Claims, their places and their actors, and what read it, of every report; each report is there once."""
    if not store.exists():
        return {}
    with duckdb.connect(str(store), read_only=True) as file:
        if not file.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'readings'").fetchall():
            return {}
        rows = file.execute(
            """SELECT r.id, (SELECT count(*) FROM claims c WHERE c.report = r.n),
                (SELECT count(*) FROM claims c JOIN claim_places p ON p.claim = c.n WHERE c.report = r.n),
                (SELECT count(*) FROM claims c JOIN claim_actors a ON a.claim = c.n WHERE c.report = r.n),
                (SELECT v.extractor FROM readings v WHERE v.report = r.n) FROM reports r"""
        ).fetchall()
        (strays,) = file.execute(
            """SELECT (SELECT count(*) FROM claims WHERE report NOT IN (SELECT n FROM reports))
                + (SELECT count(*) FROM claim_places WHERE claim NOT IN (SELECT n FROM claims))
                + (SELECT count(*) FROM claim_actors WHERE claim NOT IN (SELECT n FROM claims))"""
        ).fetchall()
    assert strays == (0,), "rows without their report"
    assert len(rows) == len({row[0] for row in rows}), "a report is there twice"
    return {row[0]: row[1:] for row in rows}


def whole(reading: ReadingRow) -> tuple[int, int, int, str]:
    n = len(WORDS[reading])
    return n, n, 3 * n, reading.extractor


def check(scene: Scene, *readings: ReadingRow) -> None:
    found = kept(scene.store)
    assert scene.finished() <= found.keys(), "a finished report is lost"
    assert set(found.values()) <= {whole(reading) for reading in readings}, "a report is half done"


def measured(scene: Scene) -> float:
    """Seconds that the work takes, from the start of the process to its end."""
    start = time.monotonic()
    assert scene.run()
    return time.monotonic() - start


def writing(folder: Path) -> float:
    """Seconds that an ingest takes from its first transaction to its end."""
    folder.mkdir()
    scene, begun = Scene(folder, crash_child.ingest_all), time.monotonic()
    assert not scene.run(0, once_writing=True)
    before = time.monotonic() - begun
    return max(measured(scene) - before, 0.05)


def warm(folder: Path) -> None:
    """Start the process that the others are forked from."""
    folder.mkdir()
    Scene(folder, crash_child.migrate).run()


@pytest.mark.slow
def test_an_ingest_killed_at_fifty_moments_loses_and_doubles_nothing_and_goes_on(folder: Path) -> None:
    warm(folder / "warm")
    (folder / "measured").mkdir()
    takes, writes = measured(Scene(folder / "measured", crash_child.ingest_all)), writing(folder / "writing")
    moments, kills, inside, rounds = random.Random(5), 0, 0, 0
    while kills < MOST_KILLS and (kills < KILLS or inside < INSIDE):
        rounds += 1
        (folder / str(rounds)).mkdir()
        scene = Scene(folder / str(rounds), crash_child.ingest_all)
        while kills < MOST_KILLS and not _cut_short(scene, moments, takes, writes):
            kills += 1
            inside += scene.killed_within_a_transaction()
            check(scene, OLD)
        assert scene.run(), "the next start does not go on"
        check(scene, OLD)
        assert set(kept(scene.store)) == set(IDS)
        assert scene.finished() == set(IDS)
        shutil.rmtree(scene.folder)
    assert kills >= KILLS
    assert inside >= INSIDE, f"only {inside} of {kills} kills hit a transaction"


def _cut_short(scene: Scene, moments: random.Random, takes: float, writes: float) -> bool:
    """Kill an ingest at any moment of it, or, every second time, of its writing; True when it was done before."""
    if moments.random() < 0.5:
        return scene.run(moments.uniform(0, takes / 4))
    return scene.run(moments.uniform(0, writes / 4), once_writing=True)


@pytest.mark.slow
def test_this_test_sees_a_store_without_transactions(folder: Path) -> None:
    warm(folder / "warm")
    (folder / "measured").mkdir()
    takes = measured(Scene(folder / "measured", crash_child.ingest_all, BROKEN))
    moments, is_new = random.Random(5), True
    with pytest.raises(AssertionError, match=r"half done|without their report"):
        for kill in range(MOST_KILLS):
            if is_new:  # nothing is left to be broken once the work has come to its end
                scene = Scene(folder / str(kill), crash_child.ingest_all, BROKEN)
                scene.folder.mkdir()
            is_new = scene.run(moments.uniform(0, takes / 3), once_writing=kill % 2 == 1)
            check(scene, OLD)


@pytest.mark.slow
def test_a_refresh_killed_at_any_moment_leaves_each_report_as_it_was_or_read_anew(folder: Path) -> None:
    warm(folder / "warm")
    (folder / "first").mkdir()
    first = Scene(folder / "first", crash_child.ingest_all, {"n": 24})
    assert first.run()
    (folder / "measured").mkdir()
    alone = Scene(folder / "measured", crash_child.refresh_all)
    shutil.copy(first.store, alone.store)
    takes, moments = measured(alone), random.Random(6)
    scene = Scene(folder / "again", crash_child.refresh_all)
    scene.folder.mkdir()
    shutil.copy(first.store, scene.store)
    for _ in range(10):
        scene.run(moments.uniform(0, takes))
        check(scene, OLD, NEW)
        found = kept(scene.store)
        assert all(found[identity][-1] == "new" for identity in scene.finished())
    assert scene.run()
    assert {*kept(scene.store).values()} == {whole(NEW)}
    with ClaimStore.open(scene.store) as store:
        assert store.report_ids() == IDS[:24]


@pytest.mark.slow
def test_a_migration_killed_at_any_moment_leaves_a_store_that_opens_and_a_back_up_that_is_whole(folder: Path) -> None:
    warm(folder / "warm")
    old = folder / "old.duckdb"
    with duckdb.connect(str(old)) as file:
        file.execute((Path(__file__).parents[1] / "store" / "step_1.sql").read_text("utf-8"))
    (folder / "measured").mkdir()
    scene = Scene(folder / "measured", crash_child.migrate)
    shutil.copy(old, scene.store)
    takes, moments = measured(scene), random.Random(7)
    for i in range(10):
        scene = Scene(folder / str(i), crash_child.migrate)
        scene.folder.mkdir()
        shutil.copy(old, scene.store)
        scene.run(moments.uniform(0, takes))
        for backup in backups.beside(scene.store):
            with duckdb.connect(str(backup), read_only=True) as file:
                assert file.execute("SELECT count(*), max(step) FROM claims, migrations").fetchall() == [(3, 1)]
        assert scene.run()
        with ClaimStore.open(scene.store) as store:
            assert store.count(Filters()) == 3
        assert steps(scene.store) == list(range(1, LATEST + 1))


def steps(path: Path) -> list[int]:
    with duckdb.connect(str(path), read_only=True) as file:
        return [step for (step,) in file.execute("SELECT step FROM migrations ORDER BY step").fetchall()]


def test_a_killed_first_start_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    """A file of a few bytes that is no database yet is refused, not overwritten: it may be somebody's."""
    (tmp_path / "claims.duckdb").write_bytes(b"DUCK")
    with pytest.raises(StoreError, match="move the file away"):
        ClaimStore.open(tmp_path / "claims.duckdb")
