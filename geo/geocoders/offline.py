"""A geocoder behind geopy's interface that answers from the gazetteer that ships, and cannot reach the network.

Data: see assets/SOURCES.toml (GeoNames, CC BY 4.0, and others). No terms of use beyond attribution, no rate limit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NoReturn

import numpy as np
from geopy.adapters import BaseSyncAdapter
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from errors import ClaimAtlasError
from geo.distance import km_matrix
from geo.gazetteer import Gazetteer
from geo.geocoders.asking import MOST, Found, checked_name, checked_point, one_or_all
from geo.model import Place, PlaceQuery
from geo.records import KINDS
from geo.resolve import Resolver

NEAREST_KM: Final = 100.0
"""``reverse`` finds nothing where no place is this near."""
_PLACES: Final = ("city", "town", "village", "facility")


class NetworkForbiddenError(ClaimAtlasError, RuntimeError):
    """The offline geocoder was asked to reach the network."""


class NoNetwork(BaseSyncAdapter):  # type: ignore[misc]
    """An adapter of geopy that refuses every request."""

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> NoReturn:
        """Raise NetworkForbiddenError."""
        raise NetworkForbiddenError(
            "the offline geocoder makes no requests ({url}, {timeout}, {headers})",
            url=url,
            timeout=timeout,
            headers=sorted(headers),
        )

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> NoReturn:
        """Raise NetworkForbiddenError."""
        self.get_json(url, timeout=timeout, headers=headers)


class OfflineGeocoder(Geocoder):  # type: ignore[misc]
    """Place names to points and back, as geopy's geocoders do it, from files alone.

    ``Location.raw`` holds ``key``, ``name``, ``precision``, ``radius_km``, ``country`` (ISO 3166-1), ``admin1``,
    ``geonameid``, ``population``, ``confidence``, ``source`` and ``attribution``; ``reverse`` adds ``km``.
    """

    def __init__(self, *, resolver: Resolver | None = None, gazetteer: Gazetteer | None = None) -> None:
        """``resolver`` and ``gazetteer`` default to those that ship."""
        super().__init__(adapter_factory=NoNetwork)
        self._gazetteer = gazetteer or Gazetteer.open()
        self._resolver = resolver or Resolver(self._gazetteer)

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL, limit: int = MOST
    ) -> Found:
        """The place called ``query`` ("Homs", "Paris, Texas"), or with ``exactly_one=False`` up to ``limit`` of them.

        None when no place is so called. ``timeout`` is there for geopy's interface: nothing is waited for. Raises
        QueryError for anything but a text with letters in it.
        """
        del timeout
        name = checked_name(query)
        answer = self._resolver.resolve([PlaceQuery(name, name)])[0]
        places = [p for p in (answer.place, *answer.candidates) if p is not None]
        return one_or_all([self._location(place) for place in places[:limit]], exactly_one=exactly_one)

    def reverse(
        self, query: Any, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL, limit: int = MOST
    ) -> Found:
        """The populated place or facility nearest to a point (anything that geopy's Point takes, latitude first).

        None when there is none within 100 km. Raises QueryError when ``query`` is no point.
        """
        del timeout
        point = checked_point(query)
        table = self._gazetteer.places
        near = np.flatnonzero(
            (np.abs(table["lat"] - point.latitude) < NEAREST_KM / 111) & np.isin(table["kind"], _KINDS)
        )
        lat, lon = table["lat"][near].astype(np.float64), table["lon"][near].astype(np.float64)
        km = km_matrix(np.array([point.latitude]), np.array([point.longitude]), lat, lon)[0]
        order = [int(i) for i in np.argsort(km, kind="stable")[:limit] if km[i] <= NEAREST_KM]
        found = [self._location(self._gazetteer.at(int(near[i])), km=round(float(km[i]), 2)) for i in order]
        return one_or_all(found, exactly_one=exactly_one)

    def _location(self, place: Place, **more: float) -> Location:
        country = self._gazetteer.country_name(place.country) if place.country else None
        address = ", ".join(dict.fromkeys(part for part in (place.name, place.admin1, country) if part))
        raw = {
            "key": place.key, "name": place.name, "precision": place.precision, "radius_km": place.radius_km,
            "country": place.country, "admin1": place.admin1, "geonameid": place.geonameid,
            "population": place.population, "confidence": place.confidence, "source": place.source,
            "attribution": "GeoNames (CC BY 4.0) and others, see assets/SOURCES.toml", **more,
        }  # fmt: skip
        return Location(address, Point(place.lat, place.lon), raw)


_KINDS: Final = [KINDS.index(kind) for kind in KINDS if kind in _PLACES]
