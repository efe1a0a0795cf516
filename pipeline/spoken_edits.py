"""``FIELD=VALUE`` and ``WORDS=KEY`` as a command line gives them -> changes to a claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from store.errors import ReviewError
from store.records import ClaimRow, ReportRow

_NUMBERS: Final = frozenset({"low", "high", "start", "end"})
_FLAGS: Final = frozenset({"low_open", "high_open", "approx"})
_SAID: Final[Mapping[str, bool]] = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def changes_of(claim: ClaimRow, report: ReportRow, fields: Sequence[str], places: Sequence[str]) -> dict[str, Any]:
    """The changes; whether the claim can have them is checked where they are made.

    :raises ReviewError: when something is not ``FIELD=VALUE``, or the words of a place are not in the claim's sentence.
    """
    changes = {name: _value(name, value) for name, value in (_parts(words, "FIELD=VALUE") for words in fields)}
    named = [_place(claim, report, *_parts(words, "WORDS=KEY", last=True)) for words in places]
    return changes | ({"places": named} if named else {})


def _parts(words: str, form: str, *, last: bool = False) -> tuple[str, str]:
    name, sign, value = words.rpartition("=") if last else words.partition("=")
    if not sign or not name.strip():
        raise ReviewError(f"{words!r} is no {form}.")
    return name.strip(), value.strip()


def _value(name: str, words: str) -> object:
    if not words:
        return None
    if name in _NUMBERS:
        digits = words.replace(",", "").replace("_", "")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 19):
            raise ReviewError(f"{name} cannot be {words!r}; give a whole number.")
        return int(digits)
    if name in _FLAGS:
        if words.casefold() not in _SAID:
            raise ReviewError(f"{name} cannot be {words!r}; give true or false.")
        return _SAID[words.casefold()]
    return words


def _place(claim: ClaimRow, report: ReportRow, words: str, key: str) -> dict[str, Any]:
    """The claim's own place words so called, else where the words stand in its sentence."""
    own = [place for place in claim.places if _folded(place.text) == _folded(words)]
    if own:
        return {"start": own[0].start, "end": own[0].end, "key": key or None}
    start = report.text.find(words, claim.sentence[0], claim.sentence[1])
    if start < 0:
        raise ReviewError(f"{words!r} are no words of a place of claim {claim.id}, and do not stand in its sentence.")
    return {"start": start, "end": start + len(words), "key": key or None}


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())
