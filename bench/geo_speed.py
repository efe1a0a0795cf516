"""``python -m bench.geo_speed``: what recognising and resolving places costs, beside spaCy on the same texts.

Both run in turn in one process on the same reports, so that the ratio holds on any machine. ``--texts`` measures on a
folder of ``*.txt`` instead of the sample reports. Sentences and actors are found beforehand: all extraction needs them.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from spacy.language import Language

from errors import ClaimAtlasError, InputError
from extract import nlp as models
from extract.actors import ActorBook, ActorIndex, find_actors
from extract.model import Report
from extract.sentences import Passage, passages
from extract.toponyms import find_places
from geo.gazetteer import Gazetteer
from geo.resolve import Resolver
from pipeline.located import query_of
from pipeline.samples import sample_reports
from pipeline.settings import Settings

KEY: Final = "speed.geo_over_spacy"
ROUNDS: Final = 5
_FEWEST: Final = 20
"""Reports a round takes at least: one report is over before the clock has ticked often enough."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What both sides of the comparison need, loaded once."""

    nlp: Language
    book: ActorBook
    gazetteer: Gazetteer
    resolver: Resolver

    @classmethod
    def load(cls) -> Reader:
        """The parts that ship, with the language model of the settings."""
        gazetteer = Gazetteer.open()
        model = models.plain(Settings.from_env().model or models.DEFAULT_MODEL)
        return cls(model, ActorBook.load(), gazetteer, Resolver(gazetteer))

    def locate(self, read: Sequence[Passage], actors: ActorIndex) -> int:
        """Recognise and resolve the places of one report; how many mentions there are."""
        found = find_places(read, self.gazetteer, self.book, actors)
        return len(self.resolver.resolve([query_of(mention) for mention in found]))


def geo_over_spacy(reports: Sequence[Report] | None = None, *, rounds: int = ROUNDS) -> dict[str, float]:
    """``speed.geo_over_spacy``: median over rounds of time(recognise and resolve) / time(spaCy), processor seconds.

    Without ``reports`` the samples that ship. A first round, which draws outlines and fills caches, is not counted.
    """
    chosen = list(reports if reports is not None else sample_reports())
    chosen *= -(-_FEWEST // max(len(chosen), 1))
    reader = Reader.load()
    return {KEY: median([_round(reader, chosen) for _ in range(rounds + 1)][1:])}


def _round(reader: Reader, reports: Sequence[Report]) -> float:
    ours = spacy = 0.0
    for report in reports:
        began = time.process_time()
        read = passages(report.text, reader.nlp)
        parsed = time.process_time()
        actors = find_actors(read, reader.book, report.published)
        ready = time.process_time()
        reader.locate(read, actors)
        ours += time.process_time() - ready
        spacy += parsed - began
    return ours / spacy


def _texts(folder: Path) -> list[Report]:
    paths = sorted(folder.glob("*.txt"))
    if not paths:
        raise InputError(f"{folder}: no *.txt there; give a folder of reports with --texts")
    return [Report(id=path.stem, text=path.read_text(encoding="utf-8")) for path in paths]


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; 0 when it ran, 2 for bad input."""
    parser = argparse.ArgumentParser(prog="python -m bench.geo_speed", description=__doc__)
    parser.add_argument("--texts", type=Path, help="folder of *.txt (default: the sample reports)")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="rounds of which the middle one counts")
    options = parser.parse_args(arguments)
    try:
        found = geo_over_spacy(_texts(options.texts) if options.texts else None, rounds=options.rounds)
    except (ClaimAtlasError, OSError) as error:
        print(f"bench.geo_speed: {error}", file=sys.stderr)
        return 2
    print(*(f"{name} {figure:.3f}" for name, figure in found.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
