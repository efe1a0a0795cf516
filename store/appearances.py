"""One claim, many appearances: the reports that repeat a claim, when, and how many of them stand on their own.

The same claim has the same key (:mod:`store.sameness`) and appears again within a time in which it can be meant: deaths
in a town today are not those of last month. Reports that tell one story (:mod:`store.stories`) are one source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import duckdb

STANDING: Final = ("personnel", "equipment", "unit", "displaced", "missing")
"""Kinds of counts of what is there for a while; the others count what happened."""
STANDING_DAYS: Final = 30
"""Days between two numbers of what is there that can still speak of the same."""
EVENT_DAYS: Final = 7
"""The same for what happened, and for what is said."""

GAP: Final = (
    "CASE WHEN c.count_kind IN ("
    + ", ".join(f"'{kind}'" for kind in STANDING)
    + f") THEN {STANDING_DAYS} ELSE {EVENT_DAYS} END"
)
"""Days after which a claim ``c`` is of another time."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """One report that makes the claim; ``story`` is the same for reports that are one source."""

    claim_id: str
    report_id: str
    published: date | None
    outlet: str | None
    title: str | None
    story: int


@dataclass(frozen=True, slots=True)
class Seen:
    """How often a claim appears: in how many reports, of how many independent stories, first and last on which days.

    The days are None when no report that makes it has a date.
    """

    reports: int = 1
    stories: int = 1
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Appearances:
    """The reports that make one claim, by date, undated ones last; each report once."""

    reports: tuple[Appearance, ...]

    @property
    def seen(self) -> Seen:
        """How often, and when."""
        days = [item.published for item in self.reports if item.published]
        stories = {item.story for item in self.reports}
        return Seen(len(self.reports), len(stories), min(days, default=None), max(days, default=None))


# Claims with the keys asked for, and in which stretch of time each appears: a new one begins after a gap.
_STRETCHES: Final = f"""WITH asked AS (SELECT DISTINCT same FROM claims WHERE {{asked}}),
    dated AS (SELECT c.n, c.id, c.same, c.report, r.published,
        r.published - lag(r.published) OVER told > {GAP} AS is_new
        FROM claims c JOIN reports r ON r.n = c.report
        WHERE c.same IN (SELECT same FROM asked) AND c.review <> 'rejected'
        WINDOW told AS (PARTITION BY c.same ORDER BY r.published NULLS LAST, c.n)),
    told AS (SELECT *, count(*) FILTER (is_new) OVER (PARTITION BY same ORDER BY published NULLS LAST, n) AS stretch
        FROM dated)"""  # noqa: S608 - constants
_APPEARANCES: Final = f"""{_STRETCHES.format(asked="id = ?")}
    SELECT DISTINCT ON (t.report) t.id, r.id, r.published, r.outlet, r.title, s.story
    FROM told t JOIN reports r ON r.n = t.report JOIN stories s ON s.report = t.report
    WHERE t.stretch = (SELECT stretch FROM told WHERE id = ?)
    ORDER BY r.published NULLS LAST, t.report, t.n"""  # noqa: S608 - constants
_SEEN: Final = f"""{_STRETCHES.format(asked="id IN (SELECT unnest(?::VARCHAR[]))")},
    told_of AS (SELECT t.same, t.stretch, count(DISTINCT t.report) AS reports, count(DISTINCT s.story) AS stories,
        min(t.published) AS first, max(t.published) AS last
        FROM told t JOIN stories s ON s.report = t.report GROUP BY t.same, t.stretch)
    SELECT t.id, o.reports, o.stories, o.first, o.last FROM told t
    JOIN told_of o ON o.same = t.same AND o.stretch = t.stretch WHERE t.id IN (SELECT unnest(?::VARCHAR[]))"""  # noqa: S608 - constants


def appearances(cursor: duckdb.DuckDBPyConnection, claim_id: str) -> Appearances:
    """The reports that make the claim of that id, its own included; none when there is no such claim."""
    rows: list[tuple[Any, ...]] = cursor.execute(_APPEARANCES, [claim_id, claim_id]).fetchall()
    return Appearances(tuple(Appearance(*row) for row in rows))


def seen(cursor: duckdb.DuckDBPyConnection, claim_ids: Sequence[str]) -> dict[str, Seen]:
    """How often each of these claims appears; what is not in the store, or was rejected, is left out."""
    rows: list[tuple[Any, ...]] = cursor.execute(_SEEN, [list(claim_ids), list(claim_ids)]).fetchall()
    return {identity: Seen(*found) for identity, *found in rows}
