"""Great-circle distances on a sphere of the Earth's mean radius; good to half a per cent, which names are not."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

EARTH_DIAMETER_KM: Final = 12742.0


def km_between(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Kilometres between two WGS84 points."""
    p1, p2 = math.radians(lat1), math.radians(lat2)
    half = math.sin((p2 - p1) / 2) ** 2 + math.cos(p1) * math.cos(p2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return EARTH_DIAMETER_KM * math.asin(min(1.0, math.sqrt(half)))


def km_matrix(
    lat1: NDArray[np.float64], lon1: NDArray[np.float64], lat2: NDArray[np.float64], lon2: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Kilometres from every point of the first pair of arrays (rows) to every one of the second (columns)."""
    p1, p2 = np.radians(lat1)[:, None], np.radians(lat2)[None, :]
    turn = np.radians(lon2)[None, :] - np.radians(lon1)[:, None]
    half = np.sin((p2 - p1) / 2) ** 2 + np.cos(p1) * np.cos(p2) * np.sin(turn / 2) ** 2
    km: NDArray[np.float64] = EARTH_DIAMETER_KM * np.arcsin(np.minimum(1.0, np.sqrt(half)))
    return km
