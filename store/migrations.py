"""Numbered steps that make a store what this version expects, each recorded in the table ``migrations``.

A step that has been released is never changed: a new need is a new step at the end. All missing steps run in one
transaction, so a store is either as before or wholly up to date. :mod:`store.opening` makes a back-up before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import duckdb

from store.catching_up import find_stories
from store.errors import ForeignStoreError, NewerStoreError, OutdatedStoreError
from store.transaction import transaction


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: its number, why it exists, the statements it runs, and what works out new columns of old rows."""

    step: int
    name: str
    statements: tuple[str, ...]
    fill: Callable[[duckdb.DuckDBPyConnection], None] | None = None


MIGRATIONS: Final = (
    Migration(
        1,
        "reports, places and claims",
        (
            """CREATE TABLE reports (
                n INTEGER PRIMARY KEY, id VARCHAR NOT NULL UNIQUE, title VARCHAR, outlet VARCHAR, url VARCHAR,
                published DATE, language VARCHAR NOT NULL, boilerplate VARCHAR NOT NULL, sample BOOLEAN NOT NULL,
                "text" VARCHAR NOT NULL)""",
            """CREATE TABLE places (
                "key" VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, lat DOUBLE NOT NULL, lon DOUBLE NOT NULL,
                "precision" VARCHAR NOT NULL, radius_km DOUBLE NOT NULL, country VARCHAR, geonameid BIGINT,
                geometry VARCHAR, found_by VARCHAR NOT NULL, source VARCHAR NOT NULL, derived_from VARCHAR,
                where_prec INTEGER NOT NULL)""",
            """CREATE TABLE claims (
                n INTEGER PRIMARY KEY, id VARCHAR NOT NULL UNIQUE, report INTEGER NOT NULL, kind VARCHAR NOT NULL,
                "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, exact VARCHAR NOT NULL,
                sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL,
                claimant VARCHAR, claimant_text VARCHAR, side VARCHAR, confidence DOUBLE NOT NULL,
                number VARCHAR, low BIGINT, high BIGINT, low_open BOOLEAN NOT NULL, high_open BOOLEAN NOT NULL,
                approx BOOLEAN NOT NULL, modifier VARCHAR, unit VARCHAR, count_kind VARCHAR, whose VARCHAR,
                whose_text VARCHAR, form VARCHAR, mode VARCHAR, cue VARCHAR, addressee VARCHAR,
                spans VARCHAR NOT NULL)""",
            """CREATE TABLE claim_places (
                claim INTEGER NOT NULL, position INTEGER NOT NULL, "text" VARCHAR NOT NULL, "start" INTEGER NOT NULL,
                "end" INTEGER NOT NULL, place_key VARCHAR, role VARCHAR NOT NULL, confidence DOUBLE NOT NULL,
                "first" BOOLEAN NOT NULL)""",
            """CREATE TABLE claim_actors (
                claim INTEGER NOT NULL, role VARCHAR NOT NULL, position INTEGER NOT NULL, name VARCHAR NOT NULL)""",
        ),
    ),
    Migration(
        2,
        "readings: what each report was read with; none for reports from before this step, which are out of date",
        (
            """CREATE TABLE readings (
                report INTEGER PRIMARY KEY, extractor VARCHAR NOT NULL, gazetteer VARCHAR NOT NULL,
                knowledge VARCHAR NOT NULL, read_at TIMESTAMP NOT NULL)""",
        ),
    ),
    Migration(
        3,
        "reviews and what they change",
        (
            """CREATE TABLE reviews (
                n INTEGER PRIMARY KEY, id VARCHAR NOT NULL UNIQUE, "at" TIMESTAMP NOT NULL, claim VARCHAR NOT NULL,
                report VARCHAR NOT NULL, kind VARCHAR NOT NULL, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL,
                exact VARCHAR NOT NULL, "action" VARCHAR NOT NULL, "before" VARCHAR NOT NULL, "after" VARCHAR NOT NULL,
                reason VARCHAR, batch VARCHAR, undoes VARCHAR)""",
            "CREATE TABLE review_claims (review VARCHAR NOT NULL, claim VARCHAR NOT NULL)",
            'CREATE TABLE claims_as_read (claim VARCHAR NOT NULL, report VARCHAR NOT NULL, "row" VARCHAR NOT NULL)',
            "ALTER TABLE claims ADD COLUMN review VARCHAR DEFAULT 'none'",
        ),
    ),
    Migration(
        4,
        "corrections, stories, and what says the same",
        (
            "ALTER TABLE claims ADD COLUMN corrects VARCHAR",
            "ALTER TABLE claims ADD COLUMN noun VARCHAR",
            "ALTER TABLE claims ADD COLUMN same BIGINT",
            "CREATE TABLE sketches (hash BIGINT NOT NULL, report INTEGER NOT NULL, published DATE)",
            "CREATE TABLE stories (report INTEGER NOT NULL, story INTEGER NOT NULL, sampled INTEGER NOT NULL)",
            """CREATE TABLE story_links ("first" INTEGER NOT NULL, "second" INTEGER NOT NULL)""",
            "CREATE TABLE place_within (inner_key VARCHAR NOT NULL, outer_key VARCHAR NOT NULL)",
        ),
        fill=find_stories,
    ),
    Migration(
        5,
        "where claims were said, and every place that a report names; of reports from before neither is known",
        (
            "ALTER TABLE claims ADD COLUMN said_at VARCHAR",
            "ALTER TABLE claims ADD COLUMN said_basis VARCHAR",
            """CREATE TABLE mentions (
                report INTEGER NOT NULL, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, place_key VARCHAR,
                kind VARCHAR NOT NULL, role VARCHAR NOT NULL, confidence DOUBLE NOT NULL)""",
        ),
    ),
    Migration(
        6,
        "numbers of claims that were taken out are not given again: who still knows one would show another claim",
        ("CREATE TABLE claim_numbers (last INTEGER NOT NULL)", "INSERT INTO claim_numbers VALUES (0)"),
    ),
)

