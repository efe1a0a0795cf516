"""Gold toponyms of a news corpus as the resolver's queries. The corpora stay where they are: only paths come in.

A folder holds ``<corpus>.json``: report -> list of {"start", "end", "LOC", "lat", "lon", "geonamesID"}.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from errors import InputError
from geo.model import PlaceQuery
from geo.tables import rows, several

STATES: Final = Path(__file__).resolve().parent.parent / "assets" / "actors" / "states.tsv"


@dataclass(frozen=True, slots=True)
class GoldToponym:
    """Where a corpus puts a name: WGS84 degrees, GeoNames id (0 unknown). ``scored`` is False for demonyms."""

    query: PlaceQuery
    lat: float
    lon: float
    geonameid: int
    scored: bool


@dataclass(frozen=True, slots=True)
class GoldReport:
    """One report of a corpus with its toponyms in text order."""

    corpus: str
    id: str
    toponyms: tuple[GoldToponym, ...]


def corpora(folder: Path) -> dict[str, list[GoldReport]]:
    """All corpora of a folder by name. Raises InputError when there is none."""
    files = sorted(folder.glob("*.json"))
    if not files:
        raise InputError(f"{folder}: no <corpus>.json there; give the folder of the gold corpora with --gold")
    return {path.stem: list(_reports(path)) for path in files}


def _reports(path: Path) -> Iterator[GoldReport]:
    data: Mapping[str, list[dict[str, Any]]] = json.loads(path.read_text(encoding="utf-8"))
    for report, toponyms in data.items():
        found = [t for t in map(_toponym, toponyms) if t is not None]
        yield GoldReport(path.stem, report, tuple(sorted(found, key=lambda t: t.query.start)))


def _toponym(row: Mapping[str, Any]) -> GoldToponym | None:
    if row.get("lat") is None or (float(row["lat"]) == 0 and float(row["lon"]) == 0):
        return None
    words = str(row["LOC"])
    country = demonyms().get(words.casefold())
    query = PlaceQuery(country or words, words, int(row["start"]), locative=country is None)
    identifier = str(row.get("geonamesID") or "0")
    return GoldToponym(
        query, float(row["lat"]), float(row["lon"]), int(identifier) if identifier.isdecimal() else 0, country is None
    )


@lru_cache(maxsize=1)
def demonyms() -> Mapping[str, str]:
    """Adjectives and nouns for the people of a country -> its name, from the table of states."""
    found: dict[str, str] = {}
    if STATES.exists():
        for _, row in rows(STATES, ("name", "adjectives", "people")):
            for word in (*several(row["adjectives"]), *several(row["people"])):
                found[word.casefold()] = row["name"]
    return found
