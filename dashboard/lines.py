"""Claims as the page lists them: one small record, whether the store found it or it is a row of a rival group."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date

from dashboard import wording
from store.records import ClaimRow
from store.rows import CLAIM_FIELDS, FoundClaim


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim with what its report says of it. Fields are those of ClaimRow, without what a list does not show:
    pages keep hundreds of lines for each view, and a row as the store finds it takes twice the memory.

    ``places`` are key and today's official name of the located ones, ``written`` key and name as the report has it.
    """

    id: str
    report_id: str
    kind: str
    exact: str
    claimant: str | None
    side: str | None
    published: date | None
    outlet: str | None
    title: str | None
    places: tuple[tuple[str, str], ...]
    number: str | None = None
    low: int | None = None
    high: int | None = None
    low_open: bool = False
    high_open: bool = False
    approx: bool = False
    count_kind: str | None = None
    unit: str | None = None
    modifier: str | None = None
    whose: str | None = None
    mode: str | None = None
    addressee: str | None = None
    written: tuple[tuple[str, str], ...] = ()
    said_at: str | None = None
    said_basis: str | None = None

    @property
    def where(self) -> str:
        """The places as written, each with today's official name where that is another; empty for none."""
        official = dict(self.places)
        names = [wording.place(text, official[key]) for key, text in self.written if key in official]
        return ", ".join(dict.fromkeys(names or official.values()))


_OF_ROW = tuple(field.name for field in fields(ClaimLine) if field.name in CLAIM_FIELDS and field.name != "places")


def from_row(row: ClaimRow, published: date | None, places: tuple[tuple[str, str], ...] = ()) -> ClaimLine:
    """A line for a row whose report is known from elsewhere; a rival group's row needs no ``places``."""
    written = tuple((place.place_key, place.text) for place in row.places if place.place_key)
    copied = {name: getattr(row, name) for name in _OF_ROW}
    return ClaimLine(**copied, published=published, outlet=None, title=None, places=places, written=written)


def from_found(found: FoundClaim) -> ClaimLine:
    """A line for a claim as the store finds it."""
    return replace(from_row(found.row, found.published, found.places), outlet=found.outlet, title=found.title)
