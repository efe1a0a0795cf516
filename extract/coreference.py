"""Whom a pronoun or a short definite phrase stands for: recency, grammatical role, number and animacy.

The method is a small salience ranking in the manner of Lappin and Leass (1994): candidates of the last sentences are
weighed by their role and their distance, those that disagree in number or animacy, or stand inside a quotation that
the pronoun is outside of, are left out. What no candidate fits stays unresolved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Span, Token

from extract import lexicon, phrases
from extract.agreement import commanded, content_words, gender_of, is_short, names_it, noun_class, of_somebody
from extract.cues import is_cue_verb, speaks
from extract.model import Actor, ActorMention
from extract.quotations import Quotation, quotation_at, quotations
from extract.sentences import Passage
from extract.subjects import holder, is_subject_elsewhere, subject

if TYPE_CHECKING:
    from extract.actors import ActorIndex

Resolve = Callable[[Token], tuple[Actor, ...]]
Named = Callable[[Token], Actor | None]
Side = Callable[[Token], str | None]

_SENTENCES_BACK = 5
_DEFINITE_BACK = 40
_MOST_BACK = 400
"""Nouns that a definite phrase is compared with at most, and words of one sentence that a pronoun is: no report needs
more, and an endless text would make each of its phrases cost as much as the whole.
"""
_WIDEST = 200
_PER_SENTENCE = 1.0
_WEIGHTS = {"nsubj": 2.0, "nsubjpass": 1.8, "agent": 1.5, "dobj": 1.0, "pobj": 0.9, "dative": 1.0, "poss": 0.8,
            "conj": 0.5, "appos": 1.0, "attr": 0.5, "ROOT": 0.6, "nmod": 0.4, "compound": 0.3}  # fmt: skip
_SPEAKING = 1.5
_MAIN = 0.5
_WITHIN_SPEAKER = 0.8
"""A name inside the phrase that speaks: "senators such as Imani Wells said"."""
_LOOSE_NUMBER = -1.2
"""A body in the singular may be "they" ("the council … they"), but any plural is preferred."""

_DEFINITE = frozenset({"the", "this", "these", "those", "that", "both"})
_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4}
_GENERIC: dict[str, tuple[str, ...]] = {
    "country": ("state",), "nation": ("state",), "state": ("state",), "government": ("state",), "capital": ("state",),
    "group": ("armed group", "organisation"), "militia": ("armed group",), "organisation": ("organisation",),
    "organization": ("organisation",), "alliance": ("organisation",), "bloc": ("organisation",),
    "leader": ("person",), "president": ("person",), "minister": ("person",), "side": ("state", "armed group"),
    "party": ("state", "armed group"), "man": ("person",), "woman": ("person",), "official": ("person",),
}  # fmt: skip
_ANY_BEARER = frozenset({"country", "nation", "group", "militia", "alliance", "bloc"})
"""Nouns that may take up the last actor of their kind with no word in common."""


def antecedent(passage: Passage, token: Token, actors: ActorIndex) -> ActorMention | None:
    """Whom a pronoun or definite phrase stands for in a report; None when unresolved, never a guess."""
    return actors.antecedent(passage, token)


@dataclass(frozen=True, slots=True)
class _Candidate:
    head: Token
    weight: float


def _nearest(sent: Span, token: Token) -> Span:
    """The words of a sentence that are nearest to a pronoun after it or inside it."""
    end = min(len(sent), token.i - sent.start) if sent.doc is token.doc else len(sent)
    return sent[max(0, end - _WIDEST) : end]


class Antecedents:
    """Looks back from a pronoun or definite phrase over the noun phrases of a report."""

    def __init__(self, passages: Sequence[Passage], resolve: Resolve, named: Named, side: Side) -> None:
        self._docs: list[Doc] = [passage.doc for passage in passages]
        self._order = {id(doc): at for at, doc in enumerate(self._docs)}
        self._resolve = resolve
        self._named = named
        self._side = side
        self._quotes: dict[int, tuple[Quotation, ...]] = {}
        self._sents: dict[int, list[Span]] = {}
        self._nouns: dict[int, list[Token]] = {}
        self._words: dict[tuple[int, int], frozenset[str]] = {}

    def of_pronoun(self, token: Token) -> tuple[Actor, ...]:
        """The actors a third-person pronoun stands for, empty when none fits."""
        wanted = phrases.pronoun(token)
        if wanted is None:
            return ()
        for candidate in self._ranked(token, wanted):
            actors = self._fitting(candidate.head, wanted)
            if actors:
                return actors
        return ()

    def of_definite(self, head: Token) -> tuple[Actor, ...]:
        """The actors that "the ministry", "the two leaders", "both countries" take up, empty when none fits."""
        words = head.doc[phrases.core(head).start : head.i + 1]
        count = next((_NUMBERS[t.lower_] for t in words if t.lower_ in _NUMBERS), 0)
        kinds = _GENERIC.get(head.lemma_.lower(), ())
        if count and kinds and len(words) <= 3 and words[0].lower_ in _DEFINITE:
            return self._several(head, count, kinds)
        if noun_class(head) == "text":
            return self._of_document(head, taken_up=words[0].lower_ in _DEFINITE or len(words) == 1)
        if of_somebody(head):
            return ()
        if not is_short(words, head):
            return self._same_office(head, words)
        return self._taken_up(head, words, kinds)

    def _same_office(self, head: Token, words: Span) -> tuple[Actor, ...]:
        """ "The Norwegian minister" is who was called so by name: "Norwegian Minister Liv Aasen"."""
        if words[0].lower_ not in _DEFINITE or noun_class(head) != "person" or phrases.is_plural(head):
            return ()
        wanted = frozenset(t.lower_ for t in words if t.dep_ != "det" and not t.is_punct)
        office = frozenset(t.lower_ for t in words if t.lower_ in wanted and not t.ent_type_)
        side = self._side(head)
        for earlier in islice(self._earlier(head) if len(wanted) > 1 else (), _MOST_BACK):
            actor = self._named(earlier)
            if actor is None or actor.kind != "person":
                continue
            same = side is not None and actor.side == side and names_it(actor, office, head.lower_)
            if same or names_it(actor, wanted, head.lower_):
                return (actor,)
        return ()

    def _of_document(self, head: Token, *, taken_up: bool) -> tuple[Actor, ...]:
        """Whose words a statement holds: its own holder, or of "the statement" that of the same noun before it."""
        for noun in (head, *(self._earlier(head) if taken_up else ())):
            if noun.lemma_.lower() != head.lemma_.lower():
                continue
            voice = holder(noun)
            if voice == noun and noun.dep_ == "dobj" and noun.head.lemma_.lower() in lexicon.words("voicing_verbs"):
                voice = subject(noun.head) or noun
            if voice != noun:
                return self._resolve(voice)
        return ()

    def _several(self, head: Token, count: int, kinds: Sequence[str]) -> tuple[Actor, ...]:
        """The last ``count`` distinct actors of some kinds, in text order; empty when there are fewer."""
        found: dict[Actor, None] = {}
        for earlier in self._earlier(head):
            actor = self._named(earlier)
            if actor and actor.kind in kinds:
                found.setdefault(actor)
            if len({actor.name for actor in found}) == count:
                return tuple(reversed(found))
        return ()

    def _taken_up(self, head: Token, words: Span, kinds: Sequence[str]) -> tuple[Actor, ...]:
        wanted = content_words(words)
        lemma = head.lemma_.lower()
        definite = words[0].lower_ in _DEFINITE
        for earlier in islice(self._earlier(head), _MOST_BACK):
            actor = self._named(earlier)
            if actor is not None:
                if names_it(actor, wanted, lemma) and (actor.kind != "person" or noun_class(head) == "person"):
                    return (actor,)
                if definite and lemma in _ANY_BEARER and len(wanted) == 1 and actor.kind in kinds:
                    return (actor,)
            elif earlier.lemma_.lower() == lemma and earlier.pos_ != "PRON" and wanted < self._words_of(earlier):
                actors = self._resolve(earlier)
                if actors:
                    return actors
        return ()

    def _words_of(self, noun: Token) -> frozenset[str]:
        key = id(noun.doc), noun.i
        if key not in self._words:
            self._words[key] = content_words(phrases.core(noun))
        return self._words[key]

    def _earlier(self, token: Token) -> Iterator[Token]:
        """Nominal tokens before ``token``, nearest first, over the last sentences."""
        at = self._order.get(id(token.doc))
        if at is None:
            return
        start = phrases.core(token).start
        yield from (noun for noun in reversed(self._nouns_of(at)) if noun.i < start)
        seen = 0
        for before in range(at - 1, -1, -1):
            yield from reversed(self._nouns_of(before))
            seen += len(self._sents_of(before))
            if seen > _DEFINITE_BACK:
                return

    def _sents_of(self, at: int) -> list[Span]:
        """Sentences of a paragraph; asking the parse for them each time would cost more than the rest."""
        if at not in self._sents:
            self._sents[at] = list(self._docs[at].sents)
        return self._sents[at]

    def _nouns_of(self, at: int) -> list[Token]:
        if at not in self._nouns:
            self._nouns[at] = [token for token in self._docs[at] if token.pos_ in {"NOUN", "PROPN", "ADJ"}]
        return self._nouns[at]

    def _ranked(self, token: Token, wanted: tuple[str, str]) -> list[_Candidate]:
        found = [
            _Candidate(head, self._weight(head, token, wanted) - _PER_SENTENCE * distance)
            for distance, sent in self._sentences(token)
            for head in _nearest(sent, token)
            if self._may_be(head, token)
        ]
        return sorted(found, key=lambda c: -c.weight)

    def _sentences(self, token: Token) -> Iterator[tuple[int, Span]]:
        """The sentence of the pronoun and those before it, with how many sentences back each is."""
        at = self._order.get(id(token.doc))
        if at is None:
            return
        own = [sent for sent in self._sents_of(at) if sent.start <= token.i]
        before = [sent for doc in range(max(0, at - _SENTENCES_BACK), at) for sent in self._sents_of(doc)]
        for distance, sent in enumerate(reversed([*before, *own])):
            if distance > _SENTENCES_BACK:
                return
            yield distance, sent

    def _may_be(self, head: Token, token: Token) -> bool:
        if head.doc is token.doc and head.i >= token.i:
            return False
        if any(child.lower_ == "whose" for child in head.lefts):
            return False
        if head.dep_ not in _WEIGHTS or head.pos_ not in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}:
            return False
        if token.dep_ in {"dobj", "dative"} and head == subject(token.head):
            return False
        return self._quoted(token) or not self._quoted(head)

    def _quoted(self, token: Token) -> bool:
        key = id(token.doc)
        if key not in self._quotes:
            self._quotes[key] = quotations(token.doc.text)
        return quotation_at(self._quotes[key], token.idx) is not None

    def _weight(self, head: Token, token: Token, wanted: tuple[str, str]) -> float:
        weight = _WEIGHTS[head.dep_]
        if head.dep_ == "conj" and is_subject_elsewhere(head):
            weight = _WEIGHTS["nsubj"] + _MAIN + (_SPEAKING if speaks(head.nbor()) else 0.0)
        if head.dep_ in {"nsubj", "nsubjpass"}:
            weight += _SPEAKING if speaks(head.head) else 0.0
            weight += _MAIN if head.head.dep_ == "ROOT" else 0.0
        elif any(is_cue_verb(child) for child in head.children if child.dep_ in {"acl", "relcl"}):
            weight += _SPEAKING + _MAIN
        elif any(t.dep_ == "nsubj" and is_cue_verb(t.head) and t.i < head.i for t in head.ancestors):
            weight += _WITHIN_SPEAKER
        if wanted[0] == "plural" and not phrases.is_plural(head):
            weight += _LOOSE_NUMBER
        if head.doc is token.doc and head.sent == token.sent and commanded(head, token):
            weight += _MAIN
        return weight

    def _fitting(self, head: Token, wanted: tuple[str, str]) -> tuple[Actor, ...]:
        """The actors of a candidate when it agrees with what the pronoun wants, else none."""
        own = phrases.pronoun(head)
        if own or head.pos_ == "PRON":
            return self._resolve(head) if own == wanted else ()
        if wanted[0] == "plural":
            return self._plural(head)
        agrees = not phrases.is_plural(head) or self._named(head) is not None
        return self._singular(head, *wanted) if agrees else ()

    def _plural(self, head: Token) -> tuple[Actor, ...]:
        """ "They": joint actors, a plural of people or bodies, or a body in the singular."""
        joint = phrases.conjuncts(head)
        if len(joint) > 1:
            found = [actor for token in joint if self._acts(token) for actor in self._resolve(token)]
            return tuple(dict.fromkeys(found))
        named = self._named(head)
        single = noun_class(head) in {"person", "people"} and not phrases.is_plural(head)
        alone = head.dep_ == "conj" or single or (named is not None and named.kind in {"person", "state"})
        return self._resolve(head) if not alone and self._acts(head) else ()

    def _singular(self, head: Token, kind: str, gender: str) -> tuple[Actor, ...]:
        named = self._named(head)
        if named is None and not self._acts(head):
            return ()
        row = lexicon.role(head)
        known = gender_of(head, named)
        if known and gender and known != gender:
            return ()
        if named is None and row:
            person = row["class"] in {"person", "people"}
            return self._resolve(head) if person == (kind == "person") else ()
        actors = (named,) if named else self._resolve(head)
        person = bool(actors) and actors[0].kind == "person"
        return actors if person == (kind == "person") else ()

    def _acts(self, head: Token) -> bool:
        """True for nouns that can speak or act: names of actors, offices, bodies, people."""
        row = lexicon.role(head)
        return self._named(head) is not None or (row is not None and row["class"] != "text")
