"""A first visit: who has never seen the page asks who claims how many troops are in Crimea, of the sample reports."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visit, Visiting

pytestmark = pytest.mark.browser

ANSWER = {
    "Ukraine": "more than 80,000",
    "Iuliia Mendel": "more than 40,000",
    "Josep Borrell": "more than 100,000",
    "Russian Defence Ministry": "more than 10,000",
}
"""Who claims how many, as the sample reports have it; Borrell said more than 150,000 before."""


def answer(here: Visit) -> Locator:
    """The first group of rival numbers, once it is of Crimea alone."""
    expect(here.page.locator(".ca-place h2")).to_have_text("Crimea")
    return here.page.locator(".st-key-ca-rival-0")


def is_answered(group: Locator) -> None:
    expect(group.locator("h3")).to_contain_text("Crimea")
    rows = group.locator(".ca-row")
    for who, how_many in ANSWER.items():
        expect(rows.filter(has_text=who).filter(has_text=how_many)).to_have_count(1)


def test_the_page_says_what_to_do_first(visit: Visiting, samples: str) -> None:
    here = visit(server=samples).go()
    expect(here.page.get_by_text("Choose a place on the map, or search for one")).to_be_visible()
    here.picture("first-visit-1440-light")


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_one_click_on_the_map_answers_who_claims_how_many_troops_are_in_crimea(
    visit: Visiting, samples: str, width: int, height: int
) -> None:
    here = visit(server=samples, width=width, height=height).go()
    here.settled()
    here.map.locator(".mark .plate").filter(has_text="Crimea").click()
    group = answer(here)
    is_answered(group)
    expect(group).to_be_in_viewport()
    group.locator("[class*=st-key-ca-row-]").filter(has_text="Iuliia Mendel").get_by_role("button").click()
    expect(here.page.locator("mark.ca-hl-claim").first).to_contain_text("40,000")


@pytest.mark.parametrize("words", ["Crimea", "how many troops are in Crimea?"])
def test_the_question_typed_into_the_search_box_leads_to_the_place(visit: Visiting, samples: str, words: str) -> None:
    here = visit(server=samples).go()
    here.settled()
    here.page.get_by_role("combobox", name="Search claims").press_sequentially(words)
    here.page.get_by_role("option").filter(has_text="Crimea").first.click()
    is_answered(answer(here))
