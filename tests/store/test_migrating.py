"""An older store is brought up to date after a back-up, or stays as it was; nothing that people have is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from store import backups, migrations, opening
from store.claims import ClaimStore
from store.errors import (
    ForeignStoreError,
    MigrationError,
    NewerStoreError,
    OutdatedStoreError,
    StoreDamagedError,
    StoreError,
    StoreLockedError,
)
from store.filters import Filters
from store.migrations import LATEST, MIGRATIONS, Migration
from store.records import MentionRow, ReadingRow

ROOT = Path(__file__).parents[2]
TODAY = ReadingRow("e", "g", "k")
BROKEN = Migration(LATEST + 1, "breaks", ("CREATE TABLE half (a INTEGER)", "SELECT * FROM nowhere"))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store of step 1, with two reports."""
    path = tmp_path / "claims.duckdb"
    with duckdb.connect(str(path)) as file:
        file.execute((Path(__file__).parent / "step_1.sql").read_text("utf-8"))
    return path


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch) -> None:
    """One more step, which fails in its middle."""
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, BROKEN))
    monkeypatch.setattr(migrations, "LATEST", BROKEN.step)


def tables(path: Path) -> set[str]:
    with duckdb.connect(str(path), read_only=True) as file:
        return {name for (name,) in file.execute("SELECT table_name FROM duckdb_tables()").fetchall()}


def steps(path: Path) -> list[int]:
    with duckdb.connect(str(path), read_only=True) as file:
        return [step for (step,) in file.execute("SELECT step FROM migrations ORDER BY step").fetchall()]


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(path), read_only=True) as file:
        return {name: file.execute(f'SELECT * FROM "{name}"').fetchall() for name in sorted(tables(path))}


def test_an_older_store_keeps_everything_and_can_do_what_a_new_one_can(old: Path) -> None:
    with ClaimStore.open(old) as store:
        assert store.count(Filters()) == 3
        first, second = store.report("a1"), store.report("b2")
        assert first and (first.title, first.published) == ("First", date(2021, 4, 14))
        assert second and (second.sample, second.boilerplate) == (True, ((0, 4),))
        (count,) = store.claims_of_report("a1")
        assert (count.id, count.low, count.places[0].place_key) == ("c1", 500, "tbl:crimea")
        assert {mark.place.key for mark in store.marks(Filters())} == {"tbl:crimea"}
        assert store.facets(Filters())["actors"]
        assert store.replace(first, [count], [store.place("tbl:crimea")], TODAY)  # type: ignore[list-item]
    assert steps(old) == [migration.step for migration in MIGRATIONS]


def test_every_report_of_a_store_without_readings_is_out_of_date(old: Path) -> None:
    with ClaimStore.open(old) as store:
        assert store.outdated(TODAY) == ["a1", "b2"]
        assert store.reading("a1") is None


def test_the_store_of_before_lies_beside_it(old: Path) -> None:
    before = content(old)
    ClaimStore.open(old).close()
    backup = old.with_name("claims.duckdb.before-step-2")
    assert backups.beside(old) == [backup]
    assert content(backup) == before
    assert steps(backup) == [1]


