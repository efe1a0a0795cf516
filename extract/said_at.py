"""Where a statement was made, as far as its own reporting clause says so: "told reporters in Kosti", "officials in
Kosti said".

Only a place that hangs on the cue counts, or on its subject: not the seat of the speaker, not a place of the clause
beside it, and not one that is itself part of what is said. A meeting that the words came *after* places nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from spacy.tokens import Token

from extract.cues import SUBJECTS
from extract.lexicon import by_word
from extract.model import PlaceMention, Span, Statement
from extract.sentences import Passage

_LOCATIVE: Final = frozenset({"literal", "descriptive"})
_CARRIERS: Final = frozenset({"pobj", "dobj", "dative", "compound", "nmod", "conj", *SUBJECTS})
"""Dependencies of the nouns between a place and the cue: "told *reporters* at a *briefing* in Kosti"."""
_WHERE: Final = frozenset({"in", "at", "from", "during", "on", "to", "near", "outside", "inside", "aboard", "of"})
"""Prepositions that keep the speaker at the place; after "after", "before" or "about" he may be anywhere."""
_DIRECT: Final = frozenset({"in", "at", "from", "near", "outside", "inside", "aboard", "on"})
"""The preposition right before the place."""
_SPEAKING: Final = frozenset({"advcl", "acl"})
_DEEP: Final = 8


def with_places(
    passages: Sequence[Passage], statements: Sequence[Statement], places: Sequence[PlaceMention]
) -> tuple[Statement, ...]:
    """The statements, each with the words that say where it was made; those without such words as they are."""
    spoken = [place for place in places if place.role == "said_at" and place.kind in _LOCATIVE]
    starts = [passage.offsets[0] for passage in passages]
    found = []
    for place in spoken:
        at = bisect_right(starts, place.span.start) - 1
        found.append((place.span, frozenset(_cues_of(passages[at], place) if at >= 0 else ())))
    return tuple(replace(each, said_at=_of(each, found)) for each in statements)


def _of(statement: Statement, found: Sequence[tuple[Span, frozenset[int]]]) -> Span | None:
    """The first place that hangs on the statement's cue and is no part of its words."""
    cue = statement.cue
    if cue is None:
        return None
    inside = (span for span, cues in found if any(cue.start <= at < cue.end for at in cues))
    return next((span for span in inside if not any(run.overlaps(span) for run in statement.runs)), None)


def _cues_of(passage: Passage, place: PlaceMention) -> Iterator[int]:
    """Offsets in the report of the reporting verbs that the place hangs on."""
    tokens = passage.tokens(place.span)
    if tokens is not None:
        yield from (passage.of(verb).start for verb in _verbs_above(tokens.root))


def _verbs_above(head: Token) -> Iterator[Token]:
    """The verb of the place's clause and, when it is a mere participle of speech, the one that it accompanies:
    "speaking in Kosti, Okoro said".
    """
    verb = _verb_of(head)
    while verb is not None and verb.lemma_.lower() in by_word("cues"):
        yield verb
        verb = verb.head if verb.dep_ in _SPEAKING and verb.head.pos_ == "VERB" and verb.head != verb else None


def _verb_of(head: Token) -> Token | None:
    """The verb that a noun hangs on by nouns and prepositions of place alone; None when anything else is between."""
    if head.dep_ != "pobj" or head.head.lower_ not in (_DIRECT | {"to"}):
        return None
    for at, token in enumerate(islice(head.ancestors, _DEEP)):
        if token.pos_ in ("VERB", "AUX"):
            return token
        if token.dep_ == "prep" and token.lower_ in _WHERE:
            # "Flew to Kosti": only a visit to a place is at it, not what a verb is directed to
            if at == 0 and token.lower_ == "to" and token.head.pos_ == "VERB":
                return None
            continue
        if token.dep_ not in _CARRIERS:
            return None
    return None
