"""Stored places as one view of disputed borders draws them, and the bands that a derived region fades through.

The store keeps the outline that a place had when its report was read. What the chosen view changes is drawn anew from
the place's key: whole countries, and the regions derived from them. Imports no streamlit.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, Final

import shapely
import shapely.geometry

from dashboard.simplified import soft
from geo.fading import bands_of
from geo.gazetteer import Gazetteer
from geo.model import Place
from geo.policy import BORDERS, Borders
from geo.shapes import Shapes
from geo.views import View
from store.marks import Mark
from store.records import PlaceRow

Geometry = Mapping[str, Any]
_DERIVED: Final = "derived:"
_DEFAULT_VIEW: Final[Borders] = "un"
"""The view that a key does not name."""


class Outlines:
    """Outlines and bands in one view of disputed borders. Threads may share it."""

    def __init__(self, gazetteer: Gazetteer, shapes: Shapes) -> None:
        self._gazetteer, self._shapes = gazetteer, shapes
        self._view = View(shapes)
        self._bands: dict[str, tuple[Geometry, ...]] = {}
        self._fading: dict[str, tuple[Geometry, ...]] = {}
        self._places: dict[str, PlaceRow] = {}
        self._countries: dict[str, str | None] = {}
        self._lock = threading.Lock()
        self._later = ThreadPoolExecutor(max_workers=1, thread_name_prefix="bands")
        self._asked: set[str] = set()

    @classmethod
    def open(cls, borders: Borders) -> Outlines:
        """With the gazetteer and the shapes that ship. Raises GazetteerError when they cannot be used."""
        return cls(Gazetteer.open(), Shapes.open(borders=borders))

    def bands(self, key: str) -> tuple[Geometry, ...]:
        """GeoJSON geometries from the surest outward; empty for places that are not derived."""
        if key not in self._bands:
            named = key_in_view(key, self._shapes.borders)
            with self._lock:
                drawn = bands_of(named, self._gazetteer.place, self._shapes) if key.startswith(_DERIVED) else []
            self._bands[key] = tuple(geometry for _, geometry in drawn)
        return self._bands[key]

    def fading(self, key: str) -> tuple[Geometry, ...]:
        """The bands as the map draws them: without an outline, so coarser."""
        if key not in self._fading:
            drawn = [soft(key, step, band) for step, band in enumerate(self.bands(key))]
            self._fading[key] = tuple(band for band in drawn if band)
        return self._fading[key]

    def fading_within(self, keys: Iterable[str], seconds: float) -> dict[str, tuple[Geometry, ...]]:
        """Bands of these keys as far as they are drawn within ``seconds``; the others are drawn beside, for later."""
        until, found = time.monotonic() + seconds, {}
        for key in keys:
            if key in self._fading or time.monotonic() < until:
                found[key] = self.fading(key)
            elif key not in self._asked:
                self._asked.add(key)
                self._later.submit(self.fading, key)
        return found

    def country(self, row: PlaceRow) -> str | None:
        """Name of the country that has the place in this view; None when none or several have it, or for a sea."""
        if row.derived_from or row.precision in ("sea", "vague"):
            return None
        if row.key not in self._countries:
            code = self._view.country(_place(row))
            self._countries[row.key] = (self._gazetteer.country_name(code) or code) if code else None
        return self._countries[row.key]

    def of(self, row: PlaceRow, stored: Outlines) -> PlaceRow:
        """The place as this view draws it; ``stored`` is the view in which the store's outlines were drawn."""
        if row.geometry is None or not (row.precision == "country" or row.key.startswith(_DERIVED)):
            return row
        if row.key not in self._places:
            geometry = self._region(row, stored) if row.key.startswith(_DERIVED) else self._shapes.area(_place(row))
            self._places[row.key] = _at_its_place(replace(row, geometry=geometry)) if geometry else row
        return self._places[row.key]

    def _region(self, row: PlaceRow, stored: Outlines) -> Geometry | None:
        """The band that in the stored view is the place's outline."""
        before, now = stored.bands(row.key), self.bands(row.key)
        if not before or len(before) != len(now):
            return None
        size = _size(row.geometry)
        return now[min(range(len(before)), key=lambda band: abs(_size(before[band]) - size))]


def in_their_view(
    marks: Sequence[Mark], borders: Borders, usual: Borders, outlines: Callable[[Borders], Outlines]
) -> list[Mark]:
    """The marks with the outlines that the view ``borders`` gives their places; ``usual`` is the store's own view."""
    other = [mark for mark in marks if _stored_view(mark.place, usual) != borders]
    if not other:
        return list(marks)
    drawn = {m.place.key: outlines(borders).of(m.place, outlines(_stored_view(m.place, usual))) for m in other}
    return [replace(mark, place=drawn.get(mark.place.key, mark.place)) for mark in marks]


def _stored_view(place: PlaceRow, usual: Borders) -> Borders:
    """The view in which a stored outline was drawn: a derived region's key says it, others have the usual one."""
    return view_of_key(place.key) if place.derived_from else usual


def key_in_view(key: str, borders: Borders) -> str:
    """The key of a derived region in a view; the view that is the default is not named in it."""
    start, _, view = key.rpartition(":")
    base = start if view in BORDERS else key
    return base if borders == _DEFAULT_VIEW else f"{base}:{borders}"


def view_of_key(key: str) -> Borders:
    """The view in which the region with this key was drawn."""
    last = key.rpartition(":")[2]
    return next((view for view in BORDERS if view == last), _DEFAULT_VIEW)


def _place(row: PlaceRow) -> Place:
    precision: Any = row.precision  # the store keeps it as text
    return Place(
        row.key, row.name, row.lat, row.lon, precision, row.radius_km, country=row.country, geonameid=row.geonameid
    )


def _at_its_place(row: PlaceRow) -> PlaceRow:
    """The label of a region that has lost the ground below it moves into what is left."""
    shape = shapely.geometry.shape(row.geometry)
    if shape.is_empty or shape.contains(shapely.Point(row.lon, row.lat)) or row.precision == "border":
        return row
    inside = shape.representative_point()
    return replace(row, lat=inside.y, lon=inside.x)


def _size(geometry: Geometry | None) -> float:
    return float(shapely.geometry.shape(geometry).area) if geometry else 0.0
