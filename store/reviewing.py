"""What :class:`~store.claims.ClaimStore` can do with reviews: make, undo, list and take them in, and the queue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal
from uuid import uuid4

import duckdb

from store import corrections
from store.alike import alike
from store.corrections import LOG, reapply
from store.edits import checked, edited, values_of
from store.errors import ReviewError
from store.filters import EVERYTHING, Filters
from store.nesting import insert_places
from store.part import Part
from store.records import ClaimRow, PlaceRow
from store.review_drafts import Wish, drafted
from store.reviews import ACTIONS, Action, Review, linked, plain_reason, review_row, review_values
from store.rows import FoundClaim
from store.sql import filtered
from store.writing import insert, next_number

MAX_BATCH: Final = 20_000
"""Most claims that one correction may change."""
UNREVIEWED: Final = Filters(reviews=("none",))

Within = Literal["claim", "report", "store"]
_BY_ID: Final = "c.id IN (SELECT unnest(?::VARCHAR[]))"
_BY_NUMBER: Final = "c.n IN (SELECT unnest(?::INTEGER[]))"
_BY_REPORT: Final = "r.id IN (SELECT unnest(?::VARCHAR[]))"
_QUEUE: Final = """SELECT c.n, least(c.confidence, coalesce(min(cp.confidence), 1.0)) AS sure
    FROM claims c JOIN reports r ON r.n = c.report
    LEFT JOIN claim_places cp ON cp.claim = c.n AND cp.place_key IS NOT NULL"""
_DOUBTFUL_FIRST: Final = "GROUP BY c.n, c.confidence ORDER BY sure, c.n LIMIT ? OFFSET ?"
_NEWEST_FIRST: Final = "ORDER BY v.at DESC, v.id DESC LIMIT ? OFFSET ?"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A claim of the queue. ``sure`` is 0 to 1: the least of its own confidence and that of its located places."""

    found: FoundClaim
    sure: float


