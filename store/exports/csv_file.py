"""CSV (RFC 4180, UTF-8, CRLF): one row a claim, several places of one claim in one cell, joined by ``"; "``.

A text that a spreadsheet would take for a formula (it starts with ``= + - @``, a tab or a carriage return) is written
with an apostrophe before it, as OWASP advises: reports are hostile text, and opening a file must not run anything.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from store.claims import ClaimStore
from store.exports.properties import FIELDS, Value, properties
from store.filters import Filters
from store.rows import FoundClaim

COLUMNS: Final = (*FIELDS, "places", "place_keys")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_pieces(store: ClaimStore, filters: Filters) -> Iterator[str]:
    """The header row, then a row a claim."""
    yield _line(COLUMNS)
    for found in store.find(filters):
        yield _line(_safe(value) for value in _values(found))


def _values(found: FoundClaim) -> list[Value]:
    names = "; ".join(name for _, name in found.places)
    keys = "; ".join(key for key, _ in found.places)
    return [*properties(found).values(), names, keys]


def _safe(value: Value) -> Value:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _line(values: Iterable[Value]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(values)
    return line.getvalue()
