"""Marks -> folium, read without a browser."""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit_folium import _get_feature_group_string, _get_map_string

from dashboard import map as atlas
from dashboard.packing import packed
from dashboard.sides import GREY, Palette
from dashboard.simplified import outline, soft
from store.marks import Mark
from store.records import PlaceRow
from tests.dashboard.rows import BORDER, CAPITAL, CITY, COUNTRY, HOSTILE, PENINSULA, box

LIBRARIES = atlas.Libraries(scripts=("../x/leaflet.js",), style=".x { color: red }")
PALETTE = Palette.of(["Sorvia", "Norland"])


def mark(place: PlaceRow, n: int = 1, *sides: tuple[str | None, int]) -> Mark:
    return Mark(place, n, n, 0, sides or (("Sorvia", n),))


def payload(*marks: Mark, **options: object) -> dict:
    group = atlas.marks_group(marks, PALETTE, **{"most": 10, **options})
    (child,) = [child for child in group._children.values() if isinstance(child, atlas.Marks)]
    return named(json.loads(json.loads(f'"{child.literal}"')))


def named(sent: dict) -> dict:
    """What was sent, with each mark as a dict of the values that it has."""
    rows = [dict(zip(sent["fields"], row, strict=True)) for row in sent["rows"]]
    return {**sent, "marks": [{name: value for name, value in row.items() if value != 0} for row in rows]}


def script(*marks: Mark) -> str:
    """The very text that the component is handed and evaluates."""
    base = atlas.base_map(LIBRARIES)
    base.render()
    _get_map_string(base)
    return _get_feature_group_string(atlas.marks_group(marks, PALETTE, most=10), base)


def test_the_area_of_a_disc_is_proportional_to_its_claims() -> None:
    assert math.isclose(atlas.radius(40, 40), atlas.LARGEST_RADIUS)
    assert atlas.radius(40, 40) ** 2 / atlas.radius(10, 40) ** 2 == pytest.approx(4, rel=0.02)
    assert atlas.radius(1, 100_000) == atlas.SMALLEST_RADIUS


def test_a_size_does_not_depend_on_what_else_is_shown() -> None:
    alone, among = payload(mark(CITY, 2))["marks"][0], payload(mark(CITY, 2), mark(CAPITAL, 9))["marks"]
    assert alone["radius"] == next(found["radius"] for found in among if found["key"] == CITY.key)


@pytest.mark.parametrize(
    ("place", "badge"), [(CITY, "disc"), (COUNTRY, "label"), (PENINSULA, "label"), (BORDER, "label")]
)
def test_only_points_and_towns_are_discs(place: PlaceRow, badge: str) -> None:
    assert payload(mark(place))["marks"][0]["badge"] == badge


def test_an_area_without_a_shape_is_a_plate_all_the_same() -> None:
    shapeless = PlaceRow("k", "Nowhere Region", 1, 2, "region", 90)
    (found,) = payload(mark(shapeless))["marks"]
    assert found["badge"] == "label"
    assert "area" not in found


def test_a_derived_area_says_what_it_was_derived_from() -> None:
    derived, plain = payload(mark(BORDER), mark(PENINSULA))["marks"]
    assert derived["derived"] == f"derived from {BORDER.derived_from}"
    assert "derived" not in plain


def test_a_mark_tells_sides_by_code_as_well_as_by_colour() -> None:
    (found,) = payload(mark(CITY, 5, ("Sorvia", 3), ("Norland", 1), ("Elsewhere", 1)))["marks"]
    assert found["code"] == "Sor·Nor +1"
    assert [n for _, n in found["sides"]] == [3, 1, 1]
    assert len({colour for colour, _ in found["sides"]}) == 3


def test_the_first_view_leaves_whole_countries_out() -> None:
    assert payload(mark(CITY), mark(COUNTRY))["home"] == [[CITY.lat, CITY.lon], [CITY.lat, CITY.lon]]
    assert payload(mark(COUNTRY))["home"] == [[46, 22.5], [52, 40]]
    assert payload()["home"] is None


def test_looking_at_several_places_fits_them_all() -> None:
    found = payload(mark(CITY), focus=atlas.Focus((CITY, CAPITAL), 3))["focus"]
    assert found["call"] == 3
    assert found["bounds"] == [[CITY.lat, CAPITAL.lon], [CAPITAL.lat, CITY.lon]]


