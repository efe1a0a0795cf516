"""The same mention elsewhere: claims in which the same words were read as the same place or the same actor.

A mention of a place is the same when its words are, leaving case and spaces aside, and it has the same place now. A
claimant is the same when the words that name it are and it is read as the same actor, and so is the one whose people
or things are counted. Fields that rest on no words (bounds, kinds, spans) are never carried over.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import duckdb

from store.records import ClaimRow

_SAME: Final = (
    r"trim(regexp_replace(lower({words}), '\s+', ' ', 'g')) = trim(regexp_replace(lower(?), '\s+', ' ', 'g'))"
)
_PLACE: Final = (  # noqa: S608 - constants
    'SELECT c.id, cp.start, cp."end" FROM claim_places cp JOIN claims c ON c.n = cp.claim '
    "JOIN reports r ON r.n = c.report WHERE {same} AND cp.place_key IS NOT DISTINCT FROM ?"
).format(same=_SAME.format(words="cp.text"))
_ACTOR: Final = (
    "SELECT c.id FROM claims c JOIN reports r ON r.n = c.report WHERE {same} AND c.{read} IS NOT DISTINCT FROM ?"
)
# The words that an actor's fields rest on, and the field that says who they were read as.
_ACTORS: Final[Mapping[str, tuple[str, str]]] = {
    "claimant": ("claimant_text", "claimant"),
    "side": ("claimant_text", "claimant"),
    "whose": ("whose_text", "whose"),
}
_IN_REPORT: Final = " AND r.id = ?"

Changes = dict[str, Any]


def alike(
    cursor: duckdb.DuckDBPyConnection, claim: ClaimRow, changes: Mapping[str, Any], *, report: str | None
) -> dict[str, Changes]:
    """What the changes to ``claim`` would set in other claims with the same mentions, by claim id.

    :param report: only claims of this report; None for the whole store.
    """
    found: dict[str, Changes] = {}
    for change in changes.get("places", ()):
        for claim_id, start, end in _places(cursor, claim, change, report):
            place = {"start": start, "end": end, "key": change["key"]}
            found.setdefault(claim_id, {}).setdefault("places", []).append(place)
    for name in _ACTORS.keys() & changes.keys():
        for claim_id in _actors(cursor, claim, name, report):
            found.setdefault(claim_id, {})[name] = changes[name]
    found.pop(claim.id, None)
    return found


def _places(
    cursor: duckdb.DuckDBPyConnection, claim: ClaimRow, change: Mapping[str, Any], report: str | None
) -> list[tuple[str, int, int]]:
    own = [p for p in claim.places if (p.start, p.end) == (change["start"], change["end"])]
    if not own:
        return []  # words that were not read as a place at all are the same mention as none
    values = [own[0].text, own[0].place_key]
    return _rows(cursor, _PLACE, values, report)


def _actors(cursor: duckdb.DuckDBPyConnection, claim: ClaimRow, name: str, report: str | None) -> list[str]:
    words, read = _ACTORS[name]
    if getattr(claim, words) is None:
        return []
    query = _ACTOR.format(same=_SAME.format(words=f"c.{words}"), read=read)
    values = [getattr(claim, words), getattr(claim, read)]
    return [claim_id for (claim_id,) in _rows(cursor, query, values, report)]


def _rows(
    cursor: duckdb.DuckDBPyConnection, query: str, values: list[Any], report: str | None
) -> list[tuple[Any, ...]]:  # fmt: skip
    if report is None:
        return cursor.execute(query, values).fetchall()
    return cursor.execute(query + _IN_REPORT, [*values, report]).fetchall()
