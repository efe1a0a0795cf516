"""Outlines of countries, first-order units and named areas, and the people who live in them.

Natural Earth's first-order units (public domain) tile the land; every outline is put together from them when it is
asked for, by the policy on disputed borders of ``geo.policy``. Degrees, longitude first. Shared, immutable once opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np
import shapely

from geo.geojson import compact
from geo.model import Place
from geo.named_areas import NamedArea, NamedAreas, ellipse, place_of
from geo.names import fold
from geo.outline import Outline
from geo.policy import BORDERS, Borders, holders, read_territories, rows_by_part, units_called
from geo.records import GazetteerError, SourceError
from geo.seas import sea_outline
from geo.tables import rows

DEFAULT_FOLDER: Final = Path(__file__).resolve().parents[1] / "assets" / "regions"
SOURCE: Final = "Natural Earth"
GRID: Final = 1e-4
"""Degrees: outlines are stored as whole numbers of this."""

_EDGE: Final = 0.5
"""Degrees: land is kept this far beyond what was asked for, so that no false coast is near."""


class ShapesError(GazetteerError):
    """The compiled shapes are missing or damaged: restore assets/regions, or run ``python -m geo.build_shapes``."""


class Shapes:
    """The shapes in one view of disputed borders; open with :meth:`open`."""

    def __init__(self, folder: Path, borders: Borders) -> None:
        """Read the files of ``folder``; use :meth:`open`, which turns what goes wrong into a ShapesError."""
        self.folder, self.borders = folder, borders
        index = [row for _, row in rows(folder / "units.tsv", ("id", "iso2", "code", "geonameid"))]
        with np.load(folder / "shapes.npz", allow_pickle=False) as arrays:
            offsets = tuple(arrays[name].astype("<i8") for name in ("rings", "polygons", "parts"))
            flat = np.round(arrays["coords"] * GRID, 4)
            self._people, self._people_offsets = arrays["people"], arrays["people_offsets"]
        self.units: Any = shapely.from_ragged_array(shapely.GeometryType.MULTIPOLYGON, flat, offsets)
        if len(index) != len(self.units):
            raise ShapesError(
                "{folder}: units.tsv and shapes.npz differ in length; run python -m geo.build_shapes", folder=folder
            )
        names = [(row["id"], row["iso2"]) for row in index]
        self.territories = read_territories(folder / "borders.tsv")
        self._holder, self._apart = holders(names, self.territories, borders)
        self._ids = [name for name, _ in names]
        self._rows = rows_by_part(self._ids)
        self._code_of = [row["code"] for row in index]
        self._codes, self._by_geonameid = _codes(index)
        drawn = _by_country([iso2 for _, iso2 in names])
        self._countries = drawn | _by_country(self._holder)
        self.named = NamedAreas.read(folder / "named_areas.tsv")
        self._outlines: dict[str, Outline | None] = {}

    @classmethod
    def open(cls, path: Path | None = None, *, borders: Borders = "un") -> Shapes:
        """Open the shapes of folder ``path``, or those that ship. Raises ShapesError when they cannot be used."""
        if borders not in BORDERS:
            raise ShapesError(
                "borders is {borders}; choose one of {all}", borders=repr(borders), all=", ".join(BORDERS)
            )
        folder = path or DEFAULT_FOLDER
        try:
            return cls(folder, borders)
        except (OSError, KeyError, ValueError, BadZipFile, SourceError) as error:
            raise ShapesError(
                "{folder}: no shapes ({problem}); restore assets/regions", folder=folder, problem=error
            ) from error

    def country(self, iso2: str) -> Any:
        """Outline of a country by ISO 3166-1 code as a shapely geometry in degrees; None when there is none."""
        outline = self._country(iso2)
        return outline.geometry if outline else None

    @property
    def countries(self) -> tuple[str, ...]:
        """ISO 3166-1 codes of the countries that have an outline, sorted."""
        return tuple(sorted(code for code in self._countries if len(code) == 2))

    def knows(self, part: str) -> bool:
        """True when ``part``, as the tables write it, is on the map."""
        return part.startswith("ellipse:") or (bool(self._part(part)))

    def area(self, place: Place) -> Mapping[str, Any] | None:
        """GeoJSON geometry (under 20 KB) of a country, first-order unit, named area or sea; None for other places."""
        outline = self.outline(place)
        return _compact(self, outline.key) if outline else None

    def find(self, name: str) -> Place | None:
        """The named area called ``name`` ("Donbas", "the Sahel") as a place with geometry; None when there is none."""
        area = self.named.find(name)
        outline = self._named(area) if area else None
        return place_of(area, outline.geometry, _compact(self, outline.key)) if area and outline else None

    def outline(self, place: Place) -> Outline | None:
        """Full outline of a place that is an area of the map, None for points and areas that are not on it."""
        if place.precision == "sea":
            return sea_outline(self, place)
        if place.precision == "country" and place.country:
            return self._country(place.country)
        if place.precision in ("point", "city"):
            return None
        area = self.named.find(place.name, country=place.country)
        if area:
            return self._named(area)
        code = self._by_geonameid.get(place.geonameid or -1)
        return self._code(code) if code else self._unit_called(place)

    def by_key(self, key: str) -> Outline | None:
        """Outline by its own key: ``UA``, ``UA.05``, ``unit:IL/Golan Heights`` or the slug of a named area."""
        if key in self._outlines:
            return self._outlines[key]
        if key.startswith("unit:"):
            return self._made(key, units_called(key[5:], self._rows))
        if key in self._countries:
            return self._country(key)
        if key in self._codes:
            return self._code(key)
        area = self.named.by_slug(key)
        return self._named(area) if area else None

    def geonameid(self, code: str) -> int | None:
        """GeoNames id of a first-order unit by its code ("UA.05"), None when the map has no such unit."""
        return next((number for number, unit in self._by_geonameid.items() if unit == code), None)

    def mainland(self, outline: Outline) -> Outline:
        """The outline less the territories that directions of its country never mean (Kosovo of Serbia)."""
        kept = outline.units - self._apart
        if kept == outline.units or not kept:
            return outline
        return self._made(f"{outline.key}:directions", kept) or outline

    def people(self, outline: Outline) -> Any:
        """Where people live in an outline: rows of longitude, latitude (degrees) and number."""
        runs = [slice(*self._people_offsets[unit : unit + 2]) for unit in sorted(outline.units)]
        return np.vstack([self._people[run] for run in runs]) if runs else np.empty((0, 3))

    def beside(self, outline: Outline) -> list[int]:
        """Rows of the units outside an outline whose boxes meet its units' boxes: all that may touch it are there."""
        found = self._near(shapely.get_parts(self.units[sorted(outline.units)]))
        return sorted({int(unit) for unit in self._part_unit[found]} - outline.units)

    def land(self, geometry: Any) -> Any:
        """The land about a geometry in degrees as one geometry, clipped to the boxes of its parts."""
        found = []
        for part in shapely.get_parts(geometry):
            west, south, east, north = part.bounds
            near = self._parts[self._near([part])]
            found.extend(shapely.clip_by_rect(near, west - _EDGE, south - _EDGE, east + _EDGE, north + _EDGE))
        return shapely.union_all([shapely.make_valid(piece) for piece in found if not piece.is_empty])

    def _near(self, parts: Any) -> Any:
        return np.unique(self._tree.query(shapely.box(*shapely.bounds(parts).T))[1])

    @cached_property
    def _tree(self) -> Any:
        return shapely.STRtree(self._parts)

    @cached_property
    def _part_unit(self) -> Any:
        return shapely.get_parts(self.units, return_index=True)[1]

    @cached_property
    def _parts(self) -> Any:
        return shapely.get_parts(self.units)

    def _country(self, iso2: str) -> Outline | None:
        return self._made(iso2, self._countries.get(iso2.upper(), ()))

    def _code(self, code: str) -> Outline | None:
        units = self._codes.get(code, ())
        at_home = [unit for unit in units if self._holder[unit] == code.partition(".")[0]]
        return self._made(code, at_home or units)

    def parts(self, key: str, parts: tuple[str, ...], *, country: str | None = None) -> Outline | None:
        """Outline put together from parts as the tables write them; ``key`` names it from then on.

        What is drawn by hand stays within ``country`` (ISO 3166-1) when there is one.
        """
        if key not in self._outlines:
            home = self._country(country) if country else None
            drawn = [ellipse(part) for part in parts if part.startswith("ellipse:")]
            drawn = [shapely.intersection(shape, home.geometry) if home else shape for shape in drawn]
            units = frozenset(unit for part in parts for unit in self._part(part))
            shapes = [*self.units[sorted(units)], *drawn]
            geometry = _union(shapes, exact=not drawn) if shapes else None
            self._outlines[key] = Outline(key, geometry, units if not drawn else frozenset()) if shapes else None
        return self._outlines[key]

    def keep(self, key: str, draw: Callable[[], Any | None]) -> Outline | None:
        """The outline of a key that has been drawn before, else the geometry (degrees) that ``draw`` gives now."""
        if key not in self._outlines:
            geometry = draw()
            self._outlines[key] = Outline(key, geometry) if geometry is not None and not geometry.is_empty else None
        return self._outlines[key]

    def unit_at(self, lon: float, lat: float) -> Outline | None:
        """The first-order unit around a point in degrees, None at sea or where the map has no unit of GeoNames."""
        parts = self._tree.query(shapely.Point(lon, lat), predicate="intersects")
        codes = [code for unit in self._part_unit[parts] if (code := self._code_of[int(unit)])]
        return self._code(codes[0]) if codes else None

    def less(self, outline: Outline, other: Outline) -> Outline:
        """The first outline without the units of the second; unchanged when nothing would be left."""
        kept = outline.units - other.units
        if kept == outline.units or not kept:
            return outline
        return self._made(f"{outline.key}-{other.key}", kept) or outline

    def _unit_called(self, place: Place) -> Outline | None:
        """Natural Earth's unit about a lower unit of that name ("Kent", which is no first-order unit of GeoNames).

        A unit whose name has one more word than the first-order unit about it is not that ("New York County").
        """
        name = fold(place.name)
        for row in self._part_unit[self._tree.query(shapely.Point(place.lon, place.lat), predicate="intersects")]:
            unit = "/".join(self._ids[int(row)].split("/")[:2])
            called = fold(unit.partition("/")[2])
            if not called or not (called == name or name.startswith(f"{called} ") or name.endswith(f" {called}")):
                continue
            found = self.by_key(f"unit:{unit}")
            if called == name or not self._is_first_order(int(row), found):
                return found
        return None

    def _is_first_order(self, row: int, outline: Outline | None) -> bool:
        code = self._code_of[row]
        first = self._code(code) if code else None
        return first is not None and outline is not None and first.units == outline.units

    def _named(self, area: NamedArea) -> Outline | None:
        return self.parts(area.slug, area.parts, country=area.country)

    def _part(self, part: str) -> Iterable[int]:
        if part.startswith("ellipse:"):
            return ()
        if "/" in part:
            return units_called(part, self._rows)
        return self._codes.get(part, ()) if "." in part else self._countries.get(part, ())

    def _made(self, key: str, units: Iterable[int]) -> Outline | None:
        if key not in self._outlines:
            chosen = frozenset(units)
            geometry = _union(list(self.units[sorted(chosen)]), exact=True) if chosen else None
            self._outlines[key] = Outline(key, geometry, chosen) if chosen else None
        return self._outlines[key]


def _union(geometries: list[Any], *, exact: bool) -> Any:
    """One geometry; units of a coverage have their common edges dissolved without any new corner."""
    return shapely.coverage_union_all(geometries) if exact else shapely.union_all(geometries)


def _codes(index: list[Mapping[str, str]]) -> tuple[dict[str, list[int]], dict[int, str]]:
    codes: dict[str, list[int]] = {}
    by_geonameid: dict[int, str] = {}
    for row, unit in enumerate(index):
        if unit["code"]:
            codes.setdefault(unit["code"], []).append(row)
            if unit["geonameid"]:
                by_geonameid[int(unit["geonameid"])] = unit["code"]
    return codes, by_geonameid


def _by_country(holder: list[str]) -> dict[str, list[int]]:
    countries: dict[str, list[int]] = {}
    for row, iso2 in enumerate(holder):
        if iso2:
            countries.setdefault(iso2, []).append(row)
    return countries


@lru_cache(maxsize=512)
def _compact(shapes: Shapes, key: str) -> Mapping[str, Any]:
    outline = shapes.by_key(key)
    return compact(outline.geometry) if outline else {}