def test_a_vast_area_is_outlined_and_not_filled() -> None:
    continent = PlaceRow("c", "Everywhere", 50, 20, "vague", 2700, geometry=box(-20, 35, 60, 70))
    vast, near = payload(mark(continent), mark(PENINSULA))["marks"]
    assert vast["vast"] == 1
    assert "vast" not in near


def test_an_outline_is_simplified_but_keeps_its_extent() -> None:
    points = [[30 + math.cos(i / 900) * 9, 50 + math.sin(i / 900) * 5] for i in range(5655)]
    round_country = PlaceRow(
        "c", "Round", 50, 30, "country", 500, geometry={"type": "Polygon", "coordinates": [[*points, points[0]]]}
    )
    area = atlas.outline(round_country)
    assert area is not None
    (ring,) = area["coordinates"]
    assert len(ring) < 200
    assert max(x for x, _ in ring) == pytest.approx(39, abs=0.1)


def test_the_base_map_is_the_same_on_every_run_and_names_no_other_host() -> None:
    first, second = (_get_map_string(rendered(atlas.base_map(LIBRARIES))) for _ in range(2))
    assert re.sub(r"_[0-9a-f]{32}", "", first) == re.sub(r"_[0-9a-f]{32}", "", second)
    assert "ClaimAtlas.base(" in first
    assert "http" not in first
    assert "maxZoom" in first


def rendered(base):
    base.render()
    return base


def test_names_reach_the_script_with_every_dangerous_character_escaped() -> None:
    evil = PlaceRow(HOSTILE, HOSTILE, 1, 2, "city", 1, derived_from=HOSTILE)
    text = script(mark(evil, 1, (HOSTILE, 1)))
    literal = re.search(r'JSON\.parse\("(.*?)"\)\);', text)
    assert literal
    assert not re.search(r"[<>&`$'{}_]", literal[1])
    assert not re.search(r'(?<!\\)"', literal[1]), "a quotation mark would end the string"
    assert named(json.loads(json.loads(f'"{literal[1]}"')))["marks"][0]["key"] == HOSTILE
    assert "HACKED" not in text.replace(literal[0], "")


@given(st.text(max_size=80))
def test_any_text_comes_back_from_the_script_as_it_was(text: str) -> None:
    literal = atlas.script_literal({"name": text})
    assert re.fullmatch(r"[ -~]*", literal)
    assert not re.search(r"[<>&`$'{}_]", literal)
    assert not re.search(r'(?<!\\)"', literal)
    assert json.loads(json.loads(f'"{literal}"')) == {"name": text}


def test_each_drawing_drops_the_groups_before_it() -> None:
    assert "window.feature_group.push" in script(mark(CITY))
    own = Path(atlas.__file__).parent / "frontend" / "map.js"
    assert "window.feature_group = [];" in own.read_text("utf-8")


def test_sides_of_one_colour_are_one_share_of_a_ring_but_never_a_single_side() -> None:
    (found,) = payload(mark(CITY, 9, ("Sorvia", 4), ("x", 2), ("y", 2), (None, 1)))["marks"]
    assert found["sides"] == [[PALETTE.side("Sorvia").colour, 4], [GREY, 5]]
    (found,) = payload(mark(CITY, 3, ("x", 1), ("y", 1), (None, 1)))["marks"]
    assert found["sides"] == [[GREY, 1], [GREY, 1]]


def test_a_region_fades_from_the_widest_band_to_the_surest() -> None:
    inner, outer = box(37.5, 48, 39, 50), box(36, 46, 41, 53)
    (found,) = payload(mark(BORDER), bands={BORDER.key: (inner, outer)})["marks"]
    assert found["bands"] == [packed(outer), packed(inner)]


def test_a_vast_region_does_not_fade() -> None:
    wide = replace(BORDER, geometry=box(10, 47, 90, 52))
    (found,) = payload(mark(wide), bands={wide.key: (wide.geometry,)})["marks"]
    assert "bands" not in found


def test_a_band_without_an_outline_is_coarser_than_an_outline() -> None:
    ring = [[36 + 3 * math.cos(step / 100), 49 + 3 * math.sin(step / 100)] for step in range(628)]
    round_area = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    fine, coarse = outline(replace(BORDER, geometry=round_area)), soft("k", 0, round_area)
    assert fine and coarse
    assert len(coarse["coordinates"][0]) < len(fine["coordinates"][0]) < 628
