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
        raise SourceError(f"{path}: cannot be read ({error}); restore it from the repository") from error
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
        raise SourceError(f"{path}: no column {', '.join(missing)} in the header row ({', '.join(header)})")
    return header


def _row(path: Path, number: int, header: list[str], cells: list[str]) -> Mapping[str, str]:
    if len(cells) > len(header):
        raise SourceError(f"{path}:{number}: {len(cells)} cells, the header has {len(header)}")
    return dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True))


def several(cell: str) -> tuple[str, ...]:
    """The values of a cell: ``"a|b"`` -> ``("a", "b")``; an empty cell has none."""
    return tuple(value.strip() for value in cell.split("|") if value.strip())


def number(path: Path, line: int, row: Mapping[str, str], column: str, *, low: float, high: float) -> float:
    """A number of a cell within ``low``..``high``; SourceError names the row when it is not one."""
    try:
        value = float(row[column])
    except ValueError:
        raise SourceError(f"{path}:{line}: {column} is {row[column]!r}, which is not a number") from None
    if not low <= value <= high:
        raise SourceError(f"{path}:{line}: {column} is {value}, not within {low} to {high}")
    return value
