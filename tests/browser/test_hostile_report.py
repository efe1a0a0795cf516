"""A report that is hostile in every field, through the whole chain: nothing runs, nothing is fetched, on any page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dashboard.navigation import PAGES
from extract.model import Report
from pipeline.batch import Stored, store_report
from pipeline.run import Engine
from pipeline.settings import Settings
from store.claims import ClaimStore
from tests.browser.conftest import MAP, Visit, Visiting, serving
from tests.dashboard.rows import HOSTILE, fill

pytestmark = pytest.mark.browser

WIRE = (
    f"KYIV (Reuters) - The defence minister of Ukraine, {HOSTILE}, said on Tuesday that 80,000 Russian troops were in "
    f"Crimea. {HOSTILE}\n\nRussia's foreign minister <b onclick=alert(1)>Lavrov</b> said: “{HOSTILE}”. "
    "He told reporters that `${window.HACKED=7}` soldiers</script> had left Kharkiv, and demanded an answer.\n"
)


def hostile_store(folder: Path) -> Path:
    """Invented rows with hostile names, and a hostile text that the engine itself has read."""
    path = fill(folder / "hostile.duckdb", hostile=True)
    with ClaimStore.open(path) as store:
        report = Report(text=WIRE, id="wire", title=HOSTILE, outlet=HOSTILE, url=HOSTILE, published=date(2021, 4, 16))
        outcome = store_report(report, store, Engine.load(Settings(store=path)))
        assert isinstance(outcome, Stored), outcome
        assert outcome.claims, "the engine found no claim to show"
    return path


@pytest.fixture(scope="module")
def hostile_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    with serving(hostile_store(folder), folder / "server.log") as url:
        yield url


def unharmed(here: Visit) -> None:
    """Nothing of the report has run, in the page or in the map's frame."""
    assert here.page.evaluate("window.HACKED") is None
    frame = here.page.locator(MAP)
    if frame.count():
        assert frame.element_handle().content_frame().evaluate("window.HACKED") is None
    assert here.foreign == []
    assert here.problems == []
    assert here.page.locator("img[src*='evil'], img[src='x'], a[href^='javascript']").count() == 0


def test_a_hostile_report_runs_nothing_on_the_map_page(visit: Visiting, hostile_address: str) -> None:
    here = visit(server=hostile_address).go()
    expect(here.page.locator(".st-key-ca-lists")).to_be_visible()
    here.settled()
    assert here.map.locator(".mark").count() >= 7
    hostile = here.map.locator(".mark.label").filter(has_text="<script>")
    expect(hostile.locator(".plate-name")).to_contain_text("<script>window.parent")
    hostile.locator(".plate").hover()
    expect(here.map.locator(".leaflet-tooltip .derived-from")).to_contain_text("derived from")
    unharmed(here)
    here.picture("hostile-1440-light")
    hostile.locator(".plate").click()
    expect(here.page.locator(".ca-place h2")).to_contain_text("<script>")
    unharmed(here)


def test_a_hostile_report_runs_nothing_in_filters_lists_and_tables(visit: Visiting, hostile_address: str) -> None:
    here = visit(server=hostile_address).go()
    here.settled()
    for label in ("Who claims", "Side", "Whose forces", "Place", "Report"):
        here.page.get_by_role("combobox", name=label).first.click()
        expect(here.page.get_by_role("option").first).to_be_visible()
        here.page.keyboard.press("Escape")
        expect(here.page.get_by_role("option")).to_have_count(0)
    here.choose("Side", "<script>")
    expect(here.page.locator(".st-key-ca-filter-sides")).to_contain_text("<script>")
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


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.path)
def test_no_page_runs_anything_of_a_hostile_address(visit: Visiting, hostile_address: str, spec) -> None:
    path = "/" if spec.default else f"/{spec.path}"
    here = visit(server=hostile_address)
    here.page.goto(
        f"{hostile_address}{path}?actor=%3Cscript%3Ewindow.HACKED=8%3C/script%3E&at=%60%24%7Bwindow.HACKED%7D&claim=%27%22&place=%3Cimg%20src=x%3E"
    )
    expect(here.page.locator(".ca-header h1")).to_be_visible()
    here.settled()
    unharmed(here)
