"""HTML: the main text of a news page, without menus, teasers and reader comments, and what the page says of itself.

Main text by trafilatura. Every paragraph of it stands apart by a blank line; one that the page repeats is kept once.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from extract.model import Report
from extract.reading.charset import web_text
from extract.reading.files import MAX_PAGE, whole_file
from extract.reading.language import in_english
from extract.reading.markup import paragraphs, tree_of
from extract.reading.source import ReadingError, checked

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SENTENCE: Final = 6
"""Words that one paragraph of a story has at least: menus and error pages have fewer in each line."""


def read_page(path: Path) -> Iterator[Report]:
    """The one report of a saved web page; its id is the file's name without its ending.

    :raises ReadingError: when the file cannot be read, is no page in a known charset, or holds no story in English.
    """
    yield page_report(whole_file(path, most=MAX_PAGE), str(path), id=path.stem)


def page_report(raw: bytes, where: str, *, charset: str | None = None, url: str | None = None, id: str = "") -> Report:
    """The story of a page.

    :param charset: as the server declared it.
    :param url: where the page was found; None for the address that the page gives itself.
    :raises ReadingError: when it is no page in a known charset, or holds no story in English.
    """
    from extract.reading import page_facts  # noqa: PLC0415  as all that parses pages, loaded when one is read

    html = web_text(raw, where, charset=charset)
    tree = tree_of(html, where)
    facts = page_facts.of_page(tree)
    text = in_english(checked(_story(tree, where), where), where)
    return Report(
        text=text, id=id, title=facts.title, outlet=facts.outlet, url=url or facts.url, published=facts.published
    )


def _story(tree: HtmlElement, where: str) -> str:
    from trafilatura import extract  # noqa: PLC0415

    try:
        found = extract(tree, include_comments=False, include_tables=False, output_format="txt")
    except RecursionError as error:
        raise ReadingError(where, "its markup is nested too deeply to be read.") from error
    text = paragraphs(found or "")
    if not any(len(line.split()) >= _SENTENCE for line in text.splitlines()):
        raise ReadingError(where, "no story was found in this page. Copy its text into a .txt file instead.")
    return text
