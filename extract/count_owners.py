"""Whose people or materiel a count is of: modifiers and possessors first, then the subject of the verb that governs it.

State forces take the state ("Russian military advisers" -> Russia). Civilians and refugees have no owner unless a
nationality stands beside the noun.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Span, Token

from extract import count_nouns, phrases
from extract.actors import ActorIndex
from extract.count_candidates import Candidate
from extract.count_groups import group_before, names_other
from extract.lexicon import by_word
from extract.model import Span as ReportSpan
from extract.sentences import Passage

_OWNED = frozenset({"personnel", "unit", "equipment", "attack", "thing"})
_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "npadvmod"})
_BODIES = frozenset({"body", "force"})
_COUNTRY = frozenset({"country", "nation", "state"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "PUNCT", "X", "VERB"})
_SERVING = frozenset({"in", "at", "from", "with", "of"})
_WORDS_BEFORE = 6
_MAX_CLIMB = 6
_MOST_PRONOUNS = 16


@dataclass(frozen=True, slots=True)
class Owner:
    """A canonical name and the words it rests on; ``words`` is None when no words of the report say it."""

    name: str
    words: ReportSpan | None


class Owners:
    """Finds the owners of the counts of one report."""

    def __init__(self, actors: ActorIndex, home: str | None = None) -> None:
        """``home`` is the country in which the report takes place; its forces are meant where no other is named."""
        self._actors = actors
        self._home = home
        self._known: dict[tuple[int, int], Owner | None] = {}
        self._asked: Counter[tuple[int, int]] = Counter()

    def of(self, candidate: Candidate, noun: Token | None, kind: str) -> Owner | None:
        """The owner of a count, None when the text names none.

        :param noun: the noun counted, the stand-in's for "the number of men is 500"; None when elided.
        :param kind: class of the noun, see :mod:`extract.count_nouns`.
        """
        if noun is not None:
            beside = self._beside(candidate.passage, noun, kind)
            if beside is not None:
                return beside
        if kind in _OWNED and not candidate.fates and candidate.stand_in is None:
            subject = self._by_subject(candidate)
            if subject is not None:
                return subject
        if noun is not None and self._home is not None and count_nouns.is_state_force(noun):
            return Owner(self._home, candidate.passage.of(noun))
        if noun is not None and count_nouns.is_side(noun):
            return Owner(f"{count_nouns.lemma(noun)}s", candidate.passage.of(noun))
        return None

    # beside the noun -------------------------------------------------------------------------------------------------

    def _beside(self, passage: Passage, noun: Token, kind: str) -> Owner | None:
        """A nationality or name among the modifiers of the noun, after "of" or, for attacks, after "by"."""
        state = self._actors.book.demonym(noun.text)
        if state is not None and not _is_joined(noun):
            return Owner(state, passage.of(noun))
        group = group_before(noun)
        if group is not None:
            return Owner(group[0], passage.of(group[1]))
        modifiers = [c for c in noun.children if c.dep_ in _MODIFIERS and c.i < noun.i]
        for child in sorted(modifiers, key=lambda c: c.dep_ == "poss"):
            found = self._modifier(passage, child)
            if found is not None:
                return found
        before = self._before(passage, noun)
        if before is not None:
            return before
        owned = kind in _OWNED and count_nouns.made_of(noun) is None
        if owned or count_nouns.lemma(noun) in ("member", "other"):
            return self._after(passage, noun, kind)
        return self._office(passage, noun) or self._origin(passage, noun)

    def _office(self, passage: Passage, noun: Token) -> Owner | None:
        """ "Officials in the interior ministry": the side of the body that they serve."""
        row = by_word("roles").get(count_nouns.lemma(noun))
        if row is None or row["class"] != "person":
            return None
        bodies = (c for prep in noun.children if prep.lower_ in _SERVING for c in prep.children if c.dep_ == "pobj")
        return next((self._resolved(passage, body) for body in bodies if _is_body(body)), None)

    def _origin(self, passage: Passage, noun: Token) -> Owner | None:
        """ "Refugees from Syria": the country that people come from."""
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ == "from":
                for inner in child.children:
                    state = self._actors.book.state(inner.text) if inner.pos_ == "PROPN" else None
                    if state is not None and not self._actors.book.is_seat(inner.text):
                        return Owner(state, passage.of(inner))
        return None

    def _before(self, passage: Passage, noun: Token) -> Owner | None:
        """A name among the words right before the noun, where the parse does not hang it on the noun."""
        start = noun.i
        while start > noun.sent.start and noun.i - start < _WORDS_BEFORE and noun.doc[start - 1].pos_ in _NOMINAL:
            start -= 1
        for at in range(start, noun.i):
            if names_other(noun.doc[at]):
                continue
            found = self._named(passage, noun.doc[at : at + 1])
            if found is not None:
                return found
        return None

    def _modifier(self, passage: Passage, child: Token) -> Owner | None:
        for span in _spans(child):
            found = self._named(passage, span)
            if found is not None:
                return found
        if child.dep_ == "poss" or (child.dep_ == "compound" and _is_body(child)):
            return self._resolved(passage, child)
        if count_nouns.is_side(child):
            return Owner(f"{count_nouns.lemma(child)}s", passage.of(child))
        return None

    def _named(self, passage: Passage, span: Span) -> Owner | None:
        state = self._actors.book.demonym(span.text)
        if state is not None:
            return Owner(state, passage.of(span))
        if not any(token.text[:1].isupper() for token in span):
            return None
        actor = self._actors.resolve(span.text)
        if actor is None or actor.kind == "person" or self._actors.book.is_seat(span.text):
            return None
        return Owner(actor.side or actor.name, passage.of(span))

    def _after(self, passage: Passage, noun: Token, kind: str) -> Owner | None:
        for child in noun.children:
            if child.dep_ not in ("prep", "agent") or child.lower_ not in ("of", "from", "by"):
                continue
            if child.lower_ == "by" and kind != "attack":
                continue
            for inner in child.children:
                if inner.dep_ == "pobj" and count_nouns.kind_of(inner) != "people":
                    found = self._resolved(passage, inner)
                    if found is not None:
                        return found
        return None

    def _resolved(self, passage: Passage, token: Token) -> Owner | None:
        """The side or name of a noun phrase that names somebody; "the country's forces" are the home country's."""
        key = id(token.doc), token.i
        if key not in self._known:
            self._known[key] = self._read(passage, token)
        return self._known[key]

    def _read(self, passage: Passage, token: Token) -> Owner | None:
        if token.pos_ == "PRON" and not self._may_ask(token):
            return None
        if self._home is not None and any(c.dep_ == "poss" and c.lower_ in _COUNTRY for c in (token, *token.children)):
            return Owner(self._home, passage.of(phrases.core(token)))
        mention = self._actors.of(passage, token)
        if mention is not None and mention.side is not None:
            return Owner(mention.side, mention.span)
        counted = any(child.dep_ == "nummod" for child in token.children)
        if not names_somebody(token) or counted or (mention is None and token.pos_ == "PRON"):
            return None
        name = mention.name if mention is not None else phrases.without_article(phrases.core(token).text)
        return Owner(name, passage.of(phrases.core(token)))

    def _may_ask(self, pronoun: Token) -> bool:
        """False after so many pronouns of one sentence that it is no prose: each costs a look at all nouns before."""
        sentence = id(pronoun.doc), pronoun.sent.start
        self._asked[sentence] += 1
        return self._asked[sentence] <= _MOST_PRONOUNS

    # the subject -----------------------------------------------------------------------------------------------------

    def _by_subject(self, candidate: Candidate) -> Owner | None:
        """The subject of the verbs above the count, nearest first: who has, sends, masses, conducts them."""
        head = at = candidate.head
        for _ in range(_MAX_CLIMB):
            if at.head == at:
                return None
            at = at.head
            if at.pos_ not in ("VERB", "AUX"):
                continue
            if at.lemma_.lower() in _cues():
                return None
            subject = _subject(at)
            if (
                subject is None
                or subject.i == head.i
                or head in subject.conjuncts
                or (subject.i > at.i and head in subject.subtree)
            ):
                continue
            if at.lemma_.lower() == "include" and subject.pos_ == "NOUN":
                return self._beside(candidate.passage, subject, "equipment")
            if count_nouns.kind_of(subject) != "attack":
                return self._resolved(candidate.passage, subject)
            beside = self._beside(candidate.passage, subject, "attack")
            if beside is not None:
                return beside
            head = at = subject
        return None


