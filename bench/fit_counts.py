"""``python -m bench.fit_counts --gold FOLDER``: fit the confidence of counts, and say how well it holds.

A count is right when gold has one of the same number with the same interval, kind, owner, claimant and a place of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from bench.fitting import Example, Fit, alike, is_boilerplate, marked, stories, words
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
    extractor = Engine.load(Settings.from_env()).extractor
    return [row for story, gold in stories(folder) for row in _of_story(story, gold, extractor)]


def _of_story(story: Report, gold: Mapping[str, Any], extractor: Extracts) -> Iterator[Example]:
    for count, marks in marked(counts, lambda: extractor.extract(story).counts):
        if not is_boilerplate(count.number.start, gold):
            yield Example(story.id, marks, any(_same(count, row) for row in gold["counts"]))


def _same(count: Count, row: Mapping[str, Any]) -> bool:
    number = row["number"]
    if not (count.number.start < number["end"] and number["start"] < count.number.end):
        return False
    if (count.low, count.high, count.kind) != (row["low"], row["high"], row["kind"]):
        return False
    return alike(count.whose, row["whose"]) and _claimed(count, row) and _placed(count, row["places"])


def _claimed(count: Count, row: Mapping[str, Any]) -> bool:
    if row["claimant"] in _UNSAID or count.claimant in _UNSAID:
        return row["claimant"] in _UNSAID and count.claimant in _UNSAID
    return alike(count.claimant, row["claimant"]) or alike(count.claimant_text, row.get("claimant_text"))


def _placed(count: Count, places: Sequence[str]) -> bool:
    mine, theirs = [" ".join(words(p.text)) for p in count.places], [" ".join(words(p)) for p in places]
    return (not mine and not theirs) or any(a in b or b in a for a in mine for b in theirs if a and b)


def main(argv: list[str] | None = None) -> int:
    """Fit, print, and with ``--write`` keep the weights; 2 for bad input."""
    return Fit("bench.fit_counts", __doc__, examples, WEIGHTS, HEADER).run(argv)


if __name__ == "__main__":
    raise SystemExit(main())
