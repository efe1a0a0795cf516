"""What every export has in common: the selection it is made of, and how its parts become a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, Final

from store.appearances import Seen
from store.claims import ClaimStore
from store.filters import Filters
from store.records import PlaceRow, ReportRow
from store.rows import FoundClaim

_PART: Final = 2000
"""Claims whose appearances are asked for at once."""


class Selection:
    """The claims of a store that pass ``filters``, read page by page, with their places and reports.

    ``texts``: whether whole texts of reports were asked for; they are other people's property and stay out otherwise.
    """

    def __init__(self, store: ClaimStore, filters: Filters, *, texts: bool = False) -> None:
        self.store, self.filters, self.texts = store, filters, texts
        self._places: dict[str, PlaceRow] = {}
        self._report: ReportRow | None = None
        self._seen: dict[str, Seen] = {}

    def claims(self, limit: int | None = None) -> Iterator[FoundClaim]:
        """The claims by date, report and place in the text; with ``limit`` the first of them."""
        few = None if limit is None else iter(self.store.find(self.filters, limit=limit))
        claims = few if few is not None else self.store.stream(self.filters)
        while part := list(islice(claims, _PART)):
            self._seen = self.store.seen([found.row.id for found in part])
            yield from part

    def seen(self, found: FoundClaim) -> Seen:
        """In how many reports and stories the claim appears, asked for many claims at once."""
        identity = found.row.id
        if identity not in self._seen:
            self._seen |= self.store.seen([identity])
        return self._seen.get(identity, Seen(first=found.published, last=found.published))

    def places(self, found: FoundClaim) -> list[PlaceRow]:
        """The located places of a claim in text order; none when nothing could be located."""
        return [place for key, _ in found.places if (place := self._place(key))]

    def place_name(self, key: str | None) -> str | None:
        """What the place of a key is called; None without one."""
        place = self._place(key) if key else None
        return place.name if place else None

    def rows(self) -> Iterator[tuple[FoundClaim, PlaceRow | None]]:
        """A claim and a place for each place of each claim; None once for a claim without a located place."""
        for found in self.claims():
            places: list[PlaceRow | None] = [*self.places(found)]
            for place in places or [None]:
                yield found, place

    def report(self, found: FoundClaim) -> ReportRow:
        """The report of a claim; claims come report by report, so one is kept."""
        if self._report is None or self._report.id != found.row.report_id:
            self._report = self.store.report(found.row.report_id)
        if self._report is None:
            return ReportRow(found.row.report_id, "", found.title, found.outlet, found.url, found.published)
        return self._report

    def text(self, found: FoundClaim) -> str | None:
        """The whole text of the claim's report; None unless it was asked for."""
        return self.report(found).text if self.texts else None

    def _place(self, key: str) -> PlaceRow | None:
        if key not in self._places and (place := self.store.place(key)):
            self._places[key] = place
        return self._places.get(key)


@dataclass(frozen=True, slots=True)
class Export:
    """A format: its file ending (with the dot), its media type, what it is for, and ``pieces``, its file part by part.

    Parts that are text are written as UTF-8 with the line ends they have.
    """

    name: str
    suffix: str
    media_type: str
    purpose: str
    pieces: Callable[[Selection], Iterator[str | bytes]]

    def chunks(self, store: ClaimStore, filters: Filters, *, texts: bool = False) -> Iterator[bytes]:
        """The file's bytes, part by part; ``texts`` adds the whole texts of the reports."""
        for piece in self.pieces(Selection(store, filters, texts=texts)):
            yield piece.encode("utf-8") if isinstance(piece, str) else piece

    def content(self, store: ClaimStore, filters: Filters, *, texts: bool = False) -> bytes:
        """The whole file."""
        return b"".join(self.chunks(store, filters, texts=texts))

    def text(self, store: ClaimStore, filters: Filters, *, texts: bool = False) -> str:
        """The whole file of a text format; a UnicodeDecodeError for a binary one (Parquet)."""
        return self.content(store, filters, texts=texts).decode("utf-8")

    def write(self, file: BinaryIO, store: ClaimStore, filters: Filters, *, texts: bool = False) -> None:
        """Write the whole file to an open binary file."""
        for chunk in self.chunks(store, filters, texts=texts):
            file.write(chunk)
