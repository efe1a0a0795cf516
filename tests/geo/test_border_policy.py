"""Disputed places: the position of the General Assembly by default, and who governs beside it."""

from __future__ import annotations

import pytest
from shapely.geometry import Point, shape

from geo.model import Place, PlaceQuery
from geo.policy import read_territories
from geo.regions import derive
from geo.shapes import Shapes

SIMFEROPOL, SEVASTOPOL = Point(34.10, 44.95), Point(33.60, 44.60)
SUKHUMI, TSKHINVALI = Point(41.02, 43.00), Point(43.97, 42.23)
PRISTINA, TAIPEI, LAAYOUNE, KATZRIN = (
    Point(21.17, 42.66),
    Point(121.55, 25.03),
    Point(-13.18, 27.13),
    Point(35.69, 32.99),
)
SRINAGAR, MUZAFFARABAD, AKSAI = Point(74.80, 34.08), Point(73.47, 34.36), Point(79.3, 35.2)
KYRENIA, HARGEISA, TIRASPOL, TIFARITI = (
    Point(33.32, 35.30),
    Point(44.06, 9.56),
    Point(29.63, 46.84),
    Point(-10.57, 26.16),
)


@pytest.fixture(scope="module")
def un() -> Shapes:
    return Shapes.open()


@pytest.fixture(scope="module")
def de_facto() -> Shapes:
    return Shapes.open(borders="de_facto")


def holders(shapes: Shapes, point: Point) -> set[str]:
    """Codes of the countries whose outline holds a point."""
    return {iso2 for iso2 in shapes.countries if shapes.country(iso2).contains(point)}


@pytest.mark.parametrize(
    ("point", "by_assembly", "by_control"),
    [
        pytest.param(SIMFEROPOL, {"UA"}, {"RU"}, id="Crimea"),
        pytest.param(SEVASTOPOL, {"UA"}, {"RU"}, id="Sevastopol"),
        pytest.param(SUKHUMI, {"GE"}, set(), id="Abkhazia"),
        pytest.param(TSKHINVALI, {"GE"}, set(), id="South Ossetia"),
        pytest.param(PRISTINA, {"RS", "XK"}, {"XK"}, id="Kosovo"),
        pytest.param(TAIPEI, {"CN", "TW"}, {"TW"}, id="Taiwan"),
        pytest.param(LAAYOUNE, {"EH"}, {"MA"}, id="Western Sahara, west of the berm"),
        pytest.param(TIFARITI, {"EH"}, {"EH"}, id="Western Sahara, east of the berm"),
        pytest.param(KATZRIN, {"SY"}, {"IL"}, id="Golan Heights"),
        pytest.param(SRINAGAR, {"IN"}, {"IN"}, id="Kashmir, south of the Line of Control"),
        pytest.param(MUZAFFARABAD, {"PK"}, {"PK"}, id="Kashmir, north of the Line of Control"),
        pytest.param(AKSAI, {"CN"}, {"CN"}, id="Aksai Chin"),
        pytest.param(KYRENIA, {"CY"}, set(), id="Northern Cyprus"),
        pytest.param(HARGEISA, {"SO"}, set(), id="Somaliland"),
        pytest.param(TIRASPOL, {"MD"}, set(), id="Transnistria"),
        pytest.param(Point(-52.3, 4.7), {"GF"}, {"GF"}, id="French Guiana, by its own code"),
    ],
)
def test_each_view_gives_a_disputed_place_to_whom_its_table_says(
    un: Shapes, de_facto: Shapes, point: Point, by_assembly: set[str], by_control: set[str]
) -> None:
    assert holders(un, point) == by_assembly
    assert holders(de_facto, point) == by_control


def test_the_default_is_the_position_of_the_general_assembly() -> None:
    assert Shapes.open().borders == "un"


@pytest.mark.parametrize(
    "name", ["Crimea", "Abkhazia", "Kosovo", "Taiwan", "Western Sahara", "Golan Heights", "Kashmir"]
)
def test_the_disputed_area_itself_is_drawn_alike_in_both_views(un: Shapes, de_facto: Shapes, name: str) -> None:
    one, other = un.find(name), de_facto.find(name)
    assert one is not None and other is not None and one.geometry == other.geometry


def test_every_row_of_the_policy_gives_its_reason(un: Shapes) -> None:
    territories = read_territories(un.folder / "borders.tsv")
    assert len(territories) > 15
    assert all(len(territory.reason) > 20 for territory in territories)


def directed(shapes: Shapes, iso2: str, direction: str) -> Place:
    anchor = Place(f"gn:{iso2}", iso2, 0, 0, "country", 500, country=iso2)
    place = derive(PlaceQuery(iso2, "the part", relation="direction", direction=direction), [anchor], shapes)
    assert place is not None
    return place


def test_southern_ukraine_takes_crimea_in_by_the_assembly_and_not_by_control(un: Shapes, de_facto: Shapes) -> None:
    assert shape(directed(un, "UA", "south").geometry).contains(Point(34.0, 45.5))
    assert directed(un, "UA", "south").key != directed(de_facto, "UA", "south").key


def test_southern_serbia_is_not_kosovo_in_either_view(un: Shapes, de_facto: Shapes) -> None:
    for view in (un, de_facto):
        assert not shape(directed(view, "RS", "south").geometry).contains(PRISTINA)


def test_israels_border_with_syria_runs_by_the_view(un: Shapes, de_facto: Shapes) -> None:
    anchors = [Place(f"gn:{iso2}", iso2, 0, 0, "country", 500, country=iso2) for iso2 in ("IL", "SY")]
    query = PlaceQuery("border", "the Israeli-Syrian border", relation="border")
    lines = [derive(query, anchors, view) for view in (un, de_facto)]
    assert lines[0] is not None and lines[1] is not None
    assert lines[0].lon < lines[1].lon - 0.1  # the line of 1967 is west of the heights, the ceasefire line east of them
