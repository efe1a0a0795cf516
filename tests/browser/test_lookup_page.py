"""The look-up page in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visiting

pytestmark = pytest.mark.browser


def test_a_name_typed_shows_numbered_places_and_asks_nobody(visit: Visiting) -> None:
    here = visit().go("/lookup")
    here.page.get_by_label("Place name").fill("Springfield")
    here.page.keyboard.press("Enter")
    rows = here.page.locator(".ca-candidates li")
    expect(rows).to_have_count(10)
    expect(here.map.locator(".mark")).to_have_count(10)
    expect(here.map.locator('.mark[data-key="1"] .core')).to_have_text("1")
    here.page.wait_for_url("**/lookup?q=Springfield")
    expect(here.page.get_by_role("button", name="Ask online")).to_be_disabled()
    here.picture("lookup-1440-light")


def test_an_area_is_drawn_whole_and_its_number_stands_in_it(visit: Visiting) -> None:
    here = visit().go("/lookup?q=Crimea")
    here.settled()
    area, frame = (here.map.locator(name).bounding_box() for name in ("path.area", "#map_div"))
    assert area and frame and area["height"] > frame["height"] / 3
    assert frame["x"] < area["x"] and area["x"] + area["width"] < frame["x"] + frame["width"]
    assert frame["y"] < area["y"] and area["y"] + area["height"] < frame["y"] + frame["height"]
    expect(here.map.locator('.mark[data-key="1"] .core')).to_have_text("1")


def test_a_link_looks_up_and_never_brings_a_permission(visit: Visiting) -> None:
    here = visit(width=390, height=844).go("/lookup?q=Homs&ca-allow-photon=true")
    expect(here.page.locator(".ca-candidates strong").first).to_contain_text("Homs")
    for box in here.page.locator(".st-key-ca-online input[type=checkbox]").all():
        expect(box).not_to_be_checked()
    assert here.page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    here.settled()
    for mark in here.map.locator(".mark").all():
        expect(mark, "the map looks at all candidates, however late its frame is laid out").to_be_in_viewport()
    here.picture("lookup-390-light")
