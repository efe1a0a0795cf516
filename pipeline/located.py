"""Which places a claim speaks of: mentions of a report joined with the resolver's answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from extract.model import Count, PlaceMention, Span, Statement
from geo.model import Place, PlaceQuery, Resolution

LOCATIVE: Final = frozenset({"literal", "descriptive"})
"""Kinds of mention that say where something is; the others name actors, origins and organisations."""


@dataclass(frozen=True, slots=True)
class Located:
    """A place mention and the answer to it; ``place`` is None when the words could not be located."""

    mention: PlaceMention
    resolution: Resolution

    @property
    def span(self) -> Span:
        """Where the mention stands in the report."""
        return self.mention.span

    @property
    def place(self) -> Place | None:
        """Where it is on earth."""
        return self.resolution.place


@dataclass(frozen=True, slots=True)
class ClaimPlace:
    """Words of a claim that say where, and the place they mean; None when they could not be located."""

    span: Span
    place: Place | None
    role: str = "event"


def query_of(mention: PlaceMention) -> PlaceQuery:
    """A mention as the resolver's question."""
    region = mention.region
    return PlaceQuery(
        name=mention.name,
        phrase=mention.span.text,
        start=mention.span.start,
        locative=mention.kind in LOCATIVE,
        relation=region.relation if region else None,
        anchors=region.anchors if region else (),
        direction=region.direction if region else None,
        km=region.km if region else None,
    )


def places_of_statement(statement: Statement, located: Iterable[Located]) -> tuple[ClaimPlace, ...]:
    """Places named or described inside the statement's content, those of a statement within it included."""
    inside = [item for item in located if item.mention.kind in LOCATIVE and statement.covers(item.span)]
    return tuple(_claim_place(item) for item in widest(inside))


def places_of_count(count: Count, located: Sequence[Located]) -> tuple[ClaimPlace, ...]:
    """The count's own place words, each with the mention that overlaps it most; words that match none stay unlocated.

    Among mentions of one name, the one that describes ("eastern Ukraine") wins over the name in it.
    """
    found = [(words, _best(words, located)) for words in count.places]
    places = [_claim_place(item) if item else ClaimPlace(words, None) for words, item in found]
    return tuple({place.span: place for place in places}.values())


def widest(located: Iterable[Located]) -> list[Located]:
    """In text order, without the mentions that lie inside a descriptive one: "eastern Ukraine" is not Ukraine too."""
    items = list(located)
    return [item for item in items if not any(_swallows(other, item) for other in items)]


def _swallows(outer: Located, inner: Located) -> bool:
    longer = outer.span.end - outer.span.start > inner.span.end - inner.span.start
    return outer.mention.kind == "descriptive" and longer and outer.span.contains(inner.span)


def _best(words: Span, located: Iterable[Located]) -> Located | None:
    """The mention sharing most characters with ``words``, descriptive before others, then the shortest."""
    over = [item for item in located if item.span.overlaps(words) and item.mention.kind in LOCATIVE]
    return max(over, key=lambda item: _fit(words, item), default=None)


def _fit(words: Span, item: Located) -> tuple[int, bool, int]:
    shared = min(words.end, item.span.end) - max(words.start, item.span.start)
    return shared, item.mention.kind == "descriptive", item.span.start - item.span.end


def _claim_place(item: Located) -> ClaimPlace:
    return ClaimPlace(item.span, item.place, item.mention.role)
