"""GeoJSON (RFC 7946): one feature for each place of each claim; a claim without a located place has geometry null.

Areas keep their polygon, points are points, all WGS84 with longitude first. ``properties`` are the claim's fields and
those of the place; ``id`` repeats for a claim with several places.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from store.claims import ClaimStore
from store.exports.properties import properties
from store.filters import Filters
from store.records import PlaceRow
from store.rows import FoundClaim

_HEAD: Final = '{"type": "FeatureCollection", "features": [\n'


def geojson_pieces(store: ClaimStore, filters: Filters) -> Iterator[str]:
    """A feature collection, one feature a line."""
    places: dict[str, PlaceRow | None] = {}
    yield _HEAD
    first = True
    for found in store.find(filters):
        for key in [key for key, _ in found.places] or [""]:
            if key not in places:
                places[key] = store.place(key)
            yield ("" if first else ",\n") + json.dumps(_feature(found, places[key]), ensure_ascii=False)
            first = False
    yield "\n]}\n"


def _feature(found: FoundClaim, place: PlaceRow | None) -> dict[str, Any]:
    own: dict[str, Any] = dict(properties(found))
    if place:
        own |= {f"place_{name}": getattr(place, name) for name in ("key", "name", "precision", "radius_km", "country")}
        own |= {"geonameid": place.geonameid, "derived_from": place.derived_from, "where_prec": place.where_prec}
    return {"type": "Feature", "id": found.row.id, "geometry": _geometry(place), "properties": own}


def _geometry(place: PlaceRow | None) -> dict[str, Any] | None:
    if place is None:
        return None
    if place.geometry is not None:
        return dict(place.geometry)
    return {"type": "Point", "coordinates": [place.lon, place.lat]}
