"""The build of the shapes, on a small world of its own: two countries, a disputed line, a unit of two younger ones."""

from __future__ import annotations

import sqlite3
import struct
from pathlib import Path

import numpy as np
import pytest
import shapely

from geo import build_shapes
from geo.build_people import codes_of, locate, population_points
from geo.build_units import Cut, Unit, cut_units, divide, read_cuts, read_layer, read_units
from geo.records import Entry, SourceError


def square(west: float, south: float, east: float, north: float) -> shapely.MultiPolygon:
    return shapely.MultiPolygon([shapely.box(west, south, east, north)])


def town(name: str, lon: float, lat: float, code: str, people: int = 1000) -> Entry:
    return Entry(name, lat, lon, "town", "test", population=people, country=code[:2], admin1=code)


def geopackage(path: Path, units: list[tuple[object, str | None, str, str]], lines: list[object]) -> Path:
    """A GeoPackage with the two layers and the header bytes that the build reads."""
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE states_provinces (fid INTEGER PRIMARY KEY, geom, iso_a2, name, adm0_a3)")
        database.execute("CREATE TABLE disputed_borders (fid INTEGER PRIMARY KEY, geom, name)")
        for geometry, iso, name, adm0 in units:
            row = (blob(geometry), iso, name, adm0)
            database.execute("INSERT INTO states_provinces (geom, iso_a2, name, adm0_a3) VALUES (?, ?, ?, ?)", row)
        for line in lines:
            database.execute("INSERT INTO disputed_borders (geom, name) VALUES (?, 'claim')", (blob(line),))
    return path


def blob(geometry: object) -> bytes:
    west, south, east, north = geometry.bounds  # type: ignore[attr-defined]
    head = b"GP\x00" + bytes([0b00000011]) + struct.pack("<i4d", 4326, west, east, south, north)
    return head + shapely.to_wkb(geometry)


LINE = shapely.LineString([(1.5, -0.001), (1.5, 0.95)])
"""A disputed line that ends a little outside the unit on one side and short of its edge on the other."""


@pytest.fixture
def world(tmp_path: Path) -> Path:
    units = [
        (square(0, 0, 1, 1), "AA", "West", "AAA"), (square(1, 0, 2, 1), "AA", "East", "AAA"),
        (square(2, 0, 3, 1), "-1", "Elsewhere", "EEE"), (square(0, 1, 1, 2), "AA", "West", "AAA"),
    ]  # fmt: skip
    return geopackage(tmp_path / "world.gpkg", units, [LINE])


def test_units_are_called_by_country_and_name_and_namesakes_are_numbered(world: Path) -> None:
    assert [unit.id for unit in read_units(world)] == ["AA/West", "AA/East", "EEE/Elsewhere", "AA/West~2"]


def test_a_cut_gives_the_piece_about_its_point_and_leaves_a_coverage(world: Path) -> None:
    lines = [row[0] for row in read_layer(world, "disputed_borders", "name")]
    units = cut_units(read_units(world), lines, [Cut("AA/East", "AA/Piece", shapely.Point(1.8, 0.5), "row 1")])
    shapes = {unit.id: unit.geometry for unit in units}
    assert shapes["AA/Piece"].area == pytest.approx(0.5, abs=0.03)
    assert shapes["AA/East"].area + shapes["AA/Piece"].area == pytest.approx(1.0)
    assert shapely.coverage_is_valid(np.array(list(shapes.values()), dtype=object))


def test_a_cut_that_no_line_makes_is_an_error_that_names_its_row(world: Path) -> None:
    with pytest.raises(SourceError, match="row 7: the disputed lines do not cut AA/West"):
        cut_units(read_units(world), [LINE], [Cut("AA/West", "AA/Piece", shapely.Point(0.5, 0.5), "row 7")])


def test_a_cut_of_an_unknown_unit_is_an_error(world: Path) -> None:
    with pytest.raises(SourceError, match="no unit 'AA/North'"):
        cut_units(read_units(world), [LINE], [Cut("AA/North", "AA/Piece", shapely.Point(0.5, 0.5), "row 7")])


def test_a_unit_of_two_younger_ones_is_divided_between_their_towns() -> None:
    units = [Unit("AA/Old", "AA", "Old", square(0, 0, 2, 1)), Unit("AA/Same", "AA", "Same", square(0, 1, 2, 2))]
    places = [*(town("w", x, 0.5, "AA.1") for x in (0.2, 0.5, 0.8)), *(town("e", x, 0.5, "AA.2") for x in (1.2, 1.5))]
    places += [town("n", 1, 1.5, "AA.3"), town("n", 1.2, 1.5, "AA.3")]
    divisions = divide(units, locate(places, build_shapes.geometries(units)))
    pieces = {unit.id: unit for unit in cut_units(units, [], [], divisions)}
    assert set(pieces) == {"AA/Old/AA.1", "AA/Old/AA.2", "AA/Same"}
    assert pieces["AA/Old/AA.1"].geometry.bounds == pytest.approx((0, 0, 1, 1), abs=1e-4)
    assert pieces["AA/Old/AA.2"].code == "AA.2"


