"""The base map that ships, projected for a picture: land, boundaries and names within a frame of pixels."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any, Final

import shapely
import shapely.geometry
from shapely.geometry.base import BaseGeometry

from dashboard.libraries import FOLDERS
from dashboard.map import MAX_ZOOM
from dashboard.scene import Point
from errors import DataError

Bounds = Sequence[Sequence[float]]
"""South-west and north-east corner, latitude first."""
_TILE: Final = 256
_POLE: Final = 84.0
_SIDE: Final = 230.0
"""How far the base map goes around the globe: what lies across the date line is there on both sides."""
_SMALLEST: Final = 0.35
"""Pixels that a line may be simplified by."""


@dataclass(frozen=True, slots=True)
class Projection:
    """Web Mercator: pixels of the whole world's width, and what is taken off to bring the frame to its place."""

    world: float
    shift: Point
    frame: tuple[float, float, float, float]

    @classmethod
    def fitting(cls, bounds: Bounds, frame: tuple[float, float, float, float], *, padding: float) -> Projection:
        """The largest scale, no closer than the map's own closest, at which ``bounds`` lie within the frame."""
        (south, west), (north, east) = bounds
        left, top, wide, high = frame
        (x0, y1), (x1, y0) = _unit(west, south), _unit(east, north)
        room = (max(wide - 2 * padding, 1), max(high - 2 * padding, 1))
        spans = ((room[0], x1 - x0), (room[1], y1 - y0))
        world = min([room_ / span for room_, span in spans if span > 0], default=math.inf)
        world = max(min(world, _TILE * 2.0 ** min(MAX_ZOOM, 7)), wide)
        middle = (left + wide / 2 - world * (x0 + x1) / 2, top + high / 2 - world * (y0 + y1) / 2)
        return cls(world, middle, frame)

    def at(self, lon: float, lat: float) -> Point:
        """Pixels of a place, WGS84 degrees."""
        x, y = _unit(lon, lat)
        return x * self.world + self.shift[0], y * self.world + self.shift[1]

    @property
    def zoom(self) -> float:
        """The zoom of the map that has this scale."""
        return math.log2(self.world / _TILE)

    @property
    def sight(self) -> tuple[float, float, float, float]:
        """West, south, east and north of the frame, in degrees, with a margin."""
        left, top, wide, high = self.frame
        west, north = self._degrees((left, top))
        east, south = self._degrees((left + wide, top + high))
        margin = (east - west) * 0.03
        return (
            max(-_SIDE, west - margin),
            max(-_POLE, south - margin),
            min(_SIDE, east + margin),
            min(_POLE, north + margin),
        )

    def holds(self, point: Point, margin: float = 0.0) -> bool:
        """True for pixels within the frame."""
        left, top, wide, high = self.frame
        return left + margin <= point[0] <= left + wide - margin and top + margin <= point[1] <= top + high - margin

    def _degrees(self, point: Point) -> Point:
        x, y = ((point[i] - self.shift[i]) / self.world for i in (0, 1))
        return x * 360 - 180, math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y))))

    def rings(self, geometry: Mapping[str, Any] | BaseGeometry) -> Iterator[tuple[tuple[Point, ...], ...]]:
        """Outer ring and holes of each part of an area that can be seen, in pixels."""
        for part in self._seen(geometry):
            if isinstance(part, shapely.geometry.Polygon):
                yield tuple(self._pixels(ring) for ring in (part.exterior, *part.interiors))

    def lines(self, geometry: BaseGeometry) -> Iterator[tuple[Point, ...]]:
        """The parts of a line that can be seen, in pixels."""
        for part in self._seen(geometry):
            if isinstance(part, shapely.geometry.LineString):
                yield self._pixels(part)

    def _seen(self, given: Mapping[str, Any] | BaseGeometry) -> Iterator[BaseGeometry]:
        geometry = given if isinstance(given, BaseGeometry) else shapely.geometry.shape(given)
        west, south, east, north = self.sight
        cut = shapely.clip_by_rect(shapely.make_valid(geometry), west, south, east, north)
        simple = shapely.simplify(cut, _SMALLEST * 360 / self.world)
        yield from (part for part in shapely.get_parts(simple) if not part.is_empty)

    def _pixels(self, line: BaseGeometry) -> tuple[Point, ...]:
        return tuple(self.at(x, y) for x, y in line.coords)


def _unit(lon: float, lat: float) -> Point:
    """Place on a world one wide and one high."""
    held = math.radians(max(-_POLE, min(_POLE, lat)))
    return lon / 360 + 0.5, 0.5 - math.log(math.tan(math.pi / 4 + held / 2)) / (2 * math.pi)


@dataclass(frozen=True, slots=True)
class BaseMap:
    """Land as polygons, boundaries as lines; names with latitude, longitude and the zoom at which they first show."""

    land: tuple[BaseGeometry, ...]
    borders: tuple[BaseGeometry, ...]
    disputed: tuple[BaseGeometry, ...]
    countries: tuple[tuple[str, float, float, float], ...]
    cities: tuple[tuple[str, float, float, float], ...]


@lru_cache(maxsize=1)
def base_map() -> BaseMap:
    """The base map of the browser, read from the file that the browser is given.

    :raises DataError: when the file is missing or is not what it should be.
    """
    path = FOLDERS["basemap"] / "basemap.js"
    try:
        text = path.read_text("utf-8")
        data = json.loads(text[text.index("={") + 1 : text.rindex("}") + 1])
    except (OSError, ValueError) as error:
        raise DataError(
            "{path} cannot be read ({problem}). Check it out again, or see docs/geo.md.", path=path, problem=error
        ) from error
    return BaseMap(
        tuple(shapely.geometry.Polygon(outer, holes) for outer, *holes in ([*map(_unpacked, r)] for r in data["land"])),
        _lines(data["borders"]),
        _lines(data["disputed"]),
        tuple((name, lat, lon, first) for name, lat, lon, first, *_ in data["countries"]),
        tuple((name, lat, lon, first) for name, lat, lon, first, *_ in data["cities"]),
    )


def _lines(packed: Sequence[Sequence[int]]) -> tuple[BaseGeometry, ...]:
    """Lines of the file; what the rounding to hundredths has left as a single point is none."""
    given = (_unpacked(flat) for flat in packed)
    return tuple(shapely.geometry.LineString(points) for points in given if len(points) > 1)


def _unpacked(flat: Sequence[int]) -> list[Point]:
    """Hundredths of a degree, each the difference from the one before, longitude first."""
    return [(x / 100, y / 100) for x, y in zip(accumulate(flat[::2]), accumulate(flat[1::2]), strict=True)]
