"""How sure a reading with some marks is: a logistic model whose weights lie in a lexicon table, fitted by bench/."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from math import exp

from extract import lexicon

BASE = "base"
_LEAST, _MOST = 0.05, 0.99


def share_right(table: str, marks: Iterable[str]) -> float:
    """Share of readings with these marks that are right, between 0.05 and 0.99, two decimals; no weight counts as 0."""
    weights = _weights(table)
    logit = sum(weights.get(mark, 0.0) for mark in (BASE, *marks))
    return round(min(_MOST, max(_LEAST, 1 / (1 + exp(-logit)))), 2)


@cache
def _weights(table: str) -> dict[str, float]:
    return {row["mark"]: float(row["weight"]) for row in lexicon.rows(table)}