def test_a_unit_named_to_stay_whole_is_not_divided() -> None:
    units = [Unit("AA/Old", "AA", "Old", square(0, 0, 2, 1))]
    places = [town("w", x, 0.5, code) for x, code in ((0.2, "AA.1"), (0.4, "AA.1"), (1.2, "AA.2"), (1.5, "AA.2"))]
    assert divide(units, locate(places, build_shapes.geometries(units)), {"AA/Old"}) == []


def test_a_tile_has_the_code_that_its_towns_agree_on(tmp_path: Path) -> None:
    table = tmp_path / "unit_codes.tsv"
    table.write_text("unit\tcode\twhy\nAA/Hand\tAA.9\tby hand\nAA/Not\t-\tnone\n", encoding="utf-8")
    tiles = np.array([square(x, 0, x + 1, 1) for x in range(4)], dtype=object)
    places = [
        *(town("a", 0.5, y, "AA.1") for y in (0.2, 0.4, 0.6)),
        *(town("b", 1.5, y, code) for y, code in ((0.2, "AA.2"), (0.4, "AA.3"))),
        town("c", 3.5, 0.5, "AA.4"),
    ]
    towns = locate(places, tiles)
    assert codes_of(towns, {}, table, ["AA/One", "AA/Mixed", "AA/Hand", "AA/Not"]) == ["AA.1", "", "AA.9", ""]


def test_people_are_gathered_by_tile_and_cell_at_their_mean() -> None:
    tiles = np.array([square(0, 0, 1, 1), square(1, 0, 2, 1)], dtype=object)
    towns = locate(
        [town("a", 0.11, 0.11, "AA.1", 300), town("b", 0.19, 0.11, "AA.1", 100), town("c", 1.5, 0.5, "AA.2", 50)], tiles
    )
    points, offsets = population_points(towns, 2)
    assert points[:, 2].tolist() == [400, 50] and offsets.tolist() == [0, 1, 2]
    assert points[0, 0] == pytest.approx(0.13)


def test_the_table_of_cuts_is_read_with_its_numbers_checked(tmp_path: Path) -> None:
    table = tmp_path / "cuts.tsv"
    table.write_text("unit\tpiece\tlon\tlat\twhy\nAA/A\tAA/B\t999\t0\tno such longitude\n", encoding="utf-8")
    with pytest.raises(SourceError, match="lon is 999"):
        read_cuts(table)


def test_a_missing_source_ends_the_command_with_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        build_shapes.main(["--world-map", str(tmp_path / "none.gpkg"), "--out", str(tmp_path)])
    assert stop.value.code == 2
    assert "qgis-common" in capsys.readouterr().err


def test_a_file_of_another_kind_is_an_error(tmp_path: Path) -> None:
    other = tmp_path / "other.gpkg"
    other.write_text("no database")
    with pytest.raises(SourceError, match="not the Natural Earth GeoPackage"):
        read_units(other)


def test_the_whole_build_writes_shapes_that_open(world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "cuts.tsv").write_text("unit\tpiece\tlon\tlat\twhy\nAA/East\tAA/Piece\t1.8\t0.5\ta line\n", encoding="utf-8")
    (out / "unit_codes.tsv").write_text("unit\tcode\twhy\n", encoding="utf-8")
    places = [town("w", 0.5, 0.5, "AA.1"), town("w", 0.5, 1.5, "AA.1")]
    monkeypatch.setattr(build_shapes, "read_towns", lambda: places)
    counts = build_shapes.compile_shapes(world, out)
    assert counts["units"] == 5 and counts["coded"] == 2
    first = (out / "shapes.npz").read_bytes()
    build_shapes.compile_shapes(world, out)
    assert (out / "shapes.npz").read_bytes() == first
    for name, header in (
        ("borders.tsv", "territory\tunits\tun\tde_facto\tapart_from\treason\nPiece\tAA/Piece\tBB\tAA\t\tclaimed\n"),
        ("named_areas.tsv", "name\taliases\tparts\tcountry\tkind\tnote\n"),
    ):
        (out / name).write_text(header, encoding="utf-8")
    shapes = build_shapes_opened(out)
    assert shapes.countries == ("AA", "BB")
    assert shapes.country("BB").contains(shapely.Point(1.8, 0.5))


def build_shapes_opened(folder: Path):  # type: ignore[no-untyped-def]
    from geo.shapes import Shapes

    return Shapes.open(folder)
