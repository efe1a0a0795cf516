"""The east, the north-west, the centre of an area: the part that reports mean, calibrated on places known to lie there.

A direction is the outermost part of the area by a straight cut in an equal-area plane: a third of the area for north,
south, east and west, a quarter for the directions between, a box with a good third of it for the centre. The cut moves
inward until the part also has the outermost quarter of the people, but never past ``PEOPLE_CAP`` of the area: where
people crowd at one end, a third of the area alone would miss towns that everybody counts in (figures: docs/regions.md).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import shapely

from geo.outline import Outline
from geo.plane import Plane
from geo.shapes import Shapes

STRAIGHT, DIAGONAL, CENTRE, PEOPLE, PEOPLE_CAP = 1 / 3, 1 / 4, 0.36, 1 / 4, 0.45
"""Shares: of the area for straight and diagonal directions and the centre, of the people, and the cap by area."""
BANDS: Final = (0.6, 1.0, 1.5)
"""Bands of a direction, as multiples of its share: surely, by the rule, at most."""
ISLAND_GAP_KM: Final = 250.0
"""Islands farther than this from the rest of a country are no part of its directions."""
_ROUNDS, _DETAIL, _STEP_KM, _CUTS = 14, 400.0, 240.0, 49
"""Halvings of a cut; corners across an area while cutting; km between the corners of a cut; cuts of a profile."""
_CORNERS: Final = 1500
"""Corners are kept down to this part of an area's size."""

BEARING: Final[Mapping[str, float]] = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0,
    "south": 180.0, "southwest": 225.0, "west": 270.0, "northwest": 315.0,
}  # fmt: skip
"""Degrees clockwise from north."""
ADJECTIVE: Final[Mapping[str, str]] = {
    "north": "northern", "south": "southern", "east": "eastern", "west": "western", "northeast": "northeastern",
    "northwest": "northwestern", "southeast": "southeastern", "southwest": "southwestern", "central": "central",
}  # fmt: skip


def normal_direction(words: str | None) -> str | None:
    """ "North-Eastern", "north east", "the east", "centre" -> a key of ADJECTIVE; None for anything else."""
    if not words:
        return None
    plain = "".join(c for c in words.casefold() if c.isalpha()).removeprefix("the").removesuffix("ern")
    if plain in ("central", "centre", "center", "middle", "heart", "mid"):
        return "central"
    return plain if plain in BEARING else None


@dataclass(frozen=True, slots=True)
class Ground:
    """An area laid out for cutting: its plane, its outline in km without remote islands, its people (x, y, number)."""

    plane: Plane
    shape: Any
    people: Any

    @classmethod
    def of(cls, shapes: Shapes, outline: Outline) -> Ground:
        """Lay out an area of the map, with no more corners than a page can show."""
        mainland = shapes.mainland(outline)
        degrees = math.sqrt(shapely.area(mainland.geometry)) / _CORNERS
        plane = Plane.about(mainland.geometry)
        shape = near_parts(shapely.buffer(plane.project(shapely.simplify(mainland.geometry, degrees)), 0))
        lived = shapes.people(mainland)
        xy = plane.forward(lived[:, :2].astype(float))
        inside = shapely.contains_xy(shapely.envelope(shape), xy[:, 0], xy[:, 1]) if len(xy) else np.empty(0, bool)
        return cls(plane, shape, np.column_stack([xy, lived[:, 2]])[inside])


@lru_cache(maxsize=128)
def ground(shapes: Shapes, key: str) -> Ground:
    """The ground of an outline by its key, laid out once; KeyError when the shapes know no such outline."""
    outline = shapes.by_key(key)
    if outline is None:
        raise KeyError(key)
    return Ground.of(shapes, outline)


def near_parts(shape: Any) -> Any:
    """The largest part of a shape in km, with all parts that hang on to it over gaps of up to ISLAND_GAP_KM."""
    parts = np.array(shapely.get_parts(shape))
    if len(parts) == 1:
        return shape
    rough = shapely.simplify(parts, 2.0)
    tree, start = shapely.STRtree(rough), int(np.argmax(shapely.area(parts)))
    kept, frontier = np.zeros(len(parts), bool), [start]
    while frontier:
        kept[frontier] = True
        near = np.unique(tree.query(rough[frontier], predicate="dwithin", distance=ISLAND_GAP_KM)[1])
        frontier = [int(row) for row in near if not kept[row]]
    return shapely.multipolygons(parts[kept])


