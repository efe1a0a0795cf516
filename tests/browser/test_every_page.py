"""What holds for every page of the registry: nothing foreign, nothing of a report runs, and it fits a phone."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MAP, Visit, Visiting
from tests.browser.every_page import ADDRESSES, BARE, Address, opened
from tests.browser.hostile import unharmed

pytestmark = pytest.mark.browser
HOSTILE_QUERY = urlencode({
    "actor": "<script>window.HACKED=8</script>", "at": "`${window.HACKED=9}`", "claim": "'\"", "report": "../../x",
    "place": "<img src=x>", "q": "<img src=x onerror=window.HACKED=10>", "lang": "<script>", "hide": "\x00",
})  # fmt: skip
PHONE = {"width": 390, "height": 844}

WIDER = """() => {
    const width = document.documentElement.clientWidth;
    const scrolls = (node) => node && node !== document.body &&
        (["auto", "scroll"].includes(getComputedStyle(node).overflowX) || scrolls(node.parentElement));
    return [...document.querySelectorAll("[data-testid=stMain] *")]
        .filter((node) => node.getClientRects().length && node.getBoundingClientRect().right > width + 1)
        .filter((node) => !scrolls(node.parentElement))
        .map((node) => `${node.tagName}.${node.className} ends at ${node.getBoundingClientRect().right}`);
}"""
"""What stands out beyond the right edge. Tables may scroll within themselves, the page may not."""


@pytest.mark.parametrize("shown", BARE, ids=lambda shown: shown.title)
def test_no_page_asks_another_host_or_is_refused_anything(visit: Visiting, shown: Address) -> None:
    here, refused = visit(), []
    here.page.on("console", lambda told: refused.append(told.text) if "Content Security Policy" in told.text else None)
    opened(here, shown.path)
    here.page.mouse.move(700, 700)
    here.page.mouse.wheel(0, 2500)
    here.settled()
    assert len(here.requests) > 10
    assert here.foreign == []
    assert refused == []


@pytest.mark.parametrize("shown", BARE, ids=lambda shown: shown.title)
def test_no_page_runs_anything_of_a_hostile_report_or_address(
    visit: Visiting, hostile_address: str, shown: Address
) -> None:
    here = visit(server=hostile_address)
    unharmed(opened(here, shown.with_query("report=evil")))
    unharmed(opened(here, shown.with_query(HOSTILE_QUERY)))


@pytest.mark.parametrize("shown", ADDRESSES, ids=lambda shown: shown.title)
def test_no_page_scrolls_sideways_on_a_phone_in_either_language(visit: Visiting, shown: Address) -> None:
    here = opened(visit(**PHONE, locale="fr-FR"), shown.path)
    narrow(here)
    opened(here, shown.with_query("lang=en"))
    expect(here.page.locator("html")).to_have_attribute("lang", "en")
    here.picture(f"phone-{shown.spec.path}-en")
    narrow(here)


def narrow(here: Visit) -> None:
    """Nothing stands out to the right, and nothing scrolls there."""
    assert here.page.evaluate(WIDER) == []
    main = here.page.get_by_test_id("stMain")
    assert main.evaluate("node => node.scrollWidth <= node.clientWidth + 1")
    assert here.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_on_a_phone_filters_are_folded_away_and_the_map_has_half_of_the_screen(visit: Visiting) -> None:
    here = opened(visit(**PHONE), "/")
    filters = here.page.get_by_role("combobox", name="Who claims")
    expect(filters).to_be_hidden()
    frame = here.page.locator(MAP).bounding_box()
    assert frame["height"] >= PHONE["height"] / 2
    assert frame["y"] < PHONE["height"] / 2, "the map begins in the upper half"
    here.page.get_by_text("Filters", exact=True).click()
    expect(filters).to_be_visible()
