"""Whose view of disputed borders is drawn: the switch that changes it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard import state, wording
from dashboard.language import t

KEY: Final = "ca-borders"


def choose() -> None:
    """Whose view draws outlines and names countries. The base map takes no side in either."""
    st.session_state[KEY] = state.borders()
    st.segmented_control(
        t("Disputed territory is drawn"),
        list(wording.BORDERS),
        format_func=wording.borders,
        key=KEY,
        required=True,
        on_change=lambda: state.set_borders(st.session_state.get(KEY)),
        help=t(
            "Changes the outlines of countries and of areas derived from them, and the country that a place is said "
            "to be in. The lines of the base map stay as they are: dashed where they are disputed."
        ),
    )
