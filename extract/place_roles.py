"""Role of a place in the story: where something happened, was said, will happen, or what merely is talked of."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from spacy.tokens import Span, Token

from extract.lexicon import by_word, rows
from extract.model import PlaceRole

_LONG = frozenset({"year", "decade", "century"})
_DEEP = 8
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


@lru_cache(maxsize=1)
def _cues() -> frozenset[str]:
    return frozenset(by_word("cues"))


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows("role_words"):
        found.setdefault(row["use"], set()).add(row["word"])
    return {use: frozenset(words) for use, words in found.items()}


def _is(use: str, token: Token) -> bool:
    """True for a word of the table that is put to this use."""
    return token.lemma_.lower() in _table()[use] or token.lower_ in _table()[use]


def role_of(span: Span) -> PlaceRole:
    """Role of a place mention by the clause it stands in, the nearest governor that decides."""
    chain = list(islice(span.root.ancestors, _DEEP))
    if _is_of_speaker(chain):
        return "said_at"
    return next((role for token in chain if (role := _role_by(token, span)) is not None), "event")


def _role_by(token: Token, span: Span) -> PlaceRole | None:
    """The role that one governor gives, None when it does not decide."""
    if _is_long_past(token):
        return "background"
    if token.pos_ in ("VERB", "AUX"):
        return _role_by_verb(token, span)
    return _role_by_noun(token, span) if token.i < span.start or token.dep_ == "appos" else None


def _role_by_noun(noun: Token, span: Span) -> PlaceRole | None:
    """ "The last talks in", "the expected attack on", "talks in", "…, the capital of"."""
    adjectives = [child for child in noun.children if child.dep_ in ("amod", "acl") and child.i < noun.i]
    if any(_is("coming", child) for child in adjectives):
        return "future"
    if _is("meeting", noun) and noun.i < span.start:
        return "background" if any(_is("former", child) for child in adjectives) else "said_at"
    capital = noun.lemma_.lower() == "capital" and noun.dep_ == "appos"
    return "background" if capital and any(child.lower_ == "of" for child in noun.children) else None


def _role_by_verb(verb: Token, span: Span) -> PlaceRole | None:
    if _is("likening", verb):
        return "background"
    if _is_future(verb):
        return "future"
    if _is_background(verb):
        return "background"
    said = verb.lemma_.lower() in _cues() and not _is("perceiving", verb) and _is_adjunct(span.root, verb)
    if said or _is_meeting(verb, span):
        return "said_at"
    return "event" if _has_happened(verb) and verb.lemma_.lower() not in _cues() else None


def _has_happened(verb: Token) -> bool:
    """The past and the perfect tense: what stands above them does not make it future or background."""
    perfect = any(child.dep_ == "aux" and child.lower_ in ("has", "have") for child in verb.children)
    return verb.tag_ == "VBD" or (verb.tag_ == "VBN" and perfect)


def _is_of_speaker(chain: list[Token]) -> bool:
    """ "Officials in Kosti said": the place says where the speaker is."""
    for token in chain:
        if token.dep_ == "nsubj" and token.pos_ in ("NOUN", "PROPN"):
            return token.head.lemma_.lower() in _cues() or _is("refusing", token.head)
        if token.pos_ == "VERB" and token.dep_ != "acl":
            return False
    return False


def _is_adjunct(head: Token, verb: Token) -> bool:
    """True when the place hangs on the verb by one preposition: "told reporters in Geneva"."""
    if head.dep_ != "pobj":
        return False
    governor = head.head.head
    return governor == verb or (governor.head == verb and governor.dep_ in ("dobj", "prep", "dative", "nsubj", "pobj"))


def _is_future(verb: Token) -> bool:
    """ "Will be held", "is expected", "talks to be held": what is to come."""
    have = any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children)
    if _is("expecting", verb) and verb.tag_ in ("VBN", "JJ") and not have:
        return True
    auxiliaries = [child for child in verb.children if child.dep_ == "aux"]
    planned = verb.dep_ != "xcomp" and any(child.lower_ == "be" for child in verb.children)
    return any((_is("modal", child) and not have) or (planned and child.lower_ == "to") for child in auxiliaries)


def _is_meeting(verb: Token, span: Span) -> bool:
    """ "They met in Kosti", "talks took place in Kosti", "the envoy has been touring Kosti"."""
    if _is("stop", verb) and verb.i < span.start and any(c.dep_ == "nsubj" for c in verb.children):
        return span.root.dep_ in ("dobj", "conj")
    return verb.lemma_.lower() == "meet" or any(
        child.dep_ in ("nsubj", "nsubjpass") and _is("meeting", child) and not _is("speaking", child)
        for child in verb.children
    )


def _is_long_past(token: Token) -> bool:
    """ "Two years ago", "last year's assault", "once": told as background."""
    for child in token.children:
        if child.lower_ in _table()["past"]:
            return True
        if child.lemma_.lower() in _LONG and any(c.lower_ in ("last", "past", "previous") for c in child.children):
            return child.dep_ in ("poss", "npadvmod")
    return False


def _is_background(verb: Token) -> bool:
    """The past before the past, a year long gone, and what is so anyway."""
    if any(child.dep_ == "aux" and child.lower_ == "had" for child in verb.children):
        return True
    if _is("lasting", verb) and verb.tag_ in ("VBZ", "VBP"):
        return True
    if verb.lemma_ == "be" and verb.tag_ in ("VBZ", "VBP") and any(c.dep_ in ("expl", "attr") for c in verb.children):
        return True
    if _is("situated", verb) and verb.tag_ == "VBN" and verb.dep_ == "acl":
        return True
    return any(_is_year(child) for child in verb.children if child.lower_ == "in" and child.dep_ == "prep")


def _is_year(preposition: Token) -> bool:
    return any(child.dep_ == "pobj" and _YEAR.fullmatch(child.text) for child in preposition.children)
