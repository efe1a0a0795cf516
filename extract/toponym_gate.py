"""Is a candidate really used as the name of a place? Evidence for and against, added up.

The weights are set by hand from what each piece of evidence means, not fitted to any collection: what the entity
recogniser says, what kind of place bears the name, the words beside it, and whether the name is also a word or a
person's name. A candidate passes from :data:`PASS` on.
"""

from __future__ import annotations

from collections.abc import Set

from spacy.tokens import Token

from extract import toponym_company
from extract.model import NameFacts
from extract.toponym_scan import Candidate
from extract.toponym_words import (
    STRICT,
    head_class,
    is_conquest,
    is_direction,
    is_locative,
    is_place_of,
    is_preposition,
    is_such_as,
    is_way,
    starts_name,
    takes_place,
)

PASS = 1.0
_WITHIN = {"PERSON": -2.0, "WORK_OF_ART": -2.0, "LAW": -2.0, "DATE": -2.0, "ORG": -0.6, "PRODUCT": -0.6, "EVENT": -0.6}
_LIST = 20
"""Members of a list looked back over for the word before it."""
_DOUBTED, _AFTER_IN = 0.3, 0.3
"""What is left of the recogniser's doubt for prominent names, and for names right after "in"."""
_SAID, _EXPLAINED = 0.8, 1.6
"""Weights of words around a name that say that it is a place."""
_GREAT, _LARGE, _MIDDLING = 500_000, 100_000, 15_000
_GIVEN_CONTEXT = frozenset(
    {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "gen.", "col.", "lt.", "capt.", "sgt.", "sir", "st."}
)
_TITLE_TAGS = frozenset({"NNP", "NNPS"})
_LABELS = {
    "GPE": 1.6,
    "LOC": 1.3,
    "FAC": 0.9,
    "NORP": 0.0,
    "PERSON": -1.6,
    "ORG": -0.9,
    "DATE": -2.0,
    "EVENT": -0.8,
    "": 0.0,
}


class Evidence:
    """What its words and those beside it say for a candidate, worked out once; the report's other names are asked of
    :meth:`score`.
    """

    __slots__ = ("_candidate", "_name", "_of_body", "_own")

    def __init__(self, candidate: Candidate) -> None:
        self._candidate, self._name = candidate, candidate.name.lower()
        self._of_body = _opens_organisation(candidate)
        self._own = PASS if self._of_body else _of_name(candidate) + _of_entity(candidate) + _of_context(candidate)

    def passes(self, sure: Set[str] = frozenset(), people: Set[str] = frozenset()) -> bool:
        """True when the evidence suffices; parameters as for :meth:`score`."""
        return self.score(sure, people) >= PASS

    def score(self, sure: Set[str] = frozenset(), people: Set[str] = frozenset()) -> float:
        """Evidence that the candidate is used as a place name.

        :param sure: lower-case names that stand elsewhere in the report as undoubted places.
        :param people: lower-case words of the names of people in the report.
        """
        total = self._own
        if self._of_body:
            return total
        if self._name in sure:
            total += 1.2
        if self._name in people and not _is_unit(self._candidate):
            total -= 2.0
        return total


def _opens_organisation(candidate: Candidate) -> bool:
    """ "Kosti Police Department": a prominent place gives a body its name. It passes, but vouches for nothing."""
    facts = candidate.facts
    sizeable = facts is not None and not facts.ambiguous_word and facts.population >= _MIDDLING
    if candidate.within != "ORG" or not (sizeable or _is_known(candidate)):
        return False
    doc, start = candidate.span.doc, candidate.start
    return doc[start].ent_iob_ == "B" or doc[start - 1].lower_ == "the"


def _of_name(candidate: Candidate) -> float:
    facts = candidate.facts
    if facts is None:
        before = _before(candidate)
        shown = before is not None and _is_strict(before)
        return 0.5 if candidate.generic is not None else -0.3 if shown else -1.0
    total = _of_kind(facts)
    if facts.ambiguous_word:
        total -= 0.9
    if len(candidate.span) > 1:
        total += 0.5
    if not any(t.pos_ == "PROPN" or t.ent_type_ for t in candidate.span):
        total -= 0.5 if _is_known(candidate) else 1.0
    return total


