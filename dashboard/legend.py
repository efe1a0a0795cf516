"""The legend under the map: what size, colour, code, outline and dashes mean."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import wording
from dashboard.map import radius
from dashboard.markup import chip, esc
from dashboard.resources import Overview
from store.marks import Mark


def show(marks: Sequence[Mark], overview: Overview) -> None:
    """Draw the legend for the marks that are on the map."""
    st.html(f'<div class="ca-legend" role="note" aria-label="Legend of the map">{_sides(marks, overview)}{_shapes(overview.most)}</div>')


def _sides(marks: Sequence[Mark], overview: Overview) -> str:
    present = {name for mark in marks for name, _ in mark.sides}
    named = [overview.palette.side(name) for name in overview.palette.order if name in present]
    others = [name for name in present if name and name not in overview.palette.order]
    items = [f"<li>{chip(side)} <span>{esc(side.label, limit=40)}</span></li>" for side in named]
    if others:
        example = overview.palette.side(sorted(others)[0])
        items.append(f'<li><span class="ca-chip"><i style="background:{example.colour}"></i>…</span> <span>{len(others)} other '
                     f'{"side" if len(others) == 1 else "sides"}</span></li>')
    if None in present:
        items.append(f"<li>{chip(overview.palette.side(None))} <span>no side: the report itself, or a private voice</span></li>")
    return f'<div><p class="ca-legend-head">Colour and code: the side that claims</p><ul>{"".join(items)}</ul></div>'


def _shapes(most: int) -> str:
    sizes = sorted({1, round(most / 4) if most > 11 else 1, most})
    discs = "".join(
        f'<li><span class="ca-size" style="width:{2 * radius(n, most)}px;height:{2 * radius(n, most)}px"></span>'
        f"<span>{wording.plural(n, 'claim')}</span></li>"
        for n in sizes
    )
    return (
        f'<div><p class="ca-legend-head">Area of the disc: number of claims</p><ul class="ca-sizes">{discs}</ul></div>'
        '<div><p class="ca-legend-head">Outlines: places that are no points</p><ul>'
        '<li><span class="ca-line"></span><span>a country or region, as a whole</span></li>'
        '<li><span class="ca-line ca-dashed"></span><span>derived from a phrase such as “eastern …”</span></li></ul></div>'
    )
