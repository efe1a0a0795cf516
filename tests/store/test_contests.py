"""Who takes a number back, who gives a later one, who disagrees with whom: by how much, over which days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.contests import Disagreement, Voiced, compatible, corrections, disagreements, later_figures, overlap
from tests.store.claim_rows import a_count, a_report

REPORT = a_report()


def said(who: str, low: int | None, day: int | None = 1, **more: object) -> Voiced:
    """``who`` says a number on a day of April; exact unless ``high`` says otherwise."""
    outlet = more.pop("outlet", None)
    name = more.pop("name", f"{who}{low}{day}")
    row = a_count(REPORT, str(name), low=low, claimant=who, **{"high": low} | more)
    return Voiced(row, outlet, date(2021, 4, day) if day else None)  # type: ignore[arg-type]


def taken_back(name: str) -> str:
    return a_count(REPORT, name).id


WORDS = {"spans": {"correction": ((3, 9),)}}


def test_a_number_that_names_what_it_replaces_corrects_it() -> None:
    claims = [said("EU", 150, name="a"), said("EU", 100, corrects=taken_back("a"))]
    assert corrections(claims) == ((0, 1),)
    assert later_figures(claims) == ()


def test_a_number_taken_back_in_a_report_is_taken_back_in_those_before() -> None:
    number = (150, None, True, False)
    given = {"high": None, "low_open": True}
    later = replace(said("EU", 100, 2, corrects=taken_back("elsewhere")), takes_back=number)
    claims = [said("EU", 150, 1, **given), said("Russia", 150, 1, **given), later, said("EU", 150, 3, **given)]
    assert corrections(claims) == ((0, 2),)


def test_words_of_correction_reach_the_last_number_of_the_same_claimant() -> None:
    claims = [said("EU", 180, 1), said("EU", 150, 2), said("Russia", 90, 3), said("EU", 100, 4, **WORDS)]
    assert corrections(claims) == ((1, 3),)
    assert later_figures(claims) == ((0, 1),)


def test_a_later_number_without_words_is_no_correction() -> None:
    claims = [said("EU", 100, 1), said("EU", 150, 2)]
    assert corrections(claims) == ()
    assert later_figures(claims) == ((0, 1),)


def test_a_number_that_agrees_with_the_one_before_is_no_later_figure() -> None:
    assert later_figures([said("EU", 100, 1, high=None), said("EU", 150, 2)]) == ()
    assert later_figures([said("EU", 100, 1), said("EU", 105, 2, approx=True)]) == ()


def test_numbers_of_one_day_have_no_order() -> None:
    assert later_figures([said("EU", 100, 1), said("EU", 150, 1)]) == ()


def test_a_claimant_with_several_numbers_on_a_day_speaks_of_several_things() -> None:
    assert later_figures([said("EU", 100, 1), said("EU", 30, 1), said("EU", 150, 2)]) == ()
    assert later_figures([said("EU", 100, 1), said("EU", 150, 2), said("EU", 30, 2)]) == ()


def test_undated_numbers_are_no_later_figures() -> None:
    assert later_figures([said("EU", 100, 1), said("EU", 150, None)]) == ()


def test_each_outlet_speaks_for_itself() -> None:
    own = [said("reporter", 5, 1, outlet="Post"), said("reporter", 9, 2, outlet="Wire")]
    assert later_figures(own) == ()
    assert len(disagreements(own)) == 1


def test_a_disagreement_has_difference_and_ratio_of_the_nearest_bounds() -> None:
    claims = [said("EU", 100, 3, high=120), said("Russia", 30, 1, high=80)]
    assert disagreements(claims) == (Disagreement(0, 1, 20, 1.25, date(2021, 4, 3), None),)


def test_two_claimants_disagree_until_one_of_them_gives_another_number() -> None:
    claims = [said("EU", 100, 1), said("Russia", 80, 3), said("EU", 80, 6)]
    assert disagreements(claims) == (Disagreement(0, 1, 20, 1.25, date(2021, 4, 3), date(2021, 4, 6)),)
    assert compatible(claims) == ((1, 2),)


def test_a_number_replaced_before_the_other_was_given_disagrees_with_nobody() -> None:
    assert disagreements([said("EU", 100, 1), said("EU", 80, 2), said("Russia", 80, 3)]) == ()


def test_nobody_is_a_ratio_of_none() -> None:
    (found,) = disagreements([said("EU", 0), said("Russia", 7)])
    assert (found.difference, found.ratio) == (7, None)


def test_at_least_agrees_with_more_and_less_than_does_not() -> None:
    assert compatible([said("EU", 100, high=None), said("Russia", 150)]) == ((0, 1),)
    assert not overlap(said("EU", None, high=100, high_open=True).row, said("Russia", 100).row)
    assert overlap(said("EU", None, high=100).row, said("Russia", 100).row)


def test_a_number_without_bounds_neither_agrees_nor_disagrees() -> None:
    claims = [said("EU", None), said("Russia", 7)]
    assert (compatible(claims), disagreements(claims)) == ((), ())


voices = st.lists(
    st.builds(
        said,
        st.sampled_from(["EU", "Russia", "Ukraine"]),
        st.integers(0, 30) | st.none(),
        st.integers(1, 9) | st.none(),
        name=st.uuids(),
        approx=st.booleans(),
        spans=st.sampled_from([{}, {"correction": ((1, 2),)}]),
    ),
    max_size=8,
)


@given(voices)
def test_two_claims_never_agree_and_disagree(claims: list[Voiced]) -> None:
    apart = {(item.first, item.second) for item in disagreements(claims)}
    assert not apart & set(compatible(claims))
    assert all(item.difference >= 0 and (item.ratio is None or item.ratio >= 1) for item in disagreements(claims))


@given(voices)
def test_only_words_make_a_correction_and_only_their_lack_a_later_figure(claims: list[Voiced]) -> None:
    assert all("correction" in claims[pair.later].row.spans for pair in corrections(claims))
    assert not set(corrections(claims)) & set(later_figures(claims))
    for pair in (*corrections(claims), *later_figures(claims)):
        first, second = claims[pair.earlier], claims[pair.later]
        assert first.voice == second.voice
        assert first.day is not None and second.day is not None and first.day < second.day


@pytest.mark.parametrize("order", [1, -1])
def test_overlap_has_no_order(order: int) -> None:
    pair = [said("EU", 1, high=5).row, said("Russia", 5, high=9).row][::order]
    assert overlap(*pair)
