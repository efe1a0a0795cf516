"""Which places lie within the area of which: "Donetsk" within "eastern Ukraine".

Worked out once, when a place comes into the store, because outlines are slow to compare and questions must be fast.
Countries are no areas in this sense: what is said of a whole country is not about every town of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
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

# Near enough by latitude and, as far as that tells towards the poles, by longitude. One question for all new places:
# one for each took longer than all else that is stored with a report.
_NEAR: Final = f"""SELECT new.key, old.key FROM places new JOIN places old ON old.key <> new.key
    AND (new.geometry IS NOT NULL OR old.geometry IS NOT NULL)
    AND abs(old.lat - new.lat) * {_KM_PER_DEGREE} <= old.radius_km + new.radius_km
    AND abs(old.lon - new.lon) * {_KM_PER_DEGREE}
            * greatest(0.1, cos(radians(abs(new.lat) + old.radius_km / {_KM_PER_DEGREE})))
        <= old.radius_km + new.radius_km
    WHERE new.key IN (SELECT unnest(?::VARCHAR[])) AND new.precision <> 'country' AND old.precision <> 'country'"""  # noqa: S608 - constants
_EXTENTS: Final = """SELECT key, lat, lon, precision, radius_km, geometry FROM places
    WHERE key IN (SELECT unnest(?::VARCHAR[]))"""


@dataclass(frozen=True, slots=True)
class Extent:
    """A place as far as nesting goes; ``outline`` is its geometry as GeoJSON text, None for points."""

    key: str
    lat: float
    lon: float
    precision: str
    radius_km: float
    outline: str | None


def insert_places(cursor: duckdb.DuckDBPyConnection, places: Iterable[PlaceRow]) -> None:
    """Insert the places that are not in the store yet, and find what lies in what; those known stay as they are.

    Of several rows of a key the first counts, so that it makes no difference which reports are stored together.
    """
    given: dict[str, PlaceRow] = {}
    for place in places:
        given.setdefault(place.key, place)
    rows = cursor.execute("SELECT key FROM places WHERE key IN (SELECT unnest(?::VARCHAR[]))", [list(given)]).fetchall()
    known = {key for (key,) in rows}
    new = [place for key, place in given.items() if key not in known]
    insert(cursor, "places", [place_values(place) for place in new])
    nest(cursor, [place.key for place in new])


def put_places(cursor: duckdb.DuckDBPyConnection, places: Iterable[PlaceRow]) -> None:
    """Insert places; those whose key is there already become what these rows say."""
    given = {place.key: place for place in places}
    put(cursor, "places", "key", [place_values(place) for place in given.values()])
    cursor.execute(
        "DELETE FROM place_within WHERE inner_key IN (SELECT unnest($keys::VARCHAR[])) "
        "OR outer_key IN (SELECT unnest($keys::VARCHAR[]))",
        {"keys": list(given)},
    )
    nest(cursor, list(given))


def nest(cursor: duckdb.DuckDBPyConnection, keys: Sequence[str]) -> None:
    """Find what each of these places, new in the store, lies in, and what lies in it."""
    near = cursor.execute(_NEAR, [keys]).fetchall()
    named = sorted({key for pair in near for key in pair})
    extents = {row[0]: Extent(*row) for row in cursor.execute(_EXTENTS, [named]).fetchall()}
    pairs = {pair for new, old in near for pair in _nested(extents[new], extents[old])}
    insert(cursor, "place_within", sorted(pairs))


def _nested(one: Extent, other: Extent) -> Iterator[tuple[str, str]]:
    """Keys of the inner and the outer place, when one lies in the other."""
    if is_within(other, one):
        yield other.key, one.key
    elif is_within(one, other):
        yield one.key, other.key


def is_within(inner: Extent, outer: Extent) -> bool:
    """True when ``inner`` lies in the outline of ``outer``: a point wholly, an area by four fifths."""
    if outer.outline is None or outer.precision not in AREAS or inner.radius_km >= outer.radius_km:
        return False
    area = _shape(outer.outline)
    if inner.outline is None:
        return bool(area.contains(shapely.Point(inner.lon, inner.lat)))
    part = _shape(inner.outline)
    if not part.area or _common_box(area, part) < _PART * part.area or not area.intersects(part):
        return False
    return bool(area.covers(part) or area.intersection(part).area >= _PART * part.area)


def _common_box(one: BaseGeometry, other: BaseGeometry) -> float:
    """Area of what their boxes share, which is at least what they share; told at once, where that takes long."""
    (west, south, east, north), (other_west, other_south, other_east, other_north) = one.bounds, other.bounds
    width: float = min(east, other_east) - max(west, other_west)
    height: float = min(north, other_north) - max(south, other_south)
    return max(width, 0.0) * max(height, 0.0)


@lru_cache(maxsize=512)
def _shape(outline: str) -> BaseGeometry:
    """The outline, prepared for many questions."""
    found = shapely.make_valid(shape(json.loads(outline)))
    shapely.prepare(found)
    return found
