"""Bars in time and the range that is chosen on them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.timeline import Timeline, html
from store.facets import FacetValue

FIRST = date(2021, 4, 12)
DAYS = Timeline.over(FIRST, date(2021, 4, 22))


def test_ten_days_have_a_bar_each_and_empty_days_keep_their_room() -> None:
    assert len(DAYS.starts) == 11
    counts = DAYS.counts([FacetValue("2021-04-12", "", 3), FacetValue("2021-04-22", "", 2)])
    assert (counts[0], counts[-1], sum(counts)) == (3, 2, 5)


@pytest.mark.parametrize(("days", "word"), [(93, "day"), (94, "week"), (1200, "30 days"), (9000, "365 days")])
def test_longer_spans_have_longer_bars(days: int, word: str) -> None:
    timeline = Timeline.over(FIRST, FIRST + timedelta(days=days - 1))
    assert timeline.word == f"Claims by {word}."
    assert len(timeline.starts) <= 125


@given(st.integers(1, 4000), st.data())
def test_a_range_of_bars_and_its_days_are_the_same_choice(span: int, data: st.DataObject) -> None:
    timeline = Timeline.over(FIRST, FIRST + timedelta(days=span))
    low = data.draw(st.integers(0, len(timeline.starts) - 1))
    high = data.draw(st.integers(low, len(timeline.starts) - 1))
    assert timeline.chosen(*timeline.limits(low, high)) == (low, high)


def test_the_whole_range_is_no_limit() -> None:
    assert DAYS.limits(0, 10) == (None, None)
    assert DAYS.limits(2, 10) == (date(2021, 4, 14), None)
    assert DAYS.limits(0, 8) == (None, date(2021, 4, 20))


def test_a_range_that_ends_before_it_starts_holds_one_bar() -> None:
    assert DAYS.chosen(date(2021, 4, 20), date(2021, 4, 13)) == (8, 8)


def test_the_picture_is_described_in_words_and_pale_outside_the_choice() -> None:
    shown = html(DAYS, [3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9], (0, 5))
    assert shown.count("<i ") == 2
    assert shown.count("ca-out") == 1
    assert "Chosen: 12 Apr 2021 to 17 Apr 2021, 3 claims. Most: 22 Apr 2021: 9 claims." in shown
