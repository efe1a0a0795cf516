"""What a step of :mod:`store.migrations` works out for the rows of an older store, because SQL alone cannot."""

from __future__ import annotations

import json
from datetime import date
from typing import Final

import duckdb

from store import nesting, stories
from store.records import ClaimPlaceRow, ClaimRow, ReportRow
from store.sameness import noun, same

_PAGE: Final = 2000
_KEYED: Final = """SELECT c.n, c.kind, c.claimant, c.exact, c.unit, c.count_kind, c.whose, c.low, c.high, c.low_open,
    c.high_open, list(p.place_key) FILTER (p.place_key IS NOT NULL)
    FROM claims c LEFT JOIN claim_places p ON p.claim = c.n WHERE c.n BETWEEN ? AND ? GROUP BY ALL"""
_KEY: Final = """UPDATE claims SET noun = u.noun, same = u.same
    FROM (SELECT unnest(?::INTEGER[]) AS n, unnest(?::VARCHAR[]) AS noun, unnest(?::BIGINT[]) AS same) u
    WHERE claims.n = u.n"""
# Columns by name: tables as this step leaves them, whatever later steps add.
_REPORTS: Final = "SELECT n, id, text, boilerplate, published FROM reports WHERE n BETWEEN ? AND ? ORDER BY n"
_PLACES: Final = "SELECT key FROM places"


def find_stories(connection: duckdb.DuckDBPyConnection) -> None:
    """Step 4: which claims are the same, which reports tell one story, which places lie in which."""
    for first in range(1, _largest(connection, "claims") + 1, _PAGE):
        _key_claims(connection, first, first + _PAGE - 1)
    for first in range(1, _largest(connection, "reports") + 1, _PAGE):
        rows = connection.execute(_REPORTS, [first, first + _PAGE - 1]).fetchall()
        stories.take_in(connection, [_report(*row) for row in rows])
    nesting.nest(connection, [key for (key,) in connection.execute(_PLACES).fetchall()])


def _report(n: int, identity: str, text: str, boilerplate: str, published: date | None) -> tuple[int, ReportRow]:
    ranges = tuple((start, end) for start, end in json.loads(boilerplate))
    return n, ReportRow(identity, text, published=published, boilerplate=ranges)


def _largest(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"SELECT coalesce(max(n), 0) FROM {table}").fetchone()  # noqa: S608 - constant names
    return int(row[0]) if row else 0


def _key_claims(connection: duckdb.DuckDBPyConnection, first: int, last: int) -> None:
    keyed = []
    for n, kind, claimant, exact, unit, count_kind, whose, low, high, low_open, high_open, keys in connection.execute(
        _KEYED, [first, last]
    ).fetchall():
        claim = ClaimRow(
            id="", report_id="", kind=kind, start=0, end=0, exact=exact, sentence=(0, 0), claimant=claimant,
            claimant_text=None, side=None, unit=unit, count_kind=count_kind, whose=whose, low=low, high=high,
            low_open=low_open, high_open=high_open, places=tuple(ClaimPlaceRow("", 0, 0, key) for key in keys or ()),
        )  # fmt: skip
        keyed.append((n, noun(claim), same(claim)))
    if keyed:
        connection.execute(_KEY, [list(column) for column in zip(*keyed, strict=True)])
