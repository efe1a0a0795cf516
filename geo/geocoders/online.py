"""What asking a server takes: the user's permission, an own user agent, one request a second, no redirects.

Nothing here or in the geocoders that use it runs unless somebody made an :class:`Access` with ``online=True``.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPException
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, build_opener, getproxies

from geopy.adapters import URLLibAdapter
from geopy.exc import GeocoderParseError, GeocoderServiceError, GeocoderTimedOut

from errors import ClaimAtlasError, InputError, Worded

PAUSE_S: Final = 1.0
"""Seconds between two requests to one server, which the public servers ask for."""
TIMEOUT_S: Final = 10.0
MOST_BYTES: Final = 4_000_000
"""An answer longer than this is none."""
_PIECE: Final = 65_536
_SHORTEST_AGENT: Final = 5
_SAMPLES: Final = frozenset({
    "my-application", "my_app/1", "my_user_agent/1.0", "specify_your_app_name_here", "python-requests", "python-urllib",
})  # fmt: skip
"""User agents of examples and libraries: they name nobody."""


class OnlineNotAllowedError(ClaimAtlasError, PermissionError):
    """An online geocoder was asked for without the permission to send anything."""


class AccessError(InputError):
    """The permission cannot be used: its user agent names nobody, or a server's address is none."""


@dataclass(frozen=True, slots=True)
class Access:
    """What a geocoder may use. The default allows nothing beyond the files that ship.

    ``online`` is the user's permission to send names and points to a server. ``user_agent`` tells the server who asks:
    a name of the application with a way to reach whoever runs it. ``cache`` is the file that keeps answers. ``servers``
    gives own servers by the name of the geocoder ("nominatim": "https://geo.example.org"); only for those may
    ``pause_s``, the least number of seconds between requests, be under a second.
    """

    online: bool = False
    user_agent: str = ""
    cache: Path | None = None
    servers: Mapping[str, str] = field(default_factory=dict)
    timeout_s: float = TIMEOUT_S
    pause_s: float = PAUSE_S

    def checked(self, geocoder: str) -> None:
        """Raise OnlineNotAllowedError without the permission, AccessError when it cannot be used as it is."""
        if not self.online:
            raise OnlineNotAllowedError(
                "{geocoder} sends names to a server: allow it first with Access(online=True, user_agent=…)",
                geocoder=geocoder,
            )
        agent = self.user_agent.strip()
        known = agent.casefold().startswith(("geopy/", *_SAMPLES))
        if len(agent) < _SHORTEST_AGENT or known or not agent.isprintable() or not agent.isascii():
            raise AccessError(
                "user_agent is {user_agent}: {geocoder} needs one of your own that says who asks, such as "
                "'desk-of-the-example/1.0 (desk@example.org)'",
                user_agent=f"{self.user_agent!r:.80}",
                geocoder=geocoder,
            )
        if self.pause_s < PAUSE_S and geocoder not in self.servers:
            raise AccessError(
                "pause_s is {pause_s}: the public server takes one request a second at most", pause_s=self.pause_s
            )

    def server(self, geocoder: str, default: str) -> tuple[str, str]:
        """Scheme and domain of the server to ask. Raises AccessError when the address given is none."""
        address = self.servers.get(geocoder, default)
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.username:
            raise AccessError(
                "server of {geocoder} is {address}: give an address such as https://example.org",
                geocoder=geocoder,
                address=f"{address!r:.80}",
            )
        return parts.scheme, parts.netloc + parts.path.rstrip("/")


def options(access: Access, geocoder: str, default: str) -> dict[str, Any]:
    """Arguments for geopy's own class, the permission checked first."""
    access.checked(geocoder)
    scheme, domain = access.server(geocoder, default)
    polite = partial(PoliteAdapter, throttle=throttle_of(domain), pause_s=access.pause_s)
    return {
        "scheme": scheme, "domain": domain, "user_agent": access.user_agent.strip(), "timeout": access.timeout_s,
        "adapter_factory": polite,
    }  # fmt: skip


class Throttle:
    """Lets one caller through every so many seconds; the others wait. Shared by all threads."""

    def __init__(
        self, *, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        """``clock`` must never go back; both are given by tests alone."""
        self._clock, self._sleep = clock, sleep
        self._lock = threading.Lock()
        self._next = float("-inf")

    def wait(self, pause_s: float) -> None:
        """Return when ``pause_s`` have passed since the last caller was let through."""
        with self._lock:
            now = self._clock()
            start = max(now, self._next)
            self._next = start + pause_s
        if start > now:
            self._sleep(start - now)


_THROTTLES: Final[dict[str, Throttle]] = {}
_MAKING: Final = threading.Lock()


def throttle_of(server: str) -> Throttle:
    """The one throttle of a server in this process: two geocoders that ask it share its second."""
    with _MAKING:
        return _THROTTLES.setdefault(server, Throttle())


def _proxies(given: Mapping[str, str] | None) -> dict[str, str]:
    """The proxies of geopy's options, else the system's, with a scheme where there is none (as geopy takes them)."""
    found = getproxies() if given is None else given
    return {scheme: url if "://" in url else f"http://{url}" for scheme, url in found.items()}


class _NoRedirects(HTTPRedirectHandler):
    """A redirect would carry the names to a server that nobody allowed."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """Never follow: urllib then raises the redirect as an HTTP error."""


class PoliteAdapter(URLLibAdapter):  # type: ignore[misc]
    """geopy's adapter for urllib: throttled, without redirects, its answers bounded in length and time."""

    def __init__(self, *, proxies: Any, ssl_context: Any, throttle: Throttle, pause_s: float = PAUSE_S) -> None:
        """``throttle`` is asked before every request."""
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        handlers = (HTTPSHandler(context=ssl_context), ProxyHandler(_proxies(proxies)), _NoRedirects())
        self.urlopen = build_opener(*handlers).open
        self._throttle, self._pause_s = throttle, pause_s
        self._time = threading.local()

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        """The text at ``url``, asked for not before the server's turn."""
        self._throttle.wait(self._pause_s)
        self._time.deadline = time.monotonic() + timeout
        text: str = super().get_text(url, timeout=timeout, headers=headers)
        return text

    def _decode_page(self, page: Any) -> str:
        """The whole text; a server that sends for ever, or a byte at a time, is cut off."""
        pieces, size = [], 0
        while piece := self._piece(page):
            pieces.append(piece)
            size += len(piece)
            if size > MOST_BYTES:
                raise GeocoderServiceError(Worded("the answer is longer than {most} bytes", most=MOST_BYTES))
            if time.monotonic() > self._time.deadline:
                raise GeocoderTimedOut(Worded("the answer took too long"))
        try:
            return b"".join(pieces).decode("utf-8")
        except UnicodeDecodeError as error:
            raise GeocoderParseError(Worded("the answer is no UTF-8 text")) from error

    @staticmethod
    def _piece(page: Any) -> bytes:
        try:
            piece: bytes = page.read1(_PIECE) if hasattr(page, "read1") else page.read(_PIECE)
        except TimeoutError as error:
            raise GeocoderTimedOut(Worded("the answer stopped in the middle")) from error
        except (OSError, ValueError, HTTPException) as error:
            raise GeocoderServiceError(Worded("the answer broke off ({problem})", problem=error)) from error
        return piece
