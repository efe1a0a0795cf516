"""Places and the questions asked about them. Coordinates are WGS84 degrees, distances kilometres."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Precision = Literal["point", "city", "region", "country", "border", "sea", "vague"]
Relation = Literal["direction", "border", "coast", "distance", "between", "bank", "area"]

WHERE_PREC: Mapping[Precision, int] = {
    "point": 1, "city": 1, "region": 4, "border": 5, "vague": 5, "country": 6, "sea": 7,
}  # fmt: skip
"""UCDP GED ``where_prec`` (1 exact location … 6 country only, 7 international waters or airspace) by precision."""


@dataclass(frozen=True, slots=True)
class PlaceQuery:
    """A place mention as the resolver sees it; the offset orders mentions within the report.

    ``name`` is the name to look up, ``phrase`` the words as written. For a derived region (``relation`` set)
    ``anchors`` are the names it is built from, the second one being a border's partner; ``km`` is a distance.
    ``locative`` is False for actor, attributive and org_part mentions: they are resolved but support others less.
    """

    name: str
    phrase: str
    start: int = 0
    locative: bool = True
    relation: Relation | None = None
    anchors: tuple[str, ...] = ()
    direction: str | None = None
    km: float | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name is. ``geometry`` is a GeoJSON geometry (longitude first) for areas, None for points.

    ``key`` is stable across reports and runs: ``gn:703883`` for GeoNames, ``tbl:netzarim-corridor`` for a row of the
    hand-written tables, ``derived:direction:east:UA`` for a derived region. ``radius_km`` is the radius of a circle
    about the point that holds the place. ``confidence`` is in 0..1. ``derived_from`` is None for places of a
    gazetteer; for derived regions it is the phrase and the rule in words a reader understands.
    """

    key: str
    name: str
    lat: float
    lon: float
    precision: Precision
    radius_km: float
    country: str | None = None
    geonameid: int | None = None
    admin1: str | None = None
    population: int = 0
    geometry: Mapping[str, Any] | None = None
    found_by: str = "gazetteer"
    source: str = ""
    derived_from: str | None = None
    confidence: float = 1.0

    @property
    def where_prec(self) -> int:
        """Precision code 1..7 as UCDP GED defines it."""
        return WHERE_PREC[self.precision]


@dataclass(frozen=True, slots=True)
class Resolution:
    """Answer to one query: the place, or None with the reason; ``candidates`` are the runners-up, best first."""

    query: PlaceQuery
    place: Place | None
    candidates: tuple[Place, ...] = ()
    reason: str = ""
