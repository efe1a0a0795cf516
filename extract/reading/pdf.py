"""PDF: the text layer, page after page, paragraphs apart, line breaks as printed; extraction re-flows them.

A scanned page has no text layer and is not read. Dates in the file say when the file was made, so there is none.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from extract.model import Report
from extract.reading.files import MAX_DOCUMENT, whole_file
from extract.reading.language import in_english
from extract.reading.pdf_lines import page_text
from extract.reading.source import MAX_CHARS, ReadingError, checked

if TYPE_CHECKING:
    from pypdf import PdfReader

_MOST_PAGES: Final = 300
_SECONDS: Final = 60.0
"""After this time no further page is begun: a news report takes well under a second."""
_BOUNDS: Final[dict[str, Any]] = {
    "zlib_maximum_output_length": 10_000_000,
    "lzw_maximum_output_length": 10_000_000,
    "run_length_maximum_output_length": 10_000_000,
    "array_based_stream_maximum_output_length": 10_000_000,
    "maximum_declared_stream_length": MAX_DOCUMENT,
    "stream_decoding_work_maximum_length": 30_000_000,
    "stream_parsing_work_maximum_count": 500_000,
    "xform_maximum_invocations_per_extraction": 200,
    "page_tree_maximum_entries": 10_000,
    "page_tree_maximum_page_entries": 100_000,
    "jbig2dec_binary": None,
}
"""Far below the library's own bounds, which are made for files full of pictures."""


def read_pdf(path: Path) -> Iterator[Report]:
    """The one report of a PDF; its title is the one in its properties, its id the file's name without its ending.

    :raises ReadingError: when the file cannot be read, is encrypted, damaged or no PDF, or has no text in English.
    """
    yield pdf_report(whole_file(path, most=MAX_DOCUMENT), str(path), id=path.stem)


def pdf_report(raw: bytes, where: str, *, url: str | None = None, id: str = "") -> Report:
    """As :func:`read_pdf`, for bytes."""
    from pypdf import PdfReader, apply_configuration  # noqa: PLC0415  loaded when the first PDF is read
    from pypdf.errors import DependencyError, PyPdfError  # noqa: PLC0415

    if b"%PDF-" not in raw[:1024]:
        raise ReadingError(where, "this is not a PDF file.")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with apply_configuration(**_BOUNDS):
            reader = PdfReader(BytesIO(raw))
            _unlock(reader, where)
            text, title = _text(reader, where), reader.metadata and reader.metadata.title
    except ReadingError:
        raise
    except DependencyError as error:
        raise ReadingError(where, "this PDF is encrypted. Save a copy without a password.") from error
    except _BROKEN as error:
        raise ReadingError(where, "this PDF is damaged ({problem}).", problem=_short(error)) from error
    except PyPdfError as error:
        raise ReadingError(where, "this PDF cannot be read ({problem}).", problem=_short(error)) from error
    text = in_english(checked(text, where), where)
    return Report(text=text, id=id, title=_one_line(title) or id or None, url=url)


_BROKEN: Final = (
    ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, NotImplementedError, OSError,
    RecursionError, TypeError, ValueError,
)  # fmt: skip
"""What the library lets through where an object of the file is not of the type it should be."""


def _unlock(reader: PdfReader, where: str) -> None:
    """Open a file that is encrypted only against changes; one with a password stays shut."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise ReadingError(where, "this PDF is encrypted. Save a copy without a password.")


def _text(reader: PdfReader, where: str) -> str:
    if len(reader.pages) > _MOST_PAGES:
        raise ReadingError(
            where,
            "this PDF has {pages} pages; a report has at most {most}.",
            pages=len(reader.pages),
            most=_MOST_PAGES,
        )
    end = time.monotonic() + _SECONDS
    pages: list[str] = []
    for page in reader.pages:
        pages.append(page_text(page))
        if sum(map(len, pages)) > MAX_CHARS or time.monotonic() > end:
            raise ReadingError(where, "this PDF is too long for one report.")
    text = "\n\n".join(filter(None, pages)).encode("utf-8", "replace").decode().replace("\x00", "")
    if not any(map(str.isalpha, text)):
        raise ReadingError(where, "this PDF has no text in it, only pictures of pages. Run a text recognition over it.")
    return text


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__


def _one_line(title: object) -> str | None:
    return " ".join(title.encode("utf-8", "replace").decode().split())[:1_000] if isinstance(title, str) else None
