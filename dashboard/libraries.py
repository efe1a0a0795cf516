"""The map's scripts and styles, from this machine.

Streamlit serves the folder of a declared component; three are declared only to be served from. Addresses are relative
to the map's own frame, so they hold under any base path. They name the version of the file, so that it may be kept.
"""

from __future__ import annotations

import hashlib
import re
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
    ("frontend", "base.js"),
    ("frontend", "crowd.js"),
    ("frontend", "labels.js"),
    ("frontend", "said.js"),
    ("frontend", "map.js"),
)
_PICTURE: Final = re.compile(r"url\(images/[^)]*\)")
_SAID_ASIDE: Final = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
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
    return Libraries(scripts=scripts(), style=style())


def scripts() -> tuple[str, ...]:
    """Addresses of the map's scripts, in the order in which they are run."""
    return tuple(address(folder, name) for folder, name in _SCRIPTS)


def style() -> str:
    """The map's style sheets as one. Leaflet's pictures are left out: nothing on the map uses them, and they would be
    looked for beside the frame."""
    sheets = ((FOLDERS[folder] / name).read_text("utf-8") for folder, name in _STYLES)
    return _SAID_ASIDE.sub("", _PICTURE.sub("none", "\n".join(sheets)))


@lru_cache
def component(name: str) -> Any:
    """A component of the page's own: ``frontend/<name>.js`` after ``frontend/elements.js``, which sets words."""
    script = "\n".join((FRONTEND / f"{part}.js").read_text("utf-8") for part in ("elements", name))
    return v2.component(f"claim-atlas-{name}", js=script, isolate_styles=False)


@lru_cache
def address(folder: str, name: str) -> str:
    """Address of a file in one of the folders; another one when the file is another."""
    version = hashlib.sha256((FOLDERS[folder] / name).read_bytes()).hexdigest()[:12]
    return f"../{__name__}.{folder}/{name}?v={version}"
