"""Rows of the log as JSON objects, for another machine; what comes from one is checked field by field.

An object holds the fields of :class:`~store.reviews.Review` and ``places``, the places that an edit names, so that they
need not be known where it is read. Its ``id`` is a hash of the others: a row that was damaged or altered is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, fields
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from errors import Worded
from store.edits import MAX_PLACES, checked
from store.errors import ReviewError
from store.filters import acceptable
from store.records import PlaceRow
from store.reviews import ACTIONS, MAX_REASON, Review, identity, plain_reason, written
from store.schema import REVIEW_STATES

MAX_WORDS: Final = 500_000
"""Longest anchor, in code points: that of a report."""
MAX_STATE: Final = 1_000_000
"""Longest ``before`` or ``after``, in characters of JSON: it may hold what a report said."""
MAX_POSITIONS: Final = 300_000
"""Most positions that the outline of a place may have."""

PRECISIONS: Final = ("point", "city", "region", "country", "border", "sea", "vague")
_HASH: Final = re.compile(r"[0-9a-f]{32}")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
_AHEAD: Final = timedelta(days=1)
"""How far another machine's clock may be ahead: a row from the far future would outlast every later decision."""
_LEVELS: Final = {
    "Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3,
}  # fmt: skip
"""Kinds of geometry, and how deep their positions lie in lists."""

Object = dict[str, Any]


def review_object(review: Review, places: Iterable[PlaceRow] = ()) -> Object:
    """A row of the log as JSON can hold it; ``places`` are those that it names."""
    given = {field.name: getattr(review, field.name) for field in fields(Review)}
    del given["undone"], given["orphaned"]
    return given | {"at": written(review.at), "places": [asdict(place) for place in places]}


def review_of(value: object) -> tuple[Review, list[PlaceRow]]:
    """The inverse of :func:`review_object`; fields of other names are left alone.

    :raises ReviewError: which field is not what it has to be.
    """
    if not isinstance(value, dict):
        raise ReviewError("this is not a JSON object.")
    for name, (is_fit, wanted) in _FIELDS.items():
        if not is_fit(value.get(name)):
            raise ReviewError('"{name}" has to be {wanted}.', name=name, wanted=wanted)
    given: Object = {name: value.get(name) for name in _FIELDS if name != "places"}
    review = Review(**given | {"at": _time(value["at"])})
    _check_action(review)
    places = [_place(place) for place in value.get("places") or ()]
    if identity(review) != review.id:
        raise ReviewError("its id does not fit its content: the row was damaged or altered.")
    return review, places


def _check_action(review: Review) -> None:
    if review.end - review.start != len(review.exact):
        raise ReviewError('"start" and "end" do not fit the words in "exact".')
    if (review.action == "undo") != bool(review.undoes):
        raise ReviewError('"undoes" has to name a row if, and only if, the action is an undo.')
    if review.action == "edit":
        checked(review.changes, review.kind)


def _time(words: str) -> datetime:
    return datetime.strptime(words, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def _is_time(value: object) -> bool:
    if not (isinstance(value, str) and _TIME.fullmatch(value)):
        return False
    try:
        return _time(value) <= datetime.now(UTC) + _AHEAD
    except ValueError:
        return False


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and bool(_HASH.fullmatch(value))


def _is_offset(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31


def _is_state(value: object) -> bool:
    if not isinstance(value, dict) or value.get("state", "none") not in REVIEW_STATES:
        return False
    return len(json.dumps(value)) <= MAX_STATE


def _is_words(value: object) -> bool:
    return (
        isinstance(value, str) and len(value) <= MAX_WORDS and not any("\ud800" <= char <= "\udfff" for char in value)
    )


_FIELDS: Final[Mapping[str, tuple[Callable[[Any], bool], str]]] = {
    "id": (_is_hash, Worded("32 hex digits")),
    "at": (_is_time, Worded("a time such as 2021-04-12T08:30:00.000000Z, not in the future")),
    "claim": (acceptable, Worded("the id of a claim")),
    "report": (acceptable, Worded("the id of a report")),
    "kind": (lambda value: value in ("count", "statement"), Worded("count or statement")),
    "start": (_is_offset, Worded("a position in the report's text")),
    "end": (_is_offset, Worded("a position in the report's text")),
    "exact": (_is_words, Worded("words of at most {most} characters", most=MAX_WORDS)),
    "action": (
        lambda value: isinstance(value, str) and value in ACTIONS,
        Worded("one of {all}", all=", ".join(ACTIONS)),
    ),
    "before": (_is_state, Worded("an object with a state that a claim can have")),
    "after": (_is_state, Worded("an object with a state that a claim can have")),
    "reason": (
        lambda value: value is None or (isinstance(value, str) and plain_reason(value) == value),
        Worded("a line of at most {most} characters, or null", most=MAX_REASON),
    ),
    "batch": (lambda value: value is None or _is_hash(value), Worded("32 hex digits, or null")),
    "undoes": (lambda value: value is None or _is_hash(value), Worded("32 hex digits, or null")),
    "places": (
        lambda value: value is None or (isinstance(value, list) and len(value) <= MAX_PLACES),
        Worded("a list of at most {most} places", most=MAX_PLACES),
    ),
}  # fmt: skip


def _place(value: object) -> PlaceRow:
    if not isinstance(value, dict):
        raise ReviewError("a place is not a JSON object.")
    for name, is_fit in _PLACE_FIELDS.items():
        if not is_fit(value.get(name)):
            raise ReviewError('a place has a "{name}" that no place can have.', name=name)
    given: Object = {name: value.get(name) for name in _PLACE_FIELDS}
    return PlaceRow(**given)


def _within(low: float, high: float) -> Callable[[object], bool]:
    def is_fit(value: object) -> bool:
        return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high

    return is_fit


def _is_words_or_none(value: object) -> bool:
    return value is None or acceptable(value)


def _is_source(value: object) -> bool:
    return value == "" or acceptable(value)


def _is_geometry(value: object) -> bool:
    if value is None:
        return True
    if not isinstance(value, dict) or value.keys() != {"type", "coordinates"}:
        return False
    if not isinstance(value["type"], str) or value["type"] not in _LEVELS:
        return False
    level = [value["coordinates"]]
    for _ in range(_LEVELS[value["type"]]):
        if not all(isinstance(item, list) and item for item in level):
            return False
        level = [inner for item in level for inner in item]
        if len(level) > MAX_POSITIONS:
            return False
    return all(_is_position(item) for item in level)


def _is_position(value: object) -> bool:
    return isinstance(value, list | tuple) and len(value) == 2 and _longitude(value[0]) and _latitude(value[1])


_latitude, _longitude = _within(-90, 90), _within(-180, 180)
_PLACE_FIELDS: Final[Mapping[str, Callable[[Any], bool]]] = {
    "key": acceptable, "name": acceptable, "lat": _latitude, "lon": _longitude,
    "precision": lambda value: isinstance(value, str) and value in PRECISIONS, "radius_km": _within(0, 20_040),
    "country": _is_words_or_none, "geonameid": lambda value: value is None or _is_offset(value),
    "geometry": _is_geometry, "found_by": _is_source, "source": _is_source,
    "derived_from": lambda value: value is None or (_is_words(value) and len(value) <= 2_000),
    "where_prec": lambda value: value in (1, 2, 3, 4, 5, 6, 7),
}  # fmt: skip
