"""What the rooms cost on top of spaCy, as ratios measured side by side in one process.

Absolute times differ between machines and hours; the ratio of two things run in turn does not. Texts are the sample
reports, repeated, so that the gate needs no corpus.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from bench.geo_speed import geo_over_spacy
from extract import nlp as models
from extract.model import Report
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
    """Median over rounds of processor time(ours) / time(base), the two run in turn after one warm-up each."""
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


def measure(engine: Engine, stories: Sequence[Report] = ()) -> dict[str, float]:
    """The figures of cost, all over spaCy's bare pipeline on the same texts but the last.

    ``speed.extract_over_spacy`` (parse and extraction), ``speed.annotate_over_spacy`` (with resolution) and
    ``speed.geo_over_spacy`` (recognising and resolving places) on the samples, which hold several times the claims of
    ordinary news; ``speed.stories_extract_over_spacy`` when ``stories`` are given; ``speed.gazetteer_cold_s``.
    """
    samples = sample_reports() * 3
    nlp = models.plain(Settings.from_env().model or models.DEFAULT_MODEL)

    def over_spacy(read: Callable[[Report], object], reports: Sequence[Report]) -> float:
        return ratio(lambda: [read(report) for report in reports], lambda: [nlp(report.text) for report in reports])

    found = {
        "speed.extract_over_spacy": over_spacy(engine.extractor.extract, samples),
        "speed.annotate_over_spacy": over_spacy(engine.annotate, samples),
        **geo_over_spacy(),
        "speed.gazetteer_cold_s": cold_open_seconds(),
    }
    if stories:
        found["speed.stories_extract_over_spacy"] = over_spacy(engine.extractor.extract, stories)
    return found
