"""Which language the reader has: the one chosen, else the browser's. The address carries a choice as ``lang``."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard import language
from dashboard.language import ENGLISH, LANGUAGES, t

PARAMETER: Final = "lang"
_CHOSEN: Final = "ca_language"
_SEEN: Final = "ca_language_in_address"
_SWITCH: Final = "ca-language"
_CURRENT: ContextVar[str | None] = ContextVar("language of this thread's reader", default=None)
"""A thread of Streamlit's serves one reader; a page asks for the language thousands of times."""


def meet() -> None:
    """Learn the reader's language, before the first text of a run. One in the address is taken when it is new."""
    language.ask_reader_by(current)
    _CURRENT.set(None)
    given = st.query_params.get(PARAMETER)
    if given != st.session_state.get(_SEEN):
        st.session_state[_SEEN] = given
        st.session_state[_CHOSEN] = language.known(given) or st.session_state.get(_CHOSEN)


def current() -> str:
    """The reader's language; English where nobody reads, which is before the first page."""
    if found := _CURRENT.get():
        return found
    if get_script_run_ctx(suppress_warning=True) is None:
        return ENGLISH
    found = chosen() or language.known(st.context.locale) or ENGLISH
    _CURRENT.set(found)
    return found


def chosen() -> str | None:
    """The language that the reader chose, which belongs into the address; None while the browser's serves."""
    return language.known(st.session_state.get(_CHOSEN))


def switch() -> None:
    """The choice of a language, at the page's foot."""
    st.session_state[_SWITCH] = language.current()
    st.segmented_control(
        t("Language"), list(LANGUAGES), format_func=LANGUAGES.__getitem__, key=_SWITCH, required=True, on_change=_choose
    )


def _choose() -> None:
    _CURRENT.set(None)
    st.session_state[_CHOSEN] = st.session_state[_SEEN] = st.query_params[PARAMETER] = st.session_state[_SWITCH]
