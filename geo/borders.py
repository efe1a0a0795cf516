"""Borders and coasts as zones: the land boundary two areas share, and the water off a shore."""

from __future__ import annotations

import math
from typing import Any, Final
from weakref import WeakKeyDictionary

import numpy as np
import shapely

from geo.outline import Outline
from geo.plane import Plane
from geo.shapes import GRID, Shapes

BORDER_KM, NARROWEST_KM, OF_SIZE = 50.0, 5.0, 0.25
"""A border zone reaches this many km to either side; for small areas only this part of the side of their square."""
OFFSHORE_KM: Final = 100.0
COASTAL_KM: Final = 30.0
_MAIN_SHARE, _LEAST_SEA = 0.1, 0.03
_KEPT: Final = 512
_found: WeakKeyDictionary[Shapes, dict[tuple[str, str], Any]] = WeakKeyDictionary()
"""Border lines by the keys of the areas that share them."""


def border_line(shapes: Shapes, area: Outline, partner: Outline | None) -> Any | None:
    """Land boundary of an area in degrees, with the partner only when there is one; None when they share none.

    Both must consist of whole units: these share their corners, so the common edges are found exactly. A line is found
    once for an opened ``shapes``.
    """
    known = _found.setdefault(shapes, {})
    key = area.key, partner.key if partner else ""
    if key not in known:
        if len(known) >= _KEPT:
            known.clear()
        known[key] = _line(shapes, area, partner)
    return known[key]


def _line(shapes: Shapes, area: Outline, partner: Outline | None) -> Any | None:
    if not area.exact or (partner and not partner.exact):
        return None
    others = sorted(partner.units - area.units) if partner else shapes.beside(area)
    if not others:
        return None
    shared = _common_edges([area.geometry], shapes.units[others])
    if not len(shared):
        return None
    corners = shared.view("<i4").reshape(-1, 2, 2) * GRID
    return shapely.line_merge(shapely.multilinestrings(list(corners)))


def _common_edges(some: Any, others: Any) -> Any:
    """Edges of both as 16 opaque bytes each, sorted. Only what runs between corners of both is looked at closely."""
    (corners, joined), (other_corners, other_joined) = _corners(some), _corners(others)
    ours = np.isin(corners, other_corners)
    theirs = np.isin(other_corners, corners[ours])
    return np.intersect1d(
        _edges(corners, joined & ours[:-1] & ours[1:]),
        _edges(other_corners, other_joined & theirs[:-1] & theirs[1:]),
        assume_unique=True,
    )


def _corners(geometries: Any) -> tuple[Any, Any]:
    """Corners of all rings on the grid, each as one number, and which of them have their successor in the same ring."""
    rings = shapely.get_rings(shapely.get_parts(geometries))
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    on_grid = np.round(xy / GRID).astype("<i4")
    return np.ascontiguousarray(on_grid).view("<i8").ravel(), ring[1:] == ring[:-1]


def _edges(corners: Any, chosen: Any) -> Any:
    """The chosen edges once each, as 16 opaque bytes: two corners on the grid, in one order."""
    a, b = corners[:-1][chosen], corners[1:][chosen]
    pairs = np.column_stack([np.minimum(a, b), np.maximum(a, b)])
    return np.unique(np.ascontiguousarray(pairs).view("V16").ravel().view("S16"))


def border_width_km(*areas_km2: float) -> float:
    """How far a border zone reaches to either side, by the smallest of the areas concerned."""
    return min(BORDER_KM, max(NARROWEST_KM, OF_SIZE * math.sqrt(min(areas_km2))))


def main_parts(shape: Any) -> Any:
    """The largest part of a shape in km and all parts of a tenth of its size: "off Taiwan" is not off Kinmen."""
    parts = np.array(shapely.get_parts(shape))
    return shapely.multipolygons(parts[shapely.area(parts) >= _MAIN_SHARE * shapely.area(parts).max()])


def offshore(shapes: Shapes, shore: Any, plane: Plane, km: float = OFFSHORE_KM) -> Any | None:
    """The water within ``km`` of a shore (polygon or point in km of ``plane``); None where there is hardly any."""
    ring = shapely.buffer(shapely.simplify(shore, _detail(shore, km)), km, quad_segs=6)
    land = plane.project(shapes.land(plane.unproject(ring)))
    water = shapely.difference(ring, shapely.buffer(shapely.simplify(land, _detail(shore, km)), 0))
    wide = shapely.buffer(shapely.buffer(water, -1.5), 1.5)
    return wide if wide.area > _LEAST_SEA * (ring.area - shapely.area(shore)) and not wide.is_empty else None


def _detail(shore: Any, km: float) -> float:
    """Tolerance in km for a zone of that width about a shore."""
    return max(min(1.0, km / 20), math.sqrt(shore.area) / 1000)


def coastal_strip(shapes: Shapes, shore: Any, plane: Plane, km: float = COASTAL_KM) -> Any | None:
    """Land and water within ``km`` of the sea coast of a shore; None for landlocked areas."""
    water = offshore(shapes, shore, plane, km)
    if water is None:
        return None
    detail = _detail(shore, km)
    coast = shapely.intersection(
        shapely.buffer(water, 2 * detail, quad_segs=1), shapely.simplify(shore, detail).boundary
    )
    return None if coast.is_empty else shapely.buffer(coast, km, quad_segs=6)
