"""Serve the map's scripts and styles from this machine.

Streamlit serves the folder of a declared component; three are declared only to be served from. Addresses are relative
to the map's own frame, so they hold under any base path.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import streamlit.components.v1 as components
from streamlit.components import v2

from dashboard.map import Libraries
from errors import DataError

_ROOT: Final = Path(__file__).resolve().parent.parent
FRONTEND: Final = Path(__file__).resolve().parent / "frontend"
FOLDERS: Final = {
    "vendor": _ROOT / "assets" / "vendor",
    "basemap": _ROOT / "assets" / "basemap",
    "frontend": FRONTEND,
}
_SCRIPTS: Final = (
    ("vendor", "leaflet/leaflet.js"),
    ("basemap", "basemap.js"),
    ("frontend", "labels.js"),
    ("frontend", "said.js"),
    ("frontend", "map.js"),
)
_STYLES: Final = (("vendor", "leaflet/leaflet.css"), ("frontend", "map.css"))


def serve() -> Libraries:
    """Declare the folders and return the addresses of what the map loads, in order.

    :raises DataError: when a file is missing; the map would stay blank without a word otherwise.
    """
    for folder, name in (*_SCRIPTS, *_STYLES):
        if not (FOLDERS[folder] / name).is_file():
            raise DataError(
                "{path} is missing. Check the project out again, or see assets/SOURCES.toml.",
                path=FOLDERS[folder] / name,
            )
    for name, path in FOLDERS.items():
        components.declare_component(name, path=str(path))
    return Libraries(
        scripts=tuple(_address(folder, name) for folder, name in _SCRIPTS),
        styles=tuple(_address(folder, name) for folder, name in _STYLES),
    )


@lru_cache
def component(name: str) -> Any:
    """A component of the page's own, whose script is ``frontend/<name>.js``; the scripts set words as text alone."""
    return v2.component(f"claim-atlas-{name}", js=(FRONTEND / f"{name}.js").read_text("utf-8"), isolate_styles=False)


def _address(folder: str, name: str) -> str:
    return f"../{__name__}.{folder}/{name}"
