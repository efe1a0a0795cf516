"""``python -m bench.fit_counts --gold FOLDER``: fit the confidence of counts, and say how well it holds.

A count is right when gold has one of the same number with the same interval, kind, owner, claimant and a place of it.
Printed are bins of the confidence each story gets from weights fitted on the others; nothing of the stories is written
but the weights.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from bench.corpora import corpora
from bench.fit_statements import Example, fit, held_out, report
from errors import ClaimAtlasError
from extract import count_confidence, counts
from extract.model import REPORTER, Count, Report
from pipeline.run import Engine, Extracts
from pipeline.settings import Settings

WEIGHTS: Final = Path(count_confidence.__file__).parent / "lexicon" / "en" / "count_confidence.tsv"
HEADER: Final = """\
# Weights of the confidence of counts (logistic, ridge): one row a mark of extract/count_confidence.py.
# Made by: python -m bench.fit_counts --gold FOLDER --write
mark\tweight
"""
_UNSAID: Final = frozenset({REPORTER, "reports"})


def examples(folder: Path) -> list[Example]:
    """Every count found in the gold stories of a folder."""
    extractor, found = Engine.load(Settings.from_env()).extractor, list[Example]()
    for corpus in corpora(folder):
        if corpus.scoring == "stories":
            for story in corpus.reports():
                gold = json.loads((corpus.gold / f"{story.id}.json").read_text("utf-8"))
                found += _of_story(story, gold, extractor)
    return found


def _of_story(story: Report, gold: Mapping[str, Any], extractor: Extracts) -> list[Example]:
    skip = gold["doc"].get("boilerplate") or []
    marked = _marked(story, extractor)
    kept = [(c, marks) for c, marks in marked if not any(a <= c.number.start < b for a, b in skip)]
    return [Example(story.id, marks, any(_same(count, row) for row in gold["counts"])) for count, marks in kept]


def _marked(story: Report, extractor: Extracts) -> list[tuple[Count, frozenset[str]]]:
    """The counts of a report with their marks, caught where the confidence is asked for."""
    caught: list[frozenset[str]] = []

    def catch(names: frozenset[str]) -> float:
        caught.append(names)
        return float(len(caught) - 1)

    with patch.object(counts, "confidence", catch):
        found = extractor.extract(story).counts
    return [(count, caught[int(count.confidence)]) for count in found]


def _same(count: Count, row: Mapping[str, Any]) -> bool:
    number = row["number"]
    if not (count.number.start < number["end"] and number["start"] < count.number.end):
        return False
    if (count.low, count.high, count.kind) != (row["low"], row["high"], row["kind"]):
        return False
    return _alike(count.whose, row["whose"]) and _claimed(count, row) and _placed(count, row["places"])


def _claimed(count: Count, row: Mapping[str, Any]) -> bool:
    if row["claimant"] in _UNSAID or count.claimant in _UNSAID:
        return row["claimant"] in _UNSAID and count.claimant in _UNSAID
    return _alike(count.claimant, row["claimant"]) or _alike(count.claimant_text, row.get("claimant_text"))


def _placed(count: Count, places: Sequence[str]) -> bool:
    mine, theirs = [" ".join(_words(p.text)) for p in count.places], [" ".join(_words(p)) for p in places]
    return (not mine and not theirs) or any(a in b or b in a for a in mine for b in theirs if a and b)


def _words(name: str | None) -> list[str]:
    return [word for word in re.findall(r"\w+", (name or "").lower()) if word not in ("the", "of", "and", "s")]


def _alike(name: str | None, other: str | None) -> bool:
    """True for names of which one holds all words of the other."""
    mine, theirs = set(_words(name)), set(_words(other))
    return mine == theirs or bool(mine and theirs and (mine <= theirs or theirs <= mine))


def main(argv: list[str] | None = None) -> int:
    """Fit, print, and with ``--write`` keep the weights; 2 for bad input."""
    ap = argparse.ArgumentParser(prog="python -m bench.fit_counts", description=__doc__)
    ap.add_argument("--gold", type=Path, required=True, help="folder of the gold corpora (stories/)")
    ap.add_argument("--write", action="store_true", help="keep the weights fitted on all stories")
    args = ap.parse_args(argv)
    try:
        rows = examples(args.gold)
    except ClaimAtlasError as error:
        print(f"bench.fit_counts: {error}", file=sys.stderr)
        return 2
    print(report(held_out(rows)))
    weights = fit(rows)
    print(json.dumps(weights))
    if args.write:
        WEIGHTS.write_text(HEADER + "".join(f"{name}\t{value}\n" for name, value in weights.items()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
