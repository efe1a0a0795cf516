"""``python -m bench.fit_statements --gold FOLDER``: fit the confidence of statements, and say how well it holds.

A statement is right when gold has one at the same words with the same speaker, side and mode. Printed are bins of the
confidence each story gets from weights fitted on the others; nothing of the stories is written but the weights.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from bench.corpora import corpora
from errors import ClaimAtlasError
from extract import nlp, statement_confidence
from extract import statements as reading
from extract.actors import ActorBook, find_actors
from extract.marks import BASE
from extract.model import Span, Statement
from extract.sentences import passages

WEIGHTS: Final = Path(statement_confidence.__file__).parent / "lexicon" / "en" / "statement_confidence.tsv"
HEADER: Final = """\
# Weights of the confidence of statements (logistic, ridge): one row a mark of extract/statement_confidence.py.
# Made by: python -m bench.fit_statements --gold FOLDER --write
mark\tweight
"""
_RIDGE: Final = 3.0
_PAIRED: Final = 0.5
_STEPS: Final = 50
_BINS: Final = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.85), (0.85, 1.01))


class Example(NamedTuple):
    """One statement of a story: its marks, and whether gold says the same."""

    story: str
    marks: frozenset[str]
    right: bool


def examples(folder: Path) -> list[Example]:
    """Every statement found in the gold stories of a folder."""
    model, book, found = nlp.load(), ActorBook.load(), list[Example]()
    for corpus in corpora(folder):
        if corpus.scoring == "stories":
            for report in corpus.reports():
                gold = json.loads((corpus.gold / f"{report.id}.json").read_text("utf-8"))
                paragraphs = passages(report.text, model)
                found += _of_story(report.id, gold, *_marked(paragraphs, find_actors(paragraphs, book)))
    return found


def _marked(paragraphs: Any, actors: Any) -> tuple[list[Statement], dict[tuple[int, int, int], frozenset[str]]]:
    """The statements of a report with their marks, caught where the confidence is asked for."""
    caught: list[frozenset[str]] = []
    marks: dict[tuple[int, int, int], frozenset[str]] = {}

    def catch(names: frozenset[str]) -> float:
        caught.append(names)
        return float(len(caught) - 1)

    with patch.object(reading, "confidence", catch):
        found = list(reading.find_statements(paragraphs, actors))
    for one in found:
        marks[_key(one)] = caught[int(one.confidence)]
    return found, marks


def _key(one: Statement) -> tuple[int, int, int]:
    return one.content.start, one.content.end, one.cue.start if one.cue else -1


def _of_story(
    name: str, gold: Mapping[str, Any], found: list[Statement], marks: Mapping[tuple[int, int, int], frozenset[str]]
) -> list[Example]:
    kept = [s for s in found if not any(a <= s.content.start < b for a, b in gold["doc"].get("boilerplate") or [])]
    return [Example(name, marks[_key(s)], any(_same(s, row) for row in gold["statements"])) for s in kept]


def _same(one: Statement, row: Mapping[str, Any]) -> bool:
    content, speaker = row["content"], row.get("speaker")
    shared = _overlap(one.content, content)
    sizes = (one.content.end - one.content.start, content["end"] - content["start"])
    if shared < 0.5 * min(sizes) or shared < 0.3 * max(sizes) or one.mode != row["mode"]:
        return False
    spoken = bool(one.speaker and speaker and _overlap(one.speaker, speaker)) or (not one.speaker and not speaker)
    return (spoken or _alike(one.speaker_name, row.get("speaker_name"))) and _alike(one.side, row.get("side"))


def _overlap(span: Span, row: Mapping[str, int]) -> int:
    return max(0, min(span.end, row["end"]) - max(span.start, row["start"]))


def _alike(name: str | None, other: str | None) -> bool:
    """True for names of which one holds all words of the other."""
    mine, theirs = ({*re.findall(r"\w+", (n or "").lower())} for n in (name, other))
    return mine == theirs or bool(mine and theirs and (mine <= theirs or theirs <= mine))


def fit(rows: Sequence[Example]) -> dict[str, float]:
    """Ridge logistic regression by Newton steps; the base is not penalised."""
    names = [BASE, *sorted({mark for row in rows for mark in row.marks})]
    x = np.array([[1.0, *(float(name in row.marks) for name in names[1:])] for row in rows])
    y = np.array([float(row.right) for row in rows])
    ridge = np.diag([1e-6, *[_RIDGE] * (len(names) - 1)])
    w: NDArray[np.float64] = np.zeros(len(names))
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-x @ w))
        w = w - np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + ridge, x.T @ (p - y) + ridge @ w)
    return {name: round(float(value), 3) for name, value in zip(names, w, strict=True)}


def held_out(rows: Sequence[Example]) -> list[tuple[float, bool]]:
    """The confidence of every statement by weights fitted on the other stories, and whether it is right."""
    found: list[tuple[float, bool]] = []
    for story in sorted({row.story for row in rows}):
        weights = fit([row for row in rows if row.story != story])
        for row in rows:
            if row.story == story:
                logit = sum(weights.get(name, 0.0) for name in (BASE, *row.marks))
                found.append((1 / (1 + float(np.exp(-logit))), row.right))
    return found


def report(pairs: Sequence[tuple[float, bool]]) -> str:
    """Bins of confidence with the share that is right, and the Brier score beside that of one figure for all."""
    lines = []
    for low, high in _BINS:
        inside = [(p, right) for p, right in pairs if low <= p < high]
        if inside:
            said, true = (sum(column) / len(inside) for column in zip(*inside, strict=True))
            lines.append(f"{low:.2f}-{min(high, 1):.2f}  n {len(inside):3d}  said {said:.2f}  right {true:.2f}")
    mean = sum(right for _, right in pairs) / len(pairs)
    brier = sum((p - right) ** 2 for p, right in pairs) / len(pairs)
    ranked = [float(p > q) + _PAIRED * (p == q) for p, good in pairs for q, other in pairs if good and not other]
    lines.append(f"a right one stands above a wrong one in {sum(ranked) / max(1, len(ranked)):.2f} of pairs")
    return "\n".join([*lines, f"Brier {brier:.3f}, of one figure for all {mean * (1 - mean):.3f}"])


def main(argv: list[str] | None = None) -> int:
    """Fit, print, and with ``--write`` keep the weights; 2 for bad input."""
    ap = argparse.ArgumentParser(prog="python -m bench.fit_statements", description=__doc__)
    ap.add_argument("--gold", type=Path, required=True, help="folder of the gold corpora (stories/)")
    ap.add_argument("--write", action="store_true", help="keep the weights")
    args = ap.parse_args(argv)
    try:
        rows = examples(args.gold)
    except ClaimAtlasError as error:
        print(f"fit_statements: {error}", file=sys.stderr)
        return 2
    print(report(held_out(rows)))
    weights = fit(rows)
    print("\n".join(f"{name}\t{weight}" for name, weight in weights.items()))
    if args.write:
        body = "".join(f"{name}\t{weight}\n" for name, weight in weights.items())
        WEIGHTS.write_text(HEADER + body, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
