"""What taking reports in costs: reading and storing against bare spaCy.

Texts are invented (bench/synthetic.py), so that the gate needs no corpus; ``--gold`` adds the stories. Reports are read
and stored as ``ingest`` does it, the same texts by spaCy's small pipeline alone, in turn and in one process, on the
processor's own clock.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Final

from bench.speed import ratio
from bench.synthetic import Corpus
from extract import nlp as models
from extract.model import Report
from pipeline.batch import ingest_reports
from pipeline.run import Engine
from pipeline.settings import Settings
from store.claims import ClaimStore

REPORTS: Final = 40
ROUNDS: Final = 3


def measure(engine: Engine, stories: Sequence[Report] = (), *, reports: int = REPORTS) -> dict[str, float]:
    """``ingest.over_spacy``: processor time of an ingest of invented reports over bare spaCy's;
    ``ingest.stories_over_spacy`` when ``stories`` are given."""
    found = {"ingest.over_spacy": over_spacy(engine, list(Corpus().reports(reports)))}
    if stories:
        found["ingest.stories_over_spacy"] = over_spacy(engine, stories)
    return found


def over_spacy(engine: Engine, reports: Sequence[Report]) -> float:
    """Median of rounds, each into a store of its own."""
    nlp = models.plain(Settings.from_env().model or models.DEFAULT_MODEL)
    rounds = count()
    with tempfile.TemporaryDirectory() as folder:

        def ours() -> None:
            with ClaimStore.open(Path(folder) / f"{next(rounds)}.duckdb") as store:
                ingest_reports(reports, store, engine)

        return ratio(ours, lambda: [nlp(report.text) for report in reports], rounds=ROUNDS)
