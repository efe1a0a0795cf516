"""Rules for parts, borders and coasts of areas. A rule gives None where nothing honest can be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import shapely

from geo import around, borders, directions
from geo.directions import ADJECTIVE, BEARING, Ground
from geo.directions import ground as ground_of
from geo.drawing import Anchor, Case, Drawing
from geo.model import Precision
from geo.outline import Outline
from geo.overrides import Override
from geo.plane import Plane

OUTWARD_KM: Final = 40.0
"""How far "south of the town" reaches."""


def draw_direction(case: Case) -> Drawing | None:
    """The east of an area by the calibrated rule and its overrides; of a town, a sector."""
    if case.direction is None:
        return None
    if case.first.outline is None:
        return _about_town(case, case.direction)
    ground = ground_of(case.shapes, case.first.outline.key)
    override = case.overrides.get((case.first.outline.key, case.direction)) or _known_as(case, case.direction)
    extra = _parts(case, ground, override)
    if extra is not None and override and override.mode == "set":
        bands = _set_bands(directions.part(ground, case.direction), extra)
    else:
        bands = _rule_bands(ground, case.direction, extra)
    name = f"{ADJECTIVE[case.direction]} {case.first.place.name}"
    rule = _direction_rule(case.direction, case.first.place.name, override, peopled=len(ground.people) > 0)
    precision: Precision = "sea" if case.first.place.precision == "sea" else "region"
    return Drawing(ground.plane, bands, 1, name, rule, precision)


def _known_as(case: Case, direction: str) -> Override | None:
    """ "Southern Africa" and "Central Asia" are areas of their own, not a third of a continent."""
    place = case.first.place
    area = case.shapes.named.find(f"{ADJECTIVE[direction]} {place.name}")
    if area is None or area.country != place.country:
        return None
    return Override(area.slug, direction, "set", area.parts, f"the named area {area.name}")


def _rule_bands(ground: Ground, direction: str, extra: Any | None) -> tuple[tuple[float, Any], ...]:
    """The part by rule in three sizes, each holding the one before; added units belong to all but the surest."""
    shapes = [directions.part(ground, direction, factor=factor) for factor in directions.BANDS]
    for row in range(1, len(shapes)):
        shapes[row] = shapely.union_all([s for s in (shapes[row - 1], shapes[row], extra) if s is not None])
    return tuple((factor / directions.BANDS[-1], shape) for factor, shape in zip(directions.BANDS, shapes, strict=True))


def _set_bands(by_rule: Any, units: Any) -> tuple[tuple[float, Any], ...]:
    """Units that reports mean are the region: surest where the rule agrees."""
    both = shapely.intersection(by_rule, units)
    return (0.5, units if both.is_empty else both), (1.0, units)


def _parts(case: Case, ground: Ground, override: Override | None) -> Any | None:
    if override is None:
        return None
    outline = case.shapes.parts(f"{override.area}:{override.direction}", override.parts, country=override.country)
    return ground.plane.project(outline.geometry) if outline else None


def _direction_rule(direction: str, name: str, override: Override | None, *, peopled: bool) -> str:
    if override and override.mode == "set":
        return f"what reports call {ADJECTIVE[direction]} {name}, by whole units: {override.why}"
    if direction == "central":
        rule = f"a box about the middle of {name} with a good third of its area"
    else:
        share = "third" if BEARING[direction] % 90 == 0 else "quarter"
        rule = f"the {ADJECTIVE[direction]} {share} of {name} by area"
        rule += ", with the outermost quarter of its population" if peopled else ""
    return f"{rule}; added: {override.why}" if override else rule


def _about_town(case: Case, direction: str) -> Drawing:
    town = case.first.place
    if direction == "central":
        reach = max(1.5, town.radius_km / 3)
        shape, rule = around.sector(None, 0, reach), f"{reach:.0f} km about the centre of {town.name}"
        return Drawing(case.first.plane, ((1.0, shape),), 0, f"central {town.name}", rule, "city")
    bearing = BEARING[direction]
    whole: Precision = "city" if town.precision in ("city", "point") else "vague"
    if case.flavour == "outward":
        bands = tuple((f, around.sector(bearing, 0, OUTWARD_KM * f)) for f in (0.5, 1.0))
        rule = f"a sector of {OUTWARD_KM:.0f} km {direction} of {town.name}; how far is not said"
        return Drawing(case.first.plane, bands, 1, f"{direction} of {town.name}", rule, "vague")
    reach = max(4.0, town.radius_km * 1.2)
    shape = around.sector(bearing, 0, reach, half_angle=60)
    rule = f"the {ADJECTIVE[direction]} side of {town.name}, {reach:.0f} km from its centre"
    return Drawing(case.first.plane, ((1.0, shape),), 0, f"{ADJECTIVE[direction]} {town.name}", rule, whole)


def draw_border(case: Case) -> Drawing | None:
    """A land border as a zone to both sides: the whole of it, with a partner, or its part in a direction."""
    area = case.first.outline
    partner = case.anchors[1].outline if len(case.anchors) > 1 else None
    if area is None or (len(case.anchors) > 1 and partner is None):
        return None
    line = borders.border_line(case.shapes, area, partner)
    bearing = case.compass
    if line is not None and bearing:
        line = _cut_by_direction(case, bearing, area, line)
    if line is None or line.is_empty:
        return None
    width = borders.border_width_km(*(ground_of(case.shapes, a.key).shape.area for a in (area, partner) if a))
    plane = Plane.about(line)
    run = shapely.simplify(plane.project(line), 0.5)
    bands = tuple((f, _about(run, width * f)) for f in (0.2, 0.5, 1.0))
    of = case.first.place.name + (f" with {case.anchors[1].place.name}" if partner else "")
    which = f"{ADJECTIVE[bearing]} " if bearing else ""
    slice_ = f", cut by the {which}part of {case.first.place.name}" if which else ""
    rule = f"the land border of {of}{slice_}, {width:.0f} km to either side"
    return Drawing(plane, bands, 2, f"{which}border of {of}", rule, "border", _nearest_on(run))


def _about(run: Any, km: float) -> Any:
    """What lies within ``km`` of a line; bends smaller than a twentieth of that do not show."""
    return shapely.buffer(shapely.simplify(run, km / 20), km, quad_segs=4)


def _cut_by_direction(case: Case, direction: str, area: Outline, line: Any) -> Any:
    ground = ground_of(case.shapes, area.key)
    override = case.overrides.get((area.key, direction))
    extra = _parts(case, ground, override)
    cutter = directions.zone(ground, direction)
    if extra is not None:
        near = shapely.buffer(shapely.simplify(extra, 1.0), 5.0)
        cutter = near if override and override.mode == "set" else shapely.union(cutter, near)
    return ground.plane.unproject(shapely.intersection(ground.plane.project(line), cutter))


def _nearest_on(line: Any) -> Any:
    return shapely.get_point(shapely.shortest_line(line, line.centroid), 0)


def draw_coast(case: Case) -> Drawing | None:
    """Water off a shore, or the strip along it where the phrase does not say "off"; None for landlocked areas."""
    place, outline = case.first.place, case.first.outline
    sea = next((anchor for anchor in case.anchors if anchor.place.precision == "sea" and anchor.outline), None)
    if sea:
        return _shore_of(case, sea)
    if outline is None:
        return _off_town(case)
    ground = ground_of(case.shapes, outline.key)
    shore = borders.main_parts(ground.shape)
    if case.flavour == "strip":
        found = [(1.0, borders.coastal_strip(case.shapes, shore, ground.plane))]
        what = f"{borders.COASTAL_KM:.0f} km to either side of the coast of {place.name}"
    else:
        reach = case.reach_km(borders.OFFSHORE_KM / 1.2) * 1.2
        found = [(f, borders.offshore(case.shapes, shore, ground.plane, reach * f)) for f in (0.5, 1.0)]
        what = f"the water within {reach:.0f} km of {place.name}"
    return _coast(case, ground, found, what, "vague" if case.flavour == "strip" else "sea")


def _coast(
    case: Case, ground: Ground, found: Sequence[tuple[float, Any]], what: str, precision: Precision
) -> Drawing | None:
    bearing = case.compass
    cutter = directions.zone(ground, bearing) if bearing else None
    cut = [(f, shapely.intersection(s, cutter) if cutter is not None else s) for f, s in found if s is not None]
    bands = tuple((f, shape) for f, shape in cut if not shape.is_empty)
    if not bands or bands[-1][0] != found[-1][0]:
        return None
    which = f"{ADJECTIVE[bearing]} " if bearing else ""
    rule = what + (f", cut by its {which}part" if which else "")
    kind = f"{which}coast of {case.first.place.name}"
    return Drawing(
        ground.plane, bands, len(bands) - 1, f"off the {kind}" if precision == "sea" else kind, rule, precision
    )


def _shore_of(case: Case, sea: Anchor) -> Drawing | None:
    """The land along a sea, of the other anchor alone if there is one: "Ukraine's Black Sea coast"."""
    if sea.outline is None:
        return None
    ground = ground_of(case.shapes, sea.outline.key)
    near = shapely.buffer(shapely.simplify(ground.shape, 1.0), borders.COASTAL_KM, quad_segs=6)
    area = next((anchor.outline for anchor in case.anchors if anchor.outline and anchor is not sea), None)
    land = area.geometry if area else case.shapes.land(ground.plane.unproject(near))
    strip = shapely.intersection(near, shapely.make_valid(ground.plane.project(land)))
    if case.compass:
        strip = shapely.intersection(strip, directions.zone(ground, case.compass))
    if strip.is_empty:
        return None
    which = f"{ADJECTIVE[case.compass]} " if case.compass else ""
    of = "".join(f" of {anchor.place.name}" for anchor in case.anchors if anchor is not sea)
    rule = f"{borders.COASTAL_KM:.0f} km of land along the {which}shore of the {sea.place.name}{of and ' in' + of[3:]}"
    return Drawing(ground.plane, ((1.0, strip),), 0, f"{which}{sea.place.name} coast{of}", rule, "vague")


def _off_town(case: Case) -> Drawing | None:
    town, plane = case.first.place, case.first.plane
    reach = case.reach_km(OUTWARD_KM)
    shape = borders.offshore(case.shapes, shapely.buffer(shapely.Point(0, 0), 1), plane, reach)
    if shape is None:
        return None
    rule = f"the water within {reach:.0f} km of {town.name}"
    return Drawing(plane, ((1.0, shape),), 0, f"off the coast of {town.name}", rule, "sea")
