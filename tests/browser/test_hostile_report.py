"""A report that is hostile in every field, through the whole chain: nothing runs, nothing is fetched, on any page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visiting
from tests.browser.hostile import unharmed

pytestmark = pytest.mark.browser


def test_a_hostile_report_runs_nothing_on_the_map_page(visit: Visiting, hostile_address: str) -> None:
    here = visit(server=hostile_address).go()
    expect(here.page.locator(".st-key-ca-lists")).to_be_visible()
    here.settled()
    assert here.map.locator(".mark").count() >= 7
    hostile = here.map.locator(".mark.label").filter(has_text="<script>")
    expect(hostile.locator(".plate-name")).to_contain_text("<script>window.parent")
    corner = {"x": 8.0, "y": 8.0}  # a disc may lie over the middle of a plate
    hostile.locator(".plate").hover(position=corner)
    expect(here.map.locator(".leaflet-tooltip .derived-from")).to_contain_text("derived from")
    unharmed(here)
    here.picture("hostile-1440-light")
    hostile.locator(".plate").click(position=corner)
    expect(here.page.locator(".ca-place h2")).to_contain_text("<script>")
    unharmed(here)


def test_a_hostile_report_runs_nothing_in_filters_lists_and_tables(visit: Visiting, hostile_address: str) -> None:
    here = visit(server=hostile_address).go()
    here.settled()
    for label in ("Who claims", "Side", "Whose forces", "Place", "Report"):
        here.page.locator(".st-key-ca-filters").get_by_role("combobox", name=label).first.click()
        expect(here.page.get_by_role("option").first).to_be_visible()
        here.page.keyboard.press("Escape")
        expect(here.page.get_by_role("option")).to_have_count(0)
    here.choose("Side", "<script>")
    expect(here.page.locator(".ca-pick-sides")).to_contain_text("<script>")
    here.page.get_by_role("radio", name=re.compile("Statements")).click()
    expect(here.page.locator(".ca-words").first).to_be_visible()
    for tab in ("Table of places", "Reports", "Table of claims"):
        here.page.get_by_role("tab", name=tab).click()
        expect(here.page.locator(".st-key-ca-tables [data-testid=stDataFrame]:visible")).to_have_count(1)
    here.settled()
    unharmed(here)


def test_a_hostile_report_runs_nothing_where_its_words_are_shown(visit: Visiting, hostile_address: str) -> None:
    here = visit(server=hostile_address).go("/?report=evil")
    here.page.locator('[class*="st-key-ca-card-number-"]').first.get_by_role("button").click()
    expect(here.page.locator(".ca-context")).to_contain_text("<script>window.parent.HACKED")
    here.settled()
    unharmed(here)
    here.picture("hostile-claim-1440-light")
