"""When the claims were published, as bars in time. Pure functions: dates and numbers in, HTML out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dashboard import wording
from dashboard.language import later, plural, t
from dashboard.markup import esc
from store.facets import FacetValue

_STEPS: Final = (
    (93, 1, later("Claims by day.")), (731, 7, later("Claims by week.")), (3700, 30, later("Claims by 30 days."))
)  # fmt: skip
"""Longest span in days, days of a bar, and what is said of such bars; still longer spans have bars of a year."""
_LONGEST: Final = (365, later("Claims by 365 days."))
_LOWEST: Final = 4.0
"""Per cent of the height that the smallest bar still has, so that it can be seen."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars of equal length in time. ``starts`` are their first days; the last bar ends with ``last``."""

    starts: tuple[date, ...]
    last: date
    word: str

    @classmethod
    def of(cls, days: Sequence[FacetValue]) -> Timeline | None:
        """Bars from the first to the last of the days that have claims; None when there are no two."""
        dates = [date.fromisoformat(day.value) for day in days]
        return cls.over(min(dates), max(dates)) if len(dates) > 1 else None

    @classmethod
    def over(cls, first: date, last: date) -> Timeline:
        """Bars from ``first`` to ``last``: days, or longer when there would be too many."""
        span = (last - first).days + 1
        days, word = next(((days, word) for most, days, word in _STEPS if span <= most), _LONGEST)
        return cls(tuple(first + timedelta(days=at) for at in range(0, span, days)), last, word)

    def bar(self, day: date) -> int:
        """Index of the bar that a day falls in; of the nearest one for days outside."""
        return min(max(bisect_right(self.starts, day) - 1, 0), len(self.starts) - 1)

    def end(self, bar: int) -> date:
        """Last day of a bar."""
        return self.last if bar == len(self.starts) - 1 else self.starts[bar + 1] - timedelta(days=1)

    def counts(self, found: Sequence[FacetValue]) -> list[int]:
        """Claims of each bar, from the claims of each day."""
        sums = [0] * len(self.starts)
        for value in found:
            sums[self.bar(date.fromisoformat(value.value))] += value.n
        return sums

    def chosen(self, since: date | None, until: date | None) -> tuple[int, int]:
        """First and last bar of a range of days; None is no limit."""
        low = self.bar(since) if since else 0
        return low, max(low, self.bar(until) if until else len(self.starts) - 1)

    def limits(self, low: int, high: int) -> tuple[date | None, date | None]:
        """The days that a range of bars stands for: None where the range reaches the end, which is no limit."""
        return (
            self.starts[low] if low else None,
            self.end(high) if high < len(self.starts) - 1 else None,
        )

    def label(self, bar: int) -> str:
        """A bar's days in words."""
        start, end = self.starts[bar], self.end(bar)
        words = wording.short_day(start)
        return words if start == end else t("{first} to {last}", first=words, last=wording.short_day(end))


def html(timeline: Timeline, counts: Sequence[int], chosen: tuple[int, int]) -> str:
    """The bars; those outside of the chosen range are pale. The whole is one picture with a description in words."""
    most, last = max(counts, default=0) or 1, max(len(counts) - 1, 1)
    bars = "".join(
        f'<i class="{"" if chosen[0] <= at <= chosen[1] else "ca-out"}" title="{esc(_bar_words(timeline, at, n))}" '
        f'style="left:{100 * at / last:.3f}%;height:{max(100 * n / most, _LOWEST):.1f}%"></i>'
        for at, n in enumerate(counts)
        if n
    )
    width = f"--ca-bar:{min(100 / len(counts) * 0.8, 3.5):.3f}%"
    return (
        f'<div class="ca-time" role="img" aria-label="{esc(_described(timeline, counts, chosen))}">'
        f'<div style="{width}">{bars}</div></div>'
    )


def _bar_words(timeline: Timeline, bar: int, n: int) -> str:
    return t("{period}: {claims}", period=timeline.label(bar), claims=plural(n, "claim", "claims"))


def _described(timeline: Timeline, counts: Sequence[int], chosen: tuple[int, int]) -> str:
    low, high = chosen
    inside = sum(counts[low : high + 1])
    busiest = max(range(len(counts)), key=counts.__getitem__)
    chosen_words = t(
        "Chosen: {start} to {end}, {claims}.",
        start=wording.short_day(timeline.starts[low]),
        end=wording.short_day(timeline.end(high)),
        claims=plural(inside, "claim", "claims"),
    )
    most = t("Most: {bar}.", bar=_bar_words(timeline, busiest, counts[busiest]))
    return f"{t(timeline.word)} {chosen_words} {most}"
