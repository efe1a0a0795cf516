"""The address in the browser: the copy of what one reader looks at, which a link restores.

Each page keeps under a name of its own what it last wrote. The address is news when it differs from that: a link was
opened, or the browser went back. A page that is entered by the menu has an empty address, or the language alone: that
is no news, and what is looked at stays as it was on the page before. Zoom and centre of the map are the map's own to
write (:mod:`dashboard.glance`): they are no part of what is compared here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from dashboard import reader
from store.filters import acceptable

GLANCE_PARAMETER: Final = "view"
"""Zoom and centre, which the map's script writes."""
_PAGE: Final = "ca_page"
_ENTERED: Final = "ca_entered"

Params = dict[str, list[str]]


def enter(page: str) -> bool:
    """Tell which page is shown, before it is drawn; True when the reader comes from another one."""
    came = bool(st.session_state.get(_PAGE, page) != page)
    if came:
        st.session_state[_ENTERED] = True
    st.session_state[_PAGE] = page
    return came


def parameters() -> Params:
    """The parameters that pages write; one that has parameters of its own reads them here."""
    return {name: st.query_params.get_all(name) for name in st.query_params if name != GLANCE_PARAMETER}


def news(written: str) -> Params | None:
    """The parameters, when they are not as :func:`write` left them under the name ``written``; else None.

    They are noted as known, so the next call says None.
    """
    given = parameters()
    came = bool(st.session_state.pop(_ENTERED, False))
    if st.session_state.get(written) == given or (came and not given.keys() - {reader.PARAMETER}):
        return None
    st.session_state[written] = given
    return given


def write(written: str, wanted: Mapping[str, list[str]]) -> None:
    """Make the address these parameters and the chosen language, and remember them under the name ``written``."""
    language = reader.chosen()
    params = {**wanted, **({reader.PARAMETER: [language]} if language else {})}
    if params != parameters():
        st.query_params.from_dict(params)
    st.session_state[written] = params


def last(given: Mapping[str, list[str]], name: str) -> str | None:
    """The last value of a parameter that can be one; None without any."""
    values = [value for value in given.get(name, []) if acceptable(value)]
    return values[-1] if values else None
