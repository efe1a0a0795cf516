"""Where the words of a statement begin and end: what is the speaker's, and what the reporter adds."""

from __future__ import annotations

import pytest

from tests.extract.conftest import States
from tests.extract.test_statements import only


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "The mayor said that talks had begun with Ada Berg, the former head of the port.",
            "talks had begun with Ada Berg",
        ),
        ("The mayor praised the harbour plan — a message that few have heard.", "the harbour plan"),
        ("The mayor said the bridge was safe, although he has not crossed it since May.", "the bridge was safe"),
        (
            "The mayor said the council bought two ferries, which cost him the election.",
            "the council bought two ferries",
        ),
    ],
)
def test_the_reporters_own_gloss_ends_a_content(statements: States, text: str, content: str) -> None:
    assert only(statements(text)).content.text == content


@pytest.mark.parametrize(
    "content",
    [
        "masked men attacked the ferry, which led to the death of four sailors",
        "the ferry sank near Bergen, the capital of the western fjords",
    ],
)
def test_results_and_explanations_of_places_belong_to_what_was_said(statements: States, content: str) -> None:
    assert only(statements(f"The mayor said {content}.")).content.text == content


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("However, the port will open in May, the mayor said.", "the port will open in May"),
        ("The harbour agency wrote in the early morning hours that the ferry was lost.", "the ferry was lost"),
        ("The mayor said after the debate he would not sign the order.", "he would not sign the order"),
        ("The minister announced earlier Friday that the port was shut.", "the port was shut"),
    ],
)
def test_links_and_occasions_before_a_content_are_the_reporters(statements: States, text: str, content: str) -> None:
    assert only(statements(text)).content.text == content


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The port is shut, the mayor said on Friday, as he left the talks.", "The port is shut"),
        ("The envoy criticised the new levy during a visit to Bergen.", "the new levy"),
        ("The union rejected the offer in a ruling published on Friday.", "the offer"),
    ],
)
def test_when_and_where_something_was_said_is_no_part_of_it(statements: States, text: str, content: str) -> None:
    assert only(statements(text)).content.text == content


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The ministers announced new steps to protect the herring.", "new steps to protect the herring"),
        (
            "The mayor said the ferry was late but no passenger was hurt.",
            "the ferry was late but no passenger was hurt",
        ),
        ("The mayor blamed the flood on careless builders.", "the flood on careless builders"),
        ("The envoy compared the camp to a prison.", "the camp to a prison"),
        ("She called the harbour's new gate “a trap” for sailors.", "the harbour's new gate “a trap” for sailors"),
    ],
)
def test_what_the_parser_hangs_elsewhere_still_belongs_to_the_content(
    statements: States, text: str, content: str
) -> None:
    assert only(statements(text)).content.text == content


def test_what_something_is_called_stands_without_as_when_the_thing_stands_before(statements: States) -> None:
    found = only(statements("Residents are angry at what they see as a betrayal of the valley."))
    assert found.content.text == "a betrayal of the valley"


def test_a_second_report_after_how_things_are_is_a_statement_of_its_own(statements: States) -> None:
    text = "Norway said it was “firmly opposed” to the levy and warned Turkey to withdraw its ships."
    said, warned = statements(text)
    assert (said.content.text, warned.content.text) == (
        "it was “firmly opposed” to the levy",
        "to withdraw its ships",
    )
    assert warned.side == "Norway"


def test_a_quotation_that_a_second_verb_reports_is_not_more_of_the_first(statements: States) -> None:
    text = "“We see no link to the raid,” the mayor said, adding that it would take “some more hours” to be sure."
    first, second = statements(text)
    assert (first.content.text, first.more) == ("“We see no link to the raid,”", ())
    assert second.content.text == "it would take “some more hours” to be sure"


def test_made_clear_attributes_what_follows(statements: States) -> None:
    found = only(statements("The mayor made it clear that the port would stay open."))
    assert found.cue is not None
    assert (found.cue.text, found.content.text) == ("made it clear", "the port would stay open")


@pytest.mark.parametrize(
    "text",
    [
        "The state could warn the owners to leave.",
        "Police arrested two men accused of theft.",
        "He belongs to a group called Morning Light.",
        "The minister called the mayor to say hello.",
        "It is good advice for anyone wanting to learn more.",
        "The guards ensured that nobody crossed the bridge.",
    ],
)
def test_what_nobody_said_is_no_statement(statements: States, text: str) -> None:
    assert not statements(text)


@pytest.mark.parametrize("dash", ["-", "–", "—", "--"])
@pytest.mark.parametrize("line", ["KYIV {}", "KYIV (Agency) {}", "GOMA, Congo, March 3 (Agency) {}"])
def test_a_dateline_is_neither_speaker_nor_content(statements: States, line: str, dash: str) -> None:
    head = line.format(dash)
    said = only(statements(f"{head} Ukraine's defence minister said the bridge was lost."))
    assert said.speaker is not None
    assert (said.speaker.text, said.side) == ("Ukraine's defence minister", "Ukraine")
    told = only(statements(f"{head} The bridge was lost on Monday, Ukraine's defence minister said."))
    assert told.content.text == "The bridge was lost on Monday"


