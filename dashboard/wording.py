"""Numbers, intervals, dates and kinds in words. Pure functions; what they return is plain text, to be escaped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, Protocol

from dashboard import language
from dashboard.language import later, number, plural, t
from store.schema import COUNT_KINDS

_MODE_VERBS: Final[Mapping[str, str]] = {
    "say": later("said"), "demand": later("demanded"), "accuse": later("accused"), "deny": later("denied"),
    "warn": later("warned"), "promise": later("promised"), "attitude": later("took a stance"),
}  # fmt: skip
_MODE_TITLES: Final[Mapping[str, str]] = {
    "say": later("Said"), "demand": later("Demanded"), "accuse": later("Accused"), "deny": later("Denied"),
    "warn": later("Warned"), "promise": later("Promised"), "attitude": later("Took a stance"),
}  # fmt: skip
_KINDS: Final[Mapping[str, str]] = {
    "personnel": later("personnel"), "killed": later("killed"), "wounded": later("wounded"),
    "killed_or_wounded": later("killed or wounded"), "detained": later("detained"), "missing": later("missing"),
    "displaced": later("displaced"), "equipment": later("equipment"), "attack": later("attacks"),
    "unit": later("units"), "other": later("other"),
}  # fmt: skip
_FORMS: Final[Mapping[str | None, str]] = {
    "direct": later("direct speech"), "indirect": later("indirect speech"), "mixed": later("mixed speech"),
}  # fmt: skip
REPORTER: Final = "reporter"
_PRECISIONS: Final[Mapping[str, str]] = {
    "point": later("exact place"), "city": later("town or city"), "region": later("area"),
    "country": later("whole country"), "border": later("along a border"), "sea": later("sea"),
    "vague": later("approximate area"),
}  # fmt: skip


BORDERS: Final[Mapping[str, str]] = {
    "un": later("as the UN General Assembly holds"), "de_facto": later("as it is governed")
}  # fmt: skip
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


def interval(given: Interval) -> str:
    """What the bounds mean, in words: ``"above 80,000, no upper limit given"``."""
    low, high = given.low, given.high
    if low is None and high is None:
        return t("no bounds given")
    if low is not None and low == high:
        return t("about {amount}", amount=low) if given.approx else t("{n}, given as one figure", n=low)
    words = _between(given)
    return t("about {amount}", amount=words) if given.approx else words


def _between(given: Interval) -> str:
    low, high = given.low, given.high
    if low is None:
        return t("{amount}, no lower limit given", amount=_most(high, is_open=given.high_open))
    if high is None:
        return t("{amount}, no upper limit given", amount=_least(low, is_open=given.low_open))
    start = t("above {n}", n=low) if given.low_open else number(low)
    end = t("below {n}", n=high) if given.high_open else number(high)
    return t("{start} to {end}", start=start, end=end)


def _least(low: int, *, is_open: bool) -> str:
    return t("above {n}", n=low) if is_open else t("{n} or more", n=low)


def _most(high: int | None, *, is_open: bool) -> str:
    if high is None:
        return ""
    return t("below {n}", n=high) if is_open else t("{n} or fewer", n=high)


def kind(count_kind: str | None) -> str:
    """The kind of a count, in words; what is no kind is "other", so the words are safe to show anywhere."""
    return t(_KINDS[count_kind if count_kind in COUNT_KINDS else "other"])


def manner(mode: str | None) -> str:
    """How a statement is made, as a verb of which the claimant is the subject: ``"warned"``."""
    return t(_MODE_VERBS.get(mode or "", "said"))


def form(given: str | None) -> str:
    """Whether a statement is given in its own words; empty when it is not known."""
    return t(_FORMS[given]) if given in _FORMS else ""


def manner_title(mode: str | None) -> str:
    """How statements are made, as a heading over them: ``"Warned"``."""
    return t(_MODE_TITLES.get(mode or "", later("Other")))


def day(when: date | None) -> str:
    """``"14 April 2021"``; a missing date is said, never guessed."""
    return language.day(when) if when else t("undated")


def short_day(when: date | None) -> str:
    """``"14 Apr 2021"``."""
    return language.short_day(when) if when else t("undated")


def claimant(name: str | None) -> str:
    """Who claims; a number in the report's own voice is the report's."""
    if not name:
        return t("Speaker not named")
    return t("The report itself") if name == REPORTER else name


def place(written: str, official: str) -> str:
    """A place as the report writes it, and today's official name where that is another: ``"Kiev (Kyiv)"``."""
    return written if _bare(written) == _bare(official) else f"{written} ({official})"


def _bare(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()


def precision(code: str) -> str:
    """How exactly a place is known, in words."""
    return t(_PRECISIONS[code]) if code in _PRECISIONS else code


def borders(view: str) -> str:
    """Whose view of disputed borders it is, in words."""
    return t(BORDERS[view])


def claims_left(n: int, total: int) -> str:
    """``"23 of 41 claims"``, or ``"All 41 claims"`` while nothing is filtered out."""
    claims = plural(total, "claim", "claims")
    return t("All {claims}", claims=claims) if n == total and total else t("{n} of {claims}", n=n, claims=claims)
