"""A job that is on its way: how far it is, what was found so far, and the button that stops it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import theme
from dashboard.jobs import BUSY, Job
from dashboard.language import plural, t
from pipeline.intake import Draft


@st.fragment(run_every=0.5)
def show(job: Job) -> None:
    """Draw how far the job is, anew twice a second; the page is drawn anew when it is done."""
    if job.step not in BUSY:
        st.rerun()
    title = t("Storing") if job.step == "storing" else t("Reading")
    st.html(f'<h2 class="ca-section">{title}</h2>')
    st.progress(_share(job), text=_words(job))
    if job.items or job.known or job.rejected:
        theme.note(found([item.draft for item in job.items], job), style="ca-found", role="status")
    theme.note(t("You may look at other pages meanwhile; this goes on."))
    st.button(t("Stop"), key="ca-job-stop", on_click=job.stop)


def _share(job: Job) -> float:
    if job.step == "storing":
        return len(job.stored) / max(1, len(job.wanted))
    return min(1.0, len(job.items) / job.found) if job.found else 0.0


def _words(job: Job) -> str:
    if job.step == "waiting":
        return t("Waiting until what others handed in is read …")
    if job.step == "storing":
        return t("Storing report {n} of {all}", n=min(len(job.stored) + 1, len(job.wanted)), all=len(job.wanted))
    if not job.items:
        return t("Looking for reports in what you handed in …")
    return t("Reading report {n} of {all}", n=min(len(job.items) + 1, job.found), all=job.found)


def found(drafts: Sequence[Draft], job: Job) -> str:
    """What drafts hold, and what became of the rest, in words that are safe as HTML."""
    counts = sum(claim.kind == "count" for draft in drafts for claim in draft.claims)
    claims = sum(len(draft.claims) for draft in drafts)
    parts = [
        plural(len(drafts), "report", "reports"),
        plural(counts, "number", "numbers"),
        plural(claims - counts, "statement", "statements"),
        plural(len({place.key for draft in drafts for place in draft.places}), "place", "places"),
    ]
    if job.known:
        parts.append(t("{n} known already", n=len(job.known)))
    if job.rejected:
        parts.append(t("{n} set aside", n=len(job.rejected)))
    return " · ".join(parts)
