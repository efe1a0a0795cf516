"""Which addresses may be asked: http(s), on hosts whose every IP address is a public one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import quote, urlsplit

from errors import ClaimAtlasError, Worded

Resolve = Callable[[str, int], Sequence[str]]
"""Host and port -> its IP addresses, raising OSError when there are none."""

_LONGEST: Final = 2_000
_HOST: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?\.?|[0-9a-f:.]{2,45}")
_FORBIDDEN: Final = re.compile(r"[\x00-\x20\x7f\\]")
_NAT64: Final = IPv6Network("64:ff9b::/96")
_METADATA: Final = frozenset(map(ip_address, ("168.63.129.16", "169.254.169.254", "192.0.0.192", "100.100.100.200")))
"""Where cloud providers answer questions about a machine; the first looks public and is not."""


class FetchError(ClaimAtlasError, OSError):
    """An address cannot be read. ``temporary`` when trying again later may help."""

    def __init__(self, where: str, reason: str, *, temporary: bool = False, **values: object) -> None:
        self.where = where
        self.reason = Worded.of(reason, values)
        super().__init__(Worded("{where}: {reason}", where=where, reason=self.reason))
        self.temporary = temporary


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart; ``host`` in ASCII, ``path`` with its query, percent-encoded."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, as a URL without a path."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = self.port == (443 if self.scheme == "https" else 80)
        return f"{self.scheme}://{host}" if usual else f"{self.scheme}://{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address in its normal form, without a fragment."""
        return self.origin + self.path


def is_url(words: str) -> bool:
    """True for what a user means as an address on the web rather than a file."""
    return re.match(r"[a-zA-Z][a-zA-Z0-9+.-]+://", words) is not None


def target_of(url: str) -> Target:
    """Take an address apart.

    :raises FetchError: when it is not http(s), names a user, or is not an address at all.
    """
    shown = url[:200].encode("utf-8", "replace").decode()
    if len(url) > _LONGEST or _FORBIDDEN.search(url):
        raise FetchError(shown, "this is not a web address: too long, or with blanks or control characters in it.")
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
        ascii_host = host if host.isascii() else host.encode("idna").decode()
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + (f"?{_query(parts.query)}" if parts.query else "")
    except ValueError as error:
        raise FetchError(shown, "this is not a web address ({problem}).", problem=error) from error
    if parts.scheme not in ("http", "https"):
        raise FetchError(shown, "only http and https addresses are read.")
    if "@" in parts.netloc:
        raise FetchError(shown, "addresses with a user name or password are not read.")
    if not _HOST.fullmatch(ascii_host):
        raise FetchError(shown, "this is not a web address: it names no host.")
    if port is not None and port < 1024 and port not in (80, 443):
        raise FetchError(shown, "port {port} is not one of the web.", port=str(port))
    return Target(parts.scheme, ascii_host, port or (443 if parts.scheme == "https" else 80), path)


def _query(words: str) -> str:
    return quote(words, safe="/%:@!$&'()*+,;=~?")


def public_addresses(target: Target, resolve: Resolve) -> tuple[str, ...]:
    """The IP addresses of a host. The connection must be made to one of these: a second look-up may answer differently.

    :raises FetchError: when there is none, or any of them is not public.
    """
    try:
        found = tuple(dict.fromkeys(resolve(target.host, target.port)))
    except (OSError, UnicodeError) as error:
        raise FetchError(target.url, "the host {host} is not known.", host=target.host, temporary=True) from error
    if not found:
        raise FetchError(target.url, "the host {host} is not known.", host=target.host, temporary=True)
    for address in found:
        if not is_public(address):
            raise _not_public(target, address)
    return found


def _not_public(target: Target, address: str) -> FetchError:
    if target.host == address:
        reason = Worded("{host} is not on the public internet. Only public addresses are read.", host=address)
    else:
        reason = Worded(
            "{host} is {address}, which is not on the public internet. Only public addresses are read.",
            host=target.host,
            address=address,
        )
    return FetchError(target.url, reason)


def is_public(address: str) -> bool:
    """True for an IP address on the public internet; IPv4 addresses inside IPv6 ones are looked at as well."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if ip in _NAT64:
        return _public(IPv4Address(int(ip) & 0xFFFFFFFF))
    return _public(ip) and all(map(_public, _embedded(ip)))


def _public(ip: IPv4Address | IPv6Address) -> bool:
    barred = ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved
    site_local = isinstance(ip, IPv6Address) and ip.is_site_local
    return ip.is_global and not site_local and not barred and not ip.is_unspecified and ip not in _METADATA


def _embedded(ip: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """IPv4 addresses to which a gateway would pass the connection on."""
    if isinstance(ip, IPv4Address):
        return []
    inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    return [address for address in inner if address is not None]
