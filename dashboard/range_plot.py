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
from typing import Final

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
_LEFT, _RIGHT, _UNDATED = 9.0, 91.0, 93.0
"""Per cent of the width between which dated figures lie, and where undated ones lie."""
_FLOOR, _ROOM = 7.0, 0.8
"""Per cent of the height below zero, and the part of the height that the scale takes."""
_APART: Final = 3.4
"""Per cent of the width between figures of one claimant and day."""
_LABEL: Final = (17.0, 15.0)
"""Per cent of width and height that the label of a figure needs for itself."""


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


def row(  # noqa: PLR0917 - a row of a picture needs all of it
    lane: Lane, group: Sequence[Lane], scale: Scale, days: Days, palette: Palette, corrections: Corrections
) -> str:
    """One claimant: who it is, and the figures over the pale figures of the others."""
    side = palette.side(lane.side)
    own = spots(lane, scale, days)
    others = [spot for other in group if other is not lane for spot in spots(other, scale, days)]
    pale = "".join(mark(spot.line, spot.x, scale, "currentColor") for spot in others)
    return (
        f'<div class="ca-lane">{_who(lane, side)}'
        f'<div class="ca-lane-plot" role="img" aria-label="{esc(described(lane, corrections), limit=900)}">'
        f'{_grid(scale, days)}<div class="ca-pale">{pale}</div>{_arrows(own, corrections)}'
        f"{''.join(_figure(at, spot, scale, side, corrections) for at, spot in enumerate(own))}{_labels(own)}</div></div>"
    )


Corrections = Sequence[tuple[int, int]]
"""Pairs of indices in a group: the corrected figure and the one that corrects it."""


def _who(lane: Lane, side: Side) -> str:
    name = esc(wording.claimant(lane.claimant), limit=60)
    return f'<div class="ca-lane-who">{chip(side)}<strong>{name}</strong></div>'


def _figure(at: int, spot: Spot, scale: Scale, side: Side, corrections: Corrections) -> str:
    old = " ca-corrected" if spot.index in {earlier for earlier, _ in corrections} else ""
    words = esc(f"{as_written(spot.line)}, {wording.short_day(spot.line.published)}")
    return f'<span class="ca-figure-{at}{old}" title="{words}">{mark(spot.line, spot.x, scale, side.colour)}</span>'


def _grid(scale: Scale, days: Days) -> str:
    across = "".join(
        f'<i class="ca-grid" style="bottom:{height(tick, scale)}%"><b>{esc(number(tick))}</b></i>'
        for tick in scale.ticks[-2:]
    )
    upright = "".join(f'<i class="ca-day" style="left:{days.at(day)}%"></i>' for day in days.ticks)
    return f"{across}{upright}"


def _arrows(own: Sequence[Spot], corrections: Corrections) -> str:
    lines = "".join(
        f'<line class="{style}" x1="{a.x}%" y1="{100 - a.y:.2f}%" x2="{b.x}%" y2="{100 - b.y:.2f}%" '
        'marker-end="url(#ca-arrow)"></line>'
        for style, a, b in _steps(own, corrections)
    )
    return f'<svg aria-hidden="true" focusable="false">{lines}</svg>' if lines else ""


def _steps(own: Sequence[Spot], corrections: Corrections) -> Iterator[tuple[str, Spot, Spot]]:
    """From each figure to the one that corrects it, and from day to day to the claimant's next."""
    by_index = {spot.index: spot for spot in own}
    known = [(a, b) for a, b in corrections if a in by_index and b in by_index]
    yield from (("ca-correction", by_index[a], by_index[b]) for a, b in known)
    dated = [spot for spot in own if spot.line.published]
    for before, after in zip(dated, dated[1:], strict=False):
        if before.line.published != after.line.published and (before.index, after.index) not in known:
            yield "ca-later", before, after


def _labels(own: Sequence[Spot]) -> str:
    """The figures in words beside their marks, as far as they do not cover each other; the list has them all."""
    shown: list[Spot] = []
    out = []
    for spot in sorted(own, key=lambda spot: -spot.x):
        if any(abs(spot.x - other.x) < _LABEL[0] and abs(spot.y - other.y) < _LABEL[1] for other in shown):
            continue
        shown.append(spot)
        left = spot.x > 60  # noqa: PLR2004 - beyond it the words would leave the picture
        place = f"right:{100 - spot.x}%" if left else f"left:{spot.x}%"
        out.append(
            f'<em class="{"ca-to-left" if left else "ca-to-right"}" style="{place};bottom:{spot.y}%">'
            f"{esc(as_written(spot.line), limit=26)}</em>"
        )
    return f'<div class="ca-labels" aria-hidden="true">{"".join(out)}</div>'


def described(lane: Lane, corrections: Corrections) -> str:
    """The row in words: who gives which figures on which days, and which of them are corrected."""
    old = {earlier for earlier, _ in corrections}
    figures = "; ".join(
        f"{wording.short_day(line.published)}: {wording.interval(line)}"
        + (f" ({t('corrected later')})" if index in old else "")
        for index, line in lane.figures
    )
    return f"{wording.claimant(lane.claimant)[:80]}: {figures}"


def axis(days: Days) -> str:
    """Days under the rows."""
    labels = "".join(
        f'<span style="left:{days.at(day)}%">{esc(wording.short_day(day))}</span>' for day in days.ticks
    )
    undated = f'<span style="left:{_UNDATED}%">{esc(t("undated"))}</span>' if days.undated else ""
    return f'<div class="ca-days" aria-hidden="true"><div>{labels}{undated}</div></div>'


ARROW: Final = (
    '<svg class="ca-defs" aria-hidden="true" focusable="false" width="0" height="0"><defs>'
    '<marker id="ca-arrow" viewBox="0 0 10 10" refX="15" refY="5" markerWidth="8" markerHeight="8" '
    'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 1 L10 5 L0 9 Z"></path></marker></defs></svg>'
)
"""The head of all arrows, once a page. It ends before the mark it points at."""
