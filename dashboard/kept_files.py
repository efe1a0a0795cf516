"""Files that never change are answered from memory.

A browser that has not been here before asks for eighty parts of the page at once, and the server would look for each on
the disk and read it in pieces, in threads: a third of a second of its processor, while the page can do nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES: Final = 24_000_000
"""What is kept in all: several times what the pages load. Who asks for all there is does not fill the memory."""
_OWN_ANSWER: Final = frozenset({b"range", b"if-none-match", b"if-modified-since", b"if-range"})
"""Headers of requests that are answered otherwise than with the whole file."""
_FOR_ONE: Final = ("set-cookie", "access-control-allow-origin")
"""Headers of answers that depend on who asks."""
_Asked = tuple[str, bytes, bytes]
"""Path, query, and how the answer may be packed."""


@dataclass(slots=True)
class _Answer:
    start: Message
    parts: list[bytes] = field(default_factory=list)

    @property
    def size(self) -> int:
        return sum(map(len, self.parts))


class KeptFiles:
    """ASGI middleware that keeps the answers that say of themselves that they are immutable."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: dict[_Asked, tuple[Message, bytes]] = {}
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, from memory when the file was asked for before."""
        if not _is_for_a_file(scope):
            await self._app(scope, receive, send)
            return
        asked = scope["path"], scope.get("query_string", b""), dict(scope["headers"]).get(b"accept-encoding", b"")
        if found := self._kept.get(asked):
            await send({**found[0], "headers": list(found[0]["headers"])})
            await send({"type": "http.response.body", "body": found[1]})
            return
        await self._app(scope, receive, self._noting(asked, send))

    def _noting(self, asked: _Asked, send: Send) -> Send:
        """Sends on what it is given, and keeps it when it was a whole file that may be kept."""
        answer: _Answer | None = None

        async def noted(message: Message) -> None:
            nonlocal answer
            if message["type"] == "http.response.start":
                # a copy: what stands around this one adds headers of its own to each answer
                answer = _Answer({**message, "headers": list(message["headers"])}) if _may_be_kept(message) else None
            elif answer and message["type"] == "http.response.body":
                answer.parts.append(bytes(message.get("body", b"")))
                if not message.get("more_body"):
                    self._keep(asked, answer)
            await send(message)

        return noted

    def _keep(self, asked: _Asked, answer: _Answer) -> None:
        if asked not in self._kept and self._bytes + answer.size <= MOST_BYTES:
            self._bytes += answer.size
            self._kept[asked] = answer.start, b"".join(answer.parts)


def _is_for_a_file(scope: Scope) -> bool:
    """True for requests for one whole file."""
    if scope["type"] != "http" or scope.get("method") != "GET":
        return False
    return not any(name in _OWN_ANSWER for name, _ in scope["headers"])


def _may_be_kept(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    if start["status"] != 200 or "immutable" not in headers.get("cache-control", ""):
        return False
    return headers.get("vary", "Accept-Encoding") == "Accept-Encoding" and not any(name in headers for name in _FOR_ONE)
