"""One link restores zoom, centre and view of borders; moving the map neither runs the page nor fills the history."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MAP, Visit, Visiting

pytestmark = pytest.mark.browser

WHERE = "(() => { const m = ClaimAtlas.state.map, c = m.getCenter(); return [c.lat, c.lng, m.getZoom()]; })()"


def where(here: Visit) -> list[float]:
    found: list[float] = here.page.locator(MAP).element_handle().content_frame().evaluate(WHERE)
    return found


def move(here: Visit) -> None:
    """One step nearer, by the map's own button."""
    before = where(here)[2]
    here.map.get_by_role("button", name="Zoom in").click()
    here.in_map_until(f"() => ClaimAtlas.state.map.getZoom() > {before}")
    here.page.wait_for_url(re.compile("view="))
    here.settled()


def test_a_link_restores_zoom_and_centre_beside_the_filters(visit: Visiting) -> None:
    here = visit().go("/?side=Sorvia&view=47.500,33.000,6")
    here.in_map_until("() => ClaimAtlas.state.map.getZoom() === 6")
    assert where(here) == pytest.approx([47.5, 33, 6], abs=0.01)
    assert here.parameters() == {"side": ["Sorvia"], "view": ["47.500,33.000,6"]}


def test_moving_the_map_writes_the_address_and_neither_runs_the_page_nor_adds_to_the_history(visit: Visiting) -> None:
    here = visit().go()
    here.settled()
    drawn, entries = here.times_drawn, here.page.evaluate("history.length")
    move(here)
    assert here.times_drawn == drawn
    assert here.page.evaluate("history.length") == entries
    lat, lon, zoom = map(float, here.parameters()["view"][0].split(","))
    assert where(here) == pytest.approx([lat, lon, zoom], abs=0.01)


def test_filters_keep_the_view_and_back_goes_to_the_filters_before(visit: Visiting) -> None:
    here = visit().go()
    here.page.evaluate(f"document.querySelector('{MAP}').dataset.same = 'yes'")
    move(here)
    seen = where(here)
    here.choose("Side", "Norland")
    expect(here.left()).to_have_text("1 of 8 claims at 1 place")
    here.page.wait_for_url(re.compile("side=Norland.*view="))
    here.page.go_back()
    expect(here.left()).to_have_text("All 8 claims at 5 places")
    assert where(here) == pytest.approx(seen, abs=0.01)
    assert here.page.locator(MAP).get_attribute("data-same") == "yes", "the frame was made anew"


@pytest.mark.parametrize("view", ["nonsense", "900,0,4", "1,2,99", "%3Cscript%3E"])
def test_a_view_that_is_none_is_ignored_and_taken_out_of_the_address(visit: Visiting, view: str) -> None:
    here = visit().go(f"/?view={view}")
    here.page.wait_for_url(lambda url: "view=" not in url)
    expect(here.left()).to_have_text("All 8 claims at 5 places")


def test_the_view_of_borders_that_is_chosen_on_the_about_page_is_the_map_s_too(visit: Visiting) -> None:
    here = visit().go("/about")
    here.page.get_by_role("radio", name="as it is governed").click()
    here.page.wait_for_url(re.compile("about.*borders=de_facto"))
    here.page.get_by_role("link", name="Map", exact=True).click()
    here.page.wait_for_url(re.compile(r"/\?borders=de_facto"))
    expect(here.page.get_by_role("radio", name="as it is governed")).to_be_checked()
