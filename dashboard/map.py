"""Marks and areas -> folium objects. Imports no streamlit: what the browser is sent can be read and tested without it.

The base map is the same on every run, so the component that holds it never remounts; what changes comes as one feature
group with one element. Names go to the browser inside a string of JSON of which every character that HTML, a template
literal or a template engine could read is written as an escape; the script sets them as text, never as HTML.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template

from dashboard.framing import home, is_vast, position, view_of
from dashboard.language import later, number, plural, t
from dashboard.map_texts import texts
from dashboard.packing import packed as packed_outline
from dashboard.sides import Palette, Side
from dashboard.simplified import outline
from store.marks import Mark
from store.records import PlaceRow

LARGEST_RADIUS: Final = 30.0
"""Radius in pixels of the disc of the place with most claims; areas of discs are proportional to claims."""
SMALLEST_RADIUS: Final = 5.0
"""Smaller discs could not be seen; only a place with less than a thirty-sixth of the most claims is enlarged to it."""
HEIGHT: Final = 560
_TITLE: Final = later("Map of claims by place. The same content is in the table below the map.")
MAX_ZOOM: Final = 10
_CENTRE: Final = (48.0, 30.0)
_START_ZOOM: Final = 4
_POINTS: Final = frozenset({"point", "city"})
_NAME_LIMIT: Final = 60
_UNSAFE: Final = re.compile(r"[<>&`$'{}\\_]|[^\x20-\x7e]")
_FIELDS: Final = (
    "key",
    "name",
    "n",
    "at",
    "radius",
    "badge",
    "sides",
    "code",
    "words",
    "derived",
    "selected",
    "area",
    "vast",
    "sea",
    "bands",
    "quiet",
)
"""Order of a mark's values in what is sent; 0 stands for a value that a mark has not."""

JsonDict = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Libraries:
    """Addresses of the map's scripts, relative to its frame, and the text of its style sheets."""

    scripts: tuple[str, ...]
    style: str


@dataclass(frozen=True, slots=True)
class Focus:
    """Places to look at. ``call`` differs from call to call: the map moves once for each."""

    places: tuple[PlaceRow, ...]
    call: int


@dataclass(frozen=True, slots=True)
class Tiles:
    """A tile layer from the network, shown only while the reader has switched it on."""

    url: str
    attribution: str


class _Base(MacroElement):
    """Land, boundaries and labels, drawn by the map's own script."""

    _template = Template(
        "{% macro script(this, kwargs) %}ClaimAtlas.base({{ this._parent.get_name() }});{% endmacro %}"
    )


class _Style(Element):
    """A style sheet in the head of the frame. One that the frame had to load would come after the map was drawn."""

    _template = Template("<style>{{ this.text }}</style>")

    def __init__(self, text: str) -> None:
        super().__init__()
        self._name = "Style"
        self.text = text


