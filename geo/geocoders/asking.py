"""What all geocoders share: what may be asked, what an answer is, and how it is said that there could be none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, Protocol, TypeAlias

from geopy.exc import GeocoderQueryError, GeocoderRateLimited, GeocoderServiceError, GeocoderTimedOut, GeopyError
from geopy.geocoders.base import DEFAULT_SENTINEL
from geopy.location import Location
from geopy.point import Point

from errors import ClaimAtlasError, InputError, Worded
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

    def __init__(self, message: str, *, retry_after: int | None = None, **values: object) -> None:
        super().__init__(message, **values)
        self.retry_after = retry_after


def checked_name(query: Any) -> str:
    """The query without space about it. Raises QueryError for anything but a text with letters in it."""
    if not isinstance(query, str) or not any(c.isalpha() for c in query):
        raise QueryError("query is {query}: give the name of a place as text", query=f"{query!r:.80}")
    return " ".join(query.split())


def checked_point(query: Any) -> Point:
    """Anything that geopy's Point takes, latitude first. Raises QueryError when it is no point on Earth."""
    try:
        return query if isinstance(query, Point) else Point(query)
    except (ValueError, TypeError) as error:
        raise QueryError(
            "query is {query}: give a point, latitude before longitude ({problem})",
            query=f"{query!r:.80}",
            problem=error,
        ) from error


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
        after = error.retry_after
        advice = Worded("wait {n} s", n=after) if after else Worded("wait some minutes")
        raise TooManyRequestsError(
            "{service} takes no more requests for now: {advice}",
            service=service,
            advice=advice,
            retry_after=after,
        ) from error
    except GeocoderTimedOut as error:
        raise _slow(service, timeout) from error
    except GeopyError as error:
        raise OutageError(
            "{service} could not answer ({problem}): try again later", service=service, problem=_short(error)
        ) from error


def _slow(service: str, timeout: Any) -> SlowError:
    if timeout is DEFAULT_SENTINEL:
        return SlowError("{service} did not answer: try again later, or allow more time", service=service)
    return SlowError(
        "{service} did not answer within {seconds} s: try again later, or allow more time",
        service=service,
        seconds=timeout,
    )


def _short(error: GeopyError) -> str:
    """What the error says; at most so much of it when the words are the server's or the library's."""
    words = str(error)
    return words if isinstance(words, Worded) else words[:200]
