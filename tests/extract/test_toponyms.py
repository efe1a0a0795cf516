"""Place mentions: what is a place, how it is used, and what a description derives from."""

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


def named(found: tuple[PlaceMention, ...]) -> dict[str, str]:
    return {p.span.text: p.kind for p in found if p.named}


def regions(found: tuple[PlaceMention, ...]) -> dict[str, Region | None]:
    return {p.span.text: p.region for p in found if not p.named}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Boats left Kosti on Monday.", "Kosti", "literal"),
        ("Two men were hurt in El Obeid.", "El Obeid", "literal"),
        ("Moscow warned that the talks would fail.", "Moscow", "actor"),
        ("According to Kiev, the bridge was open.", "Kiev", "actor"),
        ("Norway accused Russia of shelling the port.", "Russia", "actor"),
        ("The minister flew to talks in Moscow.", "Moscow", "literal"),
        ("The Kremlin denied the report.", "Kremlin", "actor"),
        ("Norway's restraint was praised.", "Norway", "actor"),
        ("Sudan has two crossings on its frontier with Norway.", "Norway", "literal"),
        ("The tanker was heading for Norway.", "Norway", "literal"),
        ("A storm shook eastern Norway.", "Norway", "literal"),
        ("Norway has seen ten years of war.", "Norway", "literal"),
        ("Sudan protested to Moscow over the patrols.", "Moscow", "actor"),
        ("Most of Norway's residents are old.", "Norway", "literal"),
        ("The High Court of Norway met.", "Norway", "org_part"),
        ("US troops left the port.", "US", "attributive"),
        ("Fighting went on along the border of Ukraine.", "Ukraine", "literal"),
        ("Sudan hosts 40,000 refugees.", "Sudan", "literal"),
    ],
)
def test_a_name_is_a_place_or_stands_for_its_government(places, text: str, name: str, kind: str) -> None:
    assert named(places(text)).get(name) == kind


def test_a_demonym_is_looked_up_by_its_country(places) -> None:
    mention = next(p for p in places("Turkish boats left the port.") if p.span.text == "Turkish")
    assert (mention.name, mention.kind, mention.named) == ("Turkey", "attributive", True)


def test_a_capital_keeps_the_name_it_is_given(places) -> None:
    mention = next(p for p in places("Two men were hurt in Kiev.") if p.span.text == "Kiev")
    assert mention.name == "Kiev"


def test_a_continent_in_the_name_of_a_body_is_no_place(places) -> None:
    found = named(places("The Organization for Security and Cooperation in Europe (OSCE) met."))
    assert found.get("Europe") == "org_part"


def test_a_nationality_in_the_name_of_a_body_is_a_part_of_the_name(places) -> None:
    found = named(places("The Norwegian Refugee Council sent 40 boats."))
    assert found.get("Norwegian") == "org_part"


def test_no_word_of_a_longer_name_stands_alone(places) -> None:
    assert "Kosti" not in named(places("Boats came to Umm Kosti on Monday."))


def test_people_named_in_full_are_not_the_town_of_their_surname(places) -> None:
    text = "Jonas Halvorsen Hope met the press. Hope said the boats were safe."
    assert named(places(text)) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Victoria Halvorsen said the boats were safe.",
        "The boats will sail in March.",
        "Reading the letter took an hour.",
        "They still hope for rain.",
    ],
)
def test_names_of_people_months_and_words_are_no_places(places, text: str) -> None:
    assert named(places(text)) == {}


def test_a_generic_noun_makes_a_name_that_no_gazetteer_has(places) -> None:
    found = [p for p in places("Two men were hurt in Kosti, in the Shembra neighbourhood.") if "Shembra" in p.span.text]
    assert [(p.kind, p.region) for p in found] == [("literal", Region("area", ("Kosti",)))]


