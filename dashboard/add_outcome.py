"""What became of a job: drafts to look at and to store, what is known already, what was set aside, what is stored."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import streamlit as st

from dashboard import add_preview, current_job, navigation, resources, theme
from dashboard.add_progress import found
from dashboard.jobs import Job
from dashboard.language import plural, t, told
from dashboard.markup import esc
from pipeline.intake import Known

_LINKS: Final = 10
"""Stored reports that get a button of their own."""


def show(job: Job) -> None:
    """Draw it, by how far the job has come."""
    if job.step == "failed":
        _failed(job)
    elif job.step == "stored":
        _stored(job)
    elif job.items:
        _ready(job)
    else:
        _nothing(job)


def _failed(job: Job) -> None:
    reason = told(job.reason) or t("Reading broke off for a reason that the server's log tells. Try again.")
    head = t("This could not be done.")
    st.html(f'<div class="ca-problem" role="alert"><strong>{head}</strong><p>{esc(reason)}</p></div>')
    with st.container(horizontal=True):
        if job.items:
            st.button(t("Try to store again"), key="ca-job-again", type="primary", on_click=job.store)
        st.button(t("Back"), key="ca-job-back", on_click=current_job.leave, kwargs={"mend": True})


def _nothing(job: Job) -> None:
    known_only = job.known and not job.rejected
    if job.step == "stopped":
        head = t("You stopped it. Nothing was stored.")
    else:
        head = t("The store knows this already.") if known_only else t("There is nothing to store.")
    st.html(f'<h2 class="ca-section" role="status">{head}</h2>')
    _set_aside(job)
    _known(job)
    st.button(t("Back"), key="ca-job-back", on_click=current_job.leave, kwargs={"mend": not known_only})


def _ready(job: Job) -> None:
    title = t("You stopped it: this was read until then.") if job.step == "stopped" else t("Read, and not stored yet")
    st.html(
        f'<h2 class="ca-section" role="status">{title}</h2>'
        f'<p class="ca-found">{found([item.draft for item in job.items], job)}</p>'
    )
    _set_aside(job)
    _known(job)
    add_preview.show(job)
    wanted = len(job.wanted)
    with st.container(key="ca-job-buttons", horizontal=True):
        label = t("Store {reports}", reports=plural(wanted, "report", "reports"))
        st.button(label, key="ca-job-store", type="primary", on_click=job.store, disabled=not wanted)
        st.button(t("Discard"), key="ca-job-discard", on_click=current_job.leave)


def _stored(job: Job) -> None:
    reports = plural(len(job.stored), "report", "reports")
    claims = plural(sum(len(draft.claims) for draft in job.stored), "claim", "claims")
    words = t("Stored: {reports} with {claims}.", reports=reports, claims=claims)
    st.html(f'<h2 class="ca-section" role="status">{words}</h2>')
    _set_aside(job)
    _known(job)
    for number, draft in enumerate(job.stored[:_LINKS]):
        _line(draft.report.title, draft.report.id, f"stored-{number}")
        if others := _same_story(draft.report.id):
            theme.note(
                t("It tells the same story as: {titles}.", titles=esc("; ".join(others), limit=300)), role="status"
            )
    st.button(t("Add more"), key="ca-job-more", on_click=current_job.leave)


def _same_story(report_id: str) -> list[str]:
    """Titles of the other reports that tell the story of this one: agency copies, cut copies, rewrites."""
    frame = resources.overview().reports
    story = frame.loc[frame["id"] == report_id, "story"]
    others = frame[frame["story"].isin(story) & (frame["id"] != report_id)]
    return [title or t("Untitled report") for title in others["title"]]


def _line(title: str | None, report_id: str, key: str) -> None:
    """A report's title with the way to the map."""
    with st.container(key=f"ca-line-{key}", horizontal=True, vertical_alignment="center"):
        if st.button(t("Show on the map"), key=f"ca-show-{key}", type="primary"):
            navigation.show_on_map(report_id)
        st.html(f'<p class="ca-line-title">{esc(title or t("Untitled report"), limit=160)}</p>')


def _set_aside(job: Job) -> None:
    """What could not be read, each with the reason, which says the way out."""
    if job.rejected:
        rows = "".join(
            f"<li><strong>{esc(told(item.where), limit=160)}</strong> {esc(told(item.reason), limit=500)}</li>"
            for item in job.rejected[:100]
        )
        head = t("Set aside: {reports}", reports=plural(len(job.rejected), "report", "reports"))
        way_out = t("None of this is stored. Mend what the reason names, and add it again.")
        st.html(f'<div class="ca-aside"><h3>{head}</h3><ul>{rows}</ul><p class="ca-note">{way_out}</p></div>')


def _known(job: Job) -> None:
    twice = sum(item.twice for item in job.known)
    if twice:
        theme.note(t("{n} handed in twice; once is enough.", n=twice))
    stored = [item for item in job.known if not item.twice]
    if stored:
        head = t("In the store already: {reports}", reports=plural(len(stored), "report", "reports"))
        st.html(f'<div class="ca-aside"><h3>{head}</h3></div>')
        for number, (title, known) in enumerate(_titled(stored[:_LINKS])):
            _line(title, known.report_id, f"known-{number}")


def _titled(known: Iterable[Known]) -> Iterable[tuple[str, Known]]:
    """The titles under which reports are stored, which may be others than those handed in."""
    frame = resources.overview().reports
    titles = dict(zip(frame["id"], frame["title"], strict=True))
    return ((titles.get(item.report_id) or told(item.where), item) for item in known)
