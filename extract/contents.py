"""Where the grammar puts the words that a cue attributes: clauses, objects, prepositional phrases, whole sentences."""

from __future__ import annotations

from extract.arguments import object_noun, passive_subject
from extract.asides import around_content, aside_content, commenting_content, may_be_aside
from extract.clauses import broken_content, clause_content, held_content
from extract.complements import (
    directed_content,
    gerund_content,
    infinitive_content,
    object_content,
    prepositional_content,
)
from extract.content_spans import Content
from extract.cues import Cue
from extract.naming import as_content, called_content
from extract.subjects import agent, is_document, subject


def content_of(cue: Cue) -> Content | None:
    """The content of a cue by its frames, None when the grammar gives none (bare speech acts)."""
    if cue.kind in {"according", "citing"}:
        return around_content(cue)
    set_off = commenting_content(cue) or (aside_content(cue) if may_be_aside(cue) else None)
    if set_off is not None:
        return set_off
    for frame in _ORDER:
        if cue.takes(frame[0]):
            found = frame[1](cue)
            if found:
                return found
    for name in cue.frames:
        found = as_content(cue) if name[-1] == "&" else prepositional_content(cue, name) if name[-1] in "-+" else None
        if found:
            return found
    if _takes_object(cue) and (found := object_content(cue)):
        return found
    return broken_content(cue) if cue.kind == "verb" and cue.takes("that") and cue.takes("quote") else None


def sentence_before(cue: Cue) -> Content | None:
    """ "This was confirmed by the mayor." speaks of the sentence before it."""
    this = next((c for c in cue.head.children if c.dep_ == "nsubjpass" and c.lower_ in {"this", "that"}), None)
    start = cue.head.sent.start
    if this is None or start == 0 or agent(cue.head) is None:
        return None
    before = cue.head.doc[start - 1].sent
    return Content(((before.start_char, before.end_char),), "before", cue.mode, None, before.root)


def _takes_object(cue: Cue) -> bool:
    """True when the object of a cue is what it attributes: always, or of some subjects and objects only."""
    if cue.takes("text"):
        voice = subject(cue.head)
        return voice is not None and is_document(voice)
    if cue.takes("own"):
        thing = object_noun(cue.head) or passive_subject(cue)
        return thing is not None and thing.lemma_.lower() in _CLAIMED
    return cue.takes("obj")


_CLAIMED = frozenset({"responsibility", "credit", "victory", "success"})
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
