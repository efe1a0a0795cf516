"""Where a content settles in its paragraph: snapped to quotations, without the asides of other cues, trimmed."""

from __future__ import annotations

from collections.abc import Sequence

from extract.asides import closing_aside
from extract.content_spans import Content, Range, tidy
from extract.cues import Cue
from extract.datelines import after_dateline
from extract.quotations import Quotation


def settled(content: Content, cue: Cue, *, text: str, quotes: Sequence[Quotation], cues: Sequence[Cue]) -> list[Range]:
    """Runs of the content, snapped to the quotations they cut, without asides of other cues, trimmed."""
    bounds = [(q.start, q.end if q.closed else q.start + q.inner) for q in quotes]
    found = []
    for run in content.runs:
        start, end = _snapped(run, cue, quotes)
        if start < (told := after_dateline(cue.head.doc)) < end:
            start = told
        end = _before_aside(start, end, cue, cues)
        if tidied := tidy(text, (start, end), bounds):
            found.append(tidied)
    return found


def _snapped(run: Range, cue: Cue, quotes: Sequence[Quotation]) -> Range:
    start, end = run
    for quote in quotes:
        if quote.start < end and start < quote.end:
            if start > quote.start and not quote.start < cue.start < start:
                start = quote.start
            end = max(end, quote.end)
    return start, end


def _before_aside(start: int, end: int, cue: Cue, cues: Sequence[Cue]) -> int:
    """Where a content ends that runs into another cue's closing aside: "…, two agencies reported"."""
    for other in cues:
        if other.head != cue.head and start < other.start < end and not end <= cue.start:
            at = closing_aside(other)
            if at is not None and start < at < end:
                end = at
    return end
