"""Several geocoders, asked one after another until one knows; the answer says which one it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder

from geo.geocoders.asking import MOST, Asks, Found, OutageError, as_list, checked_name, checked_point, with_raw
from geo.geocoders.offline import NoNetwork

ANSWERED_BY: Final = "geocoder"
"""Key of ``Location.raw`` that holds the name of the geocoder that answered."""


class ChainGeocoder(Geocoder):  # type: ignore[misc]
    """Asks its geocoders in order. "Not found" means that every one of them was reached and none knows the place."""

    def __init__(self, geocoders: Mapping[str, Asks]) -> None:
        """``geocoders`` by the names that answers give, in the order in which they are asked."""
        super().__init__(adapter_factory=NoNetwork)
        self._geocoders = dict(geocoders)

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL, limit: int = MOST
    ) -> Found:
        """The answer of the first that has one. Raises OutageError if none has and one could not be asked."""
        name = checked_name(query)
        return self._first(
            lambda asked: asked.geocode(name, exactly_one=exactly_one, timeout=timeout, limit=limit), f"{name!r:.80}"
        )

    def reverse(
        self, query: Any, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL, limit: int = MOST
    ) -> Found:
        """The answer of the first that has one. Raises OutageError if none has and one could not be asked."""
        point = checked_point(query)
        return self._first(
            lambda asked: asked.reverse(point, exactly_one=exactly_one, timeout=timeout, limit=limit), f"{point}"
        )

    def _first(self, ask: Callable[[Asks], Found], asked_for: str) -> Found:
        failed: dict[str, OutageError] = {}
        for name, geocoder in self._geocoders.items():
            try:
                found = ask(geocoder)
            except OutageError as error:
                failed[name] = error
                continue
            if found is not None:
                return _signed(found, name)
        if failed:
            told = "; ".join(f"{name}: {error}" for name, error in failed.items())
            raise OutageError(
                "{asked_for} was not found, and not every geocoder could be asked: {told}",
                asked_for=asked_for,
                told=told,
            ) from next(iter(failed.values()))
        return None


def _signed(found: Found, name: str) -> Found:
    signed = [with_raw(location, **{ANSWERED_BY: name}) for location in as_list(found)]
    return signed if isinstance(found, list) else signed[0]
