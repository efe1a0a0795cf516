"""``python -m bench.directional --gold FOLDER``: do places that are said to lie in "northern X" lie in our northern X?

FOLDER holds ``places/directional.json``: rows of direction, unit (country or admin1), its code and a place within it.
A place that does not even lie in the unit named (a namesake, a lost minus sign) tells nothing about directions: it is
counted apart, and both shares are printed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry import shape

from errors import ClaimAtlasError, InputError
from geo.directions import BEARING, normal_direction
from geo.model import Place, PlaceQuery, Precision
from geo.outline import Outline
from geo.plane import Plane
from geo.regions import derive
from geo.shapes import Shapes

SLACK_KM: Final = 3.0
"""Simplified outlines and coordinates in minutes are good to this."""
ELSEWHERE_KM: Final = 25.0
"""A place farther than this from the unit named is not in it."""
_ISO: Final = {"GB.England": "GB.ENG", "GB.Scotland": "GB.SCT", "GB.Wales": "GB.WLS"}


@dataclass(frozen=True, slots=True)
class Judged:
    """One statement: its kind, whether the place lies in our part, the part's share of the unit's area, the time."""

    row: Mapping[str, Any]
    kind: str
    inside: bool
    elsewhere: bool
    share: float
    seconds: float


def judge(row: Mapping[str, Any], shapes: Shapes) -> Judged | None:
    """Judge one row, None when the map has no such unit."""
    outline = shapes.by_key(_ISO.get(row["code"], row["code"]))
    direction = normal_direction(row["direction"])
    if outline is None or direction is None:
        return None
    plane = Plane.about(outline.geometry)
    unit = plane.project(outline.geometry)
    query = PlaceQuery(row["code"], row["direction"], relation="direction", direction=row["direction"])
    start = time.perf_counter()
    place = derive(query, [_anchor(shapes, outline, row)], shapes)
    seconds = time.perf_counter() - start
    point = shapely.Point(*plane.forward(np.array([[row["lon"], row["lat"]]]))[0])
    part = plane.project(shape(place.geometry)) if place else shapely.Polygon()
    kind = "central" if direction == "central" else "diagonal" if BEARING[direction] % 90 else "straight"
    far = bool(shapely.distance(unit, point) > ELSEWHERE_KM)
    return Judged(row, kind, bool(shapely.distance(part, point) <= SLACK_KM), far, part.area / unit.area, seconds)


def _anchor(shapes: Shapes, outline: Outline, row: Mapping[str, Any]) -> Place:
    country = row["unit"] == "country"
    geonameid = None if country else shapes.geonameid(outline.key)
    precision: Precision = "country" if country else "region"
    return Place(outline.key, outline.key, 0, 0, precision, 100, country=outline.key[:2], geonameid=geonameid)


def table(judged: Sequence[Judged]) -> str:
    """Figures by kind of direction, with and without the places that lie elsewhere."""
    lines = [f"{'':10}{'n':>5}{'inside':>9}{'of those in the unit':>22}{'share of area':>15}{'ms':>7}"]
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[one.kind].append(one)
    for name, group in [*sorted(groups.items()), ("all", list(judged))]:
        there = [one for one in group if not one.elsewhere]
        figures = (_mean([o.inside for o in group]), _mean([o.inside for o in there]), _mean([o.share for o in there]))
        ms = 1000 * float(np.median([o.seconds for o in group]))
        all_, known, share = figures
        lines.append(f"{name:10}{len(group):5}{all_:9.3f}{known:16.3f} of {len(there):3}{share:15.3f}{ms:7.1f}")
    return "\n".join(lines)


def _mean(values: Sequence[float | bool]) -> float:
    return float(np.mean(values)) if values else float("nan")


def main(argv: Sequence[str] | None = None) -> int:
    """Command line; 0 when it ran, 2 for bad input."""
    parser = argparse.ArgumentParser(prog="python -m bench.directional", description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="folder that holds places/directional.json")
    parser.add_argument("--misses", action="store_true", help="list the statements whose place is not inside")
    options = parser.parse_args(argv)
    try:
        rows = read(options.gold / "places" / "directional.json")
        shapes = Shapes.open()
    except ClaimAtlasError as error:
        print(f"bench.directional: {error}", file=sys.stderr)
        return 2
    judged = [one for row in rows if (one := judge(row, shapes)) is not None]
    print(f"{len(rows)} statements, {len(rows) - len(judged)} about units that the map does not have")
    print(table(judged))
    for one in judged if options.misses else ():
        if not one.inside:
            told = "\t".join(one.row[key] for key in ("direction", "code", "place"))
            print(f"{'elsewhere' if one.elsewhere else 'miss':10}{told}")
    return 0


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of the file; InputError when it is not there or not of this form."""
    try:
        rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: no statements of directions ({error})") from error
    return rows


if __name__ == "__main__":
    sys.exit(main())
