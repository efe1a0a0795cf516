"""Whose country a place is in, by the view of disputed borders that is chosen; see geo/policy.py for the table."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

import shapely

from geo.model import Place
from geo.names import slug
from geo.shapes import Shapes

_COAST_DEGREES: Final = 0.2
"""Outlines are simplified: a port on a spit may lie this far outside of any."""
_KEPT: Final = 8192
"""Points whose holder is remembered: a report is about the same few dozen places as the one before."""


class View:
    """The countries of places in one view of disputed borders."""

    def __init__(self, shapes: Shapes) -> None:
        """Take the territories and the view of ``shapes``."""
        self._borders = shapes.borders
        self._shapes = shapes
        self._whole: dict[str, str] = {}
        areas: list[Any] = []
        self._holders: list[str] = []
        for territory in shapes.territories:
            holder = territory.holder[shapes.borders]
            if len(territory.units) == 1 and territory.units[0].endswith("/*"):
                self._whole[territory.units[0].partition("/")[0]] = holder
                continue
            outline = shapes.parts(f"territory:{slug(territory.name)}", territory.units)
            if outline is not None:
                areas.append(outline.geometry)
                self._holders.append(holder)
        self._tree = shapely.STRtree(areas)
        self._cached_holder = lru_cache(maxsize=_KEPT)(self._holder_at)

    def country(self, place: Place) -> str | None:
        """ISO 3166-1 code of the country that has ``place`` in this view; None where none or several have it."""
        if place.country is None:
            return None
        code = self._whole.get(place.country) or place.country
        if place.precision in ("country", "sea", "border") or place.radius_km > _WIDEST_KM:
            return code
        holder = self._cached_holder(place.lon, place.lat)
        return code if holder is None else holder or None

    def _holder_at(self, lon: float, lat: float) -> str | None:
        """Who holds the territory at a point, "" where that is left open; None outside of all territories."""
        point = shapely.Point(lon, lat)
        hits = self._tree.query(point, predicate="intersects")
        if not len(hits) and len(near := self._tree.query_nearest(point, max_distance=_COAST_DEGREES)):
            hits = near if self._shapes.unit_at(lon, lat) is None else hits
        return self._holders[int(hits[0])] if len(hits) else None

    def of(self, place: Place) -> Place:
        """The place with the country of this view."""
        country = self.country(place)
        return place if country == place.country else replace(place, country=country)


_WIDEST_KM: Final = 250.0
"""A place with a larger radius holds more than a disputed territory: its own country stands."""
