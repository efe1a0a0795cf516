"""The knowledge base of actors: states, organisations, armed groups and people in office.

Rows are data files under ``assets/actors``, written by hand. A name means an actor at a date: an office has a first
and a last day, so that "the foreign minister Lavrov" of 1999 is nobody the book knows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from errors import DataError
from extract.model import Actor, ActorKind
from extract.tables import Row, read_table, values

ACTORS = Path(__file__).parent.parent / "assets" / "actors"

_DOTTED = re.compile(r"\b((?:[A-Z]\.){2,})")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-", "\u00a0": " "})
_FOLDED = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss"})
_SHORT = 5
_BEGINNING = 8
_TITLECASED = 4


@dataclass(frozen=True, slots=True)
class State:
    """A country or territory: canonical English short name, ISO 3166-1 code, and the words that stand for it."""

    name: str
    iso2: str
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An actor the book knows, with the organisation kind and, for people, the days in office (None: open)."""

    actor: Actor
    kind: str
    since: date | None = None
    until: date | None = None

    def holds(self, when: date | None) -> bool:
        """True when the entry is in force on ``when``; every entry is when the date is not known."""
        if when is None:
            return True
        return (self.since is None or self.since <= when) and (self.until is None or when <= self.until)


@lru_cache(maxsize=65536)
def name_key(text: str) -> str:
    """The form under which names are compared: no article, accents, possessive or dots in abbreviations.

    Abbreviations of up to five capitals keep their case, so that "US" is not "us" and "WHO" not "who".
    """
    plain = " ".join(text.translate(_APOSTROPHES).split())
    plain = re.sub(r"^(?:the|The|THE) ", "", plain)
    plain = re.sub(r"(?:'s|(?<=s)')$", "", plain)
    plain = _DOTTED.sub(lambda match: match.group(1).replace(".", ""), plain)
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    if len(plain) <= _SHORT and plain.isupper():
        return plain
    return plain.lower().translate(_FOLDED)


def beginning(word: str) -> str:
    """What the names that may begin with ``word`` have in common, see :func:`beginnings`."""
    return name_key(word)[:_BEGINNING].lower()


def beginnings(keys: Iterable[str]) -> frozenset[str]:
    """Every beginning of some keys of :func:`name_key`, up to the length that tells most of them apart."""
    return frozenset(key[:size].lower() for key in keys for size in range(1, _BEGINNING + 1))


