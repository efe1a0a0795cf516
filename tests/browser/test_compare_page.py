"""The page "Compare" and the downloads in a real browser."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import SCHEMES, Visit, Visiting
from tests.browser.every_page import opened
from tests.dashboard.rows import BORDER, MINISTER, PENINSULA

pytestmark = pytest.mark.browser
SHORIN = "Oleg Shorin"


def drawer(here: Visit):
    return here.page.get_by_role("dialog")


def test_rival_numbers_stand_side_by_side_and_a_click_leads_to_the_words(visit: Visiting) -> None:
    here = opened(visit(), "/compare")
    rows = here.page.locator("[class*='st-key-ca-lane-0-']")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("80,000")
    expect(rows.nth(1)).to_contain_text("10,000")
    expect(here.page.locator(".ca-quarrel")).to_contain_text("at least 70,000 apart")
    here.picture("compare-1440-light")
    rows.nth(1).get_by_role("button").first.click()
    expect(drawer(here).locator(".ca-hl-claim").first).to_have_text("10,000 troops")
    here.picture("compare-words-1440-light")
    here.page.keyboard.press("Escape")
    expect(drawer(here)).to_have_count(0)
    here.page.wait_for_url(lambda url: "claim" not in url)


def test_each_row_has_its_marks_where_its_numbers_are(visit: Visiting) -> None:
    here = opened(visit(), "/compare")
    dots = here.page.locator(".ca-lane-plot > span .ca-dot-mark")
    high, low = (dots.nth(at).bounding_box() for at in (0, 1))
    plots = [here.page.locator(".ca-lane-plot").nth(at).bounding_box() for at in (0, 1)]
    assert high["y"] - plots[0]["y"] < low["y"] - plots[1]["y"], "the larger number stands higher in its row"
    assert high["x"] < low["x"], "the earlier day stands to the left"


def test_a_cell_is_reached_by_keys_alone_and_a_link_restores_it(visit: Visiting) -> None:
    here = opened(visit(), "/compare")
    cell = here.page.get_by_role("button", name="1 claims of Ana Tarov about Sorvia Peninsula")
    cell.focus()
    here.page.keyboard.press("Enter")
    expect(drawer(here)).to_contain_text("80,000 troops")
    here.page.wait_for_url(lambda url: parse_qs(urlsplit(url).query) == {"who": [MINISTER], "where": [PENINSULA.key]})
    again = opened(visit(), f"/compare?who={MINISTER}&where={PENINSULA.key}")
    expect(drawer(again)).to_contain_text("80,000 troops")


def test_a_link_restores_who_is_compared_and_drops_nonsense(visit: Visiting) -> None:
    here = opened(
        visit(), "/compare?by=side&compare=Sorvia&compare=Norland&compare=%3Cscript%3E&what=bogus&side=Sorvia"
    )
    chosen = here.page.locator(".st-key-ca-choose .ca-pick-chip")
    expect(chosen).to_have_text([re.compile("Sorvia · 4"), re.compile("Norland · 0")])
    here.page.wait_for_url(lambda url: "bogus" not in url and "script" not in url)
    assert parse_qs(urlsplit(here.page.url).query) == {
        "by": ["side"], "compare": ["Sorvia", "Norland"], "side": ["Sorvia"],
    }  # fmt: skip


def test_filters_stay_from_page_to_page(visit: Visiting) -> None:
    here = visit().go()
    here.choose("Side", "Sorvia")
    expect(here.left()).to_contain_text("4 of 8 claims")
    here.page.get_by_role("link", name="Compare", exact=True).click()
    expect(here.page.locator(".st-key-ca-choose")).to_be_visible()
    expect(here.left()).to_contain_text("4 of 8 claims")
    here.page.get_by_role("link", name="Map", exact=True).click()
    here.drawn(1)
    expect(here.left()).to_contain_text("4 of 8 claims")


def test_what_only_one_says_opens_its_claims(visit: Visiting) -> None:
    here = opened(visit(), "/compare?by=side&compare=Sorvia&compare=Norland")
    here.page.locator(".st-key-ca-only").get_by_role("button", name="its eastern border").click()
    expect(drawer(here)).to_contain_text("more than 40,000 troops")
    assert here.parameters()["where"] == [BORDER.key]


def test_on_a_phone_rows_stand_one_under_the_other_in_either_theme(visit: Visiting) -> None:
    here = opened(visit(width=390, height=844), "/compare?by=side&compare=Sorvia&compare=Norland")
    for scheme in SCHEMES:
        here.turned(scheme)
        plot, figures = (here.page.locator(name).first for name in (".ca-lane-plot", "[class*='st-key-ca-figures-']"))
        assert figures.bounding_box()["y"] >= plot.bounding_box()["y"] + plot.bounding_box()["height"] - 1
        assert here.page.get_by_test_id("stMain").evaluate("node => node.scrollWidth <= node.clientWidth + 1")
        here.picture(f"compare-390-{scheme}")


def test_the_view_is_taken_away_as_files_and_as_a_picture(visit: Visiting, tmp_path: Path) -> None:
    here = visit().go("/?side=Norland")
    here.settled()
    here.page.get_by_role("button", name="Download", exact=True).click()
    here.picture("downloads-1440-light")
    for name, wanted in (("PNG", "claim-atlas.png"), ("GeoJSON", "claim-atlas.geojson")):
        with here.page.expect_download() as asked:
            here.page.get_by_role("button", name=name).click()
        assert asked.value.suggested_filename == wanted
        asked.value.save_as(tmp_path / wanted)
    assert Image.open(tmp_path / "claim-atlas.png").width == 1600
    found = json.loads((tmp_path / "claim-atlas.geojson").read_text("utf-8"))
    assert len(found["features"]) == 1
    assert here.foreign == []
