"""Tables: everything the map shows, for those who cannot use a map or would rather read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from dashboard import wording
from dashboard.lines import ClaimLine
from dashboard.outlines import Outlines
from dashboard.resources import LIST_LIMIT, Overview, View
from store.marks import Mark

_WIDTHS: Final = {"Claimed by": st.column_config.Column(width=170), "Words": st.column_config.Column(width=420)}
"""Pixels of the columns whose words would be cut first."""


def show(view: View, overview: Overview, outlines: Outlines) -> None:
    """Claims, places and reports, each in a table."""
    with st.container(key="ca-tables"):
        st.html('<h2 class="ca-section">Tables</h2><p class="ca-note">Everything the map shows, in rows.</p>')
        claims, places, reports = st.tabs(["Table of claims", "Table of places", "Reports"])
        with claims:
            if view.n > LIST_LIMIT:
                st.html(f'<p class="ca-note">The first {LIST_LIMIT:,} of {view.n:,} claims.</p>')
            st.dataframe(
                claims_table(view.table),
                hide_index=True,
                key="ca-table-claims",
                alt="Claims that pass the filters",
                column_config=_WIDTHS,
            )
        with places:
            table = places_table(view.marks, [outlines.country(mark.place) or "" for mark in view.marks])
            st.dataframe(table, hide_index=True, key="ca-table-places", alt="Places on the map")
        with reports:
            st.dataframe(
                reports_table(overview.reports), hide_index=True, key="ca-table-reports", alt="Reports in the store"
            )


def claims_table(lines: Sequence[ClaimLine]) -> pd.DataFrame:
    """One row a claim, in words."""
    return pd.DataFrame(
        {
            "Date": [line.published for line in lines],
            "Claimed by": [wording.claimant(line.claimant) for line in lines],
            "Side": [line.side or "" for line in lines],
            "What": [
                wording.kind(line.count_kind) if line.kind == "count" else wording.manner(line.mode) for line in lines
            ],
            "Words": [line.exact for line in lines],
            "Number means": [wording.interval(line) if line.kind == "count" else "" for line in lines],
            "Whose": [line.whose or "" for line in lines],
            "Places": [", ".join(name for _, name in line.places) or "none on the map" for line in lines],
            "Report": [line.title or "" for line in lines],
        }
    )


def places_table(marks: Sequence[Mark], countries: Sequence[str]) -> pd.DataFrame:
    """One row a mark of the map; ``countries`` name the country of each in the chosen view of borders."""
    return pd.DataFrame(
        {
            "Place": [mark.place.name for mark in marks],
            "Country": countries,
            "Claims": [mark.n for mark in marks],
            "Numbers": [mark.n_counts for mark in marks],
            "Statements": [mark.n_statements for mark in marks],
            "By side": [", ".join(f"{name or 'no side'} ({n})" for name, n in mark.sides) for mark in marks],
            "Shown as": [wording.precision(mark.place.precision) for mark in marks],
            "Derived from": [mark.place.derived_from or "" for mark in marks],
            "Latitude": [round(mark.place.lat, 3) for mark in marks],
            "Longitude": [round(mark.place.lon, 3) for mark in marks],
        }
    )


def reports_table(reports: pd.DataFrame) -> pd.DataFrame:
    """One row a report."""
    return pd.DataFrame(
        {
            "Date": reports["published"],
            "Title": reports["title"].fillna("Untitled report"),
            "Outlet": reports["outlet"].fillna(""),
            "Claims": reports["n_claims"],
            "Sample": reports["sample"],
        }
    )
