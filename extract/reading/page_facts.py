"""What a page says of itself: title, outlet, address and publication date. Nothing here is inferred from its text.

Stated facts are, in this order: the JSON-LD node of the article (schema.org ``NewsArticle`` and its kin; the nodes of
articles that the page merely lists do not count), ``<meta>`` elements of the page, ``<time>`` marked as publication.
htmldate reads the dates, but is shown only these elements: over a whole page it takes the likeliest of all dates in
it, which may be that of another story.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape, unescape
from itertools import islice
from typing import Any, Final
from urllib.parse import urlsplit

from htmldate import find_date
from lxml.html import HtmlElement, fromstring
from trafilatura.metadata import extract_metadata

_ARTICLE: Final = re.compile(r"Article$|BlogPosting$|^Report$")
_PUBLICATION: Final = re.compile(r"publi[sc]|pubdate|posted|^date$|datecreated|issued|displaydate|[.:]date$", re.I)
_NOT_PUBLICATION: Final = re.compile(r"modif|updat|expir|copyright|valid|until|publisher|publication_?name", re.I)
_MODIFICATION: Final = re.compile(r"modified|updated_time|dateupdate", re.I)
_STATED_IN: Final = ("property", "name", "itemprop")
_EVERGREEN: Final = timedelta(days=30)
"""A page changed later than this after its publication has another text by now; its date is not that of the text."""
_ISO_DAY: Final = re.compile(r"\s*([12]\d{3})[-/.]?(\d\d)[-/.]?(\d\d)(?!\d)", re.ASCII)
_FIRST_YEAR: Final = 1900
_LETTERS: Final = re.compile(r"[a-z]{3}", re.I)
_MOST_METAS: Final = 200
_MOST_DATES: Final = 10
_LONGEST: Final = 1_000
_LONGEST_JSON: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Each as stated by the page, None when it states none."""

    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: date | None = None


def of_page(tree: HtmlElement) -> PageFacts:
    """The facts that a page states; of more ``<meta>`` than a page has, those that follow are taken out."""
    for element in list(tree.iter("meta"))[_MOST_METAS:]:
        element.drop_tree()
    article = next(_articles(tree), {})
    document = extract_metadata(tree, date_config={"extensive_search": False}, extensive=False)
    publisher = article.get("publisher")
    outlet = publisher.get("name") if isinstance(publisher, Mapping) else None
    return PageFacts(
        title=_words(article.get("headline")) or _words(document.title),
        outlet=_words(outlet) or _words(_meta(tree, "og:site_name")) or _words(_meta(tree, "application-name")),
        url=_address(document.url),
        published=_published(tree, article),
    )


def _published(tree: HtmlElement, article: Mapping[str, Any]) -> date | None:
    """The day of publication; None when none is stated, or when the text is a much later one than of that day."""
    metas = list(_metas(tree))
    stated = _day(article.get("datePublished")) or _first_day(
        content for name, content in metas if _PUBLICATION.search(name) and not _NOT_PUBLICATION.search(name)
    )
    stated = stated or _first_day(_marked_times(tree))
    changed = _day(article.get("dateModified")) or _first_day(
        content for name, content in metas if _MODIFICATION.search(name)
    )
    return None if stated and changed and changed - stated > _EVERGREEN else stated


def _day(value: object) -> date | None:
    """The day of a date as machines or people write it, without regard to time zones; None unless it is all there."""
    if not isinstance(value, str) or not 6 <= len(value.strip()) <= 100:
        return None
    if iso := _ISO_DAY.match(value):
        try:
            day = date(*map(int, iso.groups()))
        except ValueError:
            return None
        return day if day.year >= _FIRST_YEAR else None
    return _written_day(value)


def _written_day(value: str) -> date | None:
    """ "12 April 2021"; neither "04/05/2021", whose day depends on the country, nor "April 2021" nor "today"."""
    page = f'<html><head><meta property="article:published_time" content="{escape(value)}"/></head><body></body></html>'
    found = find_date(page, extensive_search=False, original_date=True)
    day = date.fromisoformat(found) if found else None
    numbers = {int(number) for number in re.findall(r"[0-9]{1,4}", value)}
    return day if day and {day.year, day.day} <= numbers and _LETTERS.search(value) else None


def _first_day(values: Iterable[object]) -> date | None:
    return next(filter(None, map(_day, islice(values, _MOST_DATES))), None)


def _metas(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """Name and content of every ``<meta>``."""
    for element in tree.iter("meta"):
        content = element.get("content") or ""
        yield from ((element.get(key), content) for key in _STATED_IN if element.get(key))


def _meta(tree: HtmlElement, name: str) -> str | None:
    return next((content for found, content in _metas(tree) if found.lower() == name), None)


def _marked_times(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iter("time"):
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None:
            yield element.get("datetime") or element.text_content()


def _articles(tree: HtmlElement) -> Iterator[Mapping[str, Any]]:
    """JSON-LD nodes of type article at the top of a script, in its graph, or the main entity of the page."""
    for script in tree.iter("script"):
        kind = (script.get("type") or "").strip().lower()
        if kind != "application/ld+json" or len(script.text or "") > _LONGEST_JSON:
            continue
        try:
            root = json.loads(script.text or "null", strict=False)
        except (ValueError, RecursionError):
            continue
        yield from filter(_is_article, _nodes(root))


def _nodes(root: object) -> Iterator[Mapping[str, Any]]:
    for node in root if isinstance(root, list) else [root]:
        if isinstance(node, Mapping):
            yield node
            graph = node.get("@graph")
            for inner in [*(graph if isinstance(graph, list) else []), node.get("mainEntity")]:
                if isinstance(inner, Mapping):
                    yield inner


def _is_article(node: Mapping[str, Any]) -> bool:
    given = node.get("@type")
    kinds = given if isinstance(given, list) else [given]
    return any(isinstance(kind, str) and _ARTICLE.search(kind) for kind in kinds)


def _words(value: object) -> str | None:
    """A short text on one line, without markup and half characters; None for anything else."""
    if not isinstance(value, str):
        return None
    plain = unescape(value)
    if "<" in plain:
        plain = fromstring(f"<div>{plain}</div>").text_content()
    line = " ".join(plain.encode("utf-8", "replace").decode("utf-8").replace("\x00", " ").split())
    return line[:_LONGEST] or None


def _address(value: object) -> str | None:
    """A web address, None for any other kind."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    try:
        parts = urlsplit(value)
    except ValueError:
        return None
    return value if parts.scheme in ("http", "https") and parts.netloc else None
