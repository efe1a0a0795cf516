"""Names that reports of conflicts use and lists of towns lack: found, in the right country, however they are spelt."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.gazetteer import Gazetteer
from geo.model import PlaceQuery
from geo.resolve import Resolver
from geo.tables import rows

NAMES = Path(__file__).parent / "data" / "conflict_names.tsv"
AIM = 0.95


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.open()


@pytest.fixture(scope="module")
def resolver(gazetteer):
    return Resolver(gazetteer)


def wanted() -> list[tuple[str, set[str]]]:
    return [(row["name"], set(row["country"].split("|"))) for _, row in rows(NAMES, ("name", "country"))]


def share_right(country_of) -> tuple[float, list[str]]:
    missed = [name for name, countries in wanted() if country_of(name) not in countries]
    return 1 - len(missed) / len(wanted()), missed


def test_the_list_is_long_enough_to_tell():
    assert len(wanted()) > 200


def test_a_look_up_finds_them_in_the_right_country(gazetteer):
    def country(name):
        found = gazetteer.lookup(name)
        return (found[0].country or "-") if found else None

    share, missed = share_right(country)
    assert share >= AIM, missed


def test_the_resolver_finds_them_in_the_right_country_without_any_company(resolver):
    def country(name):
        place = resolver.resolve([PlaceQuery(name, name)])[0].place
        return (place.country or "-") if place else None

    share, missed = share_right(country)
    assert share >= AIM, missed


@pytest.mark.parametrize(
    ("written", "listed"),
    [
        ("El Tanf", "al-Tanf"), ("Strait of Kerch", "Kerch Strait"), ("Khmeimim Airbase", "Hmeimim air base"),
        ("Deir az-Zor", "Deir ez-Zor"), ("Nova Kakhovka Hydroelectric Power Plant", "Nova Kakhovka dam"),
        ("the Strait of Hormuz", "Hormuz Strait"), ("Zamzam refugee camp", "Zamzam camp"),
        ("Dyagilevo airfield", "Dyagilevo Air Base"), ("Rafah Border Crossing", "Rafah crossing"),
        ("Mocimboa da Praia", "Mocímboa da Praia"),
    ],
)  # fmt: skip
def test_other_spellings_of_one_name_find_one_place(gazetteer, written, listed):
    assert gazetteer.lookup(written)[0].key == gazetteer.lookup(listed)[0].key


@pytest.mark.parametrize("word", ["Protocol", "Yesterday", "Parliament", "Spokesperson", "Ceasefire", "Qwertz"])
def test_other_spellings_make_no_places_of_words(gazetteer, word):
    assert gazetteer.facts(word) is None
    assert gazetteer.lookup(word) == ()


def test_whether_a_name_is_a_place_is_told_by_its_exact_spelling_alone(gazetteer):
    assert gazetteer.lookup("Strait of Kerch")
    assert gazetteer.facts("Dyagilevo militarybase") is None


def test_a_reader_who_spells_a_name_his_own_way_is_told_so(resolver):
    place = resolver.resolve([PlaceQuery("Kheldiwa", "Kheldiwa"), PlaceQuery("Kramatorzk", "Kramatorzk", 40)])[1].place
    assert place is not None
    assert place.found_by == "similar spelling"
    assert place.country == "UA"
