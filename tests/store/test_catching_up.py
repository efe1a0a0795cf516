"""What a step works out for an older store is what a new store has."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from store.catching_up import find_stories
from store.claims import ClaimStore
from store.records import ReportRow
from tests.store.claim_rows import BRUSSELS, CRIMEA, a_count, a_report, a_statement

TOLD = " ".join(f"word{i}" for i in range(80))
_TABLES = {
    "stories": "report, story, sampled",
    "story_links": '"first", "second"',
    "sketches": "hash, report, published",
    "place_within": "inner_key, outer_key",
    "claims": "n, noun, same",
}


def derived(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Any]]:
    return {
        table: connection.execute(f"SELECT {columns} FROM {table} ORDER BY ALL").fetchall()
        for table, columns in _TABLES.items()
    }


def test_an_older_store_gets_the_stories_keys_and_nesting_of_a_new_one(path: Path) -> None:
    town = CRIMEA.__class__("gn:9", "Dzhankoy", 45.2, 34.6, "city", 10.0)
    with ClaimStore.open(path) as store:
        for i in range(2):
            report = ReportRow(f"{i}" * 64, f"{TOLD} {i}", published=date(2021, 4, 14), boilerplate=((0, 6),))
            claims = [
                a_count(report, "c", CRIMEA, town),
                a_count(report, "d", count_kind="equipment", unit="battle tanks"),
            ]
            store.add(report, [*claims, a_statement(report, "s", BRUSSELS)], [CRIMEA, town, BRUSSELS])
        store.add(a_report(), [], [])
    with duckdb.connect(str(path)) as file:
        made = derived(file)
        assert all(made.values())
        for table in set(_TABLES) - {"claims"}:
            file.execute(f"DELETE FROM {table}")
        file.execute("UPDATE claims SET noun = NULL, same = NULL")
        find_stories(file)
        assert derived(file) == made
