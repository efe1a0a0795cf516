"""Labels as they are seen: no bare numbers, and shares as rings."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, Visiting
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
