"""The map as a picture to keep: what the current view shows, with its legend, its filters and its attribution.

It is drawn on this machine from the base map that ships, always on light paper, whatever the browser shows; the frame
holds all places of the view, as the map's own button "Show all marks" does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dashboard import framing
from dashboard import map as atlas
from dashboard.language import plural, t
from dashboard.mercator import Projection, base_map
from dashboard.raster import text_width
from dashboard.scene import Area, Box, Disc, Line, Scene, Shape, Words
from dashboard.sides import Palette, Side
from store.marks import Mark

SIZE: Final = (1600, 1060)
_EDGE, _HEAD, _FOOT = 36.0, 96.0, 118.0
_FRAME: Final = (_EDGE, _HEAD, SIZE[0] - 2 * _EDGE, SIZE[1] - _HEAD - _FOOT)
_PADDING: Final = 110.0
_SEA, _LAND, _COAST, _BORDER = "#e9eff3", "#fbfaf7", "#b9c4cb", "#b3aea2"
_INK, _MUTED, _PAPER, _LINE = "#1d2733", "#5b6672", "#ffffff", "#dfe3e7"
_WORLD: Final = [[25.0, -20.0], [62.0, 60.0]]
"""What is shown when nothing passes the filters."""
_LARGER: Final = 1.25
"""How much larger than on the screen discs are: the picture is seen smaller than it is."""
_LEGEND_RADIUS: Final = 17.0
_MOST_NAMES: Final = 60
_NAMED_OUTSIDE: Final = 6

Geometry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """The words around the map: how much is shown, and which filters are in force."""

    left: str
    limits: str


def draw(
    marks: Sequence[Mark], palette: Palette, *, most: int, bands: Mapping[str, Sequence[Geometry]], told: Told
) -> Scene:
    """The scene for these marks; ``most`` and ``bands`` as in :func:`dashboard.map.marks_group`."""
    projection = Projection.fitting(framing.home(marks) or _WORLD, _FRAME, padding=_PADDING)
    drawn = sorted(marks, key=lambda mark: (-mark.place.radius_km, mark.place.key))
    areas = [shape for mark in drawn for shape in _area(mark, palette, projection, bands.get(mark.place.key, ()))]
    signs, taken = _signs(sorted(marks, key=lambda mark: -mark.n), palette, projection, most)
    inset = [*_ground(projection), *areas, *_names(projection, taken), *signs]
    title = t("Claim Atlas: who says what, how many, and where")
    around = [*_around(told, _outside(marks, projection)), *_legend(marks, palette, most)]
    return Scene(SIZE, _PAPER, title, _described(marks, told), _FRAME, inset, around)


def _outside(marks: Sequence[Mark], projection: Projection) -> str:
    """The places that lie outside of the frame, for what is not on a picture must be said on it."""
    names = [
        atlas.clipped(mark.place.name, 32)
        for mark in marks
        if not projection.holds(projection.at(mark.place.lon, mark.place.lat))
    ]
    if not names:
        return ""
    more = " …" if len(names) > _NAMED_OUTSIDE else ""
    return t("Outside of the picture: {places}", places=", ".join(names[:_NAMED_OUTSIDE]) + more) + "."


def _described(marks: Sequence[Mark], told: Told) -> str:
    places = ", ".join(f"{mark.place.name} ({mark.n})" for mark in marks[:20])
    return " ".join(filter(None, (f"{told.left}.", told.limits, f"{places}." if places else "")))


def _ground(projection: Projection) -> Iterator[Shape]:
    ground, (left, top, wide, high) = base_map(), _FRAME
    yield Box((left - 4, top - 4, wide + 8, high + 8), _SEA)
    for land in ground.land:
        yield from (Area(rings, _LAND, 1.0, _COAST, 0.8) for rings in projection.rings(land))
    for border in ground.borders:
        yield from (Line(points, _BORDER, 1.1) for points in projection.lines(border))
    for border in ground.disputed:
        yield from (Line(points, _BORDER, 1.1, (3, 4)) for points in projection.lines(border))


def _area(mark: Mark, palette: Palette, projection: Projection, bands: Sequence[Geometry]) -> Iterator[Shape]:
    """An area as the map draws it: fading through its bands, dashed when it was derived, the vast without a filling."""
    place = mark.place
    if atlas.is_point(place) or place.geometry is None:
        return
    colour = palette.side(mark.sides[0][0] if mark.sides else None).colour
    derived, vast, sea = atlas.is_derived(place), framing.is_vast(place), place.precision == "sea"
    for band in () if vast else bands:
        yield from (Area(rings, colour, 0.09) for rings in projection.rings(band))
    fill = 0.0 if bands and not vast else 0.16 if sea else 0.0 if vast and not derived else 0.1
    stroke = None if sea or (vast and not derived) else colour
    for rings in projection.rings(place.geometry):
        yield Area(rings, colour if fill else None, fill, stroke, 1.6, (7, 5) if derived else None)


Taken = list[tuple[float, float, float, float]]
"""Boxes in which no further words may stand: left, top, right, bottom."""


def _signs(marks: Sequence[Mark], palette: Palette, projection: Projection, most: int) -> tuple[list[Shape], Taken]:
    """Discs for points, plates for areas, and names as far as there is room: most claims first."""
    taken: Taken = []
    shapes: list[Shape] = []
    for mark in marks:
        x, y = projection.at(mark.place.lon, mark.place.lat)
        if projection.holds((x, y)):
            signs = (
                _disc(mark, palette, (x, y), most, taken)
                if atlas.is_point(mark.place)
                else _plate(mark, palette, (x, y), taken)
            )
            shapes[:0] = signs
    return shapes, taken


def _disc(mark: Mark, palette: Palette, at: tuple[float, float], most: int, taken: Taken) -> list[Shape]:
    x, y = at
    r = atlas.radius(mark.n, most) * _LARGER
    taken.append((x - r, y - r, x + r, y + r))
    shapes: list[Shape] = [Disc(at, r, _slices(mark, palette))]
    if r >= 13:
        shapes += [Disc(at, r * 0.55, ((_PAPER, 1.0),)), Words(at, f"{mark.n:,}", 14, _INK, "middle", bold=True)]
    name = atlas.clipped(mark.place.name, 32)
    wide = text_width(name, 15, bold=True)
    box = (x + r + 5, y - 10, x + r + 9 + wide, y + 10)
    if not _collides(box, taken):
        taken.append(box)
        shapes.append(Words((x + r + 6, y), name, 15, _INK, bold=True, halo=_LAND))
    return shapes


_SHIFTS: Final = ((0, 0), (0, 30), (0, -30), (60, 0), (-60, 0), (0, 58), (0, -58), (90, 30), (-90, 30))


def _plate(mark: Mark, palette: Palette, at: tuple[float, float], taken: Taken) -> list[Shape]:
    """A plate with side, name and number; without room for its name it keeps side and number."""
    side = palette.side(mark.sides[0][0] if mark.sides else None)
    derived = atlas.is_derived(mark.place)
    for name in (atlas.clipped(mark.place.name, 38), side.code):
        words = text_width(name, 15, bold=True)
        number = text_width(f"{mark.n:,}", 15)
        wide = words + number + 40
        for right, down in _SHIFTS:
            x, y = at[0] + right - wide / 2, at[1] + down
            box = (x - 3, y - 16, x + wide + 3, y + 16)
            if _collides(box, taken) or not _within(box):
                continue
            taken.append(box)
            return [
                Box((x, y - 13, wide, 26), _PAPER, _MUTED if derived else _COAST, (4, 3) if derived else None),
                Disc((x + 13, y), 6, _slices(mark, palette)),
                Words((x + 24, y), name, 15, _INK, bold=True),
                Words((x + wide - 9, y), f"{mark.n:,}", 15, _MUTED, "end"),
            ]
    return [Disc(at, 6, _slices(mark, palette))]


def _slices(mark: Mark, palette: Palette) -> tuple[tuple[str, float], ...]:
    """Colours of the sides that speak of a place, each with its claims."""
    return tuple((palette.side(name).colour, float(n)) for name, n in mark.sides) or ((palette.side(None).colour, 1.0),)


def _within(box: tuple[float, float, float, float]) -> bool:
    left, top, wide, high = _FRAME
    return box[0] >= left and box[1] >= top and box[2] <= left + wide and box[3] <= top + high


def _collides(box: tuple[float, float, float, float], taken: Taken) -> bool:
    return any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken)


def _names(projection: Projection, taken: Taken) -> Iterator[Shape]:
    """Names of countries and cities of the base map, where nothing stands yet."""
    ground, shown = base_map(), 0
    for kind, names in (("country", ground.countries), ("city", ground.cities)):
        for name, lat, lon, first in names:
            x, y = projection.at(lon, lat)
            if first > projection.zoom + 0.6 or shown >= _MOST_NAMES or not projection.holds((x, y), 8):
                continue
            size = 15.0 if kind == "country" else 12.5
            half = text_width(name, size) / 2 + 3
            box = (x - half, y - 10, x + half, y + 10) if kind == "country" else (x - 4, y - 8, x + 2 * half + 4, y + 8)
            if _collides(box, taken) or not _within(box):
                continue
            taken.append(box)
            shown += 1
            if kind == "country":
                yield Words((x, y), name, size, _MUTED, "middle", halo=_LAND)
            else:
                yield Disc((x, y), 1.6, ((_MUTED, 1.0),), _LAND)
                yield Words((x + 6, y), name, size, _MUTED, halo=_LAND)


def _around(told: Told, outside: str) -> Iterator[Shape]:
    """Title, filters and attribution around the map's frame."""
    left, top, wide, high = _FRAME
    for x, y, w, h in (
        (left, top, wide, 1),
        (left, top + high, wide, 1),
        (left, top, 1, high),
        (left + wide, top, 1, high),
    ):
        yield Box((x, y, w, h), _LINE)
    yield Words((_EDGE, 38), t("Who says what, how many, and where"), 27, _INK, bold=True)
    yield Words((_EDGE, 70), _fitted(f"{told.left}. {told.limits} {outside}", 16, wide), 16, _MUTED)
    yield Words((_EDGE + wide, 38), "Claim Atlas", 18, _INK, "end", bold=True)
    credit = t(
        "Every mark counts claims, not facts; nothing is added up. Places: GeoNames, CC BY 4.0. Map: Natural Earth, "
        "public domain. Made with Claim Atlas."
    )
    yield Words((_EDGE, SIZE[1] - 24), _fitted(credit, 13, wide), 13, _MUTED)


