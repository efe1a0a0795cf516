"""The report page in a real browser: the words, what was read in them, and the way to the map and back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import MAP, SCHEMES, Visit, Visiting
from tests.dashboard.rows import CITY, PENINSULA, REPORTS

pytestmark = pytest.mark.browser

REPORT = "/report?report=r2"
PENINSULA_CLAIM = REPORTS[1][1][1]


def opened(visit: Visiting, path: str = REPORT, **options: object) -> Visit:
    here = visit(**options).go(path)
    here.page.locator(".ca-text .ca-run").first.wait_for()
    here.settled()
    return here


def number(here: Visit) -> Locator:
    """The first words of the number of 80,000 troops; the rows of these tests have a place in its middle."""
    return here.page.locator(".ca-text .ca-is-number", has_text=re.compile("^80,0"))


def test_the_text_is_whole_and_its_numbers_and_places_are_made_out(visit: Visiting) -> None:
    here = opened(visit)
    expect(here.page.locator(".ca-text")).to_have_text(REPORTS[1][0].text)
    numbers = "".join(here.page.locator(".ca-text .ca-is-number").all_inner_texts())
    assert numbers == "110,000 troops80,000 troopsabout 3,000 people"
    expect(here.mark(CITY.key)).to_have_count(1)
    here.picture("report-1440-light")


def test_a_list_of_reports_leads_to_one_of_them(visit: Visiting) -> None:
    here = visit()
    here.page.goto(f"{here.address}/report")
    here.page.get_by_role("button", name=re.compile("Open report 2")).click()
    expect(here.page.locator(".ca-text")).to_have_text(REPORTS[1][0].text)
    here.page.go_back()
    expect(here.page.locator(".ca-text")).to_have_count(0)
    expect(here.page.get_by_role("button", name=re.compile("Open report 2"))).to_have_count(1)


def test_reports_stand_in_rows_of_equal_height_as_wide_as_the_page(visit: Visiting) -> None:
    here = visit()
    here.page.goto(f"{here.address}/report")
    cards = here.page.locator("[class*=st-key-ca-card-report-]")
    expect(cards).to_have_count(3)
    here.settled()
    # a title of several lines makes its whole row higher
    cards.nth(1).locator("strong").evaluate("(title) => { title.textContent = 'Long words of a title '.repeat(9); }")
    boxes = [box for card in cards.all() if (box := card.bounding_box())]
    assert len({(round(box["y"]), round(box["height"]), round(box["width"])) for box in boxes}) == 1
    assert boxes[0]["x"] < boxes[1]["x"] < boxes[2]["x"]
    assert boxes[2]["x"] + boxes[2]["width"] > 1440 * 0.9
    assert (field := here.page.get_by_label("Find a report").bounding_box()) and field["width"] < 1440 * 0.6


def test_pointing_at_words_or_reaching_them_with_the_keyboard_shows_their_reading(visit: Visiting) -> None:
    here = opened(visit)
    words = number(here)
    words.hover()
    expect(here.page.locator(".ca-text-card")).to_contain_text("Ana Tarov (Sorvia): 80,000, given as one figure")
    here.page.mouse.move(5, 5)
    expect(here.page.locator(".ca-text-card")).to_be_hidden()
    words.focus()
    expect(here.page.locator(".ca-text-card")).to_be_visible()
    expect(words).to_have_accessible_description(re.compile("80,000, given as one figure"))
    here.page.keyboard.press("Escape")
    expect(here.page.locator(".ca-text-card")).to_be_hidden()


def test_words_lead_to_their_claim_and_the_map_and_back(visit: Visiting) -> None:
    here = opened(visit)
    number(here).focus()
    here.page.keyboard.press("Enter")
    expect(here.page.locator(".ca-reading")).to_contain_text("80,000 troops")
    assert here.parameters() == {"report": ["r2"], "claim": [PENINSULA_CLAIM.id]}
    expect(here.map.locator(f'.mark.selected[data-key="{PENINSULA.key}"]')).to_have_count(1)
    here.page.get_by_role("link", name="Open on the map").click()
    here.page.locator(".ca-context mark.ca-hl-claim").wait_for()
    assert here.parameters() == {"claim": [PENINSULA_CLAIM.id]}
    here.page.get_by_role("link", name="Read the whole report").click()
    expect(here.page.locator(".ca-text .ca-chosen").first).to_have_text("80,0")
    here.page.go_back()
    here.page.go_back()
    expect(here.page.locator(".ca-text .ca-chosen").first).to_have_text("80,0")


def test_a_mark_of_the_small_map_makes_its_words_out(visit: Visiting) -> None:
    here = opened(visit)
    here.mark(CITY.key).click()
    expect(here.page.locator(".ca-text .ca-chosen")).not_to_have_count(0)
    expect(here.page.locator(".st-key-ca-beside")).to_contain_text("at Harven")


WITHOUT_SIZE = f"""addEventListener("DOMContentLoaded", () => {{
    window.came = Boolean(document.querySelector('{MAP}'));
    const style = document.head.appendChild(document.createElement("style"));
    style.id = "without-size";
    style.textContent = '{MAP} {{ width: 0 !important; height: 0 !important; }}';
}})"""
LAID_OUT = f"""() => {{
    document.getElementById("without-size").remove();
    document.querySelector('{MAP}').contentWindow.dispatchEvent(new Event("resize"));
}}"""
"""The frame gets its size, and the map learns of it before the page's own observer: else that is left to chance."""
VIEW = "() => { const m = ClaimAtlas.state.map, c = m.getCenter(); return [c.lat, c.lng, m.getZoom()]; }"


