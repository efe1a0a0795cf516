"""Rival counts: numbers that different claimants, or one claimant at different times, give of the same thing.

Counts are of the same thing when kind and owner agree and they share a place, or neither has one. Numbers of things,
units, attacks and the like must also name the same thing: 40 warships are no rival of 1,200 vehicles. Nothing is
ever summed, averaged or dropped: a corrected number stays beside its correction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import duckdb

from store import contests
from store.contests import Disagreement, Pair, Voiced
from store.filters import Filters
from store.records import ClaimRow, PlaceRow
from store.rows import FoundClaim
from store.sql import FROM_CLAIMS, filtered

PEOPLE: Final = frozenset({"personnel", "killed", "wounded", "killed_or_wounded", "detained", "missing", "displaced"})
"""Kinds in which different nouns ("troops", "soldiers") still count the same people."""
MEMBERS: Final = 200
"""Most claims of a group that are read: what is said about each two of them grows with the square."""


@dataclass(frozen=True, slots=True)
class RivalGroup:
    """Counts of the same thing, by date; ``dates[i]`` is when the report of ``claims[i]`` was published.

    ``place`` is None when none of the claims has a located place. ``whose`` None: the reports do not say whose.
    ``outlets`` are those of the reports; a number in a report's own voice is the outlet's.
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
        return [Voiced(*given) for given in zip(self.claims, outlets, self.dates, strict=True)]


@dataclass(frozen=True, slots=True)
class Grouping:
    """A group before its claims are read: what they share, their numbers ``n``, and how many older ones there are."""

    kind: str
    whose: str | None
    place_key: str | None
    members: tuple[int, ...]
    older: int = 0

    def of(self, found: Mapping[int, FoundClaim], place: PlaceRow | None) -> RivalGroup:
        """The group with its claims, by date, undated ones last."""
        claims = sorted((found[n] for n in self.members), key=_by_date)
        rows, dates = tuple(item.row for item in claims), tuple(item.published for item in claims)
        outlets = tuple(item.outlet for item in claims)
        return RivalGroup(self.kind, self.whose, self.place_key, rows, dates, place, outlets, self.older)


def _by_date(item: FoundClaim) -> tuple[bool, date, int]:
    return item.published is None, item.published or date.min, item.n


# The noun counted, singular as far as a final s tells: "military vehicles" -> "vehicle".
_NOUN: Final = "rtrim(split_part(lower(trim(coalesce(c.unit, ''))), ' ', -1), 's')"
_WHAT: Final = f"CASE WHEN list_contains(?::VARCHAR[], c.count_kind) THEN '' ELSE {_NOUN} END"
# Without owner and place nothing says that two numbers speak of the same people.
_TOLD: Final = "c.kind = 'count' AND (c.whose IS NOT NULL OR p.place_key IS NOT NULL)"
_INTERVAL: Final = "c.low, c.high, c.low_open, c.high_open"
_AT: Final = "LEFT JOIN claim_places p ON p.claim = c.n AND p.first"
_GROUPS: Final = f"""SELECT c.count_kind, c.whose, p.place_key, count(*) AS size, {_WHAT} AS noun,
    list(c.n ORDER BY r.published DESC NULLS LAST, c.n DESC) AS newest {FROM_CLAIMS} {_AT}"""
_DIFFERING: Final = f"""AND {_TOLD} GROUP BY c.count_kind, c.whose, p.place_key, noun
    HAVING count(DISTINCT coalesce(c.claimant, '')) > 1 OR count(DISTINCT ({_INTERVAL})) > 1
    ORDER BY size DESC, c.count_kind, c.whose, p.place_key, noun LIMIT ?"""
THINGS: Final = f"""SELECT dense_rank() OVER (ORDER BY c.count_kind, c.whose, p.place_key, {_WHAT}) AS thing, c.n,
    hash(coalesce(c.claimant, '')) AS voice, hash({_INTERVAL}) AS number, c.count_kind, c.whose, p.place_key
    FROM claims c {_AT} WHERE {_TOLD} ORDER BY thing, c.n"""  # noqa: S608 - constants
"""Every count that could belong to a group, by group: what :mod:`store.index` keeps of it. Parameter: PEOPLE."""


def groupings(
    cursor: duckdb.DuckDBPyConnection, filters: Filters, limit: int, members: int = MEMBERS
) -> list[Grouping]:  # fmt: skip
    """Groups with at least two claimants or two different intervals, most claims first.

    A count at two places takes part in the groups of both.

    :param members: most claims of a group, the newest.
    """
    query, values = filtered(_GROUPS, filters, _DIFFERING)
    rows = cursor.execute(query, [sorted(PEOPLE), *values, limit]).fetchall()
    return [
        Grouping(kind, whose, place_key, tuple(newest[:members]), max(size - members, 0))
        for kind, whose, place_key, size, _, newest in rows
    ]
