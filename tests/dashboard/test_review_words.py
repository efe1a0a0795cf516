"""What a reviewer types: bounds of a number, and words of a report."""

from __future__ import annotations

import re

import pytest

from dashboard import review_words
from tests.dashboard.rows import HOSTILE


@pytest.mark.parametrize(
    ("typed", "bound"),
    [("", None), ("80,000", 80_000), ("80 000", 80_000), ("80.000", 80_000), ("80\u202f000", 80_000)],
)
def test_a_bound_may_be_typed_in_any_way(typed: str, bound: int | None) -> None:
    assert review_words.bound(typed) == bound


@pytest.mark.parametrize("typed", ["many", "-3", "8e4", "９", "1" * 19])
def test_what_is_no_bound_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=re.escape(typed)):
        review_words.bound(typed)


def test_words_are_found_nearest_to_the_claim_whatever_the_spaces() -> None:
    assert review_words.found_words("a b, a\n b, a b", "a b", 6) == (5, 9)
    assert review_words.found_words("a b", "c", 0) is None
    assert review_words.found_words("a b", "  ", 0) is None
    assert review_words.found_words(HOSTILE, HOSTILE[:40], 0) == (0, 40)
