"""Marks are kept, dressed anew, made and taken away as filters change, and end up as if they had been drawn at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MAP, Visit, Visiting
from tests.dashboard.rows import BORDER, CITY

pytestmark = pytest.mark.browser

DRAWN = """() => ({
    marks: Object.fromEntries([...document.querySelectorAll(".mark")].map((node) => [node.dataset.key, [
        node.className, node.ariaLabel, node.textContent, node.style.width, node.style.marginLeft, node.style.zIndex,
        node.style.transform, [...node.querySelectorAll(".fill, .swatch")].map((part) => part.style.background).join(),
    ]])),
    areas: [...document.querySelectorAll("path.area, path.band")].map((path) =>
        [path.getAttribute("class"), path.getAttribute("fill"), path.getAttribute("d").length]),
})"""


def drawn(here: Visit) -> dict[str, object]:
    here.settled()
    frame = here.page.locator(MAP).element_handle().content_frame()
    found: dict[str, object] = frame.evaluate(DRAWN)
    return found


def test_a_filter_that_is_lifted_leaves_the_map_as_it_was(visit: Visiting) -> None:
    here = visit().go()
    before = drawn(here)
    here.choose("Side", "Sorvia")
    expect(here.left()).not_to_contain_text("All 8 claims")
    during = drawn(here)
    assert during["marks"].keys() < before["marks"].keys()
    changed = {key for key, look in during["marks"].items() if look != before["marks"][key]}
    assert changed  # a mark that stays with fewer claims says so
    here.page.get_by_role("button", name="Clear filters").click()
    expect(here.left()).to_contain_text("All 8 claims")
    assert drawn(here) == before


def test_a_mark_that_stays_is_the_same_mark_and_keeps_the_focus(visit: Visiting) -> None:
    here = visit().go()
    here.settled()
    here.mark(BORDER.key).evaluate("node => { node.dataset.known = 'yes'; node.focus({ preventScroll: true }) }")
    times = here.times_drawn
    here.mark(BORDER.key).press("Enter")
    expect(here.page.locator(".ca-place h2")).to_be_visible()
    here.drawn(times + 1)
    expect(here.mark(BORDER.key)).to_have_attribute("data-known", "yes")
    expect(here.mark(BORDER.key)).to_be_focused()
    here.mark(CITY.key).press("Enter")  # what listens to a mark is still there, once
    expect(here.page.locator(".ca-place h2")).to_contain_text(CITY.name)
