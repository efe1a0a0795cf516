"""Lines from where claims were said, when the reader asks for them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

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


def test_the_open_claim_says_where_it_was_said(visit: Visiting) -> None:
    claim = next(row for row in REPORTS[2][1] if row.said_at == CAPITAL.key and row.places[0].place_key == COUNTRY.key)
    here = visit().go(f"/?claim={claim.id}")
    expect(here.page.locator(".ca-reading")).to_contain_text("Said atBrannburg")
