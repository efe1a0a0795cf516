"""Everything by the keyboard alone: Tab and Enter lead from the filters over the map and a claim to its report."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, Visiting
from tests.browser.every_page import opened

pytestmark = pytest.mark.browser
MOST_TABS = 60

FOCUSED = """() => {
    const node = document.activeElement;
    return {
        tag: node.tagName,
        style: String(node.className),
        role: node.getAttribute("role"),
        key: node.dataset.key || null,
        name: node.getAttribute("aria-label") || node.textContent.trim().slice(0, 80),
        list: node.closest(".ca-pick")?.className || "",
    };
}"""


def focused(here: Visit) -> dict[str, Any]:
    """What has the focus, in the page or in the map's frame."""
    found = here.page.evaluate(FOCUSED)
    if found["tag"] == "IFRAME":
        inner = here.page.evaluate_handle("document.activeElement").as_element()
        frame = inner.content_frame() if inner else None
        return frame.evaluate(FOCUSED) if frame else found
    return found


def tab_to(here: Visit, is_there: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """Press Tab until the focus is where it shall be; fails with the way it took."""
    way = []
    for _ in range(MOST_TABS):
        here.page.keyboard.press("Tab")
        found = focused(here)
        if is_there(found):
            return found
        way.append(f"{found['tag']} {found['name']}")
    pytest.fail("The keyboard does not get there. It went by: " + " | ".join(way))


def test_the_keyboard_leads_from_the_filters_to_the_report(visit: Visiting) -> None:
    here = opened(visit(), "/")
    tab_to(here, lambda found: found["role"] == "combobox" and "ca-pick-sides" in found["list"])
    here.page.keyboard.press("ArrowDown")
    expect(here.page.get_by_role("option").first).to_be_visible()
    here.page.keyboard.press("Enter")
    here.page.keyboard.press("Escape")
    expect(here.left()).to_contain_text("4 of 8 claims")
    here.settled()
    mark = tab_to(here, lambda found: found["key"])
    expect(here.map.locator(".leaflet-tooltip")).to_contain_text(mark["name"].partition(":")[0])
    here.page.keyboard.press("Enter")
    expect(here.page.locator(".ca-place h2")).to_have_text(mark["name"].partition(":")[0])
    here.settled()
    tab_to(here, lambda found: "Show the words of this number" in found["name"])
    here.page.keyboard.press("Enter")
    expect(here.page.locator(".ca-context")).to_be_visible()
    here.settled()
    tab_to(here, lambda found: found["tag"] == "A" and "Read the whole report" in found["name"])
    here.page.keyboard.press("Enter")
    expect(here.page.locator(".ca-text .ca-run").first).to_be_visible()
    here.settled()
    tab_to(here, lambda found: "ca-is-" in found["style"])
    expect(here.page.locator(".ca-text-card")).to_be_visible()


def test_what_has_the_focus_can_be_seen(visit: Visiting) -> None:
    here = opened(visit(), "/")
    tab_to(here, lambda found: found["key"])
    ring = "node => [node, node.querySelector('.plate')].some(n => n && getComputedStyle(n).outlineStyle !== 'none')"
    assert here.map.locator(".mark:focus").evaluate(ring)
    expect(here.map.locator(".leaflet-container")).to_have_attribute("aria-label", re.compile("arrow keys"))


def test_reduced_motion_is_respected(visit: Visiting) -> None:
    here = opened(visit(reduced_motion="reduce"), "/")
    moving = """() => [...document.querySelectorAll("*")].filter((node) => {
        const style = getComputedStyle(node);
        const longest = (text) => Math.max(...text.split(",").map(parseFloat));
        return longest(style.transitionDuration) > 0.01 ||
            (style.animationName !== "none" && longest(style.animationDuration) > 0.01);
    }).map((node) => node.className)"""
    assert here.page.locator(".stApp").evaluate(f"node => ({moving})()".replace("document", "node")) == []
    for frame in here.page.frames[1:]:
        assert frame.evaluate(moving) == []
    here.in_map_until("() => ClaimAtlas.state.map.options.zoomAnimation === false")