def _of_kind(facts: NameFacts) -> float:
    if "country" in facts.kinds:
        return 1.3
    if "capital" in facts.kinds:
        return 1.2
    if facts.kinds & {"admin1", "region", "sea", "border"}:
        return 1.1
    if facts.population >= _GREAT:
        return 1.15
    if facts.population >= _LARGE or facts.kinds & {"facility", "water", "island"}:
        return 0.9
    return 0.3 if facts.population >= _MIDDLING else 0.0


def _of_entity(candidate: Candidate) -> float:
    weight = _WITHIN.get(candidate.within, 0.0) if candidate.within else _LABELS.get(candidate.label, 0.0)
    if weight >= 0:
        return weight
    before = _before(candidate)
    if candidate.facts is not None and is_conquest(candidate.span.root.head) and candidate.span.root.dep_ == "dobj":
        return weight * _AFTER_IN
    named_by = candidate.generic is not None and head_class(candidate.generic) in (
        "admin",
        "part",
        "settlement",
        "water",
    )
    if named_by or (before is not None and _is_strict(before)):
        weight *= _AFTER_IN
    if _is_known(candidate):
        weight *= _DOUBTED / 2 if candidate.facts is not None and "country" in candidate.facts.kinds else _DOUBTED
    return weight


def _before(candidate: Candidate) -> Token | None:
    """The word before a candidate, or before the list it is in; articles are left out."""
    for _ in range(_LIST):
        if candidate.after is None:
            break
        candidate = candidate.after
    doc, first = candidate.span.doc, candidate.span.sent.start
    at = candidate.start - 1
    if at > first and doc[at].lower_ in ("the", "a", "an"):
        at -= 1
    return doc[at] if at >= first else None


def _is_unit(candidate: Candidate) -> bool:
    """True for the unambiguous name of a country or of its largest units, which a person is hardly called by."""
    return _is_known(candidate) and candidate.facts is not None and bool(candidate.facts.kinds & {"country", "admin1"})


def _is_known(candidate: Candidate) -> bool:
    """True for a name that means a prominent place and hardly anything else: the recogniser's doubt counts little."""
    facts = candidate.facts
    if facts is None or facts.ambiguous_word:
        return False
    return bool(facts.kinds & {"country", "capital", "admin1", "region"}) or facts.population >= _LARGE


def _of_context(candidate: Candidate) -> float:
    doc = candidate.span.doc
    before = _before(candidate)
    after = doc[candidate.end] if candidate.end < len(doc) else None
    total = 0.0
    if candidate.generic is not None and candidate.label != "NORP":
        total += 0.9 if head_class(candidate.generic) in ("facility", "area") else 1.5
    if before is None:
        total -= 0.3 if candidate.label not in ("GPE", "LOC") and not _is_known(candidate) else 0.0
    else:
        total += _of_word_before(before)
    if after is not None:
        total += _of_word_after(after)
    if candidate.facts is not None and toponym_company.says_place(candidate.span):
        total += _SAID
    if toponym_company.is_explained(candidate.span):
        total += _EXPLAINED
    root = candidate.span.root
    return total + (0.8 if root.dep_ == "dobj" and takes_place(root.head) else 0.0)


def follows_in(candidate: Candidate) -> bool:
    """True for a name that the gazetteer knows, right after "in" or the like: it is no person's in this report."""
    before = _before(candidate)
    return candidate.facts is not None and not candidate.within and before is not None and before.lower_ in STRICT


def _is_strict(before: Token) -> bool:
    return (
        before.lower_ in STRICT or is_direction(before) or is_place_of(before) or is_such_as(before) or is_way(before)
    )


def _of_word_before(before: Token) -> float:
    if _is_strict(before):
        return 2.0 if is_such_as(before) else 1.6
    if is_locative(before):
        return 1.0
    if is_preposition(before):
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
