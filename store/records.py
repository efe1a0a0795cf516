"""Rows of the store, as callers hand them in and get them back. The store knows nothing of how they were made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

ClaimKind = Literal["count", "statement"]
SaidBasis = Literal["words", "dateline"]
"""How it is known where a claim was said: by the words of its reporting clause, or by the report's dateline alone."""


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A place named or described anywhere in a report, whether or not a claim speaks of it.

    ``kind`` is how it is used (``literal descriptive``: as a place; ``actor attributive org_part``: as part of who
    acts or what is called so), ``role`` its part in the story. ``place_key`` None: it could not be located.
    ``confidence`` is in 0..1, that this is the place meant; 0 for none.
    """

    start: int
    end: int
    place_key: str | None
    kind: str = "literal"
    role: str = "event"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report in the store. ``id`` is the sha256 of the text; ``published`` None means the date is not known.

    ``mentions`` are all its places in text order; none for a report that was read before they were kept.
    """

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: date | None = None
    language: str = "en"
    boilerplate: tuple[tuple[int, int], ...] = ()
    sample: bool = False
    mentions: tuple[MentionRow, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place: WGS84 degrees, radius in km; ``geometry`` is a GeoJSON geometry or None for points."""

    key: str
    name: str
    lat: float
    lon: float
    precision: str
    radius_km: float
    country: str | None = None
    geonameid: int | None = None
    geometry: Mapping[str, Any] | None = None
    found_by: str = ""
    source: str = ""
    derived_from: str | None = None
    where_prec: int = 1


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """What a report was read with: versions that differ when the claims found may differ. Opaque to the store."""

    extractor: str
    gazetteer: str
    knowledge: str


@dataclass(frozen=True, slots=True)
class ClaimPlaceRow:
    """A place a claim speaks of. ``place_key`` None: the words name a place that could not be located."""

    text: str
    start: int
    end: int
    place_key: str | None
    role: str = "event"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim: a count or a statement, who claims it, and the exact words.

    ``start``/``end`` anchor the claim's own words (the number phrase, the content); ``sentence`` is the range of the
    sentence(s) around them. ``spans`` maps a role (``content more cue speaker number correction said_at``) to
    half-open ranges for highlighting; the role ``correction`` marks the words that make a number the correction of an
    earlier one, wherever that stands. ``claimant`` is ``"reporter"`` for a count in the report's own voice.
    ``corrects`` is the id of the claim of the same report whose number this one takes back. All offsets are code
    points.
    ``said_basis`` tells how it is known where the claim was said, None when it is not; ``said_at`` is the key of that
    place, None too when its words could not be located. The words are those of the role ``said_at`` in ``spans``.
    """

    id: str
    report_id: str
    kind: ClaimKind
    start: int
    end: int
    exact: str
    sentence: tuple[int, int]
    claimant: str | None
    claimant_text: str | None
    side: str | None
    confidence: float = 1.0
    # counts
    number: str | None = None
    low: int | None = None
    high: int | None = None
    low_open: bool = False
    high_open: bool = False
    approx: bool = False
    modifier: str | None = None
    unit: str | None = None
    count_kind: str | None = None
    whose: str | None = None
    whose_text: str | None = None
    corrects: str | None = None
    # statements
    form: str | None = None
    mode: str | None = None
    cue: str | None = None
    addressee: str | None = None
    # where it was said
    said_at: str | None = None
    said_basis: SaidBasis | None = None
    # what a reviewer made of it, one of store.schema.REVIEW_STATES
    review: str = "none"
    places: tuple[ClaimPlaceRow, ...] = ()
    spans: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)


JsonDict = dict[str, Any]
