"""What the claims of a group do to each other: who takes a number back, who gives a later one, who disagrees with whom.

Pure functions over intervals, voices and days; :class:`store.rivals.RivalGroup` applies them to its claims. A bound
that is None is no bound. "About 12" reaches a tenth to either side when it is asked whether two numbers can both be
right; differences are always those of the numbers as given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final, NamedTuple

from store.records import ClaimRow
from store.rows import Interval

ABOUT: Final = 0.1
"""How far "about" reaches to either side, as a part of the number."""
REPORTER: Final = "reporter"


class Pair(NamedTuple):
    """Two claims of a group by their index; where one replaces the other, the earlier stands first."""

    earlier: int
    later: int


class Disagreement(NamedTuple):
    """Two claims of different claimants that cannot both be right, by their index in the group.

    ``difference`` and ``ratio`` (larger over smaller, None when the smaller is 0) are those of the nearest bounds.
    ``since`` is the day on which the second of them was first seen, ``until`` the day on which the first of them was
    replaced by its own claimant; None for a day that is not known, and when neither was replaced.
    """

    first: int
    second: int
    difference: int
    ratio: float | None
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Voiced:
    """A claim as its group sees it: whose voice it is, and from which day on it stood (None: not known).

    ``takes_back`` is the interval of the claim it corrects, which may stand outside the group; None without.
    """

    row: ClaimRow
    outlet: str | None
    day: date | None
    takes_back: Interval | None = None

    @property
    def voice(self) -> tuple[str | None, str | None]:
        """Who speaks: the claimant; the outlet for a number in a report's own voice."""
        own = self.row.claimant == REPORTER
        return self.row.claimant, self.outlet if own else None


def is_bounded(row: ClaimRow) -> bool:
    """False for a number that sets no bound, which can neither agree nor disagree."""
    return row.low is not None or row.high is not None


def overlap(first: ClaimRow, second: ClaimRow) -> bool:
    """True when both numbers can be right at once: their intervals have a value in common."""
    return not (_is_below(first, second) or _is_below(second, first))


def _is_below(first: ClaimRow, second: ClaimRow) -> bool:
    if first.high is None or second.low is None:
        return False
    high = first.high * (1 + ABOUT) if first.approx else first.high
    low = second.low * (1 - ABOUT) if second.approx else second.low
    return high < low or (high == low and (first.high_open or second.low_open))


def interval(row: ClaimRow) -> Interval:
    """What two claims of the same number have in common."""
    return row.low, row.high, row.low_open, row.high_open


def corrections(claims: Sequence[Voiced]) -> tuple[Pair, ...]:
    """Which claim takes which back, in its own words: "not 300 but 200", "revised its toll to 200".

    A number that is taken back in a report is taken back in the reports before it, too, where the same claimant gave
    it. Words that name no earlier number of the same report take back the last different number that the same claimant
    gave on an earlier day.
    """
    place = {claim.row.id: i for i, claim in enumerate(claims)}
    found: set[Pair] = set()
    for i, claim in enumerate(claims):
        if claim.row.corrects in place:
            found.add(Pair(place[claim.row.corrects], i))
        elif claim.takes_back is not None:
            found.update(Pair(other, i) for other in _given_before(claims, i, claim.takes_back))
        elif "correction" in claim.row.spans:
            found.update(Pair(other, i) for other in _before(claims, i))
    return tuple(sorted(found))


def _given_before(claims: Sequence[Voiced], at: int, number: Interval) -> Iterator[int]:
    """Claims of this very number by the same voice, no later than the claim that takes it back."""
    claim = claims[at]
    for i, other in enumerate(claims):
        same = i != at and other.voice == claim.voice and interval(other.row) == number
        if same and not _is_earlier(claim, other):
            yield i


def later_figures(claims: Sequence[Voiced]) -> tuple[Pair, ...]:
    """Which claim gives another number than its claimant gave on an earlier day, without a word of correction.

    Only numbers that cannot both be right, and only where the claimant gave one number on each of the two days: several
    on a day speak of several things.
    """
    taken_back = {pair.later for pair in corrections(claims)}
    return tuple(
        Pair(other, i)
        for i, claim in enumerate(claims)
        if i not in taken_back and len(_on_day(claims, claim)) == 1
        for other in _before(claims, i)
        if not overlap(claims[other].row, claim.row)
    )


def _before(claims: Sequence[Voiced], at: int) -> Iterator[int]:
    """The claim with another number that the same voice gave on the last day before; none when it gave several."""
    claim = claims[at]
    days = [other.day for other in claims if other.voice == claim.voice and _is_earlier(other, claim)]
    last = max((day for day in days if day), default=None)
    if last is None:
        return
    on_day = [i for i, other in enumerate(claims) if other.voice == claim.voice and other.day == last]
    numbers = {interval(claims[i].row) for i in on_day}
    if len(numbers) == 1 and interval(claim.row) not in numbers:
        yield on_day[0]


def _is_earlier(first: Voiced, second: Voiced) -> bool:
    return first.day is not None and second.day is not None and first.day < second.day


def _on_day(claims: Sequence[Voiced], claim: Voiced) -> set[Interval]:
    return {interval(other.row) for other in claims if other.voice == claim.voice and other.day == claim.day}


def disagreements(claims: Sequence[Voiced]) -> tuple[Disagreement, ...]:
    """Pairs of claims of different claimants that cannot both be right and stood on one day at least."""
    ends = _replaced(claims)
    found = (
        _disagreement(claims, ends, i, j)
        for i, j in combinations(range(len(claims)), 2)
        if claims[i].voice != claims[j].voice and not overlap(claims[i].row, claims[j].row)
    )
    return tuple(item for item in found if item is not None)


def compatible(claims: Sequence[Voiced]) -> tuple[Pair, ...]:
    """Pairs of claims of different claimants whose numbers can both be right."""
    return tuple(
        Pair(i, j)
        for i, j in combinations([i for i, claim in enumerate(claims) if is_bounded(claim.row)], 2)
        if claims[i].voice != claims[j].voice and overlap(claims[i].row, claims[j].row)
    )


def _replaced(claims: Sequence[Voiced]) -> dict[int, date | None]:
    """The day on which each replaced claim was replaced."""
    pairs = sorted((*corrections(claims), *later_figures(claims)), key=lambda pair: pair.later, reverse=True)
    return {pair.earlier: claims[pair.later].day for pair in pairs}


def _disagreement(claims: Sequence[Voiced], ends: dict[int, date | None], i: int, j: int) -> Disagreement | None:
    first, second = claims[i], claims[j]
    since = max(first.day, second.day) if first.day and second.day else None
    until = min((day for day in (ends.get(i), ends.get(j)) if day), default=None)
    if since and until and until < since:
        return None
    low, high = _nearest(first.row, second.row)
    return Disagreement(i, j, high - low, high / low if low else None, since, until)


def _nearest(first: ClaimRow, second: ClaimRow) -> tuple[int, int]:
    """The upper bound of the smaller number and the lower bound of the larger."""
    lower, upper = (first, second) if _is_below(first, second) else (second, first)
    return lower.high or 0, upper.low or 0