LATEST: Final = MIGRATIONS[-1].step

_STEPS: Final = "SELECT step FROM (SELECT step, name, applied_at FROM migrations)"
"""Fails on a database that is no store, which has no such table, or another one of that name."""


def missing_steps(connection: duckdb.DuckDBPyConnection, *, where: str, read_only: bool) -> list[Migration]:
    """The steps that an open store has not had yet, in order.

    :param where: the store's path, for messages.
    :raises NewerStoreError: when the store has steps that this version does not know.
    :raises ForeignStoreError: when the database has tables but no record of steps.
    :raises OutdatedStoreError: when steps are missing and ``read_only`` forbids making them.
    """
    done = applied(connection, where=where)
    if done and max(done) > LATEST:
        raise NewerStoreError(
            "The store {where} comes from a newer Claim Atlas (its step {step}, this one knows {latest}). "
            "Bring Claim Atlas up to date, or set CLAIM_ATLAS_STORE to another file, such as a back-up of "
            "before.",
            where=where,
            step=max(done),
            latest=LATEST,
        )
    missing = [migration for migration in MIGRATIONS if migration.step not in done]
    if missing and read_only:
        raise OutdatedStoreError(
            "The store {where} is older than this version and was opened for reading only. Open it once for "
            "writing (start the dashboard, or `python -m pipeline refresh`), and it is brought up to date.",
            where=where,
        )
    return missing


def applied(connection: duckdb.DuckDBPyConnection, *, where: str) -> frozenset[int]:
    """Numbers of the steps that a store has had; none for a new file.

    :raises ForeignStoreError: when there are tables, but none that records steps.
    """
    try:
        # Asked first: looking through all tables takes longer than most of what is asked of a store afterwards.
        return frozenset(step for (step,) in connection.execute(_STEPS).fetchall())
    except (duckdb.CatalogException, duckdb.BinderException):
        if connection.execute("SELECT 1 FROM duckdb_columns() WHERE NOT internal LIMIT 1").fetchone():
            raise ForeignStoreError(
                "{where} is a DuckDB database of something else; nothing was changed. Set CLAIM_ATLAS_STORE to "
                "another file.",
                where=where,
            ) from None
        return frozenset()


def run_steps(connection: duckdb.DuckDBPyConnection, missing: list[Migration]) -> None:
    """Make steps in one transaction: when one fails, the store is as before.

    :raises duckdb.Error: what failed.
    """
    with transaction(connection):
        connection.execute(
            "CREATE TABLE IF NOT EXISTS migrations "
            "(step INTEGER PRIMARY KEY, name VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL)"
        )
        for migration in missing:
            for statement in migration.statements:
                connection.execute(statement)
            if migration.fill:
                migration.fill(connection)
            now = datetime.now(UTC).replace(tzinfo=None)
            connection.execute("INSERT INTO migrations VALUES (?, ?, ?)", [migration.step, migration.name, now])
