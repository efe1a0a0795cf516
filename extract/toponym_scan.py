"""Candidate place names of a passage, without overlaps: the longest that the gazetteer knows comes first.

A candidate is no mention yet: :mod:`extract.toponym_gate` decides. Spans are runs of tokens; hyphens and apostrophes
inside a name are taken in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from extract import toponym_sources as sources
from extract.actor_book import ActorBook
from extract.model import NameFacts, PlaceNames
from extract.toponym_words import head_class


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible toponym. ``name`` is the look-up name, ``facts`` None when the gazetteer does not know it.

    ``generic`` is the common noun that says what it is ("district"), ``label`` the entity label over the whole of it,
    ``within`` the label of a longer entity that it is only a part of. Empty strings mean none. ``after`` is the
    candidate before it in a list ("in Kosti and Shade").
    """

    span: Span
    name: str
    facts: NameFacts | None
    generic: Token | None
    label: str
    within: str
    after: Candidate | None = None

    @property
    def start(self) -> int:
        """First token."""
        return self.span.start

    @property
    def end(self) -> int:
        """One past the last token."""
        return self.span.end


def scan(doc: Doc, names: PlaceNames, book: ActorBook) -> list[Candidate]:
    """Candidates of a passage in text order.

    Seats of government and words of nationality that the gazetteer lacks come from the book of actors.
    """
    scanner = _Scanner(doc)
    for source in (sources.listed, sources.by_generic, sources.entities, sources.located):
        scanner.take(source(doc, names))
    scanner.take((doc[t.i : t.i + 1], None, None) for t in doc if _is_known_to(book, t))
    scanner.take(sources.joined(doc, [c.end for c in scanner.found], names))
    return _chained(sorted(scanner.found, key=lambda c: c.start))


class _Scanner:
    """Collects candidates; the words of one are closed to later sources."""

    def __init__(self, doc: Doc) -> None:
        self._taken = [False] * len(doc)
        self.found: list[Candidate] = []

    def take(self, offered: Iterable[sources.Found]) -> None:
        """Add what overlaps no candidate so far."""
        for span, facts, generic in offered:
            if not any(self._taken[span.start : span.end]):
                self.found.append(_candidate(span, facts, generic))
                self._taken[span.start : span.end] = [True] * len(span)


def _is_known_to(book: ActorBook, token: Token) -> bool:
    return token.text[:1].isupper() and (book.demonym(token.text) is not None or book.is_seat(token.text))


def _candidate(span: Span, facts: NameFacts | None, generic: Token | None) -> Candidate:
    over, inner = span[0].ent_type_, ""
    if over and any(_is_more(token, span) for token in _entity_over(span)):
        over, inner = "", over
    name = " ".join(span.text.split())
    if generic is not None and span.end == generic.i + 1 and facts is not None:
        span = span[:-1]
        name = " ".join(span.text.split())
    return Candidate(span, name, facts, generic or _generic_about(span), over, inner)


def _is_more(token: Token, span: Span) -> bool:
    """True for a word of an entity that lies outside the candidate and is no article or generic noun."""
    if span.start <= token.i < span.end or token.pos_ in ("DET", "PART", "PUNCT", "ADJ"):
        return False
    return head_class(token) is None or token.ent_type_ == "ORG"


def _entity_over(span: Span) -> Span:
    doc = span.doc
    start, end = span.start, span.start + 1
    while start > 0 and doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return doc[start:end]


def _generic_about(span: Span) -> Token | None:
    """The generic noun right after a name ("Kosti province"), or right before it ("the province of Kosti")."""
    doc = span.doc
    if span.end < len(doc) and head_class(doc[span.end]) is not None:
        return doc[span.end]
    if span.start > 1 and doc[span.start - 1].lower_ == "of" and head_class(doc[span.start - 2]) is not None:
        return doc[span.start - 2]
    return None


def _chained(found: Sequence[Candidate]) -> list[Candidate]:
    """Give each candidate the one it is joined to."""
    linked: list[Candidate] = []
    for candidate in found:
        before = linked[-1] if linked else None
        joined = before is not None and _are_listed(before, candidate)
        linked.append(replace(candidate, after=before) if joined else candidate)
    return linked


def _are_listed(first: Candidate, second: Candidate) -> bool:
    between = [token.lower_ for token in second.span.doc[first.end : second.start]]
    if first.generic is not None and between[:1] == [first.generic.lower_]:
        between = between[1:]
    joined = bool({",", "and", "or"} & set(between)) and set(between) <= {",", "and", "or", "the"}
    return joined and second.span.root.dep_ in ("conj", "appos") and second.span.sent == first.span.sent
