"""Roles: where it happened, where it was said, where it will be, and what is merely talked of."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from extract.actors import ActorBook, find_actors
from extract.model import PlaceMention
from extract.sentences import passages
from extract.toponyms import find_places
from tests.extract.places_names import Names


@pytest.fixture
def places(model: Language, book: ActorBook) -> object:
    def find(text: str) -> tuple[PlaceMention, ...]:
        found = passages(text, model)
        return find_places(found, Names(), book, find_actors(found, book, date(2020, 1, 1)))

    return find


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("KOSTI (AP) \ufffd A bridge fell on Monday.", "dateline"),
        ("In Kosti, boatmen saw dozens of trucks.", "event"),
        ("The territory of Kosti is one of the few that has witnessed floods in Kosti.", "event"),
        ("Boatmen were killed in Kosti, the capital said.", "event"),
        ("Officials in Kosti declined to comment.", "said_at"),
        ("The envoy has been touring Kosti to press her case.", "said_at"),
        ("A summit to be held in Kosti on Friday will decide.", "future"),
        ("Families fear an expected attack on the city of Kosti.", "future"),
        ("The zone near Kosti should be cleared of mines.", "future"),
        ("The last talks in Kosti brought nothing.", "background"),
        ("The siege could match the battle in Kosti.", "background"),
        ("One of the boys, who left Kosti in 2015, was found.", "background"),
        ("The floods hit a people centered in Kosti.", "background"),
        ("About 3 million people live in Kosti.", "background"),
        ("There is a bridge in Kosti.", "background"),
        ("A bridge fell 30 km north of Kosti.", "background"),
    ],
)
def test_a_place_has_the_role_that_its_nearest_clause_gives_it(places, text: str, role: str) -> None:
    named = [p for p in places(text) if p.named and p.span.text.lower() == "kosti"]
    assert named[-1].role == role


def test_a_description_is_where_it_happened_though_its_anchor_is_not(places) -> None:
    found = {p.span.text: p.role for p in places("A bridge fell 30 km north of Kosti.")}
    assert found == {"30 km north of Kosti": "event", "Kosti": "background"}
