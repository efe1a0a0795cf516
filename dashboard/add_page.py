"""Add reports: hand them in, see what would be stored, store it or not; and the reports that are stored."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import add_forms, add_outcome, add_progress, current_job, resources, stored_reports, theme
from dashboard.jobs import BUSY, Job
from dashboard.language import t
from dashboard.waiting import until_ready
from errors import ClaimAtlasError


def render() -> None:
    """Draw the page."""
    theme.header(t("Add reports: texts, files, pages, feeds. What was found is shown before it is stored."))
    with st.container(key="ca-add"):
        if resources.is_ready():
            _tell_problems(_draw)
        else:
            theme.note(t("The sample reports are being read. One moment."), style="ca-empty", role="status")
            until_ready()
    theme.footer()


def _draw() -> None:
    job = current_job.current()
    if job:
        with st.container(key="ca-job"):
            _show(job)
        if job.step == "stored":
            _tell_problems(stored_reports.show)
        return
    left, right = st.columns([1.2, 1], gap="large")
    with left:
        add_forms.show()
    with right:
        _tell_problems(stored_reports.show)


def _show(job: Job) -> None:
    if job.step in BUSY:
        add_progress.show(job)
    else:
        add_outcome.show(job)


def _tell_problems(draw: Callable[[], None]) -> None:
    """A store that another process holds is no reason not to show the rest of the page."""
    try:
        draw()
    except ClaimAtlasError as error:
        theme.show_problem(error)