@pytest.mark.parametrize("path", [REPORT, f"{REPORT}&claim={PENINSULA_CLAIM.id}"])
def test_the_small_map_looks_at_its_marks_however_late_its_frame_is_laid_out(visit: Visiting, path: str) -> None:
    here = visit()
    here.first_run(WITHOUT_SIZE)
    here.page.goto(here.address + path)
    here.drawn(1)
    assert not here.page.evaluate("window.came"), "the frame is not there before it is kept small"
    here.page.evaluate(LAID_OUT)
    here.in_map_until("() => ClaimAtlas.state.map.getSize().x > 100")
    here.settled()
    frame = here.page.locator(MAP).element_handle().content_frame()
    assert frame
    seen = frame.evaluate(VIEW)
    frame.evaluate("ClaimAtlas.state.look()")
    assert seen == pytest.approx(frame.evaluate(VIEW)), "it looked elsewhere than it does with its size known"
    for mark in here.map.locator(".mark:not(.quiet)").all() if path == REPORT else [here.mark(PENINSULA.key)]:
        expect(mark).to_be_in_viewport()


def test_a_kind_that_is_switched_off_is_plain_text(visit: Visiting) -> None:
    here = opened(visit)
    here.page.locator(".st-key-ca-report-switches").get_by_role("button", name=re.compile("Numbers")).click()
    expect(here.page.locator(".ca-text .ca-is-number")).to_have_count(0)
    expect(here.page.locator(".ca-text")).to_have_text(REPORTS[1][0].text)


def test_nothing_scrolls_sideways_on_a_phone_in_either_theme(visit: Visiting) -> None:
    here = opened(visit, width=390, height=844)
    for scheme in SCHEMES:
        here.turned(scheme)
        assert here.page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
        here.picture(f"report-390-{scheme}")


def test_places_that_no_claim_speaks_of_are_made_out_told_and_quiet_on_the_map(visit: Visiting) -> None:
    here = opened(visit, "/report?report=r1")
    named, lost = here.page.locator(".ca-text .ca-is-mention"), here.page.locator(".ca-text .ca-is-lost")
    expect(named).to_have_text("Harven")
    expect(lost).to_have_text("Nowhere")
    named.focus()
    expect(here.page.locator(".ca-text-card")).to_contain_text("Harven, ")
    expect(here.page.locator(".ca-text-card")).to_contain_text("90% sure; no claim speaks of it")
    lost.hover()
    expect(here.page.locator(".ca-text-card")).to_contain_text("could not be located")
    quiet = here.mark(CITY.key)
    expect(quiet).to_have_class(re.compile("quiet"))
    expect(quiet).to_have_attribute("aria-label", "Harven: named in the report; no claim speaks of it")
    named.click()
    expect(quiet).to_have_class(re.compile("selected"))
    expect(here.page.locator("body")).to_contain_text("No claim of this report speaks of this place.")
    here.page.get_by_role("button", name=re.compile("^Other places named")).click()
    expect(named).to_have_count(0)
