"""Simulated reports for fitting: who stands beside whom in a local story, drawn from the gazetteer alone.

News corpora of one kind (wire stories, local papers) say little about another. A simulated report has a town, often its
county, state and country, towns about it, and a few names from far away; the ranker learns from them how much company
weighs, whichever corpus is held out. Nothing of a corpus goes in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from bench.geo_gold import GoldReport, GoldToponym
from geo.distance import km_matrix
from geo.gazetteer import Gazetteer
from geo.model import PlaceQuery
from geo.records import KINDS

_LOCAL_PRESS: Final = ("US", "GB", "CA", "AU", "IE", "NZ", "IN", "ZA")
"""Countries with an English local press: half of the simulated towns lie there."""
_ROUND_KM: Final = 80.0


class Simulator:
    """Draws reports; the same seed gives the same reports."""

    def __init__(self, gazetteer: Gazetteer, *, seed: int = 7) -> None:
        """Prepare the pools of towns and of far-away names."""
        self._gazetteer = gazetteer
        self._random = np.random.default_rng(seed)
        table = gazetteer.places
        kind, people = np.array(table["kind"]), np.array(table["population"], dtype=np.float64)
        self._towns = np.flatnonzero(
            np.isin(kind, [KINDS.index(k) for k in ("city", "town", "village")]) & (people > 500)
        )
        countries = np.array([gazetteer.country(int(r)) in _LOCAL_PRESS for r in self._towns])
        weight = people[self._towns] ** 0.35
        weight[countries] *= weight[~countries].sum() / weight[countries].sum()
        self._town_weight = weight / weight.sum()
        far = np.flatnonzero(
            np.isin(kind, [KINDS.index(k) for k in ("country", "admin1", "city")]) & (people > 200_000)
        )
        self._far = far
        self._far_weight = people[far] ** 0.5 / (people[far] ** 0.5).sum()
        self._lat, self._lon = np.array(table["lat"], dtype=np.float64), np.array(table["lon"], dtype=np.float64)
        self._people = people

    def reports(self, count: int) -> Iterator[GoldReport]:
        """Draw ``count`` reports."""
        for number in range(count):
            yield GoldReport("simulated", str(number), tuple(self._toponyms()))

    def _toponyms(self) -> Iterator[GoldToponym]:
        centre = int(self._random.choice(self._towns, p=self._town_weight))
        rows = [centre] * int(self._random.integers(1, 5)) + self._company(centre)
        self._random.shuffle(rows)
        at = 0
        for row in rows:
            yield self._toponym(row, at)
            at += len(self._gazetteer.label(row)) + int(self._random.integers(20, 400))
            unit = self._gazetteer.admin1_row(row)
            if unit is not None and unit != row and self._random.random() < 0.12:  # "Town, State"
                last = at = at + 2
                yield self._toponym(unit, last)
                at += len(self._gazetteer.label(unit)) + 40

    def _company(self, centre: int) -> list[int]:
        gazetteer, random = self._gazetteer, self._random
        country = gazetteer.country_row(gazetteer.country(centre) or "")
        units = (gazetteer.admin2_row(centre), gazetteer.admin1_row(centre), country)
        found = [
            u for u, share in zip(units, (0.5, 0.4, 0.3), strict=True) if u is not None and random.random() < share
        ]
        found = [u for u in found if not self._is_city_too(u)]
        km = km_matrix(self._lat[[centre]], self._lon[[centre]], self._lat[self._towns], self._lon[self._towns])[0]
        near = self._towns[(km < _ROUND_KM) & (km > 1)]
        if len(near):
            weight = self._people[near] ** 0.5
            found += random.choice(near, size=int(random.integers(0, 4)), p=weight / weight.sum()).tolist()
        far = random.choice(self._far, size=int(random.integers(0, 3)), p=self._far_weight).tolist()
        return found + [row for row in far if not self._is_city_too(row)]

    def _is_city_too(self, row: int) -> bool:
        """True for units whose name alone means a city as often ("New York"): what is meant cannot be simulated."""
        kinds = [self._gazetteer.kind(p.row) for p in self._gazetteer.postings(self._gazetteer.label(row))[:4]]
        return self._gazetteer.kind(row) in ("admin1", "admin2") and "city" in kinds

    def _toponym(self, row: int, at: int) -> GoldToponym:
        name = self._gazetteer.label(row)
        place = self._gazetteer.at(row)
        return GoldToponym(PlaceQuery(name, name, at), place.lat, place.lon, place.geonameid or 0, True)
