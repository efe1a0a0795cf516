"""TimelineJS 3 JSON: an event a claim on the day its report was published, grouped by claimant.

TimelineJS reads headline and text as HTML, so both are escaped. It can show nothing without a date: undated claims are
counted on the title slide instead.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from store.exports.export import Selection
from store.exports.wording import headline, reviewed, source_line, who
from store.rows import FoundClaim


def timelinejs_pieces(selection: Selection) -> Iterator[str]:
    """The object ``{"title", "scale", "events"}``, one event a line."""
    yield f'{{"title": {json.dumps(_title(selection), ensure_ascii=False)}, "scale": "human", "events": [\n'
    dated = (found for found in selection.claims() if found.published)
    for i, found in enumerate(dated):
        yield (",\n" if i else "") + json.dumps(_event(found, selection), ensure_ascii=False)
    yield "\n]}\n"


def _title(selection: Selection) -> dict[str, Any]:
    store, filters = selection.store, selection.filters
    total = store.count(filters)
    dated = store.count(filters, dated=True)
    told = f"{dated:,} claims by the day of their report. Nothing here is a fact: each is what someone said."
    left = f" {total - dated:,} claims of undated reports are left out." if total > dated else ""
    return {"text": {"headline": "Who claims what, and when", "text": escape(told + left)}}


def _event(found: FoundClaim, selection: Selection) -> dict[str, Any]:
    day = found.published
    assert day is not None  # noqa: S101 - the caller leaves undated claims out
    text = f"<p>{escape(source_line(found))}</p>"
    if names := "; ".join(name for _, name in found.places):
        text += f"<p>{escape(names)}</p>"
    if state := reviewed(found):
        text += f"<p>{escape(state)}</p>"
    if whole := selection.text(found):
        text += f"<p>{escape(whole)}</p>"
    return {
        "unique_id": found.row.id,
        "start_date": {"year": day.year, "month": day.month, "day": day.day},
        "group": escape(who(found)),
        "text": {"headline": escape(headline(found)), "text": text},
    }