def zone(area: Ground, direction: str, *, factor: float = 1.0, people: float = PEOPLE) -> Any:
    """The half-plane (or centre box) in km that cuts the direction out; it reaches beyond the coast.

    ``factor`` scales the share of the area; ``people`` 0 leaves the people out.
    """
    rough = shapely.simplify(area.shape, math.sqrt(area.shape.area) / _DETAIL)
    if direction == "central":
        return _centre_box(rough, min(CENTRE * factor, 0.9))
    share = (STRAIGHT if BEARING[direction] % 90 == 0 else DIAGONAL) * factor
    return _half_plane(area, rough, BEARING[direction], share, people * factor if people else 0)


def _half_plane(area: Ground, rough: Any, bearing: float, share: float, people: float) -> Any:
    turned = shapely.transform(rough, lambda xy: _turn(xy, bearing))
    cut = _bisect(turned, min(share, 0.95))
    if people and len(area.people):
        cap = _bisect(turned, min(max(PEOPLE_CAP, share), 0.95))
        cut = min(cut, max(cap, _people_cut(area.people, bearing, people)))
    far = 4 * max(abs(v) for v in turned.bounds) + 1000
    box = shapely.box(-far, cut, far, far)
    return shapely.transform(shapely.segmentize(box, _STEP_KM), lambda xy: _turn(xy, -bearing))


def _turn(xy: Any, bearing: float) -> Any:
    """Turn the plane so that ``bearing`` points up."""
    c, s = math.cos(math.radians(bearing)), math.sin(math.radians(bearing))
    return np.stack([c * xy[:, 0] - s * xy[:, 1], s * xy[:, 0] + c * xy[:, 1]], axis=1)


def _bisect(turned: Any, share: float) -> float:
    """The y above which ``share`` of the area lies."""
    west, low, east, high = (float(v) for v in turned.bounds)
    top, wanted = high, share * turned.area
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        if shapely.clip_by_rect(turned, west, middle, east, top).area > wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _people_cut(people: Any, bearing: float, share: float) -> float:
    """The y above which ``share`` of the people live."""
    y = _turn(people[:, :2], bearing)[:, 1]
    order = np.argsort(-y)
    reached = np.cumsum(people[order, 2]) >= share * people[:, 2].sum()
    return float(y[order][np.argmax(reached)])


def _centre_box(rough: Any, share: float) -> Any:
    """A box that leaves the same share of the area out on each of its four sides."""
    sides = [_profile(shapely.transform(rough, lambda xy, b=b: _turn(xy, b))) for b in (0.0, 90.0, 180.0, 270.0)]
    low, high = 0.0, 0.5
    for _ in range(_ROUNDS):
        margin = (low + high) / 2
        if shapely.clip_by_rect(rough, *_inner(sides, margin)).area > share * rough.area:
            low = margin
        else:
            high = margin
    return shapely.segmentize(shapely.box(*_inner(sides, high)), _STEP_KM)


def _profile(turned: Any) -> tuple[Any, Any]:
    """(shares of the area, the y above which they lie), from the top down."""
    west, low, east, high = (float(v) for v in turned.bounds)
    cuts = np.linspace(high, low, _CUTS)
    above = [shapely.clip_by_rect(turned, west, cut, east, high).area for cut in cuts[1:]]
    return np.array([0.0, *above]) / turned.area, cuts


def _inner(sides: Any, margin: float) -> tuple[float, float, float, float]:
    north, east, south, west = (float(np.interp(margin, *side)) for side in sides)
    return -west, -south, east, north


def part(area: Ground, direction: str, *, factor: float = 1.0, people: float = PEOPLE) -> Any:
    """The part of an area in a direction, in km of its ground's plane."""
    return shapely.intersection(area.shape, zone(area, direction, factor=factor, people=people))
