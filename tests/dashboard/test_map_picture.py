"""The map as a picture: the same places, sides and words as on the screen, drawn without a browser or a network."""

from __future__ import annotations

import math
import re
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from dashboard import map_picture, raster
from dashboard.language import speaking
from dashboard.map_picture import Told, draw
from dashboard.mercator import Projection, base_map
from dashboard.raster import dashes, text_width, to_png
from dashboard.scene import Area, Box, Disc, Line, Scene, Words, to_svg
from dashboard.sides import COLOURS, Palette
from store.claims import ClaimStore
from store.filters import Filters
from store.marks import Mark
from store.records import PlaceRow
from tests.dashboard.rows import BORDER, CITY, COUNTRY, HOSTILE, PENINSULA, box, fill

TOLD = Told("All 8 claims", "Side: Sorvia.")
SIDES = Palette.of(["Sorvia", "Norland", "Northern Alliance", "The Union"])


def marks_of(path: Path) -> list[Mark]:
    with ClaimStore.open(path) as store:
        return store.marks(Filters())


@pytest.fixture
def marks(tmp_path: Path) -> list[Mark]:
    return marks_of(fill(tmp_path / "claims.duckdb"))


def scene(marks: list[Mark], told: Told = TOLD) -> Scene:
    return draw(marks, SIDES, most=max((mark.n for mark in marks), default=1), bands={}, told=told)


def words(drawn: Scene) -> list[str]:
    return [shape.text for shape in (*drawn.inset, *drawn.shapes) if isinstance(shape, Words)]


def image(drawn: Scene) -> Image.Image:
    return Image.open(BytesIO(to_png(drawn)))


def test_every_place_of_the_view_is_named_with_its_number_of_claims(marks: list[Mark]) -> None:
    drawn = words(scene(marks))
    for mark in marks:
        assert any(mark.place.name in text for text in drawn), mark.place.name
    assert "2" in drawn


def test_filters_legend_and_attribution_are_on_the_picture(marks: list[Mark]) -> None:
    told = " ".join(words(scene(marks)))
    for part in ("All 8 claims. Side: Sorvia.", "Sorvia", "Norland", "GeoNames, CC BY 4.0", "Natural Earth", "dashed"):
        assert part in told


def test_places_outside_of_the_picture_are_said(marks: list[Mark]) -> None:
    far = PlaceRow("gn:9", "Farland", -30.0, 140.0, "country", 900.0, geometry=box(120, -38, 150, -12))
    drawn = scene([*marks, Mark(far, 1, 1, 0, (("Sorvia", 1),))])
    assert "Outside of the picture: Farland." in " ".join(words(drawn))


def test_a_derived_area_is_dashed_and_a_found_one_is_not(marks: list[Mark]) -> None:
    strokes = {}
    for mark in marks:
        areas = map_picture._area(
            mark, SIDES, Projection.fitting([[44, 22], [53, 41]], map_picture._FRAME, padding=9), ()
        )
        strokes[mark.place.key] = {area.dash for area in areas if isinstance(area, Area) and area.stroke}
    assert strokes[BORDER.key] == {(7, 5)}
    assert strokes[PENINSULA.key] == {None}
    assert strokes[CITY.key] == set()


def test_several_sides_at_a_place_share_its_disc() -> None:
    mark = Mark(CITY, 4, 2, 2, (("Sorvia", 3), ("Norland", 1)))
    discs = [shape for shape in scene([mark]).inset if isinstance(shape, Disc) and len(shape.slices) == 2]
    assert discs[0].slices == ((COLOURS[0], 3.0), (COLOURS[1], 1.0))


def test_the_png_has_the_sides_colour_where_the_place_is() -> None:
    drawn = scene([Mark(CITY, 1, 1, 0, (("Norland", 1),))])
    (disc,) = [shape for shape in drawn.inset if isinstance(shape, Disc) and shape.slices[0][0] == COLOURS[1]]
    x, y = disc.at
    picture = image(drawn)
    assert picture.size == map_picture.SIZE
    red, green, blue = picture.getpixel((round(x - disc.radius * 0.8), round(y)))
    wanted = tuple(int(COLOURS[1][i : i + 2], 16) for i in (1, 3, 5))
    assert max(abs(a - b) for a, b in zip((red, green, blue), wanted, strict=True)) < 40
    assert "Harven" in picture.text["Description"]


