"""RSS and Atom: the entries of a feed, and the reports of those that it carries in full.

An entry that holds only a summary is no report; its page is. Who reads from the web goes on to it, a saved feed cannot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from errors import Worded
from extract.model import Report
from extract.reading.charset import web_text
from extract.reading.files import MAX_PAGE, whole_file
from extract.reading.language import in_english
from extract.reading.markup import plain_text
from extract.reading.source import ReadingError, SetAside, checked, or_set_aside

_MOST_ENTRIES: Final = 500
_FULL: Final = 1_500
"""Characters from which on a description is taken for the report itself: summaries have under 500."""
_LONGEST: Final = 1_000
_ROOT: Final = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]", re.I)
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: what it says of the report, and ``markup``, the report itself where the feed carries it in full."""

    url: str | None
    title: str | None
    published: date | None
    outlet: str | None
    markup: str | None


def read_feed(path: Path) -> Iterator[Report | SetAside]:
    """The reports that a saved feed carries in full, in its order; entries with a summary only are set aside.

    :raises ReadingError: when the file cannot be read, or is no feed.
    """
    where = str(path)
    for number, entry in enumerate(entries_of(whole_file(path, most=MAX_PAGE), where), start=1):
        yield report_or_reason(entry, Worded("{where}, entry {n}", where=where, n=str(number)))


def is_feed(raw: bytes) -> bool:
    """True when this begins like a feed and not like a page."""
    start = raw[:4_000].decode("latin-1")
    return _ROOT.search(start) is not None and "<html" not in start.lower()


def entries_of(raw: bytes, where: str, *, charset: str | None = None, base: str = "") -> list[Entry]:
    """The entries of a feed, in its order, 500 at most.

    :param charset: as the server declared it.
    :param base: address of the feed, against which relative addresses are read.
    :raises ReadingError: when it is no feed, or in no known charset.
    """
    import feedparser  # noqa: PLC0415  loaded when the first feed is read

    text = _DECLARATION.sub("", web_text(raw, where, charset=charset))
    if not is_feed(text[:4_000].encode()):
        raise ReadingError(where, "this is not an RSS or Atom feed.")
    if "<!ENTITY" in text[:4_000]:
        raise ReadingError(where, "this feed defines XML entities, which no feed needs.")
    try:
        feed = feedparser.parse(BytesIO(text.encode("utf-8")), sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, LookupError, TypeError, RecursionError, AssertionError) as error:
        raise ReadingError(where, "this feed is damaged ({problem}).", problem=str(error)[:100]) from error
    outlet = _line(feed.feed.get("title"))
    return [_entry(entry, outlet, base) for entry in islice(feed.entries, _MOST_ENTRIES)]


def report_or_reason(entry: Entry, where: str) -> Report | SetAside:
    """The report that an entry carries, or why it is none."""
    if entry.markup is None:
        return SetAside(where, _no_more_than_a_summary(entry.url))
    return or_set_aside(where, lambda: _report(entry, str(entry.markup), where))


def _no_more_than_a_summary(url: str | None) -> str:
    if url is None:
        return Worded("the feed holds no more than a summary of it; it names no page")
    return Worded("the feed holds no more than a summary of it; read its page instead: {url}", url=url)


def _report(entry: Entry, markup: str, where: str) -> Report:
    text = in_english(checked(plain_text(markup, where), where), where)
    return Report(
        text=text, id=entry.url or "", title=entry.title, outlet=entry.outlet, url=entry.url, published=entry.published
    )


def _entry(entry: Mapping[str, Any], outlet: str | None, base: str) -> Entry:
    return Entry(
        url=_address(entry.get("link"), base),
        title=_line(entry.get("title")),
        published=_day(entry.get("published")),
        outlet=outlet,
        markup=_full(entry.get("content") or (), entry.get("summary")),
    )


def _full(contents: Iterable[Mapping[str, Any]], summary: object) -> str | None:
    values = [content.get("value") for content in contents]
    texts = [value for value in values if isinstance(value, str) and value.strip()]
    if texts:
        return max(texts, key=len)
    return summary if isinstance(summary, str) and len(summary) >= _FULL else None


def _day(words: object) -> date | None:
    """The day as written, in the form of RSS or of Atom; None for any other."""
    if not isinstance(words, str) or len(words) > 100:
        return None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(words.strip()).date()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _line(words: object) -> str | None:
    return " ".join(re.sub(r"<[^>]{0,500}>", " ", words).split())[:_LONGEST] or None if isinstance(words, str) else None


def _address(link: object, base: str) -> str | None:
    if not isinstance(link, str) or len(link) > _LONGEST:
        return None
    try:
        url = urljoin(base, link.strip())
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
