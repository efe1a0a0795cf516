"""Reference points of administrative units from Natural Earth polygons (the world map that QGIS ships, public domain).

Run by ``python -m geo.build --admin1 world_map.gpkg``; the outcome is the table ``admin1_points.tsv``, so that an
ordinary build needs no polygons.
"""

from __future__ import annotations

import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from geo.names import fold
from geo.records import SourceError
from geo.sources import Units

HEADER: Final = """\
# A row is the reference point of one administrative unit: the centre of gravity of its polygon in Natural Earth
# (states_provinces of the world map that QGIS ships, public domain), with the radius of the circle of its area.
# It is here because the lists of units that registries carry have no coordinates. Made by: python -m geo.build --admin1
"""
_ENVELOPE_BYTES: Final = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_GENERIC: Final = frozenset({
    "oblast", "province", "region", "state", "county", "district", "governorate", "republic", "prefecture", "krai",
    "department", "kray", "territory", "autonomous", "respublika", "avtonomna", "autonomo", "of", "de", "du", "la",
    "el", "provincia", "departamento", "estado", "muhafazat", "wilaya", "raion", "okrug", "al", "vilayet",
})  # fmt: skip
"""Words that say what a unit is and are left out when names of two sources are compared."""


def polygon_points(path: Path, units: Units) -> Iterator[tuple[str, float, float, float]]:
    """Yield (unit code, lat, lon, radius in km) for every polygon whose name is that of a unit of its country."""
    by_name = _units_by_name(units)
    merged: dict[str, list[Any]] = defaultdict(list)
    for country, names, shape in _shapes(path):
        code = next((c for name in names for c in by_name.get((country, _core(name)), ())), None)
        if code is not None:
            merged[code].append(shape)
    for code in sorted(merged):
        yield code, *_centre(merged[code])


def _units_by_name(units: Units) -> Mapping[tuple[str, str], list[str]]:
    """Codes by country and name, first-order units before second-order ones."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for level in (1, 2):
        for row, cells in units.rows.items():
            if units.level(row) == level:
                country = units.countries[int(cells[8])]
                for name in dict.fromkeys(_core(n) for n in (cells[0], *cells[5].split("|")) if n):
                    found[country, name].append(units.code(row))
    return found


def _core(name: str) -> str:
    words = fold(name).split()
    return " ".join(w for w in words if w not in _GENERIC) or " ".join(words)


def _shapes(path: Path) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    from shapely import wkb  # noqa: PLC0415 - needed to build, not to run

    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
            rows = connection.execute("SELECT iso_a2, gn_name, name, woe_name, geom FROM states_provinces").fetchall()
    except sqlite3.Error as error:
        raise SourceError(f"{path}: not the world map of QGIS ({error}); give world_map.gpkg") from error
    for iso, gn_name, name, woe_name, blob in rows:
        if blob:
            header = 8 + _ENVELOPE_BYTES[(blob[3] >> 1) & 7]
            yield iso or "", tuple(n for n in (gn_name, name, woe_name) if n), wkb.loads(blob[header:])


def _centre(shapes: list[Any]) -> tuple[float, float, float]:
    from shapely import unary_union  # noqa: PLC0415 - needed to build, not to run

    whole = unary_union(shapes)
    largest = max(getattr(whole, "geoms", [whole]), key=lambda part: part.area)
    point = whole.centroid if whole.convex_hull.area < 4 * whole.area else largest.centroid
    square_km = whole.area * 111.32**2 * math.cos(math.radians(point.y))
    return round(point.y, 4), round(point.x, 4), round(math.sqrt(square_km / math.pi), 1)


def table(path: Path, units: Units) -> str:
    """The text of ``admin1_points.tsv``."""
    lines = [f"{code}\t{lat}\t{lon}\t{radius}" for code, lat, lon, radius in polygon_points(path, units)]
    return HEADER + "code\tlat\tlon\tradius_km\n" + "\n".join(lines) + "\n"
