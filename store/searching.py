"""A reader's words -> the claims, actors and places that have all of them, in any order and whatever their accents.

Actors and places are found as well when the words name them whole ("troops in Crimea"); of a question for which nothing
has all of its words, the small ones are left out. What is looked for reaches SQL as bound values and is compared as
plain text: it has no wildcards to escape.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

import duckdb

from store.facets import FacetValue
from store.filters import Filters, acceptable
from store.sql import FROM_CLAIMS, filtered

MAX_WORDS: Final = 8
MAX_WORD: Final = 60
"""Most words that are looked for and the longest of them, in code points; what is beyond is not looked at."""
MAX_QUERY: Final = 200
_SMALL: Final = frozenset(
    re.findall(
        r"\w+",
        "who what where when which how many much say says said claim claims claimed there is are was were be been "
        "does do did a an the of in on at by to from about and or",
    )
)
"""Words that make a question of what is looked for."""


def _folded(column: str) -> str:
    return f"strip_accents(lower({column}))"


_CLAIM_TEXT: Final = _folded("concat_ws(' ', c.claimant, c.exact)")
_ACTORS: Final = (
    f"SELECT a.name, count(*) AS n {FROM_CLAIMS} JOIN claim_actors a ON a.claim = c.n AND a.role = '{{role}}'"
)
_PLACES: Final = f"""SELECT g.key, any_value(g.name), count(*) AS n {FROM_CLAIMS}
    JOIN claim_places p ON p.claim = c.n AND p.first JOIN places g ON g.key = p.place_key"""


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found: numbers ``n`` of claims, newest first; claimants, sides and places, those that begin with the
    first word first, then by claims."""

    claims: tuple[int, ...] = ()
    actors: tuple[FacetValue, ...] = ()
    sides: tuple[FacetValue, ...] = ()
    places: tuple[FacetValue, ...] = ()


def words_of(query: str) -> tuple[str, ...]:
    """The words that are looked for: without accents, in small letters, bounded in number and length."""
    plain = unicodedata.normalize("NFKD", query[:MAX_QUERY].casefold())
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    return tuple(dict.fromkeys(word[:MAX_WORD] for word in re.findall(r"[\w'’.,%-]*\w[\w'’.,%-]*", kept)))[:MAX_WORDS]


def search(cursor: duckdb.DuckDBPyConnection, query: str, limit: int) -> Hits:
    """At most ``limit`` of each kind; nothing for a query without a word."""
    words = words_of(query)
    found = _found(cursor, words, limit)
    plain = tuple(word.strip(".,'’-") for word in words if word not in _SMALL)
    return found if found != Hits() or plain == words else _found(cursor, plain, limit)


def _found(cursor: duckdb.DuckDBPyConnection, words: tuple[str, ...], limit: int) -> Hits:
    if not words:
        return Hits()
    return Hits(
        _claims(cursor, words, limit),
        _actors(cursor, "claimant", words, limit),
        _actors(cursor, "side", words, limit),
        _places(cursor, words, limit),
    )


def _has_all(column: str, words: tuple[str, ...]) -> str:
    return " AND " + " AND ".join(f"contains({column}, ?)" for _ in words)


def _is_meant(column: str, words: tuple[str, ...]) -> str:
    """The name has all of the words, or is among them as a whole. Parameters: the words, then all of them in a row."""
    return f" AND ((TRUE{_has_all(column, words)}) OR contains(?, ' ' || {column} || ' '))"


def _row_of(words: tuple[str, ...]) -> str:
    return f" {' '.join(words)} "


def _claims(cursor: duckdb.DuckDBPyConnection, words: tuple[str, ...], limit: int) -> tuple[int, ...]:
    after = f"{_has_all(_CLAIM_TEXT, words)} ORDER BY r.published DESC NULLS LAST, c.n LIMIT ?"
    query, values = filtered(f"SELECT c.n {FROM_CLAIMS}", Filters(), after)
    return tuple(n for (n,) in cursor.execute(query, [*values, *words, limit]).fetchall())


def _actors(cursor: duckdb.DuckDBPyConnection, role: str, words: tuple[str, ...], limit: int) -> tuple[FacetValue, ...]:
    name = _folded("a.name")
    order = f"GROUP BY a.name ORDER BY starts_with({name}, ?) DESC, n DESC, a.name LIMIT ?"
    query, values = filtered(_ACTORS.format(role=role), Filters(), f"{_is_meant(name, words)} {order}")
    rows = cursor.execute(query, [*values, *words, _row_of(words), words[0], limit]).fetchall()
    return tuple(FacetValue(name, name, n) for name, n in rows if acceptable(name))


def _places(cursor: duckdb.DuckDBPyConnection, words: tuple[str, ...], limit: int) -> tuple[FacetValue, ...]:
    name = _folded("g.name")
    order = f"GROUP BY g.key ORDER BY starts_with({_folded('any_value(g.name)')}, ?) DESC, n DESC, g.key LIMIT ?"
    query, values = filtered(_PLACES, Filters(), f"{_is_meant(name, words)} {order}")
    rows = cursor.execute(query, [*values, *words, _row_of(words), words[0], limit]).fetchall()
    return tuple(FacetValue(key, label, n) for key, label, n in rows if acceptable(key))
