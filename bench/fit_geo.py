"""``python -m bench.fit_geo --gold FOLDER``: fit the ranker's weights, leave-one-corpus-out and on all corpora.

Nothing of the corpora is written but the weights. Labels: the candidates at the gold GeoNames id, else those within
161 km of the gold point; "none of these" when there are none.
Simulated reports (bench/geo_simulated.py) are fitted on beside the corpora.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bench.geo_gold import GoldReport, GoldToponym, corpora
from bench.geo_picture import Curve, picture
from bench.geo_score import curve, figures, outcomes
from bench.geo_simulated import Simulator
from errors import ClaimAtlasError
from geo.company import company_features
from geo.distance import km_matrix
from geo.features import FEATURES, NULL, Floats, Ints, ReportArrays, null_features, own_features
from geo.gazetteer import Gazetteer
from geo.grouping import group_queries
from geo.ranking import DEFAULT_WEIGHTS, OWN, Weights, softmax, weigh
from geo.resolve import Resolver

Mask = NDArray[np.bool_]

HEADER: Final = """\
# Weights of the candidate ranker (conditional logit): one row a feature of geo/features.py, the weight of the pass
# without company and of the passes with it. Made by: python -m bench.fit_geo --gold FOLDER --write
"""
KM: Final = 161.0
SIMULATED_WEIGHT: Final = 0.4
_RIDGE: Final = 1e-3
_REFITS: Final = 4
_STEPS: Final = 250
_RATE: Final = 0.1


@dataclass(slots=True)
class Sample:
    """One report ready to fit: arrays, its features without company, and labels as rows of (group, mask, weight)."""

    arrays: ReportArrays
    own: dict[str, Floats]
    null: dict[str, Floats]
    label_group: Ints
    label_mask: Mask
    label_weight: Floats


def sample(gazetteer: Gazetteer, report: GoldReport) -> Sample | None:
    """A report as a sample; None when no name of it is in the gazetteer."""
    groups, of_query = group_queries(gazetteer, [t.query for t in report.toponyms])
    if not groups:
        return None
    arrays = ReportArrays(gazetteer, groups)
    labels: dict[tuple[int, bytes], float] = {}
    masks: dict[bytes, Mask] = {}
    for toponym, group in zip(report.toponyms, of_query, strict=True):
        if group is not None:
            mask = _positive(arrays, group, toponym)
            masks[mask.tobytes()] = mask
            key = group, mask.tobytes()
            labels[key] = labels.get(key, 0.0) + (1.0 if toponym.scored else 0.2)
    order = sorted(labels)
    return Sample(
        arrays, own_features(arrays), null_features(arrays), np.array([g for g, _ in order], dtype=np.int64),
        np.array([masks[m] for _, m in order]).reshape(len(order), len(arrays.rows)),
        np.array([labels[key] ** 0.7 for key in order]),
    )  # fmt: skip


def _positive(arrays: ReportArrays, group: int, toponym: GoldToponym) -> Mask:
    mine = arrays.group == group
    same: Mask = mine & (arrays.table["geonameid"] == toponym.geonameid) & (toponym.geonameid > 0)
    if same.any():
        return same
    km = km_matrix(arrays.lat, arrays.lon, np.array([toponym.lat]), np.array([toponym.lon]))[:, 0]
    near = mine & (km <= KM)
    wide: Mask = mine & arrays.is_kind("region", "sea") & (km <= arrays.table["radius_km"])
    return near if near.any() else wide


def fit(samples: Sequence[Sample]) -> Weights:
    """Weights of both kinds of pass."""
    alone = _fit(samples, [s.own for s in samples], OWN)
    probability = [softmax(s.arrays, weigh(s.own, alone), weigh(s.null, alone)).probability for s in samples]
    company: Mapping[str, float] = {}
    for _ in range(_REFITS):
        features = [s.own | company_features(s.arrays, p) for s, p in zip(samples, probability, strict=True)]
        company = _fit(samples, features, FEATURES[: -len(NULL)])
        probability = [
            softmax(s.arrays, weigh(f, company), weigh(s.null, company)).probability
            for s, f in zip(samples, features, strict=True)
        ]
    return Weights(alone, company)


def _fit(samples: Sequence[Sample], features: Sequence[Mapping[str, Floats]], names: Sequence[str]) -> dict[str, float]:
    """Maximum likelihood with a ridge, by Adam over the full batch: a candidate is a row, "none" a row of its group."""
    x, group, target_row_lists, target, weight = _stack(samples, features, names)
    w, mean, square = (np.zeros(x.shape[1]) for _ in range(3))
    groups = int(group.max()) + 1
    sizes = [len(rows) for rows in target_row_lists]
    target_rows, of_target = np.concatenate(target_row_lists), np.repeat(np.arange(len(sizes)), sizes)
    bounds = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    total_weight = np.bincount(target, weights=weight, minlength=groups)
    for step in range(1, _STEPS + 1):
        score = x @ w
        top = np.full(groups, -np.inf)
        np.maximum.at(top, group, score)
        power = np.exp(score - top[group])
        p = power / np.bincount(group, weights=power, minlength=groups)[group]
        mass = p[target_rows]
        share = mass / np.add.reduceat(mass, bounds)[of_target]
        wanted = np.bincount(target_rows, weights=share * weight[of_target], minlength=len(score))
        gradient = x.T @ (wanted - p * total_weight[group]) / weight.sum() - _RIDGE * w
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        w += _RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return dict(zip([*names, *NULL], w.tolist(), strict=True))


def _stack(
    samples: Sequence[Sample], features: Sequence[Mapping[str, Floats]], names: Sequence[str]
) -> tuple[Floats, Ints, list[Ints], Ints, Floats]:
    """All candidates of all samples as rows, the group of each, the right rows of every label, its group and weight."""
    blocks: list[Floats] = []
    groups: list[Ints] = []
    target_rows: list[Ints] = []
    target: list[int] = []
    weight: list[float] = []
    row = offset = 0
    for s, f in zip(samples, features, strict=True):
        n, g = len(s.arrays.rows), len(s.arrays.groups)
        x = np.zeros((n + g, len(names) + len(NULL)))
        x[:n, : len(names)] = np.stack([f[name] for name in names], axis=1)
        x[n:, len(names) :] = np.stack([s.null[name] for name in NULL], axis=1)
        blocks.append(x)
        groups.append(np.concatenate([s.arrays.group, np.arange(g)]) + offset)
        for lg, mask, lw in zip(s.label_group, s.label_mask, s.label_weight, strict=True):
            rows = np.flatnonzero(mask) if mask.any() else np.array([n + lg])
            target_rows.append(rows + row)
            target.append(lg + offset)
            weight.append(lw)
        row, offset = row + n + g, offset + g
    return np.concatenate(blocks), np.concatenate(groups), target_rows, np.array(target), np.array(weight)


def table(weights: Weights) -> str:
    """Text of the table of weights."""
    lines = [f"{n}\t{weights.alone.get(n, 0.0):.4f}\t{weights.company.get(n, 0.0):.4f}" for n in FEATURES]
    return HEADER + "feature\talone\tcompany\n" + "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: figures of each corpus with weights fitted without it; with --write the weights of all."""
    parser = argparse.ArgumentParser(prog="python -m bench.fit_geo", description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="folder with <corpus>.json")
    parser.add_argument(
        "--demonyms", type=Path, help="words that are not scored, one a line (default: from states.tsv)"
    )
    parser.add_argument("--simulated", type=int, default=800, help="how many simulated reports to fit on")
    parser.add_argument("--picture", type=Path, help="write the held-out calibration curves as SVG to this file")
    parser.add_argument("--write", action="store_true", help=f"fit on all corpora and write {DEFAULT_WEIGHTS.name}")
    options = parser.parse_args(arguments)
    try:
        words = options.demonyms.read_text(encoding="utf-8").split("\n") if options.demonyms else []
        curves = _run(options.gold, frozenset(filter(None, words)), options.simulated, write=options.write)
        if options.picture:
            options.picture.write_text(picture(curves), encoding="utf-8")
    except (ClaimAtlasError, OSError) as error:
        print(f"bench.fit_geo: {error}", file=sys.stderr)
        return 1
    return 0


