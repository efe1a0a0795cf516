"""Pronouns and short phrases find whom they stand for, or stay unresolved."""

from __future__ import annotations

import pytest

from extract.coreference import antecedent
from tests.extract.conftest import Read, States


def stands_for(read: Read, text: str, word: str) -> str | None:
    """Name of the antecedent of the last ``word`` of a text."""
    parsed, actors = read(text)
    passage, token = [(p, t) for p in parsed for t in p.doc if t.text == word][-1]
    found = antecedent(passage, token, actors)
    return found.name if found else None


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Jonas Vik left Oslo on Monday. He said the talks had failed.", "He", "Jonas Vik"),
        ("Norway closed the port. It said the mines were a danger.", "It", "Norway"),
        ("Russia and Turkey met in Oslo. They said the talks would go on.", "They", "Russia; Turkey"),
        ("Rebel fighters took the bridge. They said they would stay.", "They", "Rebel fighters"),
        (
            "The Ukrainian defence ministry shut the road. The ministry said it was mined.",
            "ministry",
            "Ukrainian defence ministry",
        ),
        ("Jonas Vik met Liv Aasen. The two leaders agreed that it would open.", "leaders", "Jonas Vik; Liv Aasen"),
        ("Russia and Turkey sent ships. Both countries said the strait was open.", "countries", "Russia; Turkey"),
    ],
)  # fmt: skip
def test_a_short_phrase_takes_up_what_was_named_before(read: Read, text: str, word: str, name: str) -> None:
    assert stands_for(read, text, word) == name


def test_they_are_both_of_joint_speakers_over_several_paragraphs(statements: States) -> None:
    text = (
        "The Turkish foreign minister and the head of Norwegian diplomacy called on Russia to stop its drills.\n"
        "“We call on Russia to stop its drills,” they said.\n"
        "They also praised the calm of Ukraine."
    )
    sides = [s.side for s in statements(text)]
    assert sides == ["Turkey; Norway"] * 3


def test_who_is_quoted_is_preferred_to_who_is_spoken_of(read: Read) -> None:
    text = "Jonas Vik said Liv Aasen had called twice. He added that the line was bad."
    assert stands_for(read, text, "He") == "Jonas Vik"


def test_a_pronoun_outside_a_quotation_means_nobody_inside_it(read: Read) -> None:
    text = "Norway spoke first. “The rebels must go, and the Turks must help them,” it said."
    assert stands_for(read, text, "it") == "Norway"


def test_things_do_not_speak(read: Read) -> None:
    assert stands_for(read, "The ships and the tanks arrived. They were old.", "They") is None


def test_what_nothing_fits_stays_unresolved(read: Read, statements: States) -> None:
    assert stands_for(read, "He said the port was closed.", "He") is None
    (found,) = statements("He said the port was closed.")
    assert found.speaker is not None and found.speaker.text == "He"
    assert found.speaker_name is None and found.side is None


def test_the_statement_holds_the_words_of_who_issued_it(statements: States) -> None:
    text = "The World Food Programme issued a statement on Monday. The statement said the convoy was safe."
    assert statements(text)[-1].speaker_name == "World Food Programme"
