"""What the rooms cost on top of spaCy, as ratios measured side by side in one process.

Absolute times differ between machines and hours; the ratio of two things run in turn does not. Texts are the sample
reports, repeated, so that the gate needs no corpus.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from bench.geo_speed import geo_over_spacy
from extract import nlp as models
from extract.sentences import passages
from pipeline.run import Engine
from pipeline.samples import sample_reports
from pipeline.settings import Settings

ROUNDS = 7
COLD_OPEN = """
import time
start = time.perf_counter()
from geo.gazetteer import Gazetteer
Gazetteer.open().lookup("Kyiv")
print(time.perf_counter() - start)
"""


def ratio(ours: Callable[[], object], base: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    """Median over rounds of time(ours) / time(base), the two run in turn after one warm-up each."""
    ours()
    base()
    return statistics.median(_seconds(ours) / _seconds(base) for _ in range(rounds))


def _seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


def cold_open_seconds(*, rounds: int = 3) -> float:
    """Median wall seconds to import, open and ask the gazetteer in a new process."""
    return statistics.median(
        float(subprocess.run([sys.executable, "-c", COLD_OPEN], capture_output=True, text=True, check=True).stdout)
        for _ in range(rounds)
    )


def measure(engine: Engine) -> dict[str, float]:
    """The figures of cost.

    ``speed.annotate_over_spacy`` (whole annotation / spaCy's bare pipeline), ``speed.geo_over_spacy`` (recognising and
    resolving places / the same) and ``speed.gazetteer_cold_s``.
    """
    reports = sample_reports() * 3
    nlp = models.load(Settings.from_env().model or models.DEFAULT_MODEL)
    return {
        "speed.annotate_over_spacy": ratio(
            lambda: [engine.annotate(report) for report in reports],
            lambda: [passages(report.text, nlp) for report in reports],
        ),
        **geo_over_spacy(),
        "speed.gazetteer_cold_s": cold_open_seconds(),
    }
