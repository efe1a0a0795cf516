"""The rules by which a derived region is drawn, one for each relation of ``geo.model.Relation``.

A rule takes the question and its anchors and gives a :class:`Drawing`, or None where nothing honest can be drawn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from geo import around, borders, directions
from geo.directions import ADJECTIVE, BEARING, Ground
from geo.model import Place, PlaceQuery, Precision
from geo.overrides import Override
from geo.plane import Plane
from geo.shapes import Outline, Shapes

OUTWARD_KM: Final = 40.0
"""How far "south of the town" reaches."""
NEARBY_KM: Final = 30.0
"""Radius of "the Kherson area" about a town."""
_OUTWARD = re.compile(r"\b(?:just |due )?(?:north|south|east|west)[\w-]* of\b", re.IGNORECASE)
_THE = re.compile(
    r"\b(?:the|its|their|in|part|parts|outskirts|suburbs) (?:far |deep )?(?:north|south|east|west)[\w-]* of\b",
    re.IGNORECASE,
)
_OFFSHORE = re.compile(r"\boff\b|waters|\bsea\b|offshore|shipping|maritime|coastal waters", re.IGNORECASE)
_UNIT = re.compile(r"\b(?:region|oblast|province|governorate|district|state|prefecture|department)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A region: its bands from the surest outward as (share, shape in km of ``plane``), and how it came about.

    ``main`` is the row of the band that the place has for its geometry. ``point`` (km) is the place's own point; None
    lets the shape choose. ``rule`` completes the sentence "<phrase>: …".
    """

    plane: Plane
    bands: tuple[tuple[float, Any], ...]
    main: int
    name: str
    rule: str
    precision: Precision
    point: Any = None

    @property
    def shape(self) -> Any:
        """The band that is the region, in km."""
        return self.bands[self.main][1]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A resolved place that a region is built from, with its outline if it is an area of the map."""

    place: Place
    outline: Outline | None

    @property
    def key(self) -> str:
        """``UA`` for countries, the outline's key for other areas, the place's own key for points."""
        return self.outline.key if self.outline else self.place.key

    @property
    def plane(self) -> Plane:
        """A plane about the place's point."""
        return Plane(self.place.lon, self.place.lat)


@dataclass(frozen=True, slots=True)
class Case:
    """A question with all that the rules need: ``direction`` is a key of ADJECTIVE or None."""

    query: PlaceQuery
    anchors: tuple[Anchor, ...]
    direction: str | None
    shapes: Shapes
    overrides: Mapping[tuple[str, str], Override]

    @property
    def first(self) -> Anchor:
        """The place described."""
        return self.anchors[0]

    @property
    def flavour(self) -> str:
        """What the phrase adds to relation and direction; part of the region's key."""
        phrase = self.query.phrase
        if self.query.relation == "direction" and self.first.outline is None and outward(phrase):
            return "outward"
        if self.query.relation == "coast" and not _OFFSHORE.search(phrase):
            return "strip"
        if self.query.relation == "distance" and "border" in phrase.casefold():
            return "border"
        return "unit" if self.query.relation == "area" and _UNIT.search(phrase) else ""


def outward(phrase: str) -> bool:
    """True for "south of the town", False for "the south of the town" and "southern Aleppo"."""
    return bool(_OUTWARD.search(phrase)) and not _THE.search(phrase)


def draw_direction(case: Case) -> Drawing | None:
    """The east of an area by the calibrated rule and its overrides; of a town, a sector."""
    if case.direction is None:
        return None
    if case.first.outline is None:
        return _about_town(case, case.direction)
    ground = Ground.of(case.shapes, case.first.outline)
    override = case.overrides.get((case.first.outline.key, case.direction))
    extra = _parts(case, ground, override)
    bands = []
    for factor in directions.BANDS:
        shape = directions.part(ground, case.direction, factor=factor)
        bands.append((factor, _overridden(shape, extra, override, factor)))
    name = f"{ADJECTIVE[case.direction]} {case.first.place.name}"
    rule = _direction_rule(case.direction, case.first.place.name, override)
    return Drawing(ground.plane, _nested(bands, main=1), 1, name, rule, "region")


def _parts(case: Case, ground: Ground, override: Override | None) -> Any | None:
    if override is None:
        return None
    outline = case.shapes.parts(f"{override.area}:{override.direction}", override.parts)
    return ground.plane.project(outline.geometry) if outline else None


def _overridden(shape: Any, extra: Any | None, override: Override | None, factor: float) -> Any:
    if extra is None or override is None or (factor < 1 and override.mode == "add"):
        return shape
    if override.mode == "set":
        core = shapely.intersection(shape, extra)
        return (
            core
            if factor < 1 and not core.is_empty
            else extra
            if factor <= 1
            else shapely.union(extra, shapely.buffer(extra, 0))
        )
    return shapely.union(shape, extra)


