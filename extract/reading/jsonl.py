"""JSON lines: one report a line, ``{"id", "text", "published"}`` and if known ``title``, ``outlet`` and ``url``.

The file is streamed, so it may be of any size. A line that cannot be used is set aside with its number and the
reason; the lines after it are read on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import IO, Any, Final

from errors import Worded
from extract.model import Report
from extract.reading.language import in_english
from extract.reading.source import MAX_BYTES, ReadingError, SetAside, checked, day, decoded, or_set_aside

MAX_LINE: Final = 2 * MAX_BYTES
"""Longest line in bytes: escapes may make a text longer than it is."""

MAX_FIELD: Final = 2_000
"""Longest id, title, outlet or address, in characters."""


def read_json_lines(path: Path) -> Iterator[Report | SetAside]:
    """The reports of a file, in its order; blank lines are skipped.

    :raises ReadingError: when the file cannot be opened or read.
    """
    try:
        with path.open("rb") as file:
            for number, line in enumerate(bounded_lines(file), start=1):
                if line.strip():
                    where = Worded("{where}, line {n}", where=path, n=str(number))
                    yield or_set_aside(where, partial(_report, line, where))
    except FileNotFoundError as error:
        raise ReadingError(str(path), "there is no such file.") from error
    except OSError as error:
        raise ReadingError(str(path), "the file cannot be read ({problem}).", problem=error.strerror) from error


def bounded_lines(file: IO[bytes], longest: int = MAX_LINE) -> Iterator[bytes]:
    """Lines of at most ``longest`` bytes and one more: of a longer one only the beginning is kept in memory."""
    while line := file.readline(longest + 1):
        rest = line
        while rest and len(line) > longest and not rest.endswith(b"\n"):
            rest = file.readline(longest)
        yield line


def _report(line: bytes, where: str) -> Report:
    if len(line) > MAX_LINE:
        raise ReadingError(where, "the line is longer than {most} bytes.", most=MAX_LINE)
    try:
        row = json.loads(decoded(line, where).removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        if isinstance(error, ReadingError):
            raise
        raise ReadingError(where, "this is not JSON ({problem}).", problem=error) from error
    if not isinstance(row, dict):
        raise ReadingError(where, 'this is not a JSON object; write {"id": …, "text": …, "published": …}.')
    return _of_row(row, where)


def _of_row(row: Mapping[str, Any], where: str) -> Report:
    text = row.get("text")
    if not isinstance(text, str):
        raise ReadingError(where, 'there is no "text", or it is not a string.')
    return Report(
        text=in_english(checked(text, where), where),
        id=_field(row, "id", where) or "",
        title=_field(row, "title", where),
        outlet=_field(row, "outlet", where),
        url=_field(row, "url", where),
        published=day(row.get("published"), where),
    )


def _field(row: Mapping[str, Any], name: str, where: str) -> str | None:
    """A short text field; numbers are accepted as ids, None and blanks are None."""
    value = row.get(name)
    if isinstance(value, int) and not isinstance(value, bool) and name == "id":
        value = str(value)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ReadingError(where, '"{name}" is not a string.', name=name)
    if len(value) > MAX_FIELD:
        raise ReadingError(where, '"{name}" is longer than {most} characters.', name=name, most=MAX_FIELD)
    return checked(value, f'{where}, "{name}"') if value.strip() else None
