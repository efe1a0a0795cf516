"""Very many places: a mark keeps near its own, and what finds no room is a dot there until one looks closer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Frame, expect

from store.claims import ClaimStore
from store.records import PlaceRow
from tests import copied
from tests.browser.barriers import barriers
from tests.browser.conftest import MAP, Visit, Visiting, serving
from tests.browser.test_labels import faults
from tests.copied import made_once
from tests.dashboard.rows import Given, box, report

pytestmark = pytest.mark.browser

POINTS, AREAS = 130, 20
PLACES = POINTS + AREAS
CARRIED = 34
"""Pixels that a mark may stand from its place where so many are in sight: 210 by 24 of them."""
LEAST = f"gn:{POINTS - 1}"
"""One of those with fewest claims, in the midst of the others."""
MARKS = """() => { const { map, marks } = ClaimAtlas.state;
  const frame = map.getContainer().getBoundingClientRect();
  return [...marks].map(([key, { mark, layer }]) => {
    const node = layer.getElement(), at = map.latLngToContainerPoint(layer.getLatLng());
    const isDot = getComputedStyle(node).display === "none";
    const { left, top, width, height } = node.querySelector(".fill, .plate").getBoundingClientRect();
    const far = Math.hypot(left + width / 2 - frame.left - at.x, top + height / 2 - frame.top - at.y);
    return { key, isDot, far: isDot ? 0 : far, radius: mark.badge === "disc" ? mark.radius : 0 };
  });
}"""
ZOOM_TO = "zoom => ClaimAtlas.state.map.setZoom(zoom, { animate: false })"


def _place(i: int) -> PlaceRow:
    """Places scattered over a region a few hundred kilometres wide, the later nearer to its middle."""
    near = 1 - i / (2 * PLACES)
    lat, lon = 49 + ((i * 37 % 97) / 97 - 0.5) * 4 * near, 33 + ((i * 61 % 89) / 89 - 0.5) * 7 * near
    if i < POINTS:
        return PlaceRow(f"gn:{i}", f"Hamlet {i}", lat, lon, "city", 5, "Sorvia", i)
    area = box(lon - 0.2, lat - 0.1, lon + 0.2, lat + 0.1)
    return PlaceRow(f"gn:{i}", f"District {i}", lat, lon, "region", 20, "Sorvia", i, area, "gazetteer")


def _given() -> Given:
    """A report with a claim for each place, and many more for the first."""
    spoken = [*range(PLACES), *[0] * 60]
    text = " ".join(f"Tarov counted {number + 100} trucks." for number in range(len(spoken)))
    claims = [
        {
            "words": f"{number + 100} trucks", "number": str(number + 100), "low": number + 100, "high": number + 100,
            "count_kind": "equipment", "unit": "trucks", "claimant": "Tarov", "side": "Norland" if i % 3 else "Sorvia",
            "places": [_place(i)],
        }
        for number, i in enumerate(spoken)
    ]  # fmt: skip
    return report("crowd", date(2021, 4, 12), "Trucks everywhere", text, *claims)


def _with_crowd(store: ClaimStore) -> None:
    store.add(*_given())


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard over many places that lie close together."""
    store = made_once(tmp_path_factory, "crowd", lambda path: copied.filled(Path(path), _with_crowd))
    with serving(store, store.with_name("server.log")) as url:
        yield url


def inside(here: Visit) -> Frame:
    frame = here.page.locator(MAP).element_handle().content_frame()
    assert frame
    return frame


def dots(here: Visit) -> set[str]:
    """Keys of the places without a mark."""
    return {each["key"] for each in inside(here).evaluate(MARKS) if each["isDot"]}


def counted(here: Visit) -> int:
    """The number in the note; none where it says nothing."""
    found = re.match(r"\d+", here.map.get_by_role("status").inner_text())
    return int(found[0]) if found else 0


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_in_a_crowd_marks_keep_near_their_places_and_the_others_are_dots_that_a_note_counts(
    visit: Visiting, crowd: str, width: int, scheme: str
) -> None:
    here = visit(width=width, height=844 if width < 500 else 900, scheme=scheme, server=crowd).go()
    here.settled()
    here.picture(f"crowd-{width}")
    marks = inside(here).evaluate(MARKS)
    assert [each for each in marks if each["far"] > max(CARRIED, each["radius"])] == []
    assert faults(here) == []
    note = here.map.get_by_role("status")
    expect(note).to_have_text(re.compile(r"^\d+ more places are dots: zoom in to open them$"))
    shown = sum(not each["isDot"] for each in marks)
    assert 10 < shown < PLACES
    assert counted(here) + shown == PLACES
    assert (here.map.locator("path.speck").get_attribute("d") or "").count("M") == counted(here)
    assert barriers(here) == []


