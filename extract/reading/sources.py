"""The SOURCES table: which formats can be read. A new format is one module and one line here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from errors import foreseen
from extract.model import Report
from extract.reading.csv_table import read_csv
from extract.reading.docx import read_docx
from extract.reading.feed import read_feed
from extract.reading.jsonl import read_json_lines
from extract.reading.mail import read_mail
from extract.reading.page import read_page
from extract.reading.pdf import read_pdf
from extract.reading.source import ReadingError, SetAside, Source
from extract.reading.text import read_text
from extract.reading.warc import read_warc

SOURCES: Final = (
    Source("text", (".txt", ".md"), read_text),
    Source("web page", (".html", ".htm", ".xhtml"), read_page),
    Source("pdf", (".pdf",), read_pdf),
    Source("word processor", (".docx",), read_docx),
    Source("mail", (".eml",), read_mail),
    Source("feed", (".rss", ".atom"), read_feed, many=True),
    Source("web archive", (".warc", ".warc.gz"), read_warc, many=True),
    Source("csv", (".csv", ".tsv"), read_csv, many=True),
    Source("json lines", (".jsonl", ".ndjson"), read_json_lines, many=True),
)


def source_for(path: Path) -> Source | None:
    """The source that reads files with this ending; None when there is none."""
    name = path.name.lower()
    return next((source for source in SOURCES if name.endswith(source.suffixes)), None)


def is_readable(path: Path) -> bool:
    """True when the file's ending is one that a source reads."""
    return source_for(path) is not None


def read(path: Path, *, columns: Mapping[str, str] | None = None) -> Iterator[Report | SetAside]:
    """The reports of one file, by its ending; a file with an ending that no source knows is tried as plain text.

    :param columns: which column of a CSV file is what, as :func:`extract.reading.csv_table.read_csv` takes it.
    :raises ReadingError: when the file as a whole cannot be read.
    """
    source = source_for(path) or SOURCES[0]
    with foreseen(partial(ReadingError, str(path))):
        yield from read_csv(path, columns=columns) if columns and source.read is read_csv else source.read(path)
