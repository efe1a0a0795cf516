"""Pages that a reader opens while the sample reports are still being read."""

from __future__ import annotations

import streamlit as st

from dashboard import resources


@st.fragment(run_every=0.5)
def until_ready() -> None:
    """Run the page again as soon as the store can be read."""
    if resources.is_ready():
        st.rerun()
