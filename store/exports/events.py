"""An event table in the shape of UCDP GED and ACLED, so that tools made for those can open it; it is neither of them.

A row is a place of a *claim*, not an event that took place: ``dataset`` says so in every row. Columns keep the names
and codings of UCDP GED (``where_prec``, ``date_prec``, ``best`` ``low`` ``high``) and of ACLED (``geo_precision``,
``event_date``, ``fatalities``). What a claim does not say stays empty: no day of an event is derived from the day of
the report, no best estimate from an open interval, and only counts of people killed fill the columns of deaths.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from store.exports.csv_file import csv_line
from store.exports.export import Selection
from store.exports.properties import TEXT_FIELD, Value
from store.exports.wording import headline, who
from store.records import PlaceRow
from store.rows import FoundClaim

DATASET: Final = "Claim Atlas: claims shaped like UCDP GED and ACLED, not verified events"
COLUMNS: Final = (
    "dataset", "id", "claim_id", "type_of_claim", "claim_kind", "claimant", "claim_low", "claim_high", "review",
    "event_date", "year", "time_precision", "date_start", "date_end", "date_prec",
    "actor1", "actor2", "side_a", "side_b",
    "country_iso2", "location", "where_coordinates", "where_description", "where_prec", "geo_precision",
    "latitude", "longitude", "best", "low", "high", "fatalities", "notes",
    "source", "source_office", "source_date", "source_headline", "source_article",
)  # fmt: skip
"""Columns in order; those of UCDP GED and ACLED under their own names."""

GEO_PRECISION: Final = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 6: 3, 7: 3}
"""ACLED's precision (1 the place itself, 2 near it or a small area, 3 a region) by UCDP's ``where_prec``."""


def events_pieces(selection: Selection) -> Iterator[str]:
    """The header row, then a row for each place of each claim."""
    more = (TEXT_FIELD,) if selection.texts else ()
    yield csv_line((*COLUMNS, *more))
    for found, place in selection.rows():
        own = (
            _claim(found) | _where(found, place) | _deaths(found) | _source(found) | {TEXT_FIELD: selection.text(found)}
        )
        yield csv_line(own.get(name) for name in (*COLUMNS, *more))


def _claim(found: FoundClaim) -> dict[str, Value]:
    row = found.row
    return {
        "dataset": DATASET, "claim_id": row.id, "type_of_claim": row.kind, "claim_kind": row.count_kind or row.mode,
        "claimant": who(found), "claim_low": row.low, "claim_high": row.high, "actor1": row.whose, "side_a": row.whose,
        "actor2": row.addressee, "review": row.review, "notes": headline(found),
    }  # fmt: skip


def _where(found: FoundClaim, place: PlaceRow | None) -> dict[str, Value]:
    if place is None:
        return {"id": found.row.id}
    words = next((item.text for item in found.row.places if item.place_key == place.key), place.name)
    return {
        "id": f"{found.row.id}@{place.key}", "country_iso2": place.country, "location": place.name,
        "where_coordinates": place.name, "where_description": " ".join(words.split()),
        "where_prec": place.where_prec, "geo_precision": GEO_PRECISION.get(place.where_prec),
        "latitude": place.lat, "longitude": place.lon,
    }  # fmt: skip


def _deaths(found: FoundClaim) -> dict[str, Value]:
    row = found.row
    if row.count_kind != "killed":
        return {}
    exact = row.low if row.low == row.high and not row.approx else None
    return {"low": row.low, "high": row.high, "best": exact, "fatalities": exact}


def _source(found: FoundClaim) -> dict[str, Value]:
    return {
        "source": found.outlet, "source_office": found.outlet, "source_headline": found.title,
        "source_date": found.published.isoformat() if found.published else None, "source_article": found.url,
    }  # fmt: skip
