"""Who a cue names as the one whose words it reports."""

from __future__ import annotations

from spacy.tokens import Token

from extract import lexicon
from extract.cues import Cue
from extract.subjects import agent, holder, subject


def speaker_of(cue: Cue) -> Token | None:
    """The noun that names the speaker of a cue, None when nobody is named; for documents whose words they hold."""
    found = _voice(cue)
    return holder(found) if found is not None else None


def _voice(cue: Cue) -> Token | None:
    if cue.kind == "according":
        return next((c for c in cue.tokens[-1].children if c.dep_ == "pobj"), None)
    if cue.kind == "citing":
        return next((c for c in cue.head.children if c.dep_ in {"dobj", "pobj"}), None)
    if cue.kind == "noun":
        return _holder_of_noun(cue.head)
    if cue.kind == "adjective":
        return subject(cue.head.head)
    if cue.passive:
        return agent(cue.head)
    return subject(cue.head)


def _holder_of_noun(noun: Token) -> Token | None:
    """Whose claim it is: a possessive, a phrase with "by" or "from", or the subject of a verb that voices it."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is not None:
        return owner
    for child in noun.rights:
        if child.lower_ in {"by", "from"} and child.dep_ in {"prep", "agent"}:
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    if noun.dep_ == "dobj" and noun.head.lemma_.lower() in lexicon.words("voicing_verbs"):
        return subject(noun.head)
    return None