@dataclass(frozen=True, slots=True)
class ActorBook:
    """Look-ups over the tables; build it with :meth:`load`."""

    states: tuple[State, ...] = ()
    _entries: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict, repr=False)
    _surnames: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict, repr=False)
    _demonyms: Mapping[str, str] = field(default_factory=dict, repr=False)
    _seats: frozenset[str] = frozenset()
    _beginnings: frozenset[str] = frozenset()
    longest: int = 1

    @classmethod
    def load(cls, path: Path | None = None) -> ActorBook:
        """Read ``states.tsv``, ``organisations.tsv``, ``groups.tsv`` and ``people.tsv`` of a folder.

        :param path: the folder; by default the one that ships with the project.
        :raises DataError: when a table is missing or a date in it cannot be read.
        """
        folder = path or ACTORS
        states = tuple(_state(row) for row in read_table(folder / "states.tsv"))
        people = [(row, _person(row)) for row in read_table(folder / "people.tsv")]
        entries: dict[str, list[Entry]] = {}
        for state in states:
            actor = Actor(state.name, "state", state.name)
            _enter(entries, (state.name, *state.aliases, *state.capitals, *state.seats), Entry(actor, "state"))
        for row in read_table(folder / "organisations.tsv"):
            _enter(entries, _names(row), _body(row, "organisation"))
        for row in read_table(folder / "groups.tsv"):
            _enter(entries, _names(row), _body(row, "armed group"))
        surnames: dict[str, list[Entry]] = {}
        for row, entry in people:
            _enter(entries, _names(row), entry)
            _enter(surnames, {name.split()[-1] for name in _names(row)}, entry)
        return cls(
            states=states,
            _entries={key: tuple(found) for key, found in entries.items()},
            _surnames={key: tuple(found) for key, found in surnames.items()},
            _demonyms={name_key(word): s.name for s in reversed(states) for word in (*s.adjectives, *s.people)},
            _seats=frozenset(name_key(seat) for s in states for seat in (*s.seats, *s.capitals)),
            _beginnings=beginnings(entries),
            longest=max((len(key.split()) for key in entries), default=1),
        )

    def find(self, text: str, when: date | None = None) -> Entry | None:
        """The entry that a whole name or alias means on ``when``; None when unknown or written without a capital.

        When several people bear a name, the one in office on ``when`` counts; with no date, the last listed.
        """
        if not (text[:1].isupper() or any(map(str.isupper, text))):
            return None
        found = self._entries.get(name_key(text))
        if found is None and len(text) >= _TITLECASED and text.istitle():
            found = self._entries.get(text.upper())  # British papers write "Nato" and "Unesco"
        return _best(found or (), when)

    def may_begin(self, word: str) -> bool:
        """False when no name or alias begins with this word: asking that first spares most look-ups."""
        return beginning(word) in self._beginnings

    def resolve(self, text: str, when: date | None = None) -> Actor | None:
        """The actor that a whole name or alias means on ``when``, see :meth:`find`."""
        entry = self.find(text, when)
        return entry.actor if entry else None

    def surname(self, text: str, when: date | None = None) -> Entry | None:
        """The one person the book knows by this surname on ``when``; None when there is none or more than one."""
        found = [entry for entry in self._surnames.get(name_key(text), ()) if entry.holds(when)]
        return found[-1] if len({entry.actor.name for entry in found}) == 1 else None

    def demonym(self, word: str) -> str | None:
        """Name of the state that an adjective or demonym noun belongs to ("Russian" -> "Russia")."""
        return self._demonyms.get(name_key(word)) if word[:1].isupper() else None

    def state(self, word: str) -> str | None:
        """Name of the state that a name, alias, capital, seat, adjective or demonym stands for."""
        actor = self.resolve(word)
        return actor.name if actor and actor.kind == "state" else self.demonym(word)

    def is_seat(self, word: str) -> bool:
        """True for a capital or a seat of government ("the Kremlin"): a place that may speak."""
        return name_key(word) in self._seats


def _best(found: tuple[Entry, ...], when: date | None) -> Entry | None:
    holding = [entry for entry in found if entry.holds(when)]
    if holding:
        return holding[-1] if holding[0].kind == "person" else holding[0]
    if not found:
        return None
    # A person known by the full name but out of office still is that person: name and side stay, the office goes.
    actor = found[-1].actor
    return Entry(Actor(actor.name, actor.kind, actor.side), found[-1].kind)


def _enter(index: dict[str, list[Entry]], names: Iterable[str], entry: Entry) -> None:
    for key in {name_key(name) for name in names}:
        index.setdefault(key, []).append(entry)


def _names(row: Row) -> tuple[str, ...]:
    return (row["name"], *values(row["aliases"]))


def _state(row: Row) -> State:
    cells = {key: values(row[key]) for key in ("aliases", "adjectives", "people", "capital", "seats")}
    return State(
        row["name"],
        row["iso2"],
        cells["aliases"],
        cells["adjectives"],
        cells["people"],
        cells["capital"],
        cells["seats"],
    )


def _body(row: Row, kind: ActorKind) -> Entry:
    side = row["name"] if row["side"] == "=" else row["side"] or None
    return Entry(Actor(row["name"], kind, side), row.get("kind") or kind)


def _person(row: Row) -> Entry:
    actor = Actor(row["name"], "person", row["side"] or None, row["office"] or None)
    return Entry(actor, "person", _day(row, "from"), _day(row, "to"))


def _day(row: Row, column: str) -> date | None:
    try:
        return date.fromisoformat(row[column]) if row[column] else None
    except ValueError as error:
        raise DataError(
            "people.tsv, {person}: {column} is {given}. Write it YYYY-MM-DD, or leave it empty.",
            person=row["name"],
            column=column,
            given=repr(row[column]),
        ) from error
