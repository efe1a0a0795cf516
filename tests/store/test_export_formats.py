"""Formats of other programs, each read back with a library of that format."""

from __future__ import annotations

import io
import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pyarrow.parquet as pq
import pytest
import shapely
from fastkml import KML, Placemark
from fastkml.utils import find_all
from playwright.sync_api import sync_playwright
from pyld import jsonld

from store.claims import ClaimStore
from store.exports import EXPORTS
from store.exports.events import COLUMNS, GEO_PRECISION
from store.filters import Filters
from tests.browser.conftest import chromium
from tests.store.claim_rows import BRUSSELS, CRIMEA, a_count, a_report, a_statement

HOSTILE = '</script><img src=x onerror="window.hit=1">]]>&\x07 "q" \\u2028'
NS = "http://www.w3.org/ns/oa#"


@pytest.fixture
def hostile(store: ClaimStore) -> ClaimStore:
    """One report whose every free text tries to break out; its url runs a script."""
    nasty = replace(CRIMEA, name=HOSTILE)
    report = replace(a_report(), title=HOSTILE, outlet=HOSTILE, url="javascript:window.hit=2")
    store.add(report, [replace(a_count(report, "c", nasty), exact=HOSTILE, claimant=HOSTILE)], [nasty])
    return store


# -- Parquet -------------------------------------------------------------------------------------------------------


def parquet(store: ClaimStore, filters: Filters | None = None, **more: Any) -> Any:
    return pq.read_table(io.BytesIO(EXPORTS["parquet"].content(store, filters or Filters(), **more)))


def test_parquet_has_typed_columns_and_a_row_for_each_place(filled: ClaimStore) -> None:
    rows = parquet(filled).to_pylist()
    assert len(rows) == sum(max(1, len(keys)) for keys in filled.claims(Filters())["place_keys"])
    assert rows[0]["low"] == 110_000
    assert rows[0]["published"] == date(2021, 4, 14)
    assert rows[0]["place_name"] == "Crimea"


def test_parquet_is_geoparquet(filled: ClaimStore) -> None:
    table = parquet(filled)
    meta = json.loads(table.schema.metadata[b"geo"])
    assert meta["version"] == "1.1.0"
    assert meta["columns"][meta["primary_column"]] == {"encoding": "WKB", "geometry_types": []}
    shapes = {row["place_key"]: row["geometry"] and shapely.from_wkb(row["geometry"]) for row in table.to_pylist()}
    assert shapes[CRIMEA.key].geom_type == "Polygon"
    assert shapes[BRUSSELS.key].coords[0] == (4.35, 50.85)
    assert shapes[None] is None


def test_parquet_of_nothing_keeps_its_columns(store: ClaimStore) -> None:
    assert "geometry" in parquet(store).column_names


# -- KML -----------------------------------------------------------------------------------------------------------


def placemarks(store: ClaimStore) -> list[Any]:
    document = KML.parse(io.BytesIO(EXPORTS["kml"].content(store, Filters())))
    return list(find_all(document, of_type=Placemark))


def test_kml_has_a_placemark_for_each_place_with_the_day_of_the_report(filled: ClaimStore) -> None:
    marks = placemarks(filled)
    assert len(marks) == len(parquet(filled))
    assert marks[0].name == "Ukraine: 110,000 troops"
    assert marks[0].time_stamp.dt == date(2021, 4, 14)
    assert marks[0].geometry.geom_type == "Polygon"
    assert (marks[2].geometry.x, marks[2].geometry.y) == (4.35, 50.85)
    assert [mark.geometry for mark in marks].count(None) == 1


def test_kml_survives_hostile_text(hostile: ClaimStore) -> None:
    (mark,) = placemarks(hostile)
    assert HOSTILE.replace("\x07", "") in mark.name
    assert "<img" not in mark.description
    assert any(item.name == "exact" and "</script>" in item.value for item in mark.extended_data.elements)


# -- TimelineJS ----------------------------------------------------------------------------------------------------

SLIDE_TEXT = {"type": "object", "required": ["headline"], "properties": {"headline": {"type": "string"}}}
TIMELINE = {
    "type": "object",
    "required": ["events"],
    "properties": {
        "scale": {"enum": ["human", "cosmological"]},
        "title": {"type": "object", "required": ["text"], "properties": {"text": SLIDE_TEXT}},
        "events": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["start_date", "text", "unique_id"],
                "properties": {
                    "unique_id": {"type": "string"},
                    "group": {"type": "string"},
                    "text": SLIDE_TEXT,
                    "start_date": {
                        "type": "object",
                        "required": ["year"],
                        "properties": {part: {"type": "integer"} for part in ("year", "month", "day")},
                    },
                },
            },
        },
    },
}


