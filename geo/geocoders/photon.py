"""Photon through geopy: OpenStreetMap's names, asked on a server that forgives misspelling.

Terms of the public server: https://photon.komoot.io (fair use, no guarantee). Data: ODbL; none of it ships.
"""

from __future__ import annotations

from typing import Any, ClassVar, Final

from geopy.geocoders import Photon
from geopy.geocoders.base import DEFAULT_SENTINEL
from geopy.location import Location

from geo.geocoders.answers import located, read_strictly
from geo.geocoders.asking import MOST, Found, checked_point, outages_told
from geo.geocoders.geopy_base import ThroughGeopy

_ADDRESS: Final = ("name", "street", "city", "county", "state", "country")


class PhotonGeocoder(ThroughGeopy, Photon):  # type: ignore[misc]
    """geopy's Photon with the permission checked, the pace kept, and every failure an OutageError.

    ``Location.raw`` is the server's GeoJSON feature and ``attribution``. ``confidence`` is not known: there is none.
    """

    SERVICE: ClassVar = "Photon"
    NAME: ClassVar = "photon"
    SERVER: ClassVar = "https://photon.komoot.io"

    def reverse(
        self, query: Any, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL, limit: int = MOST, **more: Any
    ) -> Found:
        """The places about a point, the nearest first; None at sea. Raises as ``geocode`` does."""
        asked = {"language": "en", **more}
        with outages_told("Photon", timeout=timeout):
            found: Found = super().reverse(
                checked_point(query), exactly_one=exactly_one, timeout=timeout, limit=limit, **asked
            )
        return found

    def _parse_json(self, resources: Any, exactly_one: bool = True) -> Found:
        with read_strictly("Photon"):
            features = resources["features"]
            if not isinstance(features, list):
                raise TypeError(type(features).__name__)
            found: Found = super()._parse_json(resources, exactly_one) or None
        return found

    def _parse_resource(self, resource: Any) -> Location:
        said = [resource["properties"].get(part) for part in _ADDRESS]
        lon, lat = resource["geometry"]["coordinates"][:2]
        return located(", ".join(dict.fromkeys(part for part in said if part)), lat, lon, resource)
