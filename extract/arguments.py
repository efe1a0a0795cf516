"""Arguments of a cue verb that several frames share."""

from __future__ import annotations

from spacy.tokens import Token

from extract import phrases
from extract.cues import Cue

UNNAMED = frozenset({"name", "identify", "quote", "withhold"})
"""What sources ask of reporters ("asked not to be named"): no statement on the matter."""


def is_infinitive(verb: Token) -> bool:
    """True for a verb with "to", in the perfect too: "to leave", "to have left"."""
    return verb.tag_ in {"VB", "VBN"} and any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def object_noun(verb: Token) -> Token | None:
    """The object of a verb, direct or indirect, None without one."""
    return next((c for c in verb.children if c.dep_ in {"dobj", "dative"} and phrases.nominal(c)), None)


def addressed(cue: Cue) -> Token | None:
    """Whom the words are for by preposition: "called on Oran", "told to reporters"."""
    wanted = {name[:-1] for name in cue.frames if name.endswith("@")}
    for child in cue.head.children:
        if child.dep_ in {"prep", "dative", "prt"} and child.lower_ in wanted:
            found = next((c for c in child.children if c.dep_ == "pobj"), None)
            if found is not None:
                return found
    return None


def passive_subject(cue: Cue) -> Token | None:
    """The subject of a passive cue: whom it accuses, what it says."""
    return next((c for c in cue.head.children if c.dep_ == "nsubjpass"), None)
