"""The GeoNames dump (allCountries.zip, or one country's), for those who download it themselves: CC BY 4.0.

Format: one place a line, 19 tab-separated columns (https://download.geonames.org/export/dump/readme.txt). Villages of
every size, waters, mountains, airfields, bases, dams and regions join the gazetteer; units get the dump's own points.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from geo.records import Entry, Kind, SourceError
from geo.sources import CITY, TOWN

_COLUMNS: Final = 19
_KIND_OF: Final[Mapping[str, Kind]] = {
    "ADM1": "admin1", "ADM2": "admin2", "ADM3": "admin3",
    "SEA": "sea", "OCN": "sea", "STRT": "sea", "GULF": "sea", "BAY": "sea", "CHN": "sea", "SD": "sea",
    "LK": "water", "LKS": "water", "RSV": "water", "STM": "water", "CNL": "water",
    "MT": "relief", "MTS": "relief", "HLLS": "relief", "PASS": "relief", "VLC": "relief", "PK": "relief",
    "ISL": "island", "ISLS": "island", "RF": "island", "SHOL": "island",
    "RGN": "region", "RGNE": "region", "AREA": "region", "PEN": "region", "VAL": "region", "DSRT": "region",
    "AIRP": "airfield", "AIRB": "airfield", "AIRF": "airfield", "MILB": "facility", "INSM": "facility",
    "DAM": "facility", "PRT": "facility", "NVB": "facility", "PS": "facility", "PSN": "facility", "PRN": "facility",
    "BDG": "facility",
}  # fmt: skip
"""Feature codes beside populated places (class P) that are taken in."""


def dump_entries(path: Path, *, countries: Iterable[str] = ()) -> Iterator[Entry]:
    """Entries of a dump, of all countries or those of the given ISO 3166-1 codes (and of no country: seas).

    Raises SourceError when the file is no dump; it names the line that is not of its format.
    """
    wanted = frozenset(countries)
    with _lines(path) as lines:
        for number, line in enumerate(lines, start=1):
            cells = line.rstrip("\n").split("\t")
            if len(cells) != _COLUMNS:
                raise SourceError(f"{path}:{number}: {len(cells)} columns, a GeoNames dump has {_COLUMNS}")
            if not wanted or cells[8] in wanted or not cells[8]:
                entry = _entry(path, number, cells)
                if entry is not None:
                    yield entry


@contextmanager
def _lines(path: Path) -> Iterator[Iterable[str]]:
    try:
        if path.suffix != ".zip":
            with path.open(encoding="utf-8") as lines:
                yield lines
            return
        with zipfile.ZipFile(path) as archive, archive.open(_member(path, archive)) as raw:
            yield io.TextIOWrapper(raw, encoding="utf-8")
    except (OSError, zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: no GeoNames dump ({error})") from error


def _member(path: Path, archive: zipfile.ZipFile) -> str:
    name = f"{path.stem}.txt"
    if name not in archive.namelist():
        raise SourceError(f"{path}: holds no {name}; give allCountries.zip or a country's archive as it was downloaded")
    return name


def _entry(path: Path, number: int, cells: list[str]) -> Entry | None:
    population = _whole(path, number, cells[14] or "0")
    kind = _kind(cells[6], cells[7], population)
    if kind is None:
        return None
    country, admin1 = cells[8], f"{cells[8]}.{cells[10]}" if cells[10] else ""
    admin2 = f"{admin1}.{cells[11]}" if admin1 and cells[11] else ""
    code = {"admin1": admin1, "admin2": admin2}.get(kind, "")
    return Entry(
        name=cells[1], lat=_degrees(path, number, cells[4], 90), lon=_degrees(path, number, cells[5], 180), kind=kind,
        source="geonames", aliases=tuple(filter(None, cells[3].split(","))), population=population, country=country,
        geonameid=_whole(path, number, cells[0]), code=code, admin1=admin1, admin2=admin2 if kind != "admin2" else "",
        capital=cells[7] == "PPLC", radius_km=round(max(1.0, 0.012 * population**0.5), 1),
    )  # fmt: skip


def _kind(feature_class: str, code: str, population: int) -> Kind | None:
    if feature_class == "P" and code not in ("PPLH", "PPLQ", "PPLW"):  # not those that are gone
        return "city" if population >= CITY else "town" if population >= TOWN else "village"
    return _KIND_OF.get(code)


def _whole(path: Path, number: int, cell: str) -> int:
    if not cell.isdecimal():
        raise SourceError(f"{path}:{number}: {cell!r} is not a whole number; is this a GeoNames dump?")
    return int(cell)


def _degrees(path: Path, number: int, cell: str, most: float) -> float:
    try:
        value = float(cell)
    except ValueError:
        raise SourceError(f"{path}:{number}: {cell!r} is not a coordinate; is this a GeoNames dump?") from None
    if not -most <= value <= most:
        raise SourceError(f"{path}:{number}: {cell} is not within {-most:g} to {most:g} degrees")
    return value


def with_dump(entries: Iterable[Entry], dump: Iterable[Entry]) -> list[Entry]:
    """Entries with those of a dump beside them; what both have takes the dump's point and keeps its own names."""
    found = list(entries)
    at = {entry.geonameid: index for index, entry in enumerate(found) if entry.geonameid}
    for new in dump:
        index = at.get(new.geonameid)
        if index is None:
            found.append(new)
        else:
            old = found[index]
            found[index] = replace(old, lat=new.lat, lon=new.lon, aliases=(*old.aliases, new.name, *new.aliases))
    return found
