"""Actors and sides counted apart: who speaks of which place, gives which numbers, and when."""

from __future__ import annotations

from datetime import date

from store.claims import ClaimStore
from store.filters import Filters
from tests.store.claim_rows import BORDER, BRUSSELS, CRIMEA


def test_everybody_who_claims_is_listed_with_numbers_statements_and_days(filled: ClaimStore) -> None:
    voices = {voice.name: voice for voice in filled.voices(Filters(), "claimant")}
    assert list(voices) == ["European Union", "G7", "Josep Borrell", "Sergei Shoigu", "Ukraine", "reporter"]
    assert (voices["Josep Borrell"].n_counts, voices["Josep Borrell"].n_statements) == (1, 0)
    assert (voices["Sergei Shoigu"].n_counts, voices["Sergei Shoigu"].n_statements) == (0, 1)
    assert voices["Josep Borrell"].first == voices["Josep Borrell"].last == date(2021, 4, 19)
    assert voices["G7"].first is None


def test_a_joint_claim_counts_for_each_of_its_actors(filled: ClaimStore) -> None:
    (crimea, *_) = filled.compare(Filters(), "side", ["European Union", "G7"]).places
    assert (crimea.key, crimea.by, crimea.n) == (CRIMEA.key, {"European Union": 2, "G7": 1}, 3)


def test_places_that_most_speak_of_come_first(filled: ClaimStore) -> None:
    found = filled.compare(Filters(), "side", ["Ukraine", "Russia", "European Union"])
    assert [(row.name, dict(row.by)) for row in found.places] == [
        (CRIMEA.name, {"Ukraine": 1, "European Union": 2}),
        (BORDER.name, {"Ukraine": 1}),
        (BRUSSELS.name, {"Russia": 1}),
    ]


def test_kinds_of_numbers_and_manners_of_speech_are_counted_by_name(filled: ClaimStore) -> None:
    found = filled.compare(Filters(), "claimant", ["Ukraine", "Sergei Shoigu", "reporter"])
    assert found.kinds == {"personnel": {"Ukraine": 1}, "warn": {"Sergei Shoigu": 1}, "killed": {"reporter": 1}}


def test_those_compared_stay_in_the_order_asked_for_even_without_claims(filled: ClaimStore) -> None:
    found = filled.compare(Filters(), "claimant", ["Nobody", "Ukraine"])
    assert [(voice.name, voice.n) for voice in found.voices] == [("Nobody", 0), ("Ukraine", 1)]


def test_only_claims_that_pass_the_filters_are_counted(filled: ClaimStore) -> None:
    late = Filters(since=date(2021, 4, 15))
    assert [voice.name for voice in filled.voices(late, "side")] == ["European Union"]
    assert filled.compare(late, "side", ["European Union", "Ukraine"]).places[0].by == {"European Union": 1}


def test_the_latest_claims_of_each_at_each_place_are_given_by_date(filled: ClaimStore) -> None:
    names, keys = ["Ukraine", "Josep Borrell", "G7"], [CRIMEA.key, BRUSSELS.key]
    found = filled.said(Filters(), "claimant", names, keys, most=1)
    assert {cell: [claim.row.low for claim in claims] for cell, claims in found.items()} == {
        ("Ukraine", CRIMEA.key): [110_000],
        ("Josep Borrell", CRIMEA.key): [150_000],
        ("G7", CRIMEA.key): [None],
    }
    assert filled.said(Filters(), "claimant", ["Ukraine"], [BRUSSELS.key], most=3) == {}
