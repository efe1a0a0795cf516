"""Wishes of a reviewer -> rows of the log, with what the claims said before and say after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

import duckdb

from errors import Worded
from store import corrections
from store.edits import values_of
from store.errors import ReviewError
from store.records import ClaimRow
from store.reviews import Action, Review, identified

_ALREADY: Final = {
    "accept": Worded("Claim {claim} was accepted already."),
    "reject": Worded("Claim {claim} was rejected already."),
}
_MARKED_ALREADY: Final = Worded("Claim {claim} was marked as not identifiable already.")
_TICK: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be done to a claim. ``undoes`` is the row to take back; ``claim`` None: it is an orphan."""

    claim: str | None
    action: Action
    changes: Mapping[str, Any]
    undoes: Review | None = None


def drafted(
    cursor: duckdb.DuckDBPyConnection,
    wishes: Sequence[Wish],
    claims: Mapping[str, ClaimRow],
    texts: Mapping[str, str],
    *,
    at: datetime,
    reason: str | None,
    batch: str | None,
) -> list[Review]:
    """A row of the log for each wish, in their order; nothing is written.

    :param claims: the claims as they are now, by id.
    :param texts: the texts of their reports, by id.
    :raises ReviewError: when a claim has been decided in this very way already.
    """
    originals = corrections.as_read(cursor, list(claims.values()))
    logs = corrections.log_of(cursor, list(claims))
    keys = corrections.place_keys(review for log in logs.values() for review in log)
    named = {place["key"] for wish in wishes for place in wish.changes.get("places", ()) if place["key"]}
    places = corrections.known_keys(cursor, keys | named)
    made = []
    for wish in wishes:
        if wish.claim is None:
            made.append(_orphan(wish, at, reason, batch))
            continue
        log, original = logs.get(wish.claim, []), originals[wish.claim]
        draft = _draft(wish, original, _after(log, at), reason, batch)
        _refuse_repetition(draft, log)
        then = corrections.folded(original, texts[original.report_id], [*log, draft], places)
        made.append(identified(_told(draft, wish, claims[wish.claim], then)))
    return made


def _draft(wish: Wish, original: ClaimRow, at: datetime, reason: str | None, batch: str | None) -> Review:
    return Review(
        id="", at=at, claim=original.id, report=original.report_id, kind=original.kind, start=original.start,
        end=original.end, exact=original.exact, action=wish.action, after=wish.changes, reason=reason, batch=batch,
        undoes=wish.undoes.id if wish.undoes else None,
    )  # fmt: skip


def _orphan(wish: Wish, at: datetime, reason: str | None, batch: str | None) -> Review:
    assert wish.undoes is not None  # noqa: S101 - only what is undone may have lost its claim
    lost = replace(wish.undoes, at=_after([wish.undoes], at), action="undo", before={}, after={}, undone=False)
    return identified(replace(lost, reason=reason, batch=batch, undoes=wish.undoes.id))


def _told(draft: Review, wish: Wish, now: ClaimRow, then: ClaimRow) -> Review:
    """The draft with what the claim says before and after it."""
    before = {"state": now.review, **values_of(now, wish.changes)}
    after = {"state": then.review, **(wish.changes if wish.action == "edit" else values_of(then, wish.changes))}
    return replace(draft, before=before, after=after)


def _after(log: Sequence[Review], at: datetime) -> datetime:
    """The time of a new row: after all that the claim's log holds, whatever the clocks said."""
    return max([at, *(review.at + _TICK for review in log)])


def _refuse_repetition(draft: Review, log: Sequence[Review]) -> None:
    """An edit that repeats itself has been refused before: it would change nothing."""
    standing = corrections.in_force(log)
    if draft.action not in ("edit", "undo") and standing and standing[-1].action == draft.action:
        raise ReviewError(_ALREADY.get(draft.action, _MARKED_ALREADY), claim=draft.claim)