def test_the_svg_is_a_picture_of_its_own_that_loads_nothing(marks: list[Mark]) -> None:
    drawn = ElementTree.fromstring(to_svg(scene(marks)))
    tags = {node.tag.rpartition("}")[2] for node in drawn.iter()}
    assert tags == {"svg", "title", "desc", "clipPath", "rect", "g", "path", "circle", "text"}
    assert not [name for node in drawn.iter() for name in node.attrib if "href" in name or name.startswith("on")]
    assert drawn.attrib["role"] == "img"


def test_hostile_names_are_only_words(tmp_path: Path) -> None:
    drawn = scene(marks_of(fill(tmp_path / "evil.duckdb", hostile=True)), Told(HOSTILE, HOSTILE))
    written = to_svg(drawn)
    assert not re.search(r"<(script|img|image|a|foreignObject)\b", written)
    ElementTree.fromstring(written)
    assert image(drawn).size == map_picture.SIZE


@given(st.text(max_size=60))
def test_any_name_can_be_drawn(name: str) -> None:
    drawn = Scene((60, 40), "#ffffff", name, name, (0, 0, 60, 40), (), (Words((5, 20), name, 12, "#000000"),))
    ElementTree.fromstring(to_svg(drawn))
    assert Image.open(BytesIO(to_png(drawn))).size == (60, 40)


def test_nothing_to_show_is_still_a_map() -> None:
    drawn = scene([])
    assert any(isinstance(shape, Area) for shape in drawn.inset)
    assert drawn.description == "All 8 claims. Side: Sorvia."


def test_the_picture_speaks_the_readers_language(marks: list[Mark]) -> None:
    with speaking("fr"):
        assert any("domaine public" in text for text in words(scene(marks)))


def test_a_hole_in_an_area_is_not_filled() -> None:
    outer, hole = ((5, 5), (95, 5), (95, 95), (5, 95)), ((40, 40), (60, 40), (60, 60), (40, 60))
    area = Area((outer, hole), "#ff0000", 0.5)
    picture = image(Scene((100, 100), "#ffffff", "", "", (0, 0, 100, 100), (), (area,)))
    assert picture.getpixel((50, 50)) == (255, 255, 255)
    assert picture.getpixel((20, 20)) == pytest.approx((255, 128, 128), abs=2)


def test_what_leaves_the_frame_is_cut_off() -> None:
    line = Line(((-50, 50), (150, 50)), "#000000", 4)
    picture = image(Scene((100, 100), "#ffffff", "", "", (30, 30, 40, 40), (line, Box((0, 60, 100, 5), "#0000ff")), ()))
    assert max(picture.getpixel((50, 50))) < 40
    assert picture.getpixel((10, 50)) == (255, 255, 255)
    assert picture.getpixel((10, 62)) == (255, 255, 255)


@given(
    st.floats(1, 50),
    st.floats(1, 50),
    st.lists(st.tuples(st.floats(0, 500), st.floats(0, 500)), min_size=2, max_size=6),
)
def test_dashes_are_no_longer_than_they_should_be(on: float, off: float, points: list[tuple[float, float]]) -> None:
    for part in dashes(points, (on, off)):
        assert sum(math.dist(a, b) for a, b in pairwise(part)) <= on + 1e-6


def test_a_place_lies_where_the_browsers_map_has_it() -> None:
    frame = (0.0, 0.0, 1000.0, 600.0)
    projection = Projection.fitting([[40.0, 20.0], [55.0, 45.0]], frame, padding=20)
    (west, _), (east, _) = projection.at(20, 47), projection.at(45, 47)
    assert 20 <= west < east <= 980
    assert (west + east) / 2 == pytest.approx(500)
    _, north = projection.at(30, 55)
    _, south = projection.at(30, 40)
    assert 20 <= north < south <= 580
    # Web Mercator at zoom z: the whole world is 256 * 2**z pixels wide
    assert projection.at(20 + 360 / 2**projection.zoom, 47)[0] - west == pytest.approx(256)


def test_the_base_map_is_that_of_the_browser() -> None:
    ground = base_map()
    assert len(ground.land) > 1000 and len(ground.borders) > 200 and len(ground.disputed) > 100
    west, south, east, north = ground.land[0].bounds
    assert -230 <= west < east <= 230 and -90 <= south < north <= 90
    assert ("Kyiv" in {city[0] for city in ground.cities}) and COUNTRY.name not in {c[0] for c in ground.countries}


def test_bold_words_are_wider_and_the_pages_own_typeface_is_used() -> None:
    assert raster._typeface() is not None
    assert text_width("Harven", 20, bold=True) > text_width("Harven", 20) > 0
