"""Zoom and centre of the map in the address, as ``view=48.10,30.25,5``: latitude, longitude, zoom.

The map's own script writes it there when the reader has moved the map, so moving costs no run of the page; the page
reads it when a link is opened or the browser goes back, and hands it to the map.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from dashboard.address import GLANCE_PARAMETER
from dashboard.map import MAX_ZOOM

_GLANCE: Final = "ca_glance"
_WRITTEN: Final = re.compile(r"(-?\d{1,2}(?:\.\d{1,5})?),(-?\d{1,3}(?:\.\d{1,5})?),(\d{1,2})", re.ASCII)
_LOWEST_ZOOM: Final = 2
_HIGHEST_LATITUDE: Final = 85
_WIDEST_LONGITUDE: Final = 180


def parsed(text: object) -> tuple[float, float, int] | None:
    """Latitude and longitude in degrees and the zoom; None for what the map cannot show."""
    found = _WRITTEN.fullmatch(text) if isinstance(text, str) else None
    if not found:
        return None
    lat, lon, zoom = float(found[1]), float(found[2]), int(found[3])
    on_earth = abs(lat) <= _HIGHEST_LATITUDE and abs(lon) <= _WIDEST_LONGITUDE
    return (lat, lon, zoom) if on_earth and _LOWEST_ZOOM <= zoom <= MAX_ZOOM else None


def read() -> None:
    """Take zoom and centre from an address that was just read; nonsense is taken out of it."""
    given = st.query_params.get(GLANCE_PARAMETER)
    found = parsed(given)
    if given is not None and found is None:
        del st.query_params[GLANCE_PARAMETER]
    if found:
        call = st.session_state.get(_GLANCE, {}).get("call", 0) + 1
        st.session_state[_GLANCE] = {"at": found[:2], "zoom": found[2], "call": call}


def current() -> Mapping[str, Any]:
    """What the map is told: where to look, and the number of the call, which it follows once; empty for nothing."""
    found: Mapping[str, Any] = st.session_state.get(_GLANCE, {})
    return found
