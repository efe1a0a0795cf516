"""Reviews: what a person decided about a claim, as rows of a log that only grows.

A row says what was done to which claim and carries an anchor (report, kind, span and words as they were read) that
finds the claim again after its report was read anew, here or on another machine. The state of a claim is what its
rows say in order of time, without those that later rows undo; see :mod:`store.corrections`.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Final, Literal, get_args

from store.records import ClaimRow
from store.schema import TABLES

Action = Literal["accept", "edit", "reject", "not_identifiable", "undo"]
ACTIONS: Final[tuple[Action, ...]] = get_args(Action)
"""What can be done to a claim; ``undo`` takes back another row."""

MAX_REASON: Final = 500
"""Longest reason, in code points."""

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Review:
    """One row of the log. ``claim`` is the id that the claim had then; ``at`` is UTC.

    ``start``, ``end`` and ``exact`` anchor the claim as it was *read*, before any correction. ``before`` and ``after``
    hold the claim's state and, for an edit, the fields that it changes. ``batch`` is shared by rows that were made, and
    are undone, together. ``undone``: a later row takes this one back. ``orphaned``: no claim of the store is at the
    anchor now. These two are asked of the store, not stored.
    """

    id: str
    at: datetime
    claim: str
    report: str
    kind: str
    start: int
    end: int
    exact: str
    action: Action
    before: Json = field(default_factory=dict)
    after: Json = field(default_factory=dict)
    reason: str | None = None
    batch: str | None = None
    undoes: str | None = None
    undone: bool = False
    orphaned: bool = False

    @property
    def changes(self) -> dict[str, Any]:
        """The fields that an edit sets; none for other actions."""
        return {name: value for name, value in self.after.items() if name != "state"} if self.action == "edit" else {}


def identity(review: Review) -> str:
    """The id that a row with this content has: 32 hex digits, the same on every machine."""
    content = [
        written(review.at), review.claim, review.report, review.kind, review.start, review.end, review.exact,
        review.action, review.before, review.after, review.reason, review.batch, review.undoes,
    ]  # fmt: skip
    text = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:32]


def identified(review: Review) -> Review:
    """The row with the id that its content gives it."""
    return replace(review, id=identity(review))


def written(at: datetime) -> str:
    """A time as ISO 8601 in UTC, to the microsecond: ``2021-04-12T08:30:00.000000Z``."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def plain_reason(words: str | None) -> str | None:
    """A reason on one line without control characters, cut to :data:`MAX_REASON`; None for an empty one."""
    kept = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in words or "")
    return " ".join(kept.split())[:MAX_REASON] or None


def at_anchor(review: Review, claim: ClaimRow) -> bool:
    """True when a claim, as it was read, stands where the review's claim stood and says the same."""
    return (claim.report_id, claim.kind, claim.start, claim.end, claim.exact) == (
        review.report, review.kind, review.start, review.end, review.exact,
    )  # fmt: skip


def linked(reviews: Iterable[Review], claims: Iterable[ClaimRow]) -> dict[str, str]:
    """Id of the claim that each review is about, by id of the review; orphans are left out.

    A claim of the same id is the claim; else the only one at the anchor is. ``claims`` are as they were read.
    """
    by_id = {claim.id: claim for claim in claims}
    at: dict[tuple[object, ...], list[str]] = {}
    for claim in by_id.values():
        at.setdefault((claim.report_id, claim.kind, claim.start, claim.end, claim.exact), []).append(claim.id)
    found: dict[str, str] = {}
    for review in reviews:
        same = by_id.get(review.claim)
        if same is not None and same.report_id == review.report and same.kind == review.kind:
            found[review.id] = same.id
            continue
        there = at.get((review.report, review.kind, review.start, review.end, review.exact), [])
        if len(there) == 1:
            found[review.id] = there[0]
    return found


def review_values(review: Review, n: int) -> tuple[object, ...]:
    """Values of table ``reviews``, in column order."""
    return (
        n, review.id, review.at.astimezone(UTC).replace(tzinfo=None), review.claim, review.report, review.kind,
        review.start, review.end, review.exact, review.action, json.dumps(review.before), json.dumps(review.after),
        review.reason, review.batch, review.undoes,
    )  # fmt: skip


def review_row(values: Sequence[Any]) -> Review:
    """The inverse of :func:`review_values`, then ``undone`` and ``orphaned``."""
    width = len(TABLES["reviews"])
    given = dict(zip(TABLES["reviews"], values[:width], strict=True))
    del given["n"]
    given |= {"at": given["at"].replace(tzinfo=UTC), "before": json.loads(given["before"])}
    given |= {"after": json.loads(given["after"]), "undone": values[width], "orphaned": values[width + 1]}
    return Review(**given)
