"""HTML of the page's own making. Everything from a report goes through :func:`esc` on its way in."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import Final

from dashboard.sides import Side

_LONGEST: Final = 600
"""Most characters of one name or quotation on a card; the whole text is in the report's view."""


def esc(text: object, *, limit: int = _LONGEST) -> str:
    """Text as inert HTML: bounded, the five special characters escaped, and nothing for Markdown to find either."""
    words = str(text if text is not None else "")
    cut = words if len(words) <= limit else words[: limit - 1] + "…"
    return html.escape(cut, quote=True).replace("`", "&#96;").replace("$", "&#36;").replace("\\", "&#92;")


def said_in(language: str = "en") -> str:
    """The attribute for words of a report, whose language need not be the page's; the store holds English reports."""
    return f'lang="{esc(language, limit=20)}"'


def chip(side: Side) -> str:
    """A side's code on its colour; the name is there for screen readers and on hover."""
    return (
        f'<span class="ca-chip" title="{esc(side.label, limit=80)}"><i style="background:{side.colour}"></i>'
        f'{esc(side.code, limit=14)}<span class="ca-sr"> ({esc(side.label, limit=80)})</span></span>'
    )


def highlighted(text: str, marks: Iterable[tuple[int, int, str]]) -> str:
    """``text`` as HTML with ranges marked; ``marks`` are half-open ranges with the CSS class of each.

    Where ranges overlap, the one that starts first, and of those the longest, is marked.
    """
    out: list[str] = []
    position = 0
    for start, end, name in sorted(marks, key=lambda mark: (mark[0], -mark[1])):
        if start < position or end <= start or end > len(text):
            continue
        out += (esc(text[position:start], limit=len(text) + 1), f'<mark class="{name}">')
        out += (esc(text[start:end], limit=len(text) + 1), "</mark>")
        position = end
    out.append(esc(text[position:], limit=len(text) + 1))
    return "".join(out)


def joined(parts: Sequence[str], separator: str = '<span class="ca-dot">·</span>') -> str:
    """Parts that are not empty, with a separator between them."""
    return separator.join(part for part in parts if part)
