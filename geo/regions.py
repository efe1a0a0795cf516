"""Regions that a phrase derives from named places: "eastern Ukraine", "the Russian border", "off the coast of Taiwan".

Each region carries the phrase and the rule in words, is valid GeoJSON under 20 KB, and is the same on every run. What
cannot be drawn honestly is None: the caller keeps the phrase, unplaced.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from weakref import WeakKeyDictionary

import numpy as np
import shapely

from geo.area_rules import draw_border, draw_coast, draw_direction
from geo.borders import border_line
from geo.directions import normal_direction
from geo.drawing import Anchor, Case, Drawing, says_unit
from geo.geojson import compact
from geo.model import Place, PlaceQuery
from geo.named_areas import inside
from geo.names import slug
from geo.near_rules import draw_area, draw_between, draw_distance
from geo.overrides import Override, read_overrides
from geo.plane import EARTH_KM
from geo.rivers import draw_bank, river_called
from geo.shapes import SOURCE, Shapes

RULES: Final[Mapping[str, Callable[[Case], Drawing | None]]] = {
    "direction": draw_direction, "border": draw_border, "coast": draw_coast, "distance": draw_distance,
    "between": draw_between, "area": draw_area, "bank": draw_bank,
}  # fmt: skip
"""The rule of each relation: a new one is a function and a line here."""
_KEPT: Final = 2000
"""Regions remembered for each opened Shapes."""
_drawn: WeakKeyDictionary[Shapes, dict[tuple[str, ...], Place | None]] = WeakKeyDictionary()


def derive(query: PlaceQuery, anchors: Sequence[Place], shapes: Shapes) -> Place | None:
    """The region that ``query.relation`` derives from ``anchors``: resolved, first the place described, then a partner.

    None when the relation cannot be drawn: no shape for the anchor, no common border, no sea, no such rule.
    """
    case = case_of(query, anchors, shapes)
    if case is None:
        return None
    key = _key(case)
    known = (key, *(anchor.place.name for anchor in case.anchors))
    kept = _drawn.setdefault(shapes, {})
    if known not in kept:
        if len(kept) >= _KEPT:
            kept.clear()
        drawing = _rule(case)(case)
        kept[known] = _place(key, case, drawing) if drawing else None
    place = kept[known]
    return _for_this_report(place, case) if place else None


def partner(anchor: Place, company: Sequence[Place], shapes: Shapes) -> str | None:
    """ISO code of the country whose border with ``anchor`` a report means by "the Russian border", by its other places.

    ``company`` are the report's places in text order, a place as often as it is mentioned. Of the countries that share
    a land border with the anchor it is the one with most mentions, the first of those with as many; None without any.
    """
    home = shapes.outline(anchor)
    if home is None:
        return None
    mentions = Counter(p.country for p in company if p.country is not None and p.country != anchor.country)
    for country, _ in mentions.most_common():
        other = shapes.by_key(country)
        if other and border_line(shapes, home, other) is not None:
            return country
    return None


def bands(query: PlaceQuery, anchors: Sequence[Place], shapes: Shapes) -> list[tuple[float, Mapping[str, Any]]]:
    """The region's bands from the surest outward, to draw it fading: (share of the widest, GeoJSON geometry).

    Each band holds the ones before it; the list is empty where :func:`derive` gives None.
    """
    case = case_of(query, anchors, shapes)
    return bands_of_case(case) if case else []


def bands_of_case(case: Case) -> list[tuple[float, Mapping[str, Any]]]:
    """The bands of a case that is already put together."""
    drawing = _rule(case)(case)
    if drawing is None:
        return []
    return [(round(share, 2), compact(drawing.plane.unproject(shape))) for share, shape in drawing.bands]


def case_of(query: PlaceQuery, anchors: Sequence[Place], shapes: Shapes) -> Case | None:
    """The question with its anchors' outlines; None when no rule can answer it."""
    if query.relation not in RULES or not (anchors or query.relation == "bank"):
        return None
    names = (*query.anchors, *(place.name for place in anchors[len(query.anchors) :]))
    found = tuple(_anchor(place, name, query, shapes) for place, name in zip(anchors[:2], names, strict=False))
    if any(anchor.outline and anchor.outline.polar for anchor in found):
        return None
    return Case(query, found, normal_direction(query.direction), shapes, _overrides(shapes.folder))


