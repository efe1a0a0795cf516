"""Rivers and the land along their banks: "the left bank of the Dnipro", "south of the Litani" (``rivers.tsv``)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
import shapely

from geo.directions import ADJECTIVE, BEARING
from geo.drawing import Anchor, Case, Drawing
from geo.names import fold
from geo.plane import Plane
from geo.records import SourceError
from geo.tables import rows, several

BANK_KM: Final = 30.0
"""How far inland "the left bank" reaches."""
_LEAST_RUN_KM: Final = 20.0
Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class River:
    """A river: its names and its course downstream, a line in degrees, good to about 10 km."""

    name: str
    aliases: tuple[str, ...]
    course: Any


@lru_cache(maxsize=4)
def read_rivers(path: Path) -> dict[str, River]:
    """The rivers by folded name; SourceError names the row that cannot be read."""
    found: dict[str, River] = {}
    for line, row in rows(path, ("name", "aliases", "course")):
        try:
            corners = [tuple(float(v) for v in pair.split(",")) for pair in row["course"].split()]
            river = River(row["name"], several(row["aliases"]), shapely.linestrings(corners))
        except (ValueError, shapely.errors.GEOSException) as error:
            raise SourceError(
                "{path}:{line}: the course of {river} cannot be read ({problem})",
                path=path,
                line=str(line),
                river=row["name"],
                problem=error,
            ) from error
        for name in (river.name, *river.aliases):
            found.setdefault(fold(name), river)
    return found


def river_called(case: Case, names: Sequence[str]) -> River | None:
    """The first river among the names, None when none is."""
    rivers = read_rivers(case.shapes.folder / "rivers.tsv")
    return next((rivers[key] for name in names if (key := fold(name)) in rivers), None)


def draw_bank(case: Case) -> Drawing | None:
    """The land along one bank of a river, or both; within an area when one is named beside it.

    Without a river's name ("the left bank of Kherson region") it is the river with the longest run in the area.
    """
    names = (*case.query.anchors, case.query.name, *(anchor.place.name for anchor in case.anchors))
    area = next((anchor for anchor in case.anchors if anchor.outline), None)
    river = river_called(case, names) or (_main_river(case, area) if area else None)
    return _bank(case, river, area) if river else None


def _main_river(case: Case, area: Anchor) -> River | None:
    rivers = set(read_rivers(case.shapes.folder / "rivers.tsv").values())
    if area.outline is None:
        return None
    plane = Plane.about(area.outline.geometry)
    shape = plane.project(area.outline.geometry)
    near = [river for river in rivers if shapely.intersects(shapely.envelope(river.course), area.outline.geometry)]
    runs = {river: shapely.intersection(plane.project(river.course), shape).length for river in near}
    best = max(runs, key=lambda river: (runs[river], river.name), default=None)
    return best if best and runs[best] > _LEAST_RUN_KM else None


def _bank(case: Case, river: River, area: Anchor | None) -> Drawing | None:
    plane = Plane.about(area.outline.geometry if area and area.outline else river.course)
    course = plane.project(river.course)
    side = _side(case, course)
    bands = [(f, _along(course, side, BANK_KM * f)) for f in (0.5, 1.0)]
    if area and area.outline:
        shape = plane.project(area.outline.geometry)
        bands = [(f, shapely.intersection(band, shape)) for f, band in bands]
    if bands[-1][1].is_empty:
        return None
    which = f"{ADJECTIVE[case.compass]} bank" if case.compass else f"{side} bank" if side else "banks"
    within = f" in {area.place.name}" if area else ""
    rule = f"{BANK_KM:.0f} km of land along the {side + ' bank' if side else 'banks'} of the {river.name}{within}"
    return Drawing(plane, tuple(bands), 1, f"{which} of the {river.name}{within}", rule, "vague")


def _side(case: Case, course: Any) -> Side | None:
    """Left or right as the phrase says, or as the compass direction lies of the river's general course; None: both."""
    if case.flavour in ("left", "right"):
        return "left" if case.flavour == "left" else "right"
    if case.compass is None:
        return None
    (ax, ay), (bx, by) = (np.array(course.coords[i]) for i in (0, -1))
    angle = math.radians(BEARING[case.compass])
    towards = (math.sin(angle), math.cos(angle))
    return "left" if -(by - ay) * towards[0] + (bx - ax) * towards[1] > 0 else "right"


def _along(course: Any, side: Side | None, km: float) -> Any:
    if side is None:
        return shapely.buffer(course, km)
    sign = 1 if side == "left" else -1
    return shapely.make_valid(shapely.buffer(course, sign * km, single_sided=True))
