"""``python -m bench.size STORE``: what a view of the map page costs on a large store, and how large the store is.

The gate fills a smaller one by itself (bench/filling.py): 1,500 reports. What it keeps under a ceiling holds on any
machine: how much longer a view takes when there are four times the claims, and bytes a claim. Times are the
processor's, the median over a dozen filters of every kind, opening the file included, as the dashboard does it.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Final

from bench.filling import Filler, fill
from bench.synthetic import Corpus
from pipeline.run import Engine
from store.claims import ClaimStore
from store.filters import Filters
from store.index import Index

REPORTS: Final = 1_500
ANNOTATED: Final = 60
ROUNDS: Final = 5
MONTH: Final = (date(2021, 4, 1), date(2021, 4, 30))


def measure(engine: Engine) -> dict[str, float]:
    """``size.view_growth``: processor time of a view at :data:`REPORTS` reports over that at a quarter of them;
    ``size.view_cpu_ms`` at :data:`REPORTS`; ``size.bytes_per_claim``, the text counted as often as it was given."""
    filler = Filler.of(Corpus(), engine, annotated=ANNOTATED)
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small.duckdb", Path(folder) / "large.duckdb"
        fill(small, filler, reports=REPORTS // 4)
        claims = fill(large, filler, reports=REPORTS)
        few, many = view_seconds(small), view_seconds(large)
        return {
            "size.bytes_per_claim": bytes_per_claim(large, claims),
            "size.view_cpu_ms": many * 1000,
            "size.view_growth": many / few,
        }


def bytes_per_claim(store: Path, claims: int) -> float:
    """Bytes of the file and of all texts, over claims: texts of a filled store repeat, and are packed too well."""
    with ClaimStore.open(store, read_only=True) as opened:
        ids = opened.reports()["id"]
        sample = [report for identity in ids[:100] if (report := opened.report(identity))]
    texts = statistics.mean(len(report.text.encode()) for report in sample) * len(ids)
    return (store.stat().st_size + texts) / claims


def view_seconds(store: Path, *, wall: bool = False) -> float:
    """Median over filters of the median time of a view."""
    clock = time.perf_counter if wall else time.process_time
    with ClaimStore.open(store, read_only=True) as opened:
        index = opened.index()
        wanted = list(filters(opened, index))
    return statistics.median(_seconds(store, index, one, clock) for one in wanted)


def _seconds(store: Path, index: Index, wanted: Filters, clock: Callable[[], float]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = clock()
        with ClaimStore.open(store, read_only=True) as opened:
            opened.view(index, wanted)
        times.append(clock() - start)
    return statistics.median(times)


def filters(store: ClaimStore, index: Index) -> Iterator[Filters]:
    """A dozen filters: of each field alone, from the most frequent value to a rare one, and several together."""
    facets = store.view(index, Filters()).facets
    for field in ("actors", "sides", "whose", "places", "reports"):
        values = facets[field]
        for at in (1, len(values) // 2):
            yield Filters(**{field: (values[at].value,)})  # type: ignore[arg-type]
    yield Filters(kinds=("personnel", "killed"))
    yield Filters(modes=("warn",))
    yield Filters(since=MONTH[0], until=MONTH[1])
    yield Filters(sides=(facets["sides"][1].value,), kinds=("equipment",), since=MONTH[0])


def main(argv: list[str] | None = None) -> int:
    """Measure a store that is there."""
    ap = argparse.ArgumentParser(prog="python -m bench.size", description=__doc__)
    ap.add_argument("store", type=Path)
    args = ap.parse_args(argv)
    with ClaimStore.open(args.store, read_only=True) as store:
        start = time.process_time()
        store.index()
        print(f"index        {time.process_time() - start:9.3f} s of the processor")
        claims = store.count(Filters())
    print(f"claims       {claims:9,}")
    print(f"bytes/claim  {bytes_per_claim(args.store, claims):9.0f}")
    print(f"view         {view_seconds(args.store) * 1000:9.1f} ms of the processor")
    print(f"view         {view_seconds(args.store, wall=True) * 1000:9.1f} ms on the wall")
    return 0


if __name__ == "__main__":
    sys.exit(main())
