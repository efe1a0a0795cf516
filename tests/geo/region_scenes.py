"""Places to derive regions from, and how to ask for one and look into it."""

from __future__ import annotations

from shapely.geometry import Point, shape

from geo.model import Place, PlaceQuery, Relation
from geo.regions import derive
from geo.shapes import Shapes

KHARKIV = Place("gn:706483", "Kharkiv", 49.98, 36.25, "city", 14, country="UA")
ODESA = Place("gn:698740", "Odesa", 46.48, 30.73, "city", 12, country="UA")
DONETSK = Place("gn:709717", "Donetsk", 48.02, 37.80, "city", 13, country="UA")
MARIUPOL = Place("gn:701822", "Mariupol", 47.10, 37.54, "city", 9, country="UA")


def country(iso2: str, name: str = "") -> Place:
    return Place(f"gn:{iso2}", name or iso2, 0, 0, "country", 500, country=iso2)


def ask(
    shapes: Shapes,
    relation: Relation,
    *anchors: Place,
    direction: str | None = None,
    phrase: str = "",
    km: float | None = None,
) -> Place | None:
    query = PlaceQuery(phrase, phrase, relation=relation, direction=direction, km=km)
    return derive(query, anchors, shapes)


def drawn(place: Place | None) -> object:
    assert place is not None
    return shape(place.geometry)


def holds(place: Place | None, lat: float, lon: float) -> bool:
    return bool(drawn(place).contains(Point(lon, lat)))  # type: ignore[attr-defined]
