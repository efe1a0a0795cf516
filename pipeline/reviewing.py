"""Reviews between the store, the gazetteer and files: places by key, and the log as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from errors import InputError, Worded
from extract.reading.jsonl import bounded_lines
from geo.gazetteer import Gazetteer
from geo.resolve import Resolver
from pipeline.as_rows import place_row
from pipeline.batch import Rejected
from pipeline.settings import Borders
from store.claims import ClaimStore
from store.corrections import place_keys
from store.errors import ReviewError
from store.records import PlaceRow
from store.review_lines import review_object, review_of
from store.reviews import Review

MAX_LINE: Final = 16_000_000
"""Longest line of a file of reviews, in bytes: it may hold the outline of a country."""
_AT_ONCE: Final = 2_000
"""Rows that are taken in by one transaction."""

Places = Callable[[str], PlaceRow | None]
"""The place of a key; None when it is not known."""


class ReviewFileError(InputError):
    """A file of reviews cannot be opened or read."""


def gazetteer_places(borders: Borders) -> Places:
    """Places of the gazetteer that ships, in a view of disputed borders; it is opened at the first question."""
    resolvers: list[Resolver] = []

    def place(key: str) -> PlaceRow | None:
        if not resolvers:
            resolvers.append(Resolver(Gazetteer.open(), borders=borders))
        found = resolvers[0].place(key)
        return place_row(found) if found else None

    return place


def places_named(keys: frozenset[str], store: ClaimStore, gazetteer: Places) -> list[PlaceRow]:
    """Rows of the places with these keys that the store does not know yet.

    :raises ReviewError: for a key that neither the store nor the gazetteer knows.
    """
    found = []
    for key in sorted(keys):
        if store.place(key):
            continue
        row = gazetteer(key)
        if row is None:
            raise ReviewError(
                "No place has the key {key}; look one up in the dashboard, or write a key of `query`.", key=repr(key)
            )
        found.append(row)
    return found


def lines_of(store: ClaimStore) -> Iterator[str]:
    """The log as JSON lines, oldest first, each with the places that it names."""
    for review in reversed(store.reviews()):
        places = [row for key in sorted(place_keys([review])) if (row := store.place(key))]
        yield json.dumps(review_object(review, places), ensure_ascii=False) + "\n"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What an import did: rows that were new, rows known before, lines set aside."""

    new: int
    known: int
    set_aside: tuple[Rejected, ...]


def take_in(path: Path, store: ClaimStore, gazetteer: Places) -> TakenIn:
    """Read a file of reviews into the store; lines that cannot be used are set aside with their number and reason.

    :raises ReviewFileError: when the file cannot be read.
    """
    new = read = 0
    bad: list[Rejected] = []
    try:
        with path.open("rb") as file:
            part: list[tuple[Review, list[PlaceRow]]] = []
            for item in _parsed(file, path, store, gazetteer):
                if isinstance(item, Rejected):
                    bad.append(item)
                    continue
                part.append(item)
                read += 1
                if len(part) == _AT_ONCE:
                    new += _store(part, store)
                    part = []
            new += _store(part, store)
    except OSError as error:
        raise ReviewFileError(
            "{path} cannot be read ({problem}); name a file of `review export`.", path=path, problem=error.strerror
        ) from error
    return TakenIn(new, read - new, tuple(bad))


def _store(part: list[tuple[Review, list[PlaceRow]]], store: ClaimStore) -> int:
    places = {place.key: place for _, named in part for place in named}
    return store.take_in([review for review, _ in part], list(places.values())) if part else 0


def _parsed(
    file: IO[bytes], path: Path, store: ClaimStore, gazetteer: Places
) -> Iterator[tuple[Review, list[PlaceRow]] | Rejected]:
    for number, line in enumerate(bounded_lines(file, MAX_LINE), start=1):
        if not line.strip():
            continue
        try:
            yield _row(line, store, gazetteer)
        except ReviewError as error:
            yield Rejected(Worded("{where}, line {n}", where=path, n=str(number)), str(error))


def _row(line: bytes, store: ClaimStore, gazetteer: Places) -> tuple[Review, list[PlaceRow]]:
    if len(line) > MAX_LINE:
        raise ReviewError("the line is longer than {most} bytes.", most=MAX_LINE)
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ReviewError("this is not JSON ({problem}).", problem=error) from error
    review, given = review_of(value)
    _check_words(review, store)
    return review, [_known(key, given, store, gazetteer) for key in sorted(place_keys([review]))]


def _check_words(review: Review, store: ClaimStore) -> None:
    report = store.report(review.report)
    if report and report.text[review.start : review.end] != review.exact:
        raise ReviewError("its words do not stand in the report that it names.")


def _known(key: str, given: list[PlaceRow], store: ClaimStore, gazetteer: Places) -> PlaceRow:
    """A place of the store or of the gazetteer here, so that a file cannot move one; else as the file has it."""
    row = store.place(key) or gazetteer(key) or next((place for place in given if place.key == key), None)
    if row is None:
        raise ReviewError(
            "it names the place {key}, which neither the gazetteer knows nor the file describes.", key=repr(key)
        )
    return row
