"""The legend under the map: what size, colour, code, outline and dashes mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import streamlit as st

from dashboard.language import plural
from dashboard.map import radius
from dashboard.markup import chip, esc
from dashboard.resources import Overview
from store.marks import Mark

_OUTLINES = (
    '<li><span class="ca-line"></span><span>a country or region as a whole</span></li>'
    '<li><span class="ca-line ca-dashed"></span>'
    "<span>derived from a phrase, “eastern …”; fades where that is less sure</span></li>"
)


def show(marks: Sequence[Mark], overview: Overview) -> None:
    """Draw the legend for the marks that are on the map."""
    parts = (
        ("Colour and code: the side that claims", "", "".join(_sides(marks, overview))),
        ("Area of the disc: number of claims", "ca-sizes", "".join(_sizes(overview.most))),
        ("Outlines: places that are no points", "", _OUTLINES),
    )
    body = "".join(
        f'<div><p class="ca-legend-head">{head}</p><ul class="{style}">{items}</ul></div>'
        for head, style, items in parts
    )
    legend = 'class="ca-legend{}" role="note" aria-label="Legend of the map"'
    # On a phone the legend folds away behind its own line; the style sheet shows the one or the other.
    st.html(
        f"<div {legend.format(' ca-legend-wide')}>{body}</div>"
        f'<details class="ca-legend-fold"><summary>What the marks mean</summary>'
        f"<div {legend.format('')}>{body}</div></details>"
    )


def _sides(marks: Sequence[Mark], overview: Overview) -> Iterator[str]:
    palette = overview.palette
    present = {name for mark in marks for name, _ in mark.sides}
    for name in palette.order:
        if name in present:
            side = palette.side(name)
            yield f"<li>{chip(side)} <span>{esc(side.label, limit=40)}</span></li>"
    others = sorted(name for name in present if name and name not in palette.order)
    if others:
        colour = palette.side(others[0]).colour
        words = plural(len(others), "other side", "other sides")
        yield f'<li><span class="ca-chip"><i style="background:{colour}"></i>…</span> <span>{words}</span></li>'
    if None in present:
        yield f"<li>{chip(palette.side(None))} <span>no side: the report itself, or a private voice</span></li>"


def _sizes(most: int) -> Iterator[str]:
    for n in sorted({1, round(most / 4) if most > 11 else 1, most}):
        size = f"{2 * radius(n, most)}px"
        disc = f'<span class="ca-size" style="width:{size};height:{size}"></span>'
        yield f"<li>{disc}<span>{plural(n, 'claim', 'claims')}</span></li>"
