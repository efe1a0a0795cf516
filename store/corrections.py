"""Reviews put into effect: the claims as they were read, and what the log makes of them.

Both ways into the store go through here: :func:`corrected` for the claims of a report that is added or read anew, and
:func:`reapply` for claims that are in the store when the log grows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import duckdb

from store.edits import edited
from store.errors import ReviewError
from store.records import ClaimRow, ReportRow
from store.reviews import Review, linked, review_row
from store.rows import claim_of_json, claim_to_json
from store.schema import TABLES, quoted
from store.writing import insert, rewrite_claims

_STATES: Final[Mapping[str, str]] = {
    "accept": "accepted", "reject": "rejected", "not_identifiable": "not_identifiable",
}  # fmt: skip

LOG: Final = (
    f"SELECT {', '.join('v.' + quoted(column) for column in TABLES['reviews'])}, "  # noqa: S608 - constants
    "EXISTS (SELECT 1 FROM reviews u WHERE u.undoes = v.id) AS undone, "
    "NOT EXISTS (SELECT 1 FROM review_claims l WHERE l.review = v.id) AS orphaned FROM reviews v"
)
"""Rows of the log, as :func:`store.reviews.review_row` reads them."""


def in_force(reviews: Iterable[Review]) -> list[Review]:
    """What still counts of the log of one claim, in order of time: no undo, and nothing that one took back."""
    log = list(reviews)
    taken_back = {review.undoes for review in log}
    kept = [review for review in log if review.action != "undo" and review.id not in taken_back]
    return sorted(kept, key=lambda review: (review.at, review.id))


def folded(claim: ClaimRow, text: str, reviews: Iterable[Review], places: frozenset[str]) -> ClaimRow:
    """A claim as it was read -> as its log says it is.

    An edit that cannot be made in this text, or to a place that the store does not know, changes nothing.

    :param places: keys of the places that may be named.
    """
    row, state, touched = replace(claim, review="none"), "none", False
    for review in in_force(reviews):
        if review.action == "edit":
            try:
                row = edited(row, _known_places(review.changes, places), text)
            except (ReviewError, TypeError):
                continue
            touched = True
        state = _STATES.get(review.action, "edited")
        state = "edited" if touched and state == "accepted" else state
    return replace(row, review=state)


def _known_places(changes: Mapping[str, Any], known: frozenset[str]) -> dict[str, Any]:
    places = [place for place in changes.get("places", ()) if place["key"] is None or place["key"] in known]
    return {**changes, "places": places} if "places" in changes else dict(changes)


def place_keys(reviews: Iterable[Review]) -> frozenset[str]:
    """Keys of all places that edits name."""
    return frozenset(place["key"] for review in reviews for place in review.changes.get("places", ()) if place["key"])


def known_keys(cursor: duckdb.DuckDBPyConnection, keys: Iterable[str]) -> frozenset[str]:
    """Those of the keys that are places of the store."""
    query = "SELECT key FROM places WHERE key IN (SELECT unnest(?::VARCHAR[]))"
    return frozenset(key for (key,) in cursor.execute(query, [list(keys)]).fetchall())


def corrected(
    cursor: duckdb.DuckDBPyConnection, reports: Sequence[tuple[ReportRow, Sequence[ClaimRow]]]
) -> list[list[ClaimRow]]:
    """The claims of reports that are being written, with what the log says of them; orphans stay in the log.

    To be called after the places were inserted and before the claims are, in the same transaction.
    """
    ids = [report.id for report, _ in reports]
    query = f"{LOG} WHERE v.report IN (SELECT unnest(?::VARCHAR[]))"
    log = [review_row(row) for row in cursor.execute(query, [ids]).fetchall()]
    if not log:
        return [list(claims) for _, claims in reports]
    forget(cursor, ids)
    of_review = linked(log, (claim for _, claims in reports for claim in claims))
    insert(cursor, "review_claims", list(of_review.items()))
    places, mine = known_keys(cursor, place_keys(log)), by_claim(log, of_review)
    keep_as_read(cursor, [(claim, mine.get(claim.id, ())) for _, claims in reports for claim in claims])
    return [
        [folded(claim, report.text, mine.get(claim.id, ()), places) for claim in claims] for report, claims in reports
    ]


def forget(cursor: duckdb.DuckDBPyConnection, reports: Sequence[str]) -> None:
    """Drop what follows from the log for the claims of reports; the log itself stays."""
    those = "report IN (SELECT unnest(?::VARCHAR[]))"
    cursor.execute(f"DELETE FROM claims_as_read WHERE {those}", [list(reports)])  # noqa: S608 - constant
    cursor.execute(
        f"DELETE FROM review_claims WHERE review IN (SELECT id FROM reviews WHERE {those})",  # noqa: S608 - constant
        [list(reports)],
    )


def by_claim(log: Iterable[Review], of_review: Mapping[str, str]) -> dict[str, list[Review]]:
    """The log of each claim, by its id; orphans are left out."""
    found: dict[str, list[Review]] = {}
    for review in log:
        if review.id in of_review:
            found.setdefault(of_review[review.id], []).append(review)
    return found


def log_of(cursor: duckdb.DuckDBPyConnection, claims: Sequence[str]) -> dict[str, list[Review]]:
    """The log of each of these claims, by its id."""
    rows = cursor.execute(
        f"SELECT l.claim, w.* FROM review_claims l JOIN ({LOG}) w ON w.id = l.review "  # noqa: S608 - constants
        "WHERE l.claim IN (SELECT unnest(?::VARCHAR[]))",
        [list(claims)],
    ).fetchall()
    found: dict[str, list[Review]] = {}
    for claim, *values in rows:
        found.setdefault(claim, []).append(review_row(values))
    return found


def as_read(cursor: duckdb.DuckDBPyConnection, claims: Sequence[ClaimRow]) -> dict[str, ClaimRow]:
    """The claims as they were read, before any edit, by id."""
    rows = cursor.execute(
        'SELECT claim, "row" FROM claims_as_read WHERE claim IN (SELECT unnest(?::VARCHAR[]))',
        [[claim.id for claim in claims]],
    ).fetchall()
    kept = {claim_id: claim_of_json(row) for claim_id, row in rows}
    return {claim.id: kept.get(claim.id) or replace(claim, review="none") for claim in claims}


def keep_as_read(cursor: duckdb.DuckDBPyConnection, claims: Iterable[tuple[ClaimRow, Iterable[Review]]]) -> None:
    """Keep claims as they were read beside what edits make of them; each comes with its log."""
    edits = [claim for claim, log in claims if any(review.action == "edit" for review in in_force(log))]
    insert(cursor, "claims_as_read", [(claim.id, claim.report_id, claim_to_json(claim)) for claim in edits])


def reapply(
    cursor: duckdb.DuckDBPyConnection, claims: Mapping[str, tuple[int, ClaimRow]], texts: Mapping[str, str]
) -> dict[str, ClaimRow]:
    """Make claims of the store what the log says they are; the claims as they are then, by id.

    :param claims: number and present row by id.
    :param texts: the text of each of their reports, by its id.
    """
    originals = as_read(cursor, [row for _, row in claims.values()])
    logs = log_of(cursor, list(claims))
    places = known_keys(cursor, place_keys(review for log in logs.values() for review in log))
    rows = {
        claim_id: folded(row, texts[row.report_id], logs.get(claim_id, ()), places)
        for claim_id, row in originals.items()
    }
    rewrite_claims(cursor, [(n, rows[claim_id]) for claim_id, (n, row) in claims.items() if row != rows[claim_id]])
    cursor.execute("DELETE FROM claims_as_read WHERE claim IN (SELECT unnest(?::VARCHAR[]))", [list(claims)])
    keep_as_read(cursor, [(row, logs.get(claim_id, ())) for claim_id, row in originals.items()])
    return rows
