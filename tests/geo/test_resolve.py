"""Names of one report are read in each other's company."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.gazetteer import Gazetteer
from geo.model import PlaceQuery
from geo.resolve import Resolver


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.open()


@pytest.fixture(scope="module")
def resolver(gazetteer):
    return Resolver(gazetteer)


@pytest.fixture(scope="module")
def de_facto(gazetteer):
    return Resolver(gazetteer, borders="de_facto")


def report(*names, gap=80):
    """Queries for names that stand ``gap`` characters apart."""
    queries, at = [], 0
    for name in names:
        queries.append(PlaceQuery(name, name, at))
        at += len(name) + gap
    return queries


def places(resolver, *names, gap=80):
    return [resolution.place for resolution in resolver.resolve(report(*names, gap=gap))]


def test_every_query_is_answered_in_order(resolver):
    queries = report("Kyiv", "Nosuchplace", "Homs")
    assert [resolution.query for resolution in resolver.resolve(queries)] == queries


def test_no_queries_have_no_answers(resolver):
    assert resolver.resolve([]) == ()


@pytest.mark.parametrize(
    ("name", "company", "country"),
    [
        ("Tripoli", ["Benghazi", "Misrata", "Libya"], "LY"), ("Tripoli", ["Beirut", "Sidon", "Lebanon"], "LB"),
        ("Georgia", ["Tbilisi", "Batumi"], "GE"), ("Georgia", ["Atlanta", "Savannah"], "US"),
        ("Cordoba", ["Seville", "Granada"], "ES"), ("Cordoba", ["Rosario", "Mendoza", "Argentina"], "AR"),
        ("Birmingham", ["Montgomery", "Alabama"], "US"), ("Birmingham", ["Coventry", "Wolverhampton"], "GB"),
        ("Hyderabad", ["Karachi", "Sindh"], "PK"), ("Hyderabad", ["Bengaluru", "Telangana"], "IN"),
    ],
)  # fmt: skip
def test_company_decides_which_place_of_a_name_is_meant(resolver, name, company, country):
    assert places(resolver, name, *company)[0].country == country


def test_a_state_right_after_a_town_contains_it(resolver):
    town, state = places(resolver, "Moscow", "Idaho", gap=2)
    assert (town.country, town.admin1, state.name) == ("US", "Idaho", "Idaho")


def test_a_container_written_in_the_name_counts_as_well(resolver):
    assert places(resolver, "Athens, Georgia")[0].admin1 == "Georgia"


def test_a_name_has_one_sense_in_a_report(resolver):
    found = places(resolver, "Odessa", "Texas", "Midland", "Odessa", "Odessa")
    assert len({found[0].key, found[3].key, found[4].key}) == 1


def test_two_containers_give_two_senses(resolver):
    queries = [
        PlaceQuery("Paris", "Paris", 0), PlaceQuery("France", "France", 7),
        PlaceQuery("Paris", "Paris", 100), PlaceQuery("Texas", "Texas", 107),
    ]  # fmt: skip
    found = [resolution.place for resolution in resolver.resolve(queries)]
    assert (found[0].country, found[2].country) == ("FR", "US")


def test_a_bare_name_means_the_town_not_the_unit_about_it(resolver):
    assert [place.precision for place in places(resolver, "Kharkiv", "Sumy", "Idlib")] == ["city"] * 3


def test_a_region_known_by_the_name_itself_is_meant_rather_than_a_town_with_a_longer_one(resolver):
    assert places(resolver, "Gaza", "Rafah", "Israel")[0].name == "Gaza Strip"


@pytest.mark.parametrize("name", ["Kharkiv region", "Kharkiv Oblast", "the region of Kharkiv"])
def test_a_generic_word_asks_for_the_unit(resolver, name):
    place = places(resolver, name, "Ukraine")[0]
    assert (place.precision, place.name) == ("region", "Kharkiv Oblast")


def test_a_thing_named_after_a_town_lies_somewhere_about_it(resolver):
    place = places(resolver, "Mykolaiv shipyard", "Ukraine")[0]
    assert (place.country, place.found_by) == ("UA", "part of the name")
    assert place.radius_km >= 15


@pytest.mark.parametrize(
    ("name", "precision"),
    [("Ukraine", "country"), ("Kherson Oblast", "region"), ("Kherson", "city"), ("Black Sea", "sea"),
     ("Crimea", "region"), ("Incirlik Air Base", "point"), ("Donbas", "region")],
)  # fmt: skip
def test_precision_says_how_wide_the_answer_is(resolver, name, precision):
    assert places(resolver, name)[0].precision == precision


@pytest.mark.parametrize("name", ["Ukraine", "Crimea", "Donbas", "Kherson Oblast"])
def test_areas_carry_their_outline(resolver, name):
    assert places(resolver, name)[0].geometry["type"] in ("Polygon", "MultiPolygon")


def test_towns_have_a_point_alone(resolver):
    assert places(resolver, "Kherson")[0].geometry is None


@pytest.mark.parametrize(
    ("name", "un", "held"),
    [("Crimea", "UA", "RU"), ("Sevastopol", "UA", "RU"), ("Simferopol", "UA", "RU"), ("Kerch", "UA", "RU"),
     ("Abkhazia", "GE", None), ("Sukhumi", "GE", None), ("Kosovo", "RS", "XK"), ("Pristina", "RS", "XK"),
     ("Taiwan", "CN", "TW"), ("Taipei", "CN", "TW"), ("Kaohsiung", "CN", "TW"), ("Western Sahara", "EH", "EH"),
     ("Laayoune", "EH", "MA"), ("Dakhla", "EH", "MA"), ("Tifariti", "EH", "EH"), ("Golan Heights", "SY", "IL"),
     ("Katzrin", "SY", "IL"), ("Kashmir", None, None), ("Srinagar", "IN", "IN"), ("Muzaffarabad", "PK", "PK"),
     ("Kyiv", "UA", "UA"), ("Rostov-on-Don", "RU", "RU"), ("Damascus", "SY", "SY"), ("Tbilisi", "GE", "GE")],
)  # fmt: skip
def test_the_country_of_a_disputed_place_follows_the_chosen_view(resolver, de_facto, name, un, held):
    assert (places(resolver, name)[0].country, places(de_facto, name)[0].country) == (un, held)


def test_the_view_moves_no_disputed_place(resolver, de_facto):
    for name in ("Crimea", "Sukhumi", "Kosovo", "Taiwan", "Western Sahara", "Golan Heights", "Kashmir"):
        one, other = places(resolver, name)[0], places(de_facto, name)[0]
        assert (one.key, one.lat, one.lon, one.confidence) == (other.key, other.lat, other.lon, other.confidence)


def test_an_unknown_name_stays_without_a_place_and_says_why(resolver):
    (resolution,) = resolver.resolve(report("Qwrtzplgrad"))
    assert resolution.place is None
    assert "Qwrtzplgrad" in resolution.reason


def test_runners_up_are_kept(resolver):
    (resolution,) = resolver.resolve(report("San José"))
    assert len(resolution.candidates) >= 2
    assert resolution.place.key not in {candidate.key for candidate in resolution.candidates}


def test_company_makes_an_ambiguous_name_surer(resolver):
    alone = places(resolver, "Tripoli")[0]
    among = places(resolver, "Tripoli", "Benghazi", "Sirte", "Libya")[0]
    assert alone.confidence < among.confidence
    assert among.confidence > 0.9


def test_a_description_is_drawn_from_its_anchor(resolver):
    query = PlaceQuery("", "eastern Ukraine", 5, relation="direction", anchors=("Ukraine",), direction="east")
    (resolution,) = resolver.resolve([query])
    assert resolution.place.key.startswith("derived:")
    assert "eastern Ukraine" in resolution.place.derived_from
    assert resolution.place.lon > 34


def test_an_anchor_is_read_in_the_company_of_the_report(resolver):
    query = PlaceQuery(
        "", "30 km north of Tripoli", 50, relation="distance", anchors=("Tripoli",), direction="north", km=30
    )
    found = resolver.resolve([*report("Benghazi", "Libya"), query])
    assert found[-1].place.country == "LY"


def test_a_description_of_an_unknown_place_says_which(resolver):
    query = PlaceQuery("", "eastern Qwrtzpl", 0, relation="direction", anchors=("Qwrtzpl",), direction="east")
    (resolution,) = resolver.resolve([query])
    assert resolution.place is None
    assert "Qwrtzpl" in resolution.reason


def test_a_border_has_its_partner_from_the_report(resolver):
    border = PlaceQuery("", "the Russian border", 500, relation="border", anchors=("Russia",))
    ukrainian = resolver.resolve([*report("Kharkiv", "Sumy", "Ukraine"), border])[-1].place
    georgian = resolver.resolve([*report("Tbilisi", "Gori", "Georgia"), border])[-1].place
    assert "Ukraine" in ukrainian.derived_from
    assert "Georgia" in georgian.derived_from
    assert ukrainian.lat - georgian.lat > 3


def test_the_same_report_gets_the_same_answer(resolver):
    queries = report("Aleppo", "Hama", "Tripoli", "Syria")
    assert resolver.resolve(queries) == resolver.resolve(queries)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=6), st.integers(-5, 10**6))
def test_no_text_makes_it_fail(resolver, names, at):
    queries = [PlaceQuery(name, name, at + index) for index, name in enumerate(names)]
    found = resolver.resolve(queries)
    assert len(found) == len(queries)
    assert all(0.0 <= r.place.confidence <= 1.0 for r in found if r.place)


def test_a_name_that_is_repeated_is_not_its_own_container(resolver):
    first, second, _ = places(resolver, "ST. LOUIS", "St. Louis", "Missouri", gap=3)
    assert (first.country, second.country, first.admin1) == ("US", "US", "Missouri")


def test_a_country_is_meant_rather_than_the_capital_that_has_its_name_as_a_second_one(resolver):
    for name in ("Mexico", "Guatemala", "Kuwait"):
        assert places(resolver, name, "Washington", "Texas")[0].precision == "country"


def test_a_capital_in_a_list_of_cities_is_no_hamlet_of_the_next_one(resolver):
    assert places(resolver, "Washington", "New York", "Boston", "Houston", gap=2)[0].name == "Washington"


def street(anchor, start, phrase="Mill Lane"):
    return PlaceQuery(phrase, phrase, start, relation="area", anchors=(anchor,))


def test_what_stands_near_a_guess_is_put_in_the_sure_town_nearest_to_it(resolver):
    names = [PlaceQuery("Homs", "Homs", 0), PlaceQuery("Syria", "Syria", 60), PlaceQuery("Newtown", "Newtown", 200)]
    *_, newtown, lane = resolver.resolve([*names, street("Newtown", 240)])
    assert newtown.place is None or newtown.place.confidence < 0.6
    assert lane.place.country == "SY"
    assert lane.place.confidence <= 0.6


def test_words_that_name_their_anchor_keep_it(resolver):
    names = [PlaceQuery("Homs", "Homs", 0), PlaceQuery("Syria", "Syria", 60), PlaceQuery("Newtown", "Newtown", 200)]
    named = resolver.resolve([*names, street("Newtown", 240, "the Newtown area")])[3]
    assert named.place.country != "SY"


@pytest.mark.parametrize("word", ["the West", "West", "Valley", "Western", "Eastern"])
def test_a_generic_word_alone_is_no_place_unless_the_report_is_about_it(resolver, word):
    resolution = resolver.resolve(report(word, "Paris", "Germany"))[0]
    assert resolution.place is None
    assert resolution.reason and resolution.candidates


def test_a_generic_word_is_the_place_so_called_in_its_company(resolver):
    assert places(resolver, "Gulf", "Bahrain", "Kuwait", "Qatar")[0].precision == "sea"
