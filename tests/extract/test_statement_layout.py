"""Layout, titles and broken parses: what a reader sees at a glance and a parser does not."""

from __future__ import annotations

import pytest

from tests.extract.conftest import States
from tests.extract.test_statements import only


def test_each_line_of_readers_letters_is_its_own_signers(statements: States) -> None:
    text = (
        "“The bridge is a disgrace. Nobody can cross it.” ― Ada Maria Okoro\n"
        "“He is someone that no sane person would want. He lies.” ― Lena N Ruiz Olmedo\n"
        "”Fortunately, the mayor is honest about it. Unfortunately, others are not.” ― Nils Berg"
    )
    found = statements(text)
    assert [s.speaker_name for s in found] == ["Ada Maria Okoro", "Lena N Ruiz Olmedo", "Nils Berg"]
    assert found[2].content.text.startswith("”Fortunately")


def test_a_subheading_in_quotation_marks_ends_a_speech(statements: States) -> None:
    text = "“There is nothing to see,” the mayor wrote. “Move along.”\n\n'Ships Are Not Toys.'\n\nThe port was closed."
    assert [run.text for s in statements(text) for run in (s.content, *s.more)] == [
        "“There is nothing to see,”",
        "“Move along.”",
    ]


def test_the_title_of_a_programme_is_not_what_was_said_on_it(statements: States) -> None:
    found = only(
        statements("On this weekend's “Harbour Sunday,” Mayor Jane Roe said the plan was only “to mock” Oran.")
    )
    assert found.content.text == "the plan was only “to mock” Oran"


def test_a_transcript_names_whom_its_label_names_and_goes_on_over_paragraphs(statements: States) -> None:
    text = (
        '"WALLACE: Let us start with the bridge.\n\n"ROE: Well, it will open.\n\n"But nobody has paid.\n\n'
        '"WALLACE: But when?'
    )
    found = statements(text)
    assert [(s.speaker_name, s.speaker.text if s.speaker else None) for s in found] == [
        ("Wallace", "WALLACE"),
        ("Roe", "ROE"),
        ("Wallace", "WALLACE"),
    ]
    assert {run.text for run in (found[1].content, *found[1].more)} == {
        "Well, it will open.",
        '"But nobody has paid',
    }


def test_the_first_line_may_be_a_persons_headline_with_a_stop_but_not_a_dateline(statements: States) -> None:
    body = "\n\nNorwegian Defence Minister Jane Olsen was not there."
    found = only(statements("Jane Olsen: The bridge will not be rebuilt." + body))
    assert found.content.text.startswith("The bridge will not be rebuilt")
    assert statements("Oslo: Heavy fighting shook the harbour on Sunday." + body) == ()


def test_a_bare_quotation_joins_what_its_speaker_said_just_before(statements: States) -> None:
    found = only(statements("The port may close soon, Mayor Jane Roe said. “We have no choice but to wait.”"))
    assert {run.text for run in (found.content, *found.more)} == {
        "The port may close soon",
        "“We have no choice but to wait.”",
    }
    assert found.form == "mixed"


def test_a_source_who_asks_not_to_be_named_asks_nothing_of_the_quotation(statements: States) -> None:
    found = only(statements('"We saw tanks," a resident, who asked not to be named, said by telephone.'))
    assert found.cue is not None
    assert found.cue.text == "said"


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        (
            "In an interview with the Harbour Post Berg said that the port may need to close.",
            "the Harbour Post Berg",
            "the port may need to close",
        ),
        (
            "In Lagos last week, he told a meeting of island leaders that few people understood the stakes.",
            "he",
            "few people understood the stakes",
        ),
        (
            "The museum, the mayor said Tuesday, will open in May.",
            "the mayor",
            "Tuesday, will open in May",
        ),
        (
            "Berg's family has called on police to release the films.",
            "Berg's family",
            "to release the films",
        ),
        (
            "The council wants to triple the size of the port, grow the fleet and create a new school.",
            "The council",
            "to triple the size of the port, grow the fleet and create a new school",
        ),
        (
            "Mayor Roe said that claim smacked of hypocrisy, because farmers have led the protest.",
            "Mayor Roe",
            "that claim smacked of hypocrisy, because farmers have led the protest",
        ),
        (
            'The mayor condemned Friday\'s test as "provocative and destabilizing" and a "grave threat" to peace.',
            "The mayor",
            'Friday\'s test as "provocative and destabilizing" and a "grave threat" to peace',
        ),
        (
            "In contrast, Ham described Berg as “a lifetime politician” who “has never held a real job.”",
            "Ham",
            "Berg as “a lifetime politician” who “has never held a real job.”",
        ),
    ],
)
def test_a_parse_that_hangs_words_elsewhere_keeps_speaker_and_content(
    statements: States, text: str, speaker: str, content: str
) -> None:
    found = only(statements(text))
    assert found.speaker is not None
    assert (found.speaker.text, found.content.text) == (speaker, content)


def test_a_possessive_with_a_curly_apostrophe_holds_the_claim(statements: States) -> None:
    found = only(statements("Oran police’s earlier claim that Berg had refused to stop was contradicted."))
    assert found.speaker is not None
    assert found.speaker.text == "Oran police’s"
