"""The lists of the filters in a real browser: by mouse, by keys, on a phone, and by who is quicker than the page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.barriers import barriers
from tests.browser.conftest import SCHEMES, Visit, Visiting

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
OPENED = 40
NODES_OF_A_LIST = 4


def box(here: Visit, name: str = "Side") -> Locator:
    return here.page.locator(".st-key-ca-filters").get_by_role("combobox", name=name, exact=True)


def option(here: Visit, words: str) -> Locator:
    return here.page.get_by_role("option").filter(has_text=words)


def test_keys_choose_take_back_and_close(visit: Visiting) -> None:
    here = visit().go()
    here.settled()
    box(here).focus()
    here.page.keyboard.press("ArrowDown")
    expect(box(here)).to_have_attribute("aria-expanded", "true")
    expect(option(here, "Sorvia")).to_have_id(box(here).get_attribute("aria-activedescendant"))
    here.page.keyboard.type("nórl")
    expect(here.page.get_by_role("option")).to_have_count(1)
    here.page.keyboard.press("Enter")
    expect(here.left()).to_contain_text("1 of 8 claims")
    expect(option(here, "Norland")).to_have_attribute("aria-selected", "true")
    expect(here.page.get_by_role("option")).to_have_count(4)
    here.page.keyboard.press("Escape")
    expect(here.page.get_by_role("option")).to_have_count(0)
    expect(box(here)).to_be_focused()
    expect(box(here)).to_have_attribute("aria-description", "Chosen: Norland · 1")
    here.page.keyboard.press("Backspace")
    expect(here.left()).to_contain_text("All 8 claims")
    assert here.parameters() == {}


def test_a_list_stays_open_after_a_choice_and_opened_anew_has_what_is_chosen_at_hand(visit: Visiting) -> None:
    here = visit().go()
    here.settled()
    box(here).click()
    option(here, "Norland").click()
    expect(here.left()).to_contain_text("1 of 8 claims")
    here.settled()
    names = ["Sorvia · 4", "Norland · 1", "Northern Alliance · 1", "The Union · 1"]
    expect(here.page.get_by_role("option")).to_have_text(names)
    here.page.keyboard.press("Escape")
    here.choose("Kind of number", "personnel")
    here.settled()
    box(here).click()
    expect(here.page.get_by_role("option")).to_have_text(["Norland · 1", "Sorvia · 3"])
    expect(here.page.get_by_role("option").first).to_have_attribute("aria-selected", "true")


def test_choices_that_follow_faster_than_the_page_answers_all_stand(visit: Visiting) -> None:
    here = visit().go()
    here.settled()
    here.page.evaluate("""() => {
        const open = (field) => {
            document.querySelector(`#ca-pick-${field}`).focus();
            document.querySelector(`.ca-pick-${field} .ca-pick-box`).click();
        };
        const choose = (field, n) => document.querySelectorAll(`#ca-pick-${field}-list [role=option]`)[n].click();
        open("sides"); choose("sides", 0); choose("sides", 1);
        open("kinds"); choose("kinds", 0);
    }""")
    expect(here.page.locator(".ca-pick-sides .ca-pick-more")).to_have_text("+1")
    here.page.wait_for_url(re.compile("kind="))
    here.settled()
    assert here.parameters() == {"side": ["Sorvia", "Norland"], "kind": ["personnel"]}
    expect(here.page.locator(".ca-pick-sides .ca-pick-more")).to_have_text("+1")
    expect(here.page.locator(".ca-pick-kinds .ca-pick-chip")).to_contain_text("personnel")


def test_a_cross_takes_one_choice_back_and_leaves_the_focus_in_the_field(visit: Visiting) -> None:
    here = visit().go("/?side=Sorvia&side=Norland")
    here.settled()
    here.page.get_by_role("button", name="Remove Sorvia · 4").click()
    expect(here.left()).to_contain_text("1 of 8 claims")
    here.settled()
    assert here.parameters() == {"side": ["Norland"]}
    expect(box(here)).to_be_focused()
    expect(here.page.get_by_role("option")).to_have_count(0)


def test_of_days_the_next_choice_replaces_the_last(visit: Visiting) -> None:
    here = visit().go()
    here.choose("From", "14 Apr 2021")
    here.page.wait_for_url(re.compile("since=2021-04-14"))
    here.settled()
    box(here, "From").click()
    expect(option(here, "14 Apr 2021")).to_have_attribute("aria-selected", "true")
    option(here, "20 Apr 2021").click()
    expect(here.page.get_by_role("option")).to_have_count(0)
    here.page.wait_for_url(re.compile("since=2021-04-20"))


def test_an_open_list_with_choices_keeps_nobody_out(visit: Visiting) -> None:
    here = visit().go("/?side=Sorvia&side=Norland")
    here.settled()
    box(here).click()
    here.page.keyboard.press("ArrowDown")
    for scheme in SCHEMES:
        here.turned(scheme)
        expect(option(here, "Norland")).to_be_visible()
        assert barriers(here) == []


def test_a_name_that_is_nowhere_is_said_to_be_nowhere(visit: Visiting) -> None:
    here = visit().go()
    here.settled()
    box(here).click()
    here.page.keyboard.type("zeppelin")
    expect(here.page.get_by_text("Nothing of that name")).to_be_visible()
    here.page.keyboard.press("Enter")
    here.page.keyboard.press("Escape")
    expect(box(here)).to_have_value("")
    assert here.parameters() == {}


def test_on_a_phone_a_list_stays_on_the_screen(visit: Visiting) -> None:
    here = visit(**PHONE).go()
    here.settled()
    here.page.get_by_text("Filters", exact=True).click()
    for name in ("Who claims", "Side", "Report"):
        box(here, name).click()
        frame = here.page.get_by_role("listbox").bounding_box()
        assert frame["x"] >= 0 and frame["x"] + frame["width"] <= PHONE["width"]
        here.page.keyboard.press("Escape")
    here.picture("filters-390-light")


def test_a_list_that_was_opened_and_closed_leaves_nothing_behind(visit: Visiting) -> None:
    here = visit().go()
    here.settled()
    devtools = here.page.context.new_cdp_session(here.page)

    def nodes() -> int:
        devtools.send("HeapProfiler.collectGarbage")
        return int(devtools.send("Memory.getDOMCounters")["nodes"])

    def open_and_close() -> None:
        box(here, "Who claims").click()
        here.page.keyboard.press("Escape")

    for _ in range(4):  # what is made once is made
        open_and_close()
    before = nodes()
    for _ in range(OPENED):
        open_and_close()
    assert nodes() - before < OPENED * NODES_OF_A_LIST / 2
