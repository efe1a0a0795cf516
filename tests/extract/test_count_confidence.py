"""Confidence of counts: a share between 0 and 1, lower where more had to be inferred."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from extract import lexicon
from extract.actors import ActorBook
from extract.count_confidence import confidence
from extract.extractor import Extractor
from extract.marks import BASE
from extract.model import Count, Report
from tests.extract.places_names import Names


@pytest.fixture
def counts(model: Language, book: ActorBook) -> object:
    extractor = Extractor(model, Names(), book)
    return lambda text: extractor.extract(Report(text=text, published=date(2020, 1, 1))).counts


def last(found: tuple[Count, ...]) -> float:
    return found[-1].confidence


def test_a_place_taken_over_makes_a_count_doubtful(counts) -> None:
    own = last(counts("The mayor said 12 boatmen were killed in Kosti."))
    taken = last(counts("A boat sank in Kosti. The mayor said 12 boatmen were killed."))
    assert 0.5 < taken < own < 1


def test_a_place_from_far_before_makes_it_more_doubtful(counts) -> None:
    near = last(counts("A boat sank in Kosti. The mayor said 12 boatmen were killed."))
    far = last(
        counts(f"A boat sank in Kosti. {'It was a quiet day and all was well. ' * 12}Then 12 boatmen were killed.")
    )
    assert far < near


def test_arms_of_nobody_are_doubtful(counts) -> None:
    owned = last(counts("Russia has 12 tanks in Kosti."))
    assert last(counts("There are 12 tanks in Kosti.")) < owned


def test_every_mark_has_a_weight_and_any_marks_give_a_share() -> None:
    marks = {row["mark"] for row in lexicon.rows("count_confidence")}
    assert BASE in marks
    assert all(0 < confidence(frozenset(some)) < 1 for some in (set(), marks, {"unheard of"}))
