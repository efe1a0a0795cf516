"""What every geocoder that asks a server through geopy adds to geopy's class: permission, pace, and outages told."""

from __future__ import annotations

from typing import Any, ClassVar

from geopy.geocoders.base import DEFAULT_SENTINEL

from geo.geocoders.asking import MOST, Found, checked_name, outages_told
from geo.geocoders.online import Access, options


class ThroughGeopy:
    """Stands before a class of geopy's among the bases: ``class X(ThroughGeopy, geopy.X)``.

    ``SERVICE`` is what it is called in messages, ``NAME`` its name in the table, ``SERVER`` the public server.
    """

    SERVICE: ClassVar[str]
    NAME: ClassVar[str]
    SERVER: ClassVar[str]

    def __init__(self, access: Access | None = None) -> None:
        """Raises OnlineNotAllowedError without a permission, AccessError when it cannot be used."""
        super().__init__(**options(access or Access(), self.NAME, self.SERVER))

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL, limit: int = MOST, **more: Any
    ) -> Found:
        """The place called ``query``, or up to ``limit``; None when there is none. ``more``: options of geopy's class.

        Raises QueryError for what is no name, OutageError when it could not be known.
        """
        asked = {"language": "en", "exactly_one": exactly_one, "timeout": timeout, "limit": limit, **more}
        with outages_told(self.SERVICE, timeout=timeout):
            found: Found = super().geocode(checked_name(query), **asked)  # type: ignore[misc]  # the next base's
        return found
