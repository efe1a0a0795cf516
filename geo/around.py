"""Areas about points, in km of a plane whose origin is the point: sectors, rings, lenses."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
import shapely

HALF_ANGLE: Final = 35.0
"""Degrees to either side that "north of" leaves open."""
LOOSE: Final = 0.25
"""Part of a given distance by which a rounded figure may be off."""
_EVERY: Final = 5.0


def sector(bearing: float | None, inner: float, outer: float, half_angle: float = HALF_ANGLE) -> Any:
    """Ring sector about the origin between two radii in km; the whole ring when ``bearing`` (degrees) is None."""
    if bearing is None:
        disc = shapely.buffer(shapely.Point(0, 0), outer, quad_segs=18)
        return shapely.difference(disc, shapely.buffer(shapely.Point(0, 0), inner, quad_segs=18)) if inner > 0 else disc
    turns = math.ceil(2 * half_angle / _EVERY) + 1
    angle = np.radians(np.linspace(bearing - half_angle, bearing + half_angle, turns))
    rim = np.stack([np.sin(angle), np.cos(angle)], axis=1)
    near = rim[::-1] * inner if inner > 0 else np.zeros((1, 2))
    return shapely.polygons(np.vstack([rim * outer, near]))


def distance_ring(bearing: float | None, km: float, loose: float = LOOSE) -> Any:
    """Where "30 km north of here" may be: the distance within ``loose`` or 2 km, the bearing within HALF_ANGLE."""
    slack = max(2.0, km * loose)
    return sector(bearing, max(0.0, km - slack), km + slack)


def lens(ends: Any, share: float = 0.25, least_km: float = 5.0) -> Any:
    """Ellipse whose long axis joins two points (shape (2, 2), km), its half width a share of their distance."""
    (ax, ay), (bx, by) = ends
    half = math.hypot(bx - ax, by - ay) / 2
    turn = math.atan2(by - ay, bx - ax)
    t = np.linspace(0, 2 * math.pi, 48, endpoint=False)
    x, y = max(half, least_km) * np.cos(t), max(2 * half * share, least_km) * np.sin(t)
    c, s = math.cos(turn), math.sin(turn)
    return shapely.polygons(np.stack([(ax + bx) / 2 + c * x - s * y, (ay + by) / 2 + s * x + c * y], axis=1))
