"""Nouns that stand for a number given elsewhere in the clause: "the toll rose to 21", "the number of men is 500"."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Token

from extract import count_nouns
from extract.lexicon import rows, words


@lru_cache(maxsize=1)
def quantity_kinds() -> dict[str, str]:
    """Nouns that stand for a number and the casualty they say ("death toll"), empty when none."""
    return {row["noun"]: row["kind"] for row in rows("quantity_nouns")}


_STAND_IN_PREPOSITIONS = frozenset({"to", "at", "of", "from", "over", "above", "by"})


def stand_in(head: Token) -> Token | None:
    """The noun of the clause that a numeral without a noun gives the value of."""
    verb = head
    for _ in range(4):
        if verb.pos_ in ("VERB", "AUX") or verb.head == verb:
            break
        if verb.dep_ == "prep" and verb.lower_ not in _STAND_IN_PREPOSITIONS:
            return _far_stand_in(head)
        verb = verb.head
    if verb.pos_ not in ("VERB", "AUX") and not is_quantity(verb):
        return _far_stand_in(head)
    if head.dep_ in ("nsubj", "nsubjpass"):
        return None
    named = verb.pos_ not in ("VERB", "AUX") and is_quantity(verb)
    options = [verb] if named else _nouns_of_clause(verb, head)
    found = next((noun for noun in options if is_quantity(noun) and noun.i != head.i), None)
    return found or _far_stand_in(head)


def _far_stand_in(head: Token) -> Token | None:
    """The parse often loses the subject of "… stood at 12" or "bringing the total … to 12": the last one before it."""
    before = head.nbor(-1) if head.i > head.sent.start else None
    if before is None or before.lower_ not in ("to", "at"):
        return None
    earlier = head.doc[head.sent.start : head.i]
    if not any(token.lemma_.lower() in words("quantity_verbs") for token in earlier):
        return None
    return next((token for token in reversed(earlier) if token.lemma_.lower() in quantity_kinds()), None)


def _nouns_of_clause(verb: Token, head: Token) -> list[Token]:
    found = []
    for at in (
        verb,
        *(a for a in verb.ancestors if verb.dep_ in ("conj", "xcomp", "ccomp", "advcl") and a == verb.head),
    ):
        found += [c for c in at.children if c.dep_ in ("nsubj", "nsubjpass", "dobj") and c.i < head.i]
    return found


def is_quantity(noun: Token) -> bool:
    """True for "toll", "number", "total" and casualty nouns that a figure can follow ("casualties rose to 50")."""
    kinds = quantity_kinds()
    return noun.lemma_.lower() in kinds or count_nouns.kind_of(noun) in count_nouns.CASUALTIES
