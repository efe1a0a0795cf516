"""Lines from where claims were said, when the reader asks for them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.barriers import barriers
from tests.browser.conftest import Visiting
from tests.dashboard.rows import CAPITAL, COUNTRY, PENINSULA, REPORTS

pytestmark = pytest.mark.browser


def test_lines_are_off_until_they_are_switched_on_and_a_link_keeps_the_switch(visit: Visiting) -> None:
    here = visit().go()
    expect(here.map.locator("path.said")).to_have_count(0)
    here.settled()
    here.page.get_by_text("Lines from where it was said").click()
    expect(here.map.locator("path.said")).to_have_count(2)
    expect(here.map.locator("path.said-head")).to_have_count(2)
    expect(here.map.locator("path.said.dateline")).to_have_count(1)
    expect(here.page.locator(".ca-legend-wide")).to_contain_text("by its dateline")
    assert here.parameters()["lines"] == ["1"]
    here.picture("said-lines-1440")
    again = visit().go("/?lines=1")
    expect(again.map.locator("path.said")).to_have_count(2)
    again.choose("Side", "Sorvia")
    expect(again.map.locator("path.said")).to_have_count(1)


def test_nonsense_in_a_link_draws_no_lines(visit: Visiting) -> None:
    here = visit().go("/?lines=%3Cscript%3E")
    here.settled()
    expect(here.map.locator("path.said")).to_have_count(0)
    assert "lines" not in here.parameters()


def test_a_line_says_what_it_is_and_keeps_no_mark_from_being_chosen(visit: Visiting) -> None:
    here = visit().go("/?lines=1")
    here.settled()
    frame = here.page.frame_locator("iframe[data-testid=stCustomComponentV1]")
    path = frame.locator("path.said.dateline")
    middle = path.evaluate("p => { const at = p.getPointAtLength(p.getTotalLength() / 2); return [at.x, at.y]; }")
    box = frame.locator(".leaflet-said-pane svg").evaluate(
        "(s, [x, y]) => { const m = s.getScreenCTM(); return [m.a * x + m.e, m.d * y + m.f]; }", middle
    )
    outer = here.page.locator("iframe[data-testid=stCustomComponentV1]").bounding_box()
    assert outer
    here.page.mouse.move(outer["x"] + box[0], outer["y"] + box[1])
    expect(here.map.locator(".leaflet-tooltip")).to_contain_text(re.compile("in reports from Brannburg"))
    here.mark(PENINSULA.key).locator(".plate").click()
    expect(here.mark(PENINSULA.key)).to_have_class(re.compile("selected"))
    assert here.map.locator("path.said[tabindex='0']").count() == 0


def test_a_line_is_reached_named_and_opened_by_keys_alone(visit: Visiting) -> None:
    here = visit(locale="fr-FR", scheme="dark").go("/?lines=1")
    lines = here.map.locator("path.said-reach")
    expect(lines).to_have_count(2)
    here.settled()
    assert barriers(here) == []
    assert [lines.nth(n).get_attribute("tabindex") for n in (0, 1)] == ["0", "-1"], "one stop of the Tab key"
    here.map.locator(".mark").last.focus()
    for _ in range(12):
        here.page.keyboard.press("Tab")
        if lines.first.evaluate("line => line === document.activeElement"):
            break
    expect(lines.first).to_be_focused()
    assert float(lines.first.evaluate("line => getComputedStyle(line).strokeOpacity")) > 0.5, "the focus shows"
    here.page.keyboard.press("ArrowRight")
    expect(lines.nth(1)).to_be_focused()
    name = str(lines.nth(1).get_attribute("aria-label"))
    assert re.search("^.+ : 1 affirmation sur .+ : Brannburg|articles datés de Brannburg", name.replace("\u00a0", " "))
    expect(here.map.get_by_role("button", name=name)).to_be_focused()
    expect(here.map.locator(".leaflet-tooltip").filter(has_text=name)).to_be_visible()
    here.page.keyboard.press("Enter")
    here.settled()
    assert len(here.parameters()["at"]) == 1
    expect(here.map.locator(".mark.selected")).to_have_count(1)


def test_a_click_on_a_line_chooses_the_place_that_it_speaks_of_though_it_has_no_mark(visit: Visiting) -> None:
    here = visit().go("/?lines=1")
    here.settled()
    frame = here.page.locator("iframe[data-testid=stCustomComponentV1]").element_handle().content_frame()
    assert frame
    # As of very many places, of which only the foremost have marks.
    frame.evaluate("ClaimAtlas.state.marks.forEach((made) => made.layer.remove()); ClaimAtlas.state.marks.clear()")
    expect(here.map.locator(".mark")).to_have_count(0)
    here.map.locator("path.said-reach").first.dispatch_event("click")
    here.page.wait_for_url(re.compile("at="))
    here.settled()
    assert len(here.parameters()["at"]) == 1


def test_the_lines_are_listed_under_the_map_and_one_that_is_chosen_is_looked_at(visit: Visiting) -> None:
    here = visit(width=1024, height=768).go("/?lines=1")
    listed = here.page.locator(".st-key-ca-lines-list")
    expect(listed.get_by_role("heading")).to_have_text("Said in one place of another 2")
    expect(listed.locator(".ca-said")).to_have_count(2)
    listed.get_by_role("button", name="Show what was said of Sorvia Peninsula in Brannburg").press("Enter")
    expect(here.page.locator(".ca-place h2")).to_have_text("Sorvia Peninsula")
    here.settled()
    ends = f"[[{CAPITAL.lat}, {CAPITAL.lon}], [{PENINSULA.lat}, {PENINSULA.lon}]]"
    here.in_map_until(f"() => {ends}.every((end) => ClaimAtlas.state.map.getBounds().contains(end))")


def test_a_line_that_leaves_the_frame_names_its_far_end_at_the_edge(visit: Visiting) -> None:
    here = visit().go("/?lines=1")
    expect(here.map.locator("path.said-reach")).to_have_count(2)
    here.settled()
    expect(here.map.locator(".said-end")).to_have_count(0)
    near = visit().go(f"/?lines=1&view={PENINSULA.lat},{PENINSULA.lon},7")
    end = near.map.locator(".said-end")
    expect(end).to_have_count(1)
    expect(end).to_have_text(re.compile("^[←↖] Brannburg$"))
    box, frame = end.bounding_box(), near.page.locator("iframe[data-testid=stCustomComponentV1]").bounding_box()
    assert box and frame
    assert frame["x"] <= box["x"] and box["x"] + box["width"] <= frame["x"] + frame["width"]
    assert box["x"] < frame["x"] + frame["width"] / 4, "at the edge where it leaves"


def test_the_open_claim_says_where_it_was_said(visit: Visiting) -> None:
    claim = next(row for row in REPORTS[2][1] if row.said_at == CAPITAL.key and row.places[0].place_key == COUNTRY.key)
    here = visit().go(f"/?claim={claim.id}")
    expect(here.page.locator(".ca-reading")).to_contain_text("Said atBrannburg")
