"""Contested counts as ranges over time, one row a claimant. Pure functions: lines in, escaped HTML out.

Numbers rise from the bottom to the top of a row, all rows of a group on one scale; days run from left to right. A dot
is one figure, a bar an interval, a fading bar has no limit on that side, a hollow end is not part of the interval. What
the others claim stands behind each row in pale, so that rows can be compared. An arrow leads from a figure to the one
that corrects it (full) or that the same claimant gives later (dashed).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from dashboard import wording
from dashboard.comparison import Lane
from dashboard.language import number, t
from dashboard.lines import ClaimLine
from dashboard.markup import chip, esc
from dashboard.rivals_view import Scale, as_written
from dashboard.sides import Palette, Side

_STEPS: Final = (1, 2, 3, 7, 14, 30, 61, 91, 182, 365, 730, 1826, 3652, 18262)
"""Days between two labels of the axis."""
_MOST_TICKS: Final = 5
_LEFT, _RIGHT, _UNDATED = 13.0, 91.0, 93.0
"""Per cent of the width between which dated figures lie, and where undated ones lie."""
_FLOOR, _ROOM = 8.0, 0.72
"""Per cent of the height below zero, and the part of the height that the scale takes."""
_APART: Final = 6.0
"""Per cent of the width between figures of one claimant and day."""
_FLAT: Final = 2.0
"""Per cent of the height below which an arrow is level."""
_WIDE, _HIGH = 18.0, 15.0
"""Per cent of width and height that the words of a figure need for themselves."""


@dataclass(frozen=True, slots=True)
class Days:
    """The axis of days: first and last dated figure, and whether there are figures without a date."""

    first: date | None
    last: date | None
    undated: bool

    @classmethod
    def of(cls, lines: Iterable[ClaimLine]) -> Days:
        """The axis on which all these figures fit."""
        days = [line.published for line in lines]
        dated = [day for day in days if day]
        return cls(min(dated, default=None), max(dated, default=None), len(dated) < len(days))

    def at(self, day: date | None) -> float:
        """Per cent from the left edge."""
        if day is None:
            return _UNDATED
        right = _RIGHT - 14 if self.undated else _RIGHT
        span = (self.last - self.first).days if self.first and self.last else 0
        if not span or self.first is None:
            return (_LEFT + right) / 2
        return round(_LEFT + (right - _LEFT) * (day - self.first).days / span, 2)

    @property
    def ticks(self) -> list[date]:
        """At most five days to label, the first and, where it falls on a step, the last among them."""
        if self.first is None or self.last is None:
            return []
        span = (self.last - self.first).days
        step = next((step for step in _STEPS if span // step < _MOST_TICKS), _STEPS[-1])
        return [self.first + timedelta(days=days) for days in range(0, span + 1, step)]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a figure lies: index in its group, its line, and per cent from the left edge and from the bottom."""

    index: int
    line: ClaimLine
    x: float
    y: float


def height(amount: int, scale: Scale) -> float:
    """Per cent from the bottom of a row."""
    return round(_FLOOR + scale.at(amount) * _ROOM, 2)


def spots(lane: Lane, scale: Scale, days: Days) -> list[Spot]:
    """Places of a claimant's figures; those of one day stand side by side."""
    by_day: dict[date | None, list[tuple[int, ClaimLine]]] = {}
    for index, line in lane.figures:
        by_day.setdefault(line.published, []).append((index, line))
    return [
        Spot(index, line, round(days.at(day) + (at - (len(figures) - 1) / 2) * _APART, 2), _anchor(line, scale))
        for day, figures in by_day.items()
        for at, (index, line) in enumerate(figures)
    ]


def _anchor(line: ClaimLine, scale: Scale) -> float:
    """Where the number itself lies: the bound that the words give, the middle of two."""
    bounds = [height(bound, scale) for bound in (line.low, line.high) if bound is not None]
    return round(sum(bounds) / len(bounds), 2) if bounds else _FLOOR


def mark(line: ClaimLine, x: float, scale: Scale, colour: str) -> str:
    """A figure: the upright form of the marks of rival numbers."""
    low, high = line.low, line.high
    if low is None and high is None:
        return ""
    if low is not None and low == high:
        about = " ca-about" if line.approx else ""
        style = f"left:{x}%;bottom:{height(low, scale)}%;background:{colour};color:{colour}"
        return f'<i class="ca-dot-mark{about}" style="{style}"></i>'
    start = height(low, scale) if low is not None else 0.0
    length = round(max((height(high, scale) if high is not None else 100.0) - start, 1.5), 2)
    fade = "up" if high is None else "down" if low is None else "none"
    body = f'<i class="ca-vbar ca-fade-{fade}" style="left:{x}%;bottom:{start}%;height:{length}%;color:{colour}"></i>'
    ends = ((low, line.low_open), (high, line.high_open))
    return body + "".join(_stop(bound, x, scale, colour, excluded=out) for bound, out in ends if bound is not None)


def _stop(bound: int, x: float, scale: Scale, colour: str, *, excluded: bool) -> str:
    style = f"left:{x}%;bottom:{height(bound, scale)}%;border-color:{colour};background:{colour}"
    return f'<i class="ca-vstop{" ca-open" if excluded else ""}" style="{style}"></i>'


@dataclass(frozen=True, slots=True)
class Arrows:
    """Pairs of indices in a group: a corrected figure and the one that corrects it; a figure and a later one."""

    corrections: Sequence[tuple[int, int]] = ()
    later: Sequence[tuple[int, int]] = ()

    @property
    def corrected(self) -> frozenset[int]:
        """Figures that were taken back."""
        return frozenset(earlier for earlier, _ in self.corrections)


