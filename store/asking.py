"""Questions about actors, and the search for words: the part of the store that looks beyond one set of filters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from store import appearances, comparing, portraits, sayings, searching
from store.appearances import Appearances, Seen
from store.filters import Filters
from store.part import Part
from store.rows import FoundClaim

_NUMBERED: Final = "c.n IN (SELECT unnest(?::INTEGER[]))"


class Asking(Part):
    """The part of the store that is asked about single actors and for words."""

    def search(self, query: str, *, limit: int = 5) -> tuple[searching.Hits, list[FoundClaim]]:
        """At most ``limit`` claims, actors, sides and places that have all words of ``query``; and those claims."""
        with self._connection.reading() as cursor:
            hits = searching.search(cursor, query, limit)
        found = {item.n: item for item in self.find(Filters(), only=_NUMBERED, values=[list(hits.claims)])}
        return hits, [found[n] for n in hits.claims if n in found]

    def sayings(self, filters: Filters, *, limit: int) -> sayings.Sayings:
        """From where the claims that pass were said to what they speak of, most claims first."""
        with self._connection.reading() as cursor:
            return sayings.sayings(cursor, filters, limit)

    def portrait(self, name: str) -> portraits.Portrait:
        """What one actor or side says, and what is said of it and to it, in the whole store."""
        with self._connection.reading() as cursor:
            return portraits.portrait(cursor, name)

    def appearances(self, claim_id: str) -> Appearances:
        """The reports that make this claim, by date, its own included; see :mod:`store.appearances`."""
        with self._connection.reading() as cursor:
            return appearances.appearances(cursor, claim_id)

    def seen(self, claim_ids: Sequence[str]) -> dict[str, Seen]:
        """How often each of these claims appears; what is not in the store, or was rejected, is left out."""
        with self._connection.reading() as cursor:
            return appearances.seen(cursor, claim_ids)

    def voices(self, filters: Filters, role: comparing.Role) -> list[comparing.Voice]:
        """Actors, or sides, that make claims which pass, most claims first."""
        with self._connection.reading() as cursor:
            return comparing.voices(cursor, filters, role)

    def compare(self, filters: Filters, role: comparing.Role, names: Sequence[str]) -> comparing.Comparison:
        """Places and kinds that each of these actors, or sides, speaks of in claims that pass."""
        with self._connection.reading() as cursor:
            return comparing.compare(cursor, filters, role, names)

    def said(
        self, filters: Filters, role: comparing.Role, names: Sequence[str], keys: Sequence[str], *, most: int
    ) -> dict[tuple[str, str], list[FoundClaim]]:
        """The last ``most`` claims which pass of each of ``names`` at each place, by name and key of the place."""
        with self._connection.reading() as cursor:
            numbers = comparing.latest(cursor, filters, role, names, keys, most)
        wanted = sorted({n for members in numbers.values() for n in members})
        found = {item.n: item for item in self.find(Filters(), only=_NUMBERED, values=[wanted])}
        return {cell: [found[n] for n in members] for cell, members in numbers.items()}
