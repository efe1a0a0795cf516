"""``python -m bench.geo --gold FOLDER``: the resolver alone, gold spans given, on every corpus of a folder."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench.geo_gold import corpora
from bench.geo_score import curve, figures, outcomes
from errors import ClaimAtlasError
from geo.gazetteer import Gazetteer
from geo.ranking import DEFAULT_WEIGHTS, Weights
from geo.resolve import Resolver


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: one JSON object a corpus."""
    parser = argparse.ArgumentParser(prog="python -m bench.geo", description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="folder with <corpus>.json")
    parser.add_argument(
        "--demonyms", type=Path, help="words that are not scored, one a line (default: from states.tsv)"
    )
    parser.add_argument("--weights", type=Path, default=DEFAULT_WEIGHTS, help="table of the ranker's weights")
    options = parser.parse_args(arguments)
    try:
        words = options.demonyms.read_text(encoding="utf-8").split("\n") if options.demonyms else []
        resolver = Resolver(Gazetteer.open(), weights=Weights.load(options.weights))
        for corpus, reports in corpora(options.gold).items():
            began = time.perf_counter()
            found = outcomes(resolver, reports, frozenset(filter(None, words)))
            seconds = (time.perf_counter() - began) / max(len(reports), 1)
            row = {"corpus": corpus, **figures(found), "ms_a_report": round(1000 * seconds, 1), "curve": curve(found)}
            print(json.dumps(row))
    except (ClaimAtlasError, OSError) as error:
        print(f"bench.geo: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
