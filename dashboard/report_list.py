"""The reports to choose from: newest first, found by their titles and outlets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from dashboard import claims_view, report_state, wording
from dashboard.language import plural, t
from dashboard.markup import esc
from dashboard.views import Overview

_QUERY: Final = "ca-report-query"
_SHOWN: Final = 12
"""Cards on a page: whole rows of one, two and three."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A report as the list shows it."""

    id: str
    title: str
    outlet: str | None
    published: date | None
    claims: int
    sample: bool


def entries(reports: pd.DataFrame, query: str = "") -> list[Entry]:
    """Reports whose title or outlet has every word of ``query``, newest first, undated ones last."""
    return [
        Entry(row.id, row.title or t("Untitled report"), row.outlet, row.published or None, row.n_claims, row.sample)
        for row in matching(reports, query).itertuples()
    ]


def matching(reports: pd.DataFrame, query: str = "") -> pd.DataFrame:
    """The rows that :func:`entries` are made of: with thousands of reports they are chosen before anything is made."""
    titles = reports["title"].fillna(t("Untitled report"))
    searched = (titles + " " + reports["outlet"].fillna("")).str.casefold()
    fits = pd.Series(True, index=reports.index)
    for word in query.casefold().split():
        fits &= searched.str.contains(word, regex=False)
    return reports[fits].sort_values("published", ascending=False, na_position="last", kind="stable")


def neighbours(listed: Sequence[Entry], report_id: str) -> tuple[Entry | None, Entry | None]:
    """The report before and the one after in time; None at an end of the list."""
    at = next((i for i, entry in enumerate(listed) if entry.id == report_id), None)
    if at is None:
        return None, None
    return listed[at + 1] if at + 1 < len(listed) else None, listed[at - 1] if at else None


def show(overview: Overview) -> None:
    """Draw the list."""
    with st.container(key="ca-report-list"):
        st.text_input(t("Find a report"), key=_QUERY, placeholder=t("Words of its title or outlet"), max_chars=120)
        found = entries(overview.reports, st.session_state[_QUERY])
        listed = t("{reports}, newest first", reports=plural(len(found), "report", "reports"))
        st.html(f'<p class="ca-note" role="status">{esc(listed)}</p>')
        if not found:
            nothing = t("No report has these words in its title or outlet. Try fewer words.")
            st.html(f'<p class="ca-empty">{esc(nothing)}</p>')
        with st.container(key="ca-report-cards"):
            for index, entry in enumerate(claims_view.page_of(found, "reports", _SHOWN)):
                _open(index, entry)
        claims_view.pages(found, "reports", _SHOWN)


def _open(index: int, entry: Entry) -> None:
    with st.container(key=f"ca-card-report-{index}"):
        st.html(_card(entry))
        # A button's label is Markdown, so no word of a report may stand in it: the card beside it has them.
        label = t("Open report {n}, {day}", n=index + 1, day=wording.day(entry.published))
        st.button(label, key=f"ca-open-card-report-{index}", on_click=report_state.show, args=(entry.id,))


def _card(entry: Entry) -> str:
    facts = [esc(entry.outlet, limit=80) if entry.outlet else "", plural(entry.claims, "claim", "claims")]
    facts.append(t("sample report") if entry.sample else "")
    dots = '<span class="ca-dot">·</span>'.join(fact for fact in facts if fact)
    return (
        f'<div class="ca-claim"><div class="ca-card-head"><strong>{esc(entry.title, limit=160)}</strong>'
        f'<time>{esc(wording.short_day(entry.published))}</time></div><p class="ca-facts">{dots}</p></div>'
    )
