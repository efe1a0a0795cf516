"""Outlines as text, and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.map import script_literal
from dashboard.packing import ALPHABET, packed

HUNDREDTHS = st.tuples(st.integers(-18_000, 18_000), st.integers(-9_000, 9_000))
RINGS = st.lists(st.lists(HUNDREDTHS, min_size=3, max_size=30), min_size=1, max_size=4)


def unpacked(text: str) -> list[list[tuple[int, int]]]:
    """Rings in hundredths of a degree, as the map's script reads them."""
    rings = []
    for ring in text.split(" ") if text else []:
        numbers, number, worth = [], 0, 1
        for sign in ring:
            value = ALPHABET.index(sign)
            number, worth = number + value % 32 * worth, worth * 32
            if value < 32:
                numbers.append(-(number + 1) // 2 if number % 2 else number // 2)
                number, worth = 0, 1
        points, x, y = [], 0, 0
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        rings.append(points)
    return rings


def polygons(rings: list[list[tuple[int, int]]]) -> dict[str, object]:
    closed = [[[x / 100, y / 100] for x, y in (*ring, ring[0])] for ring in rings]
    return {"type": "MultiPolygon", "coordinates": [[ring] for ring in closed]}


@given(RINGS)
def test_every_point_comes_back(rings: list[list[tuple[int, int]]]) -> None:
    assert unpacked(packed(polygons(rings))) == rings


@given(RINGS)
def test_it_needs_no_escape_in_a_script(rings: list[list[tuple[int, int]]]) -> None:
    text = packed(polygons(rings))
    assert script_literal({"area": text}).count(text) == 1


def test_polygons_of_any_kind_of_geometry_are_taken_and_lines_are_not() -> None:
    square = [[1, 1], [1, 2], [2, 2], [1, 1]]
    ring = [(100, 100), (100, 200), (200, 200)]
    polygon = {"type": "Polygon", "coordinates": [square, square]}
    line = {"type": "LineString", "coordinates": square}
    assert unpacked(packed(polygon)) == [ring, ring]
    assert unpacked(packed({"type": "GeometryCollection", "geometries": [line, polygon]})) == [ring, ring]
    assert packed(line) == ""
