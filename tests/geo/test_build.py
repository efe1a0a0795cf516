"""From sources to compiled files: same bytes, nothing dropped silently, errors that name the row."""

from __future__ import annotations

import json
import shutil
import tomllib
import zipfile

import pytest

from geo import build, geonames, handwritten, merge, post_towns, provenance, tables
from geo.compiler import FILES, compile_gazetteer
from geo.gazetteer import Gazetteer
from geo.names import fold
from geo.records import GIVEN_NAME, WORD, Entry, SourceError


def entry(name="Hilltown", **fields):
    given = {"lat": 10.0, "lon": 20.0, "kind": "town", "source": "geonames", "country": "NG", "geonameid": 7} | fields
    return Entry(name=name, **given)


def opened(tmp_path, entries, words=None):
    compile_gazetteer(entries, words or {}, tmp_path)
    return Gazetteer.open(tmp_path)


def test_compiled_places_come_back_as_they_went_in(tmp_path):
    gazetteer = opened(tmp_path, [entry(population=12_345, radius_km=2.5, aliases=("Colline",))])
    (place,) = gazetteer.lookup("colline")
    assert (place.name, place.lat, place.lon, place.population, place.radius_km) == (
        "Hilltown",
        10.0,
        20.0,
        12_345,
        2.5,
    )
    assert (place.country, place.geonameid, place.key) == ("NG", 7, "gn:7")


def test_the_same_entries_give_the_same_bytes_in_any_order(tmp_path):
    entries = [entry(), entry("Lakeside", geonameid=8, lat=11.0), entry("Hilltown", geonameid=9, country="GH", lat=6.0)]
    compile_gazetteer(entries, {}, tmp_path / "a")
    compile_gazetteer(reversed(entries), {}, tmp_path / "b")
    for name in FILES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_place_knows_the_units_it_lies_in(tmp_path):
    unit = entry("Plateau", kind="admin1", code="NG.49", geonameid=1)
    lower = entry("Jos North", kind="admin2", code="NG.49.1", admin1="NG.49", geonameid=2)
    gazetteer = opened(tmp_path, [unit, lower, entry(admin1="NG.49", admin2="NG.49.1")])
    row = gazetteer.postings("Hilltown")[0].row
    assert gazetteer.label(gazetteer.admin1_row(row)) == "Plateau"
    assert gazetteer.label(gazetteer.admin2_row(row)) == "Jos North"


def test_rows_of_tables_with_one_name_have_keys_of_their_own(tmp_path):
    rows = [
        entry("Old Bridge", geonameid=0, source="table"),
        entry("Old Bridge", geonameid=0, source="table", country="GH"),
    ]
    gazetteer = opened(tmp_path, rows)
    keys = {place.key for place in gazetteer.lookup("Old Bridge")}
    assert keys == {"tbl:old-bridge.ng", "tbl:old-bridge.gh"}
    assert all(gazetteer.place(key).key == key for key in keys)


@pytest.mark.parametrize("alias", ["JOS", "DNJO", "Йос", "ab"])
def test_codes_and_other_scripts_are_no_names_of_towns(tmp_path, alias):
    assert opened(tmp_path, [entry(aliases=(alias,))]).lookup(alias) == ()


def test_a_common_word_is_no_second_name_of_a_town(tmp_path):
    gazetteer = opened(tmp_path, [entry(aliases=("Market",))], {"market": WORD})
    assert gazetteer.lookup("Market") == ()


def test_what_else_a_name_means_is_kept(tmp_path):
    gazetteer = opened(tmp_path, [entry("Florence")], {"florence": GIVEN_NAME})
    assert gazetteer.facts("Florence").given_name


def test_a_row_for_a_town_that_stands_lends_it_its_names():
    town = entry("Bakhmut", country="UA", aliases=("Artemivsk",), lat=48.6, lon=38.0)
    row = entry(
        "Bakhmut city",
        country="UA",
        other_names=("Artemivsk", "Artyomovsk"),
        geonameid=0,
        source="table",
        lat=48.59,
        lon=38.0,
    )
    merged, count = merge.merge_rows([town], [row])
    assert count == 1
    assert merged[0].geonameid == 7
    assert {"Artyomovsk", "Bakhmut"} <= set(merged[0].other_names)


def test_a_row_far_from_its_namesake_stands_by_itself():
    far = entry(geonameid=0, source="table", lat=12.0)
    merged, count = merge.merge_rows([entry()], [far])
    assert (len(merged), count) == (2, 0)


