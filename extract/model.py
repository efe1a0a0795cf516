"""The records that extraction produces: frozen, plain, and always anchored in the report.

Offsets are half-open and count Unicode code points of ``Report.text``. For every :class:`Span` the invariant
``report.text[span.start:span.end] == span.text`` holds. ``None`` always means "the text does not say", never "failed".
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol, TypeVar

PlaceKind = Literal["literal", "actor", "attributive", "descriptive", "org_part"]
PlaceRole = Literal["event", "said_at", "dateline", "future", "background"]
Relation = Literal["direction", "border", "coast", "distance", "between", "bank", "area"]
Direction = Literal["north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "central"]
CountKind = Literal[
    "personnel", "killed", "wounded", "killed_or_wounded", "detained", "missing", "displaced",
    "equipment", "attack", "unit", "other",
]  # fmt: skip
ActorKind = Literal["state", "organisation", "armed group", "person"]
Form = Literal["direct", "indirect", "mixed"]
Mode = Literal["say", "demand", "accuse", "deny", "warn", "promise", "attitude"]

_Record = TypeVar("_Record", "PlaceMention", "Count", "Statement", "ActorMention")

REPORTER = "reporter"
"""Claimant of a count that the report states in its own voice."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Words of a report: half-open code-point offsets and the exact text between them."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """Cut ``text[start:end]`` out as a span."""
        return cls(start, end, text[start:end])

    def overlaps(self, other: Span) -> bool:
        """True when the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """True when ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Report:
    """A news report as it was read. ``published`` is None when the source gives no date; it is never guessed.

    ``boilerplate`` holds half-open ranges of ``text`` that are kept but not extracted from (teasers, bylines).
    """

    text: str
    id: str = ""
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: date | None = None
    language: str = "en"
    boilerplate: tuple[tuple[int, int], ...] = ()

    @property
    def sha256(self) -> str:
        """Hex digest of the UTF-8 bytes of ``text``: what identifies a report."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def span(self, start: int, end: int) -> Span:
        """The span ``text[start:end]`` of this report."""
        return Span.of(self.text, start, end)


@dataclass(frozen=True, slots=True)
class Region:
    """How a descriptive mention is built from named places: relation, direction and the anchors' names.

    ``anchors`` are look-up names, the first being the place described, the second a partner ("the border of A with
    B"). ``km`` is the distance of "30 km north of X", None elsewhere.
    """

    relation: Relation
    anchors: tuple[str, ...]
    direction: Direction | None = None
    km: float | None = None


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A toponym, a demonym or a description of a place in the report.

    ``name`` is what to look up ("Russia" for "Russian"); ``span.text`` is what was written. ``region`` is set for
    descriptive mentions that say how they derive from named places. ``named`` is False for descriptions.
    """

    span: Span
    name: str
    kind: PlaceKind
    role: PlaceRole = "event"
    named: bool = True
    region: Region | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who speaks, acts or owns; ``side`` is who it speaks for, None for private persons."""

    name: str
    kind: ActorKind
    side: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class ActorMention:
    """Words that name or stand for actors; joint speakers give several actors."""

    span: Span
    actors: tuple[Actor, ...]

    @property
    def name(self) -> str:
        """Canonical names, joined by ``"; "``."""
        return "; ".join(dict.fromkeys(actor.name for actor in self.actors))

    @property
    def side(self) -> str | None:
        """Sides, joined by ``"; "``; None when no actor has one."""
        return "; ".join(dict.fromkeys(actor.side for actor in self.actors if actor.side)) or None


@dataclass(frozen=True, slots=True)
class Statement:
    """Something the report attributes to someone. ``more`` holds further runs of a broken-up content.

    ``said_at`` are the words of its reporting clause that say where it was made ("told reporters *in Kosti*"), without
    the preposition; None when the clause names no place. It is never the seat of the speaker.
    """

    content: Span
    cue: Span | None
    speaker: Span | None
    speaker_name: str | None
    side: str | None
    form: Form
    mode: Mode
    more: tuple[Span, ...] = ()
    addressee: str | None = None
    confidence: float = 1.0
    said_at: Span | None = None

    @property
    def runs(self) -> tuple[Span, ...]:
        """Content and further runs in text order."""
        return tuple(sorted((self.content, *self.more)))

    def covers(self, span: Span) -> bool:
        """True when ``span`` lies wholly inside one run of the content."""
        return any(run.contains(span) for run in self.runs)


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people or materiel as an interval. ``low``/``high`` are None where the text sets no bound.

    "more than 2,000" has ``low=2000, high=None, low_open=True``; an exact 12 has ``low == high == 12``; "about 12" is
    12, 12 with ``approx``. The claimant is ``"reporter"`` when the report says it in its own voice.
    ``places`` are the place mentions that say where these people or things are, in text order. ``corrects`` is the
    number of the report that this one replaces ("not 300 but 200"), None for all others. ``correction`` holds the words
    that make it a correction of what its claimant said before, in this report or in an earlier one ("revised its toll
    to"), None without such words.
    """

    span: Span
    number: Span
    low: int | None
    high: int | None
    modifier: str | None
    unit: str | None
    kind: CountKind
    whose: str | None = None
    whose_text: str | None = None
    places: tuple[Span, ...] = ()
    claimant: str = REPORTER
    claimant_text: str | None = None
    claimant_side: str | None = None
    approx: bool = False
    low_open: bool = False
    high_open: bool = False
    confidence: float = 1.0
    corrects: Span | None = None
    correction: Span | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything found in one report, each list in text order."""

    report: Report
    sentences: tuple[Span, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    counts: tuple[Count, ...] = ()
    statements: tuple[Statement, ...] = ()
    actors: tuple[ActorMention, ...] = field(default=())


class NameFacts(Protocol):
    """What extraction may know of a place name: enough to recognise it, nothing of where it is."""

    @property
    def kinds(self) -> frozenset[str]:
        """Feature kinds of the places so called: ``country admin1 admin2 city town region sea border facility …``."""

    @property
    def population(self) -> int:
        """Largest population of a place so called; 0 when unknown."""

    @property
    def ambiguous_word(self) -> bool:
        """True when the name is also a common English word or a given name or surname ("Reading", "Victoria")."""


class PlaceNames(Protocol):
    """The gazetteer as extraction sees it: handed in by the pipeline."""

    def facts(self, name: str) -> NameFacts | None:
        """Facts of a name in any case, None when no place is so called."""

    def country_of(self, name: str) -> str | None:
        """English short name of the country in which the most prominent place of that name lies; None if unknown."""


def in_text_order(records: Iterable[_Record]) -> tuple[_Record, ...]:
    """Sort records by the span that anchors them."""
    return tuple(sorted(records, key=lambda r: r.content if isinstance(r, Statement) else r.span))
