"""Geocoders behind geopy's interface. A new one is a file here and a line in the table; the contract tests cover it.

What a geocoder may use is handed to it as an :class:`~geo.geocoders.online.Access`; the default allows files alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from geo.geocoders.asking import Asks
from geo.geocoders.cache import CachedGeocoder
from geo.geocoders.chain import ChainGeocoder
from geo.geocoders.nominatim import NominatimGeocoder
from geo.geocoders.offline import OfflineGeocoder
from geo.geocoders.online import Access
from geo.geocoders.photon import PhotonGeocoder


def _offline(access: Access) -> OfflineGeocoder:
    del access  # it needs none
    return OfflineGeocoder()


def _kept(name: str, make: Callable[[Access], Asks]) -> Callable[[Access], Asks]:
    """An online geocoder behind the cache, when there is a file for it; a server of one's own has its own answers."""

    def made(access: Access) -> Asks:
        geocoder = make(access)
        if access.cache is None:
            return geocoder
        server = access.servers.get(name, "")
        return CachedGeocoder(geocoder, name=f"{name} {server}".strip(), path=access.cache)

    return made


def _chain(access: Access) -> ChainGeocoder:
    """The files that ship first; then, if the user allows it, Nominatim and Photon."""
    asked = ("offline", "nominatim", "photon") if access.online else ("offline",)
    return ChainGeocoder({name: GEOCODERS[name](access) for name in asked})


GEOCODERS: Final[Mapping[str, Callable[[Access], Any]]] = {
    "offline": _offline,
    "nominatim": _kept("nominatim", NominatimGeocoder),
    "photon": _kept("photon", PhotonGeocoder),
    "chain": _chain,
}
"""How to make each geocoder, by the name that settings and answers use: ``GEOCODERS["offline"](Access())``."""
