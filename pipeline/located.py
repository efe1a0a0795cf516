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


def is_demonym(mention: PlaceMention) -> bool:
    """ "Russian" in "Russian passports": the name to look up is not the words written, and they place nothing."""
    written = " ".join(mention.span.text.split())
    return mention.kind == "attributive" and mention.name.casefold() != written.casefold()


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
    """The count's own place words, each as the mention that overlaps it most; what matches none stays unlocated."""
    matched = {words: _best(words, located) for words in count.places}
    mentions = {item.span: item for item in matched.values() if item}
    kept = [_claim_place(item) for item in widest(mentions.values())]
    lost = [ClaimPlace(words, None) for words, item in matched.items() if item is None]
    return tuple(sorted((*kept, *lost), key=lambda place: place.span))


def widest(located: Iterable[Located]) -> list[Located]:
    """One mention for each place meant, in the order given.

    What a description is built from is not meant beside it: "eastern Ukraine" is not Ukraine too, even when no area
    can be derived from it. A description that is built from nothing ("the land they hold in eastern Ukraine") gives
    way to located mentions in it.
    """
    items = list(located)
    left = [item for item in items if not any(_swallows(other, item) for other in items)]
    return [item for item in left if not any(_gives_way(item, other) for other in left)]


def _swallows(outer: Located, inner: Located) -> bool:
    derived = outer.place is not None or outer.mention.region is not None
    return derived and _describes(outer, inner)


def _gives_way(outer: Located, inner: Located) -> bool:
    return outer.place is None and inner.place is not None and _describes(outer, inner)


def _describes(outer: Located, inner: Located) -> bool:
    """True when ``outer`` is a description with ``inner`` among its words."""
    longer = outer.span.end - outer.span.start > inner.span.end - inner.span.start
    return outer.mention.kind == "descriptive" and longer and outer.span.contains(inner.span)


def _best(words: Span, located: Iterable[Located]) -> Located | None:
    """The mention sharing most characters with ``words``, descriptive before others, then the shortest."""
    over = widest(item for item in located if item.span.overlaps(words) and item.mention.kind in LOCATIVE)
    return max(over, key=lambda item: _fit(words, item), default=None)


def _fit(words: Span, item: Located) -> tuple[int, bool, int]:
    shared = min(words.end, item.span.end) - max(words.start, item.span.start)
    return shared, item.mention.kind == "descriptive", item.span.start - item.span.end


def _claim_place(item: Located) -> ClaimPlace:
    return ClaimPlace(item.span, item.place, item.mention.role)
