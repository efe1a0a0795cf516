"""Quotations of a paragraph: paired marks that survive an unclosed quotation, stray stops and doubled marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_OPENERS = {"“": "”", "«": "»", "„": "“”", "”": "”"}
"""Opening marks with what closes them; careless typing opens with the closing mark."""
OPENING = frozenset('“«„"‘')
"""Marks with which a paragraph that goes on with a quotation begins."""
_SINGLE_REACH = 400
"""Longest quotation in single marks, in characters: an apostrophe that opens nothing must not swallow a page."""

_SMALL_WORD = 3
"""Words of so many letters may stand in lower case in a title."""
_TITLE = 8
"""Most words of a title."""

_MARK = re.compile("[\"“”«„'‘`]")
_WRAPPED = re.compile(r'"(?=.*"").*"$', re.S)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Half-open character range of a quotation in its paragraph, marks included.

    ``words`` is what stands between the marks; ``closed`` is False at an open end; ``inner`` is the length of the
    opening mark (doubled marks have two characters).
    """

    start: int
    end: int
    words: str
    closed: bool = True
    inner: int = 1

    def covers(self, at: int) -> bool:
        """True when the character at ``at`` lies inside the quotation or is one of its marks."""
        return self.start <= at < self.end

    @property
    def length(self) -> int:
        """Number of words between the marks."""
        return len(self.words.split())

    @property
    def titled(self) -> bool:
        """True for a few words that are all capitalised but for the small ones, as titles and headings are."""
        words = [word for word in self.words.split() if len(word.strip(".,!?")) > _SMALL_WORD]
        return len(words) > 1 and self.length <= _TITLE and all(not word[0].islower() for word in words)

    def cut(self, end: int) -> Quotation:
        """The same quotation, left open at an earlier ``end``."""
        return Quotation(
            self.start, end, self.words[: max(0, end - self.start - self.inner)].strip(), False, self.inner
        )


def quotation_at(quotes: Sequence[Quotation], at: int) -> Quotation | None:
    """The quotation of a paragraph that covers a character, None outside of all; ``quotes`` are in text order."""
    before = bisect_right(quotes, at, key=lambda quote: quote.start)
    return quotes[before - 1] if before and quotes[before - 1].covers(at) else None


def _made(text: str, start: int, end: int, *, closed: bool = True, inner: int = 1) -> Quotation:
    last = end - inner if closed else end
    return Quotation(start, end, text[start + inner : max(last, start + inner)].strip(), closed, inner)


def quotations(text: str) -> tuple[Quotation, ...]:
    """The outermost quotations of a paragraph in text order.

    Straight marks open after a blank and close before one; a curly mark that opens inside an open quotation begins
    its next paragraph and does not end it. A quotation that never closes reaches to the end of the paragraph.
    Single marks count only in pairs and outside double ones.
    """
    found: list[Quotation] = []
    at = 1 if _WRAPPED.match(text) and not text.startswith('""') else 0
    last = len(text) - at
    while mark := _MARK.search(text, at, last):
        at = mark.start()
        quotation = _open(text, at, last)
        if quotation is None:
            at += 1
            continue
        found.append(quotation)
        at = max(quotation.end, at + 1)
    return tuple(found)


def _open(text: str, at: int, last: int) -> Quotation | None:
    char = text[at]
    if char in _OPENERS and (char != "”" or _opens(text, at)):
        return _curly(text, at, last, _OPENERS[char])
    if char == '"':
        return _straight(text, at, last, '""' if text.startswith('""', at) else '"')
    if text.startswith(("''", "``"), at) and _opens(text, at, 2):
        return _straight(text, at, last, "''")
    if char in "‘'" and _opens(text, at):
        return _single(text, at, last)
    return None


def _opens(text: str, at: int, width: int = 1) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + width] if at + width < len(text) else " "
    return (before.isspace() or before in "([—–-:") and not after.isspace()


def _curly(text: str, at: int, last: int, closers: str) -> Quotation:
    ends = [text.find(mark, at + 1, last) for mark in closers] + [_straight_end(text, at, last)]
    end = min((place for place in ends if place >= 0), default=-1)
    return _made(text, at, end + 1) if end >= 0 else _made(text, at, last, closed=False)


def _straight_end(text: str, at: int, last: int) -> int:
    """Where a straight mark closes a curly quotation, as careless typing has it; -1 when none does."""
    end = text.find('"', at + 1, last)
    return end if end >= 0 and not _opens(text, end) and not text[end + 1 : end + 2].isalnum() else -1


def _straight(text: str, at: int, last: int, mark: str) -> Quotation:
    width = len(mark)
    end = text.find(mark, at + width, last)
    while end >= 0 and _opens(text, end, width) and text.find(mark, end + width, last) >= 0:
        end = text.find(mark, end + width, last)
    if end < 0:
        return _made(text, at, last, closed=False, inner=width)
    return _made(text, at, end + width, inner=width)


def _single(text: str, at: int, last: int) -> Quotation | None:
    closer = "’" if text[at] == "‘" else "'"
    limit = min(last, at + _SINGLE_REACH)
    end = text.find(closer, at + 1, limit)
    while end >= 0:
        after = text[end + 1] if end + 1 < len(text) else " "
        if not after.isalnum():
            return _made(text, at, end + 1) if end > at + 2 else None
        end = text.find(closer, end + 1, limit)
    return None
