"""Outlines as short text: they are most of what is sent to the browser with every change.

A ring is the numbers of its first point and of the steps from point to point, longitude before latitude, in hundredths
of a degree; what closes it is left out. A number is doubled, a negative one folded in between, and written in digits of
base 32, the lowest first, each but the last raised by 32. Rings are set apart by a space. ``frontend/base.js`` reads
it.
"""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final

ALPHABET: Final = string.digits + string.ascii_uppercase + string.ascii_lowercase + "-."
"""Sixty-four characters that neither HTML nor a script nor JSON reads as anything but themselves."""
_HUNDREDTHS: Final = 100
_BASE: Final = 32


_KNOWN: Final[dict[int, tuple[object, str]]] = {}
"""What was packed, by the identity of the geometry, which is kept beside it so that no other can take its identity."""
_MOST_KNOWN: Final = 8192


def packed(geometry: Mapping[str, Any]) -> str:
    """The polygons of a GeoJSON geometry, degrees, as text; empty when it has none. It must not be changed later."""
    known = _KNOWN.get(id(geometry))
    if known is None or known[0] is not geometry:
        known = geometry, " ".join(_ring(ring) for ring in _rings(geometry))
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[id(geometry)] = known
    return known[1]


def _rings(geometry: Mapping[str, Any]) -> Iterator[Sequence[Sequence[float]]]:
    match geometry["type"]:
        case "Polygon":
            yield from geometry["coordinates"]
        case "MultiPolygon":
            yield from chain.from_iterable(geometry["coordinates"])
        case "GeometryCollection":
            for part in geometry["geometries"]:
                yield from _rings(part)


def _ring(ring: Sequence[Sequence[float]]) -> str:
    text, before = "", (0, 0)
    for lon, lat in ring[:-1]:
        point = round(lon * _HUNDREDTHS), round(lat * _HUNDREDTHS)
        text += _number(point[0] - before[0]) + _number(point[1] - before[1])
        before = point
    return text


def _number(n: int) -> str:
    rest, text = 2 * n if n >= 0 else -2 * n - 1, ""
    while rest >= _BASE:
        text += ALPHABET[rest % _BASE + _BASE]
        rest //= _BASE
    return text + ALPHABET[rest]
