"""Rows into tables: the one place that writes claims, whoever asks for it. Every caller is in a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import duckdb

from store.records import ClaimRow, ReadingRow
from store.rows import (
    Values,
    claim_actor_values,
    claim_place_values,
    claim_values,
    reading_values,
)
from store.schema import TABLES, insert_sql, quoted

_DETAILS: Final = ("claim_places", "claim_actors")
_LARGEST: Final = "greatest((SELECT last FROM claim_numbers), (SELECT coalesce(max(n), 0) FROM claims))"
"""The largest number that a claim has or had."""


def next_number(cursor: duckdb.DuckDBPyConnection, table: str) -> int:
    """The smallest number that is above all in use."""
    row = cursor.execute(f"SELECT coalesce(max(n), 0) + 1 FROM {table}").fetchone()  # noqa: S608 - constant names
    return int(row[0]) if row else 1


def insert(cursor: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Values]) -> None:
    """Insert rows in column order."""
    if rows:
        cursor.execute(insert_sql(table), [list(column) for column in zip(*rows, strict=True)])


def put(cursor: duckdb.DuckDBPyConnection, table: str, key: str, rows: Sequence[Values]) -> None:
    """Insert rows in column order; those whose ``key`` is there already become what these rows say."""
    if rows:
        written = ", ".join(f"{quoted(name)} = excluded.{quoted(name)}" for name in TABLES[table] if name != key)
        known = f" ON CONFLICT ({quoted(key)}) DO UPDATE SET {written}"
        cursor.execute(insert_sql(table) + known, [list(column) for column in zip(*rows, strict=True)])


def insert_claims(cursor: duckdb.DuckDBPyConnection, claims: Sequence[tuple[ClaimRow, int]]) -> None:
    """Insert claims, each given with the number of its report, with their places and actors.

    A number is never given again: a page that was read a moment ago would show another claim under it.
    """
    row = cursor.execute(f"SELECT {_LARGEST} + 1").fetchone()
    first = int(row[0]) if row else 1
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
    _delete_details(cursor, [n for n, _ in claims])
    _insert_details(cursor, claims)


def replace_claims(cursor: duckdb.DuckDBPyConnection, claims: Sequence[ClaimRow], report: int) -> None:
    """Make these the claims of a report; a claim whose id stays keeps its number."""
    known = dict(cursor.execute("SELECT id, n FROM claims WHERE report = ?", [report]).fetchall())
    given = {claim.id for claim in claims}
    delete_claims(cursor, [n for identity, n in known.items() if identity not in given])
    rewrite_claims(cursor, [(known[claim.id], claim) for claim in claims if claim.id in known])
    insert_claims(cursor, [(claim, report) for claim in claims if claim.id not in known])


def delete_claims(cursor: duckdb.DuckDBPyConnection, numbers: Sequence[int]) -> None:
    """Take claims out, with their places and actors."""
    if not numbers:
        return
    _delete_details(cursor, numbers)
    cursor.execute(f"UPDATE claim_numbers SET last = {_LARGEST}")  # noqa: S608 - constant
    cursor.execute("DELETE FROM claims WHERE n IN (SELECT unnest(?::INTEGER[]))", [list(numbers)])


def put_readings(cursor: duckdb.DuckDBPyConnection, reading: ReadingRow | None, reports: Sequence[int]) -> None:
    """Note what reports were read with, as of now; None: it is not known, and they are out of date."""
    cursor.execute("DELETE FROM readings WHERE report IN (SELECT unnest(?::INTEGER[]))", [list(reports)])
    if reading:
        now = datetime.now(UTC).replace(tzinfo=None)
        insert(cursor, "readings", [reading_values(reading, report, now) for report in reports])


def _delete_details(cursor: duckdb.DuckDBPyConnection, numbers: Sequence[int]) -> None:
    for table in _DETAILS:
        cursor.execute(f"DELETE FROM {table} WHERE claim IN (SELECT unnest(?::INTEGER[]))", [list(numbers)])  # noqa: S608


def _insert_details(cursor: duckdb.DuckDBPyConnection, claims: Sequence[tuple[int, ClaimRow]]) -> None:
    insert(cursor, "claim_places", [row for n, claim in claims for row in claim_place_values(claim, n)])
    insert(cursor, "claim_actors", [row for n, claim in claims for row in claim_actor_values(claim, n)])
