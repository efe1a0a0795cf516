"""Where those counted are: the places of the count's own clause, then of its sentence, then of the report so far."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from extract.count_candidates import Candidate
from extract.model import PlaceMention, Span

_FAR = 12


class Whereabouts:
    """The place mentions of a report that can say where something is, and the discourse's current place."""

    def __init__(self, places: Sequence[PlaceMention]) -> None:
        self._places = [p for p in places if p.kind in ("literal", "descriptive") and p.role != "dateline"]

    def of(self, candidate: Candidate) -> tuple[Span, ...]:
        """Spans of the places of a count in text order; () when the report names no place for it."""
        sent = candidate.passage.of(candidate.number.sent)
        inside = [p for p in self._places if sent.contains(p.span)]
        nearest = self._by_tree(candidate, inside)
        if nearest:
            return tuple(sorted(p.span for p in nearest))
        before = [p for p in self._places if p.span.end <= sent.start and p.role != "said_at"]
        if before:
            return (self._outer(before[-1]).span,)
        return ()

    def _outer(self, place: PlaceMention) -> PlaceMention:
        return next((p for p in self._places if p.span != place.span and p.span.contains(place.span)), place)

    def _by_tree(self, candidate: Candidate, inside: Sequence[PlaceMention]) -> list[PlaceMention]:
        """Mentions of the sentence nearest to the count in the parse, nested ones dropped."""
        outer = [
            p for p in inside if not any(q is not p and q.span.contains(p.span) and q.span != p.span for q in inside)
        ]
        scored = [(self._distance(candidate, p), p) for p in outer if p.role != "said_at"]
        scored = [(d, p) for d, p in scored if d < _FAR]
        if not scored:
            return []
        best = min(d for d, _ in scored)
        return [p for d, p in scored if d <= best + 2]

    def _distance(self, candidate: Candidate, place: PlaceMention) -> int:
        token = _token_at(candidate, place.span)
        return _FAR if token is None else _tree_distance(candidate.head, token)


def _token_at(candidate: Candidate, span: Span) -> Token | None:
    passage = candidate.passage
    tokens = [t for t in candidate.number.sent if span.contains(passage.of(t))]
    if not tokens:
        return None
    return min(tokens, key=lambda t: len(list(t.ancestors)))


def _tree_distance(a: Token, b: Token) -> int:
    above = {t.i: n for n, t in enumerate((a, *a.ancestors))}
    for n, t in enumerate((b, *b.ancestors)):
        if t.i in above:
            return n + above[t.i]
    return _FAR
