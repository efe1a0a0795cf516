"""CSV (RFC 4180, UTF-8, CRLF): one row a claim, several places of one claim in one cell, joined by ``"; "``.

A text that a spreadsheet would take for a formula (it starts with ``= + - @``, a tab or a carriage return) is written
with an apostrophe before it, as OWASP advises: reports are hostile text, and opening a file must not run anything.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from store.exports.export import Selection
from store.exports.properties import Value, field_names, properties

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_pieces(selection: Selection) -> Iterator[str]:
    """The header row, then a row a claim."""
    yield csv_line((*field_names(selection), "places", "place_keys"))
    for found in selection.claims():
        names = "; ".join(name for _, name in found.places)
        keys = "; ".join(key for key, _ in found.places)
        yield csv_line([*properties(found, selection).values(), names, keys])


def csv_line(values: Iterable[Value]) -> str:
    """One record with its line end, formulas disarmed."""
    line = io.StringIO()
    csv.writer(line).writerow(f"'{value}" if _is_formula(value) else value for value in values)
    return line.getvalue()


def _is_formula(value: Value) -> bool:
    return isinstance(value, str) and value.startswith(_FORMULA)
