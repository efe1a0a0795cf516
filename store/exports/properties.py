"""The plain fields of a claim and of its place that exports carry, by the same names in every format."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from store.exports.export import Selection
from store.records import PlaceRow
from store.rows import FoundClaim

Value = str | int | float | bool | None

FIELDS: Final = (
    "id", "kind", "published", "claimant", "claimant_text", "side", "exact", "number", "low", "high", "low_open",
    "high_open", "approx", "modifier", "unit", "count_kind", "whose", "whose_text", "form", "mode", "cue", "addressee",
    "said_at", "said_at_name", "said_basis", "corrects", "in_reports", "in_stories", "first_seen", "last_seen",
    "confidence", "review", "report_id", "title", "outlet", "url", "start", "end",
)  # fmt: skip
"""Names of the fields, in the order in which tables show them."""

TEXT_FIELD: Final = "report_text"
"""One more field, only when whole texts were asked for."""

PLACE_FIELDS: Final = (
    "place_key", "place_name", "place_precision", "place_radius_km", "place_country", "geonameid", "derived_from",
    "where_prec",
)  # fmt: skip
"""Names of the fields of a place."""

_FOUND: Final = (
    "said_at_name",
    "published",
    "title",
    "outlet",
    "url",
    "in_reports",
    "in_stories",
    "first_seen",
    "last_seen",
)
"""Fields that are not the claim's own."""


def properties(found: FoundClaim, selection: Selection) -> dict[str, Value]:
    """Values of :data:`FIELDS`; dates are ISO text. With a selection that holds texts, :data:`TEXT_FIELD` too."""
    own: dict[str, Value] = {name: getattr(found.row, name) for name in FIELDS if name not in _FOUND}
    seen = selection.seen(found)
    own |= {"title": found.title, "outlet": found.outlet, "url": found.url, "published": _iso(found.published)}
    own |= {"said_at_name": selection.place_name(found.row.said_at)}
    own |= {"in_reports": seen.reports, "in_stories": seen.stories}
    own |= {"first_seen": _iso(seen.first), "last_seen": _iso(seen.last)}
    named = {name: own[name] for name in FIELDS}
    if selection.texts:
        named[TEXT_FIELD] = selection.text(found)
    return named


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def field_names(selection: Selection) -> tuple[str, ...]:
    """The keys of :func:`properties` for this selection."""
    return (*FIELDS, TEXT_FIELD) if selection.texts else FIELDS


def place_properties(place: PlaceRow) -> dict[str, Value]:
    """Values of :data:`PLACE_FIELDS`."""
    own: dict[str, Value] = {
        f"place_{name}": getattr(place, name) for name in ("key", "name", "precision", "radius_km", "country")
    }
    own |= {"geonameid": place.geonameid, "derived_from": place.derived_from, "where_prec": place.where_prec}
    return own


def geometry(place: PlaceRow | None) -> Mapping[str, Any] | None:
    """A place as a GeoJSON geometry, areas as areas; None without a place."""
    if place is None:
        return None
    return dict(place.geometry) if place.geometry else {"type": "Point", "coordinates": [place.lon, place.lat]}
