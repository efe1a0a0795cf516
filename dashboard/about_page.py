"""How the page is to be read: what a claim is, how places are found, what stays uncertain, sources and privacy."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from dashboard import theme

_TEXT: Final = Path(__file__).resolve().parent / "frontend" / "about.html"


def render() -> None:
    """Draw the page."""
    theme.header("How to read it, where its data come from, and what it cannot know.")
    with st.container(key="ca-about"):
        st.html(_TEXT)
    theme.footer()
