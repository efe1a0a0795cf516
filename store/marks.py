"""Marks of the map: claims gathered by place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import duckdb

from store.filters import Filters
from store.records import PlaceRow
from store.rows import place_row, select_list
from store.schema import TABLES
from store.sql import FROM_CLAIMS, filtered

_AT: Final = f"{FROM_CLAIMS} JOIN claim_places cp ON cp.claim = c.n AND cp.first"
_SIDES: Final = "LEFT JOIN claim_actors s ON s.claim = c.n AND s.role = 'side'"


@dataclass(frozen=True, slots=True)
class Mark:
    """A place and how many claims speak of it. Never a sum of the numbers claimed: ``n`` counts claims.

    ``sides`` says how many of the claims each side makes, most first, None standing for claims without a side; a
    claim of two sides counts for both, so they may add up to more than ``n``.
    """

    place: PlaceRow
    n: int
    n_counts: int
    n_statements: int
    sides: tuple[tuple[str | None, int], ...]


def marks(cursor: duckdb.DuckDBPyConnection, filters: Filters) -> list[Mark]:
    """Marks for the claims that pass, most claims first. A claim counts at each of its places, once."""
    query, values = filtered(
        f"""SELECT cp.place_key AS place_key, count(*) AS n,
            count(*) FILTER (c.kind = 'count') AS n_counts {_AT}""",
        filters,
        "GROUP BY cp.place_key",
    )
    rows = cursor.execute(
        f"SELECT {select_list('places', 'p')}, t.n, t.n_counts FROM ({query}) t "  # noqa: S608 - constants
        "JOIN places p ON p.key = t.place_key ORDER BY t.n DESC, p.key",
        values,
    ).fetchall()
    sides = _sides(cursor, filters)
    width = len(TABLES["places"])
    places = [(place_row(row[:width]), row[width], row[width + 1]) for row in rows]
    return [Mark(place, n, counts, n - counts, tuple(sides[place.key])) for place, n, counts in places]


def _sides(cursor: duckdb.DuckDBPyConnection, filters: Filters) -> dict[str, list[tuple[str | None, int]]]:
    query, values = filtered(
        f"SELECT cp.place_key, s.name, count(*) AS n {_AT} {_SIDES}",
        filters,
        "GROUP BY ALL ORDER BY n DESC, s.name NULLS LAST",
    )
    found: dict[str, list[tuple[str | None, int]]] = {}
    for key, side, n in cursor.execute(query, values).fetchall():
        found.setdefault(key, []).append((side, n))
    return found
