"""What the company in the report says for a candidate: shared countries and units, nearness, containment.

Expectations under the previous pass's probabilities, so that an ambiguous neighbour supports softly. A candidate is
never supported by its own group.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np

from geo.features import POINTS, Floats, Ints, ReportArrays

NEAR_KM: Final = 150.0
"""Distance over which the support of a neighbour falls to 1/e."""
_VERY_NEAR_KM: Final = 50.0


def company_features(a: ReportArrays, p: Floats) -> dict[str, Floats]:
    """Features of candidates in the company of the other groups, given the last pass's probabilities ``p``."""
    weight = p * a.weight[a.group]
    others = np.maximum(a.weight.sum() - a.weight[a.group], 1e-9)
    near, nearest, near_text = _proximity(a, p, weight, others)
    points = a.is_kind(*POINTS)
    country_mass = _mass(a, weight, a.country) / others
    admin1_mass = _mass(a, weight, a.admin1) / others
    found = {
        "country_mass": country_mass, "country_point": country_mass * points,
        "country_named": _named(a, p, a.country, "country"), "country_first": _first(a, p),
        "admin1_mass": admin1_mass, "admin1_point": admin1_mass * points,
        "admin1_named": _named(a, p, a.admin1, "admin1"), "admin2_mass": _mass(a, weight, a.admin2) / others,
        "near": near, "nearest": nearest, "near_text": near_text, "foreign_unit": (country_mass < 0.02) * points,
    }  # fmt: skip
    found |= _soft_support(a, p)
    lone = np.exp(-others / 2.0)
    found |= {
        "population_foreign": (1 - country_mass) * np.log10(1 + a.population) / 3, "few": lone * points,
        "population_few": lone * np.log10(1 + a.population) / 3,
    }  # fmt: skip
    found |= {
        "country_log": np.log(0.02 + country_mass), "admin1_log": np.log(0.02 + admin1_mass),
        "near_log": np.log(0.02 + near),
    }  # fmt: skip
    return found | _adjacency(a, p)


def _soft_support(a: ReportArrays, p: Floats) -> dict[str, Floats]:
    """Support by the best-placed candidate of each other group, however unlikely yet.

    Pairs that are both ambiguous ("Paris" and "Henry County") find each other this way.
    """
    root = np.sqrt(p)[None, :] * (a.group[:, None] != a.group[None, :])
    points = a.is_kind(*POINTS)
    count = max(len(a.groups) - 1, 1)
    near = np.maximum.reduceat(np.exp(-a.km / _VERY_NEAR_KM) * root * points[None, :], a.starts[:-1], axis=1)

    def shared(unit: Ints) -> Floats:
        same = (unit[:, None] == unit[None, :]) & (unit[:, None] > 0)
        best: Floats = np.maximum.reduceat(same * root, a.starts[:-1], axis=1)
        return best

    return {
        "near_soft": near.sum(axis=1) / count, "nearest_soft": near.max(axis=1),
        "admin2_soft": shared(a.admin2).max(axis=1), "admin1_soft": shared(a.admin1).sum(axis=1) / count,
        "country_soft": shared(a.country).sum(axis=1) / count,
    }  # fmt: skip


def _mass(a: ReportArrays, weight: Floats, unit: Ints) -> Floats:
    """Weight of other groups' candidates in the same unit; 0 for candidates of no unit."""
    totals = np.bincount(unit, weights=weight)
    pairs = a.group * (int(unit.max()) + 1) + unit
    _, inverse = np.unique(pairs, return_inverse=True)
    mine = np.bincount(inverse, weights=weight)[inverse]
    return np.where(unit > 0, totals[unit] - mine, 0.0)


def _named(a: ReportArrays, p: Floats, unit: Ints, kind: str) -> Floats:
    """How surely the report names the candidate's unit itself elsewhere."""
    named = np.zeros(int(unit.max()) + 1)
    np.maximum.at(named, unit, p * a.is_kind(kind))
    return named[unit] * (unit > 0) * ~a.is_kind(kind, "country")


def _first(a: ReportArrays, p: Floats) -> Floats:
    """Probability that the first other name of the report (a dateline often) lies in the candidate's country."""
    order = np.argsort([g.mentions[0].start for g in a.groups], kind="stable")
    found = np.zeros(len(a.rows))
    for rank, group in enumerate(order[:2]):
        totals = np.bincount(a.country, weights=p * (a.group == group), minlength=int(a.country.max()) + 1)
        mine = (a.group != group) & ((rank == 0) | (a.group == order[0]))
        found = np.where(mine, totals[a.country] * (a.country > 0), found)
    return found


def _proximity(a: ReportArrays, p: Floats, weight: Floats, others: Floats) -> tuple[Floats, Floats, Floats]:
    """Support of other groups that falls with distance: mean, best, and mean over neighbours in the text."""
    points = a.is_kind(*POINTS)
    kernel = np.exp(-a.km / NEAR_KM) * (a.group[:, None] != a.group[None, :]) * points[None, :]
    by_group = np.add.reduceat(kernel * p[None, :], a.starts[:-1], axis=1)
    text = _text_closeness(a)[a.group]
    near_text = (by_group * text).sum(axis=1) / np.maximum(text.sum(axis=1), 1e-9)
    return (kernel @ weight) / others, by_group.max(axis=1), near_text


def _text_closeness(a: ReportArrays) -> Floats:
    """exp(-characters/300) between the nearest mentions of every two groups; 0 on the diagonal."""
    starts = np.array([m.start for g in a.groups for m in g.mentions], dtype=np.float64)
    bounds = np.concatenate([[0], np.cumsum([len(g.mentions) for g in a.groups])[:-1]]).astype(np.int64)
    apart = np.abs(starts[:, None] - starts[None, :])
    apart = np.minimum.reduceat(np.minimum.reduceat(apart, bounds, axis=0), bounds, axis=1)
    closeness: Floats = np.exp(-apart / 300.0)
    np.fill_diagonal(closeness, 0.0)
    return closeness


_COMMA_GAP: Final = 3
_NEAR_GAP: Final = 12


def _adjacency(a: ReportArrays, p: Floats) -> dict[str, Floats]:
    """Containment in names that stand next to a mention: "Alexandria, La.", "in Homs, in western Syria"."""
    size = len(a.rows)
    found = {n: np.zeros(size) for n in ("inside_next", "inside_near", "inside_before", "holds_before")}
    mentions = sorted((m.start, m.end, i) for i, g in enumerate(a.groups) for m in g.mentions)
    for (_, end, i), (start, _, j) in pairwise(mentions):
        gap = start - end
        if i == j or not 0 <= gap <= _NEAR_GAP:
            continue
        left, right = slice(a.starts[i], a.starts[i + 1]), slice(a.starts[j], a.starts[j + 1])
        inside_right = a.inside[left, right] @ p[right]
        _raise(found["inside_next" if gap <= _COMMA_GAP else "inside_near"], left, inside_right)
        _raise(found["inside_before"], right, a.inside[right, left] @ p[left])
        _raise(found["holds_before"], right, p[left] @ a.inside[left, right])
    return found


def _raise(values: Floats, run: slice, support: Floats) -> None:
    values[run] = np.maximum(values[run], support)
