"""The bands of a derived region from its key alone, for a page that kept the place but not the words.

The key of a derived region says relation, direction, anchors and what the phrase added (``derived:border:east:UA``);
that is all the rules need, so nothing but the key has to be stored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, get_args

from geo.model import Place, PlaceQuery, Relation
from geo.policy import BORDERS
from geo.regions import bands_of_case, case_of
from geo.shapes import Shapes

_PHRASES: Final[Mapping[str, str]] = {
    "outward": "north of it", "strip": "its shore", "border": "from the border", "unit": "the region",
    "left": "the left bank", "right": "the right bank", "": "off the coast",
}  # fmt: skip
"""Words that mean what a flavour in a key means."""
_KM: Final = re.compile(r"(\d+(?:\.\d+)?(?:e\+\d+)?)km")
_LEAST_FIELDS: Final = 4
_ISO: Final = 2


def bands_of(
    key: str, place_of: Callable[[str], Place | None], shapes: Shapes
) -> list[tuple[float, Mapping[str, Any]]]:
    """Bands of the region with this key from the surest outward, as :func:`geo.regions.bands` gives them.

    ``place_of`` looks places up by key (``Gazetteer.place``). Empty for keys that are no derived region's, for the view
    of borders that ``shapes`` does not have, and for anchors that are no longer known.
    """
    read = _read(key, shapes)
    if read is None:
        return []
    query, anchors = read
    places = [_anchor(anchor, place_of, shapes) for anchor in anchors]
    found = [place for place in places if place is not None]
    if len(found) < len(places) and query.relation != "bank":
        return []
    case = case_of(query, found, shapes)
    return bands_of_case(case) if case else []


def _read(key: str, shapes: Shapes) -> tuple[PlaceQuery, list[str]] | None:
    fields = key.split(":")
    if len(fields) < _LEAST_FIELDS or fields[0] != "derived" or fields[1] not in get_args(Relation):
        return None
    view = fields.pop() if fields[-1] in BORDERS else "un"
    flavour = fields.pop() if fields[-1] in _PHRASES and len(fields) > _LEAST_FIELDS else ""
    km = _KM.fullmatch(fields[-1])
    anchors = ":".join(fields[3:-1] if km else fields[3:]).split("+")
    if view != shapes.borders:
        return None
    relation: Relation = next(r for r in get_args(Relation) if r == fields[1])
    direction = None if fields[2] == "-" else fields[2]
    names = tuple(anchor.replace("-", " ") for anchor in anchors) if relation == "bank" else ()
    phrase = _PHRASES[flavour]
    return PlaceQuery(
        "", phrase, relation=relation, anchors=names, direction=direction, km=float(km[1]) if km else None
    ), anchors


def _anchor(key: str, place_of: Callable[[str], Place | None], shapes: Shapes) -> Place | None:
    """The place of an anchor's key: of the gazetteer, or one that stands for an outline of the map."""
    place = place_of(key.removeprefix("sea:"))
    if place is not None:
        return place
    if shapes.by_key(key) is None:
        return None
    country = key[:_ISO] if key[:_ISO].isupper() else None
    if country == key:
        return Place(key, key, 0, 0, "country", 0, country=country)
    area = shapes.named.by_slug(key)
    name = area.name if area else key
    return Place(
        key, name, 0, 0, "region", 0, country=area.country if area else country, geonameid=shapes.geonameid(key)
    )
