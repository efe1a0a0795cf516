"""Kinds of attribution that reports use and parsers stumble over, one invented sentence of each."""

from __future__ import annotations

import pytest

from tests.extract.conftest import States
from tests.extract.test_statements import only


def test_a_surname_that_the_recogniser_overlooks_means_the_full_name_before_it(statements: States) -> None:
    text = "Norwegian Defence Minister Liv Taran spoke in Oslo.\n\nTaran said that Kyiv could not hold the bridge."
    found = only(statements(text))
    assert (found.speaker_name, found.side) == ("Liv Taran", "Norway")


def test_a_surname_that_two_people_share_is_led_back_to_neither_by_guess(statements: States) -> None:
    text = (
        "Norwegian Defence Minister Liv Taran met Turkish envoy Ole Taran.\n\nTaran said that Kyiv could not hold out."
    )
    assert only(statements(text)).speaker_name in {"Taran", "Ole Taran"}


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("The ministers restated their support for the dam.", "restated", "their support for the dam"),
        ("The general ordered the crews back to the harbour.", "ordered", "the crews back to the harbour"),
        (
            "The mayor called Norway's plan for the valley “careless and cruel”.",
            "called",
            "Norway's plan for the valley “careless and cruel”",
        ),
    ],
)
def test_a_content_may_be_an_object_and_what_is_made_of_it(
    statements: States, text: str, cue: str, content: str
) -> None:
    found = only(statements(text))
    assert found.cue is not None
    assert (found.cue.text, found.content.text) == (cue, content)


def test_what_was_once_done_with_a_named_place_is_the_reporters_gloss(statements: States) -> None:
    found = only(statements("Norway says that Russia has mined Jan Mayen, which Oslo annexed in 1929."))
    assert found.content.text == "Russia has mined Jan Mayen"


def test_who_threatens_nobody_has_not_threatened(statements: States) -> None:
    found = only(statements("The Kremlin says that the ships threaten nobody and are at anchor."))
    assert (found.mode, found.content.text) == ("say", "the ships threaten nobody and are at anchor")


@pytest.mark.parametrize(
    ("words", "mode"),
    [("no plan for an offensive", "deny"), ("no role in the raid", "deny"), ("no plan for a fair", "say")],
)
def test_to_have_no_part_in_harm_is_to_deny_it(statements: States, words: str, mode: str) -> None:
    assert only(statements(f"The Kremlin said that Russia had {words}.")).mode == mode


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The dam held, said Ada Brook, who runs the port.", "Ada Brook, who runs the port"),
        ("Ada Brook, the mayor of Dale, said the dam held.", "Ada Brook, the mayor of Dale,"),
        ("Senator Ada Brook (L-Dale) said the dam held.", "Senator Ada Brook (L-Dale)"),
        ("The general on Sunday said the dam held.", "The general"),
        ("A report by the council said the dam held.", "A report by the council"),
        ("Norway, which fears a flood, said the dam held.", "Norway"),
    ],
)
def test_the_words_of_a_speaker_are_all_that_says_who_it_is_and_no_second_statement(
    statements: States, text: str, speaker: str
) -> None:
    found = [s for s in statements(text) if s.cue is not None and s.cue.text == "said"]
    assert [s.speaker and s.speaker.text for s in found] == [speaker]


def test_a_second_report_joined_by_but_is_a_statement_of_its_own(statements: States) -> None:
    found = statements("Jonas Vik said that the dam was old, but he said that it would hold.")
    assert [(s.speaker_name, s.cue and s.cue.text) for s in found] == [("Jonas Vik", "said")] * 2


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("The new poll shows a narrow lead for the mayor.", "new poll", "a narrow lead for the mayor"),
        ("The Dawn Front claimed responsibility for the raid.", "Dawn Front", "responsibility for the raid"),
        ("The mayor suggested draining the lake.", "mayor", "draining the lake"),
        ("Norway criticised the mayor for closing the port.", "Norway", "the mayor for closing the port"),
        ("As Jonas Vik has pointed out, the dam is a century old.", "Jonas Vik", "the dam is a century old"),
    ],
)
def test_a_cue_takes_objects_that_are_said(statements: States, text: str, speaker: str, content: str) -> None:
    found = only(statements(text))
    assert (found.speaker_name, found.content.text) == (speaker, content)


@pytest.mark.parametrize(
    "text",
    [
        "The Dawn Front rarely claims responsibility for raids.",
        "The curtain shows a hole.",
        "The army claimed 40 lives.",
    ],
)
def test_what_says_nothing_is_no_statement(statements: States, text: str) -> None:
    assert statements(text) == ()


def test_who_cites_a_thing_relays_nobody(statements: States) -> None:
    found = only(statements("The port will close, the mayor said, citing the cost of the bridge."))
    assert found.speaker_name == "mayor"


def test_where_something_was_told_is_not_what_was_told(statements: States) -> None:
    found = statements("In Oslo last week, the mayor told a meeting of fishermen that few boats were left.")
    assert all(not s.content.text.startswith("In Oslo") for s in found)


