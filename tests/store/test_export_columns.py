"""Every column of the exports that carry claims as plain fields is read back as the store has it, reviews included."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
import shapely
from fastkml import KML, Placemark
from fastkml.utils import find_all

from store.claims import ClaimStore
from store.exports import EXPORTS
from store.exports.properties import FIELDS, PLACE_FIELDS
from store.filters import EVERYTHING
from store.records import ClaimRow, PlaceRow
from store.reviews import Action
from store.schema import REVIEW_STATES
from tests.store.claim_rows import BORDER, BRUSSELS, CRIMEA, a_count, a_report, a_statement

PLACES = {place.key: place for place in (CRIMEA, BORDER, BRUSSELS)}
REPORT = replace(a_report("columns"), url="https://desk.example/1")
FULL: dict[str, Any] = {
    "confidence": 0.25, "high": 120_000, "low_open": True, "high_open": True, "approx": True, "modifier": "about",
    "corrects": None, "said_at": BRUSSELS.key, "said_basis": "words",
}  # fmt: skip
CLAIMS = [
    *(a_count(REPORT, f"c{i}", CRIMEA, BORDER, **FULL) for i in range(len(REVIEW_STATES))),
    a_count(REPORT, "bare", unit=None, whose=None, whose_text=None, side=None, claimant_text=None),
    a_count(REPORT, "mend", BRUSSELS, corrects=f"bare-{REPORT.id[:6]}"),
    a_statement(REPORT, "s", BRUSSELS, addressee="NATO", side=None),
]
ACTIONS: tuple[Action, ...] = ("accept", "edit", "reject", "not_identifiable")
Row = dict[str, Any]


@pytest.fixture
def reviewed(store: ClaimStore) -> ClaimStore:
    """A claim in every state of review, the edited one with other numbers than were read."""
    store.add(REPORT, CLAIMS, list(PLACES.values()))
    for claim, action in zip(CLAIMS, ACTIONS, strict=False):
        store.review(claim.id, action, changes={"low": 90_000, "high": 95_000} if action == "edit" else None)
    return store


def from_parquet(store: ClaimStore) -> list[Row]:
    """As geopandas reads it: a frame, and geometry out of well-known binary."""
    frame = pq.read_table(io.BytesIO(EXPORTS["parquet"].content(store, EVERYTHING))).to_pandas(
        types_mapper=pd.ArrowDtype
    )
    frame["geometry"] = [None if pd.isna(raw) else shapely.from_wkb(raw) for raw in frame["geometry"]]
    return [
        {name: None if value is pd.NA else value for name, value in row.items()} for row in frame.to_dict("records")
    ]


def from_geojson(store: ClaimStore) -> list[Row]:
    found = json.loads(EXPORTS["geojson"].text(store, EVERYTHING))["features"]
    return [item["properties"] | {"geometry": item["geometry"] and shapely.geometry.shape(item["geometry"])}
            for item in found]  # fmt: skip


def from_csv(store: ClaimStore) -> list[Row]:
    found = pd.read_csv(io.StringIO(EXPORTS["csv"].text(store, EVERYTHING)), dtype=object, keep_default_na=False)
    return [dict(row) for row in found.to_dict("records")]


def from_kml(store: ClaimStore) -> list[Row]:
    marks = find_all(KML.parse(io.BytesIO(EXPORTS["kml"].content(store, EVERYTHING))), of_type=Placemark)
    return [{item.name: item.value for item in mark.extended_data.elements} for mark in marks]


def wanted(store: ClaimStore, identity: str) -> Row:
    """The fields of a claim by the store's own rows."""
    claim: ClaimRow | None = store.claim(identity)
    assert claim
    own = {name: getattr(claim, name) for name in FIELDS if hasattr(claim, name)}
    own |= {name: getattr(REPORT, name) for name in ("title", "outlet", "url", "published")}
    said_at = PLACES.get(claim.said_at or "")
    seen = {"in_reports": 1, "in_stories": 1, "first_seen": REPORT.published, "last_seen": REPORT.published}
    return own | seen | {"said_at_name": said_at and said_at.name}


def wanted_of_place(place: PlaceRow) -> Row:
    own = {name: getattr(place, name.removeprefix("place_")) for name in PLACE_FIELDS}
    return own | {"latitude": place.lat, "longitude": place.lon}


def as_it_is(value: object) -> object:
    return value


def in_json(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def in_text(value: object) -> object:
    return "" if value is None else str(value)


@pytest.mark.parametrize(("read", "written"), [(from_parquet, as_it_is), (from_geojson, in_json), (from_csv, in_text)])
def test_every_field_of_a_claim_is_read_back(
    reviewed: ClaimStore, read: Callable[[ClaimStore], list[Row]], written: Callable[[object], object]
) -> None:
    rows = read(reviewed)
    assert {row["id"] for row in rows} == {claim.id for claim in CLAIMS}
    for row in rows:
        given = {name: written(value) for name, value in wanted(reviewed, row["id"]).items()}
        assert given.keys() == set(FIELDS)
        assert {name: row[name] for name in given} == given
        assert [type(row[name]) for name in given] == [type(value) for value in given.values()]


@pytest.mark.parametrize("read", [from_parquet, from_geojson])
def test_every_field_of_a_place_and_its_shape_are_read_back(
    reviewed: ClaimStore, read: Callable[[ClaimStore], list[Row]]
) -> None:
    rows = read(reviewed)
    assert {row.get("place_key") for row in rows} == {None, *PLACES}
    for row in rows:
        place = PLACES.get(row.get("place_key") or "")
        given = wanted_of_place(place) if place else dict.fromkeys(PLACE_FIELDS)
        found = {name: row.get(name) for name in given if name in row or read is from_parquet}
        assert found == {name: given[name] for name in found}
        if place is None:
            assert row["geometry"] is None
        elif place.geometry:
            assert row["geometry"].equals(shapely.geometry.shape(place.geometry))
        else:
            assert (row["geometry"].x, row["geometry"].y) == (place.lon, place.lat)


@pytest.mark.parametrize("read", [from_parquet, from_geojson, from_csv, from_kml])
def test_the_state_of_review_and_what_was_edited_are_read_back(
    reviewed: ClaimStore, read: Callable[[ClaimStore], list[Row]]
) -> None:
    rows = {row["id"]: row for row in read(reviewed)}
    states = [rows[claim.id]["review"] for claim in CLAIMS[:5]]
    assert states == ["accepted", "edited", "rejected", "not_identifiable", "none"]
    assert int(rows[CLAIMS[1].id]["low"]) == 90_000
    assert int(rows[CLAIMS[0].id]["low"]) == 110_000
    assert math.isclose(float(rows[CLAIMS[0].id]["confidence"]), 0.25)


@pytest.mark.parametrize("name", ["timelinejs", "webannotation", "html"])
def test_formats_in_words_say_what_was_decided(reviewed: ClaimStore, name: str) -> None:
    content = EXPORTS[name].text(reviewed, EVERYTHING).replace("Limited to review: none", "")  # the page's filters
    for state in REVIEW_STATES:
        assert (f"review: {state.replace('_', ' ')}" in content) == (state != "none")


def test_events_carry_the_state_of_review_of_each_claim(reviewed: ClaimStore) -> None:
    frame = pd.read_csv(io.StringIO(EXPORTS["events"].text(reviewed, EVERYTHING)), dtype=object)
    states = dict(zip(frame["claim_id"], frame["review"], strict=True))
    assert [states[claim.id] for claim in CLAIMS[:4]] == ["accepted", "edited", "rejected", "not_identifiable"]
