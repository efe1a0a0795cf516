"""Paragraphs and sentences, parsed one paragraph at a time, with offsets that always lead back to the report.

Hard-wrapped lines are re-flowed and runs of white space collapsed before parsing, because the parser reads a broken
line as a broken sentence; a :class:`Passage` keeps, for every character it shows the parser, where that character
stands in the report. Nothing else may turn parser offsets into report offsets.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Literal

import spacy.tokens
from spacy.language import Language

from extract.model import Span

PassageKind = Literal["body", "teaser", "boilerplate"]

_LINE = re.compile(r"[^\n\r\u2028\u2029\x85\x0b\x0c]+")
_TERMINAL = re.compile(r"[.!?:…][\"'”’»)\]]*\s*$")
_SIGNED = re.compile(r"[”\"’']\s*(?:[–—―]|--?)\s*\w\S*(?:\s\S+){0,5}\s*$")
"""The end of a line that a name after a dash signs: the next line is somebody else's."""
_TEASER = re.compile(
    r"^\W*(?:read (?:also|more|next)|see also|related(?: stories| articles)?|also read|more on this)\b\W*:?", re.I
)
# Three lower-case letters before and a capitalised word after keep addresses and initials ("www.Kosti.sd") whole.
_GLUED = re.compile(r"(?<!\S)[^\s.]*[a-z]{3}[.!?][”\"]?(?=[“\"]?[A-Z][a-z]*[\s’'])")
_APOSTROPHE = re.compile(r"[^\W\d_]’s\b")
_LONGEST_WORD = 300
"""Longer runs without white space are no words (encoded pictures, rules of dashes); the parser is not shown them."""
_NO_WORD = re.compile(rf"\S{{{_LONGEST_WORD},}}")
_BLANK = re.compile(r"\s")
_MOST = 4_000
"""Characters of a paragraph that are parsed at once: no paragraph of a report is as long, hostile input may be."""
# A wrapped block has lines of nearly one width; 45..110 columns covers wire copy and mail.
_WRAP_WIDTHS = (45, 110)


