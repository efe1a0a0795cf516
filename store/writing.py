"""Rows into tables: the one place that inserts claims, whoever asks for it."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from store.records import ClaimRow
from store.rows import Values, claim_actor_values, claim_place_values, claim_values
from store.schema import TABLES, insert_sql, quoted

_DETAILS = ("claim_places", "claim_actors")


def next_number(cursor: duckdb.DuckDBPyConnection, table: str) -> int:
    """The smallest number that is above all in use."""
    row = cursor.execute(f"SELECT coalesce(max(n), 0) + 1 FROM {table}").fetchone()  # noqa: S608 - constant names
    return int(row[0]) if row else 1


def insert(cursor: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Values], *, skip_known: bool = False) -> None:
    """Insert rows in column order; with ``skip_known`` those whose key is there already are left as they are."""
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        cursor.execute(insert_sql(table) + (" ON CONFLICT DO NOTHING" if skip_known else ""), columns)


def insert_claims(cursor: duckdb.DuckDBPyConnection, claims: Sequence[tuple[ClaimRow, int]]) -> None:
    """Insert claims, each given with the number of its report, with their places and actors."""
    first = next_number(cursor, "claims")
    insert(cursor, "claims", [claim_values(claim, n, report) for n, (claim, report) in enumerate(claims, start=first)])
    _insert_details(cursor, [(n, claim) for n, (claim, _) in enumerate(claims, start=first)])


def rewrite_claims(cursor: duckdb.DuckDBPyConnection, claims: Sequence[tuple[int, ClaimRow]]) -> None:
    """Make claims that are in the store what these rows say; each comes with its number ``n``."""
    if not claims:
        return
    types = {name: kind for name, kind in TABLES["claims"].items() if name not in ("id", "report")}
    given = [dict(zip(TABLES["claims"], claim_values(row, n, 0), strict=True)) for n, row in claims]
    lists = ", ".join(f"unnest(?::{kind}[]) AS {quoted(name)}" for name, kind in types.items())
    written = ", ".join(f"{quoted(name)} = u.{quoted(name)}" for name in types if name != "n")
    cursor.execute(
        f"UPDATE claims SET {written} FROM (SELECT {lists}) u WHERE claims.n = u.n",  # noqa: S608 - constant names
        [[values[name] for values in given] for name in types],
    )
    numbers = [n for n, _ in claims]
    for table in _DETAILS:
        cursor.execute(f"DELETE FROM {table} WHERE claim IN (SELECT unnest(?::INTEGER[]))", [numbers])  # noqa: S608
    _insert_details(cursor, claims)


def _insert_details(cursor: duckdb.DuckDBPyConnection, claims: Sequence[tuple[int, ClaimRow]]) -> None:
    insert(cursor, "claim_places", [row for n, claim in claims for row in claim_place_values(claim, n)])
    insert(cursor, "claim_actors", [row for n, claim in claims for row in claim_actor_values(claim, n)])
