"""What every part of the store stands on, so that a part may be read without the whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from store.connection import Connection
from store.filters import Filters
from store.finding import SELECT_CLAIMS, found_claim, places_of
from store.rows import FoundClaim

IN_ORDER: Final = "ORDER BY r.published NULLS LAST, r.n, c.start, c.n"
"""How claims are listed: by date, then as their reports came, then as in the text."""
_LARGEST: Final = 2**63 - 1


class Part:
    """A part of :class:`store.claims.ClaimStore`: it has the store's connection and finds claims."""

    _connection: Connection

    def find(
        self,
        filters: Filters,
        *,
        only: str = "TRUE",
        values: Sequence[object] = (),
        limit: int | None = None,
        offset: int = 0,
    ) -> list[FoundClaim]:
        """Claims that pass with their report's date, title and outlet and their places, in order.

        :param only: a further condition of this package's own making (never text from outside); ``values`` are the
            parameters of its question marks.
        """
        condition, bound = filters.to_sql()
        page = "" if limit is None and not offset else " LIMIT ? OFFSET ?"
        query = f"{SELECT_CLAIMS} WHERE {condition} AND ({only}) {IN_ORDER}{page}"
        window = [_LARGEST if limit is None else max(limit, 0), max(offset, 0)] if page else []
        with self._connection.reading() as cursor:
            rows = cursor.execute(query, [*bound, *values, *window]).fetchall()
            places = places_of(cursor, [row[0] for row in rows])
        return [found_claim(row, places.get(row[0], [])) for row in rows]
