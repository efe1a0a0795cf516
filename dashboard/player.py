"""Playing through time: the end of the chosen days moves on, bar by bar, until it reaches the last one.

The map stays the same frame; only its marks change. While it plays the address rests, so that the history gets one
entry when it stops and not one a step. Readers who ask their system for less motion have the steps alone.

The browser counts the pauses and asks for each step, once the step before is drawn: a machine that is slow plays slowly
and shows every step.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import streamlit as st

from dashboard import libraries, state
from dashboard.language import later, t
from dashboard.timeline import Timeline

_PLAYING: Final = "ca_playing"
_STEP: Final = "ca_step"
"""Number of the step that is shown while it plays: a beat that asks to leave another one comes too late."""
_BEAT: Final = "ca-beat"
_PACE: Final = "ca-pace"
PACES: Final[Mapping[str, tuple[str, float]]] = {
    "slow": (later("Slow"), 2.0), "normal": (later("Normal"), 1.0), "fast": (later("Fast"), 0.5),
}  # fmt: skip
"""Words of each pace and the seconds between its steps."""


def is_playing() -> bool:
    """True while the days move on by themselves."""
    return bool(st.session_state.get(_PLAYING))


def stop() -> None:
    """Stand still."""
    st.session_state[_PLAYING] = False


def show(timeline: Timeline) -> None:
    """Draw the controls."""
    low, high = _chosen(timeline)
    last = len(timeline.starts) - 1
    with st.container(key="ca-player", horizontal=True, vertical_alignment="center"):
        label = t("Pause") if is_playing() else t("Play through time")
        st.button(label, key="ca-play", on_click=toggle, args=(timeline,))
        st.button(t("Step back"), key="ca-step-back", on_click=step, args=(timeline, -1), disabled=high <= low)
        st.button(t("Step on"), key="ca-step-on", on_click=step, args=(timeline, 1), disabled=high >= last)
        st.segmented_control(
            t("Pace"),
            list(PACES),
            default="normal",
            format_func=lambda pace: t(PACES[pace][0]),
            key=_PACE,
            required=True,
            label_visibility="collapsed",
        )


def keep_going(timeline: Timeline | None) -> None:
    """Let the browser ask for the next step while it plays; drawn after everything that the step shows."""
    if timeline is None:
        return
    seconds = _seconds() if is_playing() else None
    libraries.component("beat")(
        key=_BEAT, data={"seconds": seconds, "step": _step()}, on_beat_change=partial(_beaten, timeline)
    )


def toggle(timeline: Timeline) -> None:
    """Play or pause. From the last bar it plays from the first of the chosen ones."""
    st.session_state[_PLAYING] = not is_playing()
    low, high = _chosen(timeline)
    if is_playing():
        st.session_state[_STEP] = _step() + 1
        if high == len(timeline.starts) - 1:
            _show_until(timeline, low)


def step(timeline: Timeline, bars: int) -> None:
    """Move the end of the chosen days by ``bars``, within the bars and not before their start; then stand still."""
    stop()
    low, high = _chosen(timeline)
    _show_until(timeline, min(max(high + bars, low), len(timeline.starts) - 1))


def _beaten(timeline: Timeline) -> None:
    answer: Mapping[str, Any] = st.session_state.get(_BEAT) or {}
    beat(timeline, answer.get("beat"))


def beat(timeline: Timeline, step: object) -> None:
    """Leave a step that is shown for the next one; the last one stops. Beats of other steps are late and do nothing."""
    if not is_playing() or step != _step():
        return
    st.session_state[_STEP] = _step() + 1
    _, high = _chosen(timeline)
    _show_until(timeline, high + 1)
    if high + 1 >= len(timeline.starts) - 1:
        stop()


def _show_until(timeline: Timeline, bar: int) -> None:
    low, _ = _chosen(timeline)
    state.limit("until", timeline.limits(low, bar)[1])


def _chosen(timeline: Timeline) -> tuple[int, int]:
    return timeline.chosen(state.filters().since, state.filters().until)


def _step() -> int:
    return int(st.session_state.get(_STEP, 0))


def _seconds() -> float:
    return PACES.get(str(st.session_state.get(_PACE)), PACES["normal"])[1]
