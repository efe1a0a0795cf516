"""Places that a name may mean -> the small maps of the Review and the Look up page, read without a browser."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
import shapely
import shapely.geometry

from dashboard import map as atlas
from dashboard.candidates_map import candidates_group
from dashboard.lookup import Candidate, Offline
from dashboard.packing import packed
from dashboard.simplified import bounds, outline
from geo.gazetteer import Gazetteer
from geo.shapes import Shapes
from store.records import PlaceRow
from tests.dashboard.rows import BORDER, CITY, COUNTRY, PENINSULA, box

SHAPELESS = PlaceRow("gn:9", "Lower Raion, Upper Oblast", 48, 38, "region", 30)
CONTINENT = PlaceRow("gn:8", "Mainland", 20, 30, "vague", 5000, geometry=box(0, -20, 90, 60))


def candidate(place: PlaceRow) -> Candidate:
    return Candidate(
        place.name, place.lat, place.lon, place.precision, "", "test", None, place.key, place.radius_km,
        place.geometry, place.derived_from,
    )  # fmt: skip


def sent(*places: PlaceRow, **options: object) -> dict:
    group = candidates_group([candidate(place) for place in places], 1, **options)
    (child,) = [child for child in group._children.values() if isinstance(child, atlas.Marks)]
    payload = json.loads(json.loads(f'"{child.literal}"'))
    rows = [dict(zip(payload["fields"], row, strict=True)) for row in payload["rows"]]
    return {**payload, "marks": {row["n"]: {name: value for name, value in row.items() if value != 0} for row in rows}}


def holds(corners: Sequence[Sequence[float]], place: PlaceRow) -> bool:
    (south, west), (north, east) = corners
    return shapely.box(west, south, east, north).buffer(0.01).covers(shapely.geometry.shape(outline(place)))


def test_a_town_is_a_numbered_disc_and_nothing_else() -> None:
    (mark,) = sent(CITY)["marks"].values()
    assert (mark["badge"], mark["n"]) == ("disc", 1)
    assert "area" not in mark


@pytest.mark.parametrize("place", [PENINSULA, COUNTRY, BORDER, CONTINENT])
def test_an_area_is_drawn_as_one_and_keeps_its_number(place: PlaceRow) -> None:
    mark = sent(CITY, place)["marks"][2]
    assert mark["area"] == packed(outline(place))
    assert mark["badge"] == "disc"
    assert "vast" not in mark, "of a few candidates even the widest is outlined"


def test_a_derived_area_is_dashed_says_why_and_fades() -> None:
    plain, banded = sent(BORDER)["marks"][1], sent(BORDER, bands={BORDER.key: [box(1, 1, 2, 2)]})["marks"][1]
    assert plain["derived"] == f"derived from {BORDER.derived_from}"
    assert "bands" not in plain and banded["bands"] == [packed(box(1, 1, 2, 2))]


def test_an_area_without_a_shape_is_a_plate_with_its_short_name_and_number() -> None:
    mark = sent(SHAPELESS)["marks"][1]
    assert (mark["badge"], mark["name"], mark["n"]) == ("label", "Lower Raion", 1)


def test_the_widest_lie_below_and_tab_goes_by_number() -> None:
    given = sent(CITY, CONTINENT, COUNTRY)
    assert [row[given["fields"].index("n")] for row in given["rows"]] == [2, 3, 1]
    assert given["numbered"]


def test_the_map_looks_at_the_whole_area_of_a_candidate() -> None:
    assert holds(sent(PENINSULA)["focus"]["bounds"], PENINSULA)
    both = sent(PENINSULA, BORDER)
    assert holds(both["focus"]["bounds"], PENINSULA) and holds(both["focus"]["bounds"], BORDER)
    assert both["focus"]["bounds"] == both["home"]


def test_a_vast_area_is_looked_at_whole_only_when_it_is_the_likeliest() -> None:
    assert holds(sent(CONTINENT, CITY)["focus"]["bounds"], CONTINENT)
    assert not holds(sent(CITY, CONTINENT)["focus"]["bounds"], CONTINENT)


def test_an_area_that_could_not_be_seen_beside_namesakes_far_away_is_looked_at_alone() -> None:
    far = PlaceRow("gn:7", "Namesake", -30, -120, "city", 5)
    given = sent(PENINSULA, far)
    assert given["focus"]["bounds"] == sent(PENINSULA)["focus"]["bounds"]
    (south, west), _ = given["home"]
    assert (south, west) == (far.lat, far.lon), "the way back shows all"


def test_a_map_of_no_candidates_looks_nowhere() -> None:
    given = sent()
    assert given["rows"] == [] and given["home"] is None and "focus" not in given


def test_the_gazetteer_gives_its_areas_with_their_outlines() -> None:
    found = {item.key: item for item in Offline(Gazetteer.open(), "un").answer("Donetsk").candidates}
    assert found["gn:709717"].geometry is None, "a town"
    oblast = found["gn:709716"].row
    assert shapely.geometry.shape(oblast.geometry).contains(shapely.Point(oblast.lon, oblast.lat))


@pytest.mark.parametrize(
    ("kind", "badge"), [("village", "disc"), ("hotel", "disc"), ("state", "label"), ("country", "label")]
)
def test_what_a_server_calls_an_area_is_no_disc(kind: str, badge: str) -> None:
    online = Candidate("Upper Harven, Sorvia", 47.5, 33.25, kind, "Sorvia", "Nominatim")
    assert sent(online.row)["marks"][1]["badge"] == badge


def test_a_country_across_the_date_line_is_looked_at_where_most_of_it_lies() -> None:
    gazetteer = Gazetteer.open()
    russia = next(place for place in gazetteer.lookup("Russia") if place.precision == "country")
    area = Shapes.open().area(russia)
    found = bounds(PlaceRow("gn:2017370", "Russia", russia.lat, russia.lon, "country", 2332, geometry=area))
    assert found is not None
    west, south, east, north = found
    assert 15 < west < 30 and east == pytest.approx(180, abs=0.1)
    assert 40 < south < 45 and north > 75
