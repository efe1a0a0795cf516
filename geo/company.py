"""What the company in the report says for a candidate: shared countries and units, nearness, containment.

Expectations under the previous pass's probabilities, so that an ambiguous neighbour supports softly. A candidate is
never supported by its own group.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.features import POINTS, Floats, Ints, ReportArrays

NEAR_KM: Final = 150.0
"""Distance over which the support of a neighbour falls to 1/e."""
_VERY_NEAR_KM: Final = 50.0
_NEAR_CHARACTERS: Final = 300.0
_COMMA_GAP: Final = 3
_NEAR_GAP: Final = 12


class Company:
    """The candidates of a report beside each other: what no pass changes is worked out once."""

    def __init__(self, arrays: ReportArrays) -> None:
        """``arrays`` must have at least one group."""
        a = self._arrays = arrays
        self._others: Floats = np.maximum(a.weight.sum() - a.weight[a.group], 1e-9)
        self._points = a.is_kind(*POINTS)
        counted = (a.group[:, None] != a.group[None, :]) & self._points[None, :]
        self._kernel: Floats = np.exp(-a.km / NEAR_KM) * counted
        self._close: Floats = np.exp(-a.km / _VERY_NEAR_KM) * counted
        self._text = _text_closeness(a)[a.group]
        self._text_total: Floats = np.maximum(self._text.sum(axis=1), 1e-9)
        self._country, self._admin1, self._admin2 = (_Unit.of(a, u) for u in (a.country, a.admin1, a.admin2))
        self._order = np.argsort([g.mentions[0].start for g in a.groups], kind="stable")
        self._beside = tuple(_beside(a))

    def features(self, p: Floats) -> dict[str, Floats]:
        """Features of candidates in the company of the other groups, given the last pass's probabilities ``p``."""
        a, others, points = self._arrays, self._others, self._points
        weight = p * a.weight[a.group]
        near, nearest, near_text = self._proximity(p, weight)
        country_mass, admin1_mass = self._country.mass(weight) / others, self._admin1.mass(weight) / others
        found: dict[str, Floats] = {
            "country_mass": country_mass, "country_point": country_mass * points,
            "country_named": _named(a, p, a.country, "country"), "country_first": self._first(p),
            "admin1_mass": admin1_mass, "admin1_point": admin1_mass * points,
            "admin1_named": _named(a, p, a.admin1, "admin1"), "admin2_mass": self._admin2.mass(weight) / others,
            "near": near, "nearest": nearest, "near_text": near_text,
            "foreign_unit": np.where(country_mass < 0.02, points, 0.0),
        }  # fmt: skip
        found |= self._soft_support(p)
        lone: Floats = np.exp(-others / 2.0)
        size: Floats = np.log10(1 + a.population) / 3
        found |= {
            "population_foreign": (1 - country_mass) * size, "few": lone * points, "population_few": lone * size,
            "country_log": np.log(0.02 + country_mass), "admin1_log": np.log(0.02 + admin1_mass),
            "near_log": np.log(0.02 + near),
        }  # fmt: skip
        return found | self._adjacency(p)

    def _soft_support(self, p: Floats) -> dict[str, Floats]:
        """Support by the best-placed candidate of each other group, however unlikely yet.

        Pairs that are both ambiguous ("Paris" and "Henry County") find each other this way.
        """
        starts, root = self._arrays.starts[:-1], np.sqrt(p)[None, :]
        count = max(len(self._arrays.groups) - 1, 1)
        near = np.maximum.reduceat(self._close * root, starts, axis=1)

        def shared(unit: _Unit) -> Floats:
            best: Floats = np.maximum.reduceat(unit.shared * root, starts, axis=1)
            return best

        return {
            "near_soft": near.sum(axis=1) / count, "nearest_soft": near.max(axis=1),
            "admin2_soft": shared(self._admin2).max(axis=1), "admin1_soft": shared(self._admin1).sum(axis=1) / count,
            "country_soft": shared(self._country).sum(axis=1) / count,
        }  # fmt: skip

    def _first(self, p: Floats) -> Floats:
        """Probability that the first other name of the report (a dateline often) lies in the candidate's country."""
        a, order = self._arrays, self._order
        found = np.zeros(len(a.rows))
        for rank, group in enumerate(order[:2]):
            totals = np.bincount(a.country, weights=p * (a.group == group), minlength=int(a.country.max()) + 1)
            mine = (a.group != group) & ((rank == 0) | (a.group == order[0]))
            found = np.where(mine, totals[a.country] * (a.country > 0), found)
        return found

    def _proximity(self, p: Floats, weight: Floats) -> tuple[Floats, Floats, Floats]:
        """Support of other groups that falls with distance: mean, best, and mean over neighbours in the text."""
        by_group = np.add.reduceat(self._kernel * p[None, :], self._arrays.starts[:-1], axis=1)
        near_text = (by_group * self._text).sum(axis=1) / self._text_total
        return (self._kernel @ weight) / self._others, by_group.max(axis=1), near_text

    def _adjacency(self, p: Floats) -> dict[str, Floats]:
        """Containment in names that stand next to a mention: "Alexandria, La.", "in Homs, in western Syria"."""
        size = len(self._arrays.rows)
        found = {n: np.zeros(size) for n in ("inside_next", "inside_near", "inside_before", "holds_before")}
        inside = self._arrays.inside
        for feature, left, right in self._beside:
            _raise(found[feature], left, inside[left, right] @ p[right])
            _raise(found["inside_before"], right, inside[right, left] @ p[left])
            _raise(found["holds_before"], right, p[left] @ inside[left, right])
        return found


