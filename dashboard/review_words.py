"""Reviews in words, and words of a report found again. Pure functions; what they return is plain text, unescaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from dashboard import wording
from dashboard.language import later, number, plural, t
from store.reviews import Review
from store.schema import MODES

_STATES: Final[Mapping[str, str]] = {
    "none": later("to review"), "accepted": later("accepted"), "edited": later("edited"),
    "rejected": later("rejected"), "not_identifiable": later("not identifiable"),
}  # fmt: skip
_DONE: Final[Mapping[str, str]] = {
    "accept": later("Accepted"), "edit": later("Edited"), "reject": later("Rejected"),
    "not_identifiable": later("Not identifiable"), "undo": later("Undone"),
}  # fmt: skip
_FIELDS: Final[Mapping[str, str]] = {
    "claimant": later("Who claims"), "side": later("Side"), "whose": later("Whose"), "low": later("At least"),
    "high": later("At most"), "low_open": later("more than the lower bound"),
    "high_open": later("less than the upper bound"), "approx": later("approximate"), "count_kind": later("Kind"),
    "mode": later("Manner"), "start": later("Begins at"), "end": later("Ends at"), "places": later("Where"),
}  # fmt: skip
_SORTS: Final[Mapping[str, str]] = {
    "": later("Everything"), "numbers": later("All numbers"), "statements": later("All statements"),
}  # fmt: skip
_LONGEST: Final = 2_000
_DIGITS: Final = re.compile(r"[\s.,’'\u00a0\u202f_]")


def state(name: str) -> str:
    """What became of a claim: ``"not identifiable"``."""
    return t(_STATES.get(name, "to review"))


def done(action: str) -> str:
    """What was done: ``"Rejected"``."""
    return t(_DONE.get(action, "Edited"))


def field(name: str) -> str:
    """What a field that can be edited is called."""
    return t(_FIELDS.get(name, "Kind"))


def kind(name: str) -> str:
    """What the queue is limited to."""
    if name in _SORTS:
        return t(_SORTS[name])
    return wording.manner_title(name) if name in MODES else wording.kind(name)


def changed(review: Review, name_of: Callable[[str], str]) -> Iterator[str]:
    """What an edit changed, field by field: ``"Whose: Russia → Belarus"``.

    :param name_of: the name of a place by its key.
    """
    for name, value in review.changes.items():
        if name == "places":
            yield from (f"{field(name)}: {_place(place['key'], name_of)}" for place in value)
        else:
            yield f"{field(name)}: {_value(name, review.before.get(name))} → {_value(name, value)}"


def _place(key: str | None, name_of: Callable[[str], str]) -> str:
    return name_of(key) if key else t("cannot be placed")


def _value(name: str, value: object) -> str:
    if value is None:
        return t("not said")
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    if isinstance(value, int):
        return number(value)
    if name == "count_kind":
        return wording.kind(str(value))
    return wording.manner(str(value)) if name == "mode" else str(value)


def bound(words: str) -> int | None:
    """A bound as someone types it, thousands set apart in any way; None for nothing.

    :raises ValueError: when it is no whole number.
    """
    digits = _DIGITS.sub("", words)
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
        raise ValueError(words)
    return int(digits)


def found_words(text: str, words: str, near: int) -> tuple[int, int] | None:
    """Where ``words`` stand in a report, whatever the spaces between them; the place nearest to ``near``.

    None when they do not stand there, or are more than a claim can have.
    """
    parts = words.split()
    if not parts or len(words) > _LONGEST:
        return None
    matches = re.finditer(r"\s+".join(map(re.escape, parts)), text)
    return min((match.span() for match in matches), key=lambda span: abs(span[0] - near), default=None)


def others(n: int) -> str:
    """How many claims a correction changes: ``"3 claims"``."""
    return plural(n, "claim", "claims")
