"""Reviews over many claims and stores: the same mentions, what every view shows, the queue, logs that move."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from store.claims import ClaimStore
from store.exports import EXPORTS
from store.filters import EVERYTHING, Filters
from store.records import ClaimPlaceRow, PlaceRow, ReportRow
from tests.store.claim_rows import BORDER, BRUSSELS, CRIMEA, a_count, a_report, a_statement

KERCH = PlaceRow("gn:706524", "Kerch", 45.36, 36.48, "city", 15.0, "UA", geonameid=706524)


# -- the same mentions --------------------------------------------------------------------------------------------


@pytest.fixture
def three(store: ClaimStore) -> ClaimStore:
    """Three reports in which the same words were read as the same place and the same claimant; one has other words."""
    for name in ("one", "two", "three"):
        report = a_report(name)
        more = {"claimant_text": "the ministry" if name == "three" else "Kyiv"}
        store.add(
            report, [a_count(report, "a", CRIMEA, **more), a_count(report, "b", CRIMEA, BORDER)], [CRIMEA, BORDER]
        )
    return store


def first_of(store: ClaimStore, name: str, which: str = "a") -> str:
    return next(c.id for c in store.claims_of_report(a_report(name).id) if c.id.startswith(which))


def test_a_place_can_be_corrected_wherever_the_same_words_were_read_so(three: ClaimStore) -> None:
    claim = three.claim(first_of(three, "one"))
    mention = claim.places[0]
    changes = {"places": [{"start": mention.start, "end": mention.end, "key": KERCH.key}]}
    in_report = three.alike(claim.id, changes, "report")
    everywhere = three.alike(claim.id, changes, "store")
    assert (len(in_report), len(everywhere)) == (1, 5)
    made = three.review(claim.id, "edit", changes=changes, places=[KERCH], within="store")
    assert len(made) == 6
    assert len({review.batch for review in made}) == 1
    assert {mark.place.key: mark.n for mark in three.marks(Filters())}[KERCH.key] == 6


def test_what_was_done_together_is_undone_as_one(three: ClaimStore) -> None:
    before = three.claims(Filters(), limit=None)
    claim = first_of(three, "one")
    made = three.review(claim, "edit", changes={"claimant": "NATO", "low": 7}, within="store")
    assert len(made) == 5
    assert {three.claim(review.claim).low for review in made} == {7, 110_000}
    three.undo_review(made[-1].id)
    assert three.claims(Filters(), limit=None).equals(before)
    assert len(three.reviews()) == 10


def test_only_the_same_words_read_as_the_same_actor_are_alike(three: ClaimStore) -> None:
    claim = first_of(three, "one")
    found = three.alike(claim, {"claimant": "NATO", "low": 3}, "store")
    assert all(change == {"claimant": "NATO"} for change in found.values())
    assert first_of(three, "three") not in found
    three.review(first_of(three, "two"), "edit", changes={"claimant": "Poland"})
    assert first_of(three, "two") not in three.alike(claim, {"claimant": "NATO"}, "store")
    assert three.alike(claim, {"low": 3}, "store") == {}
    assert three.alike(claim, {"claimant": "NATO"}, "claim") == {}


# -- what a reader sees -------------------------------------------------------------------------------------------


def test_what_was_rejected_leaves_every_view_unless_it_is_asked_for(filled: ClaimStore) -> None:
    rejected = next(id_ for id_ in filled.claims(Filters())["id"] if id_.startswith("c1"))
    assert len(filled.rivals(Filters())) == 1
    filled.review(rejected, "reject")
    assert rejected not in set(filled.claims(Filters())["id"])
    assert filled.count(Filters()) == 4
    assert BORDER.key not in {mark.place.key for mark in filled.marks(Filters())}
    assert "Ukraine" not in {value.value for value in filled.facets(Filters())["actors"]}
    assert filled.rivals(Filters()) == []
    assert filled.reports()["n_claims"].sum() == 4
    for name in ("csv", "geojson", "kml", "events", "webannotation", "html"):
        assert rejected not in EXPORTS[name].text(filled, Filters())
    only = Filters(reviews=("rejected",))
    assert list(filled.claims(only)["id"]) == [rejected]
    assert rejected in EXPORTS["csv"].text(filled, only)
    assert filled.count(EVERYTHING) == 5
    assert {value.value: value.n for value in filled.facets(Filters())["reviews"]} == {"none": 4, "rejected": 1}


def test_exports_say_what_a_reviewer_made_of_a_claim(filled: ClaimStore) -> None:
    claim = filled.claims(Filters())["id"].iloc[0]
    filled.review(claim, "accept")
    for name in ("csv", "geojson", "kml", "timelinejs", "events", "webannotation", "html"):
        assert "accepted" in EXPORTS[name].text(filled, Filters()), name


def test_the_queue_has_the_most_doubtful_first_and_what_was_decided_leaves_it(store: ClaimStore) -> None:
    report = a_report()
    sure = a_count(report, "sure", CRIMEA, confidence=0.95)
    doubtful = a_count(report, "doubtful", confidence=0.2)
    elsewhere = replace(
        a_statement(report, "place", confidence=0.9),
        places=(
            ClaimPlaceRow("Brussels", 1, 2, BRUSSELS.key, "event", 0.4),
            ClaimPlaceRow("x", 3, 4, None, "event", 0),
        ),
    )
    store.add(report, [sure, doubtful, elsewhere], [CRIMEA, BRUSSELS])
    queue = store.queue()
    assert [item.found.row.id for item in queue] == [doubtful.id, elsewhere.id, sure.id]
    assert [item.sure for item in queue] == [0.2, 0.4, 0.9]
    assert [item.found.row.id for item in store.queue(limit=1, offset=1)] == [elsewhere.id]
    assert [item.found.row.id for item in store.queue(unplaced=True)] == [elsewhere.id]
    assert [item.found.row.id for item in store.queue(Filters(reviews=("none",), modes=("warn",)))] == [elsewhere.id]
    store.review(doubtful.id, "accept")
    assert [item.found.row.id for item in store.queue()] == [elsewhere.id, sure.id]


# -- from another machine -----------------------------------------------------------------------------------------


def test_a_log_moves_to_another_store_and_twice_is_once(filled: ClaimStore, tmp_path: Path) -> None:
    claim = next(id_ for id_ in filled.claims(Filters())["id"] if id_.startswith("c2"))
    (edit,) = filled.review(claim, "edit", changes={"low": 9, "places": [{"start": 38, "end": 44, "key": None}]})
    filled.review(claim, "accept")
    report = filled.report(filled.claim(claim).report_id)
    with ClaimStore.open(tmp_path / "other.duckdb") as other:
        assert other.take_in(filled.reviews()) == 2
        assert len(other.reviews(orphaned=True)) == 2
        original = filled.claim_as_read(claim)
        other.add(report, [original], [CRIMEA])
        assert other.claim(claim) == filled.claim(claim)
        assert other.take_in(filled.reviews()) == 0
        filled.undo_review(edit.id)
        assert other.take_in(filled.reviews()) == 1
        assert other.claim(claim) == replace(original, review="accepted")
        assert other.reviews() == filled.reviews()


def test_two_stores_that_trade_their_logs_say_the_same(filled: ClaimStore, tmp_path: Path) -> None:
    ids = list(filled.claims(Filters(), limit=None)["id"])
    with ClaimStore.open(tmp_path / "other.duckdb") as other:
        for report_id in filled.reports()["id"]:
            other.add(filled.report(report_id), filled.claims_of_report(report_id), [CRIMEA, BORDER, BRUSSELS])
        filled.review(ids[0], "edit", changes={"claimant": "First"})
        other.review(ids[0], "edit", changes={"claimant": "Second"})
        filled.review(ids[1], "reject")
        other.take_in(filled.reviews())
        filled.take_in(other.reviews())
        assert filled.claims(EVERYTHING).equals(other.claims(EVERYTHING))
        assert filled.claim(ids[0]).claimant == "Second"


def test_a_report_of_hostile_text_can_be_reviewed(store: ClaimStore) -> None:
    words = "'; DROP TABLE reviews; -- <script>${x}</script>"
    report = ReportRow("evil", words, published=date(2021, 4, 1))
    claim = replace(a_count(report, "c"), start=0, end=len(words), exact=words, claimant=words, claimant_text=words)
    store.add(report, [claim], [])
    store.review(claim.id, "edit", changes={"claimant": words + "!"}, reason=words, within="store")
    assert store.claim(claim.id).claimant == words + "!"
    assert store.reviews()[0].reason == words


def test_claims_of_a_store_from_before_reviews_have_none(path: Path) -> None:
    report = a_report()
    claim = a_count(report, "c", CRIMEA)
    with ClaimStore.open(path) as store:
        store.add(report, [claim], [CRIMEA])
    with duckdb.connect(str(path)) as older:
        older.execute("ALTER TABLE claims DROP COLUMN review")
        for table in ("reviews", "review_claims", "claims_as_read"):
            older.execute(f"DROP TABLE {table}")
        older.execute("DELETE FROM migrations WHERE name LIKE 'reviews%'")
    with ClaimStore.open(path) as store:
        assert store.claim(claim.id) == claim
        store.review(claim.id, "reject")
        assert store.count(Filters()) == 0