def company_features(arrays: ReportArrays, p: Floats) -> dict[str, Floats]:
    """Features of one pass; who makes several keeps a :class:`Company`."""
    return Company(arrays).features(p)


@dataclass(frozen=True, slots=True)
class _Unit:
    """Countries or units of the candidates: numbers (0 for none), who shares one with another group, runs by group."""

    number: Ints
    shared: NDArray[np.bool_]
    run: Ints

    @classmethod
    def of(cls, a: ReportArrays, unit: Ints) -> _Unit:
        """The unit of every candidate."""
        _, run = np.unique(a.group * (int(unit.max()) + 1) + unit, return_inverse=True)
        shared = (unit[:, None] == unit[None, :]) & (unit[:, None] > 0) & (a.group[:, None] != a.group[None, :])
        return cls(unit, shared, run)

    def mass(self, weight: Floats) -> Floats:
        """Weight of other groups' candidates in the same unit; 0 for candidates of no unit."""
        totals = np.bincount(self.number, weights=weight)
        mine = np.bincount(self.run, weights=weight)[self.run]
        return np.where(self.number > 0, totals[self.number] - mine, 0.0)


def _named(a: ReportArrays, p: Floats, unit: Ints, kind: str) -> Floats:
    """How surely the report names the candidate's unit itself elsewhere."""
    named = np.zeros(int(unit.max()) + 1)
    np.maximum.at(named, unit, p * a.is_kind(kind))
    return named[unit] * (unit > 0) * ~a.is_kind(kind, "country")


def _text_closeness(a: ReportArrays) -> Floats:
    """exp(-characters/300) between the nearest mentions of every two groups; 0 on the diagonal."""
    starts = np.array([m.start for g in a.groups for m in g.mentions], dtype=np.float64)
    bounds = np.concatenate([[0], np.cumsum([len(g.mentions) for g in a.groups])[:-1]]).astype(np.int64)
    apart = np.abs(starts[:, None] - starts[None, :])
    apart = np.minimum.reduceat(np.minimum.reduceat(apart, bounds, axis=0), bounds, axis=1)
    closeness: Floats = np.exp(-apart / _NEAR_CHARACTERS)
    np.fill_diagonal(closeness, 0.0)
    return closeness


def _beside(a: ReportArrays) -> Iterator[tuple[str, slice, slice]]:
    """Runs of candidates of every two names that stand next to each other, with the feature of how near they stand."""
    mentions = sorted((m.start, m.end, i) for i, g in enumerate(a.groups) for m in g.mentions)
    for (_, end, i), (start, _, j) in pairwise(mentions):
        gap = start - end
        if i != j and 0 <= gap <= _NEAR_GAP:
            left, right = slice(a.starts[i], a.starts[i + 1]), slice(a.starts[j], a.starts[j + 1])
            yield "inside_next" if gap <= _COMMA_GAP else "inside_near", left, right


def _raise(values: Floats, run: slice, support: Floats) -> None:
    values[run] = np.maximum(values[run], support)
