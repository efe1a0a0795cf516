"""Where the grammar puts the words that a cue attributes: clauses, objects, prepositional phrases, whole sentences."""

from __future__ import annotations

from extract.asides import around_content, aside_content, may_be_aside
from extract.clauses import broken_content, clause_content, held_content
from extract.complements import (
    as_content,
    called_content,
    directed_content,
    gerund_content,
    infinitive_content,
    object_content,
    prepositional_content,
)
from extract.content_spans import Content
from extract.cues import Cue


def content_of(cue: Cue) -> Content | None:
    """The content of a cue by its frames, None when the grammar gives none (bare speech acts)."""
    if cue.kind in {"according", "citing"}:
        return around_content(cue)
    if may_be_aside(cue) and (found := aside_content(cue)):
        return found
    for frame in _ORDER:
        if cue.takes(frame[0]):
            found = frame[1](cue)
            if found:
                return found
    for name in cue.frames:
        if name[-1] in "-+" and (found := prepositional_content(cue, name)):
            return found
    if cue.takes("obj") and (found := object_content(cue)):
        return found
    return broken_content(cue) if cue.kind == "verb" and cue.takes("that") and cue.takes("quote") else None


_ORDER = (
    ("that", clause_content),
    ("that", held_content),
    ("to", infinitive_content),
    ("to0", infinitive_content),
    ("way", directed_content),
    ("ving", gerund_content),
    ("oprd", called_content),
    ("as", as_content),
)
