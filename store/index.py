"""What claims are chosen and counted by, in memory: a view of 300,000 of them in hundredths of a second.

The columns that filters, facets, marks and rival groups need are read once for each state of a store and kept as arrays
of small numbers, in the order in which claims are listed. Words stay in the file. :meth:`Index.passing` and
:meth:`store.filters.Filters.to_sql` are two forms of one meaning; a property test holds them together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

import duckdb
import numpy as np

from store.filters import LEFT_OUT, Filters
from store.grouping import EPOCH, UNDATED, Flags, Numbers, Told
from store.records import PlaceRow
from store.rows import place_row, select_list
from store.schema import REVIEW_STATES, actors_of

_CLAIMS: Final = """SELECT c.n, r.n AS report, r.published - DATE '1970-01-01' AS day, c.kind = 'count' AS is_count,
    c.count_kind, c.mode, c.review, c.claimant, c.side, c.whose
    FROM claims c JOIN reports r ON r.n = c.report ORDER BY r.published NULLS LAST, r.n, c.start, c.n"""
_AT: Final = "SELECT claim, place_key FROM claim_places WHERE first ORDER BY claim, position"
_ACTORS: Final = ("claimant", "side", "whose")
_KINDS: Final = ("count_kind", "mode", "review")
_REPORTS: Final = "SELECT n, id, title FROM reports ORDER BY n"
_PLACES: Final = f"SELECT {select_list('places', 'p')} FROM places p ORDER BY p.key"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of text: ``values[codes[i]]`` is the text of claim ``i``, a code of -1 stands for none."""

    codes: Numbers
    values: tuple[str, ...]

    def among(self, chosen: Collection[str]) -> Flags:
        """Which claims have one of these values."""
        return self.where(value in chosen for value in self.values)

    def where(self, wanted: Iterable[bool]) -> Flags:
        """Which claims have a value for which ``wanted``, in the order of ``values``, is true."""
        flags: Flags = np.array([*wanted, False])[self.codes]
        return flags

    def counts(self, of: Flags, *, most: int) -> dict[str, int]:
        """How many of these claims have each value: the ``most`` values that most claims have."""
        sums = np.bincount(self.codes[of] + 1, minlength=len(self.values) + 1)[1:]
        here = np.flatnonzero(sums)
        if len(here) > most:
            here = here[np.argsort(-sums[here], kind="stable")[:most]]
        return {self.values[code]: int(sums[code]) for code in here}

    def count(self, of: Flags, value: str) -> int:
        """How many of these claims have this value."""
        return int(np.count_nonzero(self.among([value]) & of))


@dataclass(frozen=True, slots=True)
class Actors(Coded):
    """A column of joined actors: "A; B" counts for A and for B. ``parts`` are the actors of each value."""

    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def among(self, chosen: Collection[str]) -> Flags:
        """Which claims have one of these actors, alone or joined with others."""
        return self.where(any(part in chosen for part in self.parts[value]) for value in self.values)

    def counts(self, of: Flags, *, most: int) -> dict[str, int]:
        """How many of these claims each actor makes, alone or with others."""
        sums: Counter[str] = Counter()
        for joined, n in Coded.counts(self, of, most=len(self.values)).items():
            for part in self.parts[joined]:
                sums[part] += n
        return dict(sums.most_common(most))


