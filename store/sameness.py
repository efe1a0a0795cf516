"""What makes two claims of different reports the same claim: a key that both have.

Counts are the same claim when claimant, kind, owner, noun, interval and places agree. Statements are when their
claimant agrees and their words do, but for words that carry no meaning of their own ("that", "the"), for endings and
quotation marks. How near in time two appearances are is asked when they are gathered (:mod:`store.appearances`).
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Final

from store.records import ClaimRow

PEOPLE: Final = frozenset({"personnel", "killed", "wounded", "killed_or_wounded", "detained", "missing", "displaced"})
"""Kinds in which different nouns ("troops", "soldiers") still count the same people."""

_WORD: Final = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_EMPTY: Final = frozenset(
    {
        "a", "an", "and", "are", "as", "at", "be", "been", "being", "but", "by", "can", "could", "did", "do",
        "does", "for", "from", "had", "has", "have", "he", "her", "his", "i", "in", "into", "is", "it", "its",
        "of", "on", "or", "our", "s", "she", "should", "so", "than", "that", "the", "their", "them", "then",
        "there", "they", "this", "those", "to", "was", "we", "were", "will", "with", "would", "you", "your",
    }
)  # fmt: skip
"""Words without a meaning of their own. "Not" and "no" have one."""
_ENDING: Final = re.compile(r"(?<=\w{3})(?:ing|ed|es|s|e)$")
_FEWEST: Final = 3
"""Words with a meaning below which only the very same words are the same."""


def noun(claim: ClaimRow) -> str:
    """The thing that a number counts, singular as far as a final s tells; "" for people, whatever they are called."""
    if claim.count_kind in PEOPLE or not claim.unit:
        return ""
    return claim.unit.strip().casefold().split(" ")[-1].rstrip("s")


def same(claim: ClaimRow) -> int:
    """The key of a claim: 64 bits, signed; the same in every process and version of the language."""
    parts = _of_count(claim) if claim.kind == "count" else (_words(claim.exact),)
    key = repr((claim.kind, claim.claimant, *parts)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(key, digest_size=8).digest(), "big", signed=True)


def _of_count(claim: ClaimRow) -> tuple[object, ...]:
    places = tuple(sorted({place.place_key for place in claim.places if place.place_key}))
    interval = claim.low, claim.high, claim.low_open, claim.high_open
    return claim.count_kind, claim.whose, noun(claim), interval, places


def _words(exact: str) -> tuple[str, ...]:
    words = _WORD.findall(exact.casefold())
    telling = tuple(_ENDING.sub("", word) for word in words if word not in _EMPTY)
    return telling if len(telling) >= _FEWEST else tuple(words)
