"""Corrections: the number that stands is linked to the number it replaces."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from extract.actors import ActorBook
from extract.extractor import Extractor
from extract.model import Report
from tests.extract.places_names import Names


@pytest.fixture
def links(model: Language, book: ActorBook) -> object:
    extractor = Extractor(model, Names(), book)

    def read(text: str) -> dict[str, str | None]:
        found = extractor.extract(Report(text=text, published=date(2020, 1, 1))).counts
        return {c.number.text: c.corrects.text if c.corrects else None for c in found}

    return read


@pytest.mark.parametrize(
    "text",
    [
        "The ministry said that not 300 but 200 soldiers had crossed into Norway.",
        "Not 300 soldiers but 200 soldiers stood there.",
        "Norway has sent 200 soldiers, not 300.",
        "Russia massed 200 troops rather than 300 troops at the border.",
        "The ministry revised the toll from 300 dead to 200.",
        "The death toll was revised to 200 from 300.",
        "The ministry said 300 boatmen had died. It later corrected the number to 200.",
        "The mayor said that 200 soldiers had come. She had first said 300 soldiers.",
        "She had initially reported 300 soldiers. The mayor later spoke of 200 soldiers.",
    ],
)
def test_a_number_that_replaces_another_says_which(links, text: str) -> None:
    assert links(text) == {"200": "300", "300": None}


@pytest.mark.parametrize(
    "text",
    [
        "Two soldiers and not three officers came.",
        "Norway sent 200 soldiers, then 300 soldiers.",
        "The toll rose from 200 dead to 300.",
        "The mayor first met 300 soldiers and then 200 sailors.",
    ],
)
def test_numbers_that_only_follow_each_other_replace_nothing(links, text: str) -> None:
    assert set(links(text).values()) == {None}


def test_the_number_taken_back_counts_the_same_thing(model: Language, book: ActorBook) -> None:
    found = Extractor(model, Names(), book).extract(Report(text="Norway has sent 200 soldiers, not 300.")).counts
    assert [(c.unit, c.kind, c.whose) for c in found] == [("soldiers", "personnel", "Norway")] * 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The ministry corrected its death toll to 200.", "corrected its death toll to"),
        ("The death toll was\nrevised to 200.", "revised to"),
        ("The army raised the number of its soldiers to 200.", None),
        ("The death toll rose to 200.", None),
    ],
)
def test_words_of_correction_are_kept_also_when_the_number_before_is_elsewhere(
    model: Language, book: ActorBook, text: str, words: str | None
) -> None:
    (count,) = Extractor(model, Names(), book).extract(Report(text=text)).counts
    assert (count.correction.text if count.correction else None) == words
    assert count.corrects is None
