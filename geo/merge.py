"""From the entries of every source to one list of places: coordinates for units, table rows merged with what stands."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from geo.distance import km_between
from geo.names import fold
from geo.records import Entry

SAME_PLACE_KM: Final = 20.0
"""A row of the tables and a populated place with a name in common this near each other are one place."""
POPULATED: Final = frozenset({"city", "town", "village"})


def locate_units(
    units: Iterable[Entry], cities: Sequence[Entry], points: Mapping[str, tuple[float, float, float]]
) -> tuple[list[Entry], int]:
    """Give units their polygon's point, else the mean of their populated places; return them and how many have neither.

    Populations of units are the sums over their populated places: a prior for ranking, not a statistic.
    """
    members = _members(cities)
    placed: list[Entry] = []
    lost = 0
    for unit in units:
        inside = members.get(unit.code, [])
        point = points.get(unit.code) or _mean(inside)
        if point is None:
            lost += 1
            continue
        lat, lon, radius = point
        placed.append(replace(unit, lat=lat, lon=lon, radius_km=radius, population=sum(c.population for c in inside)))
    return placed, lost


def _members(cities: Iterable[Entry]) -> Mapping[str, list[Entry]]:
    members: dict[str, list[Entry]] = defaultdict(list)
    for city in cities:
        for code in {city.admin1, city.admin2} - {""}:
            members[code].append(city)
    return members


def _mean(cities: Sequence[Entry]) -> tuple[float, float, float] | None:
    """Centre of populated places as a mean on the sphere, and the distance that holds four fifths of them."""
    if not cities:
        return None
    x = y = z = 0.0
    for city in cities:
        lat, lon = math.radians(city.lat), math.radians(city.lon)
        x, y, z = x + math.cos(lat) * math.cos(lon), y + math.cos(lat) * math.sin(lon), z + math.sin(lat)
    lat, lon = math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))
    away = sorted(km_between(lat, lon, c.lat, c.lon) for c in cities)
    return round(lat, 4), round(lon, 4), round(max(5.0, away[int(0.8 * (len(away) - 1))]), 1)


def merge_rows(entries: list[Entry], rows: Iterable[Entry]) -> tuple[list[Entry], int]:
    """Add hand-written rows; a row for a town or first-order unit that stands already only lends it its names.

    The place takes the row's name as its own: it is the one that English reports use. Returns the entries and how
    many rows were merged.
    """
    by_name: dict[str, list[int]] = defaultdict(list)
    for index, entry in enumerate(entries):
        if entry.kind in POPULATED or entry.kind == "admin1":
            for key in {fold(n) for n in (entry.name, *entry.other_names, *entry.aliases)}:
                by_name[key].append(index)
    merged, out = 0, list(entries)
    for row in rows:
        twin = _same_place(row, out, by_name)
        if twin is None:
            out.append(row)
        else:
            merged += 1
            out[twin] = _lend_names(out[twin], row)
    return out, merged


def _lend_names(entry: Entry, row: Entry) -> Entry:
    return replace(
        entry, name=row.name, other_names=(*entry.other_names, entry.name, *row.other_names),
        short_forms=(*entry.short_forms, *row.short_forms),
    )  # fmt: skip


def _same_place(row: Entry, entries: Sequence[Entry], by_name: Mapping[str, list[int]]) -> int | None:
    kinds = POPULATED if row.kind in POPULATED else frozenset({"admin1"}) if _is_unit(row) else frozenset()
    near: list[tuple[float, int]] = []
    for key in dict.fromkeys(fold(n) for n in (row.name, *row.other_names)):
        for index in by_name.get(key, ()):
            other = entries[index]
            km = km_between(row.lat, row.lon, other.lat, other.lon)
            limit = SAME_PLACE_KM if other.kind in POPULATED else other.radius_km
            if other.kind in kinds and km <= limit and (not row.country or other.country == row.country):
                near.append((km - math.log1p(other.population), index))
    return min(near)[1] if near else None


def centred(countries: Iterable[Entry], cities: Sequence[Entry]) -> list[Entry]:
    """Countries at the centre of their populated places; one without any is left out."""
    found: list[Entry] = []
    for country in countries:
        point = _mean([c for c in cities if c.country == country.country])
        if point is not None:
            found.append(replace(country, lat=point[0], lon=point[1]))
    return found


def _is_unit(row: Entry) -> bool:
    """True for regions with agreed bounds in one country: many of them are its first-order units."""
    return row.kind == "region" and row.precision == "region" and row.country != ""
