"""The join of what was said with where it is."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from extract.model import Region, Report, Span
from geo.model import Place
from pipeline.as_rows import claim_id
from pipeline.run import Engine
from store.claims import ClaimStore
from store.filters import Filters
from store.records import ClaimRow, PlaceRow
from tests.pipeline.fakes import (
    BORDER,
    CRIMEA,
    REPORT,
    TEXT,
    UKRAINE,
    FakeExtractor,
    FakeResolver,
    count,
    extraction,
    fake_engine,
    mention,
    span,
    statement,
)

EASTERN = mention("its eastern border", "descriptive", region=Region("border", ("Ukraine",), "east"))
PLACES = {"Crimea": CRIMEA, "its eastern border": BORDER, "Ukraine": UKRAINE}


def rows(**found: object) -> tuple[list[ClaimRow], list[PlaceRow]]:
    _, claims, places = fake_engine(extraction(**found), PLACES).annotate(REPORT).to_rows()
    return claims, places


# -- the resolver's questions -------------------------------------------------------------------------------------


def test_every_mention_is_asked_for_with_how_it_derives() -> None:
    resolver = FakeResolver()
    Engine(FakeExtractor(extraction(places=(EASTERN, mention("Moscow", "actor")))), resolver).annotate(REPORT)
    border, moscow = resolver.asked
    assert (border.relation, border.anchors, border.direction, border.locative) == (
        "border",
        ("Ukraine",),
        "east",
        True,
    )
    assert (moscow.name, moscow.relation, moscow.locative) == ("Moscow", None, False)
    assert border.start == EASTERN.span.start


# -- JSON ---------------------------------------------------------------------------------------------------------


def test_the_json_names_the_report_and_its_text() -> None:
    line = fake_engine().annotate(REPORT).to_json()
    assert (line["id"], line["chars"], line["sha256"]) == ("story", len(TEXT), REPORT.sha256)
    assert fake_engine().annotate(replace(REPORT, id="")).to_json()["id"] == REPORT.sha256


def test_the_json_lists_every_mention_also_those_that_are_no_location() -> None:
    found = extraction(places=(mention("Ukraine", "actor"), EASTERN, mention("Moscow", "actor")))
    places = fake_engine(found, PLACES).annotate(REPORT).to_json()["places"]
    assert isinstance(places, list)
    assert [(place["text"], place["kind"], place["named"], place["lat"]) for place in places] == [
        ("Ukraine", "actor", True, 49.0),
        ("its eastern border", "descriptive", False, 49.0),
        ("Moscow", "actor", True, None),
    ]
    assert list(places[0]) == [
        "start", "end", "text", "named", "kind", "role", "lat", "lon", "geonameid", "country", "precision", "radius_km",
        "confidence",
    ]  # fmt: skip


def test_a_word_of_nationality_places_nothing_but_keeps_its_country() -> None:
    ukrainian = mention("Ukraine", "attributive")
    russian = replace(mention("Russia", "attributive"), name="Ukraine")
    places = fake_engine(extraction(places=(ukrainian, russian)), PLACES).annotate(REPORT).to_json()["places"]
    assert isinstance(places, list)
    assert [(place["lat"], place["lon"], place["country"], place["geonameid"]) for place in places] == [
        (49.0, 32.0, "UA", 690791),
        (None, None, "UA", 690791),
    ]


def test_a_place_on_the_equator_keeps_its_zero() -> None:
    null_island = Place("x", "Crimea", 0.0, 0.0, "point", 0.0)
    found = extraction(places=(mention("Crimea"),))
    places = fake_engine(found, {"Crimea": null_island}).annotate(REPORT).to_json()["places"]
    assert isinstance(places, list)
    assert (places[0]["lat"], places[0]["lon"], places[0]["radius_km"]) == (0.0, 0.0, 0.0)


def test_counts_and_statements_have_the_fields_of_the_contract() -> None:
    found = extraction(counts=(count("eastern border", "Crimea"),), statements=(statement(),))
    line = json.loads(json.dumps(fake_engine(found).annotate(REPORT).to_json()))
    (number,), (said,) = line["counts"], line["statements"]
    contract = "start end text number low high modifier unit kind whose whose_text places claimant claimant_text"
    assert set(contract.split()) <= set(number)
    assert number["places"] == ["eastern border", "Crimea"]
    assert (number["low"], number["high"]) == (80_000, None)
    assert {"content", "more", "cue", "speaker", "speaker_name", "side", "form", "mode", "addressee"} <= set(said)
    assert said["speaker"] == {"start": 0, "end": 7, "text": "Ukraine"}


# -- rows ---------------------------------------------------------------------------------------------------------


def test_a_claim_keeps_its_exact_words_and_the_sentence_around_them() -> None:
    claims, _ = rows(counts=(count(),), statements=(statement(),))
    for claim in claims:
        assert TEXT[claim.start : claim.end] == claim.exact
        assert TEXT[slice(*claim.sentence)] == TEXT.partition(" Moscow")[0]
    assert claims[0].spans == {"content": ((36, 59),), "number": ((46, 52),)}
    assert {role: TEXT[slice(*ranges[0])] for role, ranges in claims[1].spans.items()} == {
        "content": claims[1].exact,
        "cue": "said",
        "speaker": "Ukraine",
    }


def test_a_claim_outside_every_sentence_is_its_own_context() -> None:
    found = replace(extraction(counts=(count(),)), sentences=())
    _, (claim,), _ = fake_engine(found).annotate(REPORT).to_rows()
    assert claim.sentence == (claim.start, claim.end)


def test_a_count_is_where_its_own_place_words_are() -> None:
    mentions = (mention("Ukraine"), EASTERN, mention("Crimea"))
    (claim,), places = rows(places=mentions, counts=(count("eastern border", "Crimea"),))
    assert [(place.text, place.place_key) for place in claim.places] == [
        ("its eastern border", BORDER.key),
        ("Crimea", CRIMEA.key),
    ]
    assert {place.key for place in places} == {BORDER.key, CRIMEA.key, UKRAINE.key}


def test_place_words_that_match_no_mention_stay_without_a_place() -> None:
    (claim,), places = rows(counts=(count("Crimea"),))
    assert [(place.text, place.place_key, place.confidence) for place in claim.places] == [("Crimea", None, 0.0)]
    assert places == []


def test_a_statement_is_where_its_content_says_and_not_where_its_speaker_is() -> None:
    mentions = (mention("Ukraine"), EASTERN, mention("Crimea"), mention("Moscow"))
    (claim,), _ = rows(places=mentions, statements=(statement(),))
    assert [place.text for place in claim.places] == ["its eastern border", "Crimea"]


def test_actors_and_adjectives_are_no_places_of_a_statement() -> None:
    mentions = (mention("Russia", "actor"), mention("Crimea", "attributive"))
    (claim,), _ = rows(places=mentions, statements=(statement(),))
    assert claim.places == ()


def test_a_described_area_is_the_place_and_not_the_name_in_it() -> None:
    inner = mention("eastern border")
    (claim,), _ = rows(places=(EASTERN, inner), statements=(statement(),))
    assert [place.text for place in claim.places] == ["its eastern border"]
    (number,), _ = rows(places=(EASTERN, inner), counts=(count("eastern border"),))
    assert [place.text for place in number.places] == ["its eastern border"]


def test_a_described_area_that_cannot_be_derived_does_not_fall_back_on_the_name_in_it() -> None:
    coast = mention("in Crimea", "descriptive", region=Region("coast", ("Crimea",)))
    for found in ({"statements": (statement(),)}, {"counts": (count("Crimea"),)}):
        (claim,), places = rows(places=(coast, mention("Crimea")), **found)
        assert [(place.text, place.place_key) for place in claim.places] == [("in Crimea", None)]
        assert [place.key for place in places] == [CRIMEA.key]


def test_a_description_built_from_nothing_gives_way_to_the_places_in_it() -> None:
    land = mention("its eastern border and in Crimea", "descriptive")
    for found in ({"statements": (statement(),)}, {"counts": (count("its eastern border and in Crimea", "Crimea"),)}):
        (claim,), _ = rows(places=(land, mention("Crimea")), **found)
        assert [(place.text, place.place_key) for place in claim.places] == [("Crimea", CRIMEA.key)]


def test_a_description_of_nothing_known_is_kept_as_unlocated() -> None:
    land = mention("its eastern border and in Crimea", "descriptive")
    (claim,), _ = rows(places=(land,), statements=(statement(),))
    assert [(place.text, place.place_key) for place in claim.places] == [(land.span.text, None)]


def test_two_layers_of_a_relay_with_the_same_words_are_two_claims() -> None:
    outer = replace(statement(), cue=None, speaker=span("Moscow"))
    claims, _ = rows(statements=(statement(), outer))
    assert len({claim.id for claim in claims}) == 2


def test_the_same_claim_found_twice_is_one_row() -> None:
    claims, _ = rows(statements=(statement(), statement()))
    assert len(claims) == 1


def test_claim_ids_hold_still_and_depend_on_report_kind_and_words() -> None:
    words = Span(0, 5, "words")
    assert claim_id("r", "count", words, None) == claim_id("r", "count", words, None)
    others = [
        claim_id("other", "count", words, None),
        claim_id("r", "statement", words, None),
        claim_id("r", "count", Span(0, 6, "words"), None),
        claim_id("r", "count", words, Span(3, 4, "x")),
    ]
    assert len({claim_id("r", "count", words, None), *others}) == 5


def test_a_count_names_the_claim_whose_number_it_takes_back() -> None:
    taken_back, words = count(), span("massed more than")
    stands = replace(
        count(), span=span("80,000 troops"), number=span("80"), corrects=taken_back.number, correction=words
    )
    claims, _ = rows(counts=(taken_back, stands))
    assert [claim.corrects for claim in claims] == [None, claims[0].id]
    assert claims[1].spans["correction"] == ((words.start, words.end),)
    line = fake_engine(extraction(counts=(taken_back, stands))).annotate(REPORT).to_json()
    assert [c["corrects"] and c["corrects"]["text"] for c in line["counts"]] == [None, "80,000"]  # type: ignore[attr-defined]
    assert [c["correction"] is None for c in line["counts"]] == [True, False]  # type: ignore[attr-defined]


def test_a_bound_that_no_column_holds_is_left_open_and_the_number_kept() -> None:
    (claim,), _ = rows(counts=(count(low=10**30),))
    assert (claim.low, claim.number) == (None, "80,000")


def test_rows_go_through_the_store_unchanged(tmp_path: Path) -> None:
    mentions = (EASTERN, mention("Crimea"))
    found = extraction(places=mentions, counts=(count("eastern border"),), statements=(statement(),))
    report, claims, places = fake_engine(found, PLACES).annotate(REPORT).to_rows(sample=True)
    with ClaimStore.open(tmp_path / "s.duckdb") as store:
        assert store.add(report, claims, places)
        assert store.claims_of_report(REPORT.sha256) == sorted(claims, key=lambda claim: claim.start)
        assert store.report(REPORT.sha256) == report
        assert {mark.place.key for mark in store.marks(Filters())} == {BORDER.key, CRIMEA.key}
    assert report.sample


def test_a_report_with_nothing_in_it_gives_no_rows() -> None:
    report, claims, places = fake_engine().annotate(Report(text="Nothing.")).to_rows()
    assert (report.text, claims, places) == ("Nothing.", [], [])


def test_the_data_dictionary_explains_every_field_of_the_json() -> None:
    document = (Path(__file__).parents[2] / "docs" / "data-dictionary.md").read_text("utf-8")
    explained = document.partition("## Annotation")[2].partition("## Places of a claim")[0]
    found = extraction(places=(mention("Crimea"),), counts=(count(),), statements=(statement(),))
    line = json.loads(json.dumps(fake_engine(found).annotate(REPORT).to_json()))
    records = [line, line["places"][0], line["counts"][0], line["statements"][0]]
    assert [name for record in records for name in record if f"`{name}`" not in explained] == []