def test_what_was_only_in_the_write_ahead_log_is_in_the_back_up(old: Path) -> None:
    code = (
        "import duckdb, os, sys\nfile = duckdb.connect(sys.argv[1])\n"
        "file.execute(\"UPDATE reports SET title = 'Late' WHERE n = 1\")\nos._exit(1)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(old)], check=False)
    assert old.with_name("claims.duckdb.wal").exists()
    ClaimStore.open(old).close()
    (backup,) = backups.beside(old)
    assert ("Late",) in [row[2:3] for row in content(backup)["reports"]]


def test_a_back_up_is_never_overwritten(old: Path) -> None:
    earlier = [old.with_name(f"claims.duckdb.before-step-2{more}") for more in ("", ".2")]
    for path in earlier:
        path.write_text("an earlier back-up")
    ClaimStore.open(old).close()
    assert [path.read_text() for path in earlier] == ["an earlier back-up"] * 2
    assert steps(old.with_name("claims.duckdb.before-step-2.3")) == [1]


def test_a_store_that_is_up_to_date_or_new_is_not_copied(tmp_path: Path) -> None:
    path = tmp_path / "claims.duckdb"
    for _ in range(2):
        ClaimStore.open(path).close()
    assert [file.name for file in tmp_path.iterdir()] == ["claims.duckdb"]


@pytest.mark.usefixtures("breaking")
def test_a_step_that_fails_leaves_the_store_as_it_was_and_says_where_the_back_up_is(old: Path) -> None:
    before = content(old)
    with pytest.raises(MigrationError, match=r"as it was before; a back-up lies at .*\.before-step-2\."):
        ClaimStore.open(old)
    assert content(old) == before
    assert content(backups.beside(old)[0]) == before


@pytest.mark.usefixtures("breaking")
def test_trying_again_does_not_fill_the_disk_with_the_same_back_up(old: Path) -> None:
    for _ in range(3):
        with pytest.raises(MigrationError):
            ClaimStore.open(old)
    assert len(backups.beside(old)) == 1


@pytest.mark.usefixtures("breaking")
def test_a_new_store_of_which_a_step_fails_is_not_copied(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        ClaimStore.open(tmp_path / "claims.duckdb")
    assert backups.beside(tmp_path / "claims.duckdb") == []


def test_without_room_for_a_back_up_nothing_is_changed(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = content(old)
    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(StoreError, match=r"no back-up of it can be made beside it \(No space left"):
        ClaimStore.open(old)
    assert content(old) == before
    assert [path.name for path in old.parent.iterdir()] == ["claims.duckdb"]


def test_a_store_that_somebody_changes_meanwhile_is_copied_again(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    back_up, titles = backups.back_up, iter(["Once", "Twice"])

    def disturbed(store: Path, step: int) -> Path:
        copy = back_up(store, step)
        if title := next(titles, None):
            with duckdb.connect(str(store)) as other:
                other.execute("UPDATE reports SET title = ? WHERE n = 1", [title])
        return copy

    monkeypatch.setattr(backups, "back_up", disturbed)
    with ClaimStore.open(old) as store:
        assert store.reports()["title"][0] == "Twice"
    newest = backups.beside(old)[0]
    assert "Twice" in {row[2] for row in content(newest)["reports"]}


def test_a_store_that_is_changed_all_the_time_is_left_alone(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    back_up = backups.back_up

    def disturbed(store: Path, step: int) -> Path:
        copy = back_up(store, step)
        os.utime(store)
        return copy

    monkeypatch.setattr(backups, "back_up", disturbed)
    with pytest.raises(StoreLockedError, match="another process keeps changing it"):
        ClaimStore.open(old)
    assert steps(old) == [1]


def test_somebody_else_may_have_brought_it_up_to_date_meanwhile(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    back_up = backups.back_up

    def overtaken(store: Path, step: int) -> Path:
        copy = back_up(store, step)
        monkeypatch.setattr(backups, "back_up", back_up)
        ClaimStore.open(store).close()
        return copy

    monkeypatch.setattr(backups, "back_up", overtaken)
    with ClaimStore.open(old) as store:
        assert store.count(Filters()) == 3
    assert len(backups.beside(old)) == 1


def test_reading_changes_and_copies_nothing(old: Path) -> None:
    before = old.read_bytes()
    with pytest.raises(OutdatedStoreError, match="Open it once for writing"):
        ClaimStore.open(old, read_only=True)
    assert old.read_bytes() == before
    assert backups.beside(old) == []


def test_a_newer_store_is_neither_changed_nor_copied(old: Path) -> None:
    with duckdb.connect(str(old)) as later:
        later.execute("INSERT INTO migrations VALUES (?, 'from the future', now()::TIMESTAMP)", [LATEST + 1])
    before = content(old)
    with pytest.raises(NewerStoreError, match=f"its step {LATEST + 1}, this one knows {LATEST}"):
        ClaimStore.open(old)
    assert content(old) == before
    assert backups.beside(old) == []


@pytest.mark.parametrize("made", ["TABLE mine (a INTEGER)", "TABLE migrations (id INTEGER)", "VIEW it AS SELECT 1"])
def test_a_database_of_something_else_is_neither_changed_nor_copied(tmp_path: Path, made: str) -> None:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as other:
        other.execute(f"CREATE {made}")
    before = path.read_bytes()
    with pytest.raises(ForeignStoreError, match="something else"):
        ClaimStore.open(path)
    assert path.read_bytes() == before
    assert backups.beside(path) == []


def test_a_damaged_older_store_names_the_back_up_to_put_in_its_place(old: Path) -> None:
    ClaimStore.open(old).close()
    whole = old.read_bytes()
    old.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    with pytest.raises(StoreDamagedError, match=r"the newest beside it: claims\.duckdb\.before-step-2"):
        ClaimStore.open(old).count(Filters())
    backups.beside(old)[0].replace(old)
    with ClaimStore.open(old) as store:
        assert store.count(Filters()) == 3


def test_an_older_store_with_a_broken_block_is_not_made_worse(old: Path) -> None:
    whole = old.read_bytes()
    broken = whole[:12288] + b"\xff" * (len(whole) - 12288)
    old.write_bytes(broken)
    with pytest.raises(StoreDamagedError):
        ClaimStore.open(old).count(Filters())
    assert old.read_bytes() == broken


@pytest.mark.parametrize("name", ["[a]*?.duckdb", "Київ.duckdb", "two words"])
def test_any_file_name_can_be_backed_up(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("content")
    assert backups.back_up(path, 7).name == f"{name}.before-step-7"
    assert [found.name for found in backups.beside(path)] == [f"{name}.before-step-7"]


def test_a_killed_back_up_leaves_no_file_that_looks_like_one(old: Path) -> None:
    old.with_name("claims.duckdb.before-step-2.part").write_bytes(b"half")
    assert backups.beside(old) == []
    ClaimStore.open(old).close()
    assert [path.name for path in backups.beside(old)] == ["claims.duckdb.before-step-2"]


def test_the_patience_of_a_reader_is_a_few_seconds() -> None:
    assert 1 <= opening.PATIENCE <= 10


def test_a_store_of_step_4_is_backed_up_keeps_all_and_takes_what_step_5_is_for(old: Path) -> None:
    with duckdb.connect(str(old)) as file:
        migrations.run_steps(file, [migration for migration in MIGRATIONS if 1 < migration.step <= 4])
    before = content(old)
    with ClaimStore.open(old) as store:
        (claim,), report, crimea = store.claims_of_report("a1"), store.report("a1"), store.place("tbl:crimea")
        assert report and crimea
        assert (claim.said_at, claim.said_basis, report.mentions) == (None, None, ())
        named = replace(report, mentions=(MentionRow(0, 2, crimea.key, confidence=0.9), MentionRow(3, 5, None)))
        told = replace(claim, said_at=crimea.key, said_basis="dateline")
        assert store.replace(named, [told], [crimea], TODAY)
        assert (store.report("a1"), store.claims_of_report("a1")) == (named, [told])
    (backup,) = backups.beside(old)
    assert backup.name == "claims.duckdb.before-step-5"
    assert content(backup) == before
