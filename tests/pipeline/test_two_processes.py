"""Two processes on one store: the second gets a clear message or reads, in each direction; nobody waits for long."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import checkup
from pipeline.command_line import NOTHING_DONE, OK, SOME_SET_ASIDE, main
from pipeline.run import Engine
from store import opening
from store.claims import ClaimStore
from store.errors import StoreLockedError
from store.filters import Filters
from tests import copied
from tests.patience import PATIENCE, until
from tests.pipeline.fakes import fake_engine
from tests.pipeline.processes import holding, ingesting
from tests.store.claim_rows import CRIMEA, a_count, a_report

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with a report and a claim, in a folder with one more report to read."""
    path = tmp_path / "claims.duckdb"
    monkeypatch.setenv("CLAIM_ATLAS_STORE", str(path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Engine, "load", lambda settings: fake_engine())
    monkeypatch.setattr(checkup, "CHECKS", {"store": checkup.CHECKS["store"]})
    (tmp_path / "new.txt").write_text("Something new.")
    return copied.filled(path, with_a_claim)


def with_a_claim(store: ClaimStore) -> None:
    report = a_report()
    store.add(report, [a_count(report, "c", CRIMEA)], [CRIMEA])


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "PATIENCE", 0.1)


READING = [["query"], ["query", "--json"], ["export", "--format", "csv", "--out", "out.csv"]]
WRITING = [["ingest", "new.txt"], ["refresh"], ["samples", "load"], ["samples", "clear"]]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("command", [*READING, *WRITING], ids=" ".join)
def test_while_another_process_writes_every_command_says_who_holds_the_store(
    store: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with holding(store, "writing") as holder:
        assert main(command) == NOTHING_DONE
        told = capsys.readouterr()
        assert f"is in use by process {holder.pid}; only one process at a time can write" in told.err
        assert told.out == ""
        holder.end()
    assert main(command) == OK


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_while_another_process_reads_one_can_read(store: Path, command: list[str]) -> None:
    with holding(store, "reading") as holder:
        assert main(command) == OK
        holder.end()


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("command", WRITING, ids=" ".join)
def test_while_another_process_reads_nothing_can_be_written_and_it_is_said_who_reads(
    store: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with holding(store, "reading") as holder:
        assert main(command) == NOTHING_DONE
        assert f"is in use by process {holder.pid}" in capsys.readouterr().err
        holder.end()
    assert main(command) == OK


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(("way", "code"), [("writing", SOME_SET_ASIDE), ("reading", OK)])
def test_doctor_tells_who_holds_the_store(store: Path, way: str, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    with holding(store, way) as holder:
        assert main(["doctor", "--json"]) == code
        (found,) = map(json.loads, capsys.readouterr().out.splitlines())
        assert found["well"] is (way == "reading")
        assert (f"process {holder.pid}" in found["told"]) is (way == "writing")
        holder.end()


@pytest.mark.usefixtures("impatient")
def test_a_watch_tells_it_and_takes_the_report_in_later(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("One.")
    later = time.time() - 60
    os.utime(tmp_path / "in" / "a.txt", (later, later))
    with holding(store, "writing") as holder:
        assert main(["watch", "--once", "in"]) == SOME_SET_ASIDE
        assert f"process {holder.pid}" in capsys.readouterr().err
        holder.end()
    assert main(["watch", "--once", "in"]) == OK
    assert "added: a" in capsys.readouterr().err


def test_who_waits_gets_the_store_as_soon_as_it_is_free(store: Path) -> None:
    with holding(store, "writing") as holder, pytest.raises(StoreLockedError):
        ClaimStore.open(store, read_only=True, patience=0)
    with holding(store, "writing") as holder:
        holder.let_go()
        with ClaimStore.open(store, read_only=True, patience=PATIENCE) as opened:
            assert opened.count(Filters()) == 1


def test_while_an_ingest_runs_others_read_and_write(store: Path, tmp_path: Path) -> None:
    lines = [json.dumps({"id": str(i), "text": f"Report number {i}."}) for i in range(60)]
    (tmp_path / "r.jsonl").write_text("\n".join(lines))
    seen: list[int] = []
    mine = a_report("mine")

    def look() -> int:
        with ClaimStore.open(store, read_only=True) as opened:
            seen.append(len(opened.report_ids()))
        return seen[-1]

    with ingesting(store, tmp_path / "r.jsonl", pause_at=30) as ingest:
        until(lambda: look() > 1)  # what is read during an ingest is seen during it
        with ClaimStore.open(store) as opened:
            assert opened.add(mine, [], [])
        ingest.let_go()
        while ingest.process.is_alive():
            look()
            time.sleep(0.02)
        assert ingest.process.exitcode == OK
    assert seen == sorted(seen)
    with ClaimStore.open(store, read_only=True) as opened:
        assert len(opened.report_ids()) == 62
        assert opened.has(mine.id)


def test_two_ingests_of_the_same_reports_add_each_once(store: Path, tmp_path: Path) -> None:
    lines = [json.dumps({"id": str(i), "text": f"Report number {i}."}) for i in range(30)]
    (tmp_path / "r.jsonl").write_text("\n".join(lines))
    with ingesting(store, tmp_path / "r.jsonl") as one, ingesting(store, tmp_path / "r.jsonl") as other:
        for ingest in (one, other):
            ingest.process.join()
        assert (one.process.exitcode, other.process.exitcode) == (OK, OK)
    with ClaimStore.open(store, read_only=True) as opened:
        assert len(opened.report_ids()) == 31


def test_the_command_line_and_the_dashboard_share_a_store(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dashboard import resources

    monkeypatch.setattr(resources, "settings", lambda: type("Settings", (), {"store": store}))
    lines = [json.dumps({"id": str(i), "text": f"Report number {i}."}) for i in range(40)]
    (tmp_path / "r.jsonl").write_text("\n".join(lines))
    asked = 0
    with ingesting(store, tmp_path / "r.jsonl", pause_at=20) as ingest:
        while ingest.process.is_alive():
            with resources.reading() as opened:
                assert opened.count(Filters()) == 1
            asked += 1
            if asked == 6:
                ingest.let_go()
        assert ingest.process.exitcode == OK
    assert asked > 5
    with resources.writing() as opened:
        assert len(opened.report_ids()) == 41
        query = [sys.executable, "-m", "pipeline", "query"]
        done = subprocess.Popen(query, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                env=_environment(store))  # fmt: skip
        time.sleep(0.5)
    out, _ = done.communicate()
    assert done.returncode == OK
    assert "110,000 troops" in out


def _environment(store: Path) -> dict[str, str]:
    return {**os.environ, "CLAIM_ATLAS_STORE": str(store)}
