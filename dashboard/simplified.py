"""Outlines as small as their size on the screen allows: what is sent to the browser with every change."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import shapely
import shapely.geometry

from store.records import PlaceRow

JsonDict = dict[str, Any]
_FINE, _SOFT = 500, 160
"""Parts of an extent that are small enough to be left out: of an outline, below a pixel at the zoom that shows the
whole; of a band without an outline, about two."""
_HALF_ROUND: Final = 180.0
"""Degrees of longitude; nothing wider is known to lie in one piece."""
_FINEST, _COARSEST = 0.005, 0.08
"""Degrees between which outlines are simplified."""


Box = tuple[float, float, float, float]


def outline(place: PlaceRow) -> JsonDict | None:
    """The place's geometry for drawing: hundredths of a degree, simplified as far as its size allows; None for none."""
    return _drawn(place)[0] if place.geometry is not None else None


def bounds(place: PlaceRow) -> Box | None:
    """West, south, east and north of :func:`outline`, in degrees; where it crosses the date line, of its wider side."""
    return _drawn(place)[1] if place.geometry is not None else None


_KNOWN: Final[dict[int, tuple[object, JsonDict | None, Box | None]]] = {}
"""What was drawn of geometries, by their identity, for to tell them by their content takes longer than to draw a map.
Each is kept beside what was made of it, so that no other can take its identity."""
_MOST_KNOWN: Final = 8192


def _drawn(place: PlaceRow) -> tuple[JsonDict | None, Box | None]:
    known = _KNOWN.get(id(place.geometry))
    if known is None or known[0] is not place.geometry:
        area = _simplified(place.key, json.dumps(place.geometry, sort_keys=True))
        known = place.geometry, area, _bounds(area) if area else None
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[id(place.geometry)] = known
    return known[1], known[2]


def _bounds(area: JsonDict) -> Box:
    """Bounds of what the map shows in one piece: beyond the date line it goes on at the map's other end."""
    shape = shapely.geometry.shape(area)
    whole: Box = shape.bounds
    if whole[2] - whole[0] <= _HALF_ROUND:
        return whole
    boxes = sorted((part.bounds for part in shapely.get_parts(shape)), key=lambda box: float(box[0]))
    reach, gap, split = boxes[0][2], 0.0, 0
    for index, box in enumerate(boxes):
        if box[0] - reach > gap:
            gap, split = box[0] - reach, index
        reach = max(reach, box[2])
    sides = [_around(side) for side in (boxes[:split], boxes[split:]) if side]
    return max(sides, key=lambda box: box[2] - box[0])


def _around(boxes: Sequence[Box]) -> Box:
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def soft(key: str, step: int, geometry: Mapping[str, Any]) -> JsonDict | None:
    """A band for drawing. It has no outline, so it may be coarser than an area that has one."""
    return _simplified(f"{key}/{step}", json.dumps(geometry, sort_keys=True), _SOFT)


@lru_cache(maxsize=4096)
def _simplified(_key: str, geometry: str, steps: int = _FINE) -> JsonDict | None:
    shape = shapely.geometry.shape(json.loads(geometry))
    if shape.is_empty:
        return None
    west, south, east, north = shape.bounds
    tolerance = min(_COARSEST, max(_FINEST, max(east - west, north - south) / steps))
    simple = shapely.set_precision(shapely.simplify(shape, tolerance), 0.01)
    drawn: Mapping[str, Any] = shapely.geometry.mapping(shape if simple.is_empty else simple)
    return json.loads(json.dumps(drawn), parse_float=lambda text: round(float(text), 3))  # type: ignore[no-any-return]
