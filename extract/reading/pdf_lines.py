"""Paragraphs of a PDF page: its lines stand apart by a blank line where the page leaves more space than elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pypdf import PageObject

_WIDER: Final = 1.35
"""A gap this many times the usual one between lines parts paragraphs; printed ones are 1.5 to 2 times as wide."""

_LIGATURES: Final = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)
"""Letters that printing joins: "ﬁghters" is no word that anything would find."""


def page_text(page: PageObject) -> str:
    """The text of a page, line breaks as printed, paragraphs apart by a blank line as far as the page shows them."""
    pieces: list[tuple[str, float]] = []

    def take(text: str, matrix: Sequence[float], place: Sequence[float], *_: Any) -> None:
        pieces.append((text, place[4] * matrix[1] + place[5] * matrix[3] + matrix[5]))

    plain = page.extract_text(visitor_text=take).translate(_LIGATURES)
    lines = _lines([(text.translate(_LIGATURES), at) for text, at in pieces])
    if " ".join(text for text, _ in lines).split() != plain.split():
        return plain.strip()  # pieces were put in another order than they were met in: their heights tell nothing
    return _parted(lines)


def _lines(pieces: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    """Lines that have words in them, and the height of their first ones."""
    lines: list[tuple[str, float]] = []
    line, height = "", 0.0
    for piece, at in (*pieces, ("\n", 0.0)):
        for part in piece.splitlines(keepends=True):
            height = at if not line.strip() and part.strip() else height
            line += part
            if line.endswith("\n"):
                lines.append((line.strip(), height))
                line = ""
    return [(text, at) for text, at in lines if text]


def _parted(lines: Sequence[tuple[str, float]]) -> str:
    gaps = [above - below for (_, above), (_, below) in pairwise(lines)]
    usual = median([gap for gap in gaps if gap > 0] or [0.0])
    narrow = min((gap for gap in gaps if gap > usual / 2), default=usual)
    marks = [""][: len(lines)] + ["\n\n" if gap > _WIDER * narrow else "\n" for gap in gaps]
    return "".join(mark + text for mark, (text, _) in zip(marks, lines, strict=True))