def test_units_without_polygon_stand_amid_their_towns():
    unit = entry("Plateau", kind="admin1", code="NG.49", lat=float("nan"), lon=float("nan"))
    towns = [entry(admin1="NG.49", lat=9.0), entry(admin1="NG.49", lat=11.0)]
    placed, lost = merge.locate_units([unit, entry("Void", kind="admin2", code="NG.0.0")], towns, {})
    assert (round(placed[0].lat, 1), lost) == (10.0, 1)


def test_a_table_row_with_a_bad_number_is_named(tmp_path):
    path = tmp_path / "conflict_places.tsv"
    path.write_text(
        "name\taliases\tlat\tlon\tkind\tradius_km\tcountry\nOutpost\t\tnorth\t20\tbase\t2\tNG\n", encoding="utf-8"
    )
    with pytest.raises(SourceError, match=r"conflict_places\.tsv:2: lat is 'north'"):
        list(handwritten.place_rows(path))


def test_a_table_row_of_an_unknown_kind_is_named(tmp_path):
    path = tmp_path / "conflict_places.tsv"
    path.write_text(
        "name\taliases\tlat\tlon\tkind\tradius_km\tcountry\nOutpost\t\t1\t20\tcastle in the air\t2\tNG\n",
        encoding="utf-8",
    )
    with pytest.raises(SourceError, match=":2: kind is 'castle in the air'"):
        list(handwritten.place_rows(path))


def test_a_table_without_a_column_is_refused(tmp_path):
    path = tmp_path / "table.tsv"
    path.write_text("# comment\nname\tlat\n", encoding="utf-8")
    with pytest.raises(SourceError, match="no column lon"):
        list(tables.rows(path, ("name", "lat", "lon")))


def test_a_missing_table_is_an_error_that_names_it(tmp_path):
    with pytest.raises(SourceError, match=r"nowhere\.tsv"):
        list(tables.rows(tmp_path / "nowhere.tsv", ("name",)))


def test_the_command_reports_a_broken_table_and_fails(tmp_path, capsys):
    folder = tmp_path / "places"
    shutil.copytree(build.PLACES, folder)
    (folder / "short_forms.tsv").write_text("code\n", encoding="utf-8")
    assert build.main(["--places", str(folder), "--out", str(tmp_path / "out")]) == 1
    assert "short_forms.tsv" in capsys.readouterr().err


def test_every_row_of_the_shipped_tables_is_in_the_shipped_gazetteer():
    gazetteer = Gazetteer.open()
    for path, read in (
        (build.PLACES / "macro_regions.tsv", handwritten.region_rows),
        (build.PLACES / "conflict_places.tsv", handwritten.place_rows),
        (build.PLACES / "landmarks.tsv", handwritten.place_rows),
    ):
        missing = [row.name for row in read(path) if fold(row.name) and not gazetteer.lookup(row.name.upper())]
        assert not missing, f"{path.name}: rebuild with python -m geo.build, or mend {missing}"


def test_the_shipped_files_are_those_whose_checksums_are_recorded():
    recorded = tomllib.loads(build.SOURCES.read_text(encoding="utf-8"))["gazetteer"]["compiled"]["sha256"]
    assert recorded == provenance.checksums(build.OUT)


def test_recording_checksums_leaves_the_rest_of_the_file_alone(tmp_path):
    compile_gazetteer([entry()], {}, tmp_path / "out")
    path = tmp_path / "SOURCES.toml"
    path.write_text(f'[before]\na = 1\n\n{provenance.TABLE}\n"old.bin" = "0"\n\n[after]\nb = 2\n', encoding="utf-8")
    provenance.record(path, tmp_path / "out")
    provenance.record(path, tmp_path / "out")
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    assert (found["before"], found["after"]) == ({"a": 1}, {"b": 2})
    assert found["gazetteer"]["compiled"]["sha256"] == provenance.checksums(tmp_path / "out")


def dump_line(**fields):
    cells = {
        "id": "900001", "name": "Upper Ford", "ascii": "Upper Ford", "others": "Obere Furt,Haut Gue", "lat": "48.5",
        "lon": "37.5", "class": "P", "code": "PPL", "country": "UA", "cc2": "", "admin1": "05", "admin2": "1401",
        "admin3": "", "admin4": "", "population": "0", "elevation": "", "dem": "100", "zone": "Europe/Kyiv",
        "date": "2026-01-01",
    }  # fmt: skip
    return "\t".join((cells | fields).values()) + "\n"