def row(  # noqa: PLR0917 - a row of a picture needs all of it
    lane: Lane, group: Sequence[Lane], scale: Scale, days: Days, palette: Palette, arrows: Arrows
) -> str:
    """One claimant: who it is, and the figures over the pale figures of the others."""
    side = palette.side(lane.side)
    own = spots(lane, scale, days)
    others = [spot for other in group if other is not lane for spot in spots(other, scale, days)]
    pale = "".join(mark(spot.line, spot.x, scale, "currentColor") for spot in others)
    return (
        f'<div class="ca-lane">{_who(lane, side)}'
        f'<div class="ca-lane-plot" role="img" aria-label="{esc(described(lane, arrows), limit=900)}">'
        f'{_grid(scale, days)}<div class="ca-pale">{pale}</div>{_arrows(own, arrows)}'
        f"{''.join(_figure(at, spot, scale, side, arrows) for at, spot in enumerate(own))}{_labels(own)}</div></div>"
    )


def voice(lane: Lane) -> str:
    """Who gives the figures of a row."""
    name = wording.claimant(lane.claimant)
    return f"{name} ({lane.outlet})" if lane.outlet else name


def _who(lane: Lane, side: Side) -> str:
    return f'<div class="ca-lane-who">{chip(side)}<strong>{esc(voice(lane), limit=60)}</strong></div>'


def _figure(at: int, spot: Spot, scale: Scale, side: Side, arrows: Arrows) -> str:
    old = " ca-corrected" if spot.index in arrows.corrected else ""
    words = esc(f"{as_written(spot.line)}, {wording.short_day(spot.line.published)}")
    return f'<span class="ca-figure-{at}{old}" title="{words}">{mark(spot.line, spot.x, scale, side.colour)}</span>'


def _grid(scale: Scale, days: Days) -> str:
    across = "".join(
        f'<i class="ca-grid" style="bottom:{height(tick, scale)}%"><b>{esc(number(tick))}</b></i>'
        for tick in scale.ticks[-2:]
    )
    upright = "".join(f'<i class="ca-day" style="left:{days.at(day)}%"></i>' for day in days.ticks)
    return f"{across}{upright}"


def _arrows(own: Sequence[Spot], arrows: Arrows) -> str:
    """Arrows as boxes whose diagonal is the arrow: a page's HTML may hold no drawing, and boxes grow with the row."""
    return "".join(_arrow(style, start, end) for style, start, end in _steps(own, arrows))


def _arrow(style: str, start: Spot, end: Spot) -> str:
    left, low = min(start.x, end.x), min(start.y, end.y)
    wide, high = abs(end.x - start.x), abs(end.y - start.y)
    course = "flat" if high < _FLAT else "up" if end.y > start.y else "down"
    back = " ca-back" if end.x < start.x else ""
    box = f"left:{left:.2f}%;bottom:{low:.2f}%;width:{wide:.2f}%;height:{high:.2f}%"
    return f'<span class="ca-arrow ca-{course}{back}" style="{box}"><b class="{style}"></b></span>'


def _steps(own: Sequence[Spot], arrows: Arrows) -> Iterator[tuple[str, Spot, Spot]]:
    """From each figure to the one that corrects it, and to another one that the same claimant gives later."""
    at = {spot.index: spot for spot in own}
    for style, pairs in (("ca-later", arrows.later), ("ca-correction", arrows.corrections)):
        yield from ((style, at[a], at[b]) for a, b in pairs if a in at and b in at)


def _labels(own: Sequence[Spot]) -> str:
    """The figures in words beside their marks, where nothing is in the way; the list has them all."""
    taken = [_covered(spot) for spot in own]
    out = []
    for spot in own:
        for style, edge, left in (
            ("ca-to-right", f"left:{spot.x}%", spot.x + 1.5),
            ("ca-to-left", f"right:{round(100 - spot.x, 2)}%", spot.x - 1.5 - _WIDE),
        ):
            box = _Box(left, left + _WIDE, spot.y - _HIGH / 2, spot.y + _HIGH / 2)
            if left >= 0 and box.right <= 100 and not any(box.touches(other) for other in taken):
                taken.append(box)
                words = esc(as_written(spot.line), limit=26)
                out.append(f'<em class="{style}" style="{edge};bottom:{spot.y}%">{words}</em>')
                break
    return f'<div class="ca-labels" aria-hidden="true">{"".join(out)}</div>'


class _Box(NamedTuple):
    """A part of a row, in per cent of its width and height."""

    left: float
    right: float
    bottom: float
    top: float

    def touches(self, other: _Box) -> bool:
        """True when the two have a point in common."""
        beside = self.left < other.right and other.left < self.right
        return beside and self.bottom < other.top and other.bottom < self.top


def _covered(spot: Spot) -> _Box:
    """What a mark itself covers."""
    top = 100.0 if spot.line.high is None else spot.y + _HIGH / 2
    return _Box(spot.x - 1, spot.x + 1, 0.0 if spot.line.low is None else spot.y - _HIGH / 2, top)


def described(lane: Lane, arrows: Arrows) -> str:
    """The row in words: who gives which figures on which days, and which of them are corrected."""
    figures = "; ".join(
        f"{wording.short_day(line.published)}: {wording.interval(line)}"
        + (f" ({t('corrected later')})" if index in arrows.corrected else "")
        for index, line in lane.figures
    )
    return f"{voice(lane)[:80]}: {figures}"


def axis(days: Days) -> str:
    """Days under the rows."""
    labels = "".join(f'<span style="left:{days.at(day)}%">{esc(wording.short_day(day))}</span>' for day in days.ticks)
    undated = f'<span style="left:{_UNDATED}%">{esc(t("undated"))}</span>' if days.undated else ""
    return f'<div class="ca-days" aria-hidden="true"><div>{labels}{undated}</div></div>'
