"""The first page in a real browser: map and claims together."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MAP, SCHEMES, Visit, Visiting
from tests.dashboard.rows import BORDER, CAPITAL, CITY, COUNTRY, PENINSULA

pytestmark = pytest.mark.browser

ZOOM = "ClaimAtlas.state.map.getZoom()"
CENTRE = "(() => { const c = ClaimAtlas.state.map.getCenter(); return [c.lat, c.lng]; })()"


def in_map(visit, script):
    return visit.page.locator(MAP).element_handle().content_frame().evaluate(script)


def test_map_and_claims_are_there_at_first_sight(first_page: Visit) -> None:
    here = first_page
    for place in (BORDER, PENINSULA, COUNTRY, CITY, CAPITAL):
        expect(here.mark(place.key)).to_have_count(1)
    expect(here.left()).to_have_text("All 8 claims at 5 places")
    expect(here.page.get_by_role("heading", name=re.compile("Rival numbers"))).to_be_in_viewport()
    expect(here.page.locator(".ca-row-number").first).to_be_in_viewport()
    expect(here.page.locator(MAP)).to_be_in_viewport(ratio=0.9)
    assert here.page.locator(MAP).bounding_box()["height"] > 400
    here.picture("first-page-1440-light")


def test_the_page_asks_no_other_host_and_logs_no_refused_request(visit: Visiting) -> None:
    here = visit().go()
    here.page.mouse.wheel(0, 2500)
    here.settled()
    here.go("/about")
    here.page.get_by_role("heading", name="Privacy").wait_for()
    assert len(here.requests) > 20
    assert here.foreign == []
    assert here.refused == []


def test_countries_and_regions_are_areas_with_a_plate_and_points_are_discs(first_page: Visit) -> None:
    here = first_page
    assert "label" in here.mark(COUNTRY.key).get_attribute("class")
    assert "label" not in here.mark(CITY.key).get_attribute("class")
    assert here.map.locator("path.area").count() == 3
    assert here.map.locator("path.area.derived").count() == 1
    dashes = here.map.locator("path.area.derived").evaluate("node => getComputedStyle(node).strokeDasharray")
    assert dashes != "none"
    expect(here.mark(CITY.key).locator(".code")).to_have_text("–")
    expect(here.mark(CAPITAL.key).locator(".code")).to_have_text("NA")


def test_a_filter_changes_marks_counts_and_address_but_neither_frame_nor_view(visit: Visiting) -> None:
    here = visit().go()
    here.page.evaluate(f"document.querySelector('{MAP}').dataset.same = 'yes'")
    in_map(here, "void ClaimAtlas.state.map.setView([47.5, 33.0], 5, {animate: false})")
    before, times = (in_map(here, ZOOM), in_map(here, CENTRE)), here.times_drawn
    here.choose("Side", "Norland")
    expect(here.left()).to_have_text("1 of 8 claims at 1 place")
    here.drawn(times + 1)
    expect(here.mark(CITY.key)).to_have_count(0)
    expect(here.mark(PENINSULA.key)).to_have_count(1)
    assert here.page.locator(MAP).get_attribute("data-same") == "yes", "the frame was made anew"
    assert (in_map(here, ZOOM), in_map(here, CENTRE)) == before
    assert here.parameters() == {"side": ["Norland"]}
    assert in_map(here, "window.feature_group.length") == 1
    here.page.get_by_role("button", name="Clear filters").click()
    expect(here.left()).to_have_text("All 8 claims at 5 places")
    assert here.parameters() == {}


def test_options_keep_their_choice_while_their_counts_change(visit: Visiting) -> None:
    here = visit().go()
    here.choose("Kind of number", "personnel · 4")
    expect(here.left()).to_contain_text("4 of 8 claims")
    here.choose("Place", "Sorvia Peninsula · 2")
    expect(here.left()).to_contain_text("2 of 8 claims")
    # The words of the first choice now say another number; the choice itself must stand.
    expect(here.page.locator(".ca-pick-kinds")).to_contain_text("personnel · 2")
    here.choose("Side", "Norland · 1")
    expect(here.left()).to_contain_text("1 of 8 claims")
    assert here.parameters() == {"kind": ["personnel"], "place": ["gn:1"], "side": ["Norland"]}


def test_a_link_restores_filters_and_drops_nonsense(visit: Visiting) -> None:
    here = visit().go(
        "/?side=Sorvia&kind=personnel&kind=bogus&since=2021-04-13&until=yesterday&x=%3Cscript%3E&embed_options=x"
    )
    expect(here.left()).to_have_text("2 of 8 claims at 2 places")
    here.page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get("kind") == ["personnel"])
    assert "bogus" not in here.page.url and "yesterday" not in here.page.url
    expect(here.page.locator(".ca-pick-sides")).to_contain_text("Sorvia · 2")


def test_the_browsers_back_button_goes_back_to_the_filters_before(visit: Visiting) -> None:
    here = visit().go()
    here.choose("Side", "Norland")
    expect(here.left()).to_have_text("1 of 8 claims at 1 place")
    here.page.go_back()
    expect(here.left()).to_have_text("All 8 claims at 5 places")


def test_a_click_on_a_mark_lists_its_claims_beside_the_map(visit: Visiting) -> None:
    here = visit().go()
    here.mark(PENINSULA.key).locator(".plate").click()
    expect(here.page.locator(".ca-place h2")).to_have_text("Sorvia Peninsula")
    expect(here.page.locator(".st-key-ca-lists .ca-number")).to_have_text(["80,000 troops", "10,000 troops"])
    here.picture("place-1440-light")
    here.page.get_by_role("button", name="All places").click()
    expect(here.page.locator(".ca-place")).to_have_count(0)


def test_a_mark_is_reached_and_opened_with_the_keyboard(visit: Visiting) -> None:
    here = visit().go()
    mark = here.mark(CITY.key)
    mark.focus()
    assert "1 number" in mark.get_attribute("aria-label")
    here.page.keyboard.press("Enter")
    expect(here.page.locator(".ca-place h2")).to_have_text("Harven")


def test_a_click_on_a_claim_shows_its_words_in_the_report_and_centres_the_map(visit: Visiting) -> None:
    here = visit().go()
    here.page.locator('[class*="st-key-ca-card-number-"]').filter(has_text="about 3,000 people").get_by_role(
        "button"
    ).click()
    expect(here.page.locator(".ca-context mark.ca-hl-claim")).to_have_text("about 3,000 people")
    expect(here.page.locator(".ca-context")).to_contain_text("Harven has seen about 3,000 people march.")
    expect(here.page.locator(".ca-reading")).to_contain_text("about 3,000")
    near = f"Math.abs({CENTRE}[0] - {CITY.lat}) < 0.5 && Math.abs({CENTRE}[1] - {CITY.lon}) < 0.5"
    here.in_map_until(f"() => {near}")
    here.settled()
    here.picture("claim-1440-light")
    here.page.get_by_role("button", name="Back to the lists").click()
    expect(here.page.locator(".st-key-ca-lists")).to_be_visible()
    here.map.get_by_role("button", name="Show all marks").click()
    here.in_map_until(f"() => ClaimAtlas.state.map.getBounds().contains([{CAPITAL.lat}, {CAPITAL.lon}])")


def test_a_claim_opens_with_the_keyboard(visit: Visiting) -> None:
    here = visit().go()
    here.page.locator('[class*="st-key-ca-row-0-0"]').get_by_role("button").focus()
    here.page.keyboard.press("Enter")
    expect(here.page.locator(".ca-reading")).to_be_visible()


def test_rival_numbers_stand_under_each_other_and_no_sum_is_shown(first_page: Visit) -> None:
    here = first_page
    group = here.page.locator('[class*="st-key-ca-rival-"]').filter(has_text="Sorvia Peninsula").first
    expect(group.locator(".ca-row-number")).to_contain_text(["80,000", "10,000"])
    boxes = [row.bounding_box() for row in group.locator(".ca-row").all()]
    assert boxes[0]["x"] == boxes[1]["x"] and boxes[0]["y"] < boxes[1]["y"]
    assert "90,000" not in here.page.locator(".stMain").inner_text()


def test_claims_without_a_place_have_a_visible_list(first_page: Visit) -> None:
    here = first_page
    expect(here.page.locator(".st-key-ca-unplaced")).to_contain_text("the build-up goes on")


def test_tables_hold_what_the_map_shows(first_page: Visit) -> None:
    here = first_page
    here.page.get_by_role("tab", name="Table of places").click()
    expect(here.page.locator(".st-key-ca-tables [data-testid=stDataFrame]:visible")).to_have_count(1)
    here.page.locator(".st-key-ca-tables").scroll_into_view_if_needed()
    here.picture("tables-1440-light")


def test_the_frame_has_a_name_and_the_map_says_how_to_use_it(first_page: Visit) -> None:
    here = first_page
    assert "Map of claims" in here.page.locator(MAP).get_attribute("title")
    assert "arrow keys" in here.map.locator(".leaflet-container").get_attribute("aria-label")


def test_tiles_from_the_network_stay_off_until_switched_on(visit: Visiting) -> None:
    here = visit()
    asked: list[str] = []
    here.page.route("https://tile.openstreetmap.org/**", lambda route: (asked.append(route.request.url), route.abort()))
    here.go("/?tiles=1&ca-tiles=true")
    here.settled()
    assert asked == []
    with here.page.expect_request("https://tile.openstreetmap.org/**"):
        here.page.locator(".st-key-ca-tiles label").click()
    expect(here.map.locator("html.with-tiles")).to_have_count(1)
    assert asked and all(url.startswith("https://tile.openstreetmap.org/") for url in asked)
    here.requests[:] = [url for url in here.requests if "tile.openstreetmap.org" not in url]


def test_the_view_of_disputed_borders_is_chosen_on_the_page_and_kept_in_the_link(visit: Visiting) -> None:
    here = visit().go()
    here.page.evaluate(f"document.querySelector('{MAP}').dataset.same = 'yes'")
    assert here.parameters() == {}
    here.page.get_by_text("as it is governed", exact=True).click()
    here.page.wait_for_url(lambda url: parse_qs(urlsplit(url).query) == {"borders": ["de_facto"]})
    assert here.page.locator(MAP).get_attribute("data-same") == "yes"
    again = visit().go("/?borders=de_facto")
    expect(again.page.get_by_role("radio", name="as it is governed")).to_be_checked()
    again.page.get_by_text("as the UN General Assembly holds", exact=True).click()
    again.page.wait_for_url(lambda url: "borders" not in url)


def test_the_range_in_time_is_chosen_with_the_keyboard_and_keeps_the_focus(visit: Visiting) -> None:
    here = visit().go()
    here.settled()
    start, end = here.page.locator(".st-key-ca-time").get_by_role("slider").all()
    start.focus()
    here.page.keyboard.press("ArrowRight")
    here.page.wait_for_url(lambda url: parse_qs(urlsplit(url).query) == {"since": ["2021-04-13"]})
    here.settled()
    here.page.keyboard.press("ArrowRight")
    here.page.wait_for_url(lambda url: parse_qs(urlsplit(url).query) == {"since": ["2021-04-14"]})
    expect(start).to_be_focused()
    expect(here.page.get_by_role("img", name="Chosen: 14 Apr 2021 to")).to_have_count(1)
    expect(end).to_be_visible()


def test_on_a_phone_nothing_scrolls_sideways_filters_are_folded_away_and_the_map_has_half_the_screen(
    visit: Visiting,
) -> None:
    here = visit(width=390, height=844).go()
    here.settled()
    who = here.page.get_by_role("combobox", name="Who claims")
    for scheme in SCHEMES:
        here.turned(scheme)
        assert here.page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
        frame = here.page.locator(MAP).bounding_box()
        assert frame["height"] >= 844 / 2
        assert frame["y"] < 844 / 2, "the map begins in the upper half"
        expect(here.page.locator(".st-key-ca-filters")).to_be_hidden()
        expect(who).to_be_hidden()
        here.picture(f"first-page-390-{scheme}")
    here.page.get_by_text("Filters", exact=True).click()
    expect(here.page.locator(".st-key-ca-filters")).to_be_visible()
    expect(who).to_be_visible()


def test_the_map_follows_the_theme_even_while_it_is_open(visit: Visiting) -> None:
    here = visit(scheme="dark").go()
    expect(here.map.locator("html[data-theme=dark]")).to_have_count(1)
    here.picture("first-page-1440-dark")
    here.page.evaluate(f"document.querySelector('{MAP}').dataset.same = 'yes'")
    here.page.emulate_media(color_scheme="light")
    expect(here.map.locator("html[data-theme=light]")).to_have_count(1)
    assert here.page.locator(MAP).get_attribute("data-same") == "yes"
