"""Who a noun phrase means: the report's own words first, then earlier mentions, then the knowledge base at the date.

"US Secretary of State Antony Blinken" gives a person, a role and a side by itself; a later "Blinken" takes them over;
only a name that the report never explains is looked up. What none of the three knows keeps the words of the report
as its name, and no side is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from spacy.tokens import Span, Token

from extract import phrases
from extract.actor_book import ActorBook, Entry, State
from extract.coreference import Antecedents
from extract.descriptors import Descriptors, words_of_name
from extract.local_names import LocalNames
from extract.model import Actor, ActorMention, in_text_order
from extract.sentences import Passage

__all__ = ["ActorBook", "ActorIndex", "Entry", "State", "find_actors"]

_MAX_DEPTH = 24
"""How many hops from phrase to phrase ("his ministry" -> "he" -> "the minister") are followed before giving up."""


class ActorIndex:
    """The actors of one report. Answers are remembered, so that asking twice costs nothing."""

    def __init__(self, passages: Sequence[Passage], book: ActorBook, published: date | None = None) -> None:
        self.passages = tuple(p for p in passages if p.kind == "body")
        self.book = book
        self.published = published
        self._describe = Descriptors(book, published)
        self.names = LocalNames.read(self.passages, book, self._describe, published)
        self._antecedents = Antecedents(self.passages, self._actors, self._mentioned, self._describe.side)
        self._cache: dict[tuple[int, int], tuple[Actor, ...]] = {}
        self._of_doc = {id(p.doc): p for p in passages}
        self._depth = 0

    @property
    def mentions(self) -> tuple[ActorMention, ...]:
        """Every named actor in text order, once per mention."""
        found = []
        for passage in self.passages:
            for head in self.names.heads(passage.doc):
                mention = self.of(passage, head)
                if mention:
                    found.append(mention)
        return in_text_order(found)

    def of(self, passage: Passage, tokens: Span | Token) -> ActorMention | None:
        """The actor, or the joint actors, that a noun phrase or pronoun stands for.

        A token stands for its whole noun phrase; a span for the phrase of its root, and its words are the span of the
        mention. None when the phrase is a pronoun that nothing in the report resolves, or no noun phrase.
        """
        head = tokens if isinstance(tokens, Token) else tokens.root
        span = phrases.whole(head) if isinstance(tokens, Token) else tokens
        actors = self.joint(head)
        return ActorMention(passage.of(span), actors) if actors else None

    def joint(self, head: Token) -> tuple[Actor, ...]:
        """The actors of the noun phrase of ``head`` and of those joined with it."""
        found = [actor for token in phrases.conjuncts(head) for actor in self._actors(token)]
        return tuple(dict.fromkeys(found))

    def resolve(self, text: str) -> Actor | None:
        """The actor a name or alias means in this report: as the report defines it, else by the book."""
        known = self.names.get(text)
        return known or self.book.resolve(text, self.published)

    def antecedent(self, passage: Passage, token: Token) -> ActorMention | None:
        """Whom a pronoun ("they"), or a short definite phrase ("the ministry"), stands for; None when unresolved.

        The span of the mention is that of the pronoun or phrase itself.
        """
        actors = self._actors(token)
        return ActorMention(passage.of(phrases.core(token)), actors) if actors else None

    def can_speak(self, head: Token) -> bool:
        """False for common nouns that neither name nor stand for anybody: "the sixth edition"."""
        if head.pos_ != "NOUN":
            return True
        return any(self._describe.is_role(t) or self._named(t) for t in (head, phrases.counted(head)))

    def _actors(self, head: Token) -> tuple[Actor, ...]:
        key = (id(head.doc), head.i)
        if key in self._cache:
            return self._cache[key]
        if self._depth >= _MAX_DEPTH:
            return ()
        self._cache[key] = ()  # what leads back to itself stands for nobody
        self._depth += 1
        try:
            self._cache[key] = self._find(head)
        finally:
            self._depth -= 1
        return self._cache[key]

    def _find(self, head: Token) -> tuple[Actor, ...]:
        if phrases.pronoun(head):
            return self._antecedents.of_pronoun(head)
        if not phrases.nominal(head) or head.pos_ == "PRON":
            return ()
        named = self._named(head)
        if named:
            return (self._owned(named, head),)
        definite = self._antecedents.of_definite(head)
        if definite:
            return definite
        described = self._describe.common(head) if head.lower_ not in {"other", "another"} else None
        return (self._owned(described, head),) if described else ()

    def _owned(self, actor: Actor, head: Token) -> Actor:
        """The actor with the side of whom a possessive pronoun names: "its envoy" speaks for what "it" is."""
        owner = next((child for child in head.lefts if child.dep_ == "poss" and phrases.pronoun(child)), None)
        if actor.side or owner is None or self._describe.speaks(head) not in {"yes", "public", "self"}:
            return actor
        side = next((found.side for found in self._actors(owner) if found.side), None)
        return Actor(actor.name, actor.kind, side, actor.role)

    def _in_office(self, person: Actor, head: Token) -> Actor:
        """The person with the office and side that a noun about the name gives, where the name itself gave none."""
        role = person.role or phrases.without_article(phrases.core(head).text)
        return Actor(person.name, "person", person.side or self._describe.spoken_for(head), role)

    def _mentioned(self, token: Token) -> Actor | None:
        """The actor a single word names, a state also by its adjective."""
        named = self.names.at(token)
        if named:
            return named
        state = self.book.demonym(token.text) if token.pos_ == "ADJ" else None
        return Actor(state, "state", state) if state else None

    def _named(self, head: Token) -> Actor | None:
        """The actor whose name the phrase, or an apposition to it, holds."""
        found = self.names.at(head)
        if found:
            return found
        person = phrases.person_after_office(head)
        if person is not None and (found := self.names.at(person)) and found.kind == "person":
            return self._in_office(found, head)
        for other in phrases.appositions(head):
            found = self.names.at(other)
            if found and (found.kind == "person" or self._describe.is_body(head)) and self._describe.is_role(head):
                return found
        return self._by_apposition(head)

    def _by_apposition(self, head: Token) -> Actor | None:
        """A name that only its apposition tells to be somebody: "Ice Wars, an organisation that tracks glaciers"."""
        if head.pos_ != "PROPN" or head.dep_ == "appos":
            return None
        name = words_of_name(head)
        for other in phrases.appositions(head):
            if name and self._describe.speaks(other) == "self" and self._describe.is_body(other):
                return Actor(name, "organisation", name)
            if self._describe.noun_class(other) == "person" and other.pos_ == "NOUN":
                role = phrases.without_article(phrases.core(other).text)
                called = name or phrases.without_article(phrases.core(head).text)
                return Actor(called, "person", self._describe.spoken_for(other), role)
        return None


def find_actors(passages: Sequence[Passage], book: ActorBook, published: date | None = None) -> ActorIndex:
    """Read the actors of a report.

    :param published: day of publication, at which offices in the book are read; None reads them at any date.
    """
    return ActorIndex(passages, book, published)
