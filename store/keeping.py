"""Whole reports: added, read anew, taken out. Every caller is in a transaction, so that each is done or not at all.

What people decided about claims is put into effect on the way in, see :mod:`store.corrections`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import duckdb

from store import nesting, stories
from store.corrections import corrected, forget
from store.errors import UnstorableError
from store.records import ClaimRow, PlaceRow, ReadingRow, ReportRow
from store.rows import mention_values, report_values
from store.schema import TABLES, quoted
from store.writing import (
    delete_claims,
    insert,
    insert_claims,
    next_number,
    put_readings,
    replace_claims,
)

ReportRows = tuple[ReportRow, Sequence[ClaimRow], Sequence[PlaceRow]]
"""A report, its claims, and every place that either names."""

_TOLD_BY_SOURCE: Final = ("title", "outlet", "url", "published", "language", "boilerplate")
"""Columns of a report that hold what its source says of it: a new reading may know more of it."""


def check(report: ReportRow, claims: Iterable[ClaimRow], places: Iterable[PlaceRow]) -> None:
    """See that claims belong to their report, and that every place which it or they name is given.

    :raises UnstorableError: when one does not.
    """
    known = {place.key for place in places}
    for claim in claims:
        if claim.report_id != report.id:
            raise UnstorableError(
                "Claim {claim} belongs to report {report}, not to {other}.",
                claim=claim.id,
                report=claim.report_id,
                other=report.id,
            )
        named = [*(place.place_key for place in claim.places), claim.said_at]
        if missing := [key for key in named if key and key not in known]:
            raise UnstorableError(
                "Claim {claim} speaks of place {place}, which was not handed in.", claim=claim.id, place=missing[0]
            )
    if missing := [each.place_key for each in report.mentions if each.place_key and each.place_key not in known]:
        raise UnstorableError(
            "Report {report} names place {place}, which was not handed in.", report=report.id, place=missing[0]
        )


def add(cursor: duckdb.DuckDBPyConnection, rows: Sequence[ReportRows], reading: ReadingRow | None) -> list[bool]:
    """Insert those reports that are not in the store, with claims, places and reading; for each, whether it is new."""
    ids = [report.id for report, _, _ in rows]
    found = cursor.execute("SELECT id FROM reports WHERE id IN (SELECT unnest(?::VARCHAR[]))", [ids]).fetchall()
    seen = {identity for (identity,) in found}
    first = {identity: i for i, identity in reversed(list(enumerate(ids)))}
    is_new = [identity not in seen and first[identity] == i for i, identity in enumerate(ids)]
    _insert(cursor, [row for row, new in zip(rows, is_new, strict=True) if new], reading)
    return is_new


def replace(cursor: duckdb.DuckDBPyConnection, row: ReportRows, reading: ReadingRow | None) -> bool:
    """Put a new reading of a report in the place of the old; False when it is not in the store."""
    report, claims, places = row
    number = _number_of(cursor, report.id)
    if number is None:
        return False
    _update_report(cursor, report, number)
    stories.take_out(cursor, number)
    stories.take_in(cursor, [(number, report)])
    nesting.put_places(cursor, places)
    _forget_mentions(cursor, number)
    insert(cursor, "mentions", mention_values(report, number))
    replace_claims(cursor, corrected(cursor, [(report, claims)])[0], number)
    put_readings(cursor, reading, [number])
    return True


def remove(cursor: duckdb.DuckDBPyConnection, report_id: str) -> bool:
    """Take a report out with its claims and its reading; False when it is not in the store."""
    number = _number_of(cursor, report_id)
    if number is None:
        return False
    forget(cursor, [report_id])
    delete_claims(cursor, [n for (n,) in cursor.execute("SELECT n FROM claims WHERE report = ?", [number]).fetchall()])
    put_readings(cursor, None, [number])
    stories.take_out(cursor, number)
    _forget_mentions(cursor, number)
    cursor.execute("DELETE FROM reports WHERE n = ?", [number])
    return True


def _forget_mentions(cursor: duckdb.DuckDBPyConnection, number: int) -> None:
    cursor.execute("DELETE FROM mentions WHERE report = ?", [number])


def _number_of(cursor: duckdb.DuckDBPyConnection, report_id: str) -> int | None:
    row = cursor.execute("SELECT n FROM reports WHERE id = ?", [report_id]).fetchone()
    return int(row[0]) if row else None


def _insert(cursor: duckdb.DuckDBPyConnection, rows: Sequence[ReportRows], reading: ReadingRow | None) -> None:
    numbered = list(enumerate(rows, start=next_number(cursor, "reports")))
    insert(cursor, "reports", [report_values(report, n) for n, (report, _, _) in numbered])
    insert(cursor, "mentions", [row for n, (report, _, _) in numbered for row in mention_values(report, n)])
    stories.take_in(cursor, [(n, report) for n, (report, _, _) in numbered])
    nesting.insert_places(cursor, [place for _, (_, _, given) in numbered for place in given])
    claims = corrected(cursor, [(report, given) for report, given, _ in rows])
    insert_claims(cursor, [(claim, n) for (n, _), given in zip(numbered, claims, strict=True) for claim in given])
    put_readings(cursor, reading, [n for n, _ in numbered])


def _update_report(cursor: duckdb.DuckDBPyConnection, report: ReportRow, number: int) -> None:
    """Write what the source says of a report anew; number, text and whether it is a sample stay."""
    given = dict(zip(TABLES["reports"], report_values(report, number), strict=True))
    written = ", ".join(f"{quoted(column)} = ?" for column in _TOLD_BY_SOURCE)
    values = [given[column] for column in _TOLD_BY_SOURCE]
    cursor.execute(f"UPDATE reports SET {written} WHERE n = ?", [*values, number])  # noqa: S608 - constant names
