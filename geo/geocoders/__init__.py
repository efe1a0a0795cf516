"""Geocoders behind geopy's interface. A new one is a file here and a line in the table; the contract tests cover it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from geo.geocoders.offline import OfflineGeocoder

GEOCODERS: Final[Mapping[str, Callable[[], Any]]] = {"offline": OfflineGeocoder}
"""How to make each geocoder, by the name that settings and answers use."""
