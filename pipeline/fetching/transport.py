"""One request to one checked IP address: bounded in bytes, also once unpacked, and in time."""

from __future__ import annotations

import contextlib
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.client import OK, HTTPConnection, HTTPException, HTTPResponse
from threading import Timer
from typing import Final

from pipeline.fetching.addresses import FetchError, Resolve, Target

_CHUNK: Final = 65_536
_WAIT: Final = 10.0
"""Longest silence of a server, in seconds."""


def system_resolve(host: str, port: int) -> tuple[str, ...]:
    """The addresses that the system's resolver gives; it also reads ``2130706433`` and ``0x7f.1`` as numbers."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(str(entry[4][0]).partition("%")[0] for entry in found)


def _connect(address: tuple[str, int], timeout: float) -> socket.socket:
    return socket.create_connection(address, timeout=timeout)


def _tls() -> ssl.SSLContext:
    """Certificates of the system, and those of certifi where the system has none."""
    import certifi  # noqa: PLC0415  loaded with the first https address

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


@dataclass(frozen=True, slots=True)
class Network:
    """What the net is to this project. Tests put a local server behind public addresses by other functions here."""

    resolve: Resolve = system_resolve
    connect: Callable[[tuple[str, int], float], socket.socket] = _connect
    tls: Callable[[], ssl.SSLContext] = _tls
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said. Header names are lower case; ``cut`` when the body was longer than asked for."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    cut: bool = False


def ask(target: Target, address: str, headers: Mapping[str, str], network: Network, *, most: int, end: float) -> Answer:
    """GET ``target`` from the machine at ``address``, whatever its name resolves to by now.

    :param most: bytes of the body to keep, once unpacked.
    :param end: time of ``network.clock`` after which the connection is cut.
    :raises FetchError: when it cannot be done within the time, or the answer is no HTTP.
    """
    late = FetchError(target.url, "the server takes too long. Try again later.", temporary=True)
    left = end - network.clock()
    if left <= 0:
        raise late
    try:
        with _connection(target, address, network, left) as connection:
            answer = _exchange(connection, target, headers, most)
    except (OSError, HTTPException, ValueError) as error:
        if isinstance(error, FetchError):
            raise
        if isinstance(error, TimeoutError) or network.clock() >= end:
            raise late from error
        raise FetchError(
            target.url,
            "the server cannot be read ({problem}).",
            problem=str(error)[:200] or type(error).__name__,
            temporary=not isinstance(error, ssl.SSLCertVerificationError),
        ) from error
    if network.clock() >= end:
        raise late  # what was read until the connection was cut looks like a whole answer
    return answer


@contextlib.contextmanager
def _connection(target: Target, address: str, network: Network, seconds: float) -> Iterator[HTTPConnection]:
    """A connection that a timer cuts: a server that sends a byte now and then never times out by itself."""
    sock = network.connect((address, target.port), min(seconds, _WAIT))
    held = [sock]
    timer = Timer(seconds, lambda: _cut(held[0]))
    timer.daemon = True
    timer.start()
    try:
        if target.scheme == "https":
            held[0] = secure = network.tls().wrap_socket(
                sock, server_hostname=target.host, do_handshake_on_connect=False
            )
            secure.do_handshake()
        held[0].settimeout(_WAIT)
        connection = HTTPConnection(target.host, target.port)
        connection.sock = held[0]
        connection.auto_open = False
        yield connection
    finally:
        timer.cancel()
        held[0].close()


def _cut(sock: socket.socket) -> None:
    # The plain socket's own method: the one of TLS would change the state under the feet of the reading thread.
    with contextlib.suppress(OSError):
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _exchange(connection: HTTPConnection, target: Target, headers: Mapping[str, str], most: int) -> Answer:
    connection.putrequest("GET", target.path, skip_host=True, skip_accept_encoding=True)
    connection.putheader("Host", target.origin.partition("://")[2])
    for name, value in {**headers, "Accept-Encoding": "gzip, deflate", "Connection": "close"}.items():
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    body, cut = _body(response, target, most) if response.status == OK else (b"", False)
    return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, body, cut)


def _body(response: HTTPResponse, target: Target, most: int) -> tuple[bytes, bool]:
    """The body, unpacked; at most ``most`` bytes of it, and whether there was more."""
    coding = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip", "deflate"):
        raise FetchError(
            target.url, "the server packs its answer in a way that was not asked for ({coding}).", coding=coding[:40]
        )
    unpacker = None if coding == "identity" else zlib.decompressobj(zlib.MAX_WBITS | 32)
    out = bytearray()
    received = 0
    while len(out) <= most and received <= most and (chunk := response.read(_CHUNK)):
        received += len(chunk)
        try:
            out += chunk if unpacker is None else unpacker.decompress(chunk, most + 1 - len(out))
        except zlib.error as error:
            raise FetchError(target.url, "the answer is packed wrongly ({problem}).", problem=error) from error
    cut = len(out) > most or received > most
    if not cut and (response.length or (unpacker and received and not unpacker.eof)):
        raise FetchError(target.url, "the answer breaks off.", temporary=True)
    return bytes(out[:most]), cut
