"""Whose people or materiel a count is of: modifiers and possessors first, then the subject of the verb that governs it.

State forces take the state ("Russian military advisers" -> Russia). Civilians and refugees have no owner unless a
nationality stands beside the noun.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from extract import count_nouns
from extract.actors import ActorIndex
from extract.count_candidates import Candidate
from extract.model import Actor, ActorMention
from extract.model import Span as ReportSpan
from extract.sentences import Passage

_OWNED = frozenset({"personnel", "unit", "equipment", "attack", "thing"})
_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "npadvmod"})
_OWNING_PREPOSITIONS = frozenset({"of", "from"})
_FORCES = frozenset(
    {"force", "army", "military", "police", "militia", "navy", "directorate", "service", "guard", "ministry"}
)
_MAX_CLIMB = 6


@dataclass(frozen=True, slots=True)
class Owner:
    """A canonical name and the words it rests on; ``words`` is None when no words of the report say it."""

    name: str
    words: ReportSpan | None


def owner_of(candidate: Candidate, kind: str, actors: ActorIndex, home: str | None = None) -> Owner | None:
    """The owner of a count, None when the text names none.

    :param kind: class of the noun, see :mod:`extract.count_nouns`.
    :param home: the country in which the report takes place; soldiers and policemen without an owner are its own.
    """
    noun = candidate.noun
    if noun is not None:
        beside = _beside(candidate.passage, noun, kind, actors)
        if beside is not None:
            return beside
    if kind in _OWNED and (noun is None or not _is_patient(candidate)):
        subject = _by_subject(candidate.passage, candidate.head, actors)
        if subject is not None:
            return subject
    if noun is not None and home is not None and count_nouns.is_state_force(noun):
        return Owner(home, candidate.passage.of(noun))
    return None


def _is_patient(candidate: Candidate) -> bool:
    """True when the verb strikes, kills or takes the count: then its subject is not the owner."""
    return bool(candidate.fates)


def _beside(passage: Passage, noun: Token, kind: str, actors: ActorIndex) -> Owner | None:
    """A nationality or name among the modifiers of the noun, or after "of"."""
    if noun.ent_type_ == "NORP" or noun.pos_ == "PROPN":
        state = actors.book.demonym(noun.text)
        if state is not None:
            return Owner(state, passage.of(noun))
    for child in noun.children:
        if child.dep_ in _MODIFIERS and child.i < noun.i:
            found = _modifier(passage, child, actors)
            if found is not None:
                return found
    if kind in _OWNED or count_nouns.lemma(noun) in ("member", "other"):
        return _after_of(passage, noun, actors)
    return None


def _modifier(passage: Passage, child: Token, actors: ActorIndex) -> Owner | None:
    for span in _spans(child):
        text = span.text
        state = actors.book.demonym(text)
        if state is not None:
            return Owner(state, passage.of(span))
        if not any(token.text[:1].isupper() for token in span):
            continue
        actor = actors.resolve(text)
        if actor is not None and actor.kind != "person":
            return Owner(side(actor), passage.of(span))
    if child.dep_ == "poss":
        mention = actors.of(passage, child)
        if mention is not None:
            return Owner(_name(mention), passage.of(child))
    return None


def _spans(child: Token) -> Iterator[Span]:
    """The modifier with what modifies it, from the whole phrase to the word alone."""
    doc = child.doc
    start = child.left_edge.i
    for at in range(start, child.i + 1):
        yield doc[at : child.i + 1]
    for token in child.lefts:
        yield doc[token.i : token.i + 1]


def _after_of(passage: Passage, noun: Token, actors: ActorIndex) -> Owner | None:
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in _OWNING_PREPOSITIONS:
            for inner in child.children:
                if inner.dep_ != "pobj" or count_nouns.kind_of(inner) == "people":
                    continue
                mention = actors.of(passage, inner)
                if mention is not None and mention.side is not None:
                    return Owner(mention.side, mention.span)
    return None


def _by_subject(passage: Passage, head: Token, actors: ActorIndex) -> Owner | None:
    """The subject of the verbs above the count, nearest first: who has, sends, masses, conducts them."""
    at, climbed = head, 0
    while at.head != at and climbed < _MAX_CLIMB:
        at, climbed = at.head, climbed + 1
        if at.pos_ not in ("VERB", "AUX"):
            continue
        subject = _subject(at)
        if subject is not None:
            if subject.i == head.i or head in subject.subtree:
                continue
            mention = actors.of(passage, subject)
            return Owner(_name(mention), mention.span) if mention is not None else None
    return None


def _subject(verb: Token) -> Token | None:
    """Who does it: the subject, the agent, or for "accused X of doing" the one accused."""
    if verb.dep_ == "pcomp":
        above = verb.head.head
        accused = next((c for c in above.children if c.dep_ == "dobj"), None)
        if verb.head.dep_ == "prep" and accused is not None and above.pos_ == "VERB":
            return accused
    for child in verb.children:
        if child.dep_ == "nsubj" and child.tag_ not in ("WDT", "WP", "EX"):
            return child
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    if verb.dep_ in ("relcl", "acl") and verb.head.pos_ in ("NOUN", "PROPN"):
        return verb.head
    return None


def _name(mention: ActorMention) -> str:
    sides = mention.side
    return sides or mention.name


def side(actor: Actor) -> str:
    """The side an actor belongs to, itself when it has none."""
    return actor.side or actor.name
