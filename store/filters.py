"""What a reader wants to see: one record <-> URL parameters <-> SQL with bound parameters.

A :class:`Filters` is always clean: values that no filter can have (unknown kinds, control characters, text beyond the
bounds) are dropped when it is made, so what reaches SQL or a URL has passed one gate. An empty field sets no limit.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Final

from store.schema import COUNT_KINDS, MODES, REVIEW_STATES

MAX_VALUES: Final = 100
"""Most values one field may hold."""
MAX_LENGTH: Final = 300
"""Longest value, in code points; longer names exist only in hostile text."""

PARAMETERS: Final[Mapping[str, str]] = {
    "actors": "actor", "sides": "side", "whose": "whose", "places": "place", "kinds": "kind", "modes": "mode",
    "reports": "report", "reviews": "review", "since": "since", "until": "until",
}  # fmt: skip
"""URL parameter by field: the only names that are read from or written to a URL."""

_ALLOWED: Final[Mapping[str, frozenset[str]]] = {
    "kinds": frozenset(COUNT_KINDS), "modes": frozenset(MODES), "reviews": frozenset(REVIEW_STATES),
}  # fmt: skip
LEFT_OUT: Final = "rejected"
"""State of the claims that are shown only when asked for."""
"""Claims of this review state pass only when they are asked for."""
_DATES: Final = ("since", "until")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ACTOR_ROLE: Final = {"actors": "claimant", "sides": "side", "whose": "whose"}


@dataclass(frozen=True, slots=True)
class Filters:
    """Limits on the claims shown; all fields apply together, values within one field are alternatives.

    ``actors`` are claimants, ``sides`` whom they speak for, ``whose`` whose people or things are counted, ``places``
    place keys, ``reports`` report ids. ``kinds`` (of counts) and ``modes`` (of statements) form one choice: with only
    kinds set, statements are left out, and the other way round. ``reviews`` are review states; where none is named,
    what a reviewer has rejected is left out. ``since`` and ``until`` are inclusive publication dates; a report without
    a known date passes only when neither is set.
    """

    actors: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    whose: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        for name in PARAMETERS:
            value = getattr(self, name)
            object.__setattr__(self, name, _clean_date(value) if name in _DATES else _clean(name, value))

    def __bool__(self) -> bool:
        """True when any limit is set."""
        return any(getattr(self, name) for name in PARAMETERS)

    def without(self, *names: str) -> Filters:
        """The same filters with the named fields lifted."""
        defaults = {field.name: field.default for field in fields(self) if field.name in names}
        return replace(self, **defaults)  # type: ignore[arg-type]

    def to_params(self) -> dict[str, list[str]]:
        """URL parameters that :meth:`from_params` reads back to an equal record; fields without limit are left out."""
        params = {PARAMETERS[name]: _written(getattr(self, name)) for name in PARAMETERS}
        return {name: values for name, values in params.items() if values}

    @classmethod
    def from_params(cls, params: Mapping[str, object]) -> Filters:
        """Read URL parameters: a value or a list of values by name. Whatever is not a filter is dropped silently."""
        values: dict[str, tuple[str, ...] | date | None] = {}
        for name, parameter in PARAMETERS.items():
            given = _listed(params.get(parameter))
            values[name] = _parsed(given) if name in _DATES else _clean(name, given)
        return cls(**values)  # type: ignore[arg-type]

    def to_sql(self) -> tuple[str, list[object]]:
        """A condition on claims ``c`` joined to their reports ``r``, and the parameters of its question marks."""
        parts = [*self._actor_conditions(), *self._claim_conditions(), *self._report_conditions()]
        sql = " AND ".join(condition for condition, _ in parts) or "TRUE"
        return sql, [value for _, values in parts for value in values]

    def _actor_conditions(self) -> Iterable[tuple[str, list[object]]]:
        for name, role in _ACTOR_ROLE.items():
            if values := getattr(self, name):
                within = f"a.role = '{role}' AND a.name IN ({_marks(values)})"
                yield f"c.n IN (SELECT a.claim FROM claim_actors a WHERE {within})", list(values)  # noqa: S608

    def _claim_conditions(self) -> Iterable[tuple[str, list[object]]]:
        if self.places:
            within = f"p.place_key IN ({_marks(self.places)})"
            yield f"c.n IN (SELECT p.claim FROM claim_places p WHERE {within})", list(self.places)  # noqa: S608
        chosen = [
            (f"{column} IN ({_marks(values)})", values)
            for column, values in (("c.count_kind", self.kinds), ("c.mode", self.modes))
            if values
        ]
        if chosen:
            alternatives = " OR ".join(condition for condition, _ in chosen)
            yield f"({alternatives})", [value for _, values in chosen for value in values]
        if not self.reviews:
            yield "c.review <> ?", [LEFT_OUT]
        elif set(self.reviews) != set(REVIEW_STATES):
            yield f"c.review IN ({_marks(self.reviews)})", list(self.reviews)

    def _report_conditions(self) -> Iterable[tuple[str, list[object]]]:
        if self.reports:
            yield f"r.id IN ({_marks(self.reports)})", list(self.reports)
        if self.since:
            yield "r.published >= ?", [self.since]
        if self.until:
            yield "r.published <= ?", [self.until]


def acceptable(value: object) -> bool:
    """True for text that a filter can carry: not blank, within the length bound, free of control characters."""
    return (
        isinstance(value, str)
        and 0 < len(value) <= MAX_LENGTH
        and not value.isspace()
        and (value.isprintable() or not any(unicodedata.category(char) in ("Cc", "Cs") for char in value))
    )


def _clean(name: str, values: Iterable[object]) -> tuple[str, ...]:
    allowed = _ALLOWED.get(name)
    kept = dict.fromkeys(
        value for value in values if isinstance(value, str) and acceptable(value) and (not allowed or value in allowed)
    )
    return tuple(kept)[:MAX_VALUES]


def _clean_date(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _listed(given: object) -> tuple[object, ...]:
    if isinstance(given, str):
        return (given,)
    return tuple(given) if isinstance(given, list | tuple) else ()


def _parsed(given: tuple[object, ...]) -> date | None:
    for value in given:
        if isinstance(value, str) and _ISO_DATE.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                continue
    return None


def _written(value: tuple[str, ...] | date | None) -> list[str]:
    if isinstance(value, date):
        return [value.isoformat()]
    return list(value or ())


def _marks(values: tuple[str, ...]) -> str:
    return ", ".join("?" * len(values))


EVERYTHING: Final = Filters(reviews=REVIEW_STATES)
"""Every claim of the store, those that a reviewer has rejected included."""
