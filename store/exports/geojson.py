"""GeoJSON (RFC 7946): one feature for each place of each claim; a claim without a located place has geometry null.

Areas keep their polygon, points are points, all WGS84 with longitude first. ``properties`` are the claim's fields and
those of the place, and the colours of the simplestyle convention (1.1.0), which most viewers draw; ``id`` repeats for
a claim with several places.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from store.exports.export import Selection
from store.exports.properties import geometry, place_properties, properties
from store.exports.wording import headline
from store.records import PlaceRow
from store.rows import FoundClaim

COLOURS: Final = {"count": "#b3541e", "statement": "#2f5d8a"}
"""The same two colours for numbers and statements in every export that has colours."""

_HEAD: Final = '{"type": "FeatureCollection", "features": [\n'


def geojson_pieces(selection: Selection) -> Iterator[str]:
    """A feature collection, one feature a line."""
    yield _HEAD
    for i, (found, place) in enumerate(selection.rows()):
        feature = _feature(found, place, selection)
        yield (",\n" if i else "") + json.dumps(feature, ensure_ascii=False, allow_nan=False)
    yield "\n]}\n"


def _feature(found: FoundClaim, place: PlaceRow | None, selection: Selection) -> dict[str, Any]:
    own: dict[str, Any] = dict(properties(found, selection))
    if place:
        own |= place_properties(place) | _style(found, place)
    return {"type": "Feature", "id": found.row.id, "geometry": geometry(place), "properties": own}


def _style(found: FoundClaim, place: PlaceRow) -> dict[str, Any]:
    colour = COLOURS[found.row.kind]
    described = {"description": headline(found)}
    if place.geometry:
        return described | {"stroke": colour, "stroke-width": 1, "fill": colour, "fill-opacity": 0.1}
    return described | {"marker-color": colour, "marker-size": "small"}
