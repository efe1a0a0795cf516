"""Response headers: the browser itself refuses what the page must never do.

The page loads nothing from another host. The map's frame is the one exception, and only for pictures: the tile layer
that a reader may switch on. Streamlit and the map component need inline styles and evaluated scripts; no text of a
report ever reaches either (see :mod:`dashboard.markup` and :mod:`dashboard.map`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.tiles import TILE_HOST

_POLICY: Final = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
_MAP_FRAME: Final = "/component/streamlit_folium."


def policy(path: str) -> str:
    """The Content-Security-Policy for what is served at ``path``."""
    rules = dict(_POLICY)
    if _MAP_FRAME in path:
        rules["img-src"] += f" {TILE_HOST}"
    return "; ".join(f"{name} {value}" for name, value in rules.items())


class Adding(ABC):
    """ASGI middleware that adds headers to the answers of requests."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add headers to the start of its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.add(MutableHeaders(scope=message), scope, message["status"])
            await send(message)

        await self._app(scope, receive, send_with_headers)

    @abstractmethod
    def add(self, headers: MutableHeaders, scope: Scope, status: int) -> None:
        """Add to the headers of the answer with this status."""


class SecurityHeaders(Adding):
    """Adds to every answer what keeps the browser from doing what the page must never do."""

    def add(self, headers: MutableHeaders, scope: Scope, status: int) -> None:  # noqa: ARG002 - to all of them
        """Whatever the answer is."""
        headers["Content-Security-Policy"] = policy(scope["path"])
        headers["Referrer-Policy"] = "no-referrer"
        headers["X-Content-Type-Options"] = "nosniff"
