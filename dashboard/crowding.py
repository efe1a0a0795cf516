"""What is left out where there is too much to be seen at once, and the words that say so. Imports no streamlit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from dashboard.language import number, t
from store.marks import Mark

MOST_MARKS: Final = 400
"""Marks that a map holds: more lie over each other at any zoom, and the browser is busy for seconds with thousands."""


def foremost(marks: Sequence[Mark], keep: Collection[str]) -> list[Mark]:
    """The marks to draw of those given with most claims first: the first ones, and those of the places to keep."""
    return [mark for i, mark in enumerate(marks) if i < MOST_MARKS or mark.place.key in keep]


def told(drawn: int, of: int) -> str:
    """That some places are not drawn, and the way to see them; empty when all are."""
    if drawn >= of:
        return ""
    return t(
        "The {n} places with most claims are drawn, of {all}. Filter to see others; the table of places has them all.",
        n=number(drawn),
        all=number(of),
    )
