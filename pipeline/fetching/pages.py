"""An address on the web -> reports: the page, PDF or text found there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Protocol

from extract.model import Report
from extract.reading import ReadingError
from extract.reading.page import page_report
from extract.reading.pdf import pdf_report
from extract.reading.text import text_of
from pipeline.batch import Rejected
from pipeline.fetching.addresses import FetchError
from pipeline.fetching.client import Fetched

_HTML: Final = frozenset({"text/html", "application/xhtml+xml"})


class Fetches(Protocol):
    """What reading from the web needs of :class:`pipeline.fetching.client.Fetcher`."""

    def get(self, url: str) -> Fetched:
        """The page at an address."""


def reports_at(url: str, fetcher: Fetches) -> Iterator[Report | Rejected]:
    """The reports at an address; what cannot be fetched or read is set aside with the reason."""
    try:
        yield report_of(fetcher.get(url))
    except (FetchError, ReadingError) as error:
        yield Rejected(error.where, error.reason)


def report_of(page: Fetched) -> Report:
    """The report that a page is, told by its media type. Its id is its address.

    :raises ReadingError: when it is of another kind, or holds no report.
    """
    if page.kind == "application/pdf" or page.body.startswith(b"%PDF-"):
        return pdf_report(page.body, page.url, url=page.url, id=page.url)
    if page.kind in _HTML:
        return page_report(page.body, page.url, charset=page.charset, url=page.url, id=page.url)
    if page.kind == "text/plain":
        return Report(text=text_of(page.body, page.url), id=page.url, url=page.url)
    raise ReadingError(page.url, f"this is {page.kind[:80]}, not a page, PDF or text.")
