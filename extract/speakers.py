"""Who a cue names as the one whose words it reports."""

from __future__ import annotations

from spacy.tokens import Token

from extract import lexicon, phrases
from extract.content_spans import Content
from extract.cues import Cue
from extract.quoting import Quoted
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
        if child.lower_ in {"by", "from", "among"} and child.dep_ in {"prep", "agent"}:
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    if noun.dep_ == "dobj" and noun.head.lemma_.lower() in lexicon.words("voicing_verbs"):
        return subject(noun.head)
    return None


def said_by_nobody(cue: Cue, content: Content) -> bool:
    """Speech that nobody does: "too early to tell", "a demand for talks"."""
    if cue.kind == "noun":
        return content.frame != "that"
    return cue.kind == "verb" and cue.head.tag_ in {"VB", "VBG"} and not cue.passive


def told(item: Quoted) -> Token | None:
    """Whom quoted words are said to: the object of the cue, outside the quotation ("told the council")."""
    if item.cue is None:
        return None
    objects = (c for c in item.cue.head.children if c.dep_ in {"dobj", "dative"} and phrases.nominal(c))
    outside = (c for c in objects if not any(quote.covers(c.idx) for quote in item.quotes))
    return next((c for c in outside if c != item.speaker), None)
