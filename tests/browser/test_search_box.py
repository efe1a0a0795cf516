"""The search box in a real browser, by keyboard and by mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import MAP, Visit, Visiting
from tests.dashboard.rows import CITY, REPORTS

pytestmark = pytest.mark.browser


def box(here: Visit) -> Locator:
    return here.page.get_by_role("combobox", name="Search claims, actors and places")


def test_a_place_is_found_and_selected_by_keys_alone(visit: Visiting) -> None:
    here = visit().go()
    here.page.evaluate(f"document.querySelector('{MAP}').dataset.same = 'yes'")
    box(here).focus()
    here.page.keyboard.type("harv")
    expect(here.page.get_by_role("option", name="Harven")).to_be_visible()
    here.picture("search-1440-light")
    here.page.keyboard.press("ArrowDown")
    expect(here.page.get_by_role("option", name="Harven")).to_have_attribute("aria-selected", "true")
    here.page.keyboard.press("Enter")
    expect(here.page.locator(".ca-place h2")).to_have_text("Harven")
    expect(box(here)).to_have_value("")
    assert here.parameters() == {"at": [CITY.key]}
    assert here.page.locator(MAP).get_attribute("data-same") == "yes", "the frame was made anew"


def test_a_claim_that_is_chosen_opens(visit: Visiting) -> None:
    here = visit().go()
    box(here).fill("80,000 troops")
    here.page.get_by_role("option", name="80,000 troops").first.click()
    expect(here.page.locator(".ca-context mark.ca-hl-claim")).to_have_text("80,000 troops")
    assert here.parameters() == {"claim": [REPORTS[1][1][1].id]}


def test_an_actor_that_is_chosen_becomes_a_filter(visit: Visiting) -> None:
    here = visit().go()
    box(here).fill("ana")
    here.page.get_by_role("option", name="Ana Tarov").first.click()
    expect(here.left()).to_contain_text("2 of 8 claims")
    expect(here.page.locator(".ca-pick-actors")).to_contain_text("Ana Tarov")


def test_escape_closes_the_list_and_nothing_found_is_said(visit: Visiting) -> None:
    here = visit().go()
    box(here).fill("zeppelin")
    expect(here.page.get_by_text("Nothing has all of these words. Try fewer.").first).to_be_visible()
    here.page.keyboard.press("Escape")
    expect(here.page.locator(".ca-search-list")).to_be_hidden()
    here.page.keyboard.press("Escape")
    expect(box(here)).to_have_value("")


ROOM = """(field) => {
  const style = getComputedStyle(field), brush = document.createElement("canvas").getContext("2d");
  brush.font = style.font;
  const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  return { left: room - brush.measureText(field.placeholder).width, overflow: style.textOverflow };
}"""


def test_on_a_tablet_what_can_be_searched_is_told_in_full(visit: Visiting) -> None:
    here = visit(width=768, height=1024).go("/")
    field = here.page.locator(".ca-search-input")
    expect(field).to_be_visible()
    here.settled()
    told = field.evaluate(ROOM)
    assert told["left"] >= 0
    assert told["overflow"] == "ellipsis", "where there is less room it ends with a sign, not within a letter"


def test_on_a_phone_the_list_stays_on_the_screen(visit: Visiting) -> None:
    here = visit(width=390, height=844).go()
    box(here).fill("sorvia")
    expect(here.page.get_by_role("option").first).to_be_visible()
    listed = here.page.locator(".ca-search-list").bounding_box()
    assert listed and listed["x"] >= 0 and listed["x"] + listed["width"] <= 390
    here.picture("search-390-light")
