"""ClaimStore: add reports with their claims, and ask for them through :class:`~store.filters.Filters`.

One DuckDB file; every statement has bound parameters. Adding is one transaction a report, so a report is either
wholly in the store or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import astuple
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pandas as pd

from store import facets, keeping, rivals, views
from store import marks as place_marks
from store.asking import Asking
from store.connection import Connection
from store.filters import EVERYTHING, Filters
from store.finding import by_number, places_by_key
from store.index import Index
from store.keeping import ReportRows
from store.part import IN_ORDER
from store.records import ClaimRow, PlaceRow, ReadingRow, ReportRow
from store.reviewing import Reviewing
from store.rows import FoundClaim, claims_frame, place_row, report_row, select_list
from store.sql import FROM_CLAIMS, filtered

_REPORTS = """SELECT r.id, r.title, r.outlet, r.url, r.published, r.sample, count(c.n) AS n_claims, s.story
    FROM reports r JOIN stories s ON s.report = r.n LEFT JOIN claims c ON c.report = r.n AND c.review <> 'rejected'
    GROUP BY ALL ORDER BY r.published NULLS LAST, any_value(r.n)"""
_READING = """SELECT v.extractor, v.gazetteer, v.knowledge FROM readings v JOIN reports r ON r.n = v.report
    WHERE r.id = ?"""
_OUTDATED = """SELECT r.id FROM reports r LEFT JOIN readings v ON v.report = r.n
    WHERE (v.extractor, v.gazetteer, v.knowledge) IS DISTINCT FROM (?, ?, ?) ORDER BY r.n"""
_MENTIONS = """SELECT m.start, m.end, m.place_key, m.kind, m.role, m.confidence FROM mentions m
    WHERE m.report = ? ORDER BY m.start, m.end DESC"""
_UNPLACED = "NOT EXISTS (SELECT 1 FROM claim_places p WHERE p.claim = c.n AND p.place_key IS NOT NULL)"
_NUMBERED = "c.n IN (SELECT unnest(?::INTEGER[]))"


class ClaimStore(Asking, Reviewing):
    """An open store. Threads of one process may share it; close it, or use it in a ``with`` block."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @classmethod
    def open(
        cls, path: Path | str, *, read_only: bool = False, brief: bool = False, patience: float | None = None
    ) -> Self:
        """Open the store at ``path``; a new one is made, with its folder, unless ``read_only``.

        An older store is brought up to date, after a back-up beside it, unless ``read_only``.

        :param brief: have the file only while it is asked or written, so that a long job keeps no other process out.
        :param patience: seconds to wait while another process holds the file; None: those of :mod:`store.opening`.
        :raises StoreError: when the file is locked, damaged, not a store, too new, or not there to be read.
        """
        return cls(Connection(Path(path), read_only=read_only, brief=brief, patience=patience))

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._connection.path

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def held(self) -> AbstractContextManager[None]:
        """Within it, a ``brief`` opening keeps the file: for several uses in a row. Others wait meanwhile."""
        return self._connection.held()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- writing -----------------------------------------------------------------------------------------------

    def add(
        self,
        report: ReportRow,
        claims: Sequence[ClaimRow],
        places: Sequence[PlaceRow],
        reading: ReadingRow | None = None,
    ) -> bool:
        """Add a report with its claims; False, and nothing changed, when a report of that id is there already.

        :param places: every place that a key of the claims or of the report's mentions names; places known already
            stay as they are.
        :param reading: what the report was read with; None: not known, so that a refresh reads it again.
        :raises UnstorableError: when a row holds what the file cannot, or names a place that is not given.
        """
        return self.add_many([(report, claims, places)], reading)[0]

    def add_many(self, rows: Sequence[ReportRows], reading: ReadingRow | None = None) -> list[bool]:
        """Add several reports in one transaction: all of them, or none when anything is raised.

        A transaction costs ten times what a report in it costs.

        :param reading: what all of them were read with.
        :return: for each report what :meth:`add` says; of two with the same id the first is added.
        :raises UnstorableError: as :meth:`add`, for any of them.
        """
        for report, claims, places in rows:
            keeping.check(report, claims, places)
        with self._connection.writing() as cursor:
            return keeping.add(cursor, rows, reading)

    def replace(
        self,
        report: ReportRow,
        claims: Sequence[ClaimRow],
        places: Sequence[PlaceRow],
        reading: ReadingRow | None = None,
    ) -> bool:
        """Put the claims of a new reading in the place of the old; False when the report is not in the store.

        Text, number and sample flag of the report stay, and so does the number of every claim whose id stays. Places
        become what they are in ``places``. Parameters and errors as for :meth:`add`.
        """
        keeping.check(report, claims, places)
        with self._connection.writing() as cursor:
            return keeping.replace(cursor, (report, claims, places), reading)

    def remove(self, report_id: str) -> bool:
        """Take a report and its claims out; False when it is not there.

        Its places stay: others may speak of them. So does the log of its reviews, should it come back.
        """
        with self._connection.writing() as cursor:
            return keeping.remove(cursor, report_id)

    # -- reports and places ------------------------------------------------------------------------------------

    def is_empty(self) -> bool:
        """True when no report is in the store."""
        return not self._all("SELECT 1 FROM reports LIMIT 1")

    def has(self, report_id: str) -> bool:
        """True when the report of that id is in the store."""
        return bool(self._all("SELECT 1 FROM reports WHERE id = ?", [report_id]))

    def reports(self) -> pd.DataFrame:
        """All reports by date: id, title, outlet, url, published (date or None), sample, n_claims, story.

        ``story`` is a number that reports which tell the same story share.
        """
        rows = self._all(_REPORTS)
        names = ("id", "title", "outlet", "url", "published", "sample", "n_claims", "story")
        frame = pd.DataFrame(rows, columns=list(names), dtype=object)
        return frame.astype({"sample": bool, "n_claims": int, "story": int})

    def report(self, report_id: str) -> ReportRow | None:
        """The report of that id, with all places that it names; None when there is none."""
        rows = self._all(f"SELECT {select_list('reports', 'r')} FROM reports r WHERE r.id = ?", [report_id])  # noqa: S608
        return report_row(rows[0], self._all(_MENTIONS, rows[0][:1])) if rows else None

    def report_ids(self) -> list[str]:
        """Ids of all reports in the order they were added."""
        return [identity for (identity,) in self._all("SELECT id FROM reports ORDER BY n")]

    def reading(self, report_id: str) -> ReadingRow | None:
        """What the report of that id was read with; None when that is not known, or there is no such report."""
        rows = self._all(_READING, [report_id])
        return ReadingRow(*rows[0]) if rows else None

    def outdated(self, current: ReadingRow) -> list[str]:
        """Ids of the reports that were read with anything else than ``current``, in the order they were added."""
        return [identity for (identity,) in self._all(_OUTDATED, astuple(current))]

    def place(self, key: str) -> PlaceRow | None:
        """The place of that key; None when no report has named it."""
        rows = self._all(f"SELECT {select_list('places', 'p')} FROM places p WHERE p.key = ?", [key])  # noqa: S608
        return place_row(rows[0]) if rows else None

    # -- claims ------------------------------------------------------------------------------------------------

    def count(self, filters: Filters, *, dated: bool = False) -> int:
        """Number of claims that pass; with ``dated`` only those of reports whose date is known."""
        query, values = filtered(
            f"SELECT count(*) {FROM_CLAIMS}", filters, "AND r.published IS NOT NULL" if dated else ""
        )
        return int(self._all(query, values)[0][0])

    def claims(self, filters: Filters, *, limit: int | None = 500, offset: int = 0) -> pd.DataFrame:
        """Claims that pass, by date, report and place in the text: one row a claim.

        Columns are the fields of ClaimRow, then published, title, outlet of the report and the names and keys of the
        located places (lists, in text order). ``limit`` None gives all.
        """
        return claims_frame(self.find(filters, limit=limit, offset=offset))

    def unplaced(self, filters: Filters, *, limit: int | None = 500, offset: int = 0) -> pd.DataFrame:
        """Claims that pass and have no located place; columns as :meth:`claims`."""
        return claims_frame(self.find(filters, only=_UNPLACED, limit=limit, offset=offset))

    def claim(self, claim_id: str) -> ClaimRow | None:
        """The claim of that id, whatever a reviewer made of it; None when there is none."""
        found = self.find(EVERYTHING, only="c.id = ?", values=[claim_id])
        return found[0].row if found else None

    def claims_of_report(self, report_id: str, *, rejected: bool = False) -> list[ClaimRow]:
        """Claims of one report in text order; what a reviewer has rejected only when asked for."""
        filters = EVERYTHING if rejected else Filters()
        return [item.row for item in self.find(filters, only="r.id = ?", values=[report_id])]

    def stream(self, filters: Filters, *, size: int = 2000) -> Iterator[FoundClaim]:
        """As :meth:`find`, for any number of claims: ``size`` of them are held in memory at once."""
        query, bound = filtered(f"SELECT c.n {FROM_CLAIMS}", filters, IN_ORDER)
        numbers = [n for (n,) in self._all(query, bound)]
        for begin in range(0, len(numbers), size):
            yield from self.find(EVERYTHING, only=_NUMBERED, values=[numbers[begin : begin + size]])

    # -- summaries ---------------------------------------------------------------------------------------------

    def marks(self, filters: Filters) -> list[place_marks.Mark]:
        """One mark for each place that claims which pass speak of, most claims first."""
        with self._connection.reading() as cursor:
            return place_marks.marks(cursor, filters)

    def facets(self, filters: Filters) -> dict[str, list[facets.FacetValue]]:
        """For each field of Filters, the values that can be chosen and how many claims each would leave."""
        with self._connection.reading() as cursor:
            return facets.facets(cursor, filters)

    def rivals(
        self, filters: Filters, *, limit: int = 200, members: int = rivals.MEMBERS, index: Index | None = None
    ) -> list[rivals.RivalGroup]:  # fmt: skip
        """Counts of the same thing that differ, claimant by claimant, largest groups first; see :mod:`store.rivals`.

        :param members: most claims of a group, the newest; the group says how many older ones there are.
        :param index: of the store as it is now: with many claims the answer comes far sooner.
        """
        with self._connection.reading() as cursor:
            groups = rivals.groupings(cursor, filters, limit, members, index)
            found = by_number(cursor, (n for group in groups for n in group.members))
            places = places_by_key(cursor, [group.place_key for group in groups if group.place_key])
        return [rivals.group_of(group, found, places.get(group.place_key or "")) for group in groups]

    def index(self) -> Index:
        """What :meth:`view` works with, as the store is now: good until the store changes."""
        with self._connection.reading() as cursor:
            return Index.of(cursor)

    def view(
        self,
        index: Index,
        filters: Filters,
        limits: views.Limits = views.Limits(),  # noqa: B008
        *,
        drawn: list[place_marks.Mark] | None = None,
    ) -> views.StoreView[FoundClaim]:
        """Count, facets, marks, rivals and lists of the claims that pass, together and far faster than one by one.

        :param drawn: the marks, when :func:`store.views.marks` has told them already.
        """
        with self._connection.reading() as cursor:
            return views.view(cursor, index, filters, limits, drawn)

    def _all(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._connection.reading() as cursor:
            return cursor.execute(query, list(values)).fetchall()