@lru_cache(maxsize=1)
def _cues() -> frozenset[str]:
    """Verbs of speech: who reports a strike did not carry it out."""
    return frozenset(word for word, row in by_word("cues").items() if "that" in row["frames"].split("|"))


def _spans(child: Token) -> Iterator[Span]:
    """The modifier with what modifies it, from the whole phrase to the word alone."""
    doc = child.doc
    for at in range(child.left_edge.i, child.i + 1):
        if not names_other(doc[at]):
            yield doc[at : child.i + 1]
    for token in child.lefts:
        if not names_other(token):
            yield doc[token.i : token.i + 1]


def _is_joined(noun: Token) -> bool:
    """ "Afghans and expatriates" are not all Afghan."""
    after = noun.doc[noun.i + 1 : noun.i + 3]
    return any(c.dep_ == "conj" for c in noun.children) or (
        len(after) == 2 and after[0].lower_ == "and" and after[1].tag_ == "NNS"
    )


def _is_body(token: Token) -> bool:
    row = by_word("roles").get(token.lower_) or by_word("roles").get(token.lemma_.lower())
    return row is not None and row["class"] in _BODIES


def names_somebody(token: Token) -> bool:
    """True for a phrase that can own: a name, a body or force, people under arms, a pronoun."""
    if token.pos_ in ("PRON", "PROPN"):
        return token.tag_ not in ("WDT", "WP", "EX")
    return _is_body(token) or count_nouns.kind_of(token) == "personnel"


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
