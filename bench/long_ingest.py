"""``python -m bench.long_ingest``: what several processes gain, or (``--memory``) what a long ingest keeps in memory.

Reports are invented (bench/synthetic.py). The gain is that of whole commands, ``python -m pipeline ingest --jobs N``,
with one process and with several in turn, so that a machine that is busy is as busy for both; the ratio of each pair
is printed and their median. Memory is what the reading process holds of the machine's own (resident) after so many
reports, with all that was read in its store.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Final

from bench import synthetic
from bench.synthetic import Corpus
from pipeline.batch import ingest_reports
from pipeline.crew import cores
from pipeline.run import Engine
from pipeline.settings import Settings
from store.claims import ClaimStore

_STATUS: Final = Path("/proc/self/status")
_MB: Final = 1024


def speed_ups(reports: int, rounds: int, jobs: int) -> Iterator[float]:
    """How much sooner ``jobs`` processes end an ingest than one, by the clock on the wall: a figure a round."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        synthetic.main(["--reports", str(reports), "--out", str(folder / "reports.jsonl")])
        for number in range(rounds):
            order = (1, jobs) if number % 2 == 0 else (jobs, 1)  # neither is always the first
            seconds = {n: _seconds(folder, f"{number}-{n}", n) for n in order}
            yield seconds[1] / seconds[jobs]


def _seconds(folder: Path, name: str, jobs: int) -> float:
    ingest = [sys.executable, "-m", "pipeline", "ingest", str(folder / "reports.jsonl"), "--jobs", str(jobs)]
    start = time.perf_counter()
    command = ["env", f"CLAIM_ATLAS_STORE={folder / name}.duckdb", *ingest]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def ingest_and_look(at: Sequence[int], store: Path) -> None:
    """Ingest, and print the megabytes that this process holds after so many reports."""
    engine, done = Engine.load(Settings.from_env()), count(1)

    def look(_: object) -> None:
        if (reports := next(done)) in at:
            print(f"{reports:6,} reports: {resident():6.0f} MB resident", flush=True)

    with ClaimStore.open(store, brief=True) as opened:
        ingest_reports(Corpus().reports(max(at)), opened, engine, look)


def resident() -> float:
    """Megabytes of the machine's memory that this process holds now."""
    (line,) = (line for line in _STATUS.read_text().splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / _MB


def main() -> int:
    """Measure what was asked for, and print it."""
    ap = argparse.ArgumentParser(prog="python -m bench.long_ingest", description=__doc__)
    ap.add_argument("--memory", metavar="N", type=int, nargs="+", help="look after so many reports: 200 1000 2000")
    ap.add_argument("--reports", type=int, default=200, help="of each ingest whose time is taken (default: 200)")
    ap.add_argument("--rounds", type=int, default=4)
    ap.add_argument("--jobs", type=int, default=cores(), help=f"processes (default: {cores()})")
    args = ap.parse_args()
    if args.memory:
        with tempfile.TemporaryDirectory() as folder:
            ingest_and_look(args.memory, Path(folder) / "claims.duckdb")
        return 0
    ratios = []
    for ratio in speed_ups(args.reports, args.rounds, args.jobs):
        ratios.append(ratio)
        print(
            f"{args.jobs} processes against one: {ratio:.2f} times as fast; load {os.getloadavg()[0]:.1f}", flush=True
        )
    print(f"median {statistics.median(ratios):.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
