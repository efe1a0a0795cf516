"""``python -m bench.fit_statements --gold FOLDER``: fit the confidence of statements, and say how well it holds.

A statement is right when gold has one at the same words with the same speaker, side and mode.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from bench.fitting import Example, Fit, alike, is_boilerplate, marked, stories
from extract import statement_building, statement_confidence
from extract.model import Report, Span, Statement
from pipeline.run import Engine, Extracts
from pipeline.settings import Settings

WEIGHTS: Final = Path(statement_confidence.__file__).parent / "lexicon" / "en" / "statement_confidence.tsv"
HEADER: Final = """\
# Weights of the confidence of statements (logistic, ridge): one row a mark of extract/statement_confidence.py.
# Made by: python -m bench.fit_statements --gold FOLDER --write
mark\tweight
"""


def examples(folder: Path) -> list[Example]:
    """Every statement found in the gold stories of a folder."""
    extractor = Engine.load(Settings.from_env()).extractor
    return [row for story, gold in stories(folder) for row in _of_story(story, gold, extractor)]


def _of_story(story: Report, gold: Mapping[str, Any], extractor: Extracts) -> Iterator[Example]:
    for one, marks in marked(statement_building, lambda: extractor.extract(story).statements):
        if not is_boilerplate(one.content.start, gold):
            yield Example(story.id, marks, any(_same(one, row) for row in gold["statements"]))


def _same(one: Statement, row: Mapping[str, Any]) -> bool:
    content, speaker = row["content"], row.get("speaker")
    shared = _overlap(one.content, content)
    sizes = (one.content.end - one.content.start, content["end"] - content["start"])
    if shared < 0.5 * min(sizes) or shared < 0.3 * max(sizes) or one.mode != row["mode"]:
        return False
    spoken = bool(one.speaker and speaker and _overlap(one.speaker, speaker)) or (not one.speaker and not speaker)
    return (spoken or alike(one.speaker_name, row.get("speaker_name"))) and alike(one.side, row.get("side"))


def _overlap(span: Span, row: Mapping[str, int]) -> int:
    return max(0, min(span.end, row["end"]) - max(span.start, row["start"]))


def main(argv: list[str] | None = None) -> int:
    """Fit, print, and with ``--write`` keep the weights; 2 for bad input."""
    return Fit("bench.fit_statements", __doc__, examples, WEIGHTS, HEADER).run(argv)


if __name__ == "__main__":
    raise SystemExit(main())
