"""Names of one report -> places. Simple prior for now: the most prominent bearer of the name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from geo.gazetteer import Gazetteer
from geo.model import PlaceQuery, Resolution

Borders = Literal["un", "de_facto"]


class Resolver:
    """Resolves the place names of one report together."""

    def __init__(self, gazetteer: Gazetteer, *, borders: Borders = "un") -> None:
        """``borders`` says which view of disputed places decides their country."""
        self._gazetteer = gazetteer
        self._borders = borders

    def resolve(self, queries: Sequence[PlaceQuery]) -> tuple[Resolution, ...]:
        """One resolution a query, in the order of the queries."""
        return tuple(self._one(query) for query in queries)

    def _one(self, query: PlaceQuery) -> Resolution:
        found = self._gazetteer.lookup(query.name)
        if not found:
            return Resolution(query=query, place=None, reason=f"no gazetteer has {query.name!r}")
        return Resolution(query=query, place=replace(found[0], confidence=0.5), candidates=found[1:6])
