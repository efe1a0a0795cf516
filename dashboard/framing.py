"""Where a map looks: the box about places, and which of them decide the first view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from dashboard.simplified import bounds, outline
from store.marks import Mark
from store.records import PlaceRow

_KM_A_DEGREE: Final = 111.0
_WIDEST_NEAR: Final = 20.0
"""Degrees that a place may span to take part in deciding the first view, and to be filled with colour."""
_SEEN: Final = 5
"""An area whose longer side is a smaller part of the view than one of these is hardly more than its own mark."""


def home(marks: Sequence[Mark]) -> list[list[float]] | None:
    """Bounds of the first view; None without marks. What is too vast to look at closely does not decide it."""
    places = [mark.place for mark in marks]
    return around([place for place in places if _is_near(place)] or places)


def view_of(places: Sequence[PlaceRow]) -> dict[str, Any]:
    """A point to centre on, and bounds to fit when there is more than a point to see."""
    return {"at": position(places[0]), "bounds": around(places) if len(places) > 1 else _bounds(places[0])}


def whole_first(places: Sequence[PlaceRow]) -> list[PlaceRow]:
    """The first place whole; of another that is vast only the point of its mark, beside which the rest can be seen."""
    return [*places[:1], *(replace(place, geometry=None) if is_vast(place) else place for place in places[1:])]


def view_of_first(places: Sequence[PlaceRow]) -> dict[str, Any]:
    """As :func:`view_of`; of the first alone when that is an area too small to be made out in a view of all."""
    box = around(places) or [[0.0, 0.0], [0.0, 0.0]]
    is_lost = outline(places[0]) and _span(places[0]) * _SEEN < _longer(box)
    return view_of(places[:1] if is_lost else places)


def around(places: Sequence[PlaceRow]) -> list[list[float]] | None:
    """South-west and north-east corner (latitude first) of what holds all places; None without any."""
    boxes = [_bounds(place) or [position(place), position(place)] for place in places]
    if not boxes:
        return None
    south, west = min(box[0][0] for box in boxes), min(box[0][1] for box in boxes)
    north, east = max(box[1][0] for box in boxes), max(box[1][1] for box in boxes)
    return [[south, west], [north, east]]


def is_vast(place: PlaceRow) -> bool:
    """True for areas that are too wide to be filled with colour or to fade."""
    return _span(place) > _WIDEST_NEAR


def position(place: PlaceRow) -> list[float]:
    """Latitude and longitude in degrees, to about ten metres."""
    return [round(place.lat, 4), round(place.lon, 4)]


def _is_near(place: PlaceRow) -> bool:
    """True for places that a reader comes to see: no whole country or sea, nothing wider than a third of Europe."""
    return place.precision not in ("country", "sea", "vague") and not is_vast(place)


def _span(place: PlaceRow) -> float:
    """Degrees from one end of the place to the other, the longer way."""
    box = _bounds(place)
    if box:
        return _longer(box)
    return 360.0 if outline(place) else 2 * place.radius_km / _KM_A_DEGREE


def _longer(box: list[list[float]]) -> float:
    return max(box[1][0] - box[0][0], box[1][1] - box[0][1])


def _bounds(place: PlaceRow) -> list[list[float]] | None:
    box = bounds(place)
    if box is None:
        return None
    west, south, east, north = box
    # What spans the globe has no end to look at: its middle serves better than its bounds.
    return None if east - west > 180 else [[south, west], [north, east]]