def timeline(store: ClaimStore, filters: Filters | None = None) -> Any:
    found = json.loads(EXPORTS["timelinejs"].text(store, filters or Filters()))
    jsonschema.validate(found, TIMELINE)
    return found


def test_the_timeline_has_an_event_for_each_dated_claim_and_counts_the_rest(filled: ClaimStore) -> None:
    found = timeline(filled)
    assert [event["start_date"]["day"] for event in found["events"]] == [14, 14, 19]
    assert "2 claims of undated reports are left out" in found["title"]["text"]["text"]
    assert found["events"][0]["group"] == "Ukraine"


def test_the_timeline_escapes_what_its_reader_takes_for_html(hostile: ClaimStore) -> None:
    (event,) = timeline(hostile)["events"]
    for words in (event["text"]["headline"], event["text"]["text"], event["group"]):
        assert "<img" not in words
        assert "&lt;img" in words


# -- Web Annotation ------------------------------------------------------------------------------------------------

# The terms of http://www.w3.org/ns/anno.jsonld that the export uses, so that reading it needs no network.
CONTEXT = {
    "oa": NS, "as": "http://www.w3.org/ns/activitystreams#", "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "dcterms": "http://purl.org/dc/terms/",
    "id": {"@type": "@id", "@id": "@id"}, "type": {"@type": "@id", "@id": "@type"},
    "Annotation": "oa:Annotation", "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage", "TextualBody": "oa:TextualBody", "Text": "http://purl.org/dc/dcmitype/Text",
    "SpecificResource": "oa:SpecificResource", "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector", "describing": "oa:describing", "tagging": "oa:tagging",
    "identifying": "oa:identifying", "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"}, "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"}, "scope": {"@type": "@id", "@id": "oa:hasScope"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"}, "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix", "value": "rdf:value",
    "start": {"@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger", "@id": "oa:start"},
    "end": {"@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger", "@id": "oa:end"},
    "format": "dc:format", "language": "dc:language", "total": "as:totalItems", "startIndex": "as:startIndex",
    "first": {"@type": "@id", "@id": "as:first"}, "partOf": {"@type": "@id", "@id": "as:partOf"},
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
}  # fmt: skip


def offline(url: str, options: object) -> dict[str, Any]:
    assert url == "http://www.w3.org/ns/anno.jsonld"
    return {"document": {"@context": CONTEXT}, "documentUrl": url, "contextUrl": None}


def annotations(store: ClaimStore) -> list[Any]:
    document = json.loads(EXPORTS["webannotation"].text(store, Filters()))
    (collection,) = jsonld.expand(document, {"documentLoader": offline})
    (page,) = collection["https://www.w3.org/ns/activitystreams#first".replace("https", "http")]
    found = page["http://www.w3.org/ns/activitystreams#items"][0]["@list"]
    assert collection["http://www.w3.org/ns/activitystreams#totalItems"][0]["@value"] == len(found)
    return list(found)


def test_annotations_are_anchored_by_position_and_by_quotation(store: ClaimStore) -> None:
    report = a_report()
    begin = report.text.index("110,000 troops")
    store.add(report, [replace(a_count(report, "c"), start=begin, end=begin + 14)], [])
    (first,) = annotations(store)
    assert first["@type"] == [NS + "Annotation"]
    (target,) = first[NS + "hasTarget"]
    assert target[NS + "hasSource"][0]["@id"] == f"urn:sha256:{report.id}"
    position, quote = target[NS + "hasSelector"]
    start, end = (position[NS + name][0]["@value"] for name in ("start", "end"))
    around = {name: quote[NS + name][0]["@value"] for name in ("prefix", "exact", "suffix")}
    assert report.text[start:end] == around["exact"] == "110,000 troops"
    assert "".join(around.values()) in report.text


def test_annotations_name_their_places(filled: ClaimStore) -> None:
    sources = [body[NS + "hasSource"][0]["@id"] for item in annotations(filled) for body in item[NS + "hasBody"]
               if NS + "hasSource" in body]  # fmt: skip
    assert f"https://sws.geonames.org/{BRUSSELS.geonameid}/" in sources
    assert "geo:45.3,34.4;u=160000" in sources


