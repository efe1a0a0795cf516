"""What all geocoders share: what may be asked, what an answer is, and how it is said that there could be none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, Protocol, TypeAlias

from geopy.exc import GeocoderQueryError, GeocoderRateLimited, GeocoderServiceError, GeocoderTimedOut, GeopyError
from geopy.geocoders.base import DEFAULT_SENTINEL
from geopy.location import Location
from geopy.point import Point

from errors import ClaimAtlasError, InputError
from geo.names import MAX_NAME

Found: TypeAlias = Location | list[Location] | None
"""One place, several with ``exactly_one=False``, or None: there is no such place."""

MOST: Final = 10
"""Places that a list holds unless told otherwise."""
LONGEST_QUERY: Final = 2 * MAX_NAME


class Asks(Protocol):
    """What a chain and a cache need of a geocoder: geopy's two questions."""

    def geocode(self, query: str, *, exactly_one: bool = True, timeout: Any = ..., limit: int = ...) -> Found:
        """Places called ``query``."""

    def reverse(self, query: Any, *, exactly_one: bool = True, timeout: Any = ..., limit: int = ...) -> Found:
        """Places about a point."""


class QueryError(InputError, GeocoderQueryError):  # type: ignore[misc]
    """The question cannot be asked: no text, or no point on Earth."""


class OutageError(ClaimAtlasError, GeocoderServiceError):  # type: ignore[misc]
    """It could not be known whether there is such a place: the service failed or answered nonsense."""


class SlowError(OutageError, GeocoderTimedOut):  # type: ignore[misc]
    """The service did not answer in time."""


class TooManyRequestsError(OutageError, GeocoderRateLimited):  # type: ignore[misc]
    """The service wants fewer requests; ``retry_after`` is its advice in seconds, None when it gave none."""

    def __init__(self, message: str, *, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


def checked_name(query: Any) -> str:
    """The query without space about it. Raises QueryError for anything but a text with letters in it."""
    if not isinstance(query, str) or not any(c.isalpha() for c in query):
        raise QueryError(f"query is {query!r:.80}: give the name of a place as text")
    return " ".join(query.split())


def checked_point(query: Any) -> Point:
    """Anything that geopy's Point takes, latitude first. Raises QueryError when it is no point on Earth."""
    try:
        return query if isinstance(query, Point) else Point(query)
    except (ValueError, TypeError) as error:
        raise QueryError(f"query is {query!r:.80}: give a point, latitude before longitude ({error})") from error


def one_or_all(found: list[Location], *, exactly_one: bool) -> Found:
    """The answer in the form that geopy's geocoders give it."""
    if not found:
        return None
    return found[0] if exactly_one else found


def as_list(found: Found) -> list[Location]:
    """The places of an answer, none for None."""
    if found is None:
        return []
    return list(found) if isinstance(found, list) else [found]


def with_raw(location: Location, **more: Any) -> Location:
    """The location with ``more`` in its ``raw``."""
    raw = location.raw if isinstance(location.raw, dict) else {}
    return Location(location.address, location.point, {**raw, **more})


@contextmanager
def outages_told(service: str, *, timeout: Any = DEFAULT_SENTINEL) -> Iterator[None]:
    """Turn whatever geopy raises about a service into an error of ours that is geopy's too."""
    try:
        yield
    except ClaimAtlasError:
        raise
    except GeocoderRateLimited as error:
        advice = f"wait {error.retry_after} s" if error.retry_after else "wait some minutes"
        raise TooManyRequestsError(
            f"{service} takes no more requests for now: {advice}", retry_after=error.retry_after
        ) from error
    except GeocoderTimedOut as error:
        within = "" if timeout is DEFAULT_SENTINEL else f" within {timeout} s"
        raise SlowError(f"{service} did not answer{within}: try again later, or allow more time") from error
    except GeopyError as error:
        raise OutageError(f"{service} could not answer ({str(error)[:200]}): try again later") from error
