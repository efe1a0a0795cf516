"""Is a candidate really used as the name of a place? Evidence for and against, added up.

The weights are set by hand from what each piece of evidence means, not fitted to any collection: what the entity
recogniser says, what kind of place bears the name, the words beside it, and whether the name is also a word or a
person's name. A candidate passes from :data:`PASS` on.
"""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache

from spacy.tokens import Token

from extract.lexicon import by_word
from extract.model import NameFacts
from extract.toponym_scan import Candidate, head_class, starts_name

PASS = 1.0
_LARGE, _MIDDLING = 100_000, 15_000
_GIVEN_CONTEXT = frozenset(
    {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "gen.", "col.", "lt.", "capt.", "sgt.", "sir", "st."}
)
_TITLE_TAGS = frozenset({"NNP", "NNPS"})
_LABELS = {
    "GPE": 1.6,
    "LOC": 1.3,
    "FAC": 0.9,
    "NORP": -0.3,
    "PERSON": -1.6,
    "ORG": -0.9,
    "DATE": -2.0,
    "EVENT": -0.8,
    "": 0.0,
}


@lru_cache(maxsize=1)
def _prepositions() -> dict[str, str]:
    return {word: row["use"] for word, row in by_word("locative_prepositions").items()}


def is_locative(token: Token) -> bool:
    """True for a preposition that is strong evidence of a place ("in", "near")."""
    return _prepositions().get(token.lower_) == "at"


def passes(candidate: Candidate, sure: Set[str] = frozenset(), people: Set[str] = frozenset()) -> bool:
    """True when the evidence suffices.

    :param sure: lower-case names that stand elsewhere in the report as undoubted places.
    :param people: lower-case words of the names of people in the report.
    """
    return score(candidate, sure, people) >= PASS


def score(candidate: Candidate, sure: Set[str] = frozenset(), people: Set[str] = frozenset()) -> float:
    """Evidence that the candidate is used as a place name."""
    total = _of_name(candidate) + _of_entity(candidate) + _of_context(candidate)
    if candidate.name.lower() in sure:
        total += 0.8
    if candidate.name.lower() in people:
        total -= 2.0
    return total


def _of_name(candidate: Candidate) -> float:
    facts = candidate.facts
    if facts is None:
        return 0.5 if candidate.generic is not None else -0.5
    total = _of_kind(facts)
    if facts.ambiguous_word:
        total -= 0.9
    if len(candidate.span) > 1:
        total += 0.5
    if not any(t.pos_ == "PROPN" or t.ent_type_ for t in candidate.span):
        total -= 1.0
    return total


def _of_kind(facts: NameFacts) -> float:
    if facts.kinds & {"country"}:
        return 1.2
    if facts.kinds & {"admin1", "capital", "region", "sea", "border"}:
        return 0.8
    if facts.population >= _LARGE or facts.kinds & {"facility", "water", "island"}:
        return 0.6
    return 0.2 if facts.population >= _MIDDLING else 0.0


def _of_entity(candidate: Candidate) -> float:
    if candidate.within in ("PERSON", "WORK_OF_ART", "LAW", "DATE"):
        return -2.0
    if candidate.within in ("ORG", "PRODUCT", "EVENT"):
        return -0.6
    return _LABELS.get(candidate.label, 0.0)


def _of_context(candidate: Candidate) -> float:
    doc = candidate.span.doc
    before = doc[candidate.start - 1] if candidate.start > candidate.span.sent.start else None
    if before is not None and before.lower_ == "the" and before.i > before.sent.start:
        before = before.nbor(-1)
    after = doc[candidate.end] if candidate.end < len(doc) else None
    total = 0.9 if candidate.generic is not None else 0.0
    if before is None:
        total -= 0.3 if candidate.label not in ("GPE", "LOC") else 0.0
    else:
        total += _of_word_before(before)
    if after is not None:
        total += _of_word_after(after)
    return total


def _of_word_before(before: Token) -> float:
    if is_locative(before):
        return 1.0
    if _prepositions().get(before.lower_) == "other":
        return 0.3
    if before.lower_ in _GIVEN_CONTEXT:
        return -1.5
    if before.text[:1].isupper() and before.tag_ in _TITLE_TAGS and head_class(before) is None:
        return -1.0 if before.ent_type_ not in ("GPE", "LOC", "NORP", "DATE") else -0.2
    return 0.0


def _of_word_after(after: Token) -> float:
    if after.text == "," and after.i + 1 < len(after.doc) and starts_name(after.nbor(1)):
        return 0.4
    if after.text[:1].isupper() and after.tag_ in _TITLE_TAGS and head_class(after) is None:
        return -0.9 if after.ent_type_ not in ("GPE", "LOC", "NORP", "DATE") else -0.2
    if after.tag_ in ("VBD", "VBZ") and after.lemma_.lower() in ("say", "tell", "add"):
        return -0.3
    return 0.0
