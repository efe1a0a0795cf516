"""Contested numbers: each group a range plot over time, with its figures as rows that open the words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import streamlit as st

from dashboard import disagreement, wording
from dashboard.claims_view import card
from dashboard.comparison import Compared, Lane, lanes
from dashboard.language import later, number, t
from dashboard.lines import ClaimLine
from dashboard.markup import esc
from dashboard.range_plot import Arrows, Days, axis, row
from dashboard.rivals_view import Scale, as_written, title
from dashboard.sides import Palette
from store.rivals import RivalGroup

_SHOWN: Final = 3
_MOST: Final = 30
_LANES: Final = 8
_FIGURES: Final = 6
_MORE: Final = "ca-more-contested"


def show(compared: Compared, palette: Palette) -> None:
    """The groups of which most of those compared speak; all of them on demand."""
    groups = compared.contested
    with st.container(key="ca-contested"):
        st.html(_head(len(groups)))
        if not groups:
            st.html(f'<p class="ca-empty">{esc(t(_NOTHING))}</p>')
        opened = bool(st.session_state.get(_MORE))
        for index, group in enumerate(groups[: _MOST if opened else _SHOWN]):
            _group(index, group, compared, palette)
        if len(groups) > _SHOWN:
            st.checkbox(t("Show all {n} contested numbers", n=len(groups)), key=_MORE)
        if opened and len(groups) > _MOST:
            st.html(f'<p class="ca-note">{esc(t("The first {n}; a filter shows others.", n=_MOST))}</p>')


_NOTHING: Final = later(
    "Those compared give no different numbers of the same thing under these filters. "
    "Choose others, or lift a filter: below is what each of them says."
)


def _head(n: int) -> str:
    note = t(
        "Who gives which number, and when. A dot is one figure, a fading bar has no limit on that side, a hollow end "
        "is not part of it; pale are the others’ figures. A full arrow corrects, a dashed one leads to a later figure."
    )
    return (
        f'<h2 class="ca-section">{esc(t("Contested numbers"))} <span class="ca-count">{number(n)}</span></h2>'
        f'<p class="ca-note">{esc(note)}</p>'
    )


def _group(index: int, group: RivalGroup, compared: Compared, palette: Palette) -> None:
    found = lanes(group, compared.role, compared.names)
    lines = [line for lane in found for _, line in lane.figures]
    scale, days = Scale.of(lines), Days.of(lines)
    arrows = Arrows(group.corrections, group.later_figures)
    with st.container(key=f"ca-contest-{index}"):
        st.html(_group_head(group, found, scale))
        for at, lane in enumerate(found[:_LANES]):
            with st.container(key=f"ca-lane-{index}-{at}"):
                st.html(row(lane, found, scale, days, palette, arrows))
                _figures(f"{index}-{at}", lane, arrows)
        st.html(axis(days))
        if len(found) > _LANES:
            st.html(f'<p class="ca-note">{esc(t("The table below has {n} more.", n=len(found) - _LANES))}</p>')


def _group_head(group: RivalGroup, found: Sequence[Lane], scale: Scale) -> str:
    shown = {index for lane in found for index, _ in lane.figures}
    scaled = f'<span class="ca-note">{esc(t("logarithmic scale"))}</span>' if scale.logarithmic else ""
    return f'<div class="ca-contest-head"><h3>{title(group)}</h3>{scaled}</div>{_quarrel(group, shown)}'


def _quarrel(group: RivalGroup, shown: Collection[int]) -> str:
    """Who disagrees with whom, in words."""
    found = disagreement.of(group, shown)
    told = [disagreement.words(group, item) for item in found[: disagreement.SHOWN]]
    if len(found) > disagreement.SHOWN:
        told.append(t("The table below has {n} more.", n=len(found) - disagreement.SHOWN))
    if disagreement.nothing_contested(group, shown):
        told = [t("All of these numbers can be right at once.")]
    return f'<ul class="ca-quarrel">{"".join(f"<li>{esc(line)}</li>" for line in told)}</ul>' if told else ""


def _figures(key: str, lane: Lane, arrows: Arrows) -> None:
    """The figures of a row, by date: each opens its words."""
    with st.container(key=f"ca-figures-{key}"):
        for at, (index, line) in enumerate(lane.figures[:_FIGURES]):
            card(f"figure-{key}-{at}", _figure(line, arrows, index), line, style="row")
        if len(lane.figures) > _FIGURES:
            more = t("The table below has {n} more.", n=len(lane.figures) - _FIGURES)
            st.html(f'<p class="ca-note">{esc(more)}</p>')


def _figure(line: ClaimLine, arrows: Arrows, index: int) -> str:
    old = index in arrows.corrected
    note = f" <em>{esc(t('corrected later'))}</em>" if old else ""
    if any(later == index for _, later in arrows.corrections):
        note = f" <em>{esc(t('a correction'))}</em>"
    number_ = esc(as_written(line), limit=60)
    means = f'<span class="ca-sr"> ({esc(wording.interval(line))})</span>'
    written = f"<s>{number_}</s>" if old else f"<span>{number_}</span>"
    return (
        f'<div class="ca-figure-row"><time>{esc(wording.short_day(line.published))}</time>'
        f"<div>{written}{means}{note}</div></div>"
    )
