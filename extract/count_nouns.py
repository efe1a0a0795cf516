"""Which noun a numeral counts, and what class of thing that noun is.

The classes are those of ``count_nouns.tsv``; plural nationality words and agent nouns that the table lacks count as
people. Lemmas are looked up with the modifiers that change them ("car bomb", "family member").
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, cast

from spacy.tokens import Doc, Span, Token

from extract.lexicon import rows

NounKind = Literal[
    "personnel", "people", "unit", "equipment", "attack", "facility", "thing",
    "killed", "wounded", "killed_or_wounded", "detained", "missing", "displaced",
]  # fmt: skip

CASUALTIES = frozenset({"killed", "wounded", "killed_or_wounded", "detained", "missing", "displaced"})
_LINKS = frozenset({"nummod", "quantmod", "compound", "advmod", "amod", "nmod", "det", "npadvmod", "predet", "punct"})
_AREAS = frozenset({"square", "cubic", "sq", "sq."})
_COMPOUNDS = frozenset({"compound", "nmod"})
_PHRASE = frozenset({"ADJ", "NOUN", "PROPN", "PUNCT", "ADV", "VERB", "DET", "PART", "X"})
_AGENTS = ("ers", "ors", "ists", "men", "women", "ians", "eers", "ees", "ants")
_REACH = 8
_PORTIONS = frozenset({"piece", "item"})
"""Nouns that only count out the stuff named after "of"."""


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, NounKind]:
    return {row["noun"]: cast(NounKind, row["kind"]) for row in rows("count_nouns")}


@lru_cache(maxsize=1)
def _state_nouns() -> frozenset[str]:
    return frozenset(row["noun"] for row in rows("count_nouns") if row["whose"] == "state")


@lru_cache(maxsize=1)
def _sides() -> frozenset[str]:
    return frozenset(row["noun"] for row in rows("count_nouns") if row["whose"] == "self")


@lru_cache(maxsize=1)
def _not_counted() -> Mapping[str, str]:
    return {row["noun"]: row["class"] for row in rows("not_counted")}


def lemma(token: Token) -> str:
    """The lemma in lower case; plurals that the tagger took for names lose their "s" too."""
    base = token.lemma_.lower()
    if base not in _kinds() and base.endswith("s") and base[:-1] in _kinds():
        return base[:-1]
    return base


def compound(token: Token) -> str | None:
    """The lemma with the word before it, when the table knows the two as one."""
    if token.i == 0:
        return None
    before = token.nbor(-1)
    if before.text == "-" and token.i > 1:
        before = token.nbor(-2)
    joined = f"{before.lower_} {lemma(token)}"
    return joined if joined in _kinds() else None


def kind_of(noun: Token) -> NounKind | None:
    """The class of a counted noun; None for nouns that reports do not count as people or materiel."""
    kinds = _kinds()
    pair = compound(noun)
    if pair:
        return kinds[pair]
    base = lemma(noun)
    if base in kinds:
        return kinds[base]
    if base in _not_counted():
        return None
    plural = noun.tag_ in ("NNS", "NNPS")
    if plural and (noun.ent_type_ == "NORP" or noun.lower_.endswith(_AGENTS)):
        return "people"
    return None


def is_measure(noun: Token) -> bool:
    """True for time, money, lengths and other nouns whose numbers are never people or materiel."""
    base = noun.lemma_.lower()
    return _not_counted().get(base) is not None and base not in _kinds() and compound(noun) is None


def made_of(noun: Token) -> Token | None:
    """The stuff of "pieces of military equipment"; None for nouns that are counted themselves."""
    if noun.lemma_.lower() not in _PORTIONS or noun.i + 1 >= len(noun.doc) or noun.nbor().lower_ != "of":
        return None
    return _after_of(noun.doc, noun.nbor())


def is_state_force(noun: Token) -> bool:
    """True for nouns such as "soldiers" and "policemen" that mean a state's forces unless the text says otherwise."""
    return (compound(noun) or lemma(noun)) in _state_nouns()


def is_side(noun: Token) -> bool:
    """True for nouns such as "rebels" and "separatists" that name the side themselves."""
    return lemma(noun) in _sides()


def counted(doc: Doc, number: Span) -> Token | None:
    """The noun that ``number`` counts: by the parse, else the end of the noun phrase that follows; None if elided."""
    last = number[-1]
    after = doc[number.end] if number.end < len(doc) else None
    if after is not None and after.lower_ in _AREAS:
        return doc[number.end + 1] if number.end + 1 < len(doc) else None
    if after is not None and after.lower_ == "of":
        return _after_of(doc, after)
    noun = _governor(number)
    following = _following(doc, number.end, last.sent.end)
    if noun is None or (following is not None and _better(following, noun)):
        return following
    if following is None and not _reaches(doc, number.end, noun.i):
        return None
    return noun


def _better(following: Token, noun: Token) -> bool:
    """The run of nouns beats the parse when only it ends in a noun that is counted, or ends later."""
    return kind_of(following) is not None and (kind_of(noun) is None or following.i > noun.i)


def _governor(number: Span) -> Token | None:
    """The noun above the numeral in the parse, from a modifier up to the noun that it modifies."""
    token = number.root
    for _ in range(_REACH):
        further = token.i >= number.end and not (token.dep_ in _COMPOUNDS and token.head.i > token.i)
        if further or token.dep_ not in _LINKS or token.head.i == token.i:
            break
        token = token.head
    near = number.end <= token.i < number.end + _REACH
    return token if near and token.pos_ in ("NOUN", "PROPN", "ADJ", "PRON") else None


def _reaches(doc: Doc, start: int, noun: int) -> bool:
    """True when nothing but words of one noun phrase stands between the number and the noun."""
    return all(token.pos_ in _PHRASE or token.text in "-/&" for token in doc[start:noun])


def _after_of(doc: Doc, preposition: Token) -> Token | None:
    for child in preposition.children:
        if child.dep_ == "pobj":
            nested = [c for c in child.children if c.lower_ == "of" and c.i > child.i]
            if child.like_num and nested:
                return _after_of(doc, nested[0])
            return child if child.pos_ in ("NOUN", "PROPN") else None
    return _following(doc, preposition.i + 1, preposition.sent.end)


def _following(doc: Doc, start: int, end: int) -> Token | None:
    """The last noun of the run of adjectives and nouns from ``start``; None when something else comes first."""
    best: Token | None = None
    for token in doc[start : min(end, start + _REACH)]:
        if token.pos_ in ("NOUN", "PROPN"):
            if best is not None and best.i < token.i - 1 and doc[token.i - 1].text not in "-/":
                break
            best = token
        elif (
            (best is not None and token.text not in ("-", "/"))
            or token.pos_ not in ("ADJ", "PUNCT", "ADV", "VERB", "X")
            or token.text in ',.;:()“”"'
            or token.tag_ in ("VBD", "VBZ", "VBP", "VB", "MD")
        ):
            break
    return best
