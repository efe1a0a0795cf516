"""Rival numbers: what different claimants say of the same thing, one under the other, never summed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import streamlit as st

from dashboard import repeats, wording
from dashboard.claims_view import card
from dashboard.language import ENGLISH, current, later, number, t
from dashboard.lines import ClaimLine, from_row
from dashboard.markup import chip, esc, joined, said_in
from dashboard.sides import Palette
from store.rivals import RivalGroup

_SHOWN: Final = 2
_ROWS: Final = 6
_LOG_FROM: Final = 60
"""Numbers whose largest is more than this many times the smallest are drawn on a logarithmic scale."""
_MORE: Final = "ca-more-rivals"
_READING: Final = later(
    "What is claimed of the same thing; nothing is added up. A dot is one figure, a fading bar has no limit on that "
    "side, a hollow end is not part of it."
)
_NONE: Final = later("No two claimants give different numbers of the same thing under these filters.")


def show(groups: Sequence[RivalGroup], palette: Palette, *, total: int, everywhere: bool) -> None:
    """The groups with most claims of ``total``; all that are given on demand."""
    if not groups and not everywhere:
        return
    with st.container(key="ca-rivals"):
        st.html(
            f'<h2 class="ca-section">{t("Rival numbers")} <span class="ca-count">{number(total)}</span></h2>'
            f'<p class="ca-note">{t(_READING)}</p>'
        )
        if not groups:
            st.html(f'<p class="ca-empty">{t(_NONE)}</p>')
        opened = bool(st.session_state.get(_MORE))
        for index, group in enumerate(groups if opened else groups[:_SHOWN]):
            _group(group, palette, index)
        if len(groups) > _SHOWN:
            st.checkbox(_more(len(groups), total), key=_MORE)


def _more(n: int, total: int) -> str:
    if n == total:
        return t("Show all {n} rival numbers", n=n)
    return t("Show the {n} groups with most claims; filter to see others", n=n)


def _group(group: RivalGroup, palette: Palette, index: int) -> None:
    lines = [from_row(row, when) for row, when in zip(group.claims, group.dates, strict=True)]
    scale, fates = Scale.of(lines), _fates(group)
    with st.container(key=f"ca-rival-{index}"):
        st.html(f'<div class="ca-rival-head"><h3>{title(group)}</h3>{_axis(scale)}</div>')
        for row, line in enumerate(lines[:_ROWS]):
            words = _row(line, palette, scale, fates.get(row, ""), _note(group, row))
            card(f"{index}-{row}", words, line, style="row")
        if left := group.older + len(lines[_ROWS:]):
            more = t("and {n} more: filter by this kind to list them all.", n=left)
            st.html(f'<p class="ca-note">{more}</p>')


def title(group: RivalGroup) -> str:
    """What is counted, whose, and where, as HTML."""
    things = {(claim.unit or "").casefold() for claim in group.claims}
    # The unit is a word of the reports, which are in English: in another language the kind is named.
    what = things.pop() if len(things) == 1 and current() == ENGLISH else wording.kind(group.kind)
    where = esc(group.place.name, limit=60) if group.place else t("no place given")
    return joined(
        [
            esc((what or wording.kind(group.kind)).capitalize(), limit=60),
            esc(t("of {whom}", whom=group.whose), limit=60) if group.whose else t("whose: not said"),
            where,
        ]
    )


class Scale:
    """Where a number lies on a row, in per cent of its width: linear from zero, or logarithmic over wide ranges."""

    def __init__(self, smallest: int, largest: int) -> None:
        self.largest = max(largest, 1)
        self.logarithmic = smallest > 0 and largest / smallest > _LOG_FROM
        self.start = 10 ** math.floor(math.log10(smallest)) if self.logarithmic else 0
        self._at = self._log if self.logarithmic else self._linear

    @classmethod
    def of(cls, lines: Sequence[ClaimLine]) -> Scale:
        """The scale on which every bound of ``lines`` fits, with room for open ends."""
        bounds = [bound for line in lines for bound in (line.low, line.high) if bound is not None]
        return cls(min(bounds, default=0), round(max(bounds, default=1) * 1.15))

    def at(self, number: int) -> float:
        """Per cent from the left edge, 0 to 100."""
        return round(min(100.0, max(0.0, self._at(number))), 2)

    def _linear(self, number: int) -> float:
        return 100 * number / self.largest

    def _log(self, number: int) -> float:
        span = math.log10(self.largest) - math.log10(self.start)
        return 100 * (math.log10(max(number, self.start)) - math.log10(self.start)) / span

    @property
    def ticks(self) -> list[int]:
        """Two or three round numbers to label."""
        if self.logarithmic:
            first, last = round(math.log10(self.start)), math.floor(math.log10(self.largest))
            return [10**power for power in range(first, last + 1)][-3:]
        power = 10 ** math.floor(math.log10(self.largest))
        step = next(step for step in (power // 2 or 1, power, 2 * power, 5 * power) if self.largest / step < 4)
        return list(range(0, self.largest + 1, step))


def _axis(scale: Scale) -> str:
    ticks = "".join(f'<span style="left:{scale.at(n)}%">{number(n)}</span>' for n in scale.ticks)
    return f'<div class="ca-axis" aria-hidden="true"><div>{ticks}</div></div>'


def as_written(line: ClaimLine) -> str:
    """The number with the words that limit it, as the report has them: ``"more than 80,000"``."""
    if not line.number:
        return line.exact
    return f"{line.modifier[:1].lower()}{line.modifier[1:]} {line.number}" if line.modifier else line.number


def _fates(group: RivalGroup) -> dict[int, str]:
    """What became of a number, by its index: its claimant took it back, or took another one back with it."""
    taken_back = {pair.earlier: t("taken back since") for pair in group.corrections}
    return {pair.later: t("correction") for pair in group.corrections} | taken_back


def _note(group: RivalGroup, row: int) -> str:
    """Where a claim lies within the group's area, what became of it, and where else it appears."""
    places = dict.fromkeys(place.text for place in group.claims[row].places if place.place_key)
    at_group = not places or any(place.place_key == group.place_key for place in group.claims[row].places)
    parts = [
        "" if at_group else ", ".join(places),
        repeats.later_figure(group, row),
        repeats.in_words(group.seen[row]) if group.seen else "",
    ]
    words = "; ".join(part for part in parts if part)
    return f'<p class="ca-seen">{esc(words, limit=160)}</p>' if words else ""


