"""What the compiled gazetteer knows of names, and what it costs to open."""

from __future__ import annotations

import subprocess
import sys

import pytest

from geo.gazetteer import Gazetteer
from geo.names import fold
from geo.records import GazetteerError


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.open()


def first(gazetteer, name):
    return gazetteer.lookup(name)[0]


@pytest.mark.parametrize(
    ("name", "country", "precision"),
    [
        ("Kyiv", "UA", "city"), ("Ukraine", "UA", "country"), ("Texas", "US", "region"), ("Black Sea", None, "sea"),
        ("Ramstein Air Base", "DE", "point"), ("Donetsk", "UA", "city"), ("Georgia", "GE", "country"),
        ("Crimea", "UA", "region"), ("Brussels", "BE", "city"),
    ],
)  # fmt: skip
def test_the_most_prominent_place_of_a_name_comes_first(gazetteer, name, country, precision):
    place = first(gazetteer, name)
    assert (place.country, place.precision) == (country, precision)


@pytest.mark.parametrize(
    ("old", "new"), [("Kiev", "Kyiv"), ("Artemovsk", "Bakhmut"), ("Bombay", "Mumbai"), ("Saigon", "Ho Chi Minh City")]
)
def test_an_older_name_leads_to_the_same_place(gazetteer, old, new):
    assert first(gazetteer, old).key == first(gazetteer, new).key


@pytest.mark.parametrize("written", ["SÃO PAULO", "sao paulo", "São  Paulo", "Sao-Paulo"])
def test_accents_case_and_hyphens_make_no_difference(gazetteer, written):
    assert first(gazetteer, written).name == "São Paulo"


def test_a_city_knows_its_units(gazetteer):
    row = gazetteer.postings("Shreveport")[0].row
    assert gazetteer.label(gazetteer.admin1_row(row)) == "Louisiana"
    assert gazetteer.label(gazetteer.admin2_row(row)) == "Caddo Parish"


def test_facts_say_what_kinds_of_place_bear_a_name(gazetteer):
    facts = gazetteer.facts("kharkiv")
    assert {"city", "admin1"} <= facts.kinds
    assert facts.population > 1_000_000
    assert not facts.ambiguous_word


@pytest.mark.parametrize("name", ["Reading", "Victoria", "Sandy", "Mobile"])
def test_a_name_that_is_also_a_word_or_a_persons_is_ambiguous(gazetteer, name):
    assert gazetteer.facts(name).ambiguous_word


def test_the_name_of_a_country_is_never_called_ambiguous(gazetteer):
    turkey = gazetteer.facts("Turkey")
    assert turkey.word
    assert not turkey.ambiguous_word


@pytest.mark.parametrize("name", ["", "   ", "…", "Qwrtzpl", "x" * 10_000, "\x00", "\ud800"])
def test_what_no_place_is_called_has_no_facts(gazetteer, name):
    assert gazetteer.facts(name) is None
    assert gazetteer.lookup(name) == ()
    assert gazetteer.country_of(name) is None


def test_short_forms_count_only_when_spelt_like_one(gazetteer):
    assert first(gazetteer, "La.").name == "Louisiana"
    assert first(gazetteer, "US").name == "United States"
    assert all(place.name != "United States" for place in gazetteer.lookup("us"))


def test_country_of_gives_the_english_short_name(gazetteer):
    assert gazetteer.country_of("Kharkiv") == "Ukraine"
    assert gazetteer.country_of("Moscow") == "Russia"


def test_a_key_leads_back_to_its_place(gazetteer):
    for name in ("Kyiv", "Donbas", "Ramstein Air Base", "Robotyne", "Ukraine"):
        place = first(gazetteer, name)
        assert gazetteer.place(place.key) == place


@pytest.mark.parametrize("key", ["gn:0", "gn:1", "gn:abc", "tbl:no-such-place", "kyiv", "", "gn:99999999999999"])
def test_an_unknown_key_has_no_place(gazetteer, key):
    assert gazetteer.place(key) is None


def test_every_place_lies_on_earth_and_every_unit_has_coordinates(gazetteer):
    table = gazetteer.places
    assert abs(table["lat"]).max() <= 90
    assert abs(table["lon"]).max() <= 180
    assert not (table["lat"] != table["lat"]).any()


def test_a_folder_without_a_gazetteer_is_an_error_that_says_what_to_do(tmp_path):
    with pytest.raises(GazetteerError, match=r"python -m geo\.build"):
        Gazetteer.open(tmp_path)


def test_a_gazetteer_of_another_format_is_refused(tmp_path):
    (tmp_path / "meta.json").write_text('{"format": 0}', encoding="utf-8")
    with pytest.raises(GazetteerError, match="format 0"):
        Gazetteer.open(tmp_path)


def test_folding_is_idempotent_and_writes_abbreviations_out():
    assert fold("St. Petersburg") == "saint petersburg"
    assert fold(fold("The Sana'a–Łódź")) == fold("The Sana'a–Łódź") == "sanaa lodz"


_COLD = """
import resource
from tests.patience import cost
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
import numpy, marisa_trie
middle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

def opened():
    from geo.gazetteer import Gazetteer
    assert Gazetteer.open().facts("Kyiv")

print(cost(opened, rounds=1), (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - middle) / 1024)
"""


def test_opening_is_fast_and_light():
    out = subprocess.run([sys.executable, "-c", _COLD], capture_output=True, text=True, check=True).stdout.split()
    seconds, megabytes = map(float, out)
    assert seconds < 0.3
    assert megabytes < 40
