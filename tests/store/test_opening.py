"""A store opens whole, or says what is wrong with the file and what to do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest

from errors import ClaimAtlasError
from store.claims import ClaimStore
from store.errors import (
    ForeignStoreError,
    MissingStoreError,
    NewerStoreError,
    OutdatedStoreError,
    StoreDamagedError,
    StoreError,
    StoreLockedError,
    UnstorableError,
)
from store.filters import Filters
from store.migrations import LATEST, MIGRATIONS
from tests.store.claim_rows import CRIMEA, a_count, a_report


def test_a_store_keeps_its_claims_when_it_is_opened_again(path: Path) -> None:
    report = a_report()
    with ClaimStore.open(path) as store:
        store.add(report, [a_count(report, "c")], [])
    with ClaimStore.open(path) as store:
        assert store.count(Filters()) == 1
    with ClaimStore.open(path, read_only=True) as store:
        assert store.count(Filters()) == 1
        with pytest.raises(StoreError):
            store.add(a_report("two"), [], [])


def test_a_second_process_gets_a_clear_message(store: ClaimStore) -> None:
    code = (
        "import sys\nfrom store.claims import ClaimStore\nfrom store.errors import StoreLockedError\n"
        "try:\n    ClaimStore.open(sys.argv[1], patience=0.2)\nexcept StoreLockedError as error:\n    print(error)\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code, str(store.path)], cwd=root, capture_output=True, text=True, check=False
    )
    assert "is in use by process" in done.stdout, done.stderr
    assert "Close the dashboard" in done.stdout


def test_one_process_cannot_read_and_write_through_two_openings(store: ClaimStore) -> None:
    with pytest.raises(StoreLockedError, match="in this process already"):
        ClaimStore.open(store.path, read_only=True, patience=0.2)


def test_a_store_is_free_again_once_it_is_closed(path: Path) -> None:
    ClaimStore.open(path).close()
    test_a_second_process = [sys.executable, "-c", f"import duckdb; duckdb.connect({str(path)!r}).close()"]
    assert subprocess.run(test_a_second_process, check=False).returncode == 0


@pytest.mark.parametrize("content", [b"hello", b"hello " * 10_000, b"\x00" * 5000], ids=["short", "text", "zeros"])
def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(StoreDamagedError, match="back-up"):
        ClaimStore.open(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("keep", [0.2, 0.5])
def test_a_truncated_store_is_called_damaged(path: Path, keep: float) -> None:
    with ClaimStore.open(path) as store:
        for i in range(20):
            report = a_report(str(i))
            store.add(report, [a_count(report, "c", CRIMEA)], [CRIMEA])
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * keep)])
    with pytest.raises(StoreDamagedError), ClaimStore.open(path) as store:
        store.claims(Filters())


def test_a_store_with_a_broken_block_is_called_damaged(path: Path) -> None:
    with ClaimStore.open(path) as store:
        report = a_report()
        store.add(report, [a_count(report, "c")], [])
    whole = path.read_bytes()
    path.write_bytes(whole[:12288] + b"\xff" * (len(whole) - 12288))
    with pytest.raises(StoreDamagedError), ClaimStore.open(path) as store:
        store.claims(Filters())


def test_an_empty_file_becomes_a_store(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with ClaimStore.open(path) as store:
        assert store.is_empty()


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        ClaimStore.open(tmp_path)


def test_a_path_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be made"):
        ClaimStore.open(tmp_path / "file" / "claims.duckdb")


def test_reading_what_is_not_there_says_so(path: Path) -> None:
    with pytest.raises(MissingStoreError, match="no store"):
        ClaimStore.open(path, read_only=True)
    assert not path.exists()


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as other:
        other.execute("CREATE TABLE mine (a INTEGER)")
    with pytest.raises(ForeignStoreError, match="something else"):
        ClaimStore.open(path)
    with duckdb.connect(str(path)) as other:
        assert other.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("mine",)]


def test_a_newer_store_is_refused_with_the_way_out(path: Path) -> None:
    ClaimStore.open(path).close()
    with duckdb.connect(str(path)) as later:
        later.execute("INSERT INTO migrations VALUES (?, 'from the future', now()::TIMESTAMP)", [LATEST + 1])
    with pytest.raises(NewerStoreError, match="newer Claim Atlas"):
        ClaimStore.open(path)


def test_an_older_store_is_not_changed_by_reading(path: Path) -> None:
    path.parent.mkdir()
    with duckdb.connect(str(path)) as older:
        older.execute("CREATE TABLE migrations (step INTEGER PRIMARY KEY, name VARCHAR, applied_at TIMESTAMP)")
    with pytest.raises(OutdatedStoreError, match="reading only"):
        ClaimStore.open(path, read_only=True)
    with ClaimStore.open(path) as store:
        assert store.is_empty()


def test_steps_are_numbered_without_gaps_and_each_is_recorded(path: Path) -> None:
    assert [migration.step for migration in MIGRATIONS] == list(range(1, LATEST + 1))
    ClaimStore.open(path).close()
    with duckdb.connect(str(path)) as file:
        recorded = file.execute("SELECT step, name FROM migrations ORDER BY step").fetchall()
    assert recorded == [(migration.step, migration.name) for migration in MIGRATIONS]


def test_every_error_of_the_store_is_one_of_ours() -> None:
    for error in (StoreLockedError, StoreDamagedError, NewerStoreError, ForeignStoreError, UnstorableError):
        assert issubclass(error, StoreError)
        assert issubclass(error, ClaimAtlasError)


def test_ctrl_c_during_a_query_is_no_error_of_the_store(path: Path) -> None:
    with ClaimStore.open(path) as store, pytest.raises(KeyboardInterrupt), store._connection.reading() as cursor:
        cursor.execute("SET threads = 1")  # else another thread may do the work, and this one waits for it, deaf
        threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
        cursor.execute("SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range % 7 = 3")
