"""Plain text and Markdown: the file is the report, read to the last character as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extract.model import Report
from extract.reading.files import whole_file
from extract.reading.language import in_english
from extract.reading.source import MAX_BYTES, checked, decoded


def read_text(path: Path) -> Iterator[Report]:
    """The one report of a text file; its id and title are the file's name without its ending.

    Line ends are kept as they are, and Markdown is read as it is written, so that offsets are those of the file.

    :raises ReadingError: when the file is missing, unreadable, empty, binary, too long, not UTF-8 or not English.
    """
    raw = whole_file(path, most=MAX_BYTES)
    yield Report(text=text_of(raw, str(path)), id=path.stem, title=path.stem)


def text_of(raw: bytes, where: str) -> str:
    """The text of a plain text file's bytes, unchanged.

    :raises ReadingError: as :func:`read_text`.
    """
    return in_english(checked(decoded(raw, where), where), where)
