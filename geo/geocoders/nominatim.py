"""Nominatim through geopy: OpenStreetMap's names, asked on a server.

Terms of the public server: https://operations.osmfoundation.org/policies/nominatim/ (one request a second, an own user
agent, no bulk geocoding, attribution). Data: ODbL; none of it ships with this project.
"""

from __future__ import annotations

from typing import Any, ClassVar

from geopy.geocoders import Nominatim
from geopy.geocoders.base import DEFAULT_SENTINEL
from geopy.location import Location

from geo.geocoders.answers import located, read_strictly
from geo.geocoders.asking import MOST, Found, as_list, checked_point, one_or_all, outages_told
from geo.geocoders.geopy_base import ThroughGeopy


class NominatimGeocoder(ThroughGeopy, Nominatim):  # type: ignore[misc]
    """geopy's Nominatim with the permission checked, the pace kept, and every failure an OutageError.

    ``Location.raw`` is the server's record and ``attribution``. ``confidence`` is not known: there is none.
    """

    SERVICE: ClassVar = "Nominatim"
    NAME: ClassVar = "nominatim"
    SERVER: ClassVar = "https://nominatim.openstreetmap.org"

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
