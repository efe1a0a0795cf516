"""Buildings and sites that only a common noun names: "a hospital in Kosti", "the police base near the town".

They lie in the place that the words after them name; without such words nothing is said of where they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from extract.description_anchors import Described, Surroundings
from extract.model import Region
from extract.toponym_words import head_class

_LINKS = frozenset({"in", "at", "outside", "inside", "near"})
_ARTICLES = frozenset({"the", "a", "an"})
_BEFORE, _AFTER = 5, 4
"""Words of the building before its head, and words between it and the place."""


def find_buildings(around: Surroundings, described: Sequence[Described]) -> list[Described]:
    """The buildings of a passage; ``described`` are the descriptions already found, in which some of them lie."""
    nouns = [token for token in around.doc if token.pos_ == "NOUN" and head_class(token) == "facility"]
    return [found for noun in nouns if (found := _building(around, noun, described)) is not None]


def _building(around: Surroundings, noun: Token, described: Sequence[Described]) -> Described | None:
    at = noun.i + 1
    if at >= len(around.doc) or around.doc[at].lower_ not in _LINKS or _is_named(around, noun):
        return None
    start = _start(noun)
    for each in described:
        if each.region is not None and at < each.start <= at + 2:
            return Described(start, each.end, each.region)
    for i in range(at + 1, min(at + 1 + _AFTER, len(around.doc))):
        toponym = around.at.get(i)
        if toponym is not None and toponym.mention.kind == "literal":
            return Described(start, toponym.candidate.end, Region("area", (toponym.mention.name,)))
        if around.doc[i].pos_ not in ("DET", "ADJ", "NOUN") and around.doc[i].lower_ != "of":
            return None
    return None


def _is_named(around: Surroundings, noun: Token) -> bool:
    """True for the generic noun of a name: "Kosti hospital", "Shade refugee camp"."""
    phrase = around.doc[_start(noun) : noun.i + 1]
    return any(token.i in around.inside or token.pos_ == "PROPN" for token in phrase)


def _start(noun: Token) -> int:
    """First word of the noun phrase without its article."""
    start = max(noun.left_edge.i, noun.i - _BEFORE)
    while start < noun.i and (noun.doc[start].lower_ in _ARTICLES or noun.doc[start].pos_ in ("NUM", "PUNCT", "PRON")):
        start += 1
    return start
