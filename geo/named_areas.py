"""Areas that reports name and no gazetteer outlines: Donbas, the Sahel, the Golan Heights (``named_areas.tsv``)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely

from geo.geojson import polygons
from geo.model import Place, Precision
from geo.names import fold, slug
from geo.plane import Plane
from geo.records import SourceError
from geo.tables import rows, several

_CORNERS: Final = 48


@dataclass(frozen=True, slots=True)
class NamedArea:
    """A row of the table; ``parts`` are countries, codes, units or ``ellipse:…``, ``country`` None when several."""

    name: str
    aliases: tuple[str, ...]
    parts: tuple[str, ...]
    country: str | None
    precision: Precision
    note: str

    @property
    def slug(self) -> str:
        """The name as a key: ``nagorno-karabakh``."""
        return slug(self.name)


class NamedAreas:
    """The table, asked by any of an area's names."""

    def __init__(self, areas: tuple[NamedArea, ...]) -> None:
        """Index ``areas`` by folded name; the first of two areas that share an alias has it."""
        self.areas = areas
        self._slugs = {area.slug: area for area in areas}
        self._names: dict[str, NamedArea] = {fold(area.name): area for area in reversed(areas)}
        for area in areas:
            for alias in area.aliases:
                self._names.setdefault(fold(alias), area)

    @classmethod
    def read(cls, path: Path) -> NamedAreas:
        """Read ``named_areas.tsv``; SourceError names the row that cannot be used."""
        return cls(
            tuple(_area(path, line, row) for line, row in rows(path, ("name", "aliases", "parts", "country", "kind")))
        )

    def find(self, name: str, *, country: str | None = None) -> NamedArea | None:
        """The area called ``name``; one of another country than ``country`` does not count, where both are known."""
        area = self._names.get(fold(name))
        if area and country and area.country and area.country != country:
            return None
        return area

    def by_slug(self, key: str) -> NamedArea | None:
        """The area of a key, None when there is none."""
        return self._slugs.get(key)


def _area(path: Path, line: int, row: Mapping[str, str]) -> NamedArea:
    precision: Precision
    if row["kind"] == "region":
        precision = "region"
    elif row["kind"] == "vague":
        precision = "vague"
    else:
        raise SourceError(
            "{path}:{line}: kind is {kind}; use region or vague", path=path, line=str(line), kind=repr(row["kind"])
        )
    if not row["parts"]:
        raise SourceError("{path}:{line}: {area} has no parts", path=path, line=str(line), area=row["name"])
    parts, aliases = several(row["parts"]), several(row["aliases"])
    return NamedArea(row["name"], aliases, parts, row["country"] or None, precision, row.get("note", ""))


def ellipse(part: str) -> Any:
    """``ellipse:lon,lat,a,b[,turn]`` -> polygon in degrees: half axes in km east-west and north-south, turned."""
    lon, lat, a, b, *turn = (float(value) for value in part.removeprefix("ellipse:").split(","))
    t = np.linspace(0, 2 * math.pi, _CORNERS, endpoint=False)
    c, s = math.cos(math.radians(turn[0] if turn else 0)), math.sin(math.radians(turn[0] if turn else 0))
    x, y = a * np.cos(t), b * np.sin(t)
    return Plane(lon, lat).unproject(shapely.polygons(np.stack([c * x - s * y, s * x + c * y], axis=1)))


def place_of(area: NamedArea, geometry: Any, outline: Mapping[str, Any]) -> Place:
    """The area as a place with its outline; the point lies inside, the radius reaches its farthest corner."""
    plane = Plane.about(geometry)
    lat, lon, radius = inside(plane.project(geometry), plane)
    made = "drawn by hand" if any(part.startswith("ellipse:") for part in area.parts) else "made of whole units"
    note = f": {area.note}" if area.note else ""
    return Place(
        key=f"tbl:{area.slug}", name=area.name, lat=lat, lon=lon, precision=area.precision, radius_km=radius,
        country=area.country, geometry=outline, found_by="table", source=f"named areas, {made}, Natural Earth{note}",
    )  # fmt: skip


def inside(shape_km: Any, plane: Plane) -> tuple[float, float, float]:
    """(lat, lon, radius in km) of a point inside a shape, its centre of gravity where that lies inside."""
    largest = max(shapely.get_parts(polygons(shape_km)), key=lambda part: part.area)
    point = shape_km.centroid if shape_km.contains(shape_km.centroid) else largest.point_on_surface()
    corners = shapely.get_coordinates(shape_km) - np.array([[point.x, point.y]])
    lon, lat = plane.backward(np.array([[point.x, point.y]]))[0]
    radius = float(np.hypot(corners[:, 0], corners[:, 1]).max())
    return round(float(lat), 4), round((float(lon) + 180) % 360 - 180, 4), round(radius, 1)
