"""From degrees to a plane in kilometres and back: equal-area, about a centre of one's own, safe at the antimeridian.

Lambert's azimuthal equal-area projection on the sphere (Snyder 1987, Map Projections: A Working Manual, pp. 182-190),
so that "a third of the area" and "50 km" can be measured where they are meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from shapely import affinity

EARTH_KM: Final = 6371.0088
"""Mean radius of the Earth in km (IUGG)."""
_HALF_TURN: Final = 180.0
_FAR: Final = 1.999
"""Distance from the centre in Earth radii at which the projection ends (2 is the antipode)."""


@dataclass(frozen=True, slots=True)
class Plane:
    """Plane in km that touches the sphere at (lon0, lat0), degrees; x points east, y north."""

    lon0: float
    lat0: float

    @classmethod
    def about(cls, geometry: Any) -> Plane:
        """Plane about the middle of a geometry in degrees, the short way round the antimeridian."""
        whole = unwrap(geometry, middle_longitude(geometry))
        centre = whole.centroid if not whole.is_empty else whole
        return cls((centre.x + _HALF_TURN) % 360 - _HALF_TURN, centre.y)

    def project(self, geometry: Any) -> Any:
        """Geometry in degrees -> geometry in km; the seam at 180 degrees is closed."""
        whole = unwrap(geometry, self.lon0)
        seamed = not geometry.is_empty and geometry.bounds[2] - geometry.bounds[0] > _HALF_TURN
        if seamed and geometry.geom_type.endswith("Polygon"):
            whole = shapely.union_all([shapely.make_valid(part) for part in shapely.get_parts(whole)])
        return shapely.transform(whole, self.forward)

    def unproject(self, geometry: Any) -> Any:
        """Geometry in km -> geometry in degrees, cut at 180 degrees where it crosses."""
        return cut_at_antimeridian(shapely.transform(geometry, self.backward))

    def forward(self, lonlat: Any) -> Any:
        """Degrees, shape (n, 2), longitude first -> km."""
        lam = np.radians((lonlat[:, 0] - self.lon0 + _HALF_TURN) % 360 - _HALF_TURN)
        phi, phi0 = np.radians(lonlat[:, 1]), np.radians(self.lat0)
        cosine = np.sin(phi0) * np.sin(phi) + np.cos(phi0) * np.cos(phi) * np.cos(lam)
        scale = EARTH_KM * np.sqrt(2 / np.maximum(1 + cosine, 1e-9))
        x = scale * np.cos(phi) * np.sin(lam)
        y = scale * (np.cos(phi0) * np.sin(phi) - np.sin(phi0) * np.cos(phi) * np.cos(lam))
        return np.stack([x, y], axis=1)

    def backward(self, xy: Any) -> Any:
        """km, shape (n, 2) -> degrees, longitude first and continuous about ``lon0`` (it may pass 180)."""
        rho = np.hypot(xy[:, 0], xy[:, 1]) / EARTH_KM
        x, y = xy[:, 0] / EARTH_KM, xy[:, 1] / EARTH_KM
        angle, phi0 = 2 * np.arcsin(np.clip(rho / 2, 0, _FAR / 2)), np.radians(self.lat0)
        ratio = np.where(rho > 0, y / np.maximum(rho, 1e-12), 0)
        phi = np.arcsin(np.clip(np.cos(angle) * np.sin(phi0) + ratio * np.sin(angle) * np.cos(phi0), -1, 1))
        lam = np.arctan2(x * np.sin(angle), rho * np.cos(phi0) * np.cos(angle) - y * np.sin(phi0) * np.sin(angle))
        return np.stack([self.lon0 + np.degrees(lam), np.degrees(phi)], axis=1)


def middle_longitude(geometry: Any) -> float:
    """The longitude opposite the widest gap between the corners, so that the geometry is whole about it."""
    if geometry.is_empty:
        return 0.0
    lon = np.sort(shapely.get_coordinates(geometry)[:, 0])
    if lon[-1] - lon[0] <= _HALF_TURN:
        return float(lon[0] + lon[-1]) / 2
    gaps = np.diff(lon, append=lon[0] + 360)
    widest = int(np.argmax(gaps))
    return float((lon[widest] + gaps[widest] / 2 + 360) % 360 - _HALF_TURN)


def unwrap(geometry: Any, lon0: float) -> Any:
    """Longitudes within half a turn of ``lon0``, so that they are continuous there."""
    if abs(lon0) < 1e-9:
        return geometry
    west = lon0 - _HALF_TURN

    def turn(xy: Any) -> Any:
        lon = xy[:, 0]
        return np.stack(
            [np.where(lon < west - 1e-9, lon + 360, np.where(lon > west + 360 + 1e-9, lon - 360, lon)), xy[:, 1]],
            axis=1,
        )

    return shapely.transform(geometry, turn)


def cut_at_antimeridian(geometry: Any) -> Any:
    """A geometry with continuous longitudes as one whose parts all lie within -180..180."""
    if geometry.is_empty or (geometry.bounds[0] >= -_HALF_TURN and geometry.bounds[2] <= _HALF_TURN):
        return geometry
    parts = shapely.get_parts(geometry)
    bounds = shapely.bounds(parts)
    inside = (bounds[:, 0] >= -_HALF_TURN) & (bounds[:, 2] <= _HALF_TURN)
    cut = [piece for part in parts[~inside] for piece in _pieces(part)]
    return shapely.union_all([*parts[inside], *cut])


def _pieces(part: Any) -> list[Any]:
    """What one crossing part has within -180..180, turned by whole turns."""
    valid = shapely.make_valid(part) if part.geom_type == "Polygon" else part
    world = shapely.box(-_HALF_TURN, -90, _HALF_TURN, 90)
    found = [shapely.intersection(affinity.translate(valid, 360 * turn), world) for turn in (-1, 0, 1)]
    return [piece for piece in found if not piece.is_empty]
