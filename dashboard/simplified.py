"""Outlines as small as their size on the screen allows: what is sent to the browser with every change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import shapely
import shapely.geometry

from store.records import PlaceRow

JsonDict = dict[str, Any]
_FINE, _SOFT = 500, 160
"""Parts of an extent that are small enough to be left out: of an outline, below a pixel at the zoom that shows the
whole; of a band without an outline, about two."""
_FINEST, _COARSEST = 0.005, 0.08
"""Degrees between which outlines are simplified."""


def outline(place: PlaceRow) -> JsonDict | None:
    """The place's geometry for drawing: hundredths of a degree, simplified as far as its size allows; None for none."""
    if place.geometry is None:
        return None
    return _simplified(place.key, json.dumps(place.geometry, sort_keys=True))


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
