"""What a server sent, read strictly.

Half an answer is an outage: never a place at 0° N 0° E, and never "no such place".
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from geopy.exc import GeocoderParseError, GeopyError
from geopy.location import Location
from geopy.point import Point

from errors import Worded

OSM: Final = "© OpenStreetMap contributors (ODbL)"
"""What must be said wherever such an answer is shown."""


@contextmanager
def read_strictly(service: str) -> Iterator[None]:
    """Say of an answer that is not of the service's form that it cannot be read."""
    try:
        yield
    except GeopyError:
        raise
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise GeocoderParseError(
            Worded("{service} sent an answer of another form ({problem})", service=service, problem=f"{error!r:.120}")
        ) from error


def located(address: Any, lat: Any, lon: Any, raw: dict[str, Any]) -> Location:
    """A location that says where it is from. Raises ValueError or TypeError for what is no point on Earth."""
    point = float(lat), float(lon)
    if isinstance(lat, bool) or not all(map(math.isfinite, point)) or abs(point[0]) > 90 or abs(point[1]) > 180:
        raise ValueError(f"no point on Earth: {lat!r}, {lon!r}")
    if not isinstance(address, str) or not address.strip():
        raise ValueError("a place without a name")
    return Location(address, Point(*point), {**raw, "attribution": OSM})