def _fitted(text: str, size: float, wide: float) -> str:
    """Text cut to a width, with an ellipsis."""
    words = " ".join(text.split())
    while words and text_width(words, size) > wide:
        words = words[: -max(2, len(words) // 20)].rstrip(" ,;…") + "…"
    return words


def _legend(marks: Sequence[Mark], palette: Palette, most: int) -> Iterator[Shape]:
    """Sides by colour and code; how large a disc is for how many claims; what dashes mean."""
    y = SIZE[1] - _FOOT + 34
    x = _EDGE
    present = dict.fromkeys(name for mark in marks for name, _ in mark.sides)
    for name in [*(n for n in palette.order if n in present), *([None] if None in present else [])]:
        side = palette.side(name)
        label = _side_label(side) if name else t("no side")
        wide = text_width(label, 15) + 44
        if x + wide > SIZE[0] - _EDGE:
            break
        yield Disc((x + 7, y), 6.5, ((side.colour, 1.0),))
        yield Words((x + 20, y), label, 15, _INK)
        x += wide
    yield from _sizes(most)


def _side_label(side: Side) -> str:
    name = atlas.clipped(side.label, 28)
    return name if name == side.code else f"{side.code}  {name}"


def _sizes(most: int) -> Iterator[Shape]:
    """Discs as large as those of the map, as far as a line has room for them."""
    y, x = SIZE[1] - _FOOT + 66.0, _EDGE
    largest = max(1, int(most * (_LEGEND_RADIUS / _LARGER / atlas.LARGEST_RADIUS) ** 2))
    for n in sorted({1, largest}):
        r = atlas.radius(n, most) * _LARGER
        label = plural(n, "claim", "claims")
        yield Disc((x + r, y), r - 1.5, ((_PAPER, 1.0),), _MUTED)
        yield Words((x + 2 * r + 8, y), label, 14, _MUTED)
        x += 2 * r + text_width(label, 14) + 30
    dashed = t("dashed: an area derived from a phrase, fading where it is less sure")
    yield Box((x, y - 8, 26, 16), _PAPER, _MUTED, (4, 3))
    yield Words((x + 35, y), dashed, 14, _MUTED)
