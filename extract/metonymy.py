"""A place name that is no location: "Moscow warned", "Russian troops", "Security and Co-operation in Europe".

Rules over the parse: what governs the name (verbs of speech and decision, "according to", parties of talks), what it
modifies, and whether it stands inside the name of an organisation. Cities stay places unless they are capitals or
seats of government; countries need a locative word to be places as subjects and objects.
"""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Token

from extract.lexicon import by_word, rows
from extract.model import PlaceKind
from extract.toponym_scan import Candidate
from extract.toponym_words import head_class, is_locative

_ATTRIBUTES = frozenset({"compound", "nmod", "amod", "nn"})
_STATE_LIKE = frozenset({"country", "capital"})


@lru_cache(maxsize=1)
def _uses() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows("metonymy"):
        found.setdefault(row["use"], set()).add(row["word"])
    return {use: frozenset(words) for use, words in found.items()}


@lru_cache(maxsize=1)
def _spatial() -> dict[str, str]:
    return {word: row["relation"] for word, row in by_word("spatial_nouns").items()}


def is_spatial(token: Token) -> bool:
    """True for nouns that keep a name before or after them a place: "province", "border", "outskirts", "east"."""
    return token.lower_ in _spatial() or head_class(token) is not None or token.lower_ in by_word("directions")


def kind_of(candidate: Candidate, *, demonym: bool, seat: bool) -> PlaceKind:
    """How the name is used.

    :param demonym: the word is an adjective or noun of nationality.
    :param seat: the name is a capital or a seat of government.
    """
    if demonym:
        return "attributive"
    if _in_organisation(candidate):
        return "org_part"
    if _is_hyphened(candidate):
        return "attributive"
    state = seat or bool(candidate.facts and candidate.facts.kinds & _STATE_LIKE)
    return _by_head(candidate.span.root, candidate, state, depth=0)


def _is_hyphened(candidate: Candidate) -> bool:
    """ "US-led", "Kabul-based": the name of who leads, not where."""
    doc, end = candidate.span.doc, candidate.end
    return (
        end + 1 < len(doc)
        and doc[end].text in ("-", "‑")
        and doc[end + 1].text[:1].islower()
        and not doc[end].whitespace_
    )


def _in_organisation(candidate: Candidate) -> bool:
    """Inside the name of a body: after "of", "for" or "in" that follows a capitalised word of the same name."""
    doc, start = candidate.span.doc, candidate.start
    if candidate.within == "ORG":
        return True
    if start < 2 or doc[start - 1].lower_ not in ("in", "for", "of", "at"):
        return False
    named = doc[start - 2]
    if not (named.text[:1].isupper() and named.pos_ == "PROPN" and named.ent_type_ not in ("PERSON", "GPE", "DATE")):
        return False
    if head_class(named) is not None or named.lower_ in by_word("directions") or named.lower_ in _uses()["body"]:
        return False
    abbreviated = candidate.end < len(doc) and doc[candidate.end].text == "("
    return abbreviated or (named.ent_type_ == "ORG" and doc[start].ent_type_ == "ORG")


def _by_head(head: Token, candidate: Candidate, state: bool, depth: int) -> PlaceKind:
    governor, dep = head.head, head.dep_
    if dep == "conj" and depth < 4 and governor.pos_ in ("PROPN", "NOUN"):
        return _by_head(governor, candidate, state, depth + 1)
    if dep in _ATTRIBUTES and governor.i > head.i:
        return "literal" if is_spatial(governor) or governor == candidate.generic else "attributive"
    if dep == "poss":
        return "literal" if not state or is_spatial(governor) or _located(governor) else "actor"
    if dep == "appos" and depth < 4:
        return _by_head(governor, candidate, state, depth + 1) if state else "literal"
    if not state:
        return "literal"
    if dep in ("nsubj", "nsubjpass"):
        return _as_subject(governor, dep)
    if dep in ("dobj", "dative", "iobj"):
        return "literal" if governor.lemma_.lower() in _uses()["place_object"] else "actor"
    if dep == "pobj":
        return _as_object(governor)
    return "literal"


def _located(noun: Token) -> bool:
    """ "Ethiopia's largest city", "the country's east"."""
    return any(is_spatial(child) for child in noun.children if child.dep_ in ("amod", "compound"))


def _as_subject(verb: Token, dep: str) -> PlaceKind:
    lemma = verb.lemma_.lower()
    if dep == "nsubjpass":
        return "literal" if lemma in _uses()["place_object"] else "actor"
    if lemma in _uses()["host"] and any(c.dep_ == "dobj" and _is_people(c) for c in verb.children):
        return "literal"
    if lemma in _uses()["place_subject"]:
        return "literal" if lemma != "be" or not _acts(verb) else "actor"
    return "actor"


def _is_people(noun: Token) -> bool:
    """ "Chad hosts 400,000 refugees", "… thousands of them": those hosted."""
    return noun.like_num or noun.tag_ == "NNS" or any(c.like_num for c in noun.subtree)


def _acts(verb: Token) -> bool:
    """ "Israel is ready to", "Turkey is a member": a state said to be something that only a body is."""
    for child in verb.children:
        if child.dep_ == "acomp":
            return True
        if child.dep_ == "attr":
            return not is_spatial(child)
    return False


def _as_object(preposition: Token) -> PlaceKind:
    word, governor = preposition.lower_, preposition.head
    if is_locative(preposition):
        return "literal"
    if (word == "to" and governor.lower_ == "according") or preposition.dep_ == "agent":
        return "actor"
    if word == "on" and governor.lemma_.lower() in ("call", "sanction", "press", "pressure", "depend", "rely"):
        return "actor"
    lemma = governor.lemma_.lower()
    if word in ("with", "between", "against", "by", "for", "than"):
        return "literal" if is_spatial(governor) else "actor"
    if word == "of":
        return "actor" if lemma in _uses()["quality"] | _uses()["body"] | _uses()["addressee"] else "literal"
    if word in ("to", "from", "on", "towards", "toward"):
        spoken = lemma in _uses()["addressee"] | _uses()["party"] | _speech()
        return "actor" if spoken else "literal"
    return "literal"


@lru_cache(maxsize=1)
def _speech() -> frozenset[str]:
    """Verbs and nouns whose "to" or "from" names somebody spoken to."""
    return frozenset(by_word("cues")) | {
        "message",
        "signal",
        "warning",
        "response",
        "support",
        "threat",
        "appeal",
        "letter",
        "sell",
        "sale",
        "supply",
        "surrender",
        "loyal",
        "adviser",
        "challenge",
    }
