"""Exports: the current filter, re-read by a library of the format, and harmless to open."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from shapely.geometry import shape

from store.claims import ClaimStore
from store.exports import EXPORTS
from store.filters import Filters
from tests.store.claim_rows import BORDER, CRIMEA, a_count, a_report

HOSTILE = '=HYPERLINK("http://example.org") "quoted", </script>\r\n${x}'


@pytest.mark.parametrize("name", EXPORTS)
def test_every_export_holds_the_claims_of_the_filter_and_no_other(filled: ClaimStore, name: str) -> None:
    content = EXPORTS[name].content(filled, Filters(actors=("Ukraine",)))
    assert f"c1-{a_report('one').id[:6]}".encode() in content
    assert b"Borrell" not in content


@pytest.mark.parametrize("name", EXPORTS)
def test_every_export_leaves_the_full_text_out_unless_asked(filled: ClaimStore, name: str) -> None:
    words = b"Report one. Kyiv counted 110,000 troops in Crimea. It warned."
    assert words not in EXPORTS[name].content(filled, Filters())
    assert words in EXPORTS[name].content(filled, Filters(), texts=True)


def test_exports_of_nothing_can_be_read(store: ClaimStore) -> None:
    assert json.loads(EXPORTS["geojson"].text(store, Filters()))["features"] == []
    assert json.loads(EXPORTS["timelinejs"].text(store, Filters()))["events"] == []
    assert json.loads(EXPORTS["webannotation"].text(store, Filters()))["first"]["items"] == []
    for name in ("csv", "events"):
        assert pd.read_csv(io.StringIO(EXPORTS[name].text(store, Filters()))).empty


@pytest.mark.parametrize("name", EXPORTS)
def test_every_export_names_its_file(name: str) -> None:
    export = EXPORTS[name]
    assert export.name == name
    assert export.suffix.startswith(".")
    assert "/" in export.media_type


def test_csv_is_read_back_row_by_row(filled: ClaimStore) -> None:
    frame = pd.read_csv(io.StringIO(EXPORTS["csv"].text(filled, Filters())))
    assert list(frame["id"]) == list(filled.claims(Filters())["id"])
    assert frame["low"][0] == 110_000
    assert frame["places"][0] == "Crimea; borders of Ukraine"
    assert frame["published"][0] == "2021-04-14"


def test_a_repeated_claim_is_exported_with_how_often_it_was_seen(filled: ClaimStore) -> None:
    again = a_report("again", published=date(2021, 4, 16))
    filled.add(again, [a_count(again, "again", CRIMEA, BORDER)], [CRIMEA, BORDER])
    frame = pd.read_csv(io.StringIO(EXPORTS["csv"].text(filled, Filters(reports=(again.id,)))))
    found = frame[["in_reports", "in_stories", "first_seen", "last_seen"]].to_numpy().tolist()
    assert found == [[2, 2, "2021-04-14", "2021-04-16"]]
    features = json.loads(EXPORTS["geojson"].text(filled, Filters(reports=(again.id,))))["features"]
    assert {feature["properties"]["in_reports"] for feature in features} == {2}


def test_csv_runs_no_formula_and_keeps_quotes_and_line_ends(store: ClaimStore) -> None:
    report = a_report()
    store.add(report, [replace(a_count(report, "c"), exact=HOSTILE, low=-5)], [])
    row = next(csv.DictReader(io.StringIO(EXPORTS["csv"].text(store, Filters()), newline="")))
    assert row["exact"] == "'" + HOSTILE
    assert row["low"] == "-5"


def test_geojson_has_a_feature_for_each_place_of_each_claim(filled: ClaimStore) -> None:
    features = json.loads(EXPORTS["geojson"].text(filled, Filters()))["features"]
    claims = filled.claims(Filters())
    assert len(features) == sum(max(1, len(keys)) for keys in claims["place_keys"])
    assert {feature["id"] for feature in features} == set(claims["id"])


def test_geojson_keeps_areas_as_areas_and_the_unplaced_without_geometry(filled: ClaimStore) -> None:
    features = json.loads(EXPORTS["geojson"].text(filled, Filters()))["features"]
    by_place = {feature["properties"].get("place_key"): feature["geometry"] for feature in features}
    assert by_place[None] is None
    assert shape(by_place[CRIMEA.key]).geom_type == "Polygon"
    assert shape(by_place["gn:2800866"]).coords[0] == (4.35, 50.85)


def test_geojson_survives_hostile_text(store: ClaimStore) -> None:
    report = a_report()
    store.add(report, [replace(a_count(report, "c", CRIMEA), exact=HOSTILE)], [CRIMEA])
    (feature,) = json.loads(EXPORTS["geojson"].text(store, Filters()))["features"]
    assert feature["properties"]["exact"] == HOSTILE
