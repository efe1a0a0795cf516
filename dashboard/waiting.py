"""What a page says of reports that are on their way: the samples at the very first start, and newer ones later."""

from __future__ import annotations

import streamlit as st

from dashboard import resources
from dashboard.language import t


@st.fragment(run_every=0.5)
def until_ready() -> None:
    """Run the page again as soon as the store can be read."""
    if resources.is_ready():
        st.rerun()


def newer_reports() -> None:
    """Say that another process adds to the store, and offer what came since the page took up what it shows."""
    if not resources.is_behind():
        return
    with st.container(key="ca-newer", horizontal=True, vertical_alignment="center"):
        st.html(f'<p role="status">{t("Newer reports are coming in.")}</p>')
        st.button(t("Show them"), key="ca-show-newer", on_click=resources.catch_up)
