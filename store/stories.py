"""Which reports tell the same story: agency copies, cut copies and rewrites, found by their words.

Two reports are linked when their texts are alike (:mod:`store.shingles`) and their days are near; a story is what links
hold together, so it is the same whatever the order in which reports came. Links are kept: taking a report out re-forms
its story from the links that are left, without reading a text. A story is called by the smallest ``reports.n`` in it.

The library datasketch was looked at and left out: its index lives in memory or in a server of its own, it compares by
resemblance, under which a cut copy is no copy, and it brings scipy. What is needed of it is the one question below.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

import duckdb

from store.records import ReportRow
from store.shingles import REWRITTEN, Print, are_alike, print_of
from store.writing import insert

NEAR_DAYS: Final = 7
"""Days within which a copy or rewrite of a report appears."""

Numbered = Sequence[tuple[int, ReportRow]]
"""Reports that are in the store, each with its ``reports.n``."""

# Runs that two samples share, by pair. Near days are of one week or of two that follow each other: joining on weeks
# keeps apart the stock phrases of all times. A report without a day is near to all.
_WEEK: Final = "(published - DATE '2000-01-03') // 7"
_SHARED: Final = f"""WITH b AS (SELECT unnest(?::BIGINT[]) AS hash, unnest(?::INTEGER[]) AS report,
        unnest(?::DATE[]) AS published),
    shared AS (
        SELECT b.report AS one, t.report AS other
        FROM (SELECT *, {_WEEK} + unnest([-1, 0, 1]) AS week FROM b WHERE published IS NOT NULL) b
        JOIN (SELECT *, {_WEEK} AS week FROM sketches
            WHERE published BETWEEN (SELECT min(published) - {NEAR_DAYS} FROM b)
                AND (SELECT max(published) + {NEAR_DAYS} FROM b)) t
            ON t.hash = b.hash AND t.week = b.week
        WHERE abs(t.published - b.published) <= {NEAR_DAYS}
        UNION ALL
        SELECT b.report, t.report FROM b JOIN sketches t ON t.hash = b.hash WHERE b.published IS NULL
        UNION ALL
        SELECT b.report, t.report FROM b JOIN sketches t ON t.hash = b.hash
        WHERE t.published IS NULL AND b.published IS NOT NULL)
    SELECT one, other, count(*) FROM shared WHERE one <> other GROUP BY 1, 2"""  # noqa: S608 - constants
# What is left out is a standard deviation below the least part that makes two texts alike, five below that of a copy.
_WORTH: Final = f"""SELECT DISTINCT least(p.one, p.other), greatest(p.one, p.other)
    FROM ({_SHARED}) p(one, other, shared)
    JOIN stories a ON a.report = p.one JOIN stories b ON b.report = p.other
    WHERE p.shared >= {REWRITTEN} * least(a.sampled, b.sampled) - 0.5 * sqrt(least(a.sampled, b.sampled))"""  # noqa: S608 - constants
_TEXTS: Final = "SELECT n, text, boilerplate, published FROM reports WHERE n IN (SELECT unnest(?::INTEGER[]))"
_STORIES_OF: Final = """SELECT report, story FROM stories
    WHERE story IN (SELECT story FROM stories WHERE report IN (SELECT unnest(?::INTEGER[])))"""
_RENAME: Final = """UPDATE stories SET story = u.story
    FROM (SELECT unnest(?::INTEGER[]) AS report, unnest(?::INTEGER[]) AS story) u WHERE stories.report = u.report"""


def take_in(cursor: duckdb.DuckDBPyConnection, reports: Numbered) -> None:
    """Keep the sketches of reports that are in the table ``reports``, and join each to its story."""
    prints = {n: print_of(report.text, report.boilerplate) for n, report in reports}
    samples = [(run, n, report.published) for n, report in reports for run in sorted(prints[n].sample)]
    insert(cursor, "stories", [(n, n, len(prints[n].sample)) for n, _ in reports])
    insert(cursor, "sketches", samples)
    if not samples:
        return
    worth = cursor.execute(_WORTH, [list(column) for column in zip(*samples, strict=True)]).fetchall()
    links = list(_linked(cursor, worth, prints, {n: report.published for n, report in reports}))
    insert(cursor, "story_links", links)
    _form(cursor, links)


def _linked(
    cursor: duckdb.DuckDBPyConnection,
    worth: Iterable[tuple[int, int]],
    prints: dict[int, Print],
    days: dict[int, date | None],
) -> Iterator[tuple[int, int]]:
    """Of the pairs that are worth comparing those whose whole texts are alike."""
    missing = sorted({n for pair in worth for n in pair} - set(prints))
    for n, text, boilerplate, day in cursor.execute(_TEXTS, [missing]).fetchall():
        prints[n], days[n] = print_of(text, json.loads(boilerplate)), day
    for first, second in sorted(worth):
        if are_alike(prints[first], prints[second], dated=days[first] is not None and days[second] is not None):
            yield first, second


def take_out(cursor: duckdb.DuckDBPyConnection, n: int) -> None:
    """Forget a report's sketch; the others of its story form one or more stories by the links that are left."""
    others = [report for report, _ in cursor.execute(_STORIES_OF, [[n]]).fetchall() if report != n]
    cursor.execute("DELETE FROM sketches WHERE report = ?", [n])
    cursor.execute("DELETE FROM story_links WHERE first = ? OR second = ?", [n, n])
    cursor.execute("DELETE FROM stories WHERE report = ?", [n])
    left = "SELECT first, second FROM story_links WHERE first IN (SELECT unnest(?::INTEGER[]))"
    _rename(cursor, components(others, cursor.execute(left, [others]).fetchall()))


def _form(cursor: duckdb.DuckDBPyConnection, links: Sequence[tuple[int, int]]) -> None:
    """Make one story of all that new links hold together."""
    rows = cursor.execute(_STORIES_OF, [[n for link in links for n in link]]).fetchall()
    _rename(cursor, components((report for report, _ in rows), [*links, *rows]))


def _rename(cursor: duckdb.DuckDBPyConnection, stories: Mapping[int, int]) -> None:
    if stories:
        cursor.execute(_RENAME, [list(stories), list(stories.values())])


def components(members: Iterable[int], links: Iterable[tuple[int, int]]) -> dict[int, int]:
    """What links hold together: for each member the smallest one that it can be reached from."""
    parent = {member: member for member in members}

    def root(member: int) -> int:
        while parent[member] != member:
            parent[member] = member = parent[parent[member]]
        return member

    for link in links:
        first, second = sorted(map(root, link))
        parent[second] = first
    return {member: root(member) for member in parent}
