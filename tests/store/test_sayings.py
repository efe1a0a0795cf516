"""From where claims were said to what they speak of."""

from __future__ import annotations

from store.claims import ClaimStore
from store.filters import Filters
from tests.store.claim_rows import BORDER, BRUSSELS, CRIMEA, a_count, a_report, a_statement

WORDS = {"said_at": BRUSSELS.key, "said_basis": "words"}


def told(store: ClaimStore, filters: Filters = Filters(), limit: int = 9) -> list[tuple[str, str, str, int]]:  # noqa: B008
    found = store.sayings(filters, limit=limit)
    return [(each.said_at.name, each.about.name, each.basis, each.n) for each in found.first]


def test_claims_are_counted_by_the_two_places_and_by_how_the_first_is_known(store: ClaimStore) -> None:
    report = a_report()
    claims = [
        a_count(report, "a", CRIMEA, **WORDS),
        a_count(report, "b", CRIMEA, CRIMEA, **WORDS),
        a_count(report, "c", CRIMEA, said_at=BRUSSELS.key, said_basis="dateline"),
        a_statement(report, "d", BORDER, **WORDS),
    ]
    store.add(report, claims, [CRIMEA, BORDER, BRUSSELS])
    assert told(store) == [
        ("Brussels", "Crimea", "words", 2),
        ("Brussels", "borders of Ukraine", "words", 1),
        ("Brussels", "Crimea", "dateline", 1),
    ]
    assert told(store, Filters(modes=("warn",))) == [("Brussels", "borders of Ukraine", "words", 1)]
    found = store.sayings(Filters(), limit=1)
    assert (len(found.first), found.total) == (1, 3)
    assert CRIMEA.geometry and found.first[0].about.geometry is None, "outlines are most of what a place takes"


def test_who_said_most_of_it_is_named_and_how_many_did(store: ClaimStore) -> None:
    report = a_report()
    claims = [
        a_count(report, "a", CRIMEA, claimant="The minister", **WORDS),
        a_count(report, "b", CRIMEA, claimant="The minister", **WORDS),
        a_count(report, "c", CRIMEA, claimant="An aide", **WORDS),
        a_count(report, "d", CRIMEA, claimant=None, **WORDS),
        a_statement(report, "e", BORDER, claimant=None, **WORDS),
    ]
    store.add(report, claims, [CRIMEA, BORDER, BRUSSELS])
    found = store.sayings(Filters(), limit=9).first
    assert [(each.n, each.who, each.voices) for each in found] == [(4, "The minister", 2), (1, None, 0)]


def test_what_was_said_on_the_spot_nowhere_known_or_of_no_place_leads_nowhere(store: ClaimStore) -> None:
    report = a_report()
    claims = [
        a_count(report, "here", BRUSSELS, **WORDS),
        a_count(report, "unknown", CRIMEA),
        a_count(report, "lost", CRIMEA, said_basis="words"),
        a_statement(report, "nothing", **WORDS),
    ]
    store.add(report, claims, [CRIMEA, BRUSSELS])
    assert told(store) == []
