"""Which places lie within the area of which: "Donetsk" within "eastern Ukraine".

Worked out once, when a place comes into the store, because outlines are slow to compare and questions must be fast.
Countries are no areas in this sense: what is said of a whole country is not about every town of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import duckdb
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from store.records import PlaceRow
from store.rows import place_values
from store.writing import insert, put

AREAS: Final = ("region", "border", "sea", "vague")
"""Precisions of places that can hold others, when their outline is known."""
_PART: Final = 0.8
"""Part of an area that must lie within another for it to be within."""
_KM_PER_DEGREE: Final = 111.0

# Near enough by latitude and, as far as that tells towards the poles, by longitude.
_NEAR: Final = f"""SELECT key, lat, lon, precision, radius_km, geometry FROM places
    WHERE key <> $key AND precision <> 'country' AND ($has_outline OR geometry IS NOT NULL)
    AND abs(lat - $lat) * {_KM_PER_DEGREE} <= radius_km + $radius
    AND abs(lon - $lon) * {_KM_PER_DEGREE} * greatest(0.1, cos(radians(abs($lat) + radius_km / {_KM_PER_DEGREE})))
        <= radius_km + $radius"""  # noqa: S608 - constants


@dataclass(frozen=True, slots=True)
class Extent:
    """A place as far as nesting goes; ``outline`` is its geometry as GeoJSON text, None for points."""

    key: str
    lat: float
    lon: float
    precision: str
    radius_km: float
    outline: str | None

    @classmethod
    def of(cls, place: PlaceRow) -> Extent:
        """The extent of a row of the store."""
        outline = None if place.geometry is None else json.dumps(place.geometry)
        return cls(place.key, place.lat, place.lon, place.precision, place.radius_km, outline)


def insert_places(cursor: duckdb.DuckDBPyConnection, places: Iterable[PlaceRow]) -> None:
    """Insert the places that are not in the store yet, and find what lies in what; those known stay as they are."""
    given = {place.key: place for place in places}
    rows = cursor.execute("SELECT key FROM places WHERE key IN (SELECT unnest(?::VARCHAR[]))", [list(given)]).fetchall()
    known = {key for (key,) in rows}
    new = [place for key, place in given.items() if key not in known]
    insert(cursor, "places", [place_values(place) for place in new])
    nest(cursor, map(Extent.of, new))


def put_places(cursor: duckdb.DuckDBPyConnection, places: Iterable[PlaceRow]) -> None:
    """Insert places; those whose key is there already become what these rows say."""
    given = {place.key: place for place in places}
    put(cursor, "places", "key", [place_values(place) for place in given.values()])
    cursor.execute(
        "DELETE FROM place_within WHERE inner_key IN (SELECT unnest($keys::VARCHAR[])) "
        "OR outer_key IN (SELECT unnest($keys::VARCHAR[]))",
        {"keys": list(given)},
    )
    nest(cursor, map(Extent.of, given.values()))


def nest(cursor: duckdb.DuckDBPyConnection, places: Iterable[Extent]) -> None:
    """Find what each of these places, new in the store, lies in, and what lies in it."""
    pairs = {pair for place in places if place.precision != "country" for pair in _pairs(cursor, place)}
    insert(cursor, "place_within", sorted(pairs))


def _pairs(cursor: duckdb.DuckDBPyConnection, place: Extent) -> Iterator[tuple[str, str]]:
    has_outline = place.outline is not None
    near = {"key": place.key, "lat": place.lat, "lon": place.lon, "radius": place.radius_km, "has_outline": has_outline}
    for other in (Extent(*row) for row in cursor.execute(_NEAR, near).fetchall()):
        if is_within(other, place):
            yield other.key, place.key
        elif is_within(place, other):
            yield place.key, other.key


def is_within(inner: Extent, outer: Extent) -> bool:
    """True when ``inner`` lies in the outline of ``outer``: a point wholly, an area by four fifths."""
    if outer.outline is None or outer.precision not in AREAS or inner.radius_km >= outer.radius_km:
        return False
    area = _shape(outer.outline)
    if inner.outline is None:
        return bool(area.contains(shapely.Point(inner.lon, inner.lat)))
    part = _shape(inner.outline)
    if not part.area or not area.intersects(part):
        return False
    return bool(area.intersection(part).area >= _PART * part.area)


@lru_cache(maxsize=512)
def _shape(outline: str) -> BaseGeometry:
    """The outline, prepared for many questions."""
    found = shapely.make_valid(shape(json.loads(outline)))
    shapely.prepare(found)
    return found