def test_the_note_lies_on_nothing_within_the_frame(visit: Visiting, crowd: str) -> None:
    here = visit(width=390, height=844, locale="fr-FR", server=crowd).go()
    here.settled()
    inside(here).evaluate(ZOOM_TO, 7)  # marks up to every edge
    note = here.map.get_by_role("status").locator("span")
    expect(note).to_have_text(re.compile(r"^\d+ autres lieux sont des points : zoomez pour les ouvrir$"))
    on = note.evaluate("""note => { const own = note.getBoundingClientRect();
      return [...document.querySelectorAll(".leaflet-control:not(.crowd-note), .fill, .plate, .code:not(.hidden)")]
        .filter((node) => node.getClientRects().length).map((node) => [node.className, node.getBoundingClientRect()])
        .filter(([, box]) => Math.min(box.right, own.right) - Math.max(box.left, own.left) > 1
          && Math.min(box.bottom, own.bottom) - Math.max(box.top, own.top) > 1).map(([name]) => name); }""")
    assert on == []
    assert note.evaluate("note => note.getBoundingClientRect().left >= 0")


def test_a_closer_look_brings_the_marks_back_and_the_note_goes(visit: Visiting, crowd: str) -> None:
    here = visit(server=crowd).go()
    here.settled()
    before, many = dots(here), counted(here)
    here.map.locator(".leaflet-control-zoom-in").click()
    here.settled()
    assert 0 < counted(here) < many
    assert faults(here) == []
    for _ in range(3):
        here.map.locator(".leaflet-control-zoom-in").click()
        here.settled()
    expect(here.map.get_by_role("status")).to_have_text("")
    assert dots(here) == set()
    assert here.map.locator("path.speck").get_attribute("d") == "M0 0"
    here.map.get_by_role("button", name="Show all marks").click()
    here.settled()
    assert dots(here) == before


def test_a_filter_makes_room_for_marks(visit: Visiting, crowd: str) -> None:
    here = visit(server=crowd).go()
    before = dots(here)
    here.choose("Side", "Sorvia")
    here.in_map_until(f"() => ClaimAtlas.state.marks.size < {PLACES}")
    here.settled()
    assert before - dots(here)
    assert counted(here) == len(dots(here)) < len(before)


def test_a_place_that_is_chosen_is_never_a_dot(visit: Visiting, crowd: str) -> None:
    view = "view=49,33,5"
    here = visit(server=crowd).go(f"/?{view}")
    here.settled()
    area = f"gn:{PLACES - 1}"
    assert {LEAST, area} < dots(here)
    for key in (LEAST, area):
        here.go(f"/?at={key}&{view}")
        here.settled()
        assert key not in dots(here)
        expect(here.mark(key).locator(".fill, .plate")).to_be_visible()
        assert dots(here)


def test_the_mark_that_the_keyboard_is_at_is_never_a_dot(visit: Visiting, crowd: str) -> None:
    here = visit(server=crowd).go("/?view=49,33,5")
    here.settled()
    assert LEAST in dots(here)
    inside(here).evaluate(ZOOM_TO, 9)
    here.mark(LEAST).focus()
    inside(here).evaluate(ZOOM_TO, 5)
    expect(here.mark(LEAST)).to_be_visible()
    expect(here.mark(LEAST)).to_be_focused()
    assert dots(here)


def test_a_disc_that_is_moved_out_of_sight_leaves_no_code_behind(visit: Visiting, crowd: str) -> None:
    here = visit(server=crowd).go()
    inside(here).evaluate(ZOOM_TO, 9)
    here.settled()
    key = inside(here).evaluate("""() => { const { map, marks } = ClaimAtlas.state;
      const [key, made, at] = [...marks].map(([key, made]) => [key, made, map.latLngToContainerPoint(made.mark.at)])
        .find(([, made, at]) => made.coded && at.y > 0 && map.getBounds().contains(made.mark.at));
      map.panBy([0, Math.ceil(at.y + made.mark.radius) + 6], { animate: false });
      return key; }""")
    expect(here.mark(key).locator(".code")).to_have_class(re.compile("hidden"))


def test_one_place_is_told_as_one(visit: Visiting, crowd: str) -> None:
    here = visit(server=crowd).go()
    here.settled()
    inside(here).evaluate("ClaimAtlasCrowd.say(ClaimAtlas.state, 1)")
    expect(here.map.get_by_role("status")).to_have_text("1 more place is a dot: zoom in to open it")
