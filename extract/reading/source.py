"""What every source of reports has in common: its contract, its bounds, its way of saying no."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Final

from errors import InputError, Worded, foreseen
from extract.model import Report

MAX_CHARS: Final = 500_000
"""Longest report, in characters: some eighty times a long wire story, and half of what the parser takes."""

MAX_BYTES: Final = 4 * MAX_CHARS
"""No UTF-8 text within :data:`MAX_CHARS` has more bytes."""

_HALF_PAIR: Final = re.compile("[\ud800-\udfff]")


class ReadingError(InputError):
    """A file, or one report in it, cannot be read; the message says where, why, and what to do."""

    def __init__(self, where: str, reason: str, **values: object) -> None:
        self.where = where
        self.reason = Worded.of(reason, values)
        super().__init__(Worded("{where}: {reason}", where=where, reason=self.reason))


@dataclass(frozen=True, slots=True)
class SetAside:
    """One report of a file that holds several, left out: where it stands and why."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """A format: the endings of its files (lower case, with the dot), how it is read, and whether a file holds many.

    ``read`` yields the file's reports in order and a :class:`SetAside` for each that cannot be used; it raises
    :class:`ReadingError` when the file as a whole cannot be read.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[Path], Iterator[Report | SetAside]]
    many: bool = False


def or_set_aside(where: str, read: Callable[[], Report]) -> Report | SetAside:
    """The report that ``read`` gives, or why there is none: one of a file that holds several stops no other."""
    try:
        with foreseen(partial(ReadingError, where)):
            return read()
    except ReadingError as error:
        return SetAside(error.where, error.reason)


def decoded(raw: bytes, where: str) -> str:
    """UTF-8 bytes as text, every character kept, so that offsets are those of the file.

    :raises ReadingError: for binary data and other encodings.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ReadingError(where, "this is UTF-16 text. Save it as UTF-8 and try again.")
    if b"\x00" in raw:
        raise ReadingError(where, "this is binary data, not text. Give the report as plain UTF-8 text.")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReadingError(
            where,
            "this is not UTF-8 text (byte {at} is {byte}). Save it as UTF-8 and try again.",
            at=error.start,
            byte=f"0x{raw[error.start]:02x}",
        ) from error


def checked(text: str, where: str, *, most: int = MAX_CHARS) -> str:
    """``text`` when it can be a report.

    :param most: characters that it may have.
    :raises ReadingError: when it is blank, too long, or holds half of a surrogate pair.
    """
    if not text.strip("\ufeff \t\r\n\v\f\u2028\u2029\x85\xa0"):
        raise ReadingError(where, "there is no text in it.")
    if len(text) > most:
        raise ReadingError(
            where, "{n} characters are too long for one report (at most {most}). Part it.", n=len(text), most=most
        )
    if half := _HALF_PAIR.search(text):
        raise ReadingError(
            where,
            "character {at} (U+{code}) is half of a surrogate pair, not a character.",
            at=half.start(),
            code=f"{ord(half.group()):04X}",
        )
    return text


def day(value: object, where: str) -> date | None:
    """A publication date from ``"2021-04-12"`` or ``"2021-04-12T08:30:00Z"``; None stays None.

    The day is the one written: no time zone is applied.

    :raises ReadingError: for anything else.
    """
    if value is None or value == "":
        return None
    if isinstance(value, str) and len(value) >= 10 and value[4] == "-":
        try:
            return datetime.fromisoformat(value).date()
        except ValueError:
            pass
    raise ReadingError(
        where, "the publication date {given} is no date; write it as 2021-04-12.", given=repr(str(value)[:40])
    )
