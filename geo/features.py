"""What speaks for a candidate: features of its own, and of its company in the report.

Everything is computed for all candidates of a report at once. A *group* is the set of mentions that share one sense;
its candidates stand in one run of the arrays. Company features are expectations under the previous pass's
probabilities, so that an ambiguous neighbour supports softly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geo.candidates import Bearers
from geo.distance import km_matrix
from geo.gazetteer import Gazetteer
from geo.records import ALIAS, CAPITAL, KINDS, OFFICIAL, SHORT

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

POINTS: Final = ("city", "town", "village", "admin2", "admin3", "facility", "airfield", "island", "water", "relief")

OWN: Final = (
    "population", "country", "admin1", "admin2", "city", "town", "village", "region", "sea", "facility", "capital",
    "alias", "alias_unit", "alias_place", "alias_beside", "short", "short_other", "most_populous", "share", "first",
    "kind_hint", "kind_miss", "part", "alone", "alone_village",
)  # fmt: skip
COMPANY: Final = (
    "country_mass", "country_named", "country_first", "admin1_mass", "admin1_named", "admin2_mass", "near", "nearest",
    "near_text", "inside_next", "inside_near", "inside_before", "holds_before", "country_point",
    "admin1_point", "foreign_unit", "near_soft", "nearest_soft", "admin2_soft", "admin1_soft", "country_soft",
    "population_foreign", "few", "population_few", "country_log", "admin1_log",
    "near_log",
)  # fmt: skip
NULL: Final = ("null", "null_part", "null_many", "null_small", "null_alias", "null_word")
FEATURES: Final = OWN + COMPANY + NULL


@dataclass(frozen=True, slots=True)
class Mention:
    """Where one mention of a group stands: half-open offsets in the report, and whether it is used as a location."""

    start: int
    end: int
    locative: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Mentions of one sense and the places they may mean."""

    name: str
    bearers: Bearers
    mentions: tuple[Mention, ...]

    @property
    def weight(self) -> float:
        """How much the group supports others: names of actors and the like count half."""
        return 1.0 if any(m.locative for m in self.mentions) else 0.5


class ReportArrays:
    """All candidates of the groups of one report as arrays, one element a candidate, groups in runs."""

    def __init__(self, gazetteer: Gazetteer, groups: Sequence[Group]) -> None:
        """``groups`` must each have at least one candidate."""
        sizes = [len(g.bearers.postings) for g in groups]
        self.groups = groups
        self.starts: Ints = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        self.group: Ints = np.repeat(np.arange(len(groups)), sizes)
        self.rows: Ints = np.array([p.row for g in groups for p in g.bearers.postings], dtype=np.int64)
        self.rank: Ints = np.array([p.rank for g in groups for p in g.bearers.postings], dtype=np.int64)
        self.table: NDArray[Any] = gazetteer.places[self.rows]
        self.lat: Floats = self.table["lat"].astype(np.float64)
        self.lon: Floats = self.table["lon"].astype(np.float64)
        self.kind: Ints = self.table["kind"].astype(np.int64)
        self.country: Ints = self.table["country"].astype(np.int64)
        self.admin1: Ints = self.table["admin1"].astype(np.int64)
        self.admin2: Ints = self._admin2()
        self.population: Floats = self.table["population"].astype(np.float64)
        self.weight: Floats = np.array([g.weight for g in groups])
        self._of_kinds: dict[tuple[str, ...], NDArray[np.bool_]] = {}

    def _admin2(self) -> Ints:
        """Second-order unit as one more than its row, a unit being in itself; 0 unknown."""
        own = np.isin(self.kind, [KINDS.index("admin2")])
        return np.where(own, self.rows + 1, self.table["admin2"].astype(np.int64))

    def is_kind(self, *kinds: str) -> NDArray[np.bool_]:
        """True for candidates of one of these kinds; asked in every pass, so kept."""
        if kinds not in self._of_kinds:
            wanted = np.zeros(len(KINDS), dtype=bool)
            wanted[[KINDS.index(kind) for kind in kinds]] = True
            self._of_kinds[kinds] = wanted[self.kind]
            self._of_kinds[kinds].setflags(write=False)
        return self._of_kinds[kinds]

    def of_group(self, values: Floats, group: int) -> Floats:
        """The run of ``values`` that belongs to a group."""
        return values[self.starts[group] : self.starts[group + 1]]

    def per_group(self, values: Floats) -> Floats:
        """Sums of ``values`` over each group."""
        return np.add.reduceat(values, self.starts[:-1])

    @cached_property
    def km(self) -> Floats:
        """Distances between all candidates."""
        return km_matrix(self.lat, self.lon, self.lat, self.lon)

    @cached_property
    def inside(self) -> NDArray[np.bool_]:
        """``inside[i, j]``: candidate i lies in candidate j, which is a country, unit or region of another name."""
        same = (self.country[:, None] == self.country[None, :]) & (self.country[None, :] > 0)
        unit1 = (self.admin1[:, None] == self.admin1[None, :]) & (self.admin1[None, :] > 0)
        unit2 = (self.admin2[:, None] == self.admin2[None, :]) & (self.admin2[None, :] > 0)
        within = self.km <= np.maximum(self.table["radius_km"].astype(np.float64), 1.0)[None, :]
        country, admin1 = self.is_kind("country"), self.is_kind("admin1")
        found = (same & country[None, :] & ~country[:, None]) | (
            unit1 & admin1[None, :] & ~admin1[:, None] & ~country[:, None]
        )
        found |= unit2 & self.is_kind("admin2")[None, :] & self.is_kind("city", "town", "village")[:, None]
        found |= within & self.is_kind("region")[None, :] & ~country[:, None]
        result: NDArray[np.bool_] = found & (self.group[:, None] != self.group[None, :])
        return result