def _anchor(place: Place, written: str, query: PlaceQuery, shapes: Shapes) -> Anchor:
    """The anchor with its outline; for a town, the area that the words mean: "Gaza border", "the Kharkiv region"."""
    if place.precision != "city" or query.relation in ("bank", "between", "distance"):
        return Anchor(place, shapes.outline(place))
    area = shapes.find(written) if written != place.name else None
    if area and area.country and area.country == place.country:
        return Anchor(replace(area, confidence=place.confidence), shapes.outline(area))
    if query.relation != "area" and says_unit(query.phrase):
        return Anchor(replace(place, name=f"{place.name} region"), shapes.unit_at(place.lon, place.lat))
    return Anchor(place, None)


def _rule(case: Case) -> Callable[[Case], Drawing | None]:
    """The rule of the relation; "south of the Litani" is a direction in words and a bank on the map."""
    towards = case.towards or case.query.relation == "direction"
    if (
        towards
        and case.first.outline is None
        and case.first.place.precision not in ("city", "point")
        and river_called(case, [case.first.place.name])
    ):
        return draw_bank
    return RULES[str(case.query.relation)]


@lru_cache(maxsize=4)
def _overrides(folder: Path) -> Mapping[tuple[str, str], Override]:
    return read_overrides(folder / "directions.tsv")


def _key(case: Case) -> str:
    """``derived:<relation>:<direction or ->:<anchor keys>`` and, where they matter, distance, flavour and view."""
    anchors = "+".join(anchor.key for anchor in case.anchors)
    anchors = anchors or "+".join(slug(name) for name in case.query.anchors or (case.query.name,))
    more = [f"{case.query.km:g}km" if case.query.km else "", case.flavour]
    more.append("" if case.shapes.borders == "un" else case.shapes.borders)
    return ":".join(["derived", str(case.query.relation), case.direction or "-", anchors, *filter(None, more)])


def _place(key: str, case: Case, drawing: Drawing) -> Place | None:
    geometry = drawing.plane.unproject(drawing.shape)
    outline = compact(geometry)
    if not outline["coordinates"]:
        return None
    lat, lon, radius = _point(drawing)
    return Place(
        key=key, name=drawing.name, lat=lat, lon=lon, precision=drawing.precision, radius_km=radius,
        country=next((anchor.place.country for anchor in case.anchors), None),
        geometry=outline, found_by="derived", source=_source(case), derived_from=drawing.rule,
    )  # fmt: skip


def _source(case: Case) -> str:
    """The data a region rests on: outlines, people where they count, and what named the points."""
    outlined = any(anchor.outline for anchor in case.anchors)
    names = [SOURCE] if outlined else []
    names += ["GeoNames"] if outlined and case.query.relation == "direction" else []
    names += [anchor.place.source for anchor in case.anchors if anchor.outline is None and anchor.place.source]
    names += ["river courses by hand"] if _rule(case) is draw_bank else []
    return ", ".join(dict.fromkeys(names)) or "gazetteer"


def _point(drawing: Drawing) -> tuple[float, float, float]:
    if drawing.point is None:
        return inside(drawing.shape, drawing.plane)
    x, y = shapely.get_coordinates(drawing.point)[0]
    corners = shapely.get_coordinates(drawing.shape)
    lon, lat = drawing.plane.backward(np.array([[x, y]]))[0]
    radius = min(float(np.hypot(corners[:, 0] - x, corners[:, 1] - y).max()), EARTH_KM * 3)
    return round(float(lat), 4), round((float(lon) + 180) % 360 - 180, 4), round(radius, 1)


def _for_this_report(place: Place, case: Case) -> Place:
    """The region with the words of the report, as sure as its least sure anchor."""
    sure = min((anchor.place.confidence for anchor in case.anchors), default=1.0)
    return replace(place, derived_from=f"“{case.query.phrase}”: {place.derived_from}", confidence=sure)
