"""Facets: for every filter, the values on offer and how many claims each would leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import duckdb

from store.filters import Filters, acceptable
from store.schema import COUNT_KINDS, MODES, REVIEW_STATES
from store.sql import FROM_CLAIMS, filtered

_ACTORS: Final = (
    "SELECT a.name, NULL, count(*) AS n {claims} JOIN claim_actors a ON a.claim = c.n AND a.role = '{role}'"
)
_QUERIES: Final[Mapping[str, str]] = {
    "actors": _ACTORS.format(claims=FROM_CLAIMS, role="claimant"),
    "sides": _ACTORS.format(claims=FROM_CLAIMS, role="side"),
    "whose": _ACTORS.format(claims=FROM_CLAIMS, role="whose"),
    "places": f"SELECT g.key, g.name, count(*) AS n {FROM_CLAIMS} "
    "JOIN claim_places p ON p.claim = c.n AND p.first JOIN places g ON g.key = p.place_key",
    "kinds": f"SELECT c.count_kind, NULL, count(*) AS n {FROM_CLAIMS}",
    "modes": f"SELECT c.mode, NULL, count(*) AS n {FROM_CLAIMS}",
    "reports": f"SELECT r.id, r.title, count(*) AS n {FROM_CLAIMS}",
    "reviews": f"SELECT c.review, NULL, count(*) AS n {FROM_CLAIMS}",
    "published": f"SELECT strftime(r.published, '%Y-%m-%d'), NULL, count(*) AS n {FROM_CLAIMS}",
}
FIELDS: Final = tuple(_QUERIES)
"""Fields that have a facet; ``published`` stands for both ends of the dates."""

# Kinds and modes are one choice, and so are the two ends of the dates.
_LIFTED: Final[Mapping[str, tuple[str, ...]]] = {
    "kinds": ("kinds", "modes"),
    "modes": ("kinds", "modes"),
    "published": ("since", "until"),
}
_ORDERED: Final[Mapping[str, tuple[str, ...]]] = {
    "kinds": COUNT_KINDS, "modes": MODES, "reviews": REVIEW_STATES,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a filter, the words to show for it, and ``n``, the claims left if it alone were chosen."""

    value: str
    label: str
    n: int


def facets(cursor: duckdb.DuckDBPyConnection, filters: Filters) -> dict[str, list[FacetValue]]:
    """Values by field of Filters, most claims first; kinds and modes in their fixed order.

    ``n`` is counted under the *other* filters, so it does not change when a value of the same field is chosen. Chosen
    values are always listed, with 0 when they leave nothing. ``published`` lists the days that have claims, in order.
    """
    return {field: _facet(cursor, field, filters) for field in _QUERIES}


def others(field: str, filters: Filters) -> Filters:
    """The filters under which the values of a field are counted: all but its own."""
    lifted = filters.without(*_LIFTED.get(field, (field,)))
    # Without a state, what was rejected would not be counted.
    return replace(lifted, reviews=REVIEW_STATES) if field == "reviews" else lifted


def _facet(cursor: duckdb.DuckDBPyConnection, field: str, filters: Filters) -> list[FacetValue]:
    query, values = filtered(_QUERIES[field], others(field, filters), "GROUP BY 1, 2")
    rows = cursor.execute(query, values).fetchall()
    found = {
        value: FacetValue(value, label_of(field, value, label), n) for value, label, n in rows if acceptable(value)
    }
    for value in getattr(filters, field, ()):
        found.setdefault(value, FacetValue(value, label_of(field, value, None), 0))
    _name_chosen(cursor, field, found)
    return ordered(field, found.values())


def label_of(field: str, value: str, label: str | None) -> str:
    """The words to show for a value: what it is called, else itself."""
    return value.replace("_", " ") if field in ("kinds", "reviews") else label or value


_NAMES: Final[Mapping[str, str]] = {
    "places": "SELECT name FROM places WHERE key = ?",
    "reports": "SELECT title FROM reports WHERE id = ?",
}


def _name_chosen(cursor: duckdb.DuckDBPyConnection, field: str, found: dict[str, FacetValue]) -> None:
    """Chosen values that leave nothing still show their name instead of a key."""
    if field not in _NAMES:
        return
    for item in [item for item in found.values() if not item.n]:
        row = cursor.execute(_NAMES[field], [item.value]).fetchone()
        if row and row[0]:
            found[item.value] = FacetValue(item.value, row[0], 0)


def ordered(field: str, found: Iterable[FacetValue]) -> list[FacetValue]:
    """Values in the order of their list."""
    if field in _ORDERED:
        return sorted(found, key=lambda item: _ORDERED[field].index(item.value))
    if field == "published":
        return sorted(found, key=lambda item: item.value)
    return sorted(found, key=lambda item: (-item.n, item.label.casefold(), item.value))
