"""What the server does while the browser is still loading the page: import, open, read the samples.

The first reader would otherwise wait for all of it. Nothing here may import streamlit_folium: a component that is
declared outside a script run is not served.
"""

from __future__ import annotations

import gc
import importlib
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

import streamlit as st

from dashboard import uploads
from errors import ClaimAtlasError

_HEAVY: Final = ("pandas", "folium", "shapely.geometry", "pyarrow", "streamlit.elements.arrow")


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Warm up beside the server, which does not wait for it; leave nothing behind on the disk."""
    threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
    yield
    uploads.clear()


def warm_up() -> None:
    """Import what the first page needs and ask what it will show. A problem is left for the page to tell."""
    from dashboard import resources  # noqa: PLC0415 - the import is what is to happen beside the server

    uploads.sweep()
    with suppress(ClaimAtlasError):
        resources.is_ready(0)  # an empty store begins to be filled now, in a process of its own
    for name in _HEAVY:
        importlib.import_module(name)
    with suppress(ClaimAtlasError):
        _ask()
    _settle()


def _ask() -> None:
    from dashboard import resources  # noqa: PLC0415 - as above
    from store.filters import Filters  # noqa: PLC0415

    borders = resources.settings().borders
    resources.outlines(borders)
    resources.is_ready(None)
    resources.overview()
    resources.bands((mark.place for mark in resources.view(Filters()).marks), borders)


def _settle() -> None:
    """Tell the garbage collector that what is loaded now stays: Streamlit collects after every run of a page, and would
    look through all of it each time."""
    gc.collect()
    gc.freeze()