def dump(tmp_path, *lines, name="UA"):
    path = tmp_path / f"{name}.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "not this one")
        archive.writestr(f"{name}.txt", "".join(lines))
    return path


def test_a_geonames_dump_brings_villages_and_features(tmp_path):
    path = dump(tmp_path, dump_line(), dump_line(id="900002", name="Ford Dam", **{"class": "S", "code": "DAM"}))
    village, dam = geonames.dump_entries(path)
    assert (village.name, village.kind, village.admin1, village.admin2) == (
        "Upper Ford",
        "village",
        "UA.05",
        "UA.05.1401",
    )
    assert village.aliases == ("Obere Furt", "Haut Gue")
    assert dam.kind == "facility"


def test_a_dump_is_narrowed_to_countries_and_leaves_out_what_is_gone(tmp_path):
    path = dump(
        tmp_path, dump_line(country="PL"), dump_line(code="PPLH"), dump_line(id="5", **{"class": "R", "code": "RD"})
    )
    assert list(geonames.dump_entries(path, countries=["UA"])) == []


def test_a_place_of_both_takes_the_point_of_the_dump_and_all_names(tmp_path):
    known = entry("Upper Ford", geonameid=900001, lat=48.0, lon=37.0, aliases=("Furt",))
    (merged,) = geonames.with_dump([known], geonames.dump_entries(dump(tmp_path, dump_line())))
    assert (merged.lat, merged.lon) == (48.5, 37.5)
    assert {"Furt", "Haut Gue"} <= set(merged.aliases)


@pytest.mark.parametrize(
    ("line", "reason"),
    [("only\ttwo\n", "2 columns"), (dump_line(lat="north"), "'north' is not a coordinate"),
     (dump_line(lat="95"), "95 is not within"), (dump_line(id="x"), "'x' is not a whole number")],
)  # fmt: skip
def test_what_is_no_dump_is_refused_by_line(tmp_path, line, reason):
    with pytest.raises(SourceError, match=f":1: {reason}"):
        list(geonames.dump_entries(dump(tmp_path, line)))


def test_an_archive_without_the_dump_is_refused(tmp_path):
    path = dump(tmp_path, dump_line())
    with pytest.raises(SourceError, match=r"holds no other\.txt"):
        list(geonames.dump_entries(path.rename(tmp_path / "other.zip")))


def test_a_code_with_two_rows_of_short_forms_is_refused(tmp_path):
    path = tmp_path / "short_forms.tsv"
    path.write_text("code\tshort_forms\nUS.WV\tWV\nUS.WV\tW.Va.\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r":3: US\.WV has a row already"):
        handwritten.short_forms(path)


def post_towns_of(tmp_path, *towns, cities=()):
    codes = {str(number): town for number, town in enumerate(towns)}
    (tmp_path / "codes.js").write_text(f"exports.codes = {json.dumps(codes)};\nexports.stateMap = {{}};\n", "utf-8")
    table = tmp_path / "post_towns.tsv"
    table.write_text(post_towns.table(tmp_path / "codes.js", cities, {"US.KS", "US.MO"}), "utf-8")
    return list(post_towns.entries(table))


def post_town(city="Sunny Fork", state="KS", latitude=38.0, longitude=-98.0):
    return {"zip": "0", "city": city, "state": state, "latitude": latitude, "longitude": longitude, "country": "US"}


def test_a_post_town_with_several_codes_stands_once_in_their_middle(tmp_path):
    (town,) = post_towns_of(tmp_path, post_town(), post_town(latitude=38.2))
    assert (town.name, town.lat, town.country, town.admin1) == ("Sunny Fork", 38.1, "US", "US.KS")


def test_a_post_town_that_is_a_listed_town_or_in_no_state_is_left_out(tmp_path):
    listed = entry("Sunny Fork", country="US", admin1="US.KS", lat=38.05, lon=-98.0)
    far = post_town(latitude=40.0)
    assert post_towns_of(tmp_path, post_town(), cities=[listed]) == []
    assert len(post_towns_of(tmp_path, far, cities=[listed])) == 1
    assert post_towns_of(tmp_path, post_town(state="AE")) == []


def test_a_file_without_postal_codes_is_named(tmp_path):
    (tmp_path / "codes.js").write_text("process.exit();", "utf-8")
    with pytest.raises(SourceError, match=r"codes\.js: no list of postal codes"):
        post_towns.table(tmp_path / "codes.js", [], set())
