"""Seas as areas: the water about a sea's point that hangs together, as far as the gazetteer's radius reaches.

No public table outlines seas at this scale, so the outline is read off the land: water within the radius, cut at
straits too narrow to be open sea, of which the part about the point is the sea. Good for "the Black Sea" and "off its
northern shore", not for the limits of territorial waters.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import shapely

from geo.model import Place
from geo.plane import EARTH_KM, Plane

if TYPE_CHECKING:
    from geo.outline import Outline
    from geo.shapes import Shapes

KM_A_DEGREE: Final = EARTH_KM * math.pi / 180
STRAIT_KM: Final = 30.0
"""Water narrower than this does not join two seas (Bab-el-Mandeb is 26 km wide, the Bosporus 1)."""
_OF_RADIUS, _DETAIL, _LEAST_KM, _MOST_KM = 0.1, 100, 10.0, 2500.0


def sea_outline(shapes: Shapes, place: Place) -> Outline | None:
    """Outline of a place of precision "sea"; None when its point is on land or its radius is not that of a sea."""
    to_pole_km = (90 - abs(place.lat)) * KM_A_DEGREE
    if place.precision != "sea" or not _LEAST_KM <= place.radius_km <= min(_MOST_KM, to_pole_km):
        return None
    key = f"sea:{place.key}"
    return shapes.keep(key, lambda: _water(shapes, place))


def _water(shapes: Shapes, place: Place) -> Any | None:
    plane = Plane(place.lon, place.lat)
    disc = shapely.buffer(shapely.Point(0, 0), place.radius_km, quad_segs=24)
    land = shapely.simplify(plane.project(shapes.land(plane.unproject(disc))), place.radius_km / _DETAIL)
    half = min(STRAIT_KM, place.radius_km * _OF_RADIUS) / 2
    open_water = shapely.buffer(shapely.difference(disc, shapely.make_valid(land)), -half, quad_segs=4)
    parts = shapely.get_parts(open_water)
    if not len(parts):
        return None
    nearest = min(parts, key=lambda part: (part.distance(shapely.Point(0, 0)), -part.area))
    return plane.unproject(shapely.intersection(shapely.buffer(nearest, half, quad_segs=4), disc))
