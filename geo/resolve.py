"""The names of one report -> places, all at once: each name is read in the company of the others.

Method: candidates by name (geo/candidates.py), one sense a report (geo/grouping.py), conditional logit in passes
(geo/ranking.py). Descriptions ("eastern Ukraine") are drawn by geo/regions.py from their resolved anchors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, TypeGuard

import numpy as np
from numpy.typing import NDArray

from geo.candidates import Bearers, is_generic, sense_key
from geo.features import Floats, Group, ReportArrays
from geo.gazetteer import Gazetteer
from geo.grouping import group_queries
from geo.model import Place, PlaceQuery, Resolution
from geo.policy import Borders
from geo.ranking import Ranked, Weights, rank
from geo.records import OFFICIAL
from geo.regions import derive, partner
from geo.shapes import Shapes
from geo.views import View

SAME_KM: Final = 50.0
"""Candidates this near the chosen one (a city and its province) do not speak against it."""
RUNNERS_UP: Final = 5
_LEAST: Final = 0.01
"""Candidates less probable than this are not worth showing."""
_NOBODY: Final = 0.9
"""Probability of "none of these" from which a name stays without a place."""
_UNITS: Final = frozenset({"admin1", "admin2", "admin3"})
_BARE: Final = frozenset({"country", "region", "island", "city", "town", "village"})
"""Kinds that a bare name means rather than a unit of the same name in the same place."""
_WIDER: Final = frozenset({"region", "admin1", "country"})
"""Kinds that a name means rather than a town in the same place whose own name is longer."""
_TOO_UNSURE: Final = 0.15
"""Least confidence of a place that is shown: of those below it on gold toponyms fewer than one in ten was right."""
_GENERIC_UNSURE: Final = 0.5
"""The same for a generic word: "the West" is no province of Cameroon unless the report is about it."""
_RESPELT: Final = 0.8
"""How much of its confidence a place keeps whose name is only spelt like the one written."""
_IMPLIED_UNSURE, _TOWN_SURE, _IMPLIED_MOST = 0.6, 0.8, 0.6
"""Below which confidence an anchor that the words do not name gives way, to a town of which, and what it has then."""
_PART_RADIUS_KM: Final = 15.0
"""A thing that is only named after a town lies somewhere about it."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """The ranked places of a group, most probable first, in no view of borders yet."""

    places: tuple[Place, ...]
    none: float


class Resolver:
    """Resolves the place names of one report together. Immutable; safe to share between threads."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        *,
        borders: Borders = "un",
        weights: Weights | None = None,
        shapes: Shapes | None = None,
    ) -> None:
        """``borders`` decides the country of disputed places; ``weights`` and ``shapes`` default to those that ship."""
        self._gazetteer = gazetteer
        self._borders: Borders = borders
        self._weights = weights or Weights.load()
        self._given = shapes

    @cached_property
    def shapes(self) -> Shapes:
        """Shapes in this resolver's view of borders, opened when first needed."""
        return self._given or Shapes.open(borders=self._borders)

    @cached_property
    def _view(self) -> View:
        return View(self.shapes)

    def place(self, key: str) -> Place | None:
        """The place of a stable key as an answer has it: its country in this view of borders, its outline if an area.

        None when the gazetteer has none of that key; derived regions are in no gazetteer.
        """
        place = self._gazetteer.place(key)
        return replace(self._view.of(place), geometry=self._geometry(place)) if place else None

    def resolve(self, queries: Sequence[PlaceQuery]) -> tuple[Resolution, ...]:
        """One resolution a query, in the order of the queries; names without a place say why."""
        named, anchors = _with_anchors(queries)
        groups, of_query = group_queries(self._gazetteer, named)
        answers = self._answers(groups)
        found = [answers[group] if group is not None else None for group in of_query]
        company = [answer.places[0] for i in _in_text_order(queries) if (answer := found[i]) is not None]
        towns = [(query.start, answer) for query, answer in zip(queries, found, strict=False) if _is_sure_town(answer)]
        return tuple(
            self._described(query, _steadied(query, [found[i] for i in anchors[index]], towns), company)
            if query.relation
            else self._named(query, found[index])
            for index, query in enumerate(queries)
        )

    def _answers(self, groups: Sequence[Group]) -> list[_Answer]:
        if not groups:
            return []
        arrays = ReportArrays(self._gazetteer, groups)
        ranked = rank(arrays, self._weights)
        return [self._answer(arrays, ranked, index) for index in range(len(groups))]

    def _answer(self, arrays: ReportArrays, ranked: Ranked, index: int) -> _Answer:
        run = slice(int(arrays.starts[index]), int(arrays.starts[index + 1]))
        p = ranked.probability[run]
        near = arrays.km[run, run] <= np.maximum(SAME_KM, 0.5 * arrays.table["radius_km"][run][:, None].astype(float))
        best = _by_its_bare_name(self._gazetteer, arrays.groups[index], p, near)
        others = [int(i) for i in np.argsort(-p, kind="stable") if p[i] >= _LEAST and i != best]
        order = [best, *others[:RUNNERS_UP]]
        meant = near[best] | near[int(np.argmax(p))]
        sure = float(p[meant].sum())
        bearers = arrays.groups[index].bearers
        places = tuple(
            self._candidate(int(arrays.rows[run][i]), confidence=sure if i == best else float(p[i]), bearers=bearers)
            for i in order
        )
        return _Answer(places, float(ranked.none[index]))

    def _candidate(self, row: int, *, confidence: float, bearers: Bearers) -> Place:
        place = self._gazetteer.at(row)
        confidence = round(min(1.0, max(0.0, confidence)), 4)
        if bearers.respelt:
            return replace(place, confidence=round(confidence * _RESPELT, 4), found_by="similar spelling")
        if not bearers.part:
            return replace(place, confidence=confidence)
        radius = max(place.radius_km, _PART_RADIUS_KM)
        return replace(place, confidence=confidence, radius_km=radius, found_by="part of the name")

    def _named(self, query: PlaceQuery, answer: _Answer | None) -> Resolution:
        if answer is None:
            area = self.shapes.find(query.name)
            reason = "" if area else f"no gazetteer has {query.name!r}"
            return Resolution(query=query, place=self._view.of(area) if area else None, reason=reason)
        candidates = tuple(self._view.of(place) for place in answer.places)
        if answer.none >= _NOBODY:
            return Resolution(query, None, candidates, f"{query.name!r} is likely none of the places so called")
        if candidates[0].confidence < (_GENERIC_UNSURE if is_generic(query.name) else _TOO_UNSURE):
            return Resolution(
                query, None, candidates, f"which of the places called {query.name!r} is meant is too unsure"
            )
        return Resolution(query, replace(candidates[0], geometry=self._geometry(answer.places[0])), candidates[1:])

    def _geometry(self, place: Place) -> dict[str, object] | None:
        if place.precision in ("city", "point"):
            return None
        area = self.shapes.area(place)
        return dict(area) if area else None

    def _described(self, query: PlaceQuery, anchors: Sequence[_Answer | None], company: Sequence[Place]) -> Resolution:
        missing = next((name for name, a in zip(query.anchors, anchors, strict=True) if a is None), None)
        if missing is not None and query.relation != "bank":  # rivers are drawn by name, in the gazetteer or not
            return Resolution(query, None, (), f"no gazetteer has {missing!r}, which {query.phrase!r} is described by")
        places = [answer.places[0] for answer in anchors if answer is not None]
        region = derive(query, [*places, *self._partner(query, places, company)], self.shapes)
        if region is None:
            return Resolution(query, None, tuple(places), f"no {query.relation} can be drawn for {query.phrase!r}")
        return Resolution(query, self._view.of(region))

    def _partner(self, query: PlaceQuery, places: Sequence[Place], company: Sequence[Place]) -> tuple[Place, ...]:
        """The country across "the Russian border", by the report's other places; none if it is not clear."""
        if query.relation != "border" or query.direction or len(places) != 1:
            return ()
        code = partner(places[0], company, self.shapes)
        row = self._gazetteer.country_row(code) if code else None
        return (self._gazetteer.at(row),) if row is not None else ()


