"""What holds for every page of the registry: nothing foreign, nothing hostile, no barriers, at home on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.barriers import EXCEPTIONS, barriers
from tests.browser.conftest import MAP, SCHEMES, Profiles, Visit, Visiting, Visitor
from tests.browser.every_page import ADDRESSES, BARE, Address, opened
from tests.browser.hostile import unharmed

pytestmark = pytest.mark.browser
HOSTILE_QUERY = urlencode({
    "actor": "<script>window.HACKED=8</script>", "at": "`${window.HACKED=9}`", "claim": "'\"", "report": "../../x",
    "place": "<img src=x>", "q": "<img src=x onerror=window.HACKED=10>", "lang": "<script>", "hide": "\x00",
})  # fmt: skip
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
TALL = {"width": 1440, "height": 4000}
LONG_PHONE = {"width": 390, "height": 6000}
"""Windows in which nothing is out of sight: axe-core measures no contrast of what is scrolled away."""

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


CUT = """() => {
    const meant = "[data-testid=stDataFrame], [class*=st-key-ca-open-], .ca-sr, .ca-lane-plot, iframe, input, textarea";
    return [...document.querySelectorAll("[data-testid=stMain] *")]
        .filter((node) => node.clientWidth > 1 && node.scrollWidth > node.clientWidth + 1 && !node.closest(meant))
        .filter((node) => getComputedStyle(node).overflowX !== "visible")
        .map((node) => `${node.className}: ${node.scrollWidth} in ${node.clientWidth}: ${node.innerText}`);
}"""
"""What is wider than its box, and so cut off or scrolled sideways; tables and fields for writing may be."""
WINDOWS = ({"width": 1024, "height": 768}, {"width": 768, "height": 1024})
"""A small desk and a tablet."""


@pytest.fixture(scope="module", params=ADDRESSES, ids=lambda shown: shown.title)
def french(request: pytest.FixtureRequest, profiles: Profiles, address: str) -> Iterator[Visit]:
    """A page as a French phone shows it. The tests that share it only look."""
    visitor = Visitor(profiles, address)
    yield opened(visitor(**PHONE, locale="fr-FR"), request.param.path)
    visitor.close()


@pytest.fixture(scope="module", params=ADDRESSES, ids=lambda shown: shown.title)
def english(request: pytest.FixtureRequest, profiles: Profiles, address: str) -> Iterator[Visit]:
    """A page in English by its link. The tests that share it only look, each in a window that it makes first."""
    visitor = Visitor(profiles, address)
    yield opened(visitor(**DESK, locale="fr-FR"), request.param.with_query("lang=en"))
    visitor.close()


def test_no_page_has_a_serious_barrier_in_either_theme(english: Visit) -> None:
    here = english.resized(**TALL)
    for scheme in SCHEMES:
        assert barriers(here.turned(scheme)) == [], f"in the {scheme} theme"


def test_no_page_asks_another_host_or_is_refused_anything(english: Visit) -> None:
    here = english.resized(**DESK)
    here.page.mouse.move(700, 700)
    here.page.mouse.wheel(0, 2500)
    here.settled()
    assert len(here.requests) > 10
    assert here.foreign == []
    assert here.refused == []


def test_no_page_scrolls_sideways_on_a_phone(english: Visit) -> None:
    here = english.resized(**PHONE).turned("light")
    expect(here.page.locator("html")).to_have_attribute("lang", "en")
    narrow(here)
    here.picture(f"phone-{urlsplit(here.page.url).path.strip('/') or 'map'}-en")


def test_no_page_scrolls_sideways_on_a_phone_in_french(french: Visit) -> None:
    narrow(french)


def test_nothing_is_cut_off_on_a_small_desk_or_a_tablet(french: Visit) -> None:
    for window in WINDOWS:
        french.resized(**window)
        narrow(french)
        assert french.page.evaluate(CUT) == [], f"in a window of {window}"
    french.resized(**PHONE)


def test_no_page_has_a_serious_barrier_in_french_on_a_phone(french: Visit) -> None:
    french.resized(**LONG_PHONE)
    expect(french.page.locator("html")).to_have_attribute("lang", "fr")
    expect(french.page.get_by_role("link", name=re.compile("^Map$"))).to_have_count(0)
    expect(french.page.locator(".ca-footer")).to_contain_text("Rien ne quitte cet ordinateur")
    assert barriers(french) == []


@pytest.mark.parametrize("path", ["/", "/report?report=r2"])
def test_an_english_reader_who_asked_for_no_language_meets_no_serious_barrier(visit: Visiting, path: str) -> None:
    here = opened(visit(**TALL, locale="en-US"), path)
    expect(here.page.locator("html")).to_have_attribute("lang", "en")
    assert "lang" not in here.parameters()
    assert barriers(here) == []


def test_every_exception_from_the_barriers_says_what_and_why() -> None:
    for given in EXCEPTIONS:
        assert given.keys() == {"rule", "target", "reason"}
        assert all(given.values())


@pytest.mark.parametrize("shown", BARE, ids=lambda shown: shown.title)
def test_no_page_runs_anything_of_a_hostile_report_or_address(
    visit: Visiting, hostile_address: str, shown: Address
) -> None:
    here = visit(server=hostile_address)
    unharmed(opened(here, shown.with_query("report=evil")))
    unharmed(opened(here, shown.with_query(HOSTILE_QUERY)))


def narrow(here: Visit) -> None:
    """Nothing stands out to the right, and nothing scrolls there."""
    assert here.page.evaluate(WIDER) == []
    main = here.page.get_by_test_id("stMain")
    assert main.evaluate("node => node.scrollWidth <= node.clientWidth + 1")
    assert here.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_map_has_half_of_a_phone_or_tablet_and_its_lists_end_where_it_does_on_a_desk(visit: Visiting) -> None:
    here = opened(visit(**PHONE), "/")
    expect(here.page.locator(".st-key-ca-filters")).to_be_hidden()
    frame = here.page.locator(MAP).bounding_box()
    assert frame["height"] >= PHONE["height"] / 2
    assert frame["y"] < PHONE["height"] / 2, "the map begins in the upper half"
    here.resized(width=768, height=1024)
    lists, frame = here.page.locator(".st-key-ca-panel"), here.page.locator(MAP).bounding_box()
    assert frame["height"] >= 1024 / 2 and frame["width"] > 768 * 0.9
    assert lists.bounding_box()["y"] > frame["y"] + frame["height"], "under the map"
    here.resized(width=1024, height=768)
    left, box = here.page.locator(".st-key-ca-map-options").bounding_box(), lists.bounding_box()
    assert abs(left["y"] + left["height"] - box["y"] - box["height"]) < 40, "no hole under one of them"
    assert lists.evaluate("node => node.scrollHeight > node.clientHeight"), "the rest is scrolled to"