def test_a_paragraph_after_a_colon_is_quoted_without_marks(statements: States) -> None:
    found = only(
        statements("The governor of Bergen added:\n\nIt is the wrong harbour, and nobody has ever asked the sailors.")
    )
    assert found.content.text == "It is the wrong harbour, and nobody has ever asked the sailors"
    assert (found.form, found.speaker_name) == ("direct", "governor of Bergen")


def test_a_name_with_an_apposition_speaks_after_a_quotation(statements: States) -> None:
    found = only(statements("“The ferry is lost,” Berg, a senior envoy to the northern harbours, said on Monday."))
    assert found.speaker is not None
    assert (found.speaker_name, found.content.text) == ("Berg", "“The ferry is lost,”")


def test_what_somebody_wants_to_do_is_an_attitude_that_nobody_quotes(statements: States) -> None:
    found = only(statements("Norway's determination to keep the “northern lights” fleet worried the islanders."))
    assert (found.mode, found.form, found.content.text) == (
        "attitude",
        "indirect",
        "to keep the “northern lights” fleet",
    )


def test_a_clause_between_a_quoted_phrase_and_its_speaker_is_said_too(statements: States) -> None:
    text = "While the deal may look like a “gift to sailors,” a strike was still possible, Ada Berg told the council."
    found = only(statements(text))
    assert found.content.text == "While the deal may look like a “gift to sailors,” a strike was still possible"


def test_who_rules_a_country_has_not_spoken(statements: States) -> None:
    assert not statements("Ada Berg, who ruled from Bergen for years, often took a moderate line.")


def test_a_quotation_over_two_paragraphs_belongs_to_whom_its_end_names(statements: States) -> None:
    text = (
        "Norwegian officials said the ferry was safe.\n\n"
        "“The strike will not end the conflict. It will not bring the sailors home.\n\n"
        "“To be clear, nobody asked us,” Ada Berg concluded."
    )
    _, found = statements(text)
    assert found.speaker_name == "Ada Berg"
    assert [run.text[:12] for run in found.runs] == ["“The strike ", "“To be clear"]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("The base, which officials say was hit on Monday, lies empty.", ["which", "was hit on Monday"]),
        ("The mill, which, Aasen said, is usually full of grain, burned down.", ["which", "is usually full of grain"]),
        ("The union is tired of what it sees as a threat to the port.", ["what", "a threat to the port"]),
    ],
)
def test_a_relative_word_that_something_is_said_of_is_a_run_of_it(
    statements: States, text: str, runs: list[str]
) -> None:
    found = next(made for made in statements(text) if made.more)
    assert sorted([found.content.text, *(run.text for run in found.more)]) == sorted(runs)


@pytest.mark.parametrize(
    "text",
    [
        "A policy urging crews to leave early was signed in May.",
        "The yellow crane pushed the boats to the far side of the quay.",
        "Two guards were charged with theft on Friday.",
    ],
)
def test_things_urge_nobody_and_a_charge_before_a_court_is_no_speech(statements: States, text: str) -> None:
    assert statements(text) == ()


def test_a_title_before_a_reporting_clause_with_words_of_its_own_is_no_speech(statements: States) -> None:
    found = statements("In her book on “Women at Sea,” Okoro suggested opening the port to all crews.")
    assert "Women at Sea" not in {made.content.text for made in found}


@pytest.mark.parametrize(
    ("first", "content"),
    [
        ("Okoro on the Harbour Plan: The Costs Are ‘Frightening.’", "The Costs Are ‘Frightening.’"),
        ("Ada Okoro: No talks with the union before May", "No talks with the union before May"),
        ("Poll: Voters Abandon the Harbour Plan in Droves", "Voters Abandon the Harbour Plan in Droves"),
    ],
)
def test_a_headline_may_name_its_topic_and_needs_no_verb(statements: States, first: str, content: str) -> None:
    found = statements(f"{first}\n\nThe mayor, Ada Okoro, met the union on Monday.")
    assert content in {made.content.text for made in found}


def test_a_headline_of_a_paper_or_place_gives_its_words_to_nobody(statements: States) -> None:
    assert statements("The Latest: Ferry to the islands\n\nThe ferry left on Monday.") == ()


@pytest.mark.parametrize(
    "text",
    [
        "Back when he wrote his book, the harbour was still a village and nobody paid a levy.",
        "Her refusal to answer fully did not help the talks, and the meeting ended early.",
    ],
)
def test_an_object_or_a_bare_infinitive_is_no_broken_clause(statements: States, text: str) -> None:
    assert statements(text) == ()


def test_what_is_described_is_said(statements: States) -> None:
    found = only(statements("The union described threats by the captain."))
    assert found.content.text == "threats by the captain"


def test_what_somebody_was_asked_by_nobody_named_is_no_statement(statements: States) -> None:
    assert statements("The crews were asked to leave the quay.") == ()
    assert only(statements("The crews were asked by the mayor to leave the quay.")).speaker_name is not None
