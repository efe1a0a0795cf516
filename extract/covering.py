"""Which spans of a report hold a given span, without asking each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from extract.model import Span, Statement

_CELL = 400
"""Characters of a cell: about a paragraph, so that a cell holds few spans and a span lies in few cells."""


class Spans:
    """Spans by the stretches of text that they lie in."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._cells: defaultdict[int, list[Span]] = defaultdict(list)
        for span in spans:
            for cell in _cells(span):
                self._cells[cell].append(span)

    def hold(self, span: Span) -> bool:
        """True when one of them holds the whole of ``span``."""
        return any(each.contains(span) for each in self._cells.get(span.start // _CELL, ()))


class Covering:
    """Statements by the stretches of text that their runs lie in."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._cells: defaultdict[int, list[Statement]] = defaultdict(list)
        for statement in statements:
            for cell in dict.fromkeys(cell for run in statement.runs for cell in _cells(run)):
                self._cells[cell].append(statement)

    def of(self, span: Span) -> list[Statement]:
        """The statements of which one run holds the whole of ``span``, in the order given."""
        return [each for each in self._cells.get(span.start // _CELL, ()) if each.covers(span)]


def _cells(span: Span) -> Iterator[int]:
    yield from range(span.start // _CELL, max(span.start, span.end - 1) // _CELL + 1)
