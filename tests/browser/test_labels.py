"""Labels as they are seen: no bare numbers, and shares as rings."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MAP, Visit, Visiting
from tests.dashboard.rows import PENINSULA

pytestmark = pytest.mark.browser


def labels(here: Visit) -> list[str]:
    found: list[str] = here.map.locator(".plate").evaluate_all("plates => plates.map(plate => plate.innerText)")
    return found


@pytest.mark.parametrize("width", [1440, 390])
def test_no_label_is_a_bare_number(visit: Visiting, width: int) -> None:
    here = visit(width=width, height=844).go()
    here.settled()
    assert len(labels(here)) == 3
    assert all(re.search(r"[^\W\d]", label) for label in labels(here))


def test_where_several_sides_speak_of_an_area_its_label_has_a_ring_of_their_shares(visit: Visiting) -> None:
    here = visit().go()
    expect(here.mark(PENINSULA.key).locator(".swatch.pie")).to_have_count(1)
    expect(here.mark(PENINSULA.key)).to_have_attribute("aria-label", re.compile(r"by (Norland|Sorvia) \(1\), "))
    here.choose("Side", "Norland")
    expect(here.mark(PENINSULA.key).locator(".swatch.pie")).to_have_count(0)


BOXES = """() => [...document.querySelectorAll('.mark')].flatMap((mark) =>
  ['.plate', '.disc .fill', '.code:not(.hidden)'].map((part) => [part, mark.querySelector(part)])
    .filter(([, node]) => node && node.getClientRects().length).map(([part, node]) => {
      const { left, top, right, bottom } = node.getBoundingClientRect();
      return [mark.dataset.key, part, left, top, right, bottom];
    }))"""
"""What stands on the map: key of the place, part of its mark, and its box in pixels of the frame."""
TOLERANCE = 2.0
"""Pixels that an edge may reach over another: a shadow's or a rounding's width."""

Box = tuple[str, str, float, float, float, float]


def faults(here: Visit) -> list[str]:
    """Marks that are cut off at the frame's edge or lie on another place's mark; those out of sight are left out."""
    frame = here.page.locator(MAP).element_handle().content_frame()
    assert frame
    wide, high = frame.evaluate("[innerWidth, innerHeight]")
    boxes: list[Box] = [tuple(box) for box in frame.evaluate(BOXES)]
    seen = [box for box in boxes if box[4] > 0 and box[5] > 0 and box[2] < wide and box[3] < high]
    assert seen
    cut = [f"cut off: {b}" for b in seen if min(b[2], b[3], wide - b[4], high - b[5]) < -TOLERANCE]
    pairs = [(a, b) for i, a in enumerate(seen) for b in seen[i + 1 :] if a[0] != b[0]]
    return cut + [f"{a} lies on {b}" for a, b in pairs if min(_shared(a, b, 2), _shared(a, b, 3)) > TOLERANCE]


def _shared(a: Box, b: Box, at: int) -> float:
    """Pixels that two boxes share in one direction."""
    return float(min(a[at + 2], b[at + 2])) - float(max(a[at], b[at]))  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("store", ["samples", "hostile_address"])
def test_no_mark_lies_on_another_or_is_cut_off_at_first_and_after_a_closer_look(
    visit: Visiting, request: pytest.FixtureRequest, store: str, width: int
) -> None:
    here = visit(width=width, height=844 if width < 500 else 900, server=request.getfixturevalue(store)).go()
    here.settled()
    assert faults(here) == []
    here.picture(f"labels-{store.partition('_')[0]}-{width}")
    here.map.locator(".leaflet-control-zoom-in").click()
    here.settled()
    assert faults(here) == []
    here.map.locator(".leaflet-container").focus()
    here.page.keyboard.press("ArrowRight")
    here.settled()
    assert faults(here) == []


def test_a_label_that_was_moved_aside_is_led_back_to_its_place_and_can_be_chosen(visit: Visiting, samples: str) -> None:
    here = visit(width=390, height=844, server=samples).go()
    here.settled()
    assert here.map.locator("path.leader").count() >= 1
    here.map.locator(".mark.label .plate").filter(has_text="Donbas").click()
    expect(here.map.locator(".mark.selected")).to_have_count(1)
    expect(here.map.locator(".mark.selected")).to_contain_text("Donbas")


def test_the_first_view_leaves_room_for_labels_below(visit: Visiting, samples: str) -> None:
    here = visit(server=samples).go()
    here.settled()
    frame = here.page.locator(MAP).element_handle().content_frame()
    assert frame
    lowest = frame.evaluate(
        "(({ map, home }) => map.latLngToContainerPoint(home[0]).y - map.getContainer().clientHeight)(ClaimAtlas.state)"
    )
    assert lowest <= -40
