"""Names that the words about them give away, names that are none, and buildings without a name."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from extract.actors import ActorBook, find_actors
from extract.model import PlaceMention, Region
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
    "text",
    [
        "Boatmen fired on Shade and other towns.",
        "They struck Shade, a village outside Kosti.",
        "A Halden court heard the case.",
        "Halden police looked for the boat.",
        "Mary Okoro of Halden was rowing.",
        "The boat lay at 12 Mill Road, Halden.",
        "Rep. Mary Okoro, D-Halden, spoke.",
        "The boatmen had retaken Halden.",
        "A boat sank ten kilometres from Halden.",
    ],
)
def test_the_words_about_a_name_say_that_it_is_a_place(places, text: str) -> None:
    assert {"Shade", "Halden"} & {p.span.text for p in places(text)}


@pytest.mark.parametrize("text", ["Shade sang a song.", "She read Shade and other novels."])
def test_without_them_a_small_place_is_none(places, text: str) -> None:
    assert places(text) == ()


def test_the_article_that_opens_a_sentence_is_no_part_of_a_name(places) -> None:
    assert [p.span.text for p in places("The Norway-based group rowed on.")] == ["Norway"]


def test_a_town_that_names_a_body_is_found_as_part_of_it(places) -> None:
    assert [(p.span.text, p.kind) for p in places("He joined the Halden Police Department.")] == [
        ("Halden", "org_part")
    ]


@pytest.mark.parametrize(("text", "kind"), [("The EU said no.", "actor"), ("Boats left the EU.", "literal")])
def test_a_union_of_states_acts_and_is_a_place(places, text: str, kind: str) -> None:
    assert [(p.name, p.kind) for p in places(text)] == [("European Union", kind)]


def test_a_saint_beside_a_building_is_no_town_but_lies_in_the_place_beside(places) -> None:
    found = [p for p in places("Boatmen in Kosti saw the church of St. Peter burn.") if "Peter" in p.span.text]
    assert [p.region for p in found] == [Region("area", ("Kosti",))]


def test_a_part_of_a_city_lies_in_the_city_that_owns_it(places) -> None:
    found = [p for p in places("Boats sank in Kosti's Shade district.") if "Shade" in p.span.text]
    assert [p.region for p in found] == [Region("area", ("Kosti",))]


@pytest.mark.parametrize(
    ("text", "words", "region"),
    [
        ("A storm hit a hospital in Kosti.", "hospital in Kosti", Region("area", ("Kosti",))),
        ("A storm hit a police base outside Kosti.", "police base outside Kosti", Region("area", ("Kosti",))),
        (
            "Shells hit a bridge in eastern Norway.",
            "bridge in eastern Norway",
            Region("direction", ("Norway",), "east"),
        ),
    ],
)
def test_a_building_lies_in_the_place_named_after_it(places, text: str, words: str, region: Region) -> None:
    assert [p.region for p in places(text) if p.span.text == words] == [region]


@pytest.mark.parametrize("text", ["A storm hit a hospital.", "A storm hit Kosti Hospital in March."])
def test_a_building_of_which_nothing_is_said_is_no_description(places, text: str) -> None:
    assert not [p for p in places(text) if p.kind == "descriptive"]


def test_a_part_of_a_country_without_a_direction_derives_nothing(places) -> None:
    found = [p for p in places("They live in a small corner of Norway.") if p.kind == "descriptive"]
    assert [p.region for p in found] == [None]


def test_the_capitals_north_is_a_part_of_the_last_city(places) -> None:
    found = [
        p for p in places("Boats sank in Oslo. A tower fell in the capital's northwest.") if p.kind == "descriptive"
    ]
    assert [(p.span.text, p.region) for p in found] == [
        ("the capital's northwest", Region("direction", ("Oslo",), "northwest"))
    ]
