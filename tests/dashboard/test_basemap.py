"""The base map as it ships, and the steps that make it."""

from __future__ import annotations

import hashlib
import json
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.libraries import FOLDERS
from errors import DataError
from geo import build_basemap as basemap

ASSETS = Path(__file__).parents[2] / "assets"
POINTS = st.lists(st.tuples(st.integers(-18000, 18000), st.integers(-9000, 9000)), min_size=1, max_size=40)


@pytest.fixture(scope="module")
def shipped() -> dict[str, Any]:
    text = (ASSETS / "basemap" / "basemap.js").read_text("utf-8")
    return json.loads(text[text.index("=") + 1 :].rstrip().rstrip(";"))


def unpacked(flat: list[int]) -> list[tuple[int, int]]:
    points, x, y = [], 0, 0
    for dx, dy in zip(flat[::2], flat[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x, y))
    return points


@given(POINTS)
def test_packed_points_come_back_without_their_doubles(points: list[tuple[int, int]]) -> None:
    without = [points[0], *(after for before, after in pairwise(points) if after != before)]
    assert unpacked(basemap.packed(points)) == without


def test_no_outline_is_drawn_across_the_whole_world(shipped: dict[str, Any]) -> None:
    for polygon in shipped["land"]:
        for ring in polygon:
            for (x1, y1), (x2, _) in pairwise(unpacked(ring)):
                assert abs(x2 - x1) < 18000 or y1 <= -8900, "a jump at the date line"


def test_a_ring_over_the_date_line_goes_on_beyond_it() -> None:
    ring = [(17900, 6000), (-17900, 6000), (-17900, 6500), (17900, 6500), (17900, 6000)]
    assert basemap.unwrapped(ring) == [(17900, 6000), (18100, 6000), (18100, 6500), (17900, 6500), (17900, 6000)]


def test_a_ring_around_the_pole_is_closed_along_it() -> None:
    ring = [(-18000, -7000), (-6000, -7000), (6000, -7000), (17000, -7000), (-18000, -7000)]
    assert basemap.unwrapped(ring)[-2:] == [(18000, -9000), (-18000, -9000)]


def near(line: list[int], lon: float, lat: float, within: int = 60) -> bool:
    return any(abs(x - lon * 100) < within and abs(y - lat * 100) < within for x, y in unpacked(line))


def test_the_boundary_between_crimea_and_the_mainland_is_dashed(shipped: dict[str, Any]) -> None:
    assert any(near(line, 33.7, 46.15) for line in shipped["disputed"])
    assert not any(near(line, 33.7, 46.15) for line in shipped["borders"])


def test_a_settled_boundary_is_not_dashed(shipped: dict[str, Any]) -> None:
    assert any(near(line, 14.8, 51.5) for line in shipped["borders"])
    assert not any(near(line, 14.8, 51.5) for line in shipped["disputed"])


def test_a_dispute_cuts_a_boundary_where_its_box_begins_and_ends() -> None:
    pair = frozenset(("A", "B"))
    dispute = basemap.Dispute(pair, (100, 0, 200, 100))
    arc = [(0, 50), (50, 50), (120, 50), (180, 50), (250, 50)]
    runs = list(basemap._runs(pair, arc, [dispute]))
    assert runs == [(False, arc[:3]), (True, arc[2:4]), (False, arc[3:])]
    assert list(basemap._runs(frozenset(("A", "C")), arc, [dispute])) == [(False, arc)]


def test_every_dispute_names_its_reason_and_a_sound_box() -> None:
    disputes = basemap.read_disputes(ASSETS / "basemap" / "disputed.tsv")
    assert len(disputes) > 20
    assert all(len(d.pair) == 2 and d.box[0] < d.box[2] and d.box[1] < d.box[3] for d in disputes)


def test_a_source_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    with pytest.raises(DataError, match=r"broken\.json"):
        basemap.Topology(broken)
    with pytest.raises(DataError, match="--claims"):
        basemap.claim_lines(tmp_path / "none.gpkg")


def test_labels_show_large_things_first(shipped: dict[str, Any]) -> None:
    first = {name: zoom for name, _, _, zoom in shipped["countries"]}
    assert first["Ukraine"] < first["Moldova"]
    cities = {(name, capital): zoom for name, _, _, zoom, capital in shipped["cities"]}
    assert cities["Kyiv", 1] <= 5


def test_every_vendored_library_ships_its_licence_and_is_what_its_source_says() -> None:
    sources = tomllib.loads((ASSETS / "SOURCES.toml").read_text("utf-8"))
    for folder in FOLDERS["vendor"].iterdir():
        assert (folder / "LICENSE").is_file()
        assert {"version", "licence", "sha256"} <= sources["vendor"][folder.name].keys()
    shipped = (FOLDERS["vendor"] / "leaflet" / "leaflet.js").read_bytes()
    whole = shipped + b"//# sourceMappingURL=leaflet.js.map"
    assert hashlib.sha256(whole).hexdigest() == sources["vendor"]["leaflet"]["sha256"]
    assert {"files", "version", "licence"} <= sources["basemap"]["world-atlas"].keys()


def test_what_the_map_loads_names_no_other_host() -> None:
    for name in ("crowd.js", "labels.js", "said.js", "map.js", "map.css", "page.css"):
        text = (FOLDERS["frontend"] / name).read_text("utf-8")
        assert "http:" not in text and "https:" not in text and "//cdn" not in text
    assert "innerHTML" not in (FOLDERS["frontend"] / "map.js").read_text("utf-8")