def _nested(bands: Sequence[tuple[float, Any]], *, main: int) -> tuple[tuple[float, Any], ...]:
    """Make each band hold the one before it."""
    out = [bands[0]]
    for share, shape in bands[1:]:
        out.append((share, shapely.union(shape, out[-1][1])))
    return tuple((share / bands[-1][0], shape) for share, shape in out) if main >= 0 else tuple(out)


def _direction_rule(direction: str, name: str, override: Override | None) -> str:
    if override and override.mode == "set":
        return f"what reports call {ADJECTIVE[direction]} {name}, by whole units: {override.why}"
    if direction == "central":
        rule = f"a box about the middle of {name} with a third of its area"
    else:
        share = "third" if BEARING[direction] % 90 == 0 else "quarter"
        rule = f"the {ADJECTIVE[direction]} {share} of {name} by area, with the outermost fifth of its population"
    return f"{rule}; added: {override.why}" if override else rule


def _about_town(case: Case, direction: str) -> Drawing:
    town = case.first.place
    if direction == "central":
        reach = max(1.5, town.radius_km / 3)
        shape, rule = around.sector(None, 0, reach), f"{reach:.0f} km about the centre of {town.name}"
        return Drawing(case.first.plane, ((1.0, shape),), 0, f"central {town.name}", rule, "city")
    bearing = BEARING[direction]
    if case.flavour == "outward":
        bands = tuple((f, around.sector(bearing, 0, OUTWARD_KM * f)) for f in (0.5, 1.0))
        rule = f"a sector of {OUTWARD_KM:.0f} km {direction} of {town.name}; how far is not said"
        return Drawing(case.first.plane, bands, 1, f"{direction} of {town.name}", rule, "vague")
    reach = max(4.0, town.radius_km * 1.2)
    shape = around.sector(bearing, 0, reach, half_angle=60)
    rule = f"the {ADJECTIVE[direction]} side of {town.name}, {reach:.0f} km from its centre"
    return Drawing(case.first.plane, ((1.0, shape),), 0, f"{ADJECTIVE[direction]} {town.name}", rule, "city")


def draw_border(case: Case) -> Drawing | None:
    """A land border as a zone to both sides: the whole of it, with a partner, or its part in a direction."""
    area = case.first.outline
    partner = case.anchors[1].outline if len(case.anchors) > 1 else None
    if area is None or (len(case.anchors) > 1 and partner is None):
        return None
    line = borders.border_line(case.shapes, area, partner)
    if line is not None and case.direction in BEARING:
        line = _cut_by_direction(case, area, line)
    if line is None or line.is_empty:
        return None
    width = borders.border_width_km(*(borders.area_km2(a) for a in (area, partner) if a))
    plane = Plane.about(line)
    run = shapely.simplify(plane.project(line), 0.5)
    bands = tuple((f, shapely.buffer(run, width * f, quad_segs=4)) for f in (0.2, 0.5, 1.0))
    of = case.first.place.name + (f" with {case.anchors[1].place.name}" if partner else "")
    which = f"{ADJECTIVE[case.direction]} " if case.direction in BEARING else ""
    slice_ = f", cut by the {which}part of {case.first.place.name}" if which else ""
    rule = f"the land border of {of}{slice_}, {width:.0f} km to either side"
    return Drawing(plane, bands, 2, f"{which}border of {of}", rule, "border", _nearest_on(run))


def _cut_by_direction(case: Case, area: Outline, line: Any) -> Any:
    ground = Ground.of(case.shapes, area)
    override = case.overrides.get((area.key, str(case.direction)))
    extra = _parts(case, ground, override)
    cutter = directions.zone(ground, str(case.direction))
    if extra is not None:
        near = shapely.buffer(shapely.simplify(extra, 1.0), 5.0)
        cutter = near if override and override.mode == "set" else shapely.union(cutter, near)
    return ground.plane.unproject(shapely.intersection(ground.plane.project(line), cutter))


def _nearest_on(line: Any) -> Any:
    return shapely.get_point(shapely.shortest_line(line, line.centroid), 0)


def draw_coast(case: Case) -> Drawing | None:
    """Water off a shore, or the strip along it where the phrase does not say "off"; None for landlocked areas."""
    place, outline = case.first.place, case.first.outline
    if outline is None:
        return _off_town(case)
    ground = Ground.of(case.shapes, outline)
    shore = borders.main_parts(ground.shape)
    if case.flavour == "strip":
        found = [(1.0, borders.coastal_strip(case.shapes, shore, ground.plane))]
        what, precision = f"{borders.COASTAL_KM:.0f} km to either side of the coast of {place.name}", "vague"
    else:
        reach = (case.query.km or borders.OFFSHORE_KM / 1.2) * 1.2
        found = [(f, borders.offshore(case.shapes, shore, ground.plane, reach * f)) for f in (0.5, 1.0)]
        what, precision = f"the water within {reach:.0f} km of {place.name}", "sea"
    return _coast(case, ground, found, what, precision)


