"""The SOURCES table: which formats can be read. A new format is one module and one line here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from extract.model import Report
from extract.reading.jsonl import read_json_lines
from extract.reading.page import read_page
from extract.reading.source import SetAside, Source
from extract.reading.text import read_text

SOURCES: Final = (
    Source("text", (".txt", ".md"), read_text),
    Source("web page", (".html", ".htm", ".xhtml"), read_page),
    Source("json lines", (".jsonl", ".ndjson"), read_json_lines, many=True),
)


def source_for(path: Path) -> Source | None:
    """The source that reads files with this ending; None when there is none."""
    name = path.name.lower()
    return next((source for source in SOURCES if name.endswith(source.suffixes)), None)


def is_readable(path: Path) -> bool:
    """True when the file's ending is one that a source reads."""
    return source_for(path) is not None


def read(path: Path) -> Iterator[Report | SetAside]:
    """The reports of one file, by its ending; a file with an ending that no source knows is tried as plain text.

    :raises ReadingError: when the file as a whole cannot be read.
    """
    source = source_for(path) or SOURCES[0]
    return source.read(path)
