"""A web server on this machine that answers as a test tells it to, and a net in which it has a public address."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from pipeline.fetching.client import Fetcher, Limits
from pipeline.fetching.transport import Network
from tests.patience import PATIENCE

PUBLIC = "93.184.216.34"
Page = Callable[[BaseHTTPRequestHandler], None]


def answer(
    body: bytes = b"", *, kind: str = "text/html", status: int = 200, length: bool = True, **headers: str
) -> Page:
    """A page that says this."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        if length:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return send


def redirect(to: str, status: int = 302) -> Page:
    return answer(status=status, Location=to)


@dataclass
class World:
    """Pages by ``host/path``, addresses by host, and what was asked of them."""

    pages: dict[str, Page] = field(default_factory=dict)
    hosts: dict[str, Callable[[], Sequence[str]]] = field(default_factory=dict)
    resolved: list[str] = field(default_factory=list)
    dialled: list[tuple[str, int]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    agents: set[str | None] = field(default_factory=set)
    slept: list[float] = field(default_factory=list)
    port: int = 0
    server: ThreadingHTTPServer = field(init=False)

    def resolve(self, host: str, port: int) -> Sequence[str]:
        self.resolved.append(host)
        if host in self.hosts:
            return self.hosts[host]()
        if host.endswith(".example"):
            return [PUBLIC]
        # The system's own resolver reads numbers in every notation; names are never looked up in tests.
        flags = socket.AI_NUMERICHOST
        return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)]

    def connect(self, address: tuple[str, int], timeout: float) -> socket.socket:
        self.dialled.append(address)
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)

    def fetcher(self, **limits: float) -> Fetcher:
        network = Network(resolve=self.resolve, connect=self.connect, sleep=self.slept.append)
        return Fetcher(network, Limits(**{"seconds": PATIENCE, **limits}))  # type: ignore[arg-type]


@contextmanager
def world() -> Iterator[World]:
    """A world with a running server; robots.txt is missing unless a test adds one."""
    here = World()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place = f"{self.headers['Host']}{self.path}"
            here.asked.append(place)
            here.agents.add(self.headers["User-Agent"])
            page = here.pages.get(place, answer(b"", status=404))
            try:
                page(self)
            except OSError:
                self.close_connection = True

        def log_message(self, *words: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as server:
        here.server = server
        here.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield here
        finally:
            server.shutdown()
            thread.join()
