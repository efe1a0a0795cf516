"""Everything that a page with a map shows for one set of filters, worked out of an :class:`~store.index.Index`.

It says what :mod:`store.facets`, :mod:`store.marks`, :mod:`store.rivals` and the lists of :mod:`store.claims` say,
which ask the file; tests hold the two together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

import duckdb
import numpy as np

from store import facets
from store.facets import FacetValue
from store.filters import Filters, acceptable
from store.finding import by_number
from store.grouping import Flags
from store.index import Actors, Coded, Index
from store.marks import Mark
from store.rivals import RivalGroup, group_of
from store.rows import FoundClaim

MOST_VALUES: Final = 500
"""Values that a facet offers: nobody reads through more, and thousands of reports would be sent with every view."""

Claim = TypeVar("Claim")
Listed = TypeVar("Listed")

_ACTORS: Final = {"actors": "claimant", "sides": "side", "whose": "whose"}
_KINDS: Final = {"kinds": "count_kind", "modes": "mode", "reviews": "review"}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a view is read: ``whole`` claims are all listed when no more pass, else the ``first`` ones of each
    list; the largest ``groups`` of rivals have the newest ``members`` of their claims."""

    whole: int = 500
    first: int = 100
    groups: int = 12
    members: int = 8


@dataclass(frozen=True, slots=True)
class StoreView(Generic[Claim]):
    """``n`` claims pass; the lists hold the first of them, by date, report and place in the text.

    ``Claim`` is what a claim is listed as: the store lists :class:`~store.rows.FoundClaim`, a page what it shows.
    ``facets`` have at most :data:`MOST_VALUES` values, those of most claims, and the chosen ones. ``rivals`` are the
    largest of ``n_rivals`` groups.
    """

    n: int
    n_numbers: int
    n_unplaced: int
    facets: dict[str, list[FacetValue]]
    marks: list[Mark]
    n_rivals: int
    rivals: list[RivalGroup]
    table: list[Claim]
    numbers: list[Claim]
    statements: list[Claim]
    unplaced: list[Claim]

    @property
    def n_statements(self) -> int:
        """Claims that are no numbers."""
        return self.n - self.n_numbers

    def listed_as(self, shown: Callable[[Claim], Listed]) -> StoreView[Listed]:
        """The same view with its claims as something else."""
        return StoreView(
            n=self.n,
            n_numbers=self.n_numbers,
            n_unplaced=self.n_unplaced,
            facets=self.facets,
            marks=self.marks,
            n_rivals=self.n_rivals,
            rivals=self.rivals,
            table=[shown(claim) for claim in self.table],
            numbers=[shown(claim) for claim in self.numbers],
            statements=[shown(claim) for claim in self.statements],
            unplaced=[shown(claim) for claim in self.unplaced],
        )


def view(
    cursor: duckdb.DuckDBPyConnection,
    index: Index,
    filters: Filters,
    limits: Limits,
    drawn: list[Mark] | None = None,
) -> StoreView[FoundClaim]:
    """The whole view; ``drawn``: its marks, when they are known already.

    The index may be older than the store: claims that have been taken out since are left out of the lists.
    """
    passes = index.passing(filters)
    n = int(np.count_nonzero(passes))
    limit = n if n <= limits.whole else limits.first
    lists = {
        "table": index.first(passes, limit),
        "numbers": index.first(passes & index.is_count, limit),
        "statements": index.first(passes & ~index.is_count, limit),
        "unplaced": index.first(passes & index.unplaced(), limit),
    }
    n_rivals, largest = index.told.differing(passes[index.told_at], limit=limits.groups, members=limits.members)
    found = by_number(cursor, [*_all(lists.values()), *_all(group.members for group in largest)])
    return StoreView(
        n=n,
        n_numbers=int(np.count_nonzero(passes & index.is_count)),
        n_unplaced=int(np.count_nonzero(passes & index.unplaced())),
        facets=facets_of(index, filters),
        marks=marks_of(index, passes) if drawn is None else drawn,
        n_rivals=n_rivals,
        rivals=[
            group_of(group, found, index.rows.get(group.place_key or ""))
            for group in largest
            if not found.keys().isdisjoint(group.members)
        ],
        **{name: [found[n] for n in numbers if n in found] for name, numbers in lists.items()},
    )


