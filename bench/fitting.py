"""Fit a confidence on the gold stories, and say how well it holds: what the fits of counts and statements share.

Each row is something that was found in a story, with the marks that its confidence looks at, and whether gold says the
same. Printed are bins of the confidence that each story gets from weights fitted on the others; nothing of the stories
is written but the weights.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Final, NamedTuple, Protocol, TypeVar
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from bench.corpora import corpora
from errors import ClaimAtlasError
from extract.marks import BASE
from extract.model import Report

_RIDGE: Final = 3.0
_PAIRED: Final = 0.5
_STEPS: Final = 50
_BINS: Final = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.85), (0.85, 1.01))
_UNTOLD: Final = frozenset({"the", "of", "and", "s"})
"""Words that tell no two names apart."""


class Doubted(Protocol):
    """A finding that tells how likely it is right."""

    @property
    def confidence(self) -> float:
        """Between 0 and 1."""


Finding = TypeVar("Finding", bound=Doubted)


class Example(NamedTuple):
    """One finding in a story: its marks, and whether gold says the same."""

    story: str
    marks: frozenset[str]
    right: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """A command that fits the confidence of one kind of finding.

    ``examples`` reads a folder of gold; ``weights`` is the table that the extractor reads, ``header`` its first lines.
    """

    command: str
    about: str | None
    examples: Callable[[Path], Sequence[Example]]
    weights: Path
    header: str

    def run(self, argv: list[str] | None) -> int:
        """Fit, print, and with ``--write`` keep the weights; 2 for bad input."""
        ap = argparse.ArgumentParser(prog=f"python -m {self.command}", description=self.about)
        ap.add_argument("--gold", type=Path, required=True, help="folder of the gold corpora (stories/)")
        ap.add_argument("--write", action="store_true", help="keep the weights fitted on all stories")
        args = ap.parse_args(argv)
        try:
            rows = self.examples(args.gold)
        except ClaimAtlasError as error:
            print(f"{self.command}: {error}", file=sys.stderr)
            return 2
        print(told(held_out(rows)))
        table = "".join(f"{name}\t{weight}\n" for name, weight in fit(rows).items())
        print(table, end="")
        if args.write:
            self.weights.write_text(self.header + table, encoding="utf-8")
        return 0


def stories(folder: Path) -> Iterator[tuple[Report, Mapping[str, Any]]]:
    """Each story of the gold with what gold says of it (the fields are those of its GUIDE.md)."""
    for corpus in corpora(folder):
        if corpus.scoring == "stories":
            for report in corpus.reports():
                yield report, json.loads((corpus.gold / f"{report.id}.json").read_text("utf-8"))


def marked(asking: ModuleType, read: Callable[[], Sequence[Finding]]) -> list[tuple[Finding, frozenset[str]]]:
    """What ``read`` finds with its marks, caught where the module ``asking`` asks for a confidence."""
    caught: list[frozenset[str]] = []

    def catch(names: frozenset[str]) -> float:
        caught.append(names)
        return float(len(caught) - 1)

    with patch.object(asking, "confidence", catch):
        return [(finding, caught[int(finding.confidence)]) for finding in read()]


def is_boilerplate(start: int, gold: Mapping[str, Any]) -> bool:
    """True for an offset in what gold says is no part of the story."""
    return any(a <= start < b for a, b in gold["doc"].get("boilerplate") or [])


def words(name: str | None) -> list[str]:
    """The words that tell a name from others, in lower case."""
    return [word for word in re.findall(r"\w+", (name or "").lower()) if word not in _UNTOLD]


def alike(name: str | None, other: str | None) -> bool:
    """True for names of which one holds all words of the other, and when neither is there."""
    mine, theirs = set(words(name)), set(words(other))
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
    """The confidence of every finding by weights fitted on the other stories, and whether it is right."""
    found: list[tuple[float, bool]] = []
    for story in sorted({row.story for row in rows}):
        weights = fit([row for row in rows if row.story != story])
        for row in rows:
            if row.story == story:
                logit = sum(weights.get(name, 0.0) for name in (BASE, *row.marks))
                found.append((1 / (1 + float(np.exp(-logit))), row.right))
    return found


def told(pairs: Sequence[tuple[float, bool]]) -> str:
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