@pytest.mark.parametrize(
    ("text", "phrase", "region"),
    [
        ("Shelling went on in eastern Ukraine.", "eastern Ukraine", Region("direction", ("Ukraine",), "east")),
        ("Snow fell in the north of Norway.", "north of Norway", Region("direction", ("Norway",), "north")),
        ("Boats lay off the coast of Norway.", "coast of Norway", Region("coast", ("Norway",))),
        ("The camp lies 30 km north of Kosti.", "30 km north of Kosti", Region("distance", ("Kosti",), "north", 30.0)),
        ("The village lies south of Kosti.", "south of Kosti", Region("distance", ("Kosti",), "south")),
        ("Men dug in east of the Dnieper.", "east of the Dnieper", Region("bank", ("Dnieper",), "east")),
        ("Shops burned on the outskirts of Kosti.", "outskirts of Kosti", Region("area", ("Kosti",))),
        (
            "Ukraine closed its border with Russia.", "its border with Russia", Region("border", ("Ukraine", "Russia")),
        ),
        ("Snow fell in Ukraine's east.", "Ukraine's east", Region("direction", ("Ukraine",), "east")),
    ],
)  # fmt: skip
def test_a_description_says_how_it_derives_from_names(places, text: str, phrase: str, region: Region) -> None:
    assert regions(places(text)).get(phrase) == region


def test_its_border_belongs_to_the_subject_of_the_sentence(places) -> None:
    found = regions(places("Ukraine has accused Russia of massing troops near its eastern border."))
    assert found["its eastern border"] == Region("border", ("Ukraine",), "east")


def test_the_country_is_the_one_spoken_of(places) -> None:
    found = regions(places("According to Kiev, Russian advisers stay in the east of the country."))
    assert found["east of the country"] == Region("direction", ("Ukraine",), "east")


def test_a_zone_takes_the_place_of_its_clause(places) -> None:
    found = regions(
        places("Kiev says the rebels hold 40 tanks in the land they have held since 2014 in the east of Ukraine.")
    )
    assert found["land they have held since 2014 in the east of Ukraine"] == Region("direction", ("Ukraine",), "east")


def test_a_zone_that_nothing_places_has_no_region(places) -> None:
    assert regions(places("Boats bring flour to rebel-held areas.")) == {"rebel-held areas": None}


def test_a_province_with_a_direction_is_the_province(places) -> None:
    found = places("Two men were hurt in southern White Nile province.")
    assert named(found) == {"White Nile": "literal"}
    assert regions(found) == {}


def test_a_description_nests_over_the_name_it_holds(places) -> None:
    found = places("Shelling went on in eastern Ukraine.")
    assert [p.span.text for p in found] == ["eastern Ukraine", "Ukraine"]


@pytest.mark.parametrize("unit", ["region", "governorate", "province"])
def test_a_unit_is_looked_up_as_such_and_not_as_its_town(places, unit: str) -> None:
    assert [p.name for p in places(f"Boats sank in White Nile {unit}.")] == ["White Nile governorate"]


def test_a_region_that_is_called_by_its_direction_is_no_part_of_another_place(places) -> None:
    found = [(p.span.text, p.kind, p.region) for p in places("Boats sank in eastern Vale.")]
    assert found == [("eastern Vale", "literal", None)]


def test_teasers_hold_no_places(places) -> None:
    assert places("Read also: Snow in Kosti") == ()


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("KOSTI, Sudan (Valley News) — Boats came home.", "dateline"),
        ("The envoy told reporters in Kosti that boats came home.", "said_at"),
        ("The envoy is expected in Kosti on Monday.", "future"),
        ("Two men were hurt in Kosti.", "event"),
        ("The ministers met in Kosti.", "said_at"),
        ("Talks took place in Kosti.", "said_at"),
        ("Two years ago a fire broke out in Kosti.", "background"),
        ("Officials in Kosti said the boats were safe.", "said_at"),
    ],
)
def test_a_place_has_a_role_in_the_story(places, text: str, role: str) -> None:
    assert [p.role for p in places(text) if p.span.text.lower() == "kosti"] == [role]
