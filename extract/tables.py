"""Reads the tab-separated tables that the project ships with."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from errors import DataError

Row = Mapping[str, str]


def read_table(path: Path) -> tuple[Row, ...]:
    """Rows of a UTF-8 table: a header row, then cells by tab; blank lines and ``#`` comments are left out.

    Cells missing at the end of a line are empty strings.

    :raises DataError: when the file is missing, is not UTF-8, or a row has more cells than the header.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise DataError(
            "The table {path} is missing. Install the project again, or restore the file.", path=path
        ) from error
    except UnicodeDecodeError as error:
        raise DataError(
            "The table {path} is not UTF-8 at byte {at}. Save it as UTF-8.", path=path, at=error.start
        ) from error
    kept = [(at, line.rstrip("\r")) for at, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not kept:
        return ()
    header = [cell.strip() for cell in kept[0][1].split("\t")]
    return tuple(_row(path, at, header, line) for at, line in kept[1:])


def _row(path: Path, at: int, header: list[str], line: str) -> Row:
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) > len(header):
        raise DataError(
            "{path}, line {at}: {cells} cells, but the header names {header}. Remove a tab.",
            path=path,
            at=str(at),
            cells=len(cells),
            header=len(header),
        )
    return dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True))


def values(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several, parted by ``|``."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())
