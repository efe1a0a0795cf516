"""Numbers, intervals, dates and kinds in words. Pure functions; what they return is plain text, to be escaped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, Protocol

from store.schema import COUNT_KINDS

MODE_VERBS: Final[Mapping[str, str]] = {
    "say": "said", "demand": "demanded", "accuse": "accused", "deny": "denied", "warn": "warned",
    "promise": "promised", "attitude": "took a stance",
}  # fmt: skip
MODE_TITLES: Final[Mapping[str, str]] = {
    "say": "Said", "demand": "Demanded", "accuse": "Accused", "deny": "Denied", "warn": "Warned",
    "promise": "Promised", "attitude": "Took a stance",
}  # fmt: skip
_KINDS: Final[Mapping[str, str]] = {"killed_or_wounded": "killed or wounded", "attack": "attacks", "unit": "units"}
REPORTER: Final = "reporter"
_PRECISIONS: Final[Mapping[str, str]] = {
    "point": "exact place", "city": "town or city", "region": "area", "country": "whole country",
    "border": "along a border", "sea": "sea", "vague": "approximate area",
}  # fmt: skip


BORDERS: Final[Mapping[str, str]] = {"un": "as the UN General Assembly holds", "de_facto": "as it is governed"}
"""Views of disputed borders."""


class Interval(Protocol):
    """What the words for a number need: its bounds, whether they are themselves excluded, and "about"."""

    @property
    def low(self) -> int | None:
        """Lower bound, None when the text sets none."""

    @property
    def high(self) -> int | None:
        """Upper bound, None when the text sets none."""

    @property
    def low_open(self) -> bool:
        """True when the number is more than ``low``."""

    @property
    def high_open(self) -> bool:
        """True when the number is less than ``high``."""

    @property
    def approx(self) -> bool:
        """True for "about" and the like."""


def plural(n: int, word: str, many: str | None = None) -> str:
    """``"1 claim"``, ``"41 claims"``; thousands are set apart by commas."""
    return f"{n:,} {word if n == 1 else many or word + 's'}"


def interval(number: Interval) -> str:
    """What the bounds mean, in words: ``"above 80,000, no upper limit given"``."""
    low, high = number.low, number.high
    about = "about " if number.approx else ""
    if low is None and high is None:
        return "no bounds given"
    if high is None:
        return f"{about}{_least(low, is_open=number.low_open)}, no upper limit given"
    if low is None:
        return f"{about}{_most(high, is_open=number.high_open)}, no lower limit given"
    if low == high:
        return f"about {low:,}" if number.approx else f"{low:,}, given as one figure"
    start = f"above {low:,}" if number.low_open else f"{low:,}"
    end = f"below {high:,}" if number.high_open else f"{high:,}"
    return f"{about}{start} to {end}"


def _least(low: int | None, *, is_open: bool) -> str:
    return f"above {low:,}" if is_open else f"{low:,} or more"


def _most(high: int | None, *, is_open: bool) -> str:
    return f"below {high:,}" if is_open else f"{high:,} or fewer"


def kind(count_kind: str | None) -> str:
    """The kind of a count, in words; what is no kind is "other", so the words are safe to show anywhere."""
    known = count_kind if count_kind in COUNT_KINDS else "other"
    return _KINDS.get(known, known)


def day(when: date | None) -> str:
    """``"14 April 2021"``; a missing date is said, never guessed."""
    return f"{when.day} {when:%B %Y}" if when else "undated"


def short_day(when: date | None) -> str:
    """``"14 Apr 2021"``."""
    return f"{when.day} {when:%b %Y}" if when else "undated"


def claimant(name: str | None) -> str:
    """Who claims; a number in the report's own voice is the report's."""
    if not name:
        return "Speaker not named"
    return "The report itself" if name == REPORTER else name


def precision(code: str) -> str:
    """How exactly a place is known, in words."""
    return _PRECISIONS.get(code, code)


def claims_left(n: int, total: int) -> str:
    """``"23 of 41 claims"``, or ``"All 41 claims"`` while nothing is filtered out."""
    return f"All {plural(total, 'claim')}" if n == total and total else f"{n:,} of {plural(total, 'claim')}"
