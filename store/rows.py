"""Records <-> the values of table columns, and records -> data frames."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any, Final, NamedTuple

import pandas as pd

from store.records import ClaimPlaceRow, ClaimRow, MentionRow, PlaceRow, ReadingRow, ReportRow
from store.sameness import noun, same
from store.schema import ACTOR_ROLES, TABLES, actors_of, quoted

Values = tuple[object, ...]

CLAIM_FIELDS: Final = tuple(field.name for field in fields(ClaimRow))
FRAME_COLUMNS: Final = (*CLAIM_FIELDS, "published", "title", "outlet", "place_names", "place_keys")
"""Columns of a data frame of claims."""

_INTEGERS: Final = ("start", "end", "low", "high")
_FLAGS: Final = ("low_open", "high_open", "approx")


Interval = tuple[int | None, int | None, bool, bool]
"""What two claims of one number share: low, high, low_open, high_open."""


class FoundClaim(NamedTuple):
    """A claim with what its report and places say of it; ``places`` are key and name of the located ones.

    ``takes_back`` is the interval (low, high, low_open, high_open) of the claim that this one corrects, None without.
    """

    n: int
    row: ClaimRow
    published: date | None
    title: str | None
    outlet: str | None
    places: tuple[tuple[str, str], ...]
    url: str | None = None
    takes_back: Interval | None = None


def select_list(table: str, alias: str) -> str:
    """The columns of a table as a SELECT names them."""
    return ", ".join(f"{alias}.{quoted(column)}" for column in TABLES[table])


def report_values(report: ReportRow, n: int) -> Values:
    """Values of table ``reports``, in column order."""
    return (
        n, report.id, report.title, report.outlet, report.url, report.published, report.language,
        json.dumps(report.boilerplate), report.sample, report.text,
    )  # fmt: skip


def report_row(values: Sequence[Any], mentions: Iterable[Sequence[Any]] = ()) -> ReportRow:
    """The inverse of :func:`report_values` and, for ``mentions``, of :func:`mention_values` without the report."""
    _, identity, title, outlet, url, published, language, boilerplate, sample, text = values
    ranges = tuple((start, end) for start, end in json.loads(boilerplate))
    places = tuple(MentionRow(*row) for row in mentions)
    return ReportRow(identity, text, title, outlet, url, published, language, ranges, sample, places)


def mention_values(report: ReportRow, n: int) -> list[Values]:
    """Rows of table ``mentions``, in column order."""
    return [(n, m.start, m.end, m.place_key, m.kind, m.role, m.confidence) for m in report.mentions]


def reading_values(reading: ReadingRow, report: int, at: datetime) -> Values:
    """Values of table ``readings``, in column order; ``at`` is a time in UTC without its zone."""
    return (report, reading.extractor, reading.gazetteer, reading.knowledge, at)


def place_values(place: PlaceRow) -> Values:
    """Values of table ``places``, in column order."""
    geometry = None if place.geometry is None else json.dumps(place.geometry)
    return (
        place.key, place.name, place.lat, place.lon, place.precision, place.radius_km, place.country, place.geonameid,
        geometry, place.found_by, place.source, place.derived_from, place.where_prec,
    )  # fmt: skip


def place_row(values: Sequence[Any]) -> PlaceRow:
    """The inverse of :func:`place_values`."""
    given = dict(zip(TABLES["places"], values, strict=True))
    geometry = given["geometry"]
    given["geometry"] = None if geometry is None else json.loads(geometry)
    return PlaceRow(**given)


def claim_values(claim: ClaimRow, n: int, report: int) -> Values:
    """Values of table ``claims``, in column order."""
    given = {name: getattr(claim, name) for name in CLAIM_FIELDS}
    given.update(n=n, report=report, sentence_start=claim.sentence[0], sentence_end=claim.sentence[1])
    given.update(spans=json.dumps(dict(claim.spans)), noun=noun(claim), same=same(claim))
    return tuple(given[column] for column in TABLES["claims"])


def claim_place_values(claim: ClaimRow, n: int) -> list[Values]:
    """Rows of table ``claim_places``, in the claim's order; ``first`` marks the first mention of each located place,
    so that claims at a place are counted without sorting out repetitions.
    """
    first = {place.place_key: i for i, place in reversed(list(enumerate(claim.places))) if place.place_key}
    return [
        (n, i, place.text, place.start, place.end, place.place_key, place.role, place.confidence, i in first.values())
        for i, place in enumerate(claim.places)
    ]


def claim_actor_values(claim: ClaimRow, n: int) -> list[Values]:
    """Rows of table ``claim_actors``: each part of each joined actor field."""
    return [
        (n, role, i, name) for role in ACTOR_ROLES for i, name in enumerate(actors_of(getattr(claim, role)))
    ]  # fmt: skip


def claim_row(values: Sequence[Any], report_id: str, places: Iterable[ClaimPlaceRow]) -> ClaimRow:
    """The inverse of :func:`claim_values`."""
    given = dict(zip(TABLES["claims"], values, strict=True))
    sentence = (given.pop("sentence_start"), given.pop("sentence_end"))
    spans = {role: tuple((a, b) for a, b in ranges) for role, ranges in json.loads(given.pop("spans")).items()}
    for column in ("n", "report", "noun", "same"):
        del given[column]
    return ClaimRow(**given, report_id=report_id, sentence=sentence, spans=spans, places=tuple(places))


def claim_to_json(claim: ClaimRow) -> str:
    """A claim with its places as JSON text."""
    return json.dumps(asdict(claim))


def claim_of_json(text: str) -> ClaimRow:
    """The inverse of :func:`claim_to_json`; fields that a later version has added have their defaults."""
    given = {name: value for name, value in json.loads(text).items() if name in CLAIM_FIELDS}
    given["places"] = tuple(ClaimPlaceRow(**place) for place in given["places"])
    given["spans"] = {role: tuple((a, b) for a, b in ranges) for role, ranges in given["spans"].items()}
    return ClaimRow(**{**given, "sentence": tuple(given["sentence"])})


def claims_frame(found: Sequence[FoundClaim]) -> pd.DataFrame:
    """One row a claim, columns :data:`FRAME_COLUMNS`; text that is not known is None, not NaN."""
    columns = {name: [getattr(item.row, name) for item in found] for name in CLAIM_FIELDS}
    columns |= {name: [getattr(item, name) for item in found] for name in ("published", "title", "outlet")}
    columns["place_keys"] = [[key for key, _ in item.places] for item in found]
    columns["place_names"] = [[name for _, name in item.places] for item in found]
    return pd.DataFrame({name: _series(name, columns[name]) for name in FRAME_COLUMNS})


def _series(name: str, values: list[Any]) -> pd.Series[Any]:
    if name in _INTEGERS:
        return pd.Series(pd.array(values, dtype="Int64"))
    if name in _FLAGS:
        return pd.Series(values, dtype=bool)
    return pd.Series(values, dtype=float if name == "confidence" else object)