def _all(lists: Iterable[Iterable[int]]) -> Iterator[int]:
    return (n for numbers in lists for n in numbers)


def marks(index: Index, filters: Filters) -> list[Mark]:
    """Marks as :func:`store.marks.marks`; the file is not asked, so a map need not wait for it."""
    return marks_of(index, index.passing(filters))


def marks_of(index: Index, passes: Flags) -> list[Mark]:
    """Marks for these claims."""
    side = index.actors["side"]
    pairs = np.flatnonzero(passes[index.at_claim])
    claims, places = index.at_claim[pairs], index.places.codes[pairs]
    n = np.bincount(places, minlength=len(index.places.values))
    n_counts = np.bincount(places, weights=index.is_count[claims], minlength=len(n))
    width = len(side.values) + 1
    tallies, sums = np.unique(places * width + side.codes[claims] + 1, return_counts=True)
    sides = _sides(side, zip((tallies // width).tolist(), (tallies % width - 1).tolist(), sums.tolist(), strict=True))
    here = np.flatnonzero(n).tolist()
    found = [
        Mark(
            index.rows[index.places.values[place]],
            int(n[place]),
            int(n_counts[place]),
            int(n[place] - n_counts[place]),
            of,
        )
        for place, of in ((place, sides[place]) for place in here)
    ]
    return sorted(found, key=lambda mark: (-mark.n, mark.place.key))


def _sides(side: Actors, tallies: Iterator[tuple[int, int, int]]) -> dict[int, tuple[tuple[str | None, int], ...]]:
    """Claims by side for each place, most first; a joint claim counts for each."""
    found: dict[int, Counter[str | None]] = {}
    for place, code, n in tallies:
        here = found.setdefault(place, Counter())
        for name in (side.parts[side.values[code]] if code >= 0 else ()) or (None,):
            here[name] += n
    return {
        place: tuple(sorted(here.items(), key=lambda item: (-item[1], item[0] is None, item[0] or "")))
        for place, here in found.items()
    }


def facets_of(index: Index, filters: Filters) -> dict[str, list[FacetValue]]:
    """Facets as :func:`store.facets.facets`, at most :data:`MOST_VALUES` values each."""
    others = {field: facets.others(field, filters) for field in facets.FIELDS}
    passes = {wanted: index.passing(wanted) for wanted in set(others.values())}
    return {field: _facet(index, field, filters, passes[others[field]]) for field in facets.FIELDS}


def _facet(index: Index, field: str, filters: Filters, passes: Flags) -> list[FacetValue]:
    if field == "published":
        days = ((day.isoformat(), n) for day, n in index.by_day(passes))
        return [FacetValue(day, day, n) for day, n in days]
    column, of = _column(index, field, passes)
    counts = column.counts(of, most=MOST_VALUES)
    chosen: tuple[str, ...] = getattr(filters, field, ())
    counts |= {value: column.count(of, value) for value in chosen if value not in counts}
    labels = index.labels.get(field, {})
    found = [FacetValue(value, facets.label_of(field, value, labels.get(value)), n) for value, n in counts.items()]
    return facets.ordered(field, (item for item in found if acceptable(item.value)))


def _column(index: Index, field: str, passes: Flags) -> tuple[Coded, Flags]:
    """The column of a field, and which of its entries are of claims that pass."""
    if field == "places":
        return index.places, passes[index.at_claim]
    if field == "reports":
        return index.reports, passes
    return (index.actors[_ACTORS[field]] if field in _ACTORS else index.kinds[_KINDS[field]]), passes
