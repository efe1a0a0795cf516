"""Web archives (WARC, also gzipped): the story of every archived page, streamed, whatever the length of the archive.

Only answers with status 200 and a type of HTML are looked at; pictures, scripts and the like are passed over.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from email.message import Message
from functools import partial
from itertools import count
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from errors import Worded
from extract.model import Report
from extract.reading.files import MAX_PAGE, opened
from extract.reading.page import page_report
from extract.reading.source import ReadingError, SetAside, or_set_aside

if TYPE_CHECKING:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.recordloader import ArcWarcRecord

_MOST_HEADERS: Final = 2_000_000
"""Bytes that may be read to get from one record to the next; headers have a few thousand."""
_PIECE: Final = 65_536
_HTML: Final = frozenset({"text/html", "application/xhtml+xml"})
_BROKEN: Final = (zlib.error, EOFError, ValueError, LookupError, AttributeError, TypeError)
"""What the library lets through for records that are not as they should be."""


def read_warc(path: Path) -> Iterator[Report | SetAside]:
    """The reports of an archive, in its order; a page without a story in English is set aside.

    :raises ReadingError: when the file cannot be read or is no archive, or from where on it is damaged.
    """
    with opened(path) as file:
        stream = _Stream(_unpacked(file), str(path))
        for number in count(1):
            where = Worded("{where}, record {n}", where=path, n=str(number))
            try:
                record = stream.next_record()
                item = None if record is None else _report_or_reason(record, where)
                stream.skip(record)
            except ReadingError:
                raise
            except (*_BROKEN, OSError, stream.damaged) as error:
                raise ReadingError(
                    where, "the archive is damaged here ({problem}).", problem=str(error).strip()[:100]
                ) from error
            if record is None:
                return
            if item is not None:
                yield item


def _unpacked(file: IO[bytes]) -> IO[bytes]:
    packed = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    return gzip.GzipFile(fileobj=file) if packed else file  # type: ignore[return-value]


class _Stream:
    """The records of an archive. Between two of them only so much is read: a header without an end fills no memory."""

    def __init__(self, file: IO[bytes], where: str) -> None:
        from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415  loaded when the first archive is read
        from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415

        self.damaged: Final = ArchiveLoadFailed
        self._file = file
        self._where = where
        self._left: int | None = None
        self._position = 0
        self._start: bytes = b""
        try:
            self._start = file.read(5)
        except (*_BROKEN, OSError) as error:
            raise ReadingError(where, "the archive is damaged ({problem}).", problem=error) from error
        if self._start != b"WARC/":
            raise ReadingError(where, "this is not a WARC archive.")
        self._records: Iterator[ArcWarcRecord] = iter(self._archive(ArchiveIterator))

    def _archive(self, iterator: type[ArchiveIterator]) -> ArchiveIterator:
        self._left = _MOST_HEADERS
        return iterator(self)

    def read(self, size: int = _PIECE) -> bytes:
        """Bytes of the archive, for the library.

        :raises ReadingError: when the bound between two records is passed.
        """
        piece = self._start or self._file.read(size if 0 < size <= _PIECE else _PIECE)
        self._start = b""
        self._position += len(piece)
        if self._left is not None:
            self._left -= len(piece)
            if self._left < 0:
                raise ReadingError(self._where, "the archive is damaged: a header in it does not end.")
        return piece

    def tell(self) -> int:
        """Bytes read so far."""
        return self._position

    def next_record(self) -> ArcWarcRecord | None:
        """The next record, None after the last."""
        self._left = _MOST_HEADERS
        record = next(self._records, None)
        self._left = None
        return record

    def skip(self, record: ArcWarcRecord | None) -> None:
        """Read the rest of a record, in pieces."""
        while record is not None and record.raw_stream.read(_PIECE):
            pass


def _report_or_reason(record: ArcWarcRecord, where: str) -> Report | SetAside | None:
    """None for what is no page."""
    if record.rec_type != "response" or record.http_headers is None or record.http_headers.get_statuscode() != "200":
        return None
    header = Message()
    header["Content-Type"] = record.http_headers.get_header("Content-Type") or ""
    if header.get_content_type() not in _HTML:
        return None
    charset, url = header.get_param("charset"), record.rec_headers.get_header("WARC-Target-URI")
    raw = record.content_stream().read(MAX_PAGE + 1)
    if len(raw) > MAX_PAGE:
        return SetAside(where, Worded("the page is longer than {most} bytes.", most=MAX_PAGE))
    name, declared = Worded("{where} ({url})", where=where, url=url), charset if isinstance(charset, str) else None
    return or_set_aside(name, partial(page_report, raw, name, charset=declared, url=url, id=url or ""))
