"""Lines from where claims were said: bounded, in words, and never invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.said_lines import MOST, NONE, drawn, place_of, rows, told
from store.sayings import Saying, Sayings
from tests.dashboard.rows import CAPITAL, CITY, COUNTRY, HOSTILE

WORDS = Saying(CAPITAL, CITY, "words", 2, "Norland's minister", 3)
DATELINE = Saying(CAPITAL, CITY, "dateline", 1)
PLACES = {CAPITAL.key: CAPITAL}


def test_a_line_has_its_two_ends_its_claims_and_how_it_is_known() -> None:
    first, second = rows([WORDS, DATELINE])
    assert (first["from"], first["to"], first["about"]) == ([50.85, 4.35], [49.98, 36.25], CITY.key)
    assert (first["n"], first["dateline"], second["dateline"]) == (2, 0, 1)
    assert first["words"] == "Norland's minister and 2 other voices: 2 claims of Harven, said in Brannburg"
    assert second["words"] == "Speaker not named: 1 claim of Harven, in reports from Brannburg (dateline)"
    assert first["ends"] == ["Brannburg", "Harven"]
    assert first["key"] != second["key"]


def test_names_on_a_line_are_bounded() -> None:
    (row,) = rows([replace(WORDS, about=replace(CITY, name=HOSTILE * 20), who=HOSTILE * 20)])
    assert len(row["words"]) < 280
    assert max(map(len, row["ends"])) <= 40


def test_it_is_said_how_many_lines_are_left_out() -> None:
    assert told(Sayings((WORDS,), 1)).startswith("All of them are drawn.")
    assert told(Sayings((WORDS, DATELINE), 70)).startswith("The 2 lines with most claims are drawn, of 70.")
    assert told(Sayings((WORDS,) * (MOST + 9), MOST + 9)).startswith(f"The {MOST} lines with most claims are drawn")
    assert told(NONE).startswith("Of no claim")


def test_the_foremost_lines_are_drawn_and_those_of_a_chosen_place() -> None:
    many = [WORDS] * MOST
    there, elsewhere = Saying(COUNTRY, CITY, "words", 1), Saying(CAPITAL, CITY, "dateline", 1)
    assert drawn([*many, elsewhere], ()) == many
    assert drawn([*many, elsewhere, there], (COUNTRY.key,)) == [*many, there]
    assert drawn([*many, there, elsewhere], (CITY.key,)) == [*many, there, elsewhere]
    assert len(drawn(many * 3, (CITY.key,))) == 2 * MOST, "a place of which much is said covers the map no less"


@pytest.mark.parametrize(
    ("key", "basis", "words"),
    [
        (CAPITAL.key, "words", "Brannburg"),
        (CAPITAL.key, "dateline", "Brannburg (by the dateline)"),
        (None, "words", "a place that could not be located"),
        (None, "dateline", ""),
        (None, None, ""),
    ],
)
def test_where_it_was_said_in_words(key: str | None, basis: str | None, words: str) -> None:
    assert place_of(key, basis, PLACES.get) == words
