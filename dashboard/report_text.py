"""A report's text cut into runs that its claims and places cover. Pure functions: what the reader component is handed.

Offsets are code points; the browser counts otherwise, so it is handed the runs themselves, in order. Every word of the
text is in exactly one run, and the component sets runs as text, never as HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from dashboard import wording
from dashboard.language import later, number, t
from dashboard.map import clipped
from store.records import ClaimPlaceRow, ClaimRow, PlaceRow, ReportRow

KINDS: Final = ("number", "statement", "place", "mention", "lost", "speaker")
"""What is highlighted, in the order a reader may switch it: ``mention`` are places that no claim speaks of, ``lost``
those that could not be located."""
_TITLES: Final[Mapping[str, str]] = {
    "number": later("Number"), "statement": later("Statement"), "place": later("Place"),
    "mention": later("Place named"), "lost": later("Not located"), "speaker": later("Who says it"),
    "cue": later("How it is said"),
}  # fmt: skip
_FORMS: Final[Mapping[str, str]] = {
    "direct": later("direct speech"), "indirect": later("indirect speech"), "mixed": later("partly direct speech"),
}  # fmt: skip
_STATEMENT_ROLES: Final = ("content", "more")
_READING_LENGTH: Final = 240

FindPlace = Callable[[str], PlaceRow | None]


@dataclass(frozen=True, slots=True)
class Highlight:
    """Words that are made out: half-open range, kind, and how they were read, in words.

    ``claim`` is the id of the claim that they belong to and ``place`` the key of the place that they mean; None where
    there is none. A cue is shown with its speaker.
    """

    start: int
    end: int
    kind: str
    reading: str
    claim: str | None = None
    place: str | None = None

    @property
    def switch(self) -> str:
        """The kind that switches it on and off."""
        return "speaker" if self.kind == "cue" else self.kind


def highlights(claims: Iterable[ClaimRow], find_place: FindPlace) -> list[Highlight]:
    """Everything that the claims make out in their report, in text order; the same words of one kind only once."""
    found: dict[tuple[int, int, str], Highlight] = {}
    for claim in claims:
        for item in (*_own(claim), *_places(claim, find_place)):
            found.setdefault((item.start, item.end, item.kind), item)
    return sorted(found.values(), key=lambda item: (item.start, -item.end, item.kind))


def _own(claim: ClaimRow) -> Iterator[Highlight]:
    if claim.kind == "count":
        yield Highlight(claim.start, claim.end, "number", number_reading(claim), claim.id)
        return
    reading = statement_reading(claim)
    for role in _STATEMENT_ROLES:
        for start, end in claim.spans.get(role, ((claim.start, claim.end),) if role == "content" else ()):
            yield Highlight(start, end, "statement", reading, claim.id)
    for start, end in claim.spans.get("speaker", ()):
        yield Highlight(start, end, "speaker", _speaker(claim), claim.id)
    for start, end in claim.spans.get("cue", ()):
        yield Highlight(start, end, "cue", wording.manner(claim.mode), claim.id)


def _places(claim: ClaimRow, find_place: FindPlace) -> Iterator[Highlight]:
    for place in claim.places:
        row = find_place(place.place_key) if place.place_key else None
        kind = "place" if row else "lost"
        yield Highlight(place.start, place.end, kind, place_reading(place, row), claim.id, row.key if row else None)


def number_reading(claim: ClaimRow) -> str:
    """A count in words: who gives it, what it means, of whom."""
    kind = wording.kind(claim.count_kind)
    whose = t("{kind}, of {owner}", kind=kind, owner=claim.whose) if claim.whose else kind
    return clipped(f"{_who(claim)}: {wording.interval(claim)}; {whose}", _READING_LENGTH)


def statement_reading(claim: ClaimRow) -> str:
    """A statement in words: who makes it and how."""
    parts = [f"{_who(claim)}: {wording.manner(claim.mode)}"]
    parts += [t("addressed to {name}", name=claim.addressee)] if claim.addressee else []
    parts += [t(_FORMS[claim.form])] if claim.form and claim.form in _FORMS else []
    return clipped("; ".join(parts), _READING_LENGTH)


def place_reading(place: ClaimPlaceRow, row: PlaceRow | None) -> str:
    """A place in words: what it was read as, or that it could not be located."""
    if row is None:
        return t("these words name a place that could not be located")
    name = f"{row.name}, " if row.name != place.text else ""
    derived = f"; {t('derived from {words}', words=row.derived_from)}" if row.derived_from else ""
    return clipped(f"{name}{wording.precision(row.precision)}{derived}", _READING_LENGTH)


def _speaker(claim: ClaimRow) -> str:
    return clipped(_who(claim) if claim.claimant else t("who this is was not resolved"), _READING_LENGTH)


def _who(claim: ClaimRow) -> str:
    name = wording.claimant(claim.claimant)
    return f"{name} ({claim.side})" if claim.side and claim.side != claim.claimant else name


def runs(report: ReportRow, items: Sequence[Highlight]) -> list[tuple[str, tuple[int, ...], bool]]:
    """The text as runs: words, numbers of the highlights that cover them (widest first), and True for boilerplate."""
    text = report.text
    inside = [i for i, item in enumerate(items) if 0 <= item.start < item.end <= len(text)]
    grey = [(max(start, 0), min(end, len(text))) for start, end in report.boilerplate if start < end]
    edges = {0, len(text), *(edge for i in inside for edge in (items[i].start, items[i].end)), *_edges(grey)}
    starts = _by_start(items, inside)
    cut = sorted(edge for edge in edges if 0 <= edge <= len(text))
    found: list[tuple[str, tuple[int, ...], bool]] = []
    over: list[int] = []
    for start, end in pairwise(cut):
        over = [i for i in over if items[i].end > start] + starts.get(start, [])
        widest_first = sorted(over, key=lambda i: (items[i].start - items[i].end, i))
        found.append((text[start:end], tuple(widest_first), any(a <= start < b for a, b in grey)))
    return found


def _by_start(items: Sequence[Highlight], inside: Iterable[int]) -> dict[int, list[int]]:
    starts: dict[int, list[int]] = {}
    for i in inside:
        starts.setdefault(items[i].start, []).append(i)
    return starts


def _edges(ranges: Iterable[tuple[int, int]]) -> Iterator[int]:
    for start, end in ranges:
        yield from (start, end)


def counts(items: Iterable[Highlight]) -> dict[str, int]:
    """How many of each switch there are, in their order; cues are not counted beside their speakers."""
    found = dict.fromkeys(KINDS, 0)
    for item in items:
        if item.kind in found:
            found[item.kind] += 1
    return found


def payload(
    report: ReportRow,
    items: Sequence[Highlight],
    *,
    hidden: Collection[str],
    claim: str | None,
    place: str | None,
    look: int,
) -> dict[str, Any]:
    """What the reader component is handed.

    :param hidden: kinds that are switched off.
    :param claim: id of the open claim, ``place`` key of the selected place: their words are made out.
    :param look: rises by one whenever the selected words shall be brought into sight.
    """
    return {
        "report": report.id,
        "language": report.language,
        "runs": [[words, list(over), int(grey)] for words, over, grey in runs(report, items)],
        "items": [
            {
                "kind": item.kind,
                "switch": item.switch,
                "title": t(_TITLES[item.kind]),
                "reading": item.reading,
                "claim": item.claim,
                "place": item.place,
                "on": int(_is_chosen(item, claim, place)),
            }
            for item in items
        ],
        "hidden": sorted(hidden),
        "look": look,
    }


def _is_chosen(item: Highlight, claim: str | None, place: str | None) -> bool:
    if claim:
        return item.claim == claim
    return place is not None and item.place == place


def switch_label(kind: str, n: int) -> str:
    """Words of a switch: ``"Numbers · 12"``."""
    return f"{t(_SWITCHES[kind])} · {number(n)}"


_SWITCHES: Final[Mapping[str, str]] = {
    "number": later("Numbers"), "statement": later("Statements"), "place": later("Places"),
    "mention": later("Other places named"), "lost": later("Not located"), "speaker": later("Who says it"),
}  # fmt: skip
