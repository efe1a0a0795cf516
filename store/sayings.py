"""From where claims were said to what they speak of: claims gathered by these two places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

import duckdb

from store.filters import Filters
from store.finding import places_by_key
from store.records import PlaceRow, SaidBasis
from store.sql import FROM_CLAIMS, filtered

_PAIRS: Final = f"""SELECT c.said_at, cp.place_key, c.said_basis, count(*) AS n, mode(c.claimant),
    count(DISTINCT c.claimant)
    {FROM_CLAIMS} JOIN claim_places cp ON cp.claim = c.n AND cp.first"""
_APART: Final = """AND c.said_at IS NOT NULL AND cp.place_key IS NOT NULL AND c.said_at <> cp.place_key
    GROUP BY ALL ORDER BY n DESC, c.said_at, cp.place_key, c.said_basis"""


@dataclass(frozen=True, slots=True)
class Saying:
    """``n`` claims that were said at one place of another one; ``basis`` tells how the first is known.

    The places have no ``geometry``. ``who`` made most of them, None when the reports say of none who did; ``voices``
    counts all who did.
    """

    said_at: PlaceRow
    about: PlaceRow
    basis: SaidBasis
    n: int
    who: str | None = None
    voices: int = 0


@dataclass(frozen=True, slots=True)
class Sayings:
    """Those of most claims, and of how many they are the first."""

    first: tuple[Saying, ...]
    total: int


def sayings(cursor: duckdb.DuckDBPyConnection, filters: Filters, limit: int) -> Sayings:
    """For the claims that pass; one that was said at the place it speaks of leads nowhere and is left out."""
    query, values = filtered(_PAIRS, filters, _APART)
    rows = cursor.execute(query, values).fetchall()
    places = places_by_key(cursor, [key for row in rows[:limit] for key in row[:2]], outlines=False)
    first = (
        Saying(places[at], places[about], cast("SaidBasis", basis), *more) for at, about, basis, *more in rows[:limit]
    )
    return Sayings(tuple(first), len(rows))
