"""Markup that is parsed: bounded before the parser sees it, because hostile pages make its time grow without limit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from extract.reading.files import MAX_PAGE
from extract.reading.source import ReadingError, checked

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_TAGS: Final = 60_000
"""Most ``<`` in a page: news pages have under 10,000, and reading 60,000 takes a few seconds."""

_TAG: Final = re.compile(r"""<[a-zA-Z](?:[^"'>]++|"[^"]*+"|'[^']*+'|["'])*+""")
_ATTRIBUTE: Final = re.compile(r"[\s/=]")
_MOST_WORK: Final = 400_000_000
"""The parser compares every attribute of a tag with all before it; this many comparisons take it some two seconds."""

_BLOCKS: Final = ("p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "table", "ul", "ol")
_NO_TEXT: Final = ("script", "style", "head", "title", "noscript", "template")

_REPEATED: Final = 60
"""Characters from which on a paragraph that comes again is a repetition (pull quotes, summaries)."""


def tree_of(html: str, where: str) -> HtmlElement:
    """The parsed page.

    :raises ReadingError: when it is blank, too long, not HTML, or would take the parser too long.
    """
    from trafilatura.utils import load_html  # noqa: PLC0415  loaded when the first page is read

    checked(html, where, most=MAX_PAGE)
    if html.count("<") > _MOST_TAGS:
        raise ReadingError(where, "this page has more than {most} tags, which no news story has.", most=_MOST_TAGS)
    if sum(_work(tag[0]) for tag in _TAG.finditer(html)) > _MOST_WORK:
        raise ReadingError(where, "this page has a tag with thousands of attributes, which no news story has.")
    tree = load_html(html)
    if tree is None:
        raise ReadingError(where, "this is not an HTML page.")
    return tree


def _work(tag: str) -> int:
    """The most attributes that a tag can have, squared."""
    return len(_ATTRIBUTE.findall(tag)) ** 2


def plain_text(html: str, where: str) -> str:
    """The words of markup that is all story (a mail, an entry of a feed); paragraphs stand apart by a blank line.

    :raises ReadingError: as :func:`tree_of`.
    """
    tree = tree_of(f"<html><body><div>{html}</div><p></p></body></html>", where)
    for element in [*tree.iter(*_NO_TEXT)]:
        if element.getparent() is not None:
            element.drop_tree()
    for block in tree.iter(*_BLOCKS):
        block.text = "\n" + (block.text or "")
        block.tail = "\n" + (block.tail or "")
    return paragraphs("".join(tree.itertext()))


def paragraphs(text: str) -> str:
    """Lines as paragraphs; those without a letter or digit, and long ones that stood there before, left out."""
    seen: set[str] = set()
    kept = []
    for line in (" ".join(line.split()) for line in text.splitlines()):
        if any(map(str.isalnum, line)) and not (len(line) >= _REPEATED and line in seen):
            seen.add(line)
            kept.append(line)
    return "\n\n".join(kept)