def own_features(a: ReportArrays) -> dict[str, Floats]:
    """Features of candidates by themselves, each an array over candidates."""
    size = np.log10(1 + a.population)
    top = np.maximum.reduceat(size, a.starts[:-1])[a.group]
    total = a.per_group(a.population + 1)[a.group]
    unit, place = a.is_kind("admin1", "admin2", "admin3"), a.is_kind("city", "town", "village")
    alias, short = a.rank == ALIAS, a.rank == SHORT
    asked, missed = _kind_hints(a)
    counts = np.diff(a.starts)[a.group]
    found: dict[str, NDArray[Any]] = {
        "population": size * (unit | place) / 3, "country": a.is_kind("country"), "admin1": a.is_kind("admin1"),
        "admin2": a.is_kind("admin2", "admin3"), "city": a.is_kind("city"), "town": a.is_kind("town"),
        "village": a.is_kind("village"), "region": a.is_kind("region"), "sea": a.is_kind("sea"),
        "facility": a.is_kind("facility", "airfield", "border"), "capital": (a.table["flags"] & CAPITAL) > 0,
        "alias": alias, "alias_unit": alias & unit, "alias_place": alias & place,
        "alias_beside": alias & _any_in_group(a, a.rank == OFFICIAL), "short": short,
        "short_other": ~short & _any_in_group(a, short), "most_populous": size >= top,
        "share": np.log((a.population + 1) / total) / 3, "first": np.arange(len(a.rows)) == a.starts[a.group],
        "kind_hint": asked, "kind_miss": missed, "part": _flag(a, "part"), "alone": counts == 1,
        "alone_village": (counts == 1) & a.is_kind("village"),
    }  # fmt: skip
    return {name: values.astype(np.float64) for name, values in found.items()}


def _any_in_group(a: ReportArrays, values: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return (a.per_group(values.astype(np.float64)) > 0)[a.group]


def _flag(a: ReportArrays, name: str) -> Floats:
    return np.array([float(getattr(g.bearers, name)) for g in a.groups])[a.group]


def _kind_hints(a: ReportArrays) -> tuple[Floats, Floats]:
    """Candidates of a kind that the name's generic word asks for, and those of another kind."""
    asked = np.zeros(len(a.rows))
    missed = np.zeros(len(a.rows))
    for index, group in enumerate(a.groups):
        if group.bearers.kinds:
            run = slice(a.starts[index], a.starts[index + 1])
            asked[run] = a.is_kind(*group.bearers.kinds)[run]
            missed[run] = 1 - asked[run]
    return asked, missed


def null_features(a: ReportArrays) -> dict[str, Floats]:
    """Features of the answer "none of these", one element a group."""
    sizes = np.diff(a.starts)
    top = np.maximum.reduceat(np.log10(1 + a.population), a.starts[:-1])
    own = np.minimum.reduceat(a.rank, a.starts[:-1])
    found: dict[str, NDArray[Any]] = {
        "null": np.ones(len(sizes)), "null_part": np.array([g.bearers.part for g in a.groups]),
        "null_many": np.log(sizes), "null_small": np.maximum(0.0, 5.0 - top), "null_alias": own == ALIAS,
        "null_word": np.array([len(g.name) <= 4 for g in a.groups]),
    }  # fmt: skip
    return {name: values.astype(np.float64) for name, values in found.items()}
