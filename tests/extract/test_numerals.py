"""Numerals become intervals: the words, their bounds, and what is no numeral at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.numerals import Numeral, find_numerals


def only(text: str) -> Numeral:
    found = find_numerals(text)
    assert len(found) == 1, [text[n.start : n.end] for n in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "words", "low", "high"),
    [
        ("12 boats", "12", 12, 12),
        ("80,000 men", "80,000", 80_000, 80_000),
        ("2000 men", "2000", 2000, 2000),
        ("3 million people", "3 million", 3_000_000, 3_000_000),
        ("1.5 million people", "1.5 million", 1_500_000, 1_500_000),
        ("twenty-two sailors", "twenty-two", 22, 22),
        ("one hundred and fifty boats", "one hundred and fifty", 150, 150),
        ("a dozen boats", "a dozen", 12, 12),
        ("half a dozen boats", "half a dozen", 6, 6),
        ("two dozen boats", "two dozen", 24, 24),
        ("half a million people", "half a million", 500_000, 500_000),
        ("a couple of hundred men", "a couple of hundred", 200, 200),
        ("15 to 20 tanks", "15 to 20", 15, 20),
        ("40-50 boats", "40-50", 40, 50),
        ("1 to 2 million people", "1 to 2 million", 1_000_000, 2_000_000),
        ("between nine and 50 shepherds", "nine and 50", 9, 50),
        ("dozens of shepherds", "dozens", 24, None),
        ("hundreds of shepherds", "hundreds", 200, None),
        ("tens of thousands of shepherds", "tens of thousands", 20_000, None),
        ("hundreds of thousands of shepherds", "hundreds of thousands", 200_000, None),
        ("several hundred shepherds", "several hundred", 200, None),
        ("a 30,000-strong force", "30,000", 30_000, 30_000),
    ],
)
def test_a_numeral_is_an_interval(text: str, words: str, low: int | None, high: int | None) -> None:
    numeral = only(text)
    assert (text[numeral.start : numeral.end], numeral.low, numeral.high) == (words, low, high)


@pytest.mark.parametrize(
    ("modifier", "low", "high", "marks"),
    [
        ("more than", 40, None, "low open"),
        ("over", 40, None, "low open"),
        ("at least", 40, None, ""),
        ("no fewer than", 40, None, ""),
        ("up to", None, 40, ""),
        ("as many as", None, 40, ""),
        ("fewer than", None, 40, "high open"),
        ("about", 40, 40, "approx"),
        ("some", 40, 40, "approx"),
        ("nearly", 40, 40, "approx"),
        ("an estimated", 40, 40, "approx"),
        ("another", 40, 40, ""),
        ("a total of", 40, 40, ""),
    ],
)
def test_a_modifier_sets_the_bounds(modifier: str, low: int | None, high: int | None, marks: str) -> None:
    text = f"They counted {modifier} 40 boats"
    numeral = only(text)
    assert numeral.modifier == modifier
    assert text[numeral.outer_start : numeral.outer_end] == f"{modifier} 40"
    assert (numeral.low, numeral.high) == (low, high)
    assert (numeral.low_open, numeral.high_open) == (marks == "low open", marks == "high open")
    assert numeral.approx == (marks == "approx")


def test_or_more_after_the_number_leaves_it_open_above() -> None:
    numeral = only("40 or more boats")
    assert (numeral.low, numeral.high, numeral.modifier) == (40, None, "or more")


def test_a_verb_can_bound_a_number() -> None:
    numeral = only("The crew does not exceed 500")
    assert (numeral.low, numeral.high, numeral.modifier) == (None, 500, "does not exceed")


def test_a_modifier_bounds_its_own_number_alone() -> None:
    first, second = find_numerals("more than 40 boats and 12 ferries")
    assert (first.high, second.low, second.high) == (None, 12, 12)


def test_from_one_number_to_another_is_a_change_and_no_range() -> None:
    assert [(n.low, n.high) for n in find_numerals("The toll rose from 20 to 30")] == [(20, 20), (30, 30)]


@pytest.mark.parametrize("text", ["a T-72", "155mm guns", "20% of it", "$300 in coins", "at 3:30", "v1.2.3", "№ A-40"])
def test_models_money_shares_and_clocks_hold_no_numeral(text: str) -> None:
    assert find_numerals(text) == []


def test_numerals_in_skipped_ranges_are_left_out() -> None:
    text = "On 5 May to 922 men"
    assert [n.low for n in find_numerals(text, skip=[(3, 8)])] == [922]


@given(st.text(max_size=200))
def test_any_text_gives_ordered_numerals_inside_it(text: str) -> None:
    end = 0
    for numeral in find_numerals(text):
        assert end <= numeral.outer_start <= numeral.start < numeral.end <= numeral.outer_end <= len(text)
        assert numeral.low is not None or numeral.high is not None
        end = numeral.outer_end


@given(st.integers(min_value=2, max_value=10**9))
def test_grouped_digits_mean_the_number_they_write(number: int) -> None:
    assert only(f"{number:,} men").low == number
