"""How likely a count is right in everything: number, kind, whose, where, and who says so.

A logistic model over what makes a reading doubtful: the place is taken over from a sentence before, several places are
named, the owner is inferred, the noun is left out. The weights are the table ``count_confidence``;
``python -m bench.fit_counts`` makes them.
"""

from __future__ import annotations

from extract.count_candidates import Candidate
from extract.marks import share_right
from extract.model import REPORTER, Count

_FAR = 300
"""Characters between a count and a place taken over from before that make it doubtful."""
_ARMED = frozenset({"personnel", "unit", "equipment", "attack"})


def doubts(count: Count, candidate: Candidate) -> frozenset[str]:
    """What speaks for or against a count, as rows of the table ``count_confidence``."""
    sentence = candidate.passage.of(candidate.number.sent)
    outside = [place for place in count.places if not sentence.contains(place)]
    present = {
        "place before": len(outside) == len(count.places) > 0,
        "place far before": any(sentence.start - place.end > _FAR for place in outside),
        "several places": len(count.places) > len(outside) + 1,
        "arms of nobody": count.kind in _ARMED and count.whose is None,
        "claimed": count.claimant != REPORTER,
        "noun left out": candidate.noun is None,
    }
    return frozenset(name for name, holds in present.items() if holds)


def confidence(names: frozenset[str]) -> float:
    """Share of counts with these marks that are right, between 0.05 and 0.99, two decimals."""
    return share_right("count_confidence", names)
