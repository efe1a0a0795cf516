"""Nominatim through geopy: OpenStreetMap's names, asked on a server.

Terms of the public server: https://operations.osmfoundation.org/policies/nominatim/ (one request a second, an own user
agent, no bulk geocoding, attribution). Data: ODbL; none of it ships with this project.
"""

from __future__ import annotations

from typing import Any, Final

from geopy.geocoders import Nominatim
from geopy.geocoders.base import DEFAULT_SENTINEL
from geopy.location import Location

from geo.geocoders.answers import located, read_strictly
from geo.geocoders.asking import MOST, Found, as_list, checked_name, checked_point, one_or_all, outages_told
from geo.geocoders.online import Access, options

NAME: Final = "nominatim"
SERVER: Final = "https://nominatim.openstreetmap.org"


class NominatimGeocoder(Nominatim):  # type: ignore[misc]
    """geopy's Nominatim with the permission checked, the pace kept, and every failure an OutageError.

    ``Location.raw`` is the server's record and ``attribution``. ``confidence`` is not known: there is none.
    """

    def __init__(self, access: Access | None = None) -> None:
        """Raises OnlineNotAllowedError without a permission, AccessError when it cannot be used."""
        super().__init__(**options(access or Access(), NAME, SERVER))

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL, limit: int = MOST, **more: Any
    ) -> Found:
        """The place called ``query``, or up to ``limit``; None when there is none. ``more``: options of geopy's class.

        Raises QueryError for what is no name, OutageError when it could not be known.
        """
        asked = {"language": "en", **more}
        with outages_told("Nominatim", timeout=timeout):
            found: Found = super().geocode(
                checked_name(query), exactly_one=exactly_one, timeout=timeout, limit=limit, **asked
            )
        return found

    def reverse(
        self, query: Any, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL, limit: int = MOST, **more: Any
    ) -> Found:
        """The place about a point; Nominatim knows one at most. None at sea. Raises as ``geocode`` does."""
        asked = {"language": "en", **more}
        with outages_told("Nominatim", timeout=timeout):
            found = super().reverse(checked_point(query), exactly_one=False, timeout=timeout, **asked)
        return one_or_all(as_list(found)[:limit], exactly_one=exactly_one)

    def _parse_json(self, places: Any, exactly_one: bool) -> Found:
        with read_strictly("Nominatim"):
            if not isinstance(places, list) and not (isinstance(places, dict) and places):
                raise TypeError(type(places).__name__)
            found: Found = super()._parse_json(places, exactly_one)
        return found

    def _parse_code(self, place: Any) -> Location:
        return located(place["display_name"], place["lat"], place["lon"], place)