@dataclass(frozen=True, slots=True)
class Index:
    """Claims in the order of every list: by date, report and place in the text.

    ``numbers`` are their ``n``, ``days`` those since 1970. ``at_claim`` and ``at_place`` are pairs: the position of a
    claim here, and the code of a place it speaks of.
    """

    numbers: Numbers
    days: Numbers
    is_count: Flags
    reports: Coded
    kinds: Mapping[str, Coded]
    actors: Mapping[str, Actors]
    places: Coded
    at_claim: Numbers
    labels: Mapping[str, Mapping[str, str | None]]
    """What reports and places are called, by id and by key."""
    told: Told
    told_at: Numbers
    """The counts that could belong to groups, and the position of each here."""
    rows: Mapping[str, PlaceRow]
    """Every place, by key."""

    @classmethod
    def of(cls, cursor: duckdb.DuckDBPyConnection) -> Index:
        """Read the columns of a store."""
        claims, told = _columns(cursor, _CLAIMS), Told.of(cursor)
        reports = cursor.execute(_REPORTS).fetchall()
        places = [place_row(row) for row in cursor.execute(_PLACES).fetchall()]
        at_claim, at_place = _pairs(cursor, claims["n"], [place.key for place in places])
        number_of = np.searchsorted([n for n, _, _ in reports], claims["report"]) if reports else claims["report"]
        return cls(
            numbers=claims["n"],
            days=claims["day"],
            is_count=claims["is_count"].astype(bool),
            reports=Coded(number_of, tuple(identity for _, identity, _ in reports)),
            kinds={name: claims[name] for name in _KINDS},
            actors={name: claims[name] for name in _ACTORS},
            places=Coded(at_place, tuple(place.key for place in places)),
            at_claim=at_claim,
            labels={
                "reports": {identity: title for _, identity, title in reports},
                "places": {place.key: place.name for place in places},
            },
            told=told,
            told_at=_positions(claims["n"])[told.claims],
            rows={place.key: place for place in places},
        )

    def passing(self, filters: Filters) -> Flags:
        """Which claims pass: what :meth:`Filters.to_sql` says, for every claim at once."""
        passes = self._reviewed(filters.reviews)
        for name, column in (("actors", "claimant"), ("sides", "side"), ("whose", "whose")):
            if chosen := getattr(filters, name):
                passes &= self.actors[column].among(chosen)
        if filters.kinds or filters.modes:
            passes &= self.kinds["count_kind"].among(filters.kinds) | self.kinds["mode"].among(filters.modes)
        if filters.places:
            passes &= self._somewhere(self.places.among(filters.places))
        if filters.reports:
            passes &= self.reports.among(filters.reports)
        return self._published(passes, filters)

    def _reviewed(self, states: Collection[str]) -> Flags:
        review = self.kinds["review"]
        return review.among(states or [state for state in REVIEW_STATES if state != LEFT_OUT])

    def _published(self, passes: Flags, filters: Filters) -> Flags:
        if filters.since:
            passes &= (self.days >= _day(filters.since)) & (self.days != UNDATED)
        if filters.until:
            passes &= self.days <= _day(filters.until)
        return passes

    def _somewhere(self, pairs: Flags) -> Flags:
        """Which claims are in one of these pairs of claim and place."""
        found = np.zeros(len(self.numbers), dtype=bool)
        found[self.at_claim[pairs]] = True
        return found

    def unplaced(self) -> Flags:
        """Which claims have no located place."""
        return ~self._somewhere(np.ones(len(self.at_claim), dtype=bool))

    def first(self, of: Flags, limit: int) -> list[int]:
        """Numbers ``n`` of the first of these claims."""
        numbers: list[int] = self.numbers[np.flatnonzero(of)[:limit]].tolist()
        return numbers

    def by_day(self, of: Flags) -> list[tuple[date, int]]:
        """The days of these claims in order, and the claims of each; claims without a date are left out."""
        days, sums = np.unique(self.days[of & (self.days != UNDATED)], return_counts=True)
        return [(EPOCH + timedelta(days=int(day)), int(n)) for day, n in zip(days, sums, strict=True)]


def _table(cursor: duckdb.DuckDBPyConnection, query: str, *values: object) -> Any:
    """Rows of a query as an Arrow table."""
    relation: Any = cursor.sql(query, params=list(values))
    return relation.to_arrow_table()


def _columns(cursor: duckdb.DuckDBPyConnection, query: str) -> dict[str, Any]:
    """Columns of a query by name: numbers as arrays, text as :class:`Coded`."""
    table = _table(cursor, query)
    return {name: _column(name, table.column(name).combine_chunks()) for name in table.column_names}


def _column(name: str, column: Any) -> Any:
    if name in (*_KINDS, *_ACTORS):
        coded = column.dictionary_encode()
        codes, values = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False), tuple(coded.dictionary.to_pylist())
        parts = {value: actors_of(value) for value in values}
        return Actors(codes, values, parts) if name in _ACTORS else Coded(codes, values)
    filled = column.fill_null(UNDATED) if name == "day" else column
    return filled.to_numpy(zero_copy_only=False)


def _pairs(cursor: duckdb.DuckDBPyConnection, numbers: Numbers, keys: list[str]) -> tuple[Numbers, Numbers]:
    """Positions of claims, and codes of the places that they speak of."""
    found = _table(cursor, _AT)
    code = {key: i for i, key in enumerate(keys)}
    coded = found.column("place_key").combine_chunks().dictionary_encode()
    codes = np.array([code[key] for key in coded.dictionary.to_pylist()], dtype=np.int64)
    at_place = codes[coded.indices.to_numpy(zero_copy_only=False)] if len(codes) else codes
    return _positions(numbers)[found.column("claim").to_numpy()], at_place


def _positions(numbers: Numbers) -> Numbers:
    """The position of a claim by its number."""
    positions = np.zeros(int(numbers.max(initial=0)) + 1, dtype=np.int64)
    positions[numbers] = np.arange(len(numbers))
    return positions


def _day(day: date) -> int:
    return (day - EPOCH).days