def test_each_run_of_a_broken_quotation_is_a_target(store: ClaimStore) -> None:
    report = a_report()
    broken = replace(a_statement(report, "s"), spans={"content": ((46, 55),), "more": ((0, 6),)})
    store.add(report, [broken], [])
    (found,) = annotations(store)
    assert len(found[NS + "hasTarget"]) == 2


def test_without_being_asked_an_annotation_holds_only_the_words_around(filled: ClaimStore) -> None:
    assert "Report one. Kyiv counted 110,000 troops in" not in EXPORTS["webannotation"].text(filled, Filters())


# -- events --------------------------------------------------------------------------------------------------------


def events(store: ClaimStore) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(EXPORTS["events"].text(store, Filters())), dtype=object, keep_default_na=False)


def test_events_say_in_every_row_that_they_are_claims(filled: ClaimStore) -> None:
    frame = events(filled)
    assert list(frame.columns) == list(COLUMNS)
    assert all("not verified events" in words for words in frame["dataset"])
    assert frame["id"].is_unique


def test_events_carry_both_precisions_and_no_day_of_an_event(filled: ClaimStore) -> None:
    frame = events(filled)
    border = frame[frame["location"] == "borders of Ukraine"].iloc[0]
    assert (border["where_prec"], border["geo_precision"]) == ("5", "3")
    assert set(frame["event_date"]) | set(frame["date_start"]) == {""}
    assert set(GEO_PRECISION) == set(range(1, 8))


def test_only_people_killed_fill_the_columns_of_deaths(store: ClaimStore) -> None:
    report = a_report()
    dead = {"count_kind": "killed", "whose": None}
    store.add(report, [a_count(report, "t", high=110_000), a_count(report, "k", low=3, high=3, **dead),
                       a_count(report, "m", low=3, **dead)], [])  # fmt: skip
    frame = events(store).set_index("claim_id")
    deaths = frame[["best", "low", "high", "fatalities"]].agg("|".join, axis=1)
    assert [deaths[f"{name}-{report.id[:6]}"] for name in "tkm"] == ["|||", "3|3|3|3", "|3||"]


# -- HTML ----------------------------------------------------------------------------------------------------------


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("src", "href")]


def opened(path: Path, do: str) -> tuple[Any, list[str], list[str]]:
    """The answer of a script on the page, every address asked for, every error told.

    In a thread of its own: where browser tests ran before, this one's belongs to their browser's loop.
    """
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(_opened, path, do).result()


def _opened(path: Path, do: str) -> tuple[Any, list[str], list[str]]:
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        asked: list[str] = []
        errors: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(path.as_uri())
        answer = page.evaluate(do)
        browser.close()
    return answer, asked, errors


@pytest.mark.browser
def test_the_page_opens_from_disk_with_its_map_and_asks_for_nothing(filled: ClaimStore, tmp_path: Path) -> None:
    path = tmp_path / "claims.html"
    path.write_bytes(EXPORTS["html"].content(filled, Filters()))
    answer, asked, errors = opened(
        path,
        """() => {
          const count = (words) => document.querySelectorAll(words).length;
          const find = document.getElementById("find");
          find.value = "borrell"; find.dispatchEvent(new Event("input"));
          return [count("#claims li"), count("#claims li:not([hidden])"), count(".leaflet-container canvas") > 0,
                  document.getElementById("shown").textContent];
        }""",
    )
    assert answer == [5, 1, True, "1 of 5 claims"]
    assert asked == [path.as_uri()]
    assert errors == []


@pytest.mark.browser
def test_the_page_runs_no_script_of_a_report(hostile: ClaimStore, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_bytes(EXPORTS["html"].content(hostile, Filters(), texts=True))
    answer, asked, errors = opened(path, "() => [window.hit === undefined, document.querySelectorAll('img').length]")
    assert answer == [True, 0]
    assert asked == [path.as_uri()]
    assert errors == []


def test_the_page_links_only_to_itself_and_to_web_addresses_of_sources(hostile: ClaimStore) -> None:
    reader = Links()
    reader.feed(EXPORTS["html"].text(hostile, Filters()))
    assert all(link.startswith("#source-") for link in reader.found)


def test_the_page_lists_sources_once_and_their_texts_only_when_asked(filled: ClaimStore) -> None:
    page = EXPORTS["html"].text(filled, Filters())
    assert len(re.findall(r'<li id="source-', page)) == 3
    assert "Report one." not in page
    assert "Report one. Kyiv counted" in EXPORTS["html"].text(filled, Filters(), texts=True)
