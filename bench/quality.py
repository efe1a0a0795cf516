"""Quality on the gold corpora: annotate every text, hand the lines to the corpus' own scorer, keep the figures."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.corpora import Corpus
from errors import InputError
from pipeline.run import Engine

KEPT: Mapping[str, tuple[str, ...]] = {
    "stories": (
        "counts.f1", "counts.p", "counts.r", "counts.of_hits.interval", "counts.of_hits.kind", "counts.of_hits.whose",
        "counts.of_hits.claimant", "counts.of_hits.place_any", "counts.attributed_claimant",
        "statements.f1", "statements.p", "statements.r", "statements.of_hits.speaker", "statements.of_hits.side",
        "statements.of_hits.form", "statements.of_hits.mode", "places.found", "places.located", "places.p_names",
    ),
    "geo": ("acc161_of_all_gold", "precision_overlap", "recall_overlap"),
    "polnear": ("content_found", "content_and_source_right", "exact.source.f1", "exact.content.f1"),
}  # fmt: skip
"""The figures that have floors, by the scorer's sub-command: dotted paths into its JSON."""


def annotate(corpus: Corpus, engine: Engine, folder: Path) -> Path:
    """Write the annotation of every text of the corpus as JSON lines into ``folder``."""
    path = folder / f"{corpus.name}.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for report in corpus.reports():
            out.write(json.dumps(engine.annotate(report).to_json(), ensure_ascii=False) + "\n")
    return path


def score(corpus: Corpus, predictions: Path, scorer: Path) -> dict[str, Any]:
    """Run the scorer; its JSON.

    :raises InputError: when the scorer fails; its own words are in the message.
    """
    command = [sys.executable, str(scorer), corpus.scoring, str(corpus.gold), str(predictions)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise InputError(f"{scorer} could not score {corpus.name}: {done.stderr.strip() or done.stdout.strip()}")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def figures(corpus: Corpus, scores: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """The figures that have floors, named ``corpus.path``."""
    for path in KEPT[corpus.scoring]:
        value: Any = scores
        for key in path.split("."):
            value = value[key]
        yield f"{corpus.name}.{path}", float(value)


def measure(found: list[Corpus], engine: Engine, scorer: Path) -> dict[str, float]:
    """Annotate and score every corpus."""
    result: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for corpus in found:
            predictions = annotate(corpus, engine, Path(folder))
            result.update(figures(corpus, score(corpus, predictions, scorer)))
    return result
