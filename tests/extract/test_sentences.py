"""Paragraphs are re-flowed for the parser, and every word still leads back to where it stands."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from extract.sentences import paragraphs, passages


def shown(text: str) -> list[str]:
    return [text[start:end] for start, end in paragraphs(text)]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The council of the northern valley met on Monday to hear\n"
        "what the boatmen had seen at the mouth of the river, and\n"
        "nobody of them wished to speak first about the barges."
    )
    assert shown(text) == [text]


def test_short_lines_stay_apart() -> None:
    assert shown("Boats lost at sea.\nThe council met.\nNobody spoke.") == [
        "Boats lost at sea.", "The council met.", "Nobody spoke.",
    ]  # fmt: skip


def test_a_line_that_breaks_off_goes_on_in_the_next() -> None:
    assert shown("The council of\nthe valley met.") == ["The council of\nthe valley met."]


def test_paragraphs_that_a_lost_line_break_glued_are_parted() -> None:
    assert shown("The boats came home on Monday.The council met at once.") == [
        "The boats came home on Monday.", "The council met at once.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["Write to www.valley.Sd for it.", "It began at 5 p.m. On Monday it ended.", "A U.S. envoy."]
)
def test_addresses_and_initials_are_not_parted(text: str) -> None:
    assert shown(text) == [text]


def test_a_teaser_is_kept_but_marked(model: Language) -> None:
    kinds = [p.kind for p in passages("The boats came home.\nRead also: Ferries stay in port\nNobody spoke.", model)]
    assert kinds == ["body", "teaser", "body"]


def test_declared_boilerplate_is_marked(model: Language) -> None:
    found = passages("All rights reserved.\nThe boats came home.", model, boilerplate=[(0, 20)])
    assert [p.kind for p in found] == ["boilerplate", "body"]


def test_words_lead_back_through_collapsed_white_space(model: Language) -> None:
    text = "The   boats\u00a0\u200bcame\thome."
    passage = passages(text, model)[0]
    assert passage.doc.text == "The boats came home."
    for token in passage.doc:
        span = passage.of(token)
        assert text[span.start : span.end] == token.text


def test_a_span_of_the_report_finds_its_tokens(model: Language) -> None:
    text = "The   boats came home."
    passage = passages(text, model)[0]
    found = passage.tokens(passage.of(passage.doc[1:3]))
    assert found is not None
    assert found.text == "boats came"


def test_a_lone_surrogate_is_shown_to_the_parser_as_unreadable(model: Language) -> None:
    passage = passages("A \ud800 boat", model)[0]
    assert passage.doc.text == "A \ufffd boat"
    assert passage.of(passage.doc[1]).text == "\ud800"


def test_a_run_that_is_no_word_is_not_parsed(model: Language) -> None:
    passage = passages("The boat " + "x" * 3000 + " came home.", model)[0]
    assert passage.doc.text == "The boat came home."


def test_a_huge_paragraph_is_parsed_in_pieces(model: Language) -> None:
    began = time.process_time()
    found = passages("The boat came home. " * 1500, model)
    assert max(len(p.doc.text) for p in found) <= 4_000
    assert sum(len(list(p.sentences())) for p in found) == 1500
    assert time.process_time() - began < 60


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.sampled_from("ab .!?\n\r\t\u2028\u200b\ud800\u00a0“”'A1"), max_size=120))
def test_sentences_of_any_text_are_cut_out_of_it(model: Language, text: str) -> None:
    for passage in passages(text, model):
        for span in passage.sentences():
            assert text[span.start : span.end] == span.text
            assert span.text.strip()
