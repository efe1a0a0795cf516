"""Which answers of the server are given again without asking for the file."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard import kept_files
from dashboard.kept_files import KeptFiles

FOREVER = (b"cache-control", b"public, immutable, max-age=31536000")


class Server:
    """A server of one file in two pieces, which counts how often it is asked."""

    def __init__(self, *headers: tuple[bytes, bytes], status: int = 200) -> None:
        self.asked, self._headers, self._status = 0, headers, status
        self.kept = KeptFiles(self._answer)

    async def _answer(self, scope, receive, send):
        self.asked += 1
        await send({"type": "http.response.start", "status": self._status, "headers": list(self._headers)})
        await send({"type": "http.response.body", "body": b"one, ", "more_body": True})
        await send({"type": "http.response.body", "body": b"two"})

    def get(self, path: str = "/static/a.js", query: bytes = b"", method: str = "GET", **headers: bytes) -> list[dict]:
        given = [(name.replace("_", "-").encode(), value) for name, value in headers.items()]
        scope = {"type": "http", "method": method, "path": path, "query_string": query, "headers": given}
        sent: list[dict] = []

        async def send(message):
            if message["type"] == "http.response.start":
                message["headers"].append((b"added", b"outside"))
            sent.append(message)

        # In a thread of its own: a browser that an earlier test started keeps a loop running in this one.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, self.kept(scope, None, send)).result()
        return sent


def body(sent: list[dict]) -> bytes:
    return b"".join(message.get("body", b"") for message in sent)


def test_a_file_that_never_changes_is_asked_for_once() -> None:
    server = Server(FOREVER)
    first, second = server.get(), server.get()
    assert server.asked == 1
    assert body(first) == body(second) == b"one, two"
    assert first[0]["headers"] == second[0]["headers"] == [FOREVER, (b"added", b"outside")]


def test_another_address_or_way_of_packing_is_another_file() -> None:
    server = Server(FOREVER, (b"vary", b"Accept-Encoding"))
    server.get(), server.get(query=b"v=2"), server.get("/static/b.js"), server.get(accept_encoding=b"gzip")
    assert server.asked == 4


@pytest.mark.parametrize(
    "server",
    [
        Server((b"cache-control", b"no-cache")),
        Server(FOREVER, status=404),
        Server(FOREVER, (b"set-cookie", b"a=b")),
        Server(FOREVER, (b"vary", b"Cookie")),
        Server(FOREVER, (b"access-control-allow-origin", b"http://example.org")),
    ],
)
def test_what_may_change_or_is_for_one_reader_is_asked_for_each_time(server: Server) -> None:
    server.get(), server.get()
    assert server.asked == 2


def test_a_part_of_a_file_and_a_question_about_it_are_not_answered_from_memory() -> None:
    server = Server(FOREVER)
    server.get(), server.get(range=b"bytes=0-1"), server.get(if_none_match=b"x"), server.get(method="HEAD")
    assert server.asked == 4


def test_the_memory_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_files, "MOST_BYTES", 12)
    server = Server(FOREVER)
    server.get(), server.get("/static/b.js"), server.get("/static/b.js"), server.get()
    assert server.asked == 3
