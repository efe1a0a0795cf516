"""An area of the map: its outline and the units it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_AROUND, _NEAR_POLE = 359.0, 85.0
"""Degrees of longitude and latitude beyond which an outline runs around a pole."""


@dataclass(frozen=True, slots=True)
class Outline:
    """An area: its geometry in degrees and the rows of the units it consists of (empty for outlines by hand)."""

    key: str
    geometry: Any
    units: frozenset[int] = frozenset()

    @property
    def polar(self) -> bool:
        """True when the outline runs around a pole: no plane of kilometres holds it, and nothing is derived from it."""
        west, south, east, north = self.geometry.bounds
        return bool(east - west > _AROUND and max(-south, north) > _NEAR_POLE)

    @property
    def exact(self) -> bool:
        """True when the outline is made of whole units, so that it shares borders with others."""
        return bool(self.units)
