"""Places that a name may mean -> a numbered mark each, and the area of those that have one. Imports no streamlit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

import folium

from dashboard import wording
from dashboard.framing import around, position, view_of_first, whole_first
from dashboard.language import later, t
from dashboard.map import JsonDict, Marks, area_of, clipped, derivation, is_derived, is_point, packed
from dashboard.map_texts import texts
from dashboard.sides import COLOURS, GREY
from store.records import PlaceRow

_TITLE: Final = later("Map of the places that the name may mean, as listed beside it.")
_RADIUS: Final = 11.0
_FIRST: Final = COLOURS[0]
FARTHEST: Final = 1
"""Zoom at which the widest country fits into a small map, on a phone too."""


class Candidate(Protocol):
    """What the map shows of a place that a name may mean."""

    @property
    def name(self) -> str:
        """Name with what it lies in."""

    @property
    def precision(self) -> str:
        """How exactly it is known."""

    @property
    def row(self) -> PlaceRow:
        """Where it is."""


def candidates_group(
    candidates: Sequence[Candidate], call: int, bands: Mapping[str, Sequence[Mapping[str, Any]]] | None = None
) -> folium.FeatureGroup:
    """One feature group with a numbered mark a candidate, and its area; the map looks at them once for each ``call``.

    :param bands: as in :func:`dashboard.map.marks_group`.
    """
    numbered = sorted(enumerate(candidates, 1), key=lambda each: -each[1].row.radius_km)  # the widest lie below
    rows = [_candidate(number, candidate, bands or {}) for number, candidate in numbered]
    payload: JsonDict = {**packed(rows), "numbered": 1, "home": None, "texts": texts(t(_TITLE))}
    if candidates:
        places = whole_first([candidate.row for candidate in candidates])
        payload |= {"home": around(places), "focus": {"call": call, **view_of_first(places)}}
    group = folium.FeatureGroup(name="candidates")
    group.add_child(Marks(payload))
    return group


def _candidate(number: int, candidate: Candidate, bands: Mapping[str, Sequence[Mapping[str, Any]]]) -> JsonDict:
    place = candidate.row
    area = area_of(place, bands.get(place.key, ()))
    badge = "disc" if area or is_point(place) else "label"
    found: JsonDict = {
        "key": f"{number}",
        "name": clipped(candidate.name if badge == "disc" else candidate.name.partition(",")[0]),
        "n": number,
        "at": position(place),
        "radius": _RADIUS + number / 100,  # of discs the smaller lie on top, so the first does
        "badge": badge,
        "sides": [[_FIRST if number == 1 else GREY, 1]],
        "words": t("candidate {n}, {precision}", n=number, precision=wording.precision(candidate.precision)),
        **area,
        "vast": 0,  # of so few even the widest can be outlined
    }
    if is_derived(place):
        found["derived"] = derivation(place)
    return found