def _run(gold: Path, left_out: frozenset[str], simulated: int, *, write: bool) -> dict[str, Curve]:
    """Held-out calibration curves by corpus; prints the figures."""
    curves: dict[str, Curve] = {}
    gazetteer = Gazetteer.open()
    reports = corpora(gold)
    samples = {name: _samples(gazetteer, rows) for name, rows in reports.items()}
    extra = _samples(gazetteer, list(Simulator(gazetteer).reports(simulated)), SIMULATED_WEIGHT)
    for held in reports:
        weights = fit([s for name, rows in samples.items() if name != held for s in rows] + extra)
        found = outcomes(Resolver(gazetteer, weights=weights), reports[held], left_out)
        print(json.dumps({"held_out": held, **figures(found)}), flush=True)
        curves[held] = curve(found)
    if write:
        DEFAULT_WEIGHTS.write_text(table(fit([s for rows in samples.values() for s in rows] + extra)), encoding="utf-8")
    return curves


def _samples(gazetteer: Gazetteer, reports: Sequence[GoldReport], weight: float = 1.0) -> list[Sample]:
    found = [s for s in (sample(gazetteer, report) for report in reports) if s is not None]
    for one in found:
        one.label_weight = one.label_weight * weight
    return found


if __name__ == "__main__":
    sys.exit(main())
