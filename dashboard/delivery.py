"""How the files of the page come to the browser: early, once, and not packed for a reader at this machine.

Left alone, the server packs a component's files anew for every visit (the base map takes a quarter of a second of the
processor), no browser keeps them, and each is asked for when the one before it has run. So files whose address names
their version are kept for good, the browser is told what it will need together with the page that needs it, and nothing
is packed that does not leave this machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import file_util

from dashboard import libraries
from dashboard.headers import Adding

FOREVER: Final = "public, max-age=31536000, immutable"
_COMPONENTS: Final = "/component/"
_FRAME: Final = f"{_COMPONENTS}streamlit_folium.st_folium/index.html"
_BUILT: Final = re.compile(r"\.[0-9a-f]{8,}\.(?:js|css)$")
"""How the build of a component names its files: after what is in them."""
_HERE: Final = frozenset({"127.0.0.1", "::1"})
_CHUNKS: Final = ("Html", "ComponentInstance")
"""Parts of Streamlit's page that the map waits for, by the beginning of their names; the page asks for them last."""
_IMPORTED: Final = re.compile(r'"\./([\w.-]+\.js)"')


class Unpacked:
    """ASGI middleware that asks for unpacked answers, for a reader at this machine."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        await self._app(_unpacked(scope) if scope["type"] == "http" else scope, receive, send)


class Advice(Adding):
    """Adds to answers how long they last, and what comes next."""

    def add(self, headers: MutableHeaders, scope: Scope, status: int) -> None:
        """To the answers that are as they should be: a failure is not kept."""
        path: str = scope["path"]
        if status != 200:
            return
        if _is_of_one_version(path, scope.get("query_string", b"")):
            headers["Cache-Control"] = FOREVER
        elif path.endswith(_FRAME):
            headers["Link"] = frame_needs()
        elif _COMPONENTS not in path and headers.get("Content-Type", "").startswith("text/html"):
            headers["Link"] = page_needs()


def _unpacked(scope: Scope) -> Scope:
    """The request; from this machine one that does not ask for a packed answer."""
    if (scope.get("client") or ("",))[0] not in _HERE:
        return scope
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}


def _is_of_one_version(path: str, query: bytes) -> bool:
    """True for files of components whose address would be another if they were."""
    return _COMPONENTS in path and bool(query.startswith(b"v=") or _BUILT.search(path))


@lru_cache(maxsize=1)
def frame_needs() -> str:
    """What the map's frame will load, as the value of a ``Link`` header; addresses are relative to the frame."""
    return ", ".join(f"<{script}>; rel=preload; as=script" for script in libraries.scripts())


@lru_cache(maxsize=1)
def page_needs() -> str:
    """Parts of the page that it would ask for when the map is to be shown, as the value of a ``Link`` header."""
    folder = Path(file_util.get_static_dir())
    known = (folder / "index.html").read_text("utf-8")
    wanted = (name for name in _chunks(folder / "static" / "js") if name not in known)
    return ", ".join(f"<./static/js/{name}>; rel=modulepreload" for name in dict.fromkeys(wanted))


def _chunks(folder: Path) -> Iterator[str]:
    """Names of the parts and of what they import; none when Streamlit names files otherwise, and they come later."""
    for part in _CHUNKS:
        for file in folder.glob(f"{part}.*.js"):
            yield file.name
            yield from _IMPORTED.findall(file.read_text("utf-8"))
