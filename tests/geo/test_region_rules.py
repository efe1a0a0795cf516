"""What every derived region keeps, whatever it derives from."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, shape

from geo.directions import ADJECTIVE
from geo.model import Place, PlaceQuery, Relation
from geo.regions import bands, derive
from geo.shapes import Shapes
from tests.geo.region_scenes import ask, country, drawn
from tests.patience import cost


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return Shapes.open()


CASES: list[tuple[Relation, tuple[Place, ...], str | None, float | None]] = [
    *(("direction", (country(iso2),), d, None) for iso2 in ("RU", "US", "FJ", "CL", "ID", "VA") for d in ADJECTIVE),
    *(("border", (country(iso2),), None, None) for iso2 in ("RU", "CN", "US", "LS", "FR")),
    *(("coast", (country(iso2),), None, None) for iso2 in ("FJ", "RU", "KI", "TW", "EG")),
    ("distance", (Place("gn:1", "Anadyr", 64.73, 177.51, "city", 4),), "east", 300.0),
    ("distance", (country("FJ"),), None, 80.0),
    ("between", (country("FJ"), country("TO")), None, None),
]  # fmt: skip


@pytest.mark.parametrize(("relation", "anchors", "direction", "km"), CASES)
def test_a_region_is_valid_small_and_holds_its_own_point(
    shapes: Shapes, relation: Relation, anchors: tuple[Place, ...], direction: str | None, km: float | None
) -> None:
    place = ask(shapes, relation, *anchors, direction=direction, km=km, phrase="off the coast")
    if place is None:
        assert relation != "direction"
        return
    area = shape(place.geometry)
    assert area.is_valid and not area.is_empty
    assert len(json.dumps(place.geometry, separators=(",", ":"))) < 20_000
    west, south, east, north = area.bounds
    assert -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    assert area.distance(Point(place.lon, place.lat)) < 0.05
    assert place.radius_km > 0 and place.found_by == "derived" and place.source


def test_no_part_of_a_region_spans_the_antimeridian(shapes: Shapes) -> None:
    place = ask(shapes, "direction", country("RU"), direction="east")
    parts = drawn(place).geoms  # type: ignore[attr-defined]
    assert all(part.bounds[2] - part.bounds[0] < 100 for part in parts)
    assert any(part.bounds[0] == -180 for part in parts) and any(part.bounds[2] == 180 for part in parts)


def test_a_region_says_the_phrase_and_the_rule_in_words(shapes: Shapes) -> None:
    place = ask(shapes, "direction", country("PL", "Poland"), direction="eastern", phrase="eastern Poland")
    assert place is not None and place.derived_from == (
        "“eastern Poland”: the eastern third of Poland by area, with the outermost quarter of its population"
    )


def test_keys_are_stable_and_phrases_do_not_change_them(shapes: Shapes) -> None:
    one = ask(shapes, "border", country("UA", "Ukraine"), direction="east", phrase="its eastern border")
    other = ask(
        Shapes.open(), "border", country("UA", "Ukraine"), direction="eastern", phrase="Ukraine’s eastern border"
    )
    assert one is not None and other is not None
    assert one.key == other.key == "derived:border:east:UA"
    assert one.geometry == other.geometry and one.derived_from != other.derived_from


def test_a_region_is_called_as_its_anchor_is_called(shapes: Shapes) -> None:
    names = [ask(shapes, "border", country("MM", name), country("TH")) for name in ("Myanmar", "Burma")]
    assert [place.name for place in names if place] == ["border of Myanmar with TH", "border of Burma with TH"]


def test_a_region_is_as_sure_as_its_least_sure_anchor(shapes: Shapes) -> None:
    unsure = Place("gn:UA", "Ukraine", 49, 32, "country", 500, country="UA", confidence=0.4)
    for anchor, confidence in ((unsure, 0.4), (country("UA", "Ukraine"), 1.0)):
        place = ask(shapes, "border", anchor, country("RU", "Russia"))
        assert place is not None and place.confidence == confidence


def test_bands_fade_outward_and_hold_each_other(shapes: Shapes) -> None:
    query = PlaceQuery("x", "eastern Poland", relation="direction", direction="east")
    found = bands(query, [country("PL")], shapes)
    assert [share for share, _ in found] == sorted(share for share, _ in found) and found[-1][0] == 1.0
    areas = [shape(geometry) for _, geometry in found]
    for inner, outer in pairwise(areas):
        assert inner.area < outer.area and inner.difference(outer).area < 0.02 * inner.area


def test_bands_of_what_cannot_be_drawn_are_empty(shapes: Shapes) -> None:
    assert bands(PlaceQuery("x", "x", relation="coast"), [country("BY")], shapes) == []


def test_no_relation_or_no_anchor_is_no_region(shapes: Shapes) -> None:
    assert derive(PlaceQuery("Ukraine", "Ukraine"), [country("UA")], shapes) is None
    assert derive(PlaceQuery("x", "eastern x", relation="direction", direction="east"), [], shapes) is None
    assert ask(shapes, "direction", country("UA")) is None


opened = cache(Shapes.open)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["direction", "border", "coast", "distance", "between", "bank", "area"]))
def test_no_words_of_a_report_make_a_region_fail(phrase: str, relation: Relation) -> None:
    place = Place("gn:1", phrase or "?", 12.0, 34.0, "vague", 10)
    query = PlaceQuery(phrase, phrase, relation=relation, anchors=(phrase,), direction=phrase, km=12)
    derive(query, [place, place], opened())


def test_a_region_takes_milliseconds_and_a_known_one_none(shapes: Shapes) -> None:
    def asked(times: int = 1) -> None:
        for _ in range(times):
            ask(shapes, "direction", country("RO"), direction="east")

    assert cost(asked, rounds=1) < 0.25  # measured 5 to 10 ms on an idle machine
    assert cost(lambda: asked(100)) < 0.1
