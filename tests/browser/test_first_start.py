"""The very first start, on an empty store: the map is there at once and stays the same map while it fills."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import MAP, serving

pytestmark = pytest.mark.browser
INSIDE = f"document.querySelector('{MAP}')?.contentDocument"


def test_the_first_map_stays_while_the_sample_reports_are_read(tmp_path: Path, fresh_page: Page) -> None:
    page = fresh_page
    with serving(tmp_path / "new.duckdb", tmp_path / "server.log") as address:
        page.goto(address)
        page.wait_for_function(f"() => {INSIDE}?.querySelector('path.land')", timeout=30_000)
        assert page.evaluate(f"{INSIDE}.querySelectorAll('.mark').length".replace("?.", ".")) == 0
        page.evaluate(f"document.querySelector('{MAP}').dataset.same = 'yes'")
        page.frame_locator(MAP).locator("html").evaluate("node => { node.dataset.inner = 'yes'; }")
        page.frame_locator(MAP).locator(".mark").first.wait_for(state="attached", timeout=60_000)
        expect(page.locator(".ca-left")).to_contain_text("claims", timeout=20_000)
        expect(page.locator(MAP)).to_have_count(1)
        assert page.locator(MAP).get_attribute("data-same") == "yes", "the frame was made anew"
        assert page.frame_locator(MAP).locator("html").get_attribute("data-inner") == "yes", "the map was loaded anew"
