"""The hand-written tables of assets/places as entries of the gazetteer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, cast, get_args

from geo import tables
from geo.model import Precision
from geo.records import Entry, Kind, SourceError

_KIND_OF: Final[Mapping[str, Kind]] = {
    "city": "city", "town": "town", "village": "village", "settlement": "village", "suburb": "village",
    "neighbourhood": "village", "district": "village", "quarter": "village", "kibbutz": "village",
    "camp": "facility", "refugee camp": "facility", "base": "facility", "airbase": "airfield", "air base": "airfield",
    "airport": "airfield", "airfield": "airfield", "crossing": "facility", "border crossing": "facility",
    "station": "facility", "reactor": "facility", "hospital": "facility", "mine": "facility", "spaceport": "facility",
    "square": "facility", "facility": "facility", "building": "facility", "prison": "facility", "dam": "facility",
    "plant": "facility", "power plant": "facility", "port": "facility", "bridge": "facility",
    "strait": "sea", "sea": "sea", "gulf": "sea", "bay": "sea", "waters": "sea", "channel": "sea", "canal": "facility",
    "ocean": "sea", "reef": "island", "shoal": "island", "island": "island", "islands": "island",
    "peninsula": "region", "corridor": "region", "region": "region", "area": "region", "valley": "region",
    "desert": "region", "forest": "region", "territory": "region", "state": "region", "province": "region",
    "governorate": "region", "border": "border", "line": "border", "river": "water", "lake": "water",
    "reservoir": "water", "mountain": "relief", "mountains": "relief", "hill": "relief", "heights": "relief",
    "pass": "relief", "continent": "region",
}  # fmt: skip


def country_rows(path: Path) -> dict[str, Entry]:
    """Rows of countries.tsv by ISO code: name, aliases, the reference point."""
    found: dict[str, Entry] = {}
    for line, row in tables.rows(path, ("iso2", "name", "aliases", "lat", "lon")):
        aliases = tables.several(row["aliases"])
        found[row["iso2"]] = Entry(
            name=row["name"], lat=_lat(path, line, row), lon=_lon(path, line, row), kind="country", source="table",
            other_names=tuple(a for a in aliases if not _is_short(a)),
            short_forms=tuple(a for a in aliases if _is_short(a)), country=row["iso2"], code=row["iso2"],
        )  # fmt: skip
    return found


def region_rows(path: Path) -> Iterator[Entry]:
    """Rows of macro_regions.tsv: parts of the world, seas, historical and informal regions."""
    for line, row in tables.rows(path, ("name", "aliases", "lat", "lon", "radius_km", "precision", "countries")):
        precision = _precision(path, line, row["precision"])
        countries = tables.several(row["countries"])
        yield _entry(
            path, line, row, kind="sea" if precision == "sea" else "border" if precision == "border" else "region",
            precision=precision, country=countries[0] if len(countries) == 1 else "",
        )  # fmt: skip


def place_rows(path: Path) -> Iterator[Entry]:
    """Rows of conflict_places.tsv: places of present conflicts that the lists of populated places lack."""
    for line, row in tables.rows(path, ("name", "aliases", "lat", "lon", "kind", "radius_km", "country")):
        if row["kind"].lower() not in _KIND_OF:
            raise SourceError(f"{path}:{line}: kind is {row['kind']!r}; one of {', '.join(sorted(_KIND_OF))}")
        yield _entry(path, line, row, kind=_KIND_OF[row["kind"].lower()], precision=None, country=row["country"])


def unit_points(path: Path, conventional: Path) -> dict[str, tuple[float, float, float]]:
    """Points of units by code: latitude, longitude, radius in km; ``conventional`` moves those of very large ones."""
    points = {
        row["code"]: (_lat(path, line, row), _lon(path, line, row), _radius(path, line, row))
        for line, row in tables.rows(path, ("code", "lat", "lon", "radius_km"))
    }
    for line, row in tables.rows(conventional, ("code", "lat", "lon")):
        lat, lon = _lat(conventional, line, row), _lon(conventional, line, row)
        points[row["code"]] = lat, lon, points.get(row["code"], (lat, lon, 300.0))[2]
    return points


def short_forms(path: Path) -> dict[str, tuple[str, ...]]:
    """Short forms by unit code or GeoNames id: "La.", "Calif.", "B.C."."""
    found: dict[str, tuple[str, ...]] = {}
    for line, row in tables.rows(path, ("code", "short_forms")):
        if row["code"] in found:
            raise SourceError(f"{path}:{line}: {row['code']} has a row already; put all its short forms there")
        found[row["code"]] = tables.several(row["short_forms"])
    return found


def _entry(
    path: Path, line: int, row: Mapping[str, str], *, kind: Kind, precision: Precision | None, country: str
) -> Entry:
    names = tables.several(row["aliases"])
    return Entry(
        name=row["name"], lat=_lat(path, line, row), lon=_lon(path, line, row), kind=kind, source="table",
        other_names=tuple(a for a in names if not _is_short(a)), short_forms=tuple(a for a in names if _is_short(a)),
        country=country, radius_km=_radius(path, line, row), precision=precision,
    )  # fmt: skip


def _is_short(name: str) -> bool:
    """True for values that hold in capitals only: those without lower-case letters ("GERD", "T4", "U.S.")."""
    return name.upper() == name and name.lower() != name


def _precision(path: Path, line: int, value: str) -> Precision:
    if value not in get_args(Precision):
        raise SourceError(f"{path}:{line}: precision is {value!r}; one of {', '.join(get_args(Precision))}")
    return cast(Precision, value)


def _lat(path: Path, line: int, row: Mapping[str, str]) -> float:
    return tables.number(path, line, row, "lat", low=-90, high=90)


def _lon(path: Path, line: int, row: Mapping[str, str]) -> float:
    return tables.number(path, line, row, "lon", low=-180, high=180)


def _radius(path: Path, line: int, row: Mapping[str, str]) -> float:
    return tables.number(path, line, row, "radius_km", low=0, high=20_000)
