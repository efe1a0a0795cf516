"""Where a name may be: candidates of the gazetteer that ships, and of servers that the reader allows to be asked.

A server that could not be asked is told apart from one that knows no such place. Imports no streamlit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from geopy.location import Location

from dashboard.language import later, t, told
from errors import ClaimAtlasError
from geo.gazetteer import Gazetteer
from geo.geocoders import GEOCODERS
from geo.geocoders.asking import OutageError, QueryError, as_list
from geo.geocoders.cache import CACHED_ON
from geo.geocoders.offline import OfflineGeocoder
from geo.geocoders.online import Access
from geo.model import WHERE_PREC, Place
from geo.names import MAX_NAME
from geo.policy import Borders
from geo.resolve import Resolver
from store.records import PlaceRow

Geocoders = Mapping[str, Callable[[Access], Any]]
MOST: Final = 10
"""Candidates that one source may give."""
USER_AGENT: Final = "claim-atlas/0.1 (look-up of a place by hand)"
TIMEOUT_S: Final = 8.0


@dataclass(frozen=True, slots=True)
class Service:
    """A server that can be asked: name in the table of geocoders, name in words, address, and who runs it."""

    name: str
    title: str
    host: str
    operator: str


SERVICES: Final = (
    Service("nominatim", "Nominatim", "nominatim.openstreetmap.org", later("the OpenStreetMap Foundation")),
    Service("photon", "Photon", "photon.komoot.io", "komoot GmbH"),
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean. WGS84 degrees; ``confidence`` 0..1, None where the source gives none."""

    name: str
    lat: float
    lon: float
    precision: str
    country: str
    source: str
    confidence: float | None = None
    key: str = ""
    radius_km: float = 0.0
    geometry: Mapping[str, Any] | None = None
    derived_from: str | None = None

    @property
    def row(self) -> PlaceRow:
        """The candidate as the map looks at places: a server's own word for what it is tells an area from a point."""
        known = self.precision in WHERE_PREC
        precision = self.precision if known else "region" if self.precision in _AREAS else "point"
        return PlaceRow(
            self.key or self.name, self.name, self.lat, self.lon, precision, self.radius_km,
            geometry=self.geometry, derived_from=self.derived_from,
        )  # fmt: skip


_AREAS: Final = frozenset({
    "administrative", "archipelago", "bay", "borough", "continent", "county", "desert", "district", "island", "islet",
    "municipality", "mountain_range", "ocean", "peninsula", "political", "province", "state", "state_district",
    "strait", "subdistrict",
})  # fmt: skip
"""What OpenStreetMap calls things that have an extent of more than a town, of which servers send no outline here."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one source said: its candidates, none when it knows no such place, or why it could not be asked."""

    source: str
    candidates: tuple[Candidate, ...] = ()
    problem: str = ""


class Offline:
    """Answers from the files that ship."""

    def __init__(self, gazetteer: Gazetteer, borders: Borders) -> None:
        self._gazetteer = gazetteer
        self._resolver = Resolver(gazetteer, borders=borders)
        self._geocoder = OfflineGeocoder(gazetteer=gazetteer, resolver=self._resolver)

    def answer(self, query: str) -> Answer:
        """Candidates with their confidence, then namesakes that were not weighed. Nothing leaves the machine."""
        try:
            found = as_list(self._geocoder.geocode(query, exactly_one=False, limit=MOST))
        except QueryError as error:
            return Answer("offline", problem=told(error))
        weighed = [self._weighed(location) for location in found]
        known = {candidate.key for candidate in weighed}
        others = [place for place in self._gazetteer.lookup(query) if place.key not in known]
        return Answer("offline", (*weighed, *map(self._namesake, others[: MOST - len(weighed)])))

    def _weighed(self, location: Location) -> Candidate:
        raw, area = location.raw, self._area(self._gazetteer.place(location.raw["key"]))
        return Candidate(
            location.address, location.latitude, location.longitude, raw["precision"], self._country(raw["country"]),
            raw["source"], raw["confidence"], raw["key"], raw["radius_km"], area,
        )  # fmt: skip

    def _namesake(self, place: Place) -> Candidate:
        country = self._country(place.country)
        address = ", ".join(dict.fromkeys(part for part in (place.name, place.admin1, country) if part))
        return Candidate(
            address, place.lat, place.lon, place.precision, country, place.source, None, place.key, place.radius_km,
            self._area(place),
        )  # fmt: skip

    def _area(self, place: Place | None) -> Mapping[str, Any] | None:
        """The very outline that is kept with the shapes, not a copy: what is drawn of it is known by its identity."""
        return self._resolver.shapes.area(place) if place else None

    def _country(self, code: str | None) -> str:
        return (self._gazetteer.country_name(code) or code) if code else ""


def ask(
    query: str,
    services: Sequence[Service],
    cache: Path,
    *,
    geocoders: Mapping[str, Callable[[Access], Any]] = GEOCODERS,
) -> list[Answer]:
    """Ask these servers. Only to be called for those that the reader has allowed, when he asks for it."""
    access = Access(online=True, user_agent=USER_AGENT, cache=cache, timeout_s=TIMEOUT_S)
    return [_answer(service, query, access, geocoders[service.name]) for service in services]


def _answer(service: Service, query: str, access: Access, make: Callable[[Access], Any]) -> Answer:
    try:
        found = as_list(make(access).geocode(query, exactly_one=False, limit=MOST))
    except OutageError as error:
        problem = t("could not ask {service}: {problem}", service=service.title, problem=told(error))
        return Answer(service.title, problem=problem)
    except ClaimAtlasError as error:
        return Answer(service.title, problem=told(error))
    return Answer(service.title, tuple(_online(location, service) for location in found))


def _online(location: Location, service: Service) -> Candidate:
    raw: Mapping[str, Any] = location.raw if isinstance(location.raw, dict) else {}
    source = service.title
    if raw.get(CACHED_ON):
        source = t("{service}, kept since {day}", service=source, day=str(raw[CACHED_ON]))
    kind = _kind(raw)
    return Candidate(str(location.address), location.latitude, location.longitude, kind, _country(raw), source)


def _properties(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """Photon's record is a GeoJSON feature, Nominatim's a flat one."""
    inner = raw.get("properties")
    return inner if isinstance(inner, dict) else raw


def _kind(raw: Mapping[str, Any]) -> str:
    given = _properties(raw)
    return next((str(given[name]) for name in ("addresstype", "type", "osm_value") if given.get(name)), "place")


def _country(raw: Mapping[str, Any]) -> str:
    given = _properties(raw)
    if given.get("country"):
        return str(given["country"])
    return str(given.get("display_name", "")).rpartition(",")[2].strip()


def checked(words: str | None) -> str:
    """A question as it may stand in an address: one line, no longer than a name can be; empty for none."""
    return " ".join("".join(c for c in words or "" if c.isprintable()).split())[:MAX_NAME]
