"""Counts of the same thing, found among many: the one grouping behind :mod:`store.rivals` and :mod:`store.index`.

What could belong to a group is read once, as arrays in the order of groups and days; which claims pass a filter then
says which groups are left. Without owner and place nothing says that two numbers speak of the same people, so such
counts are in no group.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import duckdb
import numpy as np
from numpy.typing import NDArray

from store.appearances import GAP, Seen
from store.sql import FROM_CLAIMS

Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]

EPOCH: Final = date(1970, 1, 1)
UNDATED: Final = np.iinfo(np.int64).max
"""Day of a claim whose report has no date: behind all others, as in every list."""

_COUNTED: Final = "AND c.kind = 'count' AND (c.whose IS NOT NULL OR cp.place_key IS NOT NULL)"
# What is said of a place is compared at every area round it of which the same is said, too.
_TOLD: Final = f"""WITH told AS (
        SELECT c.n, c.report, s.story, c.count_kind, c.whose, c.noun, cp.place_key AS own, {GAP} AS gap,
            r.published - DATE '1970-01-01' AS day, hash(coalesce(c.claimant, '')) AS voice,
            hash(c.low, c.high, c.low_open, c.high_open) AS number
        {FROM_CLAIMS} JOIN stories s ON s.report = r.n LEFT JOIN claim_places cp ON cp.claim = c.n AND cp.first
        WHERE {{passing}} {_COUNTED}),
    anchors AS (SELECT DISTINCT count_kind, whose, noun, own AS anchor FROM told
        WHERE own IN (SELECT outer_key FROM place_within)),
    wide AS (SELECT t.n, a.anchor, min(t.own) AS own FROM told t
        JOIN place_within w ON w.inner_key = t.own
        JOIN anchors a ON a.anchor = w.outer_key AND a.count_kind = t.count_kind AND a.noun = t.noun
            AND a.whose IS NOT DISTINCT FROM t.whose
        ANTI JOIN told o ON o.n = t.n AND o.own = w.outer_key
        GROUP BY t.n, a.anchor),
    placed AS (SELECT *, own AS anchor, FALSE AS is_wide FROM told
        UNION ALL SELECT t.* REPLACE (w.own AS own), w.anchor, TRUE FROM wide w
        JOIN (SELECT DISTINCT ON (n) * FROM told) t ON t.n = w.n)
    SELECT dense_rank() OVER (ORDER BY count_kind, whose, anchor, noun) - 1 AS thing, n,
        coalesce(day, {UNDATED}) AS day, gap, report, story, voice, number, hash(coalesce(own, '')) AS own, is_wide,
        count_kind, whose, anchor
    FROM placed ORDER BY thing, placed.day NULLS LAST, n"""  # noqa: S608 - constants

_COLUMNS: Final = (
    "things", "claims", "days", "gaps", "reports", "stories", "voices", "numbers", "own", "is_wide",
)  # fmt: skip
"""Fields of :class:`Told` in the order of the query's columns."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """A group before its claims are read: what they share, and for each its number ``n`` and how often it appears.

    ``older`` claims are left out because there are too many.
    """

    kind: str
    whose: str | None
    place_key: str | None
    members: Mapping[int, Seen]
    older: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """Counts, by what they count, where, and when; one that lies in an area stands at the area, too (``is_wide``).

    ``claims`` are their ``n``, ``days`` those since 1970, ``gaps`` the days after which a claim is of another time.
    Equal ``voices`` are of one claimant, equal ``numbers`` are one interval, equal ``own`` are one place.
    """

    things: Numbers
    claims: Numbers
    days: Numbers
    gaps: Numbers
    reports: Numbers
    stories: Numbers
    voices: NDArray[np.uint64]
    numbers: NDArray[np.uint64]
    own: NDArray[np.uint64]
    is_wide: Flags
    names: tuple[tuple[str, str | None, str | None], ...]
    """Kind, whose, and key of the place of each thing."""

    @classmethod
    def of(cls, cursor: duckdb.DuckDBPyConnection, passing: str = "TRUE", values: Sequence[object] = ()) -> Told:
        """Read the counts that pass a condition, see :meth:`Filters.to_sql`."""
        relation: Any = cursor.sql(_TOLD.format(passing=passing), params=list(values))
        table = relation.to_arrow_table()
        columns: dict[str, Any] = {name: table.column(i).to_numpy() for i, name in enumerate(_COLUMNS)}
        firsts = np.flatnonzero(np.diff(columns["things"], prepend=-1))
        shared = table.select(["count_kind", "whose", "anchor"]).take(firsts).to_pydict()
        names = tuple(zip(shared["count_kind"], shared["whose"], shared["anchor"], strict=True))
        return cls(**columns, names=names)

    def differing(self, chosen: Flags | None = None, *, limit: int, members: int) -> tuple[int, list[Grouping]]:
        """How many groups have two claimants or two different numbers, and the largest of them.

        :param chosen: which of these counts pass a filter; None for all.
        :param limit: most groups, by number of claims; those whose claims are all in a larger one are left out.
        :param members: most claims of a group, the newest.
        """
        rows = self._standing(np.flatnonzero(chosen) if chosen is not None else np.arange(len(self.claims)))
        starts = self._starts(rows)
        ends = np.append(starts[1:], len(rows))
        found = np.flatnonzero(self._differ(rows, starts))
        ranked = found[np.argsort(starts[found] - ends[found], kind="stable")]
        apart: list[NDArray[np.int64]] = []
        for i in ranked[:limit]:
            group = rows[starts[i] : ends[i]]
            if not any(self._holds(other, group) for other in apart):
                apart.append(group)
        held = min(len(ranked), limit) - len(apart)
        return len(ranked) - held, [self._grouping(group, members) for group in apart]

    def _standing(self, rows: Numbers) -> Numbers:
        """The rows without those that stand at an area of which nothing is said itself."""
        if not len(rows):
            return rows
        starts = np.flatnonzero(np.diff(self.things[rows], prepend=-1))
        only_wide = np.logical_and.reduceat(self.is_wide[rows], starts)
        left: Numbers = rows[~np.repeat(only_wide, np.diff(np.append(starts, len(rows))))]
        return left

    def _starts(self, rows: Numbers) -> Numbers:
        """Where a group begins: with another thing, or after days on which nothing was said of it."""
        things, days = self.things[rows], self.days[rows]
        is_new = np.diff(things, prepend=-1) != 0
        late = (days[1:] - days[:-1] > self.gaps[rows][1:]) & (days[1:] != UNDATED)
        is_new[1:] |= late
        return np.flatnonzero(is_new)

    def _differ(self, rows: Numbers, starts: Numbers) -> Flags:
        differ = np.zeros(len(starts), dtype=bool)
        if len(starts):
            for values in (self.voices[rows], self.numbers[rows]):
                differ |= np.minimum.reduceat(values, starts) != np.maximum.reduceat(values, starts)
        return differ

    def _holds(self, larger: Numbers, smaller: Numbers) -> bool:
        same = self.names[self.things[larger[0]]][:2] == self.names[self.things[smaller[0]]][:2]
        return same and set(self.claims[smaller].tolist()) <= set(self.claims[larger].tolist())

    def _grouping(self, rows: Numbers, members: int) -> Grouping:
        """A group, every number of a claimant at a place once, with its first report and all that repeat it."""
        said: dict[tuple[int, int, int], list[int]] = {}
        keys = zip(self.voices[rows].tolist(), self.numbers[rows].tolist(), self.own[rows].tolist(), strict=True)
        for row, key in zip(rows.tolist(), keys, strict=True):
            said.setdefault(key, []).append(row)
        newest = sorted(said.values(), key=lambda repeats: self._newest_first(repeats[0]))
        found = {int(self.claims[repeats[0]]): self._seen(repeats) for repeats in newest[:members]}
        kind, whose, key = self.names[self.things[rows[0]]]
        return Grouping(kind, whose, key, found, max(len(newest) - members, 0))

    def _newest_first(self, row: int) -> tuple[bool, int, int]:
        day = int(self.days[row])
        return day == UNDATED, -day, -int(self.claims[row])

    def _seen(self, rows: list[int]) -> Seen:
        days = [EPOCH + timedelta(days=int(day)) for day in self.days[rows] if day != UNDATED]
        reports, stories = len(set(self.reports[rows].tolist())), len(set(self.stories[rows].tolist()))
        return Seen(reports, stories, min(days, default=None), max(days, default=None))
