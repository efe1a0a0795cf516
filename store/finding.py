"""Rows of a question about claims -> claims with their places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import duckdb

from store.records import ClaimPlaceRow, PlaceRow
from store.rows import FoundClaim, claim_row, place_row, select_list
from store.schema import TABLES
from store.sql import FROM_CLAIMS

_CLAIM_PLACES: Final = """SELECT p.claim, p.text, p.start, p."end", p.place_key, p.role, p.confidence, g.name
    FROM claim_places p LEFT JOIN places g ON g.key = p.place_key
    WHERE p.claim IN (SELECT unnest(?::INTEGER[])) ORDER BY p.claim, p.position"""
_OF_KEYS: Final = "FROM places p WHERE p.key IN (SELECT unnest(?::VARCHAR[]))"
_PLACES: Final = f"SELECT {select_list('places', 'p')} {_OF_KEYS}"
_POINTS: Final = f"SELECT * REPLACE (NULL AS geometry) FROM ({_PLACES})"  # noqa: S608

SELECT_CLAIMS: Final = f"SELECT {select_list('claims', 'c')}, r.id, r.published, r.title, r.outlet, r.url {FROM_CLAIMS}"
"""What :func:`found_claim` makes a claim of."""
_INTERVALS: Final = "SELECT id, low, high, low_open, high_open FROM claims WHERE id IN (SELECT unnest(?::VARCHAR[]))"
_NUMBERED: Final = f"{SELECT_CLAIMS} WHERE c.n IN (SELECT unnest(?::INTEGER[]))"


def places_of(
    cursor: duckdb.DuckDBPyConnection, claims: Sequence[int]
) -> Mapping[int, list[tuple[ClaimPlaceRow, str | None]]]:
    """Places by claim number, in text order, each with its name; None for the name of what could not be located."""
    found: dict[int, list[tuple[ClaimPlaceRow, str | None]]] = {}
    for claim, text, start, end, key, role, confidence, name in cursor.execute(
        _CLAIM_PLACES, [list(claims)]
    ).fetchall():
        found.setdefault(claim, []).append((ClaimPlaceRow(text, start, end, key, role, confidence), name))
    return found


def by_number(cursor: duckdb.DuckDBPyConnection, numbers: Iterable[int]) -> dict[int, FoundClaim]:
    """Claims by their numbers ``n``, with what their reports and places say of them."""
    wanted = sorted(set(numbers))
    rows = cursor.execute(_NUMBERED, [wanted]).fetchall()
    places = places_of(cursor, wanted)
    found = {row[0]: found_claim(row, places.get(row[0], [])) for row in rows}
    return _with_taken_back(cursor, found)


def _with_taken_back(cursor: duckdb.DuckDBPyConnection, found: dict[int, FoundClaim]) -> dict[int, FoundClaim]:
    """The claims, each that corrects another with that one's interval; the other need not be among them."""
    ids = {item.row.corrects for item in found.values() if item.row.corrects}
    if not ids:
        return found
    intervals = {row[0]: row[1:] for row in cursor.execute(_INTERVALS, [sorted(ids)]).fetchall()}
    return {n: item._replace(takes_back=intervals.get(item.row.corrects)) for n, item in found.items()}


def places_by_key(
    cursor: duckdb.DuckDBPyConnection, keys: Sequence[str], *, outlines: bool = True
) -> dict[str, PlaceRow]:
    """The places of these keys, on demand without ``geometry``, which is most of them; an unknown key is left out."""
    rows = cursor.execute(_PLACES if outlines else _POINTS, [list(keys)]).fetchall()
    return {place.key: place for place in map(place_row, rows)}


def found_claim(row: tuple[Any, ...], places: list[tuple[ClaimPlaceRow, str | None]]) -> FoundClaim:
    """A claim from its columns, then id, date, title, outlet and url of its report."""
    width = len(TABLES["claims"])
    report_id, published, title, outlet, url = row[width:]
    located = dict.fromkeys((place.place_key, name) for place, name in places if place.place_key and name)
    return FoundClaim(
        row[0],
        claim_row(row[:width], report_id, (place for place, _ in places)),
        published,
        title,
        outlet,
        tuple((key, name) for key, name in located if key and name),
        url,
    )
