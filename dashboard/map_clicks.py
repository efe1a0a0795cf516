"""What the map's component answers -> the place that was clicked, once, and a run that shows it."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx


def clicked_place(answer: object, memory: str) -> str | None:
    """Key of the mark that was clicked since the last run; each click counts once, however often the page runs again.

    :param memory: name under which the session remembers the last click on this map.
    """
    drawing = answer.get("last_active_drawing") if isinstance(answer, dict) else None
    properties = drawing.get("properties") if isinstance(drawing, dict) else None
    if not isinstance(properties, dict):
        return None
    key, click = properties.get("key"), properties.get("click")
    if click == st.session_state.get(memory) or not isinstance(key, str):
        return None
    st.session_state[memory] = click
    return key


def draw_again() -> None:
    """Begin the run anew with what a click changed: the fragment's, or the whole page's when the click came with it."""
    run = get_script_run_ctx()
    st.rerun(scope="fragment" if run and run.fragment_ids_this_run else "app")
