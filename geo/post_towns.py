"""Post towns of the United States that the lists of populated places lack: hamlets below 500 people, mostly.

The table ``post_towns.tsv`` is made by ``python -m geo.build --post-towns codes.js`` from ``lib/codes.js`` of the npm
package ``zipcodes`` (BSD-3-Clause; its coordinates are those of GeoNames, CC BY 4.0).
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from geo import tables
from geo.distance import km_between
from geo.names import fold
from geo.records import Entry, SourceError

HEADER: Final = """\
# A row is a post town of the United States that no other list has: its middle, WGS84 degrees. It is here because local
# reports name hamlets. Source: npm package zipcodes, BSD-3-Clause; coordinates GeoNames, CC BY 4.0.
# Made by: python -m geo.build --post-towns codes.js
"""
COLUMNS: Final = ("unit", "name", "lat", "lon")
_SAME_TOWN_KM: Final = 25.0
_RADIUS_KM: Final = 3.0
_NAME: Final = re.compile(r"[A-Z][A-Za-z.'-]+(?: [A-Za-z.'-]+)*")


def entries(path: Path) -> Iterator[Entry]:
    """The rows of the table as villages; ``unit`` is the GeoNames code of a state."""
    for line, row in tables.rows(path, COLUMNS):
        yield Entry(
            name=row["name"], lat=tables.number(path, line, row, "lat", low=-90, high=90),
            lon=tables.number(path, line, row, "lon", low=-180, high=180), kind="village", source="geonames",
            country=row["unit"].partition(".")[0], admin1=row["unit"], radius_km=_RADIUS_KM,
        )  # fmt: skip


def table(codes: Path, cities: Iterable[Entry], units: Collection[str]) -> str:
    """The text of ``post_towns.tsv``: towns of ``codes`` in one of ``units`` that are none of ``cities``.

    A town with several codes stands once, at the middle of their points.
    """
    known: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for city in cities:
        for name in {fold(city.name), *map(fold, city.aliases)} if city.country == "US" else ():
            known[city.admin1, name].append(city)
    rows = []
    for (unit, name), points in sorted(_towns(codes).items()):
        lat, lon = (sum(values) / len(points) for values in zip(*points, strict=True))
        near = any(km_between(lat, lon, c.lat, c.lon) <= _SAME_TOWN_KM for c in known[unit, fold(name)])
        if unit in units and not near:
            rows.append(f"{unit}\t{name}\t{lat:.4f}\t{lon:.4f}")
    return HEADER + "\t".join(COLUMNS) + "\n" + "\n".join(rows) + "\n"


def _towns(codes: Path) -> dict[tuple[str, str], list[tuple[float, float]]]:
    towns: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for row in _read(codes).values():
        name = re.sub(r"\bMc (?=[A-Z])", "Mc", " ".join(str(row["city"]).split()))
        if row["state"] and row["latitude"] and _NAME.fullmatch(name):
            towns[f"US.{row['state']}", name].append((float(row["latitude"]), float(row["longitude"])))
    return towns


def _read(codes: Path) -> Mapping[str, Any]:
    """The object that the script assigns to ``exports.codes``; the script is read, never run."""
    try:
        found = re.search(r"^exports\.codes = (\{.*\});$", codes.read_text(encoding="utf-8"), flags=re.MULTILINE)
        read: Mapping[str, Any] = json.loads(found[1] if found else "")
    except (OSError, ValueError) as error:
        raise SourceError(f"{codes}: no list of postal codes ({error}); give lib/codes.js of npm's zipcodes") from error
    return read
