"""Conditional logit over the candidates of each name, in passes: first by themselves, then in company.

The probability of a candidate is the softmax of a weighted sum of its features over the candidates of its group and
the answer "none of these". The weights stand in ``assets/places/ranking_weights.tsv``; bench/fit_geo.py fits them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from geo import tables
from geo.company import Company
from geo.features import (
    COMPANY,
    FEATURES,
    NULL,
    OWN,
    Floats,
    ReportArrays,
    null_features,
    own_features,
)
from geo.records import SourceError

DEFAULT_WEIGHTS: Final = Path(__file__).resolve().parent.parent / "assets" / "places" / "ranking_weights.tsv"
PASSES: Final = 8
"""One pass without company, then as many with it as improve anything."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the pass without company and of those with it, by feature."""

    alone: Mapping[str, float]
    company: Mapping[str, float]

    @classmethod
    def load(cls, path: Path = DEFAULT_WEIGHTS) -> Weights:
        """Read the table of weights; SourceError when a feature is unknown or a cell is no number."""
        alone: dict[str, float] = {}
        company: dict[str, float] = {}
        for line, row in tables.rows(path, ("feature", "alone", "company")):
            if row["feature"] not in FEATURES:
                raise SourceError(
                    "{path}:{line}: {feature} is no feature of the ranker",
                    path=path,
                    line=str(line),
                    feature=repr(row["feature"]),
                )
            alone[row["feature"]] = tables.number(path, line, row, "alone", low=-1e3, high=1e3)
            company[row["feature"]] = tables.number(path, line, row, "company", low=-1e3, high=1e3)
        return cls(alone, company)


@dataclass(frozen=True, slots=True)
class Ranked:
    """Probabilities of the candidates of a report (one element a candidate) and of "none" (one a group)."""

    probability: Floats
    none: Floats


def rank(arrays: ReportArrays, weights: Weights) -> Ranked:
    """Probabilities of every candidate after all passes."""
    own, null = own_features(arrays), null_features(arrays)
    ranked = softmax(arrays, weigh(own, weights.alone), weigh(null, weights.alone))
    company, none = Company(arrays), weigh(null, weights.company)
    alone = weigh(own, weights.company)  # no pass changes these
    for _ in range(PASSES - 1):
        score = weigh(company.features(ranked.probability), weights.company, alone)
        ranked = softmax(arrays, score, none)
    return ranked


def weigh(features: Mapping[str, Floats], weights: Mapping[str, float], start: Floats | float = 0.0) -> Floats:
    """Weighted sum of features, on top of ``start``."""
    weighed = (weights.get(name, 0.0) * values for name, values in features.items())
    return np.asarray(sum(weighed, start=start), dtype=np.float64)


def softmax(arrays: ReportArrays, score: Floats, none: Floats) -> Ranked:
    """Probabilities of candidates against each other and against "none", within each group."""
    top = np.maximum(np.maximum.reduceat(score, arrays.starts[:-1]), none)
    power = np.exp(score - top[arrays.group])
    power_none = np.exp(none - top)
    total = arrays.per_group(power) + power_none
    return Ranked(power / total[arrays.group], power_none / total)


__all__ = ["COMPANY", "NULL", "OWN", "Ranked", "Weights", "rank", "softmax", "weigh"]
