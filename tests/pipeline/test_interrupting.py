"""Ctrl-C while several processes read: it is over at once, nothing is left running, what was finished is kept."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.command_line import INTERRUPTED
from store.claims import ClaimStore
from tests.patience import PATIENCE, until

ROOT = Path(__file__).parents[2]
PROMPT = 60.0
"""Seconds that stopping may take on a busy machine; what never ends here would take an hour."""
PROGRAM = """
import multiprocessing, os, sys, time
from pathlib import Path
from pipeline.command_line import main
from pipeline.run import Engine
from tests.pipeline.fakes import fake_engine

class Slow:
    def annotate(self, report):
        if "NEVER" in report.text:
            Path(f"never-{{os.getpid()}}").touch()
        time.sleep(3600 if "NEVER" in report.text else 0.02)
        return fake_engine().annotate(report)

def load(settings):
    if {stuck} and multiprocessing.parent_process():
        time.sleep(3600)
    return Slow()

Engine.load = load
if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
"""
Starts = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def starts(tmp_path: Path) -> Iterator[Starts]:
    """Start an ingest by two processes, as a terminal does: all its processes are one group.

    With ``stuck``, no process beside the first comes to the end of its start.
    """
    running: list[subprocess.Popen[str]] = []

    def start(texts: list[str], *, stuck: bool = False) -> subprocess.Popen[str]:
        (tmp_path / "program.py").write_text(PROGRAM.format(stuck=stuck))
        (tmp_path / "r.jsonl").write_text("\n".join(json.dumps({"text": text}) for text in texts))
        command = [sys.executable, "program.py", "ingest", "r.jsonl", "--jobs", "2"]
        env = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "CLAIM_ATLAS_STORE": str(tmp_path / "s.duckdb")}
        running.append(
            subprocess.Popen(command, cwd=tmp_path, env=env, stderr=subprocess.PIPE, text=True, start_new_session=True)
        )
        return running[-1]

    yield start
    for process in running:
        for pid in group(process):
            os.kill(pid, signal.SIGKILL)


def texts(n: int) -> list[str]:
    return [f"The council of the valley met on Monday to hear boatman number {i}." for i in range(n)]


def group(process: subprocess.Popen[str]) -> list[int]:
    """The processes of the same group that run, as the system lists them."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, _, of = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue  # it has ended meanwhile
        if of == str(process.pid) and state != "Z":
            found.append(int(folder.name))
    return found


def nothing_runs(process: subprocess.Popen[str]) -> None:
    """Python's own tracker of shared memory sees that it is not needed a moment later."""
    until(lambda: group(process) == [], PROMPT)


def stored(folder: Path) -> int:
    with ClaimStore.open(folder / "s.duckdb", read_only=True) as store:
        return len(store.report_ids())


def interrupted(process: subprocess.Popen[str], how: signal.Signals = signal.SIGINT) -> tuple[float, str]:
    """Seconds until it was over, and what it said; Ctrl-C reaches every process of the group."""
    begin = time.monotonic()
    os.killpg(process.pid, how)
    _, said = process.communicate(timeout=PATIENCE)
    return time.monotonic() - begin, said


def test_it_stops_at_once_says_so_in_a_line_and_keeps_what_was_finished(tmp_path: Path, starts: Starts) -> None:
    process = starts([*texts(200), "NEVER ends. The council of the valley met on Monday to hear.", *texts(900)[200:]])
    until(lambda: len(group(process)) >= 3 and (tmp_path / "s.duckdb").exists() and stored(tmp_path) > 20)
    before = stored(tmp_path)
    seconds, said = interrupted(process)
    assert said.splitlines() == ["Interrupted. Reports finished before this stay."]
    assert process.returncode == INTERRUPTED
    assert seconds < PROMPT
    nothing_runs(process)
    assert before <= stored(tmp_path) < 900


def test_a_report_that_takes_for_ever_holds_nobody_up(tmp_path: Path, starts: Starts) -> None:
    process = starts([*texts(14), *["NEVER ends. The council of the valley met on Monday to hear it."] * 5])
    until(lambda: len(list(tmp_path.glob("never-*"))) == 2)  # both are at it: whatever came before has been read
    time.sleep(0.5)
    seconds, said = interrupted(process)
    assert (process.returncode, said.count("\n")) == (INTERRUPTED, 1)
    assert seconds < PROMPT
    nothing_runs(process)
    assert stored(tmp_path) == 14  # what waited to be written was written


def test_processes_that_are_only_starting_say_nothing_either(tmp_path: Path, starts: Starts) -> None:
    process = starts(texts(50), stuck=True)
    until(lambda: len(group(process)) >= 3)  # the first of the further processes has just been started
    seconds, said = interrupted(process)
    assert said.splitlines() == ["Interrupted. Reports finished before this stay."]
    assert process.returncode == INTERRUPTED
    assert seconds < PROMPT
    nothing_runs(process)
    assert stored(tmp_path) == 12


def test_a_process_that_is_killed_leaves_no_other_behind(tmp_path: Path, starts: Starts) -> None:
    process = starts(texts(3000))
    until(lambda: len(group(process)) >= 4)
    process.kill()
    process.wait()
    nothing_runs(process)
