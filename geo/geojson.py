"""Shapes as GeoJSON (RFC 7946): longitude first, valid, rounded to about 100 m, and small enough for a page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

import shapely
from shapely.geometry import mapping

MAX_BYTES: Final = 18_000
"""Bytes of compact JSON a shape may take; the promise is 20 KB."""
_GRID: Final = 0.001
_FIRST, _STEP, _LAST = 0.002, 1.6, 3.0
_SPECK: Final = 12.0
"""Parts smaller than this times the squared tolerance vanish, the largest part never does."""


def compact(geometry: Any, *, max_bytes: int = MAX_BYTES) -> Mapping[str, Any]:
    """GeoJSON geometry of a (multi)polygon in degrees, simplified until it fits ``max_bytes``.

    Outlines are simplified by Douglas and Peucker's method, first to 0.002 degrees, then more and more coarsely.
    """
    tolerance = _FIRST
    shape = as_json(_coarser(geometry, tolerance))
    while len(json.dumps(shape, separators=(",", ":"))) > max_bytes and tolerance < _LAST:
        tolerance *= _STEP
        shape = as_json(_coarser(geometry, tolerance))
    return shape


def _coarser(geometry: Any, tolerance: float) -> Any:
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
    if not parts:
        return shapely.Polygon()
    largest = max(parts, key=lambda part: part.area)
    kept = [part for part in parts if part is largest or part.area > _SPECK * tolerance**2]
    simple = shapely.simplify(shapely.multipolygons(kept), tolerance, preserve_topology=True)
    return polygons(shapely.set_precision(shapely.make_valid(simple), _GRID))


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
