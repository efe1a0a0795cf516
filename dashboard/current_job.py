"""The one job of a reader: its name stands in the session and in the address, so that it is found again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import resources

if TYPE_CHECKING:
    from dashboard.jobs import Job, Upload
    from pipeline.intake import Handed

PARAMETER: Final = "job"
PASTED: Final = ("ca-paste-text", "ca-paste-title", "ca-paste-outlet", "ca-paste-date", "ca-url")
"""Keys of the fields in which a report is written."""
_NAME: Final = "ca_job"


def current() -> Job | None:
    """The reader's job; None when there is none, or none any longer."""
    name = st.query_params.get(PARAMETER) or st.session_state.get(_NAME)
    job = resources.jobs().get(name)
    _remember(job)
    return job


def begin(handed: Sequence[Handed | Upload], *, at_once: bool = False) -> None:
    """Start a job with what the reader hands in, and show it; not from a callback."""
    _remember(resources.jobs().begin(handed, at_once=at_once))
    st.rerun()


def leave(*, mend: bool = False) -> None:
    """Forget the reader's job: what it did not store is gone. To ``mend`` it, what was pasted stays in its fields."""
    if job := resources.jobs().get(st.session_state.get(_NAME)):
        resources.jobs().drop(job)
    _remember(None)
    if not mend:
        for key in PASTED:
            st.session_state.pop(key, None)


def _remember(job: Job | None) -> None:
    st.session_state[_NAME] = job.name if job else None
    if job:
        st.query_params[PARAMETER] = job.name
    elif PARAMETER in st.query_params:
        del st.query_params[PARAMETER]
