"""What is said, by whom, in which exact words: one sentence of each kind, all of them invented."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.model import Statement
from tests.extract.conftest import States


def only(found: tuple[Statement, ...]) -> Statement:
    assert len(found) == 1, [s.content.text for s in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "content"),
    [
        ("The mayor said that the bridge was open.", "The mayor", "said", "the bridge was open"),
        ("The bridge was open, the mayor said.", "the mayor", "said", "The bridge was open"),
        ("The bridge was open, said the mayor.", "the mayor", "said", "The bridge was open"),
        ("According to Oslo, the bridge was open.", "Oslo", "According to", "the bridge was open"),
        ("Ukraine accused Russia of shelling the port.", "Ukraine", "accused", "shelling the port"),
        ("The president called on NATO to send ships.", "The president", "called on", "to send ships"),
        ("The minister urged the rebels to lay down arms.", "The minister", "urged", "to lay down arms"),
        ("The minister called for a truce in the valley.", "The minister", "called for", "a truce in the valley"),
        ("Norway warned Russia against any attack.", "Norway", "warned", "against any attack"),
        ("The ministry condemned the raid on the town.", "The ministry", "condemned", "the raid on the town"),
        ("The ministry denied bombing the town.", "The ministry", "denied", "bombing the town"),
        ("Norway rules out talks with the rebels.", "Norway", "rules out", "talks with the rebels"),
        ("The general vowed to retake the port.", "The general", "vowed", "to retake the port"),
        ("The council fears that the dam will break.", "The council", "fears", "the dam will break"),
    ],
)  # fmt: skip
def test_a_cue_gives_its_speaker_and_the_words_without_the_cue(
    statements: States, text: str, speaker: str, cue: str, content: str
) -> None:
    found = only(statements(text))
    assert (found.speaker and found.speaker.text, found.cue and found.cue.text) == (speaker, cue)
    assert found.content.text == content
    assert found.form == "indirect"


def test_a_quotation_keeps_its_marks_and_its_speaker(statements: States) -> None:
    found = only(statements("“We will stay in the valley,” the general said on Monday."))
    assert found.content.text == "“We will stay in the valley,”"
    assert found.form == "direct"
    assert found.speaker is not None and found.speaker.text == "the general"


def test_a_quotation_that_its_cue_interrupts_is_one_statement(statements: States) -> None:
    found = only(statements("“We waited for days,” said the nurse. “Nobody came to help us in the end.”"))
    assert found.content.text == "“Nobody came to help us in the end.”"
    assert [run.text for run in found.more] == ["“We waited for days,”"]


def test_an_aside_in_the_middle_leaves_two_runs(statements: States) -> None:
    found = only(statements("The port, the mayor said, was closed for a week."))
    assert {found.content.text, *(run.text for run in found.more)} == {"The port", "was closed for a week"}


def test_a_quotation_woven_into_a_clause_is_mixed(statements: States) -> None:
    found = only(statements("The minister said the plan was “a gift to the rebels” and nothing else."))
    assert found.form == "mixed"
    assert found.content.text.startswith("the plan was “a gift to the rebels”")


def test_words_before_a_quotation_belong_to_it_when_it_ends_their_sentence(statements: States) -> None:
    found = only(statements("But the talks were “a waste of everyone's time,” the minister said."))
    assert found.content.text.endswith("talks were “a waste of everyone's time,”")
    assert found.form == "mixed"


def test_a_bare_quotation_in_the_next_paragraph_goes_on_with_the_last_speaker(statements: States) -> None:
    found = only(statements("“We lost the house,” Jonas Vik said.\n\n“Then we lost the boat in the storm.”"))
    assert found.speaker_name == "Jonas Vik"
    assert found.content.text == "“Then we lost the boat in the storm.”"


def test_a_colon_at_the_end_of_a_paragraph_introduces_the_next(statements: States) -> None:
    found = only(statements("The ministry released a note, saying:\n\n“The port remains closed until further notice.”"))
    assert found.speaker is not None and found.speaker.text == "The ministry"
    assert found.cue is not None and found.cue.text == "saying"


def test_a_quotation_signed_after_a_dash_is_its_signers(statements: States) -> None:
    found = only(statements("“We never thought the dam would break so soon.” — Jonas Vik"))
    assert (found.speaker_name, found.cue, found.form) == ("Jonas Vik", None, "direct")


def test_the_lines_of_a_transcript_are_statements(statements: States) -> None:
    found = statements("VIK: The dam is safe.\n\nAASEN: It is not.\n\nVIK: We shall see about that.")
    assert [s.content.text for s in found] == ["The dam is safe.", "It is not.", "We shall see about that."]
    assert [s.speaker and s.speaker.text for s in found] == ["VIK", "AASEN", "VIK"]


def test_one_line_in_capitals_before_a_colon_is_a_dateline(statements: States) -> None:
    assert statements("OSLO: The day was calm.\n\nThe sea was quiet.") == ()


def test_a_possessive_envoy_speaks_for_whom_the_pronoun_means(statements: States) -> None:
    found = statements("Norway sent ships, and its envoy, Jan Berg, called the raid a crime.")
    assert [(s.speaker_name, s.side) for s in found] == [("Jan Berg", "Norway")]


def test_joined_verbs_share_their_subject(statements: States) -> None:
    first, second = statements("Norway demanded the return of the ships and said the crew was safe.")
    assert (first.content.text, second.content.text) == ("the return of the ships", "the crew was safe")
    assert first.speaker_name == second.speaker_name == "Norway"


def test_a_second_verb_of_speech_is_no_part_of_what_was_said(statements: States) -> None:
    first, second = statements(
        "The general said his troops would hold the hill and warned the rebels not to come near."
    )
    assert first.content.text == "his troops would hold the hill"
    assert (second.content.text, second.addressee) == ("not to come near", "rebels")
    assert second.speaker_name == "general"


def test_a_participle_after_a_comma_speaks_for_the_main_subject(statements: States) -> None:
    found = statements("Jonas Vik met his Turkish counterpart in Oslo, saying the border would stay open.")
    assert [(s.speaker_name, s.content.text) for s in found] == [("Jonas Vik", "the border would stay open")]


def test_a_relative_clause_speaks_for_the_noun_before_it(statements: States) -> None:
    found = statements("Norway, which fears the dam is failing, sent engineers.")
    assert [(s.speaker_name, s.mode, s.content.text) for s in found] == [("Norway", "attitude", "the dam is failing")]


def test_a_passive_names_the_accused_and_no_speaker(statements: States) -> None:
    found = only(statements("The general was accused of burning the mill."))
    assert found.speaker is None and found.speaker_name is None
    assert (found.content.text, found.addressee) == ("burning the mill", "general")


def test_who_is_quoted_as_saying_it_said_it(statements: States) -> None:
    found = only(statements("The admiral was quoted as saying the fleet was ready."))
    assert (found.speaker_name, found.content.text) == ("admiral", "the fleet was ready")


def test_a_relay_gives_a_statement_for_each_layer(statements: States) -> None:
    found = statements("Reuters reported that the ministry said the port was closed.")
    assert [(s.speaker_name, s.content.text) for s in found] == [
        ("Reuters", "the ministry said the port was closed"),
        ("ministry", "the port was closed"),
    ]


def test_citing_shares_the_words_of_the_verb_it_hangs_on(statements: States) -> None:
    found = statements("Two boats sank in the storm, Reuters said, citing the coast guard.")
    assert {(s.speaker_name, s.content.text) for s in found} == {
        ("Reuters", "Two boats sank in the storm"),
        ("coast guard", "Two boats sank in the storm"),
    }


def test_a_noun_attributes_the_clause_after_it(statements: States) -> None:
    found = statements("Norway's claim that the port was mined surprised the council.")
    assert [(s.speaker_name, s.cue and s.cue.text, s.content.text) for s in found] == [
        ("Norway", "claim", "the port was mined")
    ]


def test_reports_that_have_no_holder(statements: States) -> None:
    found = only(statements("There were reports that the bridge had been mined."))
    assert found.speaker is None and found.side is None
    assert found.content.text == "the bridge had been mined"


@pytest.mark.parametrize(
    "text",
    [
        "The ministry declined to comment.",
        "The minister spoke in Oslo on Monday.",
        "The general did not say when the troops would leave.",
        "The ship sailed to Oslo with a full hold.",
        "The self-proclaimed republic has its own flag.",
        "A police officer asked not to be named.",
        "The ministry could not be reached.",
    ],
)
def test_no_statement_without_words(statements: States, text: str) -> None:
    assert statements(text) == ()


def test_a_teaser_is_not_read(statements: States) -> None:
    assert statements("Read also: Norway rules out war with the rebels\n\nThe day was calm.") == ()


def test_the_reporters_gloss_is_no_part_of_what_was_said(statements: States) -> None:
    found = only(statements("Ukraine accused Russia of massing troops in Crimea, annexed by Moscow in 2014."))
    assert found.content.text == "massing troops in Crimea"


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("The minister told the rebels to leave the town.", "demand"),
        ("“We call on Norway to open the border,” the minister said.", "demand"),
        ("The minister said the border should be opened.", "demand"),
        ("Norway said it would send a second ship.", "promise"),
        ("The Kremlin said there would be no attack.", "promise"),
        ("Russia claims that Kiev is preparing an offensive against the rebels.", "accuse"),
        ("Russia said the report was false.", "deny"),
        ("“There will be consequences,” the minister said.", "warn"),
        ("The minister said the border was open.", "say"),
        ("The minister described the talks as fruitful.", "say"),
    ],
)
def test_a_neutral_cue_leaves_the_mode_to_the_words(statements: States, text: str, mode: str) -> None:
    assert statements(text)[0].mode == mode


def test_whom_a_quoted_demand_is_for(statements: States) -> None:
    found = only(statements("“We call on Norway to open the border at once,” the Turkish minister said."))
    assert found.addressee == "Norway"


def test_the_same_text_gives_the_same_statements(statements: States) -> None:
    text = "Jonas Vik said the port was closed. “It will open soon,” he added, urging patience."
    assert statements(text) == statements(text)


_PIECES = st.sampled_from(
    ["“", "”", '"', "''", "he said", "said", ",", ".", ":", "according to", "Moscow", "army", "that", "warned",
     "accused Russia of", "who", "they", "citing", "\n", "\n\n", " ", "’s", "(", ")", "—", "Gen.", "\u200b", "🙂",
     "\ud800",
     "denied", "claim that", "not", "was", "killed", "28,000", "its", "Read also:", "to", "and", "but", "-"]
)  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.lists(_PIECES, max_size=40).map(" ".join), st.text(max_size=200)))
def test_any_text_gives_statements_whose_words_stand_in_it(statements: States, text: str) -> None:
    for found in statements(text):
        for span in (found.content, *found.more, found.cue, found.speaker):
            assert span is None or (span.text and text[span.start : span.end] == span.text)
