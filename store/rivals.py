"""Rival counts: numbers that different claimants, or one claimant at different times, give of the same thing.

Counts are of the same thing when kind and owner agree and they share a place, or neither has one. Numbers of things,
units, attacks and the like must also name the same thing: 40 warships are no rival of 1,200 vehicles. Nothing is
ever summed, averaged or dropped: a corrected number stays beside its correction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from store.records import ClaimRow, PlaceRow
from store.rows import FoundClaim

_PEOPLE: Final = frozenset({"personnel", "killed", "wounded", "killed_or_wounded", "detained", "missing", "displaced"})
"""Kinds in which different nouns ("troops", "soldiers") still count the same people."""


@dataclass(frozen=True, slots=True)
class RivalGroup:
    """Counts of the same thing, by date; ``dates[i]`` is when the report of ``claims[i]`` was published.

    ``place`` is None when none of the claims has a located place. ``whose`` None: the reports do not say whose.
    """

    kind: str
    whose: str | None
    place_key: str | None
    claims: tuple[ClaimRow, ...]
    dates: tuple[date | None, ...]
    place: PlaceRow | None = None

    @property
    def claimants(self) -> tuple[str, ...]:
        """Who gives the numbers, in order of first appearance."""
        return tuple(dict.fromkeys(claim.claimant or "" for claim in self.claims))

    def placed(self, place: PlaceRow | None) -> RivalGroup:
        """The same group with the record of its place."""
        return replace(self, place=place)


_Key = tuple[str, str | None, str, str | None]


def rivals(counts: Iterable[FoundClaim]) -> list[RivalGroup]:
    """Groups with at least two claimants or two different intervals, most claims first.

    A count at two places takes part in the groups of both.
    """
    groups: dict[_Key, list[FoundClaim]] = {}
    for item in counts:
        for key in _keys(item):
            groups.setdefault(key, []).append(item)
    found = [_group(key, members) for key, members in groups.items() if _differ(members)]
    return sorted(found, key=lambda group: (-len(group.claims), group.kind, group.whose or "", group.place_key or ""))


def _keys(item: FoundClaim) -> Iterable[_Key]:
    claim = item.row
    kind = claim.count_kind or "other"
    thing = "" if kind in _PEOPLE else _thing(claim.unit)
    place_keys: list[str | None] = [key for key, _ in item.places]
    for place_key in place_keys or [None]:
        # Without owner and place nothing says that two numbers speak of the same people.
        if claim.whose or place_key:
            yield (kind, claim.whose, thing, place_key)


def _thing(unit: str | None) -> str:
    """The head noun counted, singular as far as a final s tells: "military vehicles" -> "vehicle"."""
    words = (unit or "").casefold().split()
    return words[-1].removesuffix("s") if words else ""


def _differ(members: Sequence[FoundClaim]) -> bool:
    claimants = {item.row.claimant for item in members}
    intervals = {(item.row.low, item.row.high, item.row.low_open, item.row.high_open) for item in members}
    return len(claimants) > 1 or len(intervals) > 1


def _group(key: _Key, members: Sequence[FoundClaim]) -> RivalGroup:
    kind, whose, _, place_key = key
    by_date = sorted(members, key=lambda item: (item.published is None, item.published or date.min))
    return RivalGroup(kind, whose, place_key, tuple(i.row for i in by_date), tuple(i.published for i in by_date))
