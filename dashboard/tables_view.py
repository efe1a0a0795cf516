"""Tables: everything the map shows, for those who cannot use a map or would rather read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard import report_list, resources, said_lines, wording
from dashboard.language import number, plural, t
from dashboard.lines import ClaimLine
from dashboard.markup import esc
from dashboard.outlines import Outlines
from dashboard.report_text import FindPlace
from dashboard.sides import NO_SIDE
from dashboard.views import Overview, View
from store.marks import Mark

REPORTS: Final = 100
"""Rows of the table of reports: a store may hold ten thousand, and nobody reads through more."""


def show(view: View, overview: Overview, outlines: Outlines) -> None:
    """Claims, places and reports, each in a table."""
    with st.container(key="ca-tables"):
        note = t("Everything the map shows, in rows.")
        st.html(f'<h2 class="ca-section">{t("Tables")}</h2><p class="ca-note">{note}</p>')
        # A tab's rows are made and sent when it is opened.
        names = [t("Table of claims"), t("Table of places"), t("Reports")]
        claims, places, reports = st.tabs(names, key="ca-table", on_change="rerun")
        with claims:
            if claims.open:
                _claims(view)
        with places:
            if places.open:
                _places(view.marks, outlines)
        with reports:
            if reports.open:
                _reports(overview)


def _claims(view: View) -> None:
    if view.n > len(view.table):
        left = wording.claims_left(len(view.table), view.n)
        st.html(f'<p class="ca-note">{t("The first {claims}.", claims=left)}</p>')
    st.dataframe(
        claims_table(view.table, resources.place),
        hide_index=True,
        key="ca-table-claims",
        alt=t("Claims that pass the filters"),
        column_config=_widths(),
    )


def _places(marks: Sequence[Mark], outlines: Outlines) -> None:
    table = places_table(marks, [outlines.country(mark.place) or "" for mark in marks])
    st.dataframe(table, hide_index=True, key="ca-table-places", alt=t("Places on the map"))


def _reports(overview: Overview) -> None:
    words = t("Words of its title or outlet")
    query = st.text_input(t("Find a report"), key="ca-table-find", placeholder=words, max_chars=120)
    found = report_list.matching(overview.reports, query)
    st.html(f'<p class="ca-note" role="status">{esc(_how_many(len(found)))}</p>')
    shown = reports_table(found.head(REPORTS))
    st.dataframe(shown, hide_index=True, key="ca-table-reports", alt=t("Reports in the store"))


def _how_many(n: int) -> str:
    reports = plural(n, "report", "reports")
    if n <= REPORTS:
        return t("{reports}, newest first", reports=reports)
    return t(
        "The newest {n} of {reports}. Find older ones by words of their title or outlet.", n=REPORTS, reports=reports
    )


def _widths() -> dict[str, Any]:
    """Pixels of the columns whose words would be cut first."""
    return {t("Claimed by"): st.column_config.Column(width=170), t("Words"): st.column_config.Column(width=420)}


def claims_table(lines: Sequence[ClaimLine], find_place: FindPlace) -> pd.DataFrame:
    """One row a claim, in words."""
    return pd.DataFrame(
        {
            t("Date"): [line.published for line in lines],
            t("Claimed by"): [wording.claimant(line.claimant) for line in lines],
            t("Side"): [line.side or "" for line in lines],
            t("What"): [
                wording.kind(line.count_kind) if line.kind == "count" else wording.manner(line.mode) for line in lines
            ],
            t("Words"): [line.exact for line in lines],
            t("Number means"): [wording.interval(line) if line.kind == "count" else "" for line in lines],
            t("Whose"): [line.whose or "" for line in lines],
            t("Places"): [line.where or t("none on the map") for line in lines],
            t("Said at"): [said_lines.place_of(line.said_at, line.said_basis, find_place) for line in lines],
            t("Report"): [line.title or "" for line in lines],
        }
    )


def places_table(marks: Sequence[Mark], countries: Sequence[str]) -> pd.DataFrame:
    """One row a mark of the map; ``countries`` name the country of each in the chosen view of borders."""
    return pd.DataFrame(
        {
            t("Place"): [mark.place.name for mark in marks],
            t("Country"): countries,
            t("Claims"): [mark.n for mark in marks],
            t("Numbers"): [mark.n_counts for mark in marks],
            t("Statements"): [mark.n_statements for mark in marks],
            t("By side"): [
                ", ".join(f"{name or t(NO_SIDE)} ({number(n)})" for name, n in mark.sides) for mark in marks
            ],
            t("Shown as"): [wording.precision(mark.place.precision) for mark in marks],
            t("Derived from"): [mark.place.derived_from or "" for mark in marks],
            t("Latitude"): [round(mark.place.lat, 3) for mark in marks],
            t("Longitude"): [round(mark.place.lon, 3) for mark in marks],
        }
    )


def reports_table(reports: pd.DataFrame) -> pd.DataFrame:
    """One row a report."""
    return pd.DataFrame(
        {
            t("Date"): reports["published"],
            t("Title"): reports["title"].fillna(t("Untitled report")),
            t("Outlet"): reports["outlet"].fillna(""),
            t("Claims"): reports["n_claims"],
            t("Sample"): reports["sample"],
        }
    )
