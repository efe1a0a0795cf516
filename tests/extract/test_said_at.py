"""Where words were spoken: only where the reporting clause itself says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from spacy.language import Language

from extract.actors import ActorBook, find_actors
from extract.model import Statement
from extract.said_at import with_places
from extract.sentences import passages
from extract.statements import find_statements
from extract.toponyms import find_places
from tests.extract.places_names import Names

Find = Callable[[str], tuple[Statement, ...]]


@pytest.fixture
def said(model: Language, book: ActorBook) -> Find:
    def find(text: str) -> tuple[Statement, ...]:
        found = passages(text, model)
        actors = find_actors(found, book, date(2020, 1, 1))
        return with_places(found, find_statements(found, actors), find_places(found, Names(), book, actors))

    return find


@pytest.mark.parametrize(
    "text",
    [
        "Nordby told reporters in Kosti that the bridge had fallen.",
        "Nordby said in Kosti on Tuesday that the bridge had fallen.",
        "Speaking in Kosti, Nordby said that the bridge had fallen.",
        "At a news conference in Kosti, Nordby said that the bridge had fallen.",
        "Officials in Kosti said that the bridge had fallen.",
        "“The bridge has fallen,” Nordby told journalists in Kosti.",
    ],
)
def test_the_place_on_which_the_reporting_verb_hangs_is_where_it_was_said(said: Find, text: str) -> None:
    (found,) = said(text)
    assert found.said_at is not None
    assert text[found.said_at.start : found.said_at.end] == "Kosti"


@pytest.mark.parametrize(
    "text",
    [
        "Nordby said that the bridge in Kosti had fallen.",
        "Nordby, who met Vik in Kosti in May, said that the bridge had fallen.",
        "The Norwegian government said that the bridge had fallen.",
        "After talks in Kosti, Nordby said that the bridge had fallen.",
        "Nordby said that officials in Kosti had found the bridge.",
    ],
)
def test_no_other_place_is_where_it_was_said(said: Find, text: str) -> None:
    found = [each for each in said(text) if each.cue and each.cue.text == "said"]
    assert found
    assert [each.said_at for each in found] == [None] * len(found)


def test_two_speakers_of_one_sentence_speak_each_at_their_own_place(said: Find) -> None:
    text = "Nordby said in Kosti that the bridge had fallen, while Vik told reporters in Rabak that it stood."
    places = {found.speaker_name: found.said_at and found.said_at.text for found in said(text)}
    assert places == {"Nordby": "Kosti", "Jonas Vik": "Rabak"}
