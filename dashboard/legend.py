"""The legend under the map: what size, colour, code, outline and dashes mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import streamlit as st

from dashboard.language import plural, t
from dashboard.map import radius
from dashboard.markup import chip, esc
from dashboard.views import Overview
from store.marks import Mark


def show(marks: Sequence[Mark], overview: Overview, *, lines: bool = False) -> None:
    """Draw the legend for the marks, and with ``lines`` for the lines, that are on the map."""
    parts = (
        (t("Colour and code: the side that claims"), "", "".join(_sides(marks, overview))),
        (t("Area of the disc: number of claims"), "ca-sizes", "".join(_sizes(overview.most))),
        (t("Outlines: places that are no points"), "", _outlines()),
        *([(t("Arrows: from where it was said to what it speaks of"), "", _arrows())] if lines else []),
    )
    body = "".join(
        f'<div><p class="ca-legend-head">{head}</p><ul class="{style}">{items}</ul></div>'
        for head, style, items in parts
    )
    name = esc(t("Legend of the map"))
    # On a phone the legend folds away behind its own line; the style sheet shows the one or the other.
    st.html(
        f'<div class="ca-legend ca-legend-wide" role="note" aria-label="{name}">{body}</div>'
        f'<details class="ca-legend-fold"><summary>{t("What the marks mean")}</summary>'
        f'<div class="ca-legend" role="note" aria-label="{name}">{body}</div></details>'
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
        yield f"<li>{chip(palette.side(None))} <span>{t('no side: the report itself, or a private voice')}</span></li>"


def _outlines() -> str:
    whole = t("a country or region as a whole")
    derived = t("derived from a phrase, “eastern …”; fades where that is less sure")
    return (
        f'<li><span class="ca-line"></span><span>{whole}</span></li>'
        f'<li><span class="ca-line ca-dashed"></span><span>{derived}</span></li>'
    )


def _arrows() -> str:
    words, dateline = t("the words say where"), t("where the report comes from, by its dateline")
    return (
        f'<li><span class="ca-line ca-arrow"></span><span>{words}</span></li>'
        f'<li><span class="ca-line ca-arrow ca-dashed"></span><span>{dateline}</span></li>'
    )


def _sizes(most: int) -> Iterator[str]:
    for n in sorted({1, round(most / 4) if most > 11 else 1, most}):
        size = f"{2 * radius(n, most)}px"
        disc = f'<span class="ca-size" style="width:{size};height:{size}"></span>'
        yield f"<li>{disc}<span>{plural(n, 'claim', 'claims')}</span></li>"
