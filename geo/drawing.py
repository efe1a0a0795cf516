"""What the rules for derived regions share: the question with its anchors, and the region as it is drawn."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from geo.directions import BEARING
from geo.model import Place, PlaceQuery, Precision
from geo.outline import Outline
from geo.overrides import Override
from geo.plane import Plane
from geo.shapes import Shapes

_OUTWARD = re.compile(r"\b(?:just |due )?(?:north|south|east|west)[\w-]* of\b", re.IGNORECASE)
_THE = re.compile(
    r"\b(?:the|its|their|in|part|parts|outskirts|suburbs) (?:far |deep )?(?:north|south|east|west)[\w-]* of\b",
    re.IGNORECASE,
)
_OFFSHORE = re.compile(r"\boff\b|\bcoasts? of\b|waters|\bsea\b|offshore|shipping|maritime", re.IGNORECASE)
FARTHEST_KM: Final = 1500.0
"""Nothing farther is near: "between Washington and Beijing" is no place."""
_SIDE = re.compile(r"\b(left|right)\b", re.IGNORECASE)
_UNIT = re.compile(r"\b(?:region|oblast|province|governorate|district|state|prefecture|department)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A region: its bands from the surest outward as (share, shape in km of ``plane``), and how it came about.

    ``main`` is the row of the band that the place has for its geometry. ``point`` (km) is the place's own point; None
    lets the shape choose. ``rule`` completes the sentence "<phrase>: …".
    """

    plane: Plane
    bands: tuple[tuple[float, Any], ...]
    main: int
    name: str
    rule: str
    precision: Precision
    point: Any = None

    @property
    def shape(self) -> Any:
        """The band that is the region, in km."""
        return self.bands[self.main][1]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A resolved place that a region is built from, with its outline if it is an area of the map."""

    place: Place
    outline: Outline | None

    @property
    def key(self) -> str:
        """``UA`` for countries, the outline's key for other areas, the place's own key for points."""
        return self.outline.key if self.outline else self.place.key

    @property
    def plane(self) -> Plane:
        """A plane about the place's point."""
        return Plane(self.place.lon, self.place.lat)


@dataclass(frozen=True, slots=True)
class Case:
    """A question with all that the rules need: ``direction`` is a key of ADJECTIVE or None."""

    query: PlaceQuery
    anchors: tuple[Anchor, ...]
    direction: str | None
    shapes: Shapes
    overrides: Mapping[tuple[str, str], Override]

    @property
    def first(self) -> Anchor:
        """The place described."""
        return self.anchors[0]

    @property
    def compass(self) -> str | None:
        """The direction where it is one of the compass; None without one and for "central"."""
        return self.direction if self.direction in BEARING else None

    def reach_km(self, default: float) -> float:
        """The distance of the phrase, where it is one that a region can have; ``default`` otherwise."""
        km = self.query.km
        return km if km is not None and 0 < km <= FARTHEST_KM else default

    @property
    def towards(self) -> bool:
        """True for a distance without a figure: "west of Kherson"."""
        return self.query.relation == "distance" and self.query.km is None and self.compass is not None

    @property
    def flavour(self) -> str:
        """What the phrase adds to relation and direction; part of the region's key."""
        phrase = self.query.phrase
        if self.towards or (self.query.relation == "direction" and self.first.outline is None and outward(phrase)):
            return "outward"
        if self.query.relation == "coast" and not _OFFSHORE.search(phrase):
            return "strip"
        if self.query.relation == "distance" and "border" in phrase.casefold():
            return "border"
        if self.query.relation == "bank":
            said = _SIDE.search(phrase)
            return said.group(1).casefold() if said else ""
        return "unit" if self.query.relation == "area" and says_unit(phrase) else ""


def says_unit(phrase: str) -> bool:
    """True for "the Kharkiv region" and "northern Aleppo province", which mean the unit about the town."""
    return bool(_UNIT.search(phrase))


def outward(phrase: str) -> bool:
    """True for "south of the town", False for "the south of the town" and "southern Aleppo"."""
    return bool(_OUTWARD.search(phrase)) and not _THE.search(phrase)
