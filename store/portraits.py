"""What the store has of one actor: what it says, what is said of its people and things, and what is said to it.

Everything here counts claims; the numbers claimed are never added up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import duckdb

from store.facets import FacetValue
from store.filters import Filters, acceptable
from store.sql import FROM_CLAIMS, filtered

_TALLY: Final = f"SELECT count(*), count(*) FILTER (c.kind = 'count'), min(r.published), max(r.published) {FROM_CLAIMS}"
_IN_ROLE: Final = "AND c.n IN (SELECT a.claim FROM claim_actors a WHERE a.role = ? AND a.name = ?)"
_PLACES: Final = f"""SELECT g.key, any_value(g.name), count(*) AS n {FROM_CLAIMS}
    JOIN claim_places p ON p.claim = c.n AND p.first JOIN places g ON g.key = p.place_key"""
_SIDES: Final = f"""SELECT s.name, count(*) AS n {FROM_CLAIMS}
    JOIN claim_actors s ON s.claim = c.n AND s.role = 'side'"""


@dataclass(frozen=True, slots=True)
class Tally:
    """Claims, how many of them are numbers, and the first and last day of those with a date."""

    n: int = 0
    n_counts: int = 0
    first: date | None = None
    last: date | None = None

    @property
    def n_statements(self) -> int:
        """Claims that are no numbers."""
        return self.n - self.n_counts


@dataclass(frozen=True, slots=True)
class Portrait:
    """``said`` is what it claims itself, ``spoken_for`` what is claimed for it as a side, ``counted`` the numbers of
    its people and things, ``addressed`` what is said to it. ``sides`` are those it speaks for and ``places`` those that
    its own claims, or those made for it, speak of, each by claims.
    """

    name: str
    said: Tally
    spoken_for: Tally
    counted: Tally
    addressed: Tally
    sides: tuple[FacetValue, ...] = ()
    places: tuple[FacetValue, ...] = ()

    def __bool__(self) -> bool:
        """True when any claim has to do with it."""
        return bool(self.said.n or self.spoken_for.n or self.counted.n or self.addressed.n)


def portrait(cursor: duckdb.DuckDBPyConnection, name: str, *, limit: int = 5) -> Portrait:
    """The actor or side of that name; all tallies are empty when no claim has to do with it."""
    said, spoken_for = (_tally(cursor, _IN_ROLE, role, name) for role in ("claimant", "side"))
    role = "claimant" if said.n >= spoken_for.n else "side"
    return Portrait(
        name,
        said,
        spoken_for,
        _tally(cursor, _IN_ROLE, "whose", name),
        _tally(cursor, "AND c.addressee = ?", name),
        _grouped(cursor, f"{_SIDES} AND s.name <> ?", "s.name", [name], "claimant", name, limit) if said.n else (),
        _grouped(cursor, _PLACES, "g.key", [], role, name, limit),
    )


def _tally(cursor: duckdb.DuckDBPyConnection, condition: str, *given: str) -> Tally:
    query, values = filtered(_TALLY, Filters(), condition)
    row = cursor.execute(query, [*values, *given]).fetchone()
    return Tally(*row) if row else Tally()


def _grouped(  # noqa: PLR0917 - the parts of one query, in their order
    cursor: duckdb.DuckDBPyConnection, query: str, by: str, before: list[str], role: str, name: str, limit: int
) -> tuple[FacetValue, ...]:
    written, values = filtered(query, Filters(), f"{_IN_ROLE} GROUP BY {by} ORDER BY n DESC, {by} LIMIT ?")
    rows = cursor.execute(written, [*before, *values, role, name, limit]).fetchall()
    return tuple(FacetValue(row[0], row[-2], row[-1]) for row in rows if acceptable(row[0]))
