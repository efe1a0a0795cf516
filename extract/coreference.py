"""Whom a pronoun or a short definite phrase stands for: recency, grammatical role, number and animacy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from extract import phrases
from extract.model import Actor, ActorMention
from extract.sentences import Passage

if TYPE_CHECKING:
    from extract.actors import ActorIndex

Resolve = Callable[[Token], tuple[Actor, ...]]

_SENTENCES_BACK = 6


def antecedent(passage: Passage, token: Token, actors: ActorIndex) -> ActorMention | None:
    """Whom a pronoun or definite phrase stands for in a report; None when unresolved, never a guess."""
    return actors.antecedent(passage, token)


class Antecedents:
    """Looks back from a pronoun over the noun phrases of a report."""

    def __init__(self, passages: Sequence[Passage], resolve: Resolve) -> None:
        self._docs: list[Doc] = [passage.doc for passage in passages]
        self._order = {id(doc): at for at, doc in enumerate(self._docs)}
        self._resolve = resolve

    def of_pronoun(self, token: Token) -> tuple[Actor, ...]:
        """The actors a third-person pronoun stands for, empty when none fits."""
        wanted = phrases.pronoun(token)
        if wanted is None:
            return ()
        for candidate in self._back(token):
            actors = self._fitting(candidate, wanted)
            if actors:
                return actors
        return ()

    def of_definite(self, head: Token) -> tuple[Actor, ...]:
        """The actors an earlier named "the ministry", "the two leaders" stands for, empty when none fits."""
        return ()

    def _back(self, token: Token) -> Iterator[Token]:
        """Subjects, then other nouns, sentence by sentence backwards."""
        doc_at = self._order.get(id(token.doc))
        if doc_at is None:
            return
        seen = 0
        for at in range(doc_at, -1, -1):
            sents = list(self._docs[at].sents)
            for sent in reversed(sents):
                if at == doc_at and sent.start > token.i:
                    continue
                nouns = [t for t in sent if phrases.nominal(t) and t.dep_ in _ROLES and (at < doc_at or t.i < token.i)]
                yield from sorted(nouns, key=lambda t: (_ROLES[t.dep_], t.i))
                seen += 1
                if seen > _SENTENCES_BACK:
                    return

    def _fitting(self, candidate: Token, wanted: tuple[str, str]) -> tuple[Actor, ...]:
        kind, _ = wanted
        if phrases.pronoun(candidate):
            return self._resolve(candidate) if phrases.pronoun(candidate) == wanted else ()
        if kind == "plural" and not phrases.is_plural(candidate):
            return ()
        if kind != "plural" and phrases.is_plural(candidate):
            return ()
        joint = [actor for token in phrases.conjuncts(candidate) for actor in self._resolve(token)]
        if kind == "person" and not (joint and joint[0].kind == "person"):
            return ()
        if kind == "body" and not (joint and joint[0].kind != "person"):
            return ()
        return tuple(dict.fromkeys(joint))


_ROLES = {"nsubj": 0, "nsubjpass": 0, "agent": 1, "poss": 2, "pobj": 2, "dobj": 1}
