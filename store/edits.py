"""What a reviewer may change in a claim, checked against the claim and the text of its report.

Changes are a mapping of field to value: ``claimant`` ``side`` ``whose`` (a name or None), ``low`` ``high`` (a number
or None) ``low_open`` ``high_open`` ``approx`` (true or false), ``count_kind``, ``mode``, ``start`` and ``end`` (the
claim's own words), and ``places``: a list of ``{"start", "end", "key"}``, the words of a place and the key of the
place that they mean, None for words that cannot be placed. Words are never given: they are read from the report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from errors import Worded
from store.errors import ReviewError
from store.filters import acceptable
from store.records import ClaimPlaceRow, ClaimRow
from store.schema import COUNT_KINDS, MODES

MAX_PLACES: Final = 20
"""Most places that one edit may set."""
MAX_WORDS: Final = 5_000
"""Longest words of a claim, in code points."""
MAX_PLACE_WORDS: Final = 300
_LARGEST: Final = 2**63 - 1
_TEXT_END: Final = 2**31 - 1

Changes = Mapping[str, Any]


def _name(value: object) -> str | None:
    return (
        None
        if value is None or acceptable(value)
        else Worded("a name of at most 300 characters on one line, or nothing")
    )


def _bound(value: object) -> str | None:
    return None if value is None or _whole(value, _LARGEST) else Worded("a whole number from 0, or nothing")


def _flag(value: object) -> str | None:
    return None if isinstance(value, bool) else Worded("true or false")


def _offset(value: object) -> str | None:
    return None if _whole(value, _TEXT_END) else Worded("a position in the report's text")


def _count_kind(value: object) -> str | None:
    return None if value in COUNT_KINDS else Worded("one of {all}", all=", ".join(COUNT_KINDS))


def _mode(value: object) -> str | None:
    return None if value in MODES else Worded("one of {all}", all=", ".join(MODES))


def _places(value: object) -> str | None:
    if isinstance(value, list) and 0 < len(value) <= MAX_PLACES and all(map(_is_place, value)):
        return None
    return Worded('a list of 1 to {most} places, each with "start", "end" and "key"', most=MAX_PLACES)


def _is_place(value: object) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"start", "end", "key"}
        and all(_whole(value[name], _TEXT_END) for name in ("start", "end"))
        and (value["key"] is None or acceptable(value["key"]))
    )


def _whole(value: object, largest: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= largest


_ANY: Final[Mapping[str, Callable[[object], str | None]]] = {
    "claimant": _name, "side": _name, "start": _offset, "end": _offset, "places": _places,
}  # fmt: skip
_COUNT: Final[Mapping[str, Callable[[object], str | None]]] = {
    "low": _bound, "high": _bound, "low_open": _flag, "high_open": _flag, "approx": _flag,
    "count_kind": _count_kind, "whose": _name,
}  # fmt: skip
EDITABLE: Final[Mapping[str, Mapping[str, Callable[[object], str | None]]]] = {
    "count": {**_ANY, **_COUNT}, "statement": {**_ANY, "mode": _mode},
}  # fmt: skip
"""Fields that can be changed, by kind of claim; each with a check that says what a value has to be."""


def checked(changes: Changes, kind: str) -> dict[str, Any]:
    """The changes, when every field and value is one that a claim of this kind can have.

    :raises ReviewError: which field or value is wrong, and what it has to be.
    """
    if not changes:
        raise ReviewError("An edit has to change something; name a field and its new value.")
    allowed = EDITABLE.get(kind, {})
    for name, value in changes.items():
        if name not in allowed:
            raise ReviewError(
                "A {kind} has no field {name} to edit; there are: {all}.",
                kind=kind,
                name=repr(name),
                all=", ".join(allowed),
            )
        if wanted := allowed[name](value):
            raise ReviewError("{name} cannot be {value}; give {wanted}.", name=name, value=_shown(value), wanted=wanted)
    return dict(changes)


def _shown(value: object) -> str:
    words = repr(value)
    return words if len(words) <= 80 else words[:79] + "…"


def edited(claim: ClaimRow, changes: Changes, text: str) -> ClaimRow:
    """The claim with the changes made; every word in it is read from ``text``, the whole text of its report.

    :raises ReviewError: when they cannot hold together, or not in this text.
    """
    given = dict(changes)
    places = given.pop("places", [])
    row = replace(claim, **given)
    if row.low is not None and row.high is not None and row.low > row.high:
        raise ReviewError("The lower bound {low} is above the upper bound {high}.", low=row.low, high=row.high)
    if given.keys() & {"start", "end"}:
        row = _with_other_words(row, text)
    return replace(row, places=_with_places(row.places, places, text)) if places else row


def _with_other_words(row: ClaimRow, text: str) -> ClaimRow:
    words = _words(text, row.start, row.end, MAX_WORDS)
    sentence = (min(row.sentence[0], row.start), max(row.sentence[1], row.end))
    spans = {role: ranges for role, ranges in row.spans.items() if role != "more"}
    return replace(row, exact=words, sentence=sentence, spans={**spans, "content": ((row.start, row.end),)})


def _with_places(
    places: Sequence[ClaimPlaceRow], changes: Sequence[Changes], text: str
) -> tuple[ClaimPlaceRow, ...]:  # fmt: skip
    """Place words that the claim has get another place; others are added, in text order."""
    rows = list(places)
    for change in changes:
        start, end, key = change["start"], change["end"], change["key"]
        words = _words(text, start, end, MAX_PLACE_WORDS)
        if not any((row.start, row.end) == (start, end) for row in rows):
            rows.append(ClaimPlaceRow(words, start, end, None))
        sure = 1.0 if key else 0.0
        rows = [
            replace(row, place_key=key, confidence=sure) if (row.start, row.end) == (start, end) else row
            for row in rows
        ]
    return tuple(sorted(rows, key=lambda row: (row.start, row.end)))


def _words(text: str, start: int, end: int, longest: int) -> str:
    words = text[start:end]
    if not (0 <= start < end <= len(text)) or not words.strip():
        raise ReviewError(
            "There are no words from {start} to {end} in the report of {n} characters.",
            start=start,
            end=end,
            n=len(text),
        )
    if end - start > longest:
        raise ReviewError(
            "The words from {start} to {end} are more than {longest} characters.", start=start, end=end, longest=longest
        )
    return words


def values_of(claim: ClaimRow, changes: Changes) -> dict[str, Any]:
    """What the claim says now in the fields that ``changes`` would set."""
    keys = {(place.start, place.end): place.place_key for place in claim.places}
    now = {name: getattr(claim, name) for name in changes if name != "places"}
    if "places" in changes:
        now["places"] = [
            {**change, "key": keys[change["start"], change["end"]]}
            for change in changes["places"]
            if (change["start"], change["end"]) in keys
        ]
    return now
