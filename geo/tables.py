"""Reader of the hand-written tables: UTF-8 TSV, ``#`` comments, one header row, ``|`` between several values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from geo.records import SourceError


def rows(path: Path, needed: Sequence[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield (line number, row) of a table; a column named in ``needed`` must exist.

    Raises SourceError when the file cannot be read, a column is missing or a row is too long.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(
            "{path}: cannot be read ({problem}); restore it from the repository", path=path, problem=error
        ) from error
    header: list[str] | None = None
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = _checked_header(path, cells, needed)
        else:
            yield number, _row(path, number, header, cells)


def _checked_header(path: Path, header: list[str], needed: Sequence[str]) -> list[str]:
    missing = [column for column in needed if column not in header]
    if missing:
        raise SourceError(
            "{path}: no column {missing} in the header row ({header})",
            path=path,
            missing=", ".join(missing),
            header=", ".join(header),
        )
    return header


def _row(path: Path, number: int, header: list[str], cells: list[str]) -> Mapping[str, str]:
    if len(cells) > len(header):
        raise SourceError(
            "{path}:{line}: {cells} cells, the header has {header}",
            path=path,
            line=str(number),
            cells=len(cells),
            header=len(header),
        )
    return dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True))


def several(cell: str) -> tuple[str, ...]:
    """The values of a cell: ``"a|b"`` -> ``("a", "b")``; an empty cell has none."""
    return tuple(value.strip() for value in cell.split("|") if value.strip())


def number(path: Path, line: int, row: Mapping[str, str], column: str, *, low: float, high: float) -> float:
    """A number of a cell within ``low``..``high``; SourceError names the row when it is not one."""
    try:
        value = float(row[column])
    except ValueError:
        raise SourceError(
            "{path}:{line}: {column} is {given}, which is not a number",
            path=path,
            line=str(line),
            column=column,
            given=repr(row[column]),
        ) from None
    if not low <= value <= high:
        raise SourceError(
            "{path}:{line}: {column} is {value}, not within {low} to {high}",
            path=path,
            line=str(line),
            column=column,
            value=value,
            low=low,
            high=high,
        )
    return value
