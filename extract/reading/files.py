"""Bytes of a file, never more than a bound, with a clear word when they cannot be had."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from extract.reading.source import ReadingError

MAX_PAGE: Final = 8_000_000
"""Longest web page or mail, in bytes: news pages have up to some 2 MB, nearly all of it scripts."""

MAX_DOCUMENT: Final = 50_000_000
"""Longest PDF or word processor file, in bytes: pictures make them long."""


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """A regular file, open for reading; what goes wrong in the block because of the file is told as ours.

    :raises ReadingError: when it is missing, a folder, a pipe or a device, or cannot be read.
    """
    where = str(path)
    try:
        if path.is_dir():
            raise ReadingError(where, "this is a folder; name the files in it.")
        if path.exists() and not path.is_file():
            raise ReadingError(where, "this is not a regular file.")
        with path.open("rb") as file:
            yield file
    except ReadingError:
        raise
    except FileNotFoundError as error:
        raise ReadingError(where, "there is no such file.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadingError(where, "the file cannot be read ({problem}).", problem=reason) from error


def whole_file(path: Path, *, most: int) -> bytes:
    """All bytes of a file.

    :param most: bytes that it may have.
    :raises ReadingError: when it cannot be read, or is longer.
    """
    with opened(path) as file:
        raw = file.read(most + 1)
    if len(raw) > most:
        raise ReadingError(
            str(path), "the file is too long for one report (more than {most} bytes). Part it.", most=most
        )
    return raw
