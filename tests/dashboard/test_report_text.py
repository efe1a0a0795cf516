"""A report's text cut into runs that its claims and places cover."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as some

from dashboard.report_text import Highlight, counts, highlights, payload, runs
from store.records import ClaimPlaceRow, ReportRow
from tests.dashboard.rows import CITY, PENINSULA, REPORTS

TEXT = "Minister: 80,000 troops stand in Harven, she said. © Wire"
REPORT = ReportRow("r", TEXT)
PLACES = {place.key: place for place in (CITY, PENINSULA)}


def at(words: str, kind: str, **fields: str) -> Highlight:
    start = TEXT.index(words)
    return Highlight(start, start + len(words), kind, "", **fields)


def test_every_character_is_in_exactly_one_run() -> None:
    found = runs(REPORT, [at("80,000 troops", "number"), at("80,000 troops stand in Harven", "statement")])
    assert "".join(words for words, _, _ in found) == TEXT


def test_a_run_names_the_widest_of_what_covers_it_first() -> None:
    items = [at("80,000 troops", "number"), at("80,000 troops stand in Harven", "statement"), at("Harven", "place")]
    over = {words: [items[i].kind for i in numbers] for words, numbers, _ in runs(REPORT, items)}
    assert over["80,000 troops"] == ["statement", "number"]
    assert over["Harven"] == ["statement", "place"]
    assert over[" stand in "] == ["statement"]


def test_highlights_that_cross_each_other_both_keep_all_their_words() -> None:
    items = [at("80,000 troops stand", "number"), at("troops stand in Harven", "statement")]
    found = runs(REPORT, items)
    for number, item in enumerate(items):
        assert "".join(words for words, over, _ in found if number in over) == TEXT[item.start : item.end]


def test_boilerplate_is_told_from_the_text() -> None:
    start = TEXT.index("©")
    found = runs(replace(REPORT, boilerplate=((start, len(TEXT)),)), [])
    assert [(words, grey) for words, _, grey in found] == [(TEXT[:start], False), (TEXT[start:], True)]


@given(some.lists(some.tuples(some.integers(-5, 80), some.integers(-5, 80)), max_size=8))
def test_ranges_that_are_none_never_lose_a_character(ranges: list[tuple[int, int]]) -> None:
    items = [Highlight(start, end, "place", "") for start, end in ranges]
    report = replace(REPORT, boilerplate=tuple(ranges))
    assert "".join(words for words, _, _ in runs(report, items)) == TEXT


def test_numbers_statements_and_places_are_highlighted_with_their_readings() -> None:
    _, claims, _ = REPORTS[2]
    found = highlights(claims, PLACES.get)
    readings = {item.kind: item.reading for item in found}
    assert {"number", "statement", "place"} <= set(readings)
    assert readings["number"] == "Oleg Shorin (Norland): 10,000, given as one figure; personnel, of Norland"
    demand = next(item for item in found if "The Union" in item.reading)
    assert demand.reading == "The union (The Union): demanded; addressed to Sorvia; indirect speech"


def test_words_that_could_not_be_located_are_a_kind_of_their_own() -> None:
    _, claims, _ = REPORTS[1]
    lost = replace(claims[0], places=(ClaimPlaceRow("the border", 5, 15, None),))
    (item,) = [item for item in highlights([lost], PLACES.get) if item.kind == "lost"]
    assert "could not be located" in item.reading
    assert item.place is None


def test_a_speaker_who_was_not_resolved_is_shown_as_such() -> None:
    _, claims, _ = REPORTS[0]
    nobody = replace(claims[1], claimant=None, side=None, spans={"speaker": ((0, 3),)})
    readings = {item.kind: item.reading for item in highlights([nobody], PLACES.get)}
    assert readings["speaker"] == "who this is was not resolved"
    assert readings["statement"].startswith("Speaker not named")


def test_the_same_words_of_one_kind_are_highlighted_once() -> None:
    _, claims, _ = REPORTS[1]
    assert counts(highlights([*claims, *claims], PLACES.get)) == counts(highlights(claims, PLACES.get))


def test_the_component_is_told_which_words_are_chosen_and_which_kinds_are_hidden() -> None:
    row, claims, _ = REPORTS[1]
    items = highlights(claims, PLACES.get)
    given_ = payload(row, items, hidden=("place",), claim=claims[0].id, place=None, look=2)
    assert {item["claim"] for item in given_["items"] if item["on"]} == {claims[0].id}
    assert given_["hidden"] == ["place"]
    by_place = payload(row, items, hidden=(), claim=None, place=CITY.key, look=2)
    assert {item["place"] for item in by_place["items"] if item["on"]} == {CITY.key}
