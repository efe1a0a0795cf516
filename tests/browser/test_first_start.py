"""The very first start, on an empty store: the map is there at once and stays the same map while it fills."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import MAP, serving

pytestmark = pytest.mark.browser
INSIDE = f"document.querySelector('{MAP}')?.contentDocument"


@pytest.fixture
def go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample reports are not read before there is this file: a page on a busy machine may take longer than they."""
    (tmp_path / "sitecustomize.py").write_text(
        "import pathlib, sys, time\n"
        f"while 'dashboard.fill_samples' in sys.orig_argv and not pathlib.Path({str(tmp_path / 'go')!r}).exists():\n"
        "    time.sleep(0.02)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path / "go"


def test_the_first_map_stays_while_the_sample_reports_are_read(tmp_path: Path, go_on: Path, fresh_page: Page) -> None:
    page = fresh_page
    with serving(tmp_path / "new.duckdb", tmp_path / "server.log") as address:
        page.goto(address)
        page.wait_for_function(f"() => {INSIDE}?.querySelector('path.land')")
        assert page.evaluate(f"{INSIDE}.querySelectorAll('.mark').length".replace("?.", ".")) == 0
        page.evaluate(f"document.querySelector('{MAP}').dataset.same = 'yes'")
        page.frame_locator(MAP).locator("html").evaluate("node => { node.dataset.inner = 'yes'; }")
        go_on.touch()
        page.frame_locator(MAP).locator(".mark").first.wait_for(state="attached")
        expect(page.locator(".ca-left")).to_contain_text("claims")
        expect(page.locator(MAP)).to_have_count(1)
        assert page.locator(MAP).get_attribute("data-same") == "yes", "the frame was made anew"
        assert page.frame_locator(MAP).locator("html").get_attribute("data-inner") == "yes", "the map was loaded anew"