def _coast(
    case: Case, ground: Ground, found: Sequence[tuple[float, Any]], what: str, precision: Precision
) -> Drawing | None:
    cutter = directions.zone(ground, case.direction) if case.direction in BEARING else None
    cut = [(f, shapely.intersection(s, cutter) if cutter is not None else s) for f, s in found if s is not None]
    bands = tuple((f, shape) for f, shape in cut if not shape.is_empty)
    if not bands or bands[-1][0] != found[-1][0]:
        return None
    which = f"{ADJECTIVE[str(case.direction)]} " if cutter is not None else ""
    rule = what + (f", cut by its {which}part" if which else "")
    kind = f"{which}coast of {case.first.place.name}"
    return Drawing(
        ground.plane, bands, len(bands) - 1, f"off the {kind}" if precision == "sea" else kind, rule, precision
    )


def _off_town(case: Case) -> Drawing | None:
    town, plane = case.first.place, case.first.plane
    if town.precision == "sea":
        return None
    shape = borders.offshore(case.shapes, shapely.buffer(shapely.Point(0, 0), 1), plane, case.query.km or OUTWARD_KM)
    if shape is None:
        return None
    rule = f"the water within {case.query.km or OUTWARD_KM:.0f} km of {town.name}"
    return Drawing(plane, ((1.0, shape),), 0, f"off the coast of {town.name}", rule, "sea")


def draw_distance(case: Case) -> Drawing | None:
    """A ring, or its part in a direction, about a town; about an area, a band outside it or along its border."""
    km = case.query.km
    if km is None or not 0 < km <= 2000:
        return None
    towards = f" {case.direction}" if case.direction in BEARING else ""
    bearing = BEARING[case.direction] if case.direction in BEARING else None
    name = f"{km:g} km{towards or ' from'}{' of' if towards else ''} {case.first.place.name}"
    if case.first.outline is not None:
        return _off_area(case, km, bearing, name)
    bands = tuple((loose / 0.25, around.distance_ring(bearing, km, loose)) for loose in (0.12, 0.25))
    angle = f", {around.HALF_ANGLE:.0f}° to either side of due {case.direction}" if towards else ""
    rule = f"{km:g} km from the centre of {case.first.place.name}, give or take a quarter{angle}"
    return Drawing(case.first.plane, bands, 1, name, rule, "vague")


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
        ground = Ground.of(case.shapes, outline)
        ring = shapely.intersection(
            ring, plane.project(ground.plane.unproject(directions.zone(ground, case.direction)))
        )
    rule = f"{km:g} km from the edge of {case.first.place.name}, give or take a quarter"
    return None if ring.is_empty else Drawing(plane, ((1.0, ring),), 0, name, rule, "vague")


def draw_between(case: Case) -> Drawing | None:
    """A lens between two places; between neighbours, their border; between areas apart, the gap's narrowest part."""
    if len(case.anchors) < 2:
        return None
    a, b = case.anchors[:2]
    if a.outline and b.outline and borders.border_line(case.shapes, a.outline, b.outline) is not None:
        return draw_border(case)
    plane = Plane.about(shapely.MultiPoint([(p.place.lon, p.place.lat) for p in (a, b)]))
    ends = shapely.shortest_line(*(_extent(anchor, plane) for anchor in (a, b)))
    shape = around.lens(shapely.get_coordinates(ends))
    name = f"between {a.place.name} and {b.place.name}"
    rule = f"a lens from {a.place.name} to {b.place.name}, half as wide as long"
    return Drawing(plane, ((1.0, shape),), 0, name, rule, "vague")


def _extent(anchor: Anchor, plane: Plane) -> Any:
    if anchor.outline is not None:
        return plane.project(anchor.outline.geometry)
    return shapely.Point(*plane.forward(np.array([[anchor.place.lon, anchor.place.lat]]))[0])


def draw_area(case: Case) -> Drawing | None:
    """The outline of an area; the unit about a town for "the Kherson region", a circle for "the Kherson area"."""
    place = case.first.place
    outline = case.first.outline
    if outline is None and case.flavour == "unit":
        outline = case.shapes.unit_at(place.lon, place.lat)
    if outline is not None:
        plane = Plane.about(outline.geometry)
        rule = f"the outline of {place.name}" if case.first.outline else f"the first-order unit around {place.name}"
        return Drawing(plane, ((1.0, plane.project(outline.geometry)),), 0, place.name, rule, "region")
    reach = max(NEARBY_KM, place.radius_km)
    rule = f"{reach:.0f} km about {place.name}; the phrase sets no bounds"
    return Drawing(case.first.plane, ((1.0, around.sector(None, 0, reach)),), 0, f"{place.name} area", rule, "vague")


RULES: Final[Mapping[str, Callable[[Case], Drawing | None]]] = {
    "direction": draw_direction, "border": draw_border, "coast": draw_coast, "distance": draw_distance,
    "between": draw_between, "area": draw_area,
}  # fmt: skip
