"""Places that a name may mean -> a numbered mark each. Imports no streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

import folium

from dashboard import wording
from dashboard.framing import around, position, view_of
from dashboard.language import later, t
from dashboard.map import JsonDict, Marks, clipped, packed
from dashboard.map_texts import texts
from dashboard.sides import COLOURS, GREY
from store.records import PlaceRow

_TITLE: Final = later("Map of the places that the name may mean, as listed beside it.")
_RADIUS: Final = 11.0
_FIRST: Final = COLOURS[0]


class Candidate(Protocol):
    """What the map shows of a place that a name may mean."""

    @property
    def name(self) -> str:
        """Name with what it lies in."""

    @property
    def row(self) -> PlaceRow:
        """Where it is."""


def candidates_group(candidates: Sequence[Candidate], call: int) -> folium.FeatureGroup:
    """One feature group with a numbered mark a candidate; the map looks at all of them once for each ``call``."""
    places = [candidate.row for candidate in candidates]
    rows = [_candidate(number, candidate) for number, candidate in enumerate(candidates, 1)]
    payload = {
        **packed(rows),
        "home": around(places),
        "texts": texts(t(_TITLE)),
    }
    if places:
        payload["focus"] = {"call": call, **view_of(places)}
    group = folium.FeatureGroup(name="candidates")
    group.add_child(Marks(payload))
    return group


def _candidate(number: int, candidate: Candidate) -> JsonDict:
    place = candidate.row
    return {
        "key": f"{number}",
        "name": clipped(candidate.name),
        "n": number,
        "at": position(place),
        "radius": _RADIUS + number / 100,  # of discs the smaller lie on top, so the first does
        "badge": "disc",
        "sides": [[_FIRST if number == 1 else GREY, 1]],
        "words": t("candidate {n}, {precision}", n=number, precision=wording.precision(place.precision)),
    }
