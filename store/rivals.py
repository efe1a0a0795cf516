"""Rival counts: numbers that different claimants, or one claimant at different times, give of the same thing.

Counts are of the same thing when kind and owner agree, their places overlap, and they are near in time. Places overlap
when they are one, or when one lies in the area of the other (:mod:`store.nesting`): such a group is gathered at the
area. Numbers of things, units, attacks and the like must also name the same thing: 40 warships are no rival of 1,200
vehicles. A number that a claimant repeats is one claim with the reports it appears in. Nothing is ever summed, averaged
or dropped: a corrected number stays beside its correction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import duckdb

from store import contests
from store.appearances import Seen
from store.contests import Disagreement, Pair, Voiced
from store.filters import Filters
from store.grouping import Grouping, Told
from store.index import Index
from store.records import ClaimRow, PlaceRow
from store.rows import FoundClaim, Interval

MEMBERS: Final = 200
"""Most claims of a group that are read: what is said about each two of them grows with the square."""


@dataclass(frozen=True, slots=True)
class RivalGroup:
    """Counts of the same thing, by date; ``dates[i]`` is when the report of ``claims[i]`` was published.

    ``place`` is None when none of the claims has a located place. ``whose`` None: the reports do not say whose.
    ``outlets`` are those of the reports; a number in a report's own voice is the outlet's. ``seen`` says how often each
    claim appears: a claim that is repeated stands once, with its first report.
    """

    kind: str
    whose: str | None
    place_key: str | None
    claims: tuple[ClaimRow, ...]
    dates: tuple[date | None, ...]
    place: PlaceRow | None = None
    outlets: tuple[str | None, ...] = ()
    older: int = 0
    """Claims of the group that are not among ``claims`` because there are too many; they are the oldest."""
    seen: tuple[Seen, ...] = ()
    taken_back: tuple[Interval | None, ...] = ()
    """For each claim the interval of the one that it corrects, which may stand outside the group."""

    @property
    def claimants(self) -> tuple[str, ...]:
        """Who gives the numbers, in order of first appearance."""
        return tuple(dict.fromkeys(claim.claimant or "" for claim in self.claims))

    @property
    def corrections(self) -> tuple[Pair, ...]:
        """Which claim takes which back, in words that say so; indices of ``claims``."""
        return contests.corrections(self._voiced())

    @property
    def later_figures(self) -> tuple[Pair, ...]:
        """Which claim gives another number than its claimant gave before, without words of correction."""
        return contests.later_figures(self._voiced())

    @property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """Who disagrees with whom, by how much, over which days; indices of ``claims``."""
        return contests.disagreements(self._voiced())

    @property
    def compatible(self) -> tuple[Pair, ...]:
        """Claims of different claimants whose numbers can both be right."""
        return contests.compatible(self._voiced())

    def _voiced(self) -> list[Voiced]:
        outlets = self.outlets or (None,) * len(self.claims)
        taken_back = self.taken_back or (None,) * len(self.claims)
        return [Voiced(*given) for given in zip(self.claims, outlets, self.dates, taken_back, strict=True)]


def group_of(grouping: Grouping, found: Mapping[int, FoundClaim], place: PlaceRow | None) -> RivalGroup:
    """A group with those of its claims that were found, by date, undated ones last."""
    claims = sorted((found[n] for n in grouping.members if n in found), key=_by_date)
    return RivalGroup(
        grouping.kind,
        grouping.whose,
        grouping.place_key,
        claims=tuple(item.row for item in claims),
        dates=tuple(item.published for item in claims),
        place=place,
        outlets=tuple(item.outlet for item in claims),
        older=grouping.older,
        seen=tuple(grouping.members[item.n] for item in claims),
        taken_back=tuple(item.takes_back for item in claims),
    )


def _by_date(item: FoundClaim) -> tuple[bool, date, int]:
    return item.published is None, item.published or date.min, item.n


def groupings(
    cursor: duckdb.DuckDBPyConnection, filters: Filters, limit: int, members: int = MEMBERS, index: Index | None = None
) -> list[Grouping]:  # fmt: skip
    """Groups with at least two claimants or two different intervals, most claims first.

    A count at two places takes part in the groups of both. A group whose claims are all in another one is left out.

    :param members: most claims of a group, the newest.
    :param index: of the store as it is now, so that the counts need not be read from the file.
    """
    if index is not None:
        return index.told.differing(index.passing(filters)[index.told_at], limit=limit, members=members)[1]
    return Told.of(cursor, *filters.to_sql()).differing(limit=limit, members=members)[1]
