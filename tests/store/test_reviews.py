"""What a person decides about a claim is kept for good, can be taken back, and outlives a new reading of the report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from errors import ClaimAtlasError
from store.claims import ClaimStore
from store.errors import ReviewError, StoreError
from store.filters import Filters
from store.records import ClaimPlaceRow, ClaimRow, PlaceRow
from store.reviews import MAX_REASON, identity
from tests.store.claim_rows import CRIMEA, a_count, a_report, a_statement

KERCH = PlaceRow("gn:706524", "Kerch", 45.36, 36.48, "city", 15.0, "UA", geonameid=706524)


@pytest.fixture
def one(store: ClaimStore) -> tuple[ClaimStore, ClaimRow]:
    """A store with one report and one count in it."""
    report = a_report()
    claim = a_count(report, "c", CRIMEA)
    store.add(report, [claim], [CRIMEA])
    return store, claim


def state(store: ClaimStore, claim: ClaimRow) -> str:
    found = store.claim(claim.id)
    assert found
    return found.review


# -- deciding -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "then"),
    [("accept", "accepted"), ("reject", "rejected"), ("not_identifiable", "not_identifiable")],
)
def test_a_decision_is_told_by_the_claim_and_kept_in_the_log(one, action: str, then: str) -> None:
    store, claim = one
    (review,) = store.review(claim.id, action, reason="  checked\nwith the text ")
    assert state(store, claim) == then
    assert store.reviews(claim.id) == [review]
    assert (review.claim, review.report, review.action, review.reason) == (
        claim.id, claim.report_id, action, "checked with the text",
    )  # fmt: skip
    assert (review.before, review.after) == ({"state": "none"}, {"state": then})
    assert (review.kind, review.start, review.end, review.exact) == ("count", claim.start, claim.end, claim.exact)
    assert review.at.utcoffset().total_seconds() == 0
    assert review.id == identity(review)


def test_an_edit_changes_what_is_asked_for_and_nothing_else(one) -> None:
    store, claim = one
    changes = {"claimant": "NATO", "side": "NATO", "whose": None, "low": 100_000, "high": 120_000, "approx": True,
               "count_kind": "other"}  # fmt: skip
    store.review(claim.id, "edit", changes=changes)
    assert store.claim(claim.id) == replace(claim, **changes, review="edited")
    assert store.claim_as_read(claim.id) == claim
    assert [value.value for value in store.facets(Filters())["actors"]] == ["NATO"]
    assert store.count(Filters(whose=("Russia",))) == 0


def test_a_corrected_place_moves_the_claim_on_the_map(one) -> None:
    store, claim = one
    mention = claim.places[0]
    store.review(
        claim.id, "edit", places=[KERCH],
        changes={"places": [{"start": mention.start, "end": mention.end, "key": KERCH.key}]},
    )  # fmt: skip
    assert [mark.place for mark in store.marks(Filters())] == [KERCH]
    assert store.claim(claim.id).places == (replace(mention, place_key=KERCH.key, confidence=1.0),)


def test_a_place_can_be_said_to_be_nowhere(one) -> None:
    store, claim = one
    mention = claim.places[0]
    store.review(claim.id, "edit", changes={"places": [{"start": mention.start, "end": mention.end, "key": None}]})
    assert store.marks(Filters()) == []
    assert list(store.unplaced(Filters())["id"]) == [claim.id]


def test_words_that_were_not_read_as_a_place_can_be_made_one(store: ClaimStore) -> None:
    report = a_report()
    claim = a_count(report, "c")
    store.add(report, [claim], [])
    at = report.text.index("Crimea")
    store.review(
        claim.id, "edit", places=[CRIMEA], changes={"places": [{"start": at, "end": at + 6, "key": CRIMEA.key}]}
    )
    assert store.claim(claim.id).places == (ClaimPlaceRow("Crimea", at, at + 6, CRIMEA.key, "event", 1.0),)


def test_the_words_of_a_moved_span_are_read_from_the_report(one) -> None:
    store, claim = one
    report = store.report(claim.report_id)
    store.review(claim.id, "edit", changes={"start": 12, "end": 34})
    found = store.claim(claim.id)
    assert found.exact == report.text[12:34] == "Kyiv counted 110,000 t"
    assert found.spans["content"] == ((12, 34),)
    assert found.sentence == (12, 45)
    assert found.id == claim.id


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "needs changes"),
        ({"claimant": "a\nb"}, "claimant cannot be"),
        ({"claimant": "x" * 301}, "at most 300"),
        ({"claimant": 7}, "claimant cannot be"),
        ({"exact": "words of one's own"}, "no field 'exact'"),
        ({"id": "x"}, "no field 'id'"),
        ({"mode": "deny"}, "no field 'mode'"),
        ({"low": -1}, "whole number"),
        ({"low": 2**63}, "whole number"),
        ({"low": True}, "whole number"),
        ({"low": 9, "high": 5}, "above the upper bound"),
        ({"high": 5}, "above the upper bound"),
        ({"approx": 1}, "true or false"),
        ({"count_kind": "tanks"}, "one of personnel"),
        ({"start": 40, "end": 20}, "no words"),
        ({"end": 10_000}, "no words"),
        ({"start": -3}, "position"),
        ({"places": []}, "list of 1 to 20"),
        ({"places": [{"start": 38, "end": 44}]}, "list of 1 to 20"),
        ({"places": [{"start": 38, "end": 44, "key": "gn:0"}]}, "knows no place 'gn:0'"),
        ({"places": [{"start": 3, "end": 900, "key": None}]}, "no words"),
        ({"claimant": "Ukraine"}, "says so already"),
    ],
)
def test_what_cannot_be_edited_is_refused_and_nothing_is_kept(one, changes: dict, message: str) -> None:
    store, claim = one
    with pytest.raises(ReviewError, match=message):
        store.review(claim.id, "edit", changes=changes)
    assert store.claim(claim.id) == claim
    assert store.reviews() == []


def test_what_cannot_be_decided_is_refused(one) -> None:
    store, claim = one
    with pytest.raises(ReviewError, match="no claim nothing"):
        store.review("nothing", "accept")
    with pytest.raises(ReviewError, match="'undo' is nothing"):
        store.review(claim.id, "undo")
    with pytest.raises(ReviewError, match="nothing else takes any"):
        store.review(claim.id, "accept", changes={"low": 1})
    store.review(claim.id, "reject")
    with pytest.raises(ReviewError, match="rejected already"):
        store.review(claim.id, "reject")
    assert issubclass(ReviewError, StoreError) and issubclass(ReviewError, ClaimAtlasError)


def test_a_reason_is_bounded_and_keeps_one_line(one) -> None:
    store, claim = one
    (review,) = store.review(claim.id, "reject", reason="a\u2028b\x00" + "x" * 2000)
    assert len(review.reason) == MAX_REASON
    assert review.reason.isprintable()


def test_a_mode_and_words_of_a_statement_can_be_edited(store: ClaimStore) -> None:
    report = a_report()
    claim = a_statement(report, "s")
    store.add(report, [claim], [])
    store.review(claim.id, "edit", changes={"mode": "deny"})
    assert store.claim(claim.id).mode == "deny"
    with pytest.raises(ReviewError, match="no field 'low'"):
        store.review(claim.id, "edit", changes={"low": 4})


# -- undo ---------------------------------------------------------------------------------------------------------


def test_an_undo_is_a_further_row_and_brings_back_what_was_read(one) -> None:
    store, claim = one
    (edit,) = store.review(claim.id, "edit", changes={"low": 5, "claimant": "Nobody"})
    (undo,) = store.undo_review(edit.id)
    assert store.claim(claim.id) == claim
    assert (undo.action, undo.undoes) == ("undo", edit.id)
    assert undo.before == {"state": "edited", "low": 5, "claimant": "Nobody"}
    assert undo.after == {"state": "none", "low": 110_000, "claimant": "Ukraine"}
    assert [review.undone for review in store.reviews(claim.id)] == [False, True]


def test_an_earlier_edit_can_be_undone_and_the_later_one_stays(one) -> None:
    store, claim = one
    (first,) = store.review(claim.id, "edit", changes={"low": 5, "claimant": "A"})
    store.review(claim.id, "edit", changes={"claimant": "B"})
    store.undo_review(first.id)
    found = store.claim(claim.id)
    assert (found.low, found.claimant, found.review) == (claim.low, "B", "edited")


def test_accepting_an_edited_claim_leaves_it_edited(one) -> None:
    store, claim = one
    store.review(claim.id, "edit", changes={"low": 5})
    store.review(claim.id, "reject")
    store.review(claim.id, "accept")
    assert (state(store, claim), store.claim(claim.id).low) == ("edited", 5)


def test_an_undo_can_be_made_once_and_never_of_an_undo(one) -> None:
    store, claim = one
    (accept,) = store.review(claim.id, "accept")
    (undo,) = store.undo_review(accept.id)
    with pytest.raises(ReviewError, match="undone already"):
        store.undo_review(accept.id)
    with pytest.raises(ReviewError, match="itself an undo"):
        store.undo_review(undo.id)
    with pytest.raises(ReviewError, match="no review x"):
        store.undo_review("x")
    store.review(claim.id, "accept")
    assert state(store, claim) == "accepted"
    assert len(store.reviews()) == 3


# -- a report that is read anew -----------------------------------------------------------------------------------


def test_corrections_survive_removal_and_a_new_reading(one) -> None:
    store, claim = one
    report = store.report(claim.report_id)
    store.review(claim.id, "edit", changes={"claimant": "NATO", "low": 100}, reason="misread")
    store.remove(report.id)
    (orphan,) = store.reviews(orphaned=True)
    assert orphan.reason == "misread"
    assert store.claim(claim.id) is None
    better = replace(claim, high=130_000, whose="Belarus")
    store.add(report, [better], [CRIMEA])
    assert store.claim(claim.id) == replace(better, claimant="NATO", low=100, review="edited")
    assert store.claim_as_read(claim.id) == better
    assert store.reviews(orphaned=True) == []


def test_corrections_survive_a_refresh(one) -> None:
    store, claim = one
    report = store.report(claim.report_id)
    store.review(claim.id, "edit", changes={"claimant": "NATO"})
    (made,) = store.review(claim.id, "reject")
    better = replace(claim, high=130_000)
    assert store.replace(report, [better, a_statement(report, "s")], [CRIMEA])
    assert store.claim(claim.id) == replace(better, claimant="NATO", review="rejected")
    store.replace(report, [a_statement(report, "s")], [CRIMEA])
    assert [row.orphaned for row in store.reviews()] == [True, True]
    store.replace(report, [better], [CRIMEA])
    store.undo_review(made.id)
    assert store.claim(claim.id) == replace(better, claimant="NATO", review="edited")


def test_a_claim_is_found_again_by_its_words_when_its_id_has_changed(one) -> None:
    store, claim = one
    report = store.report(claim.report_id)
    (review,) = store.review(claim.id, "reject")
    store.remove(report.id)
    store.add(report, [replace(claim, id="another-id")], [CRIMEA])
    assert store.claim("another-id").review == "rejected"
    assert [found.id for found in store.reviews("another-id")] == [review.id]
    store.undo_review(review.id)
    assert store.claim("another-id").review == "none"


def test_a_review_of_a_claim_that_is_gone_is_an_orphan_and_no_other_claim_gets_it(one) -> None:
    store, claim = one
    report = store.report(claim.report_id)
    store.review(claim.id, "reject")
    store.remove(report.id)
    other = replace(claim, id="other", start=12, exact=report.text[12:34])
    store.add(report, [other], [CRIMEA])
    assert store.claim("other").review == "none"
    (orphan,) = store.reviews(orphaned=True)
    assert orphan.exact == claim.exact
    store.undo_review(orphan.id)
    assert [(review.action, review.orphaned) for review in store.reviews()] == [("undo", True), ("reject", True)]


def test_two_claims_with_the_same_words_share_no_review_by_chance(store: ClaimStore) -> None:
    report = a_report()
    first = a_count(report, "a", CRIMEA)
    store.add(report, [first], [CRIMEA])
    store.review(first.id, "reject")
    store.remove(report.id)
    store.add(report, [replace(first, id="x"), replace(first, id="y")], [CRIMEA])
    assert {store.claim("x").review, store.claim("y").review} == {"none"}
    assert len(store.reviews(orphaned=True)) == 1


def test_an_edit_that_no_longer_fits_changes_nothing_and_stays_in_the_log(one) -> None:
    store, claim = one
    report = store.report(claim.report_id)
    store.review(claim.id, "edit", changes={"high": 200_000})
    store.remove(report.id)
    store.add(report, [replace(claim, low=300_000)], [CRIMEA])
    assert (store.claim(claim.id).low, store.claim(claim.id).high) == (300_000, None)
    assert len(store.reviews(claim.id)) == 1


def test_the_log_is_kept_when_the_store_is_opened_again(path: Path) -> None:
    report = a_report()
    claim = a_count(report, "c", CRIMEA)
    with ClaimStore.open(path) as store:
        store.add(report, [claim], [CRIMEA])
        (made,) = store.review(claim.id, "edit", changes={"low": 1})
    with ClaimStore.open(path, read_only=True) as store:
        assert store.reviews() == [made]
        assert store.claim(claim.id).low == 1
