"""Plain text and Markdown: the file is the report, read to the last character as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extract.model import Report
from extract.reading.source import MAX_BYTES, MAX_CHARS, ReadingError, checked, decoded


def read_text(path: Path) -> Iterator[Report]:
    """The one report of a text file; its id and title are the file's name without its ending.

    Line ends are kept as they are, and Markdown is read as it is written, so that offsets are those of the file.

    :raises ReadingError: when the file is missing, unreadable, empty, binary, too long or not UTF-8.
    """
    raw = whole_file(path)
    text = checked(decoded(raw, str(path)), str(path))
    yield Report(text=text, id=path.stem, title=path.stem)


def whole_file(path: Path) -> bytes:
    """The bytes of a file that is no longer than a report may be.

    :raises ReadingError: when it cannot be read, or is too long.
    """
    try:
        if path.is_dir():
            raise ReadingError(str(path), "this is a folder; name the files in it.")
        if path.exists() and not path.is_file():
            raise ReadingError(str(path), "this is not a regular file.")
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except ReadingError:
        raise
    except FileNotFoundError as error:
        raise ReadingError(str(path), "there is no such file.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadingError(str(path), f"the file cannot be read ({reason}).") from error
    if len(raw) > MAX_BYTES:
        raise ReadingError(str(path), f"the file is too long for one report (at most {MAX_CHARS:,} characters).")
    return raw
