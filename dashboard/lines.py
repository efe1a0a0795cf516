"""Claims as the page lists them: one small record, whether it comes from a table of the store or a rival group."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from dashboard import wording
from store.records import ClaimPlaceRow, ClaimRow
from store.rows import FoundClaim


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim with what its report says of it. Fields are those of ClaimRow.

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


_COPIED = (
    "id", "report_id", "kind", "exact", "claimant", "side", "number", "low_open", "high_open", "approx",
    "count_kind", "unit", "modifier", "whose", "mode", "addressee", "said_at", "said_basis",
)  # fmt: skip


def from_frame(frame: pd.DataFrame) -> list[ClaimLine]:
    """Lines of a table as :meth:`store.claims.ClaimStore.claims` gives it."""
    return [_from_record(record) for record in frame.to_dict("records")]


def _from_record(record: Mapping[Hashable, Any]) -> ClaimLine:
    return ClaimLine(
        **{name: record[name] for name in _COPIED},
        low=_whole(record["low"]),
        high=_whole(record["high"]),
        published=record["published"] or None,
        outlet=record["outlet"],
        title=record["title"],
        places=tuple(zip(record["place_keys"], record["place_names"], strict=True)),
        written=_written(record["places"]),
    )


def from_row(row: ClaimRow, published: date | None, places: tuple[tuple[str, str], ...] = ()) -> ClaimLine:
    """A line for a row whose report is known from elsewhere; a rival group's row needs no ``places``."""
    copied = {name: getattr(row, name) for name in _COPIED}
    return ClaimLine(
        **copied, low=row.low, high=row.high, published=published, outlet=None, title=None, places=places,
        written=_written(row.places),
    )  # fmt: skip


def _written(places: Sequence[ClaimPlaceRow]) -> tuple[tuple[str, str], ...]:
    return tuple((place.place_key, place.text) for place in places if place.place_key)


def from_found(found: FoundClaim) -> ClaimLine:
    """A line for a claim as the store finds it."""
    return replace(from_row(found.row, found.published, found.places), outlet=found.outlet, title=found.title)


def _whole(value: Any) -> int | None:
    return None if value is None or pd.isna(value) else int(value)