class Reviewing(Part):
    """The part of the store that keeps what people decided. Nothing is ever deleted from its log."""

    # -- deciding ----------------------------------------------------------------------------------------------

    def review(
        self,
        claim_id: str,
        action: Action,
        *,
        changes: Mapping[str, Any] | None = None,
        places: Sequence[PlaceRow] = (),
        reason: str | None = None,
        within: Within = "claim",
    ) -> list[Review]:
        """Decide about a claim, and with ``within`` about all others with the same mentions; the rows of the log.

        :param changes: for an edit: field to value, see :mod:`store.edits`.
        :param places: places that the changes name and the store may not know yet.
        :raises ReviewError: when there is no such claim, the changes cannot be made, or nothing would change.
        """
        if action not in ACTIONS or action == "undo":
            raise ReviewError(
                "{action} is nothing that can be decided; do one of: {all}.",
                action=repr(action),
                all=", ".join(ACTIONS[:-1]),
            )
        if (action == "edit") != bool(changes):
            raise ReviewError("An edit needs changes, and nothing else takes any.")
        with self._connection.writing() as cursor:
            insert_places(cursor, places)
            wishes = [Wish(claim_id, action, changes or {})]
            if changes:
                self._check(cursor, claim_id, changes)
                wishes += self._others(cursor, claim_id, changes, within)
            return self._write(cursor, wishes, reason)

    def alike(self, claim_id: str, changes: Mapping[str, Any], within: Within) -> dict[str, dict[str, Any]]:
        """What an edit would set in *other* claims with the same mentions, by their id: the preview of a review."""
        with self._connection.reading() as cursor:
            others = self._others(cursor, claim_id, changes, within)
        return {wish.claim: dict(wish.changes) for wish in others if wish.claim}

    def undo_review(self, review_id: str, *, reason: str | None = None) -> list[Review]:
        """Take back a row of the log, and all that was done together with it; the rows that say so.

        :raises ReviewError: when there is no such row, it is an undo, or it was taken back already.
        """
        with self._connection.writing() as cursor:
            targets = self._together(cursor, review_id)
            found = dict(
                cursor.execute(
                    "SELECT review, claim FROM review_claims WHERE review IN (SELECT unnest(?::VARCHAR[]))",
                    [[target.id for target in targets]],
                ).fetchall()
            )
            wishes = [Wish(found.get(target.id), "undo", target.changes, target) for target in targets]
            return self._write(cursor, wishes, reason)

    # -- looking -----------------------------------------------------------------------------------------------

    def queue(
        self, filters: Filters = UNREVIEWED, *, unplaced: bool = False, limit: int = 50, offset: int = 0
    ) -> list[Doubt]:
        """Claims that pass, the most doubtful first.

        :param unplaced: only claims of which some place words could not be located.
        """
        lost = "AND c.n IN (SELECT u.claim FROM claim_places u WHERE u.place_key IS NULL)" if unplaced else ""
        query, values = filtered(_QUEUE, filters, f"{lost} {_DOUBTFUL_FIRST}")
        with self._connection.reading() as cursor:
            sure = dict(cursor.execute(query, [*values, max(limit, 0), max(offset, 0)]).fetchall())
        found = {item.n: item for item in self.find(EVERYTHING, only=_BY_NUMBER, values=[list(sure)])}
        return [Doubt(found[n], float(value)) for n, value in sure.items()]

    def reviews(
        self, claim_id: str | None = None, *, orphaned: bool = False, limit: int | None = None, offset: int = 0
    ) -> list[Review]:
        """The log, newest first: all of it, or of one claim, or only rows whose claim is not found any more."""
        condition, values = ("v.id IN (SELECT review FROM review_claims WHERE claim = ?)", [claim_id])
        if claim_id is None:
            condition, values = ("TRUE", [])
        only = " AND orphaned" if orphaned else ""
        window = [2**63 - 1 if limit is None else max(limit, 0), max(offset, 0)]
        with self._connection.reading() as cursor:
            rows = cursor.execute(f"{LOG} WHERE {condition}{only} {_NEWEST_FIRST}", [*values, *window]).fetchall()
        return [review_row(row) for row in rows]

    def logged_review(self, review_id: str) -> Review | None:
        """One row of the log; None when there is none of that id."""
        with self._connection.reading() as cursor:
            row = cursor.execute(f"{LOG} WHERE v.id = ?", [review_id]).fetchone()
        return review_row(row) if row else None

    def claim_as_read(self, claim_id: str) -> ClaimRow | None:
        """The claim as it was read, before any edit; None when there is none of that id."""
        found = self.find(EVERYTHING, only="c.id = ?", values=[claim_id])
        if not found:
            return None
        with self._connection.reading() as cursor:
            return corrections.as_read(cursor, [found[0].row])[claim_id]

    # -- from elsewhere ----------------------------------------------------------------------------------------

    def take_in(self, reviews: Iterable[Review], places: Sequence[PlaceRow] = ()) -> int:
        """Add rows of another store's log; how many were new. Those that are known change nothing.

        Rows of reports that are not here wait in the log, and take effect when the report is added.
        """
        given = {review.id: review for review in reviews}
        with self._connection.writing() as cursor:
            known = cursor.execute("SELECT id FROM reviews WHERE id IN (SELECT unnest(?::VARCHAR[]))", [list(given)])
            fresh = [given[name] for name in given.keys() - {name for (name,) in known.fetchall()}]
            fresh.sort(key=lambda review: (review.at, review.id))
            insert_places(cursor, places)
            _insert_log(cursor, fresh)
            self._link(cursor, list({review.report for review in fresh}))
        return len(fresh)

    # -- inside ------------------------------------------------------------------------------------------------

    def _claims(self, ids: Sequence[str]) -> dict[str, FoundClaim]:
        return {item.row.id: item for item in self.find(EVERYTHING, only=_BY_ID, values=[list(ids)])}

    def _claim_to_edit(self, claim_id: str) -> ClaimRow:
        found = self._claims([claim_id])
        if not found:
            raise ReviewError("There is no claim {claim} in the store.", claim=claim_id)
        return found[claim_id].row

    def _check(self, cursor: duckdb.DuckDBPyConnection, claim_id: str, changes: Mapping[str, Any]) -> None:
        row = self._claim_to_edit(claim_id)
        given = checked(changes, row.kind)
        keys = {place["key"] for place in given.get("places", ()) if place["key"]}
        if unknown := sorted(keys - corrections.known_keys(cursor, keys)):
            raise ReviewError(
                "The store knows no place {place}; name one that the gazetteer has.", place=repr(unknown[0])
            )
        if edited(row, given, _texts(cursor, [row.report_id])[row.report_id]) == row:
            raise ReviewError("Claim {claim} says so already; nothing was changed.", claim=claim_id)

    def _others(
        self, cursor: duckdb.DuckDBPyConnection, claim_id: str, changes: Mapping[str, Any], within: Within
    ) -> list[Wish]:
        if within == "claim":
            return []
        row = self._claim_to_edit(claim_id)
        given = checked(changes, row.kind)
        found = alike(cursor, row, given, report=row.report_id if within == "report" else None)
        if len(found) >= MAX_BATCH:
            raise ReviewError(
                "This would change {n} claims; at most {most} at once.",
                n=len(found) + 1,
                most=MAX_BATCH,
            )
        rows = self._claims(list(found))
        return [
            Wish(other, "edit", change)
            for other, change in found.items()
            if values_of(rows[other].row, change) != change
        ]

    def _together(self, cursor: duckdb.DuckDBPyConnection, review_id: str) -> list[Review]:
        row = cursor.execute(f"{LOG} WHERE v.id = ?", [review_id]).fetchone()
        if row is None:
            raise ReviewError("There is no review {review} in the log.", review=review_id)
        review = review_row(row)
        if review.action == "undo":
            raise ReviewError("Review {review} is itself an undo; review the claim again instead.", review=review_id)
        if review.undone:
            raise ReviewError("Review {review} was undone already.", review=review_id)
        if review.batch is None:
            return [review]
        rows = cursor.execute(f"{LOG} WHERE v.batch = ? ORDER BY v.n", [review.batch]).fetchall()
        return [other for other in map(review_row, rows) if not other.undone and other.action != "undo"]

    def _write(
        self, cursor: duckdb.DuckDBPyConnection, wishes: Sequence[Wish], reason: str | None
    ) -> list[Review]:  # fmt: skip
        found = self._claims([wish.claim for wish in wishes if wish.claim])
        if missing := [wish.claim for wish in wishes if wish.claim and wish.claim not in found]:
            raise ReviewError("There is no claim {claim} in the store.", claim=missing[0])
        texts = _texts(cursor, {item.row.report_id for item in found.values()})
        rows = {claim_id: item.row for claim_id, item in found.items()}
        batch = uuid4().hex if len(wishes) > 1 else None
        made = drafted(cursor, wishes, rows, texts, at=datetime.now(UTC), reason=plain_reason(reason), batch=batch)
        _insert_log(cursor, made)
        links = [(review.id, wish.claim) for review, wish in zip(made, wishes, strict=True) if wish.claim]
        insert(cursor, "review_claims", links)
        reapply(cursor, {claim_id: (item.n, item.row) for claim_id, item in found.items()}, texts)
        return made

    def _link(self, cursor: duckdb.DuckDBPyConnection, reports: Sequence[str]) -> None:
        """Find the claims that the logs of these reports are about, and make them what their logs say."""
        found = {item.row.id: item for item in self.find(EVERYTHING, only=_BY_REPORT, values=[list(reports)])}
        originals = corrections.as_read(cursor, [item.row for item in found.values()])
        of_reports = "report IN (SELECT unnest(?::VARCHAR[]))"
        log = [review_row(row) for row in cursor.execute(f"{LOG} WHERE v.{of_reports}", [list(reports)]).fetchall()]
        links = linked(log, originals.values())
        cursor.execute(
            f"DELETE FROM review_claims WHERE review IN (SELECT id FROM reviews WHERE {of_reports})",  # noqa: S608
            [list(reports)],
        )
        insert(cursor, "review_claims", list(links.items()))
        touched = {claim_id: (found[claim_id].n, found[claim_id].row) for claim_id in set(links.values())}
        reapply(cursor, touched, _texts(cursor, reports))


def _texts(cursor: duckdb.DuckDBPyConnection, reports: Iterable[str]) -> dict[str, str]:
    query = "SELECT id, text FROM reports WHERE id IN (SELECT unnest(?::VARCHAR[]))"
    return dict(cursor.execute(query, [list(reports)]).fetchall())


def _insert_log(cursor: duckdb.DuckDBPyConnection, reviews: Sequence[Review]) -> None:
    first = next_number(cursor, "reviews")
    insert(cursor, "reviews", [review_values(review, n) for n, review in enumerate(reviews, start=first)])
