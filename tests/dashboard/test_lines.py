"""Claims as the page lists them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dashboard.lines import from_found, from_row
from store.claims import ClaimStore
from store.filters import Filters
from tests.dashboard.rows import CITY, REPORTS


def test_a_line_names_its_places_as_written_and_officially(tmp_path: Path) -> None:
    report, (first, *_), _ = REPORTS[1]
    names = ("Charven", "Charven", "Harven")
    old = tuple(replace(first.places[0], text=text, place_key=CITY.key) for text in names)
    with ClaimStore.open(tmp_path / "claims.duckdb") as store:
        store.add(report, [replace(first, places=old)], [CITY])
        (line,) = map(from_found, store.stream(Filters()))
    assert line.where == "Charven (Harven), Harven"
    assert line.written == tuple((CITY.key, text) for text in names)


def test_a_row_of_a_rival_group_needs_no_places() -> None:
    row = REPORTS[1][1][0]
    assert from_row(row, None).where == ""
    assert from_row(row, None, ((row.places[0].place_key or "", "Border of Sorvia"),)).where.endswith(
        "(Border of Sorvia)"
    )
