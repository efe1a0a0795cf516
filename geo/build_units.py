"""The tiles of the map: Natural Earth's first-order units, cut where politics and newer units need it.

Cuts follow Natural Earth's disputed lines (``cuts.tsv``). Where GeoNames has several first-order units inside one of
Natural Earth's (the provinces of Congo since 2015, the counties of Kenya), the tile is divided between their towns:
each point goes to the unit of the nearest town (Voronoi cells), good to about half the distance between towns.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry import Point

from geo.build_people import Towns
from geo.records import SourceError
from geo.tables import number, rows

GRID: Final = 1e-4
"""Degrees: the grid all corners lie on (11 m); stored as whole numbers of it."""
_TIE, _NEAR, _ALL = 0.3, 0.02, 0.999
"""A disputed line may end so many degrees short of the edge of the unit it cuts, or run so many beside it; a face with
more than this share of a unit is the unit itself."""
_LEAST_TOWNS, _OF_UNIT, _OF_CODE = 2, 0.04, 0.3
"""A unit is divided for GeoNames units with so many towns in it, this share of its towns and of their own towns."""
_SEAM: Final = 179.89
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


@dataclass(frozen=True, slots=True)
class Division:
    """How a unit is divided between GeoNames units: the code and the cell (degrees) of each."""

    unit: int
    cells: Mapping[str, Any]


def divide(units: Sequence[Unit], towns: Towns, whole: Collection[str] = ()) -> list[Division]:
    """The units that hold several GeoNames units, divided between the towns of these; units in ``whole`` stay so."""
    total = Counter(towns.code)
    members: dict[int, list[int]] = {}
    for town, unit in enumerate(towns.unit):
        members.setdefault(int(unit), []).append(town)
    found = []
    for unit, inside in sorted(members.items()):
        if units[unit].id in whole:
            continue
        count = Counter(towns.code[town] for town in inside)
        least = max(_LEAST_TOWNS, _OF_UNIT * len(inside))
        codes = {code for code, n in count.items() if n >= least and n >= _OF_CODE * total[code]}
        if len(codes) > 1:
            kept = [town for town in inside if towns.code[town] in codes]
            found.append(Division(unit, _cells(units[unit].geometry, towns, kept)))
    return found


def _cells(geometry: Any, towns: Towns, members: Sequence[int]) -> dict[str, Any]:
    at = np.unique(np.stack([towns.lon[members], towns.lat[members]], axis=1), axis=0, return_index=True)
    points = shapely.points(at[0])
    codes = [towns.code[members[row]] for row in at[1]]
    whole = shapely.voronoi_polygons(shapely.multipoints(points), extend_to=geometry, ordered=True)
    cells = shapely.get_parts(whole)
    return {code: shapely.union_all(cells[[c == code for c in codes]]) for code in sorted(set(codes))}


def cut_units(
    units: Sequence[Unit], lines: Sequence[Any], cuts: Sequence[Cut], divisions: Sequence[Division] = ()
) -> list[Unit]:
    """Units and the pieces cut from them along ``lines`` and between towns, as one coverage on GRID."""
    by_id = {unit.id: unit.geometry for unit in units}
    missing = [cut for cut in cuts if cut.unit not in by_id]
    if missing:
        raise SourceError(f"{missing[0].where}: no unit {missing[0].unit!r}")
    knives = [knife for name in sorted({cut.unit for cut in cuts}) for knife in _knives(by_id[name], lines)]
    seams = [shapely.intersection(c.boundary, units[d.unit].geometry) for d in divisions for c in d.cells.values()]
    edges = shapely.union_all([*(g.boundary for g in by_id.values()), *knives, *seams], grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize([edges]))
    owner = _owners(faces, units)
    made = [_claim(cut, faces, owner, units) for cut in cuts]
    shares = [piece for division in divisions for piece in _shares(division, faces, owner, units)]
    rest = [replace(unit, geometry=_joined(faces[owner == row])) for row, unit in enumerate(units)]
    return [unit for unit in (*rest, *shares, *made) if not unit.geometry.is_empty]


def _joined(faces: Any) -> Any:
    return shapely.union_all(faces, grid_size=GRID)


def _owners(faces: Any, units: Sequence[Unit]) -> Any:
    """Row of the unit that holds each face; -1 for holes (lakes, seas that land encloses)."""
    owner = np.full(len(faces), -1)
    face, unit = shapely.STRtree([u.geometry for u in units]).query(shapely.point_on_surface(faces), predicate="within")
    owner[face] = unit
    return owner


def _claim(cut: Cut, faces: Any, owner: Any, units: Sequence[Unit]) -> Unit:
    """The faces about the cut's seed, taken from its unit (``owner`` is changed)."""
    mine = np.flatnonzero(owner == [unit.id for unit in units].index(cut.unit))
    inside = [row for row in mine if faces[row].contains(cut.seed)]
    if not inside or faces[inside[0]].area > _ALL * shapely.area(faces[mine]).sum():
        raise SourceError(f"{cut.where}: the disputed lines do not cut {cut.unit} about {cut.seed.wkt}")
    owner[inside[0]] = -1
    return Unit(cut.piece, cut.unit.partition("/")[0], cut.piece.partition("/")[2], faces[inside[0]])


def _shares(division: Division, faces: Any, owner: Any, units: Sequence[Unit]) -> Iterator[Unit]:
    """The divided unit's pieces, called ``<unit>/<code>`` (``owner`` is changed)."""
    unit = units[division.unit]
    mine = np.flatnonzero(owner == division.unit)
    inner = shapely.point_on_surface(faces[mine])
    for code, cell in division.cells.items():
        within = mine[shapely.contains(cell, inner)]
        if len(within):
            owner[within] = -1
            yield Unit(f"{unit.id}/{code}", unit.iso2, unit.name, _joined(faces[within]), code)


def _knives(geometry: Any, lines: Sequence[Any]) -> list[Any]:
    """The disputed lines within a unit, their loose ends tied to its edge."""
    near = shapely.intersection(shapely.union_all(lines), shapely.buffer(geometry, _NEAR))
    runs = [line for line in shapely.get_parts(shapely.line_merge(near)) if line.length > _NEAR]
    return [shapely.intersection(knife, geometry) for knife in (*runs, *_ties(runs, geometry.boundary))]


def _ties(runs: Sequence[Any], edge: Any) -> list[Any]:
    """Short lines on from the ends of ``runs`` across the nearest point of the unit's edge."""
    ends = [Point(xy) for line in runs for xy in (line.coords[0], line.coords[-1])]
    return [shapely.shortest_line(end, edge) for end in ends if 0 < end.distance(edge) < _TIE]
