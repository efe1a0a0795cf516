"""Quotations of a paragraph, however carelessly they were typed."""

import pytest

from extract.quotations import quotations


def quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We wait,” she said.", ["“We wait,”"]),
        ('"We wait," she said. "We always did."', ['"We wait,"', '"We always did."']),
        ("''We wait,'' she said.", ["''We wait,''"]),
        ("He called it «a farce».", ["«a farce»"]),
        ("Er sprach von „Ruhe“ im Tal.", ["„Ruhe“"]),
        ("They spoke of ‘a good day’ at sea.", ["‘a good day’"]),
    ],
)
def test_marks_of_every_usual_kind_pair_up(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_an_unclosed_quotation_reaches_to_the_end_of_its_paragraph() -> None:
    (found,) = quotations("She spoke of “calm as promised. at the Harbour Board.")
    assert not found.closed
    assert found.end == len("She spoke of “calm as promised. at the Harbour Board.")


def test_a_mark_that_opens_again_inside_an_open_quotation_begins_its_next_paragraph() -> None:
    assert quoted("He said: “We go on. “Nobody will stop us.” Then he left.") == ["“We go on. “Nobody will stop us.”"]


def test_an_apostrophe_opens_no_quotation() -> None:
    assert quoted("The rebels' leader and the soldiers' mess, 'tis said, were quiet; it's over.") == []


def test_doubled_marks_inside_a_quoted_line_are_the_quotation() -> None:
    line = '"The army spoke of ""grave results"", according to the Herald."'
    assert quoted(line) == ['""grave results""']


def test_the_words_of_a_quotation_stand_without_its_marks() -> None:
    (found,) = quotations('He said "we wait" twice.')
    assert found.words == "we wait"
    assert found.length == 2


@pytest.mark.parametrize("text", ["", '"', "“", "''", '""', "”””", "'", "‘", '"""', "“”"])
def test_lone_marks_do_no_harm(text: str) -> None:
    for found in quotations(text):
        assert 0 <= found.start < found.end <= len(text)
