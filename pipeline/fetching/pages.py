"""An address on the web -> reports: the page, PDF or text found there, or the entries of the feed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final, Protocol

from errors import Worded, foreseen
from extract.model import Report
from extract.reading import ReadingError, SetAside
from extract.reading.feed import Entry, entries_of, is_feed, report_or_reason
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
    """The reports at an address, of a feed those of all entries; what cannot be had is set aside with the reason."""
    try:
        page = fetcher.get(url)
        if not is_feed(page.body):
            yield report_of(page)
            return
        entries = entries_at(page)
    except (FetchError, ReadingError) as error:
        yield Rejected(error.where, error.reason)
        return
    for number, entry in enumerate(entries, start=1):
        try:
            yield report_of_entry(entry, Worded("{where}, entry {n}", where=page.url, n=str(number)), fetcher)
        except (FetchError, ReadingError) as error:
            yield Rejected(error.where, error.reason)


def entries_at(page: Fetched) -> list[Entry]:
    """The entries of a feed.

    :raises ReadingError: when it is none.
    """
    with foreseen(partial(ReadingError, page.url)):
        return entries_of(page.body, page.url, charset=page.charset, base=page.url)


def report_of_entry(entry: Entry, where: str, fetcher: Fetches) -> Report:
    """The report of an entry: what the feed carries in full, else the page that it leads to.

    What the page does not say of itself is taken from the feed.

    :raises FetchError: when the page cannot be fetched.
    :raises ReadingError: when there is no report.
    """
    if entry.markup is not None or entry.url is None:
        found = report_or_reason(entry, where)
        if isinstance(found, SetAside):
            raise ReadingError(found.where, found.reason)
        return found
    report = report_of(fetcher.get(entry.url))
    return replace(
        report,
        title=report.title or entry.title,
        outlet=report.outlet or entry.outlet,
        published=report.published or entry.published,
    )


def report_of(page: Fetched) -> Report:
    """The report that a page is, told by its media type. Its id is its address.

    :raises ReadingError: when it is of another kind, or holds no report.
    """
    with foreseen(partial(ReadingError, page.url)):
        return _report_of(page)


def _report_of(page: Fetched) -> Report:
    if is_feed(page.body):
        raise ReadingError(page.url, "this is a feed, not a report.")
    if page.kind == "application/pdf" or page.body.startswith(b"%PDF-"):
        return pdf_report(page.body, page.url, url=page.url, id=page.url)
    if page.kind in _HTML:
        return page_report(page.body, page.url, charset=page.charset, url=page.url, id=page.url)
    if page.kind == "text/plain":
        return Report(text=text_of(page.body, page.url), id=page.url, url=page.url)
    raise ReadingError(page.url, "this is {kind}, not a page, PDF or text.", kind=page.kind[:80])