@dataclass(frozen=True, slots=True)
class Passage:
    """One parsed paragraph. ``offsets[i]`` is where character ``i`` of ``doc.text`` stands in the report."""

    doc: spacy.tokens.Doc
    offsets: Sequence[int]
    source: str = field(repr=False)
    kind: PassageKind = "body"

    def span(self, start: int, end: int) -> Span:
        """The report's span for the half-open character range ``start:end`` of ``doc.text``; it must not be empty."""
        return Span.of(self.source, self.offsets[start], self.offsets[end - 1] + 1)

    def of(self, tokens: spacy.tokens.Span | spacy.tokens.Token) -> Span:
        """The report's span for a spaCy span or token."""
        if isinstance(tokens, spacy.tokens.Token):
            return self.span(tokens.idx, tokens.idx + len(tokens.text))
        return self.span(tokens.start_char, tokens.end_char)

    def tokens(self, span: Span) -> spacy.tokens.Span | None:
        """The tokens that a span of the report covers, None when the paragraph holds none of it."""
        start = bisect_left(self.offsets, span.start)
        end = bisect_left(self.offsets, span.end)
        return self.doc.char_span(start, end, alignment_mode="expand") if start < end else None

    def sentences(self) -> Iterator[Span]:
        """The sentences of this paragraph as spans of the report, blank ones left out."""
        return (self.of(sent) for sent in self.doc.sents if sent.text.strip())


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Half-open ranges of the paragraphs of ``text``; hard-wrapped lines are joined into one range."""
    unglued = [piece for start, end in _joined_lines(text) for piece in _unglued(text, start, end)]
    return [piece for start, end in unglued for piece in _bounded(text, start, end)]


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a range longer than the parser should be given at once, at white space: longer runs without are no words."""
    while end - start > _MOST:
        stops = (text.rfind(mark, start + _MOST // 2, start + _MOST) for mark in (". ", " ", "\t", "\n"))
        cut = next((stop + 1 for stop in stops if stop > 0), None)
        if cut is None:
            blank = _BLANK.search(text, start + _MOST, end)
            cut = blank.end() if blank else end
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _unglued(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a range where a lost line break has glued two paragraphs: "… on Monday.The council …"."""
    cuts = [start]
    for match in _GLUED.finditer(text, start, end):
        # A straight mark in the joint opens the next paragraph unless one is open: 'the mayor said."We are …'.
        opens = text[match.end() - 1] == '"' and text.count('"', cuts[-1], match.end() - 1) % 2 == 0
        cuts.append(match.end() - opens)
    cuts.append(end)
    return [(a, b) for a, b in itertools.pairwise(cuts) if a < b]


def _joined_lines(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for block in _blocks(text):
        wrapped = _is_wrapped(block)
        for start, end in block:
            if found and found[-1][1] >= block[0][0] and _joins(text, found[-1], (start, end), wrapped):
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
    return found


def _blocks(text: str) -> list[list[tuple[int, int]]]:
    """Lines with something on them, grouped between blank lines."""
    blocks: list[list[tuple[int, int]]] = [[]]
    last_end = 0
    for match in _LINE.finditer(text):
        line = match.group()
        if not line.strip():
            continue
        start = match.start() + len(line) - len(line.lstrip())
        if len(re.findall(r"\r\n|[\n\r\u2028\u2029\x85\x0b\x0c]", text[last_end:start])) > 1:
            blocks.append([])
        end = match.start() + len(line.rstrip())
        blocks[-1].append((start, end))
        last_end = end
    return [block for block in blocks if block]


def _is_wrapped(block: Sequence[tuple[int, int]]) -> bool:
    widths = [end - start for start, end in block[:-1]]
    if len(widths) < 2:
        return False
    middle = median(widths)
    return _WRAP_WIDTHS[0] <= middle <= _WRAP_WIDTHS[1] and max(widths) - middle <= 0.25 * middle


def _joins(text: str, before: tuple[int, int], line: tuple[int, int], wrapped: bool) -> bool:
    if text[line[0]] in '“”"' and _SIGNED.search(text[before[0] : before[1]]):
        return False
    if wrapped:
        return True
    if _TERMINAL.search(text[before[0] : before[1]]):
        return False
    first = text[line[0]]
    return first.islower() or first in ",;)"


def _normalised(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """Collapse white space; every character kept maps to its place in the report. Lone surrogates, which no parser
    takes, are shown to it as the replacement character.
    """
    chars: list[str] = []
    offsets: list[int] = []
    unread = {at for run in _NO_WORD.finditer(text, start, end) for at in range(*run.span())}
    for at in range(start, end):
        char = text[at]
        if at in unread:
            continue
        blank = char.isspace() or char in "\u200b\ufeff\u00ad"
        if blank and (not chars or chars[-1] == " "):
            continue
        if char == "’" and _APOSTROPHE.match(text, at - 1 if at else 0):
            char = "'"  # the parser knows "police's" better
        chars.append(" " if blank else "\ufffd" if "\ud800" <= char <= "\udfff" else char)
        offsets.append(at)
    while chars and chars[-1] == " ":
        chars.pop()
        offsets.pop()
    return "".join(chars), offsets


def passage_kind(paragraph: str) -> PassageKind:
    """``teaser`` for a link to another story ("Read also: …"), else ``body``."""
    return "teaser" if _TEASER.match(paragraph) else "body"


def passages(text: str, nlp: Language, *, boilerplate: Iterable[tuple[int, int]] = ()) -> list[Passage]:
    """Parse ``text`` paragraph by paragraph with one ``nlp.pipe`` call.

    Paragraphs that start inside a ``boilerplate`` range are kept with kind ``"boilerplate"``.
    """
    skip = tuple(boilerplate)
    ranges = [(a, b, *_normalised(text, a, b)) for a, b in paragraphs(text)]
    ranges = [row for row in ranges if row[2]]
    docs = nlp.pipe(row[2] for row in ranges)
    return [
        Passage(
            doc=doc,
            offsets=offsets,
            source=text,
            kind="boilerplate" if any(s <= a < e for s, e in skip) else passage_kind(shown),
        )
        for (a, _, shown, offsets), doc in zip(ranges, docs, strict=True)
    ]
