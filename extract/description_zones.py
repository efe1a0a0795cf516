"""Zones: areas that say who holds them, and only sometimes where they are.

"The territory they have controlled since 2014 in the east of the country" takes the region of the description inside
it; "rebel-held areas" have none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from extract.description_anchors import Described, Surroundings
from extract.lexicon import by_word

_REACH = 16
_HOLDERS = re.compile(r"(?:held|controlled|occupied|seized|separatist|rebel|breakaway|liberated|annexed)$")


def find_zones(around: Surroundings, described: Sequence[Described]) -> list[Described]:
    """The zones of a passage; ``described`` are the descriptions already found, from which zones take their region."""
    nouns = [token for token in around.doc if token.pos_ == "NOUN" and _is_zone(token) and token.i not in around.inside]
    return [zone for noun in nouns if (zone := _zone(around, noun, described)) is not None]


def _is_zone(token: Token) -> bool:
    row = by_word("spatial_nouns").get(token.lower_)
    return row is not None and row["relation"] == "zone"


def _zone(around: Surroundings, noun: Token, described: Sequence[Described]) -> Described | None:
    clause = next((c for c in noun.children if c.dep_ in ("relcl", "acl") and c.i > noun.i), None)
    start = _first(noun)
    if clause is not None and clause.right_edge.i - noun.i < _REACH:
        stop = clause.right_edge.i + 1
        inner = next((f for f in described if f.region and noun.i < f.start and f.end <= stop), None)
        if inner is not None:
            return Described(start, stop, inner.region)
    held = any(c.i < noun.i and _HOLDERS.search(c.lower_) for c in noun.children)
    return Described(start, noun.i + 1, None) if held and noun.i + 1 not in around.at else None


def _first(noun: Token) -> int:
    """First token of the unbroken run of modifiers before a noun."""
    start = noun.i
    while start > noun.sent.start:
        word = noun.doc[start - 1]
        modifies = word.pos_ in ("ADJ", "NOUN", "VERB") and start <= word.head.i <= noun.i
        if not modifies and word.text != "-":
            break
        start -= 1
    return start
