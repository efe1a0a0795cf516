"""Rules for distances, gaps and surroundings. A rule gives None where nothing honest can be drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import numpy as np
import shapely

from geo import around, borders, directions
from geo.area_rules import draw_border, draw_direction
from geo.directions import BEARING
from geo.directions import ground as ground_of
from geo.drawing import FARTHEST_KM, Anchor, Case, Drawing
from geo.outline import Outline
from geo.plane import Plane

NEARBY_KM: Final = 30.0
"""Radius of "the Kherson area" about a town."""
OF_GAP: Final = 0.8
"""Between two areas: as near to both as this part of the gap between them."""
BEYOND_KM: Final = 60.0
"""How far "north of Israel" reaches, outside it."""
EDGE_PART: Final = 0.25
"""What lies "north of" an area is beside so much of its northern part."""


def draw_distance(case: Case) -> Drawing | None:
    """A ring, or its part in a direction, about a town; about an area, a band outside it or along its border."""
    if case.towards:
        return _beyond(case, case.first.outline) if case.first.outline else draw_direction(case)
    km = case.query.km
    if km is None or not 0 < km <= FARTHEST_KM:
        return None
    compass = case.compass
    towards, bearing = (f" {compass}", BEARING[compass]) if compass else ("", None)
    name = f"{km:g} km{towards or ' from'}{' of' if towards else ''} {case.first.place.name}"
    if case.first.outline is not None:
        return _off_area(case, km, bearing, name)
    bands = tuple((loose / 0.25, around.distance_ring(bearing, km, loose)) for loose in (0.12, 0.25))
    angle = f", {around.HALF_ANGLE:.0f}° to either side of due {compass}" if towards else ""
    rule = f"{km:g} km from the centre of {case.first.place.name}, give or take a quarter{angle}"
    return Drawing(case.first.plane, bands, 1, name, rule, "vague")


def _beyond(case: Case, outline: Outline) -> Drawing | None:
    """ "North of Israel": outside the area, on that side, as far as BEYOND_KM."""
    ground = ground_of(case.shapes, outline.key)
    name, direction = case.first.place.name, case.compass
    if direction is None:
        return None
    around_it = shapely.buffer(shapely.simplify(ground.shape, BEYOND_KM / 50), BEYOND_KM, quad_segs=6)
    side = directions.zone(ground, direction, factor=EDGE_PART, people=0)
    shape = shapely.intersection(shapely.difference(around_it, ground.shape), side)
    rule = f"within {BEYOND_KM:.0f} km of {name}, {direction} of it; how far is not said"
    return (
        None if shape.is_empty else Drawing(ground.plane, ((1.0, shape),), 0, f"{direction} of {name}", rule, "vague")
    )


def _off_area(case: Case, km: float, bearing: float | None, name: str) -> Drawing | None:
    outline = case.first.outline
    if outline is None:
        return None
    plane = Plane.about(outline.geometry)
    shape = shapely.simplify(plane.project(outline.geometry), max(0.5, km / 50))
    inner, outer = km * (1 - around.LOOSE), km * (1 + around.LOOSE)
    if case.flavour == "border":
        line = borders.border_line(case.shapes, outline, case.anchors[1].outline if len(case.anchors) > 1 else None)
        edge = shape.boundary if line is None else shapely.simplify(plane.project(line), max(0.5, km / 50))
        ring = shapely.difference(shapely.buffer(edge, outer), shapely.buffer(edge, inner))
        name = name.replace(case.first.place.name, f"the border of {case.first.place.name}")
    else:
        ring = shapely.difference(shapely.buffer(shape, outer), shapely.buffer(shape, inner))
    if bearing is not None and case.direction:
        ground = ground_of(case.shapes, outline.key)
        ring = shapely.intersection(
            ring, plane.project(ground.plane.unproject(directions.zone(ground, case.direction)))
        )
    rule = f"{km:g} km from the edge of {case.first.place.name}, give or take a quarter"
    return None if ring.is_empty else Drawing(plane, ((1.0, ring),), 0, name, rule, "vague")


def draw_between(case: Case) -> Drawing | None:
    """A lens between two places; between neighbours, their border; between areas apart, the gap where it is narrow."""
    if len(case.anchors) < 2:
        return None
    a, b = _apart(case)
    if a.outline and b.outline and borders.border_line(case.shapes, a.outline, b.outline) is not None:
        return draw_border(case)
    plane = _common_plane(a, b)
    sides = [_extent(anchor, plane) for anchor in (a, b)]
    if shapely.distance(*sides) > FARTHEST_KM:
        return None
    name = f"between {a.place.name} and {b.place.name}"
    if a.outline and b.outline:
        gap = max(1.0, float(shapely.distance(*sides)))
        shape = shapely.intersection(*(shapely.buffer(shapely.simplify(s, gap / 50), gap * OF_GAP) for s in sides))
        return Drawing(plane, ((1.0, shape),), 0, name, f"where both are within {gap * OF_GAP:.0f} km", "vague")
    shape = around.lens(shapely.get_coordinates(shapely.shortest_line(*sides)))
    rule = f"a lens from {a.place.name} to {b.place.name}, half as wide as long"
    return Drawing(plane, ((1.0, shape),), 0, name, rule, "vague")


def _common_plane(a: Anchor, b: Anchor) -> Plane:
    """A plane about the smaller of two areas, or midway between two points."""
    outlines = [anchor.outline.geometry for anchor in (a, b) if anchor.outline]
    if outlines:
        return Plane.about(min(outlines, key=shapely.area))
    return Plane.about(shapely.MultiPoint([(anchor.place.lon, anchor.place.lat) for anchor in (a, b)]))


def _apart(case: Case) -> tuple[Anchor, Anchor]:
    """The two anchors; where one lies within the other (Taiwan in the view of the Assembly), the other without it."""
    a, b = case.anchors[:2]
    if a.outline is None or b.outline is None:
        return a, b
    less = case.shapes.less
    return replace(a, outline=less(a.outline, b.outline)), replace(b, outline=less(b.outline, a.outline))


def _extent(anchor: Anchor, plane: Plane) -> Any:
    if anchor.outline is not None:
        return borders.main_parts(plane.project(anchor.outline.geometry))
    return shapely.Point(*plane.forward(np.array([[anchor.place.lon, anchor.place.lat]]))[0])


def draw_area(case: Case) -> Drawing | None:
    """The outline of an area; the unit about a town for "the Kherson region", a circle for "the Kherson area"."""
    place = case.first.place
    outline = case.first.outline
    if outline is None and case.flavour == "unit":
        outline = case.shapes.unit_at(place.lon, place.lat)
    if outline is not None:
        plane = Plane.about(outline.geometry)
        whole = case.first.outline is not None
        name = place.name if whole else f"{place.name} region"
        rule = f"the outline of {place.name}" if whole else f"the first-order unit around {place.name}"
        precision = place.precision if whole else "region"
        return Drawing(plane, ((1.0, plane.project(outline.geometry)),), 0, name, rule, precision)
    reach = max(NEARBY_KM, place.radius_km)
    rule = f"{reach:.0f} km about {place.name}; the phrase sets no bounds"
    return Drawing(case.first.plane, ((1.0, around.sector(None, 0, reach)),), 0, f"{place.name} area", rule, "vague")
