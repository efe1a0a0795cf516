"""A place name that is no location: "Moscow warned", "Russian troops", "Security and Co-operation in Europe".

Rules over the parse: what governs the name (verbs of speech and decision, "according to", parties of talks), what it
modifies, and whether it stands inside the name of an organisation. Cities stay places unless they are capitals or
seats of government; countries need a locative word to be places as subjects and objects. The words are data
(``metonymy.tsv``).
"""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Token

from extract.lexicon import by_word, rows
from extract.model import PlaceKind
from extract.toponym_scan import Candidate
from extract.toponym_words import head_class, is_direction, is_locative

_ATTRIBUTES = frozenset({"compound", "nmod", "amod", "nn"})
_STATE_LIKE = frozenset({"country", "capital"})
_WITH = frozenset({"with", "between", "against", "by", "for", "than"})
_TOWARDS = frozenset({"to", "from", "on", "towards", "toward"})
_CHAIN = 4


@lru_cache(maxsize=1)
def _uses() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows("metonymy"):
        found.setdefault(row["use"], set()).add(row["word"])
    return {use: frozenset(words) for use, words in found.items()}


@lru_cache(maxsize=1)
def _to_actors() -> frozenset[str]:
    """Verbs and nouns whose "to" or "from" names somebody spoken or given to."""
    uses = _uses()
    return uses["addressee"] | uses["party"] | uses["recipient"] | frozenset(by_word("cues"))


def is_spatial(token: Token) -> bool:
    """True for nouns that keep a name before or after them a place: "province", "border", "outskirts", "east"."""
    spatial = token.lower_ in by_word("spatial_nouns") or token.lower_ in by_word("directions")
    return spatial or head_class(token) is not None


def kind_of(candidate: Candidate, *, demonym: bool, seat: bool) -> PlaceKind:
    """How the name is used.

    :param demonym: the word is an adjective or noun of nationality.
    :param seat: the name is a capital, a seat of government, or an actor's.
    """
    if _in_organisation(candidate):
        return "org_part"
    if demonym or _is_hyphened(candidate):
        return "attributive"
    state = seat or bool(candidate.facts and candidate.facts.kinds & _STATE_LIKE)
    head = candidate.span.root
    for _ in range(_CHAIN):
        if head.dep_ != "conj" or head.head.pos_ not in ("PROPN", "NOUN"):
            break
        head = head.head
    return _by_head(head, candidate, state)


def _is_hyphened(candidate: Candidate) -> bool:
    """ "US-led", "Kosti-based": the name of who leads, not where."""
    doc, end = candidate.span.doc, candidate.end
    if end + 1 >= len(doc) or doc[end].text not in ("-", "‑"):
        return False
    return doc[end + 1].text[:1].islower() and not doc[end].whitespace_


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
    several = start > 2 and doc[start - 3].text[:1].isupper() and doc[start - 3].pos_ == "PROPN"
    if is_spatial(named) or (named.lower_ in _uses()["body"] and not several):
        return False
    row = by_word("roles").get(named.lower_)
    if several and row is not None and row["class"] == "body":
        return True
    abbreviated = candidate.end < len(doc) and doc[candidate.end].text == "("
    return abbreviated or (named.ent_type_ == "ORG" and doc[start].ent_type_ == "ORG")


def _by_head(head: Token, candidate: Candidate, state: bool) -> PlaceKind:
    """Kind by what governs the name; only states, capitals and seats can be actors, buildings that speak always are."""
    governor, dep = head.head, head.dep_
    if dep in _ATTRIBUTES and governor.i > head.i:
        if candidate.facts is None and state:
            return "actor"
        return "literal" if is_spatial(governor) or governor == candidate.generic else "attributive"
    if not state or _is_aimed_at(candidate):
        return "literal"
    return "actor" if _is_actor(governor, dep) else "literal"


def _is_aimed_at(candidate: Candidate) -> bool:
    """ "Eastern Norway", "the frontier with Norway", "headed for Norway": the words before it say where."""
    doc, start = candidate.span.doc, candidate.start
    before = doc[start - 1] if start else None
    if before is None or is_direction(before):
        return before is not None
    if before.lower_ == "for":
        return before.head.lemma_.lower() in _uses()["bound"]
    return before.lower_ in ("with", "between", "of") and start > 1 and is_spatial(doc[start - 2])


def _is_actor(governor: Token, dep: str) -> bool:
    if dep == "poss":
        return not (is_spatial(governor) or _is_located(governor) or governor.lemma_.lower() in _uses()["inhabitant"])
    if dep == "nsubjpass":
        return governor.lemma_.lower() not in _uses()["place_object"]
    if dep == "nsubj":
        return _acts(governor)
    if dep in ("dobj", "dative", "iobj"):
        return governor.lemma_.lower() not in _uses()["place_object"]
    if dep == "appos":
        return governor.pos_ == "NOUN" and not is_spatial(governor)
    return dep == "pobj" and _is_party(governor)


def _is_located(noun: Token) -> bool:
    """ "Sudan's largest city", "the country's eastern half"."""
    return any(is_spatial(child) for child in noun.children if child.dep_ in ("amod", "compound"))


def _acts(verb: Token) -> bool:
    """True when the subject of a verb does something, False when it only is where something is."""
    lemma = verb.lemma_.lower()
    if lemma in _uses()["host"]:
        return not any(c.dep_ == "dobj" and _is_people(c) for c in verb.children)
    if lemma == "be":
        return any(c.dep_ == "acomp" or (c.dep_ == "attr" and not is_spatial(c)) for c in verb.children)
    return lemma not in _uses()["place_subject"]


def _is_people(noun: Token) -> bool:
    """ "Chad hosts 400,000 refugees", "… thousands of them": those hosted."""
    return noun.like_num or noun.tag_ == "NNS" or any(c.like_num for c in noun.subtree)


def _is_party(preposition: Token) -> bool:
    """True when a preposition makes its object somebody: "according to", "talks with", "called on", "army of"."""
    word, governor = preposition.lower_, preposition.head
    lemma = governor.lemma_.lower()
    if is_locative(preposition):
        return False
    if preposition.dep_ == "agent" or (word == "to" and governor.lower_ == "according"):
        return True
    if word in _WITH:
        return not is_spatial(governor)
    if word == "of":
        return lemma in _uses()["quality"] | _uses()["body"] | _uses()["addressee"]
    return word in _TOWARDS and lemma in _to_actors()