def _row(line: ClaimLine, palette: Palette, scale: Scale, fate: str = "", note: str = "") -> str:
    side = palette.side(line.side)
    means = esc(wording.interval(line))
    who = f"<strong>{esc(wording.claimant(line.claimant), limit=44)}</strong>"
    return (
        f'<div class="ca-row" title="{means}"><div class="ca-row-who">{chip(side)}'
        f"<span>{who}<time>{esc(wording.short_day(line.published))}</time></span></div>"
        f'<div class="ca-plot" aria-hidden="true">{bar(line, scale, side.colour)}</div>'
        f'<div class="ca-row-number"><span {said_in()}>{esc(as_written(line), limit=40)}</span>'
        f'<span class="ca-sr"> ({means})</span>{f"<small>{fate}</small>" if fate else ""}</div>{note}</div>'
    )


def bar(line: ClaimLine, scale: Scale, colour: str) -> str:
    """The interval as a mark: a dot for one figure, a bar between two bounds, a fading bar where a bound is open."""
    low, high = line.low, line.high
    if low is None and high is None:
        return ""
    if low is not None and low == high:
        about = " ca-about" if line.approx else ""
        return f'<i class="ca-dot-mark{about}" style="left:{scale.at(low)}%;background:{colour};color:{colour}"></i>'
    start = scale.at(low) if low is not None else 0.0
    width = max((scale.at(high) if high is not None else 100.0) - start, 0.8)
    fade = "right" if high is None else "left" if low is None else "none"
    body = f'<i class="ca-bar ca-fade-{fade}" style="left:{start}%;width:{width}%;color:{colour}"></i>'
    return (
        body + _stop(low, scale, colour, excluded=line.low_open) + _stop(high, scale, colour, excluded=line.high_open)
    )


def _stop(bound: int | None, scale: Scale, colour: str, *, excluded: bool) -> str:
    """The end of a bar: full where the bound belongs to the interval, hollow where it does not."""
    if bound is None:
        return ""
    style = f"left:{scale.at(bound)}%;border-color:{colour};background:{colour}"
    return f'<i class="ca-stop{" ca-open" if excluded else ""}" style="{style}"></i>'
