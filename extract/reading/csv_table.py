"""CSV: one report a row, under a header that names the columns. Which column is what can be said.

The file is streamed. Comma, semicolon and tab are told apart by the header. A row that cannot be used is set aside with
its line, and the rows after it are read on.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, Final

from errors import Worded
from extract.model import Report
from extract.reading.files import opened
from extract.reading.language import in_english
from extract.reading.source import MAX_BYTES, MAX_CHARS, ReadingError, SetAside, checked, day, or_set_aside

FIELDS: Final = ("id", "text", "published", "title", "outlet", "url")
"""What a column can be."""

_MAX_FIELD: Final = 2_000
_HEAD: Final = 2_000
"""Lines looked at for the first row: one of a long text may have many."""
_MAX_LINE: Final = 2 * MAX_BYTES
_UNREADABLE: Final = frozenset(chr(code) for code in range(0xDC80, 0xDD00))
"""What ``surrogateescape`` makes of bytes that are not UTF-8."""


def columns_of(words: str) -> dict[str, str]:
    """A mapping from what the user writes: ``"text=body,published=date"``.

    :raises ReadingError: when it is not of that form, or names something that no report has.
    """
    pairs = [part.partition("=") for part in words.split(",")]
    for field, sign, column in pairs:
        if field.strip() not in FIELDS or not sign or not column.strip():
            raise ReadingError(
                "--columns",
                "{field} cannot be given a column; write text=body,published=date out of: {fields}.",
                field=repr(field),
                fields=", ".join(FIELDS),
            )
    return {field.strip(): column.strip() for field, _, column in pairs}


def read_csv(path: Path, *, columns: Mapping[str, str] | None = None) -> Iterator[Report | SetAside]:
    """The reports of a table, in its order.

    :param columns: the header's name for ``id``, ``text``, ``published``, ``title``, ``outlet`` or ``url``; those not
        named have a column of that very name, or none. Case does not matter.
    :raises ReadingError: when the file cannot be read, has no text column, or a quotation mark in it is never closed.
    """
    # The limit of the csv module is one for the whole process; lines are bounded before they reach it.
    csv.field_size_limit(2 * _MAX_LINE)
    where = str(path)
    with opened(path) as file:
        lines = _lines(file, where)
        header = next(lines, "")
        rows = csv.reader(lines, delimiter=_delimiter(header), strict=True)
        names = next(csv.reader([header], delimiter=_delimiter(header)), [])
        places = _places(names, columns or {}, where)
        try:
            for row in filter(any, rows):
                here = _line(where, rows.line_num + 1)
                yield or_set_aside(here, partial(_row_report, row, names, places, here))
        except csv.Error as error:
            raise ReadingError(
                _line(where, rows.line_num + 1),
                "this is not CSV ({problem}).",
                problem=error,
            ) from error


def head_of(file: IO[bytes], where: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the columns, and the first row under them (empty when there is none).

    :raises ReadingError: when a quotation mark is never closed, or the header is not UTF-8 text.
    """
    csv.field_size_limit(2 * _MAX_LINE)
    lines = _lines(file, where)
    header = next(lines, "")
    if not _UNREADABLE.isdisjoint(header) or "\0" in header:
        raise ReadingError(where, "its first line is not UTF-8 text. Save the file as UTF-8 and try again.")
    rows = csv.reader((header, *islice(lines, _HEAD)), delimiter=_delimiter(header), strict=True)
    try:
        return tuple(next(rows, [])), tuple(next(rows, []))
    except csv.Error as error:
        raise ReadingError(where, "this is not CSV ({problem}).", problem=error) from error


def _line(where: str, number: int) -> str:
    return Worded("{where}, line {n}", where=where, n=str(number))


def _lines(file: IO[bytes], where: str) -> Iterator[str]:
    """Lines of text. The lines of one quoted field are together no longer than a line may be."""
    number = held = 0
    quoted = False
    while line := file.readline(_MAX_LINE + 1):
        number += 1
        held = held + len(line) if quoted else len(line)
        if held > _MAX_LINE:
            raise ReadingError(
                _line(where, number),
                "the row does not end; is a quotation mark never closed?",
            )
        quoted ^= line.count(b'"') % 2 == 1
        text = line.decode("utf-8", "surrogateescape")
        yield text.removeprefix("\ufeff") if number == 1 else text


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)


def _places(names: Sequence[str], columns: Mapping[str, str], where: str) -> dict[str, int]:
    """Which column holds what."""
    known = {name.strip().casefold(): place for place, name in reversed(list(enumerate(names)))}
    for field, column in {"text": "text", **columns}.items():
        if column.casefold() not in known:
            shown = ", ".join(name.strip()[:40] for name in names[:20]).encode("utf-8", "replace").decode()
            raise ReadingError(
                where,
                "no column is called {column} (there are: {shown}); say which is what: --columns {field}=NAME.",
                column=repr(column),
                shown=shown,
                field=field,
            )
    wanted = {field: columns.get(field, field).casefold() for field in FIELDS}
    return {field: known[column] for field, column in wanted.items() if column in known}


def _row_report(row: Sequence[str], names: Sequence[str], places: Mapping[str, int], where: str) -> Report:
    if len(row) != len(names):
        raise ReadingError(where, "the row has {cells} fields, the header {names}.", cells=len(row), names=len(names))
    return _report({field: row[place] for field, place in places.items()}, where)


def _report(row: Mapping[str, str], where: str) -> Report:
    for field, value in row.items():
        if not _UNREADABLE.isdisjoint(value) or "\0" in value:
            raise ReadingError(
                where, "the {field} is not UTF-8 text. Save the file as UTF-8 and try again.", field=field
            )
        if len(value) > (MAX_CHARS if field == "text" else _MAX_FIELD):
            raise ReadingError(where, "the {field} is too long ({n} characters).", field=field, n=len(value))
    return Report(
        text=in_english(checked(row["text"], where), where),
        id=row.get("id", "").strip(),
        title=row.get("title", "").strip() or None,
        outlet=row.get("outlet", "").strip() or None,
        url=row.get("url", "").strip() or None,
        published=day(row.get("published", "").strip(), where),
    )