class Marks(MacroElement):
    """All marks of one view. ``payload`` is what the script is handed."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        'ClaimAtlas.draw({{ this._parent.get_name() }}, JSON.parse("{{ this.literal }}"));'
        "{% endmacro %}"
    )

    def __init__(self, payload: JsonDict) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Marks"
        self.payload = payload
        self.literal = script_literal(payload)


def script_literal(payload: JsonDict) -> str:
    """JSON of ``payload`` as the inside of a double-quoted JavaScript string, free of every character that HTML, a
    template literal, a template engine or a line of script could take for its own."""
    text = json.dumps(payload, ensure_ascii=True, separators=(",", ":"))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text).replace('"', '\\"')


def base_map(libraries: Libraries, *, farthest: int = 2) -> folium.Map:
    """The constant map below the marks. ``farthest`` is the zoom at which it shows most."""
    # camelCase: with no tile layer, Leaflet takes its limits from these options alone.
    base = folium.Map(
        location=_CENTRE, zoom_start=_START_ZOOM, tiles=None, control_scale=True, minZoom=farthest, maxZoom=MAX_ZOOM
    )
    base.default_js = [(f"script{i}", path) for i, path in enumerate(libraries.scripts)]
    base.default_css = []
    cast("Figure", base.get_root()).header.add_child(_Style(libraries.style), name="style")
    base.add_child(_Base())  # type: ignore[no-untyped-call]
    return base


def marks_group(
    marks: Sequence[Mark],
    palette: Palette,
    *,
    most: int,
    selected: Collection[str] = (),
    focus: Focus | None = None,
    reveal: int = 0,
    tiles: Tiles | None = None,
    bands: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    glance: Mapping[str, Any] | None = None,
    lines: Sequence[JsonDict] = (),
) -> folium.FeatureGroup:
    """One feature group with all marks.

    :param bands: GeoJSON geometries that a derived region fades through, from the surest outward, by key of the place.
    :param most: claims of the place that has most of them in the whole store: what sizes are measured by.
    :param selected: keys of the places that are listed or that the open claim speaks of.
    :param glance: zoom and centre of the address; given, even empty, the map writes its own there when it is moved.
    :param lines: rows of :mod:`dashboard.said_lines`.
    :param reveal: rises by one with each choice whose answer stands beside the map, which then scrolls into sight.
    """
    drawn = sorted(marks, key=lambda mark: (-mark.place.radius_km, mark.place.key))
    rows = [_mark(mark, palette, most, selected) for mark in drawn]
    for mark, row in zip(drawn, rows, strict=True):
        if mark.n:
            row.update(area_of(mark.place, (bands or {}).get(mark.place.key, ())))
    payload: JsonDict = {**packed(rows), "home": home(marks), "texts": texts(t(_TITLE))}
    if lines:
        payload["lines"] = list(lines)
    if reveal:
        payload["reveal"] = reveal
    if focus:
        payload["focus"] = {"call": focus.call, **view_of(focus.places)}
    if glance is not None:
        payload["glance"] = dict(glance)
    if tiles:
        payload["tiles"] = {"url": tiles.url, "attribution": tiles.attribution}
    group = folium.FeatureGroup(name="claims")
    group.add_child(Marks(payload))
    return group


def packed(rows: Sequence[JsonDict]) -> JsonDict:
    """Rows without names of fields: with thousands of places the names would be most of what is sent."""
    return {"fields": _FIELDS, "rows": [[row.get(name, 0) for name in _FIELDS] for row in rows]}


def radius(n: int, most: int) -> float:
    """Radius in pixels of a mark of ``n`` claims: its area is proportional to ``n``."""
    return round(max(SMALLEST_RADIUS, LARGEST_RADIUS * math.sqrt(n / max(most, n, 1))), 1)


def is_derived(place: PlaceRow) -> bool:
    """True when the area was derived from a phrase and named places, not found in the gazetteer."""
    return place.derived_from is not None


def is_point(place: PlaceRow) -> bool:
    """True for places that a circle may stand for; all others are shown as an area or a labelled plate."""
    return place.precision in _POINTS


def derivation(place: PlaceRow) -> str:
    """What a derived area was derived from, in words."""
    return t("derived from {phrase}", phrase=clipped(place.derived_from or "", 160))


def area_of(place: PlaceRow, bands: Sequence[Mapping[str, Any]] = ()) -> JsonDict:
    """What of a mark draws the place's extent; empty for points and where no outline is known.

    :param bands: GeoJSON geometries that a derived region fades through, from the surest outward.
    """
    area = None if is_point(place) else outline(place)
    if not area:
        return {}
    found: JsonDict = {"area": packed_outline(area), "vast": int(is_vast(place)), "sea": int(place.precision == "sea")}
    if bands and not found["vast"]:
        found["bands"] = [packed_outline(band) for band in reversed(bands)]
    return found


def words(mark: Mark, sides: Sequence[tuple[Side, int]]) -> str:
    """What a mark says on hover and to a screen reader."""
    parts = [plural(mark.n_counts, "number", "numbers")] if mark.n_counts else []
    parts += [plural(mark.n_statements, "statement", "statements")] if mark.n_statements else []
    named = ", ".join(f"{clipped(side.label, 40)} ({number(n)})" for side, n in sides[:4])
    return t("{claims} by {sides}", claims=", ".join(parts), sides=named)


def _mark(mark: Mark, palette: Palette, most: int, selected: Collection[str]) -> JsonDict:
    place = mark.place
    sides = [(palette.side(name), n) for name, n in mark.sides] or [(palette.side(None), mark.n)]
    found: JsonDict = {
        "key": place.key,
        "name": clipped(place.name),
        "n": mark.n,
        "at": position(place),
        "radius": radius(mark.n, most),
        "badge": "disc" if is_point(place) else "label",
        "sides": _shares(sides),
        "code": _codes(sides),
        "words": words(mark, sides),
    }
    if is_derived(place):
        found["derived"] = derivation(place)
    if not mark.n:
        found |= {"quiet": 1, "sides": [], "code": "", "words": t("named in the report; no claim speaks of it")}
    if place.key in selected:
        found["selected"] = 1
    return found


def _shares(sides: Sequence[tuple[Side, int]]) -> list[list[str | int]]:
    """Colours and how many claims each stands for, that of the foremost side first. Dozens of sides have the colour of
    all others: they are one share of a ring, but never the whole list, for one entry stands for a single side."""
    shares: dict[str, int] = {}
    for side, n in sides:
        shares[side.colour] = shares.get(side.colour, 0) + n
    if len(shares) == 1 and len(sides) > 1:
        return [[side.colour, n] for side, n in sides[:2]]
    return [[colour, n] for colour, n in shares.items()]


def _codes(sides: Sequence[tuple[Side, int]]) -> str:
    codes = list(dict.fromkeys(side.code for side, _ in sides))
    return "·".join(codes[:2]) + (f" +{len(codes) - 2}" if len(codes) > 2 else "")


def clipped(text: str, limit: int = _NAME_LIMIT) -> str:
    """Text on one line, at most ``limit`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
