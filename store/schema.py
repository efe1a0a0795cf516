"""Tables of the store and the columns that rows are written to.

``reports.n`` and ``claims.n`` are small integers for joining; the public identity of both is ``id``. An actor field of
a claim may join several actors by ``"; "``: table ``claim_actors`` holds each of them in a row of its own, so that
"A; B said" counts for A and for B. ``reviews`` is a log that only grows; ``review_claims`` (which claim of the store
a review is about) and ``claims_as_read`` (claims as they were before edits) follow from it. Lists and geometries that
are only ever read back whole are JSON text.
The tables themselves are made by the numbered steps of :mod:`store.migrations`; ``docs/data-dictionary.md`` says what
each column means.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

COUNT_KINDS: Final = (
    "personnel", "killed", "wounded", "killed_or_wounded", "detained", "missing", "displaced",
    "equipment", "attack", "unit", "other",
)  # fmt: skip
"""What a count can be of, in the order a reader expects them."""

MODES: Final = ("say", "demand", "accuse", "deny", "warn", "promise", "attitude")
"""How a statement can be made."""

REVIEW_STATES: Final = ("none", "accepted", "edited", "rejected", "not_identifiable")
"""What became of a claim under review; ``none``: nobody has looked at it."""

ACTOR_ROLES: Final = ("claimant", "side", "whose")
"""Fields of a claim that name actors, and the roles they have in ``claim_actors``."""

ACTOR_SEPARATOR: Final = ";"

TABLES: Final[Mapping[str, Mapping[str, str]]] = {
    "reports": {
        "n": "INTEGER", "id": "VARCHAR", "title": "VARCHAR", "outlet": "VARCHAR", "url": "VARCHAR",
        "published": "DATE", "language": "VARCHAR", "boilerplate": "VARCHAR", "sample": "BOOLEAN", "text": "VARCHAR",
    },
    "places": {
        "key": "VARCHAR", "name": "VARCHAR", "lat": "DOUBLE", "lon": "DOUBLE", "precision": "VARCHAR",
        "radius_km": "DOUBLE", "country": "VARCHAR", "geonameid": "BIGINT", "geometry": "VARCHAR",
        "found_by": "VARCHAR", "source": "VARCHAR", "derived_from": "VARCHAR", "where_prec": "INTEGER",
    },
    "claims": {
        "n": "INTEGER", "id": "VARCHAR", "report": "INTEGER", "kind": "VARCHAR", "start": "INTEGER", "end": "INTEGER",
        "exact": "VARCHAR", "sentence_start": "INTEGER", "sentence_end": "INTEGER", "claimant": "VARCHAR",
        "claimant_text": "VARCHAR", "side": "VARCHAR", "confidence": "DOUBLE", "number": "VARCHAR", "low": "BIGINT",
        "high": "BIGINT", "low_open": "BOOLEAN", "high_open": "BOOLEAN", "approx": "BOOLEAN", "modifier": "VARCHAR",
        "unit": "VARCHAR", "count_kind": "VARCHAR", "whose": "VARCHAR", "whose_text": "VARCHAR", "form": "VARCHAR",
        "mode": "VARCHAR", "cue": "VARCHAR", "addressee": "VARCHAR", "spans": "VARCHAR", "corrects": "VARCHAR",
        "review": "VARCHAR",
        "noun": "VARCHAR", "same": "BIGINT", "said_at": "VARCHAR", "said_basis": "VARCHAR",
    },
    "mentions": {
        "report": "INTEGER", "start": "INTEGER", "end": "INTEGER", "place_key": "VARCHAR", "kind": "VARCHAR",
        "role": "VARCHAR", "confidence": "DOUBLE",
    },
    "claim_places": {
        "claim": "INTEGER", "position": "INTEGER", "text": "VARCHAR", "start": "INTEGER", "end": "INTEGER",
        "place_key": "VARCHAR", "role": "VARCHAR", "confidence": "DOUBLE", "first": "BOOLEAN",
    },
    "readings": {
        "report": "INTEGER", "extractor": "VARCHAR", "gazetteer": "VARCHAR", "knowledge": "VARCHAR",
        "read_at": "TIMESTAMP",
    },
    "claim_actors": {"claim": "INTEGER", "role": "VARCHAR", "position": "INTEGER", "name": "VARCHAR"},
    "reviews": {
        "n": "INTEGER", "id": "VARCHAR", "at": "TIMESTAMP", "claim": "VARCHAR", "report": "VARCHAR", "kind": "VARCHAR",
        "start": "INTEGER", "end": "INTEGER", "exact": "VARCHAR", "action": "VARCHAR", "before": "VARCHAR",
        "after": "VARCHAR", "reason": "VARCHAR", "batch": "VARCHAR", "undoes": "VARCHAR",
    },
    "review_claims": {"review": "VARCHAR", "claim": "VARCHAR"},
    "claims_as_read": {"claim": "VARCHAR", "report": "VARCHAR", "row": "VARCHAR"},
    "stories": {"report": "INTEGER", "story": "INTEGER", "sampled": "INTEGER"},
    "story_links": {"first": "INTEGER", "second": "INTEGER"},
    "sketches": {"hash": "BIGINT", "report": "INTEGER", "published": "DATE"},
    "place_within": {"inner_key": "VARCHAR", "outer_key": "VARCHAR"},
}  # fmt: skip
"""Column types by table, in the order the columns are written."""


def quoted(column: str) -> str:
    """A column name as SQL writes it; ``end`` is a reserved word."""
    return f'"{column}"'


def insert_sql(table: str) -> str:
    """One statement that inserts any number of rows, its parameters being one list a column."""
    columns = TABLES[table]
    names = ", ".join(map(quoted, columns))
    lists = ", ".join(f"unnest(?::{kind}[])" for kind in columns.values())
    return f"INSERT INTO {table} ({names}) SELECT {lists}"


def actors_of(joined: str | None) -> tuple[str, ...]:
    """The distinct actors of a field such as ``"A; B"``, in order; none for None."""
    parts = (part.strip() for part in (joined or "").split(ACTOR_SEPARATOR))
    return tuple(dict.fromkeys(part for part in parts if part))