def _is_sure_town(answer: _Answer | None) -> TypeGuard[_Answer]:
    return answer is not None and answer.places[0].precision == "city" and answer.places[0].confidence >= _TOWN_SURE


def _steadied(
    query: PlaceQuery, anchors: Sequence[_Answer | None], towns: Sequence[tuple[int, _Answer]]
) -> Sequence[_Answer | None]:
    """The anchors; one that the words only imply ("Press Street" is somewhere about it) must not be a guess itself.

    Then the sure town that stands nearest in the report takes its place. ``towns`` are (offset, answer).
    """
    if query.relation != "area" or len(anchors) != 1 or anchors[0] is None or query.anchors[0] in query.phrase:
        return anchors
    if not towns or anchors[0].places[0].confidence >= _IMPLIED_UNSURE:
        return anchors
    _, nearest = min(towns, key=lambda town: abs(town[0] - query.start))
    place = replace(nearest.places[0], confidence=min(_IMPLIED_MOST, nearest.places[0].confidence))
    return [replace(nearest, places=(place, *nearest.places[1:]))]


def _by_its_bare_name(gazetteer: Gazetteer, group: Group, p: Floats, near: NDArray[np.bool_]) -> int:
    """The most probable candidate, unless another one with the same ground is what the bare name says.

    Which of them is meant makes hardly a difference to where it is. A unit gives way to its namesakes ("Sevastopol" is
    the city: who means the unit says "region", and only units are candidates then) and, when the name is a second name
    of it, to any town or region. A town with a longer name gives way to the region or country: "Gaza" is the
    Gaza Strip, "Mexico" is not Mexico City.
    """
    best = int(np.argmax(p))
    postings, key = group.bearers.postings, sense_key(group.name)
    is_unit = gazetteer.kind(postings[best].row) in _UNITS
    namesake = [sense_key(gazetteer.label(posting.row)) == key for posting in postings]
    if namesake[best] and not is_unit:
        return best
    allowed = _BARE if is_unit else _WIDER
    rivals = [
        i
        for i, posting in enumerate(postings)
        if p[i] >= _LEAST and gazetteer.kind(posting.row) in allowed
        and _share_ground(gazetteer, posting.row, postings[best].row, near[best, i])
        and (namesake[i] or (postings[best].rank != OFFICIAL if is_unit else posting.rank == OFFICIAL))
    ]  # fmt: skip
    return int(max(rivals, key=lambda i: (namesake[i], p[i]), default=best))


def _share_ground(gazetteer: Gazetteer, row: int, unit: int, near: np.bool_) -> bool:
    """True when a place lies in or about a unit, or is its country."""
    if gazetteer.country(row) != gazetteer.country(unit):
        return False
    inside = unit in (gazetteer.admin1_row(row), gazetteer.admin2_row(row))
    return bool(near) or inside or gazetteer.kind(row) == "country"


def _in_text_order(queries: Sequence[PlaceQuery]) -> list[int]:
    return sorted(range(len(queries)), key=lambda index: queries[index].start)


def _with_anchors(queries: Sequence[PlaceQuery]) -> tuple[list[PlaceQuery], dict[int, list[int]]]:
    """The queries with those of descriptions replaced by their anchors, and where each description's anchors stand.

    The anchors stand where the description stands, so that they are read in the same company.
    """
    named = list(queries)
    anchors: dict[int, list[int]] = {}
    for index, query in enumerate(queries):
        if query.relation is not None:
            own = [replace(query, name=name, relation=None, anchors=()) for name in query.anchors]
            anchors[index] = list(range(len(named), len(named) + len(own)))
            named += own
            named[index] = replace(query, name="", relation=None)
    return named, anchors
