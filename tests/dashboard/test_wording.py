"""Numbers, intervals, sides and marked text in words."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import wording
from dashboard.markup import chip, esc, highlighted
from dashboard.sides import COLOURS, GREY, Palette, code


def number(low: int | None, high: int | None, **more: bool) -> SimpleNamespace:
    return SimpleNamespace(low=low, high=high, **{"low_open": False, "high_open": False, "approx": False, **more})


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (number(80000, None, low_open=True), "above 80,000, no upper limit given"),
        (number(80000, None), "80,000 or more, no upper limit given"),
        (number(None, 2000, high_open=True), "below 2,000, no lower limit given"),
        (number(None, 2000), "2,000 or fewer, no lower limit given"),
        (number(12, 12), "12, given as one figure"),
        (number(12, 12, approx=True), "about 12"),
        (number(2000, 3000), "2,000 to 3,000"),
        (number(2000, 3000, low_open=True, high_open=True), "above 2,000 to below 3,000"),
        (number(None, None), "no bounds given"),
    ],
)
def test_an_interval_is_said_without_adding_a_bound(given: SimpleNamespace, words: str) -> None:
    assert wording.interval(given) == words


def test_what_is_left_is_said_in_words() -> None:
    assert wording.claims_left(23, 41) == "23 of 41 claims"
    assert wording.claims_left(41, 41) == "All 41 claims"
    assert wording.claims_left(0, 1) == "0 of 1 claim"
    assert wording.claims_left(1200, 300000) == "1,200 of 300,000 claims"


def test_a_missing_date_is_said_and_not_guessed() -> None:
    assert wording.day(None) == "undated"
    assert wording.day(date(2021, 4, 14)) == "14 April 2021"


def test_a_number_in_the_reports_own_voice_is_the_reports() -> None:
    assert wording.claimant("reporter") == "The report itself"
    assert wording.claimant(None) == "Speaker not named"


@pytest.mark.parametrize(
    ("name", "short"),
    [("Russia", "RU"), ("United States", "US"), ("NATO", "NATO"), ("Free Sorvian Army", "FSA"), ("Sorvia", "Sor")],
)
def test_a_side_has_a_short_code(name: str, short: str) -> None:
    assert code(name) == short


def test_colours_go_to_the_most_frequent_sides_and_stay_theirs() -> None:
    palette = Palette.of([f"Side {i}" for i in range(12)])
    assert [palette.side(f"Side {i}").colour for i in range(7)] == list(COLOURS)
    assert palette.side("Side 9").colour == GREY
    assert palette.side(None).code == "–"
    assert palette.side("Side 1; Side 2").colour == COLOURS[1]


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", [*COLOURS, GREY])
@pytest.mark.parametrize("ground", ["#ffffff", "#fbfaf7", "#e9eff3", "#121a22", "#1e2831"])
def test_every_side_colour_stands_out_from_paper_land_and_sea_in_both_themes(colour: str, ground: str) -> None:
    assert contrast(colour, ground) >= 3.0


@given(st.text(max_size=200))
def test_escaped_text_holds_nothing_that_html_or_markdown_could_read(text: str) -> None:
    assert not re.search(r"[<>\"'`$\\]", esc(text))


def test_long_text_is_cut() -> None:
    assert len(esc("x" * 5000, limit=50)) == 50


def test_marked_ranges_are_marked_and_the_rest_is_escaped() -> None:
    assert highlighted("a <b> c", [(2, 5, "m")]) == 'a <mark class="m">&lt;b&gt;</mark> c'


def test_of_overlapping_ranges_the_first_and_longest_is_marked() -> None:
    assert highlighted("abcdef", [(1, 3, "y"), (0, 4, "x"), (2, 6, "z")]) == '<mark class="x">abcd</mark>ef'


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70), st.just("m")), max_size=6))
def test_marking_never_loses_or_adds_a_character(text: str, ranges: list[tuple[int, int, str]]) -> None:
    inside = [mark for mark in ranges if mark[0] >= 0]
    assert re.sub(r"</?mark[^>]*>", "", highlighted(text, inside)) == esc(text, limit=len(text) + 1)


def test_a_chip_carries_code_name_and_colour() -> None:
    side = Palette.of(["Russia"]).side("Russia")
    assert "RU" in chip(side) and "Russia" in chip(side) and side.colour in chip(side)


@pytest.mark.parametrize(
    ("written", "official", "words"),
    [
        ("Kiev", "Kyiv", "Kiev (Kyiv)"),
        ("the Donbas", "Donbas", "the Donbas"),
        ("Kyiv", "Kyiv", "Kyiv"),
        ("its eastern border", "eastern border of Sorvia", "its eastern border (eastern border of Sorvia)"),
    ],
)
def test_a_place_stands_as_written_with_its_official_name_beside_it(written: str, official: str, words: str) -> None:
    assert wording.place(written, official) == words