@pytest.mark.parametrize(
    ("text", "name", "side"),
    [
        ("A Ukrainian rebel spokesman said the road was open.", "Ukrainian rebel spokesman", "Ukrainian rebel"),
        (
            "The Norwegian opposition leader said the vote was false.",
            "Norwegian opposition leader",
            "Norwegian opposition",
        ),
        ("Ada Brook, a lawyer for the Dawn Front, said the raid was false.", "Ada Brook", "Dawn Front"),
        ("The UN Office of Tides said the coast was safe.", "UN Office of Tides", "United Nations"),
        ("An official in the Norwegian defence ministry said the coast was safe.", "official", "Norway"),
        ("A former Norwegian minister said the port would close.", "former Norwegian minister", None),
        ("Ada Brook, a member of the village council, said the road was open.", "Ada Brook", "village council"),
        ("A memo seen by Reuters said the port would close.", "memo", None),
        ("The port will close, a memo seen by Reuters said.", "memo", None),
        ("OSLO (AP) — A Norwegian general said the port would close.", "Norwegian general", "Norway"),
    ],
)
def test_whom_a_speaker_speaks_for(statements: States, text: str, name: str, side: str | None) -> None:
    found = only(statements(text))
    assert (found.speaker_name, found.side) == (name, side)


def test_an_office_with_its_own_holder_takes_up_no_other(statements: States) -> None:
    text = "NATO head Ole Vik spoke first.\n\nThe head of the Dale Museum said that the roof had fallen."
    assert only(statements(text)).speaker_name != "Ole Vik"


def test_the_same_office_and_state_are_the_same_person(statements: States) -> None:
    text = "Norwegian Minister Liv Aasen spoke first.\n\nThe Norwegian minister said that the roof had fallen."
    assert only(statements(text)).speaker_name == "Liv Aasen"


def test_two_officials_that_nobody_names_are_not_the_last_two_persons(statements: States) -> None:
    text = "Ole Vik met Liv Aasen in Oslo.\n\nTwo senior officials said that the roof had fallen."
    assert only(statements(text)).speaker_name == "Two senior officials"


def test_a_surname_of_two_words_is_led_back_to_the_full_name(statements: States) -> None:
    text = "Jamil Abu Amer said the road was open. “It is dry,” Abu Amer said."
    assert {s.speaker_name for s in statements(text)} == {"Jamil Abu Amer"}


def test_what_is_called_for_may_have_its_own_subject(statements: States) -> None:
    found = only(statements("The council asked for the bridge to be closed."))
    assert (found.content.text, found.addressee) == ("the bridge to be closed", None)


def test_nobody_is_accused_when_nobody_is_named(statements: States) -> None:
    assert only(statements("Norway said that an unknown group had shelled the port.")).mode == "say"


def test_a_named_speaker_of_a_known_side_is_surer_than_somebody_unresolved(statements: States) -> None:
    sure = only(statements("Norwegian Minister Liv Aasen said that the roof had fallen."))
    doubtful = only(statements("The roof was reported to have fallen."))
    assert 0 < doubtful.confidence < sure.confidence < 1


def test_a_quotation_that_is_glued_to_the_sentence_before_keeps_its_mark(statements: States) -> None:
    text = 'The port is closed, the mayor said."We have found two mines near the pier," said Ada Brook in Dale.'
    assert statements(text)[-1].content.text == '"We have found two mines near the pier,"'


def test_a_participle_of_speech_after_a_threat_is_a_statement_of_its_own(statements: States) -> None:
    found = statements("The Dawn Front threatened to leave the talks, accusing Norway of lying.")
    assert [s.content.text for s in found] == ["to leave the talks", "lying"]


def test_what_a_speaker_was_told_to_do_is_no_demand_of_the_speaker(statements: States) -> None:
    found = only(statements('"I have been told to keep the number of dead secret," said a nurse in Dale.'))
    assert found.mode == "say"


def test_a_quotation_that_the_reporters_sentence_goes_on_from_is_no_second_run(statements: States) -> None:
    text = "“This is not right,” Ada Brook said. “You pressed the crews” to work at night, she said."
    assert statements(text)[0].more == ()


def test_lines_of_a_transcript_may_each_open_a_quotation(statements: States) -> None:
    text = '"VIK: The dam will hold.\n\n"AASEN: For how long?\n\n"VIK: For ten years."'
    assert [s.speaker and s.speaker.text for s in statements(text)] == ["VIK", "AASEN", "VIK"]


def test_a_headline_gives_its_words_to_the_name_before_the_colon(statements: States) -> None:
    found = only(statements("Kremlin: No talks are planned"))
    assert (found.speaker_name, found.cue, found.form, found.content.text) == (
        "Russia",
        None,
        "indirect",
        "No talks are planned",
    )


@pytest.mark.parametrize("text", ["Note: this story was changed on Monday", "Analysis: Why the dam has failed"])
def test_a_label_that_names_nobody_says_nothing(statements: States, text: str) -> None:
    assert statements(text) == ()


def test_a_name_that_its_apposition_calls_an_organisation_speaks_for_itself(statements: States) -> None:
    found = only(statements("Ice Wars, an organisation that tracks glaciers, said the dam was safe."))
    assert (found.speaker_name, found.side) == ("Ice Wars", "Ice Wars")


@pytest.mark.parametrize(
    "text",
    [
        "Norway may not, as an ally, “unilaterally declare” a port closed.",
        "The mayor is denying food to the camp.",
        "As talks continue, the rain falls on the valley.",
    ],
)
def test_deeds_and_duties_are_not_words(statements: States, text: str) -> None:
    assert statements(text) == ()


def test_what_found_something_is_the_ruling_and_not_its_date(statements: States) -> None:
    found = statements("Vik read the ruling of 19 July 2004, which found that the port was unsafe.")
    assert [s.speaker_name for s in found] == ["ruling"]


def test_a_name_that_is_no_entity_takes_side_and_role_from_its_apposition(statements: States) -> None:
    text = "“The rain has killed two,” Zarta Hurtado, spokeswoman for the Norwegian ministry, told reporters."
    assert only(statements(text)).side == "Norway"
