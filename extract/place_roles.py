"""Role of a place in the story: where something happened, was said, will happen, or what merely is talked of."""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.tokens import Span, Token

from extract.lexicon import by_word
from extract.model import PlaceRole

_MEETINGS = frozenset({
    "summit", "meeting", "conference", "talk", "briefing", "interview", "negotiation", "speech", "press", "session",
    "visit", "statement", "reporter", "journalist",
})  # fmt: skip
_FUTURE = frozenset({"will", "shall", "would"})
_EXPECTED = frozenset({"expect", "plan", "due", "schedule", "intend", "set", "prepare", "hope", "want"})
_DATELINE = re.compile(
    r"^\W{0,3}(?P<place>[A-Z][\w'’.-]*(?:[ ,/]+[A-Z][\w'’.-]*){0,5})(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?"
    r"\s*(?:\([^)]{2,40}\)\s*)?(?:—|–|--|-(?=\s)|:(?=\s*\())"
)
_PEOPLE = frozenset({"reporter", "journalist", "press"})
_REFUSING = frozenset({"decline", "refuse"})
_PAST = frozenset({"ago", "recently", "previously", "formerly", "once"})
_LONG = frozenset({"year", "decade", "century"})
_DEEP = 8


def dateline_end(text: str) -> int:
    """Where the dateline at the start of a paragraph ends ("GOMA, Congo (Agency) —"); 0 when it has none."""
    match = _DATELINE.match(text[:120])
    if match is None:
        return 0
    place = match["place"]
    agency = "(" in match.group()
    return match.end() if agency or place.split(",")[0].isupper() else 0


@lru_cache(maxsize=1)
def _cues() -> frozenset[str]:
    return frozenset(by_word("cues"))


def role_of(span: Span) -> PlaceRole:
    """Role of a place mention by the clause it stands in, the nearest governor that decides."""
    chain = _governors(span.root)
    if _is_of_speaker(chain):
        return "said_at"
    return next((role for token in chain if (role := _role_by(token, span)) is not None), "event")


def _role_by(token: Token, span: Span) -> PlaceRole | None:
    """The role that one governor gives, None when it does not decide."""
    if _is_long_past(token):
        return "background"
    if token.pos_ in ("VERB", "AUX"):
        return _role_by_verb(token, span)
    if token.lemma_.lower() in _MEETINGS and token.i < span.start:
        return "said_at"
    return "background" if token.lemma_.lower() == "capital" and token.dep_ == "appos" else None


def _role_by_verb(verb: Token, span: Span) -> PlaceRole | None:
    if _is_future(verb):
        return "future"
    said = verb.lemma_.lower() in _cues() and _is_adjunct(span.root, verb)
    if said or _is_meeting(verb):
        return "said_at"
    return "background" if _is_background(verb) else None


def _is_of_speaker(chain: list[Token]) -> bool:
    """ "Officials in Kosti said": the place says where the speaker is."""
    for token in chain:
        if token.dep_ == "nsubj" and token.pos_ in ("NOUN", "PROPN"):
            return token.head.lemma_.lower() in _cues() | _REFUSING
        if token.pos_ == "VERB" and token.dep_ != "acl":
            return False
    return False


def _governors(token: Token) -> list[Token]:
    return list(token.ancestors)[:_DEEP]


def _is_adjunct(head: Token, verb: Token) -> bool:
    """True when the place hangs on the verb by one preposition: "told reporters in Geneva"."""
    if head.dep_ != "pobj":
        return False
    governor = head.head.head
    return governor == verb or (governor.head == verb and governor.dep_ in ("dobj", "prep", "dative", "nsubj", "pobj"))


def _is_future(verb: Token) -> bool:
    if verb.lemma_.lower() in _EXPECTED and verb.tag_ in ("VBN", "JJ"):
        return True
    return any(child.dep_ == "aux" and child.lower_ in _FUTURE for child in verb.children)


def _is_meeting(verb: Token) -> bool:
    """ "They met in Kosti", "talks took place in Kosti"."""
    return verb.lemma_.lower() == "meet" or any(
        child.dep_ in ("nsubj", "nsubjpass") and child.lemma_.lower() in _MEETINGS - _PEOPLE for child in verb.children
    )


def _is_long_past(token: Token) -> bool:
    """ "Two years ago", "last year's assault", "once": told as background."""
    for child in token.children:
        if child.lower_ in _PAST:
            return True
        if child.lemma_.lower() in _LONG and any(c.lower_ in ("last", "past", "previous") for c in child.children):
            return child.dep_ in ("poss", "npadvmod")
    return False


def _is_background(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "had" for child in verb.children)
