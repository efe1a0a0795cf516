"""Shapes as GeoJSON (RFC 7946): longitude first, valid, rounded to about 100 m, and small enough for a page."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any, Final

import shapely
from shapely.geometry import mapping

MAX_BYTES: Final = 18_000
"""Bytes of compact JSON a shape may take; the promise is 20 KB."""
_GRID: Final = 0.001
_FINEST, _OF_SIZE, _STEP, _COARSEST = 0.002, 1 / 3000, 1.6, 5.0
"""Degrees: tolerance begins at the finest or this part of the shape's size, grows by the step, ends at the coarsest."""
_CORNERS_BY_TOLERANCE: Final = 0.8
"""A shape that is this many times too large, to this power, needs as many times the tolerance, or a little more."""
_SPECK: Final = 12.0
"""Parts smaller than this times the squared tolerance vanish, the largest part never does."""
_BYTES_A_CORNER: Final = 16


def compact(geometry: Any, *, max_bytes: int = MAX_BYTES) -> Mapping[str, Any]:
    """GeoJSON geometry of a (multi)polygon in degrees, simplified until it fits ``max_bytes``.

    Outlines are simplified by Douglas and Peucker's method, to 0.002 degrees for small shapes and as coarsely as needed
    for large ones.
    """
    tolerance = max(_FINEST, math.sqrt(shapely.envelope(geometry).area) * _OF_SIZE)
    shape = _coarser(geometry, tolerance)
    while (size := _size(shape)) > max_bytes and tolerance < _COARSEST:
        tolerance *= max(_STEP, (size / max_bytes) ** _CORNERS_BY_TOLERANCE)
        shape = _coarser(shape, tolerance)
    return as_json(shape)


def _size(shape: Any) -> int:
    """Bytes of the shape as compact JSON; estimated where it is far too large anyway."""
    rough = int(shapely.get_num_coordinates(shape)) * _BYTES_A_CORNER
    return rough if rough > 2 * MAX_BYTES else len(json.dumps(as_json(shape), separators=(",", ":")))


def _coarser(geometry: Any, tolerance: float) -> Any:
    parts = shapely.get_parts(polygons(geometry))
    if not len(parts):
        return shapely.Polygon()
    size = shapely.area(parts)
    kept = parts[(size > _SPECK * tolerance**2) | (size == size.max())]
    whole = shapely.multipolygons(kept)
    simple = shapely.simplify(whole, tolerance, preserve_topology=False)  # several times as fast, mended below
    if simple.is_empty:
        simple = shapely.simplify(whole, tolerance, preserve_topology=True)
    valid = simple if simple.is_valid else shapely.make_valid(simple)
    return polygons(shapely.set_precision(valid, _GRID))


def polygons(geometry: Any) -> Any:
    """The polygons of a geometry as one Polygon or MultiPolygon, stray lines and points dropped."""
    flat = [p for part in shapely.get_parts(geometry) for p in shapely.get_parts(part)]
    parts = [part for part in flat if part.geom_type == "Polygon" and not part.is_empty]
    return parts[0] if len(parts) == 1 else shapely.multipolygons(parts)


def as_json(geometry: Any) -> Mapping[str, Any]:
    """GeoJSON geometry with three decimals and lists for tuples, as json.loads would give it back."""
    found = mapping(shapely.orient_polygons(geometry))
    return {"type": found["type"], "coordinates": _rounded(found["coordinates"])}


def _rounded(value: Any) -> Any:
    if isinstance(value, (tuple, list)):
        return [_rounded(item) for item in value]
    return round(float(value), 3) + 0.0
