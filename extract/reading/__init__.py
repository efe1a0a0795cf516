"""FILE -> Report. One module a format, one line in the SOURCES table."""

from __future__ import annotations

from extract.reading.source import MAX_CHARS, ReadingError, SetAside, Source
from extract.reading.sources import SOURCES, is_readable, read, source_for

__all__ = ["MAX_CHARS", "SOURCES", "ReadingError", "SetAside", "Source", "is_readable", "read", "source_for"]
