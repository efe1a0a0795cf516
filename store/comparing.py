"""What single actors, or sides, speak of: counts of claims by place and by kind, for each of them apart.

A claim of two joined actors counts for both. Claimed numbers are never added up: everything here counts claims.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

import duckdb

from store.filters import Filters, acceptable
from store.sql import FROM_CLAIMS, filtered

Role = Literal["claimant", "side"]
"""Who is compared: those who claim, or the sides they speak for."""

_BY: Final = f"{FROM_CLAIMS} JOIN claim_actors v ON v.claim = c.n AND v.role = ?"
_VOICES: Final = f"""SELECT v.name, count(*) AS n, count(*) FILTER (c.kind = 'count'), min(r.published),
    max(r.published), mode(c.side) {_BY}"""
_PLACES: Final = f"""SELECT v.name, p.place_key, g.name, count(*) AS n {_BY}
    JOIN claim_places p ON p.claim = c.n AND p.first JOIN places g ON g.key = p.place_key"""
_KINDS: Final = f"SELECT v.name, coalesce(c.count_kind, c.mode), count(*) AS n {_BY}"
_LATEST: Final = f"""SELECT v.name, p.place_key, c.n {_BY}
    JOIN claim_places p ON p.claim = c.n AND p.first AND p.place_key IN (SELECT unnest(?::VARCHAR[]))"""
_NAMED: Final = "AND v.name IN (SELECT unnest(?::VARCHAR[]))"


@dataclass(frozen=True, slots=True)
class Voice:
    """One actor or side: its claims, how many of them are numbers, and the first and last day of those with a date.

    ``side`` is the one that most of its claims are made for; None for none.
    """

    name: str
    n: int
    n_counts: int = 0
    first: date | None = None
    last: date | None = None
    side: str | None = None

    @property
    def n_statements(self) -> int:
        """Claims that are no numbers."""
        return self.n - self.n_counts


@dataclass(frozen=True, slots=True)
class Spoken:
    """A place, and how many claims of each of those compared speak of it; who does not speak of it is not named."""

    key: str
    name: str
    by: Mapping[str, int]

    @property
    def n(self) -> int:
        """Claims of all of them; a joint claim counts for each."""
        return sum(self.by.values())


@dataclass(frozen=True, slots=True)
class Comparison:
    """Those compared, in the order asked for; places by number of claims; claims by kind of number or mode and name."""

    voices: tuple[Voice, ...]
    places: tuple[Spoken, ...]
    kinds: Mapping[str, Mapping[str, int]]


def voices(cursor: duckdb.DuckDBPyConnection, filters: Filters, role: Role) -> list[Voice]:
    """Everybody who makes claims that pass, most claims first."""
    found = _asked(cursor, _VOICES, filters, role, "GROUP BY v.name ORDER BY n DESC, v.name")
    return [Voice(*row) for row in found if acceptable(row[0])]


def compare(cursor: duckdb.DuckDBPyConnection, filters: Filters, role: Role, names: Sequence[str]) -> Comparison:
    """The claims that pass of each of ``names``; a name without any is there with 0."""
    given = list(names)
    heads = {row[0]: Voice(*row) for row in _asked(cursor, _VOICES, filters, role, f"{_NAMED} GROUP BY v.name", given)}
    places: dict[tuple[str, str], dict[str, int]] = {}
    for name, key, place, n in _asked(cursor, _PLACES, filters, role, f"{_NAMED} GROUP BY ALL", given):
        places.setdefault((key, place), {})[name] = n
    kinds: dict[str, dict[str, int]] = {}
    for name, kind, n in _asked(cursor, _KINDS, filters, role, f"{_NAMED} GROUP BY ALL", given):
        if kind:
            kinds.setdefault(kind, {})[name] = n
    rows = [Spoken(key, place, by) for (key, place), by in places.items()]
    return Comparison(
        tuple(heads.get(name, Voice(name, 0)) for name in given),
        tuple(sorted(rows, key=lambda row: (-len(row.by), -row.n, row.name.casefold(), row.key))),
        kinds,
    )


def latest(  # noqa: PLR0917 - who, where, how many
    cursor: duckdb.DuckDBPyConnection,
    filters: Filters,
    role: Role,
    names: Sequence[str],
    keys: Sequence[str],
    most: int,
) -> dict[tuple[str, str], list[int]]:
    """Numbers of the last ``most`` claims that each of ``names`` makes of each place, by name and key, by date."""
    query, values = filtered(
        _LATEST,
        filters,
        f"{_NAMED} QUALIFY row_number() OVER (PARTITION BY v.name, p.place_key ORDER BY r.published DESC NULLS LAST, "
        "c.n DESC) <= ? ORDER BY r.published NULLS LAST, c.n",
    )
    found: dict[tuple[str, str], list[int]] = {}
    for name, key, n in cursor.execute(query, [role, list(keys), *values, list(names), most]).fetchall():
        found.setdefault((name, key), []).append(n)
    return found


def _asked(
    cursor: duckdb.DuckDBPyConnection, query: str, filters: Filters, role: Role, after: str, *names: list[str]
) -> list[tuple[Any, ...]]:
    """Rows of a query whose first parameter is the role and whose last, if any, are the names."""
    written, values = filtered(query, filters, after)
    return cursor.execute(written, [role, *values, *names]).fetchall()
