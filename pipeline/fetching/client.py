"""Addresses followed to their answers: every redirect checked anew, robots.txt obeyed, one page a second at most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from errors import Worded
from pipeline.fetching.addresses import FetchError, Target, public_addresses, target_of
from pipeline.fetching.transport import Answer, Network, ask

if TYPE_CHECKING:
    from protego import Protego

AGENT: Final = "ClaimAtlas"
"""The name by which robots.txt may address this reader."""

_HEADERS: Final = {
    "User-Agent": f"{AGENT}/0.1 (reads single news reports at the request of its user)",
    "Accept": "text/html,application/xhtml+xml,application/atom+xml,application/rss+xml,application/pdf,*/*;q=0.1",
    "Accept-Language": "en",
}
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_TEMPORARY: Final = frozenset({408, 425, 429})
_MOST_HOPS: Final = 6
_MOST_ROBOTS: Final = 512_000
"""Bytes of a robots.txt that count (RFC 9309 asks for 500 KiB)."""
_RULES_HOLD: Final = 24 * 3600.0
"""Seconds after which robots.txt is asked for again (RFC 9309)."""
_LONGEST_PAUSE: Final = 60.0
_BY_HAND: Final = Worded("Open it in a browser, save the page, and read the file.")


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of a page once unpacked, seconds for it with all redirects, seconds between two pages of one host."""

    most: int = 8_000_000
    seconds: float = 30.0
    pause: float = 1.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page, and the address at which it was found in the end; ``kind`` is its media type, lower case."""

    url: str
    kind: str
    charset: str | None
    body: bytes


@dataclass(slots=True)
class Fetcher:
    """Reads addresses. Remembers every host's rules and when it was last asked."""

    network: Network = field(default_factory=Network)
    limits: Limits = field(default_factory=Limits)
    _rules: dict[str, tuple[float, Protego | None]] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def get(self, url: str) -> Fetched:
        """The page at an address.

        :raises FetchError: when the address is not public, robots.txt does not allow it, or no page is to be had.
        """
        target, answer = self._follow(target_of(url), by_rules=True, most=self.limits.most)
        if answer.status != 200:
            raise _refused(target, answer.status)
        if answer.cut:
            raise FetchError(target.url, "the page is longer than {most} bytes.", most=self.limits.most)
        header = Message()
        header["Content-Type"] = answer.headers.get("content-type", "application/octet-stream")
        charset = header.get_param("charset")
        return Fetched(
            target.url, header.get_content_type(), charset if isinstance(charset, str) else None, answer.body
        )

    def _follow(self, target: Target, *, by_rules: bool, most: int) -> tuple[Target, Answer]:
        """The first answer that leads nowhere else; each address on the way is checked as the first one was."""
        first = target
        end = self.network.clock() + self.limits.seconds
        for _ in range(_MOST_HOPS):
            if by_rules:
                end += self._wait_by_rules(target)
            answer = self._ask(target, most, end)
            if answer.status not in _REDIRECTS or not answer.headers.get("location"):
                return target, answer
            target = target_of(_joined(target, answer.headers))
        raise FetchError(first.url, "it leads from address to address without an end.")

    def _ask(self, target: Target, most: int, end: float) -> Answer:
        """The answer of the first of the host's machines that gives one."""
        failure = None
        for address in public_addresses(target, self.network.resolve)[:3]:
            try:
                return ask(target, address, _HEADERS, self.network, most=most, end=end)
            except FetchError as error:
                failure = failure or error
        raise failure or FetchError(target.url, "the host has no address.", temporary=True)

    def _wait_by_rules(self, target: Target) -> float:
        """Ask robots.txt, and wait for the host's turn; the seconds that both took.

        :raises FetchError: when the rules do not allow the page.
        """
        start = self.network.clock()
        rules = self._rules_of(target)
        if rules and not rules.can_fetch(target.url, AGENT):
            raise FetchError(
                target.url,
                "its robots.txt does not allow this page to be read by programs. {way_out}",
                way_out=_BY_HAND,
            )
        pause = min(max(self.limits.pause, (rules and rules.crawl_delay(AGENT)) or 0.0), _LONGEST_PAUSE)
        wait = self._asked.get(target.host, float("-inf")) + pause - self.network.clock()
        if wait > 0:
            self.network.sleep(wait)
        self._asked[target.host] = self.network.clock()
        return self.network.clock() - start

    def _rules_of(self, target: Target) -> Protego | None:
        """The host's rules, None when it has none.

        :raises FetchError: when it cannot be known: what is not known to be allowed is not done.
        """
        known = self._rules.get(target.origin)
        if known is None or self.network.clock() - known[0] > _RULES_HOLD:
            known = self._rules[target.origin] = (self.network.clock(), self._ask_rules(target))
        return known[1]

    def _ask_rules(self, target: Target) -> Protego | None:
        from protego import Protego  # noqa: PLC0415  loaded with the first address

        rules = target_of(f"{target.origin}/robots.txt")
        try:
            _, answer = self._follow(rules, by_rules=False, most=_MOST_ROBOTS)
        except FetchError as error:
            raise FetchError(target.url, error.reason, temporary=error.temporary) from error
        if answer.status in _TEMPORARY or answer.status >= 500:
            raise FetchError(
                target.url,
                "its robots.txt cannot be read at the moment (the server says {status}).",
                status=answer.status,
                temporary=True,
            )
        return Protego.parse(answer.body.decode("utf-8", "replace")) if answer.status == 200 else None


def _joined(target: Target, headers: Mapping[str, str]) -> str:
    try:
        # http.client reads headers as Latin-1; servers write UTF-8.
        return urljoin(target.url, headers["location"].encode("latin-1", "replace").decode("utf-8", "replace").strip())
    except ValueError as error:
        raise FetchError(target.url, "it leads to something that is not a web address.") from error


def _refused(target: Target, status: int) -> FetchError:
    temporary = status in _TEMPORARY or status >= 500
    way_out = Worded("Try again later.") if temporary else _BY_HAND
    return FetchError(
        target.url,
        "the server gives no page (it says {status}). {way_out}",
        status=status,
        way_out=way_out,
        temporary=temporary,
    )
